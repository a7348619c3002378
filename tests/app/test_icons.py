"""Icons: each that a command names is drawn, in the colours of the theme."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from laminoscope.actions import ACTIONS
from laminoscope.icons import icon
from laminoscope_widgets.theme import DARK, LIGHT


@pytest.mark.parametrize("name", sorted({entry.icon for entry in ACTIONS} - {""}))
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_an_icon_has_the_theme_s_colours_on_every_screen(qapp, name, theme):
    made = icon(name, theme)
    for mode, colour in ((QIcon.Mode.Normal, theme.text), (QIcon.Mode.Disabled, theme.muted)):
        for scale in (1, 2, 3):
            image = made.pixmap(QSize(16, 16), scale, mode).toImage()
            assert image.size() == QSize(16, 16) * scale
            pixels = [
                image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())
            ]
            drawn = [pixel for pixel in pixels if pixel.alpha() == 255]
            assert drawn
            wanted = QColor(colour).getRgb()
            assert all(pixel.getRgb() == pytest.approx(wanted, abs=2) for pixel in drawn)
            assert any(pixel.alpha() == 0 for pixel in pixels)
