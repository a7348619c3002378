"""Widgets below or beside one another, and tables and menus that look alike everywhere."""

from collections.abc import Mapping
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLayout,
    QMenu,
    QScrollArea,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from laminoscope_widgets.proportion import at_each_text_size, in_proportion

__all__ = [
    "AsTall",
    "across",
    "boxed",
    "down",
    "keep_widths",
    "opens",
    "scrolled",
    "set_widths",
    "tabular",
]

Part = QWidget | QLayout | int | tuple[QWidget | QLayout, int]
"""A number is a stretch of that weight; a part with a number takes that share of the room."""

_Layout = TypeVar("_Layout", bound=QBoxLayout)
_Table = TypeVar("_Table", bound=QTableView)


def down(*parts: Part, **room: Any) -> QVBoxLayout:
    """Return parts one below another, six pixels apart; see `across`."""
    return _filled(QVBoxLayout(), *parts, **room)


def across(*parts: Part, **room: Any) -> QHBoxLayout:
    """Return parts side by side, six pixels apart.

    Parameters
    ----------
    parts : Part
    margins : tuple of int
        Pixels at the left, the top, the right and the bottom; none by default.
    spacing : int
        Pixels between parts.
    """
    return _filled(QHBoxLayout(), *parts, **room)


def boxed(layout: QLayout) -> QWidget:
    """Return a widget that shows a layout."""
    box = QWidget()
    box.setLayout(layout)
    return box


def scrolled(body: QWidget) -> QScrollArea:
    """Return an area on a panel's ground, which scrolls where a widget lacks room."""
    area = QScrollArea(widgetResizable=True)
    _show_plainly(area, body)
    return area


class AsTall(QScrollArea):
    """An area on a panel's ground, which scrolls sideways only: it asks for all its height.

    Parameters
    ----------
    body : QWidget
        What is in it.
    """

    def __init__(self, body: QWidget) -> None:
        self._body = body  # asked for while the area is being made
        super().__init__(widgetResizable=True)
        _show_plainly(self, body)

    def minimumSizeHint(self) -> QSize:
        bar = self.horizontalScrollBar().sizeHint().height()
        tall = self._body.minimumSizeHint().height() + bar
        return QSize(super().minimumSizeHint().width(), tall)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # of its content
            self.updateGeometry()
        return super().eventFilter(watched, event)


def opens(button: QToolButton, menu: QMenu) -> QToolButton:
    """Return a button after letting a click on it open a menu, which a word on it says by ▾."""
    if any(map(str.isalpha, button.text())):
        button.setText(f"{button.text()} ▾")
    button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(menu)
    return button


def tabular(table: _Table, height: int) -> _Table:
    """Return a table of rows of some pixels, chosen as a whole, without grid or numbers.

    The rows are as high as that beside text of 12 pixels, whatever size text gets.
    """
    rows = table.verticalHeader()
    rows.hide()
    at_each_text_size(table, lambda: rows.setDefaultSectionSize(in_proportion(height)))
    table.horizontalHeader().setHighlightSections(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    return table


def keep_widths(header: QHeaderView, widths: Mapping[int, int]) -> None:
    """Let columns have the widths of `set_widths`, and again whenever text gets another size."""
    at_each_text_size(header, lambda: set_widths(header, widths))


def set_widths(header: QHeaderView, widths: Mapping[int, int]) -> None:
    """Let columns be so many pixels wide beside usual text, and as wide as their titles at least.

    Parameters
    ----------
    header : QHeaderView
    widths : mapping of int to int
        Pixels beside text of 12 pixels, by the number of the column.
    """
    header.ensurePolished()
    for column, width in widths.items():
        wanted = max(in_proportion(width), header.sectionSizeHint(column))
        header.resizeSection(column, wanted)


def _show_plainly(area: QScrollArea, body: QWidget) -> None:
    body.setObjectName("scrolled")
    area.setWidget(body)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setStyleSheet("QScrollArea, #scrolled { background: palette(base); }")


def _filled(
    layout: _Layout,
    *parts: Part,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    spacing: int = 6,
) -> _Layout:
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    for each in parts:
        part, share = each if isinstance(each, tuple) else (each, 0)
        if isinstance(part, int):
            layout.addStretch(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part, share)
        else:
            layout.addWidget(part, share)
    return layout
