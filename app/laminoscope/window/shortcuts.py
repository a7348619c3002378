"""The list of all shortcuts."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from laminoscope.actions import ACTIONS
from laminoscope.layouts import TASKS
from laminoscope_widgets.explained import explained
from laminoscope_widgets.named import named
from laminoscope_widgets.translation import mark, tr

__all__ = ["Shortcuts"]

_NATIVE = QKeySequence.SequenceFormat.NativeText
_IN_PLOTS = (
    (mark("Layer before and after"), "← →"),
    (mark("From point to point, cell to cell"), "← → ↑ ↓"),
    (mark("Select what is marked"), mark("Return")),
    (mark("Select a range, or one more"), mark("Shift, Ctrl and click")),
    (mark("All of a plot again"), mark("Double click")),
)


class Shortcuts(QDialog):
    """Two columns, grouped by menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        explained(self, "window")
        self.resize(460, 620)
        self.list = named(
            QTreeWidget(), tr("Shortcuts"), tr("Every command that has keys of its own.")
        )
        self.list.setHeaderLabels([tr("Command"), tr("Keys")])
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setUniformRowHeights(True)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        groups: dict[str, list[tuple[str, str]]] = {}
        for action in ACTIONS:
            if action.shortcut:
                listed = QKeySequence.listFromString(action.shortcut)
                keys = tr(" or ").join(key.toString(_NATIVE) for key in listed)
                title = tr(action.title).replace("&", "").removesuffix("…")
                groups.setdefault(tr(action.menu).replace("&", ""), []).append((title, keys))
        groups[tr("Tasks")] = [(task.title, task.keys) for task in TASKS]
        groups[tr("In a plot")] = [(tr(title), tr(keys)) for title, keys in _IN_PLOTS]
        for title, entries in groups.items():
            group = QTreeWidgetItem([title])
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            self.list.addTopLevelItem(group)
            group.addChildren([QTreeWidgetItem(list(entry)) for entry in entries])
        self.list.expandAll()
        QVBoxLayout(self).addWidget(self.list)
