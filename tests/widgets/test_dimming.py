"""A panel whose results are being computed anew: dimmed, and readable all the while."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from laminoscope_core.selection import Selection
from laminoscope_widgets.panel import DIM_AFTER, Panel, UpdateQueue, Workspace
from laminoscope_widgets.theme import DARK, LIGHT


class Inked(Panel):
    """Shows each ink of a theme as an area of it, where text would be."""

    id = title = "inked"
    requires = ("result",)

    def __init__(self, theme):
        super().__init__(Workspace(Selection(), theme, UpdateQueue(QApplication.instance())))
        body = QWidget()
        row = QHBoxLayout(body)
        colours = (theme.surface, theme.raised, theme.muted, theme.text, theme.danger)
        self.areas = [self.area(row, colour) for colour in colours]
        self.set_body(body)
        self.set_result("result", object())

    def area(self, row, colour):
        widget, palette = QWidget(), QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colour))
        widget.setPalette(palette)
        widget.setAutoFillBackground(True)
        row.addWidget(widget)
        return widget

    def update_view(self):
        pass

    def seen(self):
        picture = self.grab().toImage()
        places = [area.mapTo(self, area.rect().center()) for area in self.areas]
        return [QColor(picture.pixel(place)) for place in places]


def contrast(one, other):
    """As WCAG 2 defines it."""

    def luminance(colour):
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_text_of_a_dimmed_panel_can_be_read(qtbot, theme):
    panel = Inked(theme)
    qtbot.addWidget(panel)
    panel.resize(400, 200)
    panel.show()
    qtbot.wait_until(lambda: panel.areas[0].isVisible())
    plain, *_ = panel.seen()
    assert plain == QColor(theme.surface)
    panel.set_stale(True)
    qtbot.wait(DIM_AFTER)
    qtbot.wait_until(lambda: panel.seen()[0] != plain)
    surface, raised, *inks = panel.seen()
    assert abs(surface.lightness() - plain.lightness()) > 12  # one sees that it is dimmed
    for ink in inks:
        assert contrast(ink, surface) >= 4.5
        assert contrast(ink, raised) >= 4.5
    panel.set_stale(False)
    assert panel.seen()[0] == plain
