"""Texts of tokens in the cells of a map, where these are large enough."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from laminoscope_core.theme import on_colour
from laminoscope_widgets.candidate_table import fixed_font
from laminoscope_widgets.text import safe_text

__all__ = ["write_in_cells"]

_FEWEST = 3
"""Characters that must find room; fewer say nothing."""
_ROOM = 4.0
"""Pixels of a cell's width that stay free."""


def write_in_cells(
    painter: QPainter,
    view: QRectF,
    area: QRectF,
    pixels: np.ndarray,
    texts: Sequence[Sequence[str]],
) -> None:
    """Write into the cells that are in view, each in black or white, whichever stands out.

    Parameters
    ----------
    painter : QPainter
        In the coordinates of the map.
    view, area : QRectF
        What is seen, and the map, in these coordinates.
    pixels : ubyte array (n_rows, n_columns, 4)
        The colours of the cells.
    texts : sequence of sequence of str
        By row and column.
    """
    rows, columns = pixels.shape[:2]
    width, height = area.width() / columns, area.height() / rows
    to_device = painter.worldTransform()
    cell = to_device.mapRect(QRectF(0, 0, width, height))
    font = fixed_font(11)
    metrics = QFontMetricsF(font)
    n_characters = int((cell.width() - _ROOM) / metrics.horizontalAdvance("0"))
    if n_characters < _FEWEST or cell.height() < metrics.ascent() + 1:
        return
    painter.save()
    painter.resetTransform()
    painter.setFont(font)
    for row in range(*_seen(view.top(), view.bottom(), area.top(), height, rows)):
        for column in range(*_seen(view.left(), view.right(), area.left(), width, columns)):
            place = QRectF(area.left() + column * width, area.top() + row * height, width, height)
            painter.setPen(QColor(on_colour(pixels[row, column, :3] / 255)))
            text = safe_text(texts[row][column], spaces=True, limit=n_characters)
            painter.drawText(to_device.mapRect(place), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _seen(low: float, high: float, start: float, step: float, n: int) -> tuple[int, int]:
    """Return the first of n cells that is in view, and the one after the last."""
    first, last = sorted(((low - start) / step, (high - start) / step))
    return max(int(first), 0), min(int(last) + 1, n)
