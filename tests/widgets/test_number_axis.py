"""The axis of numbers: it looks like pyqtgraph's own."""

from itertools import pairwise
from unittest.mock import Mock

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from laminoscope_widgets.bare_plot import BarePlot
from laminoscope_widgets.number_axis import NumberAxis
from laminoscope_widgets.plots.style import style_plot
from laminoscope_widgets.theme import LIGHT

SIDES = ("left", "right", "top", "bottom")


def pixels(qtbot, kind, x, y, grid, ticks):
    """Paint a plot with axes of a kind on all four sides."""
    canvas = pg.GraphicsLayoutWidget()
    qtbot.addWidget(canvas)
    canvas.resize(420, 300)
    plot = BarePlot({side: kind(side) for side in SIDES})
    canvas.ci.addItem(plot)
    style_plot(plot, LIGHT)
    for side in SIDES:
        axis = plot.axis(side)
        axis.setStyle(maxTickLevel=1)
        axis.setGrid(150 if grid else False)
    plot.axis("right").setTicks(ticks)
    plot.vb.setRange(xRange=x, yRange=y, padding=0)
    canvas.show()
    for _ in range(3):  # an axis takes the width of its numbers when it is first painted
        QApplication.processEvents()
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].astype(int)


@pytest.mark.parametrize("grid", [False, True])
@pytest.mark.parametrize(
    ("x", "y", "ticks"),
    [
        ((0.0, 1.0), (-0.55, 1.04), None),
        ((-1.2, 30.2), (0.8991, 0.9991), [[(0.95, "middle"), (2.0, "outside")]]),
        ((1.1e-4, 6.9e-4), (-260_000, 990_000), [[]]),
    ],
)
def test_it_looks_like_the_one_it_is_made_of(qtbot, x, y, grid, ticks):
    ours = pixels(qtbot, NumberAxis, x, y, grid, ticks)
    theirs = pixels(qtbot, pg.AxisItem, x, y, grid, ticks)
    assert np.ptp(theirs) > 100
    differs = np.abs(ours - theirs) > 8
    assert differs.mean() < 0.001


@pytest.mark.parametrize(("height", "n_written"), [(400, 8), (110, range(2, 7))])
def test_numbers_of_decades_stand_clear_of_each_other(qtbot, monkeypatch, height, n_written):
    canvas = pg.GraphicsLayoutWidget()
    qtbot.addWidget(canvas)
    canvas.resize(300, height)
    plot = BarePlot({side: NumberAxis(side) for side in SIDES})
    canvas.ci.addItem(plot)
    style_plot(plot, LIGHT)
    plot.axis("left").setLogMode(x=True, y=True)
    plot.vb.setRange(yRange=(-0.5, 7.5), padding=0)
    canvas.show()
    QApplication.processEvents()
    written = []
    painter = Mock()
    painter.boundingRect = QPainter(QImage(9, 9, QImage.Format.Format_RGB32)).boundingRect
    painter.device().devicePixelRatioF.return_value = 1.0
    painter.drawText = lambda room, _flags, text: written.append((room, text))
    plot.axis("left").paint(painter)
    rooms = sorted((room for room, _ in written), key=QRectF.top)
    assert all(above.bottom() <= below.top() for above, below in pairwise(rooms))
    assert len(rooms) in (n_written if isinstance(n_written, range) else (n_written,))
