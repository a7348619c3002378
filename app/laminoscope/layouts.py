"""Where the panels stand at first; afterwards they are the user's."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

__all__ = ["arrange", "resize"]


def arrange(window: QMainWindow, docks: Mapping[str, QDockWidget]) -> None:
    """Lay the docks out for the words task: inputs left, details right, three rows between."""
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks["words"])
    window.splitDockWidget(docks["words"], docks["similarity"], Qt.Orientation.Horizontal)
    window.splitDockWidget(docks["similarity"], docks["details"], Qt.Orientation.Horizontal)
    window.splitDockWidget(docks["similarity"], docks["laminar"], Qt.Orientation.Vertical)
    window.splitDockWidget(docks["laminar"], docks["pairs"], Qt.Orientation.Vertical)
    window.splitDockWidget(docks["pairs"], docks["distributions"], Qt.Orientation.Horizontal)
    window.splitDockWidget(docks["distributions"], docks["unity"], Qt.Orientation.Horizontal)
    resize(window, docks)


def resize(window: QMainWindow, docks: Mapping[str, QDockWidget]) -> None:
    """Give the docks their first sizes."""
    columns = [docks["words"], docks["similarity"], docks["details"]]
    window.resizeDocks(columns, [286, 850, 252], Qt.Orientation.Horizontal)
    rows = [docks["similarity"], docks["laminar"], docks["pairs"]]
    window.resizeDocks(rows, [300, 260, 240], Qt.Orientation.Vertical)
    bottom = [docks["pairs"], docks["distributions"], docks["unity"]]
    window.resizeDocks(bottom, [280, 280, 280], Qt.Orientation.Horizontal)
