"""The list of models in the browser: those that are here, and those to be fetched."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from laminoscope_core.errors import ModelError
from laminoscope_core.experiment import ModelSection
from laminoscope_core.models.catalog import family_title
from laminoscope_core.models.inventory import Listed, place_of
from laminoscope_core.models.memory import gigabytes
from laminoscope_core.models.model import ModelInfo
from laminoscope_widgets.named import named
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, tr

__all__ = ["ModelList", "Placed", "is_open", "placed"]

_COLUMNS = {
    mark("Model"): (mark("What it is called."), 286),
    mark("Family"): (mark("How it is built."), 112),
    mark("Size"): (mark("What it takes on the disk, or what would be fetched."), 88),
    mark("Memory"): (mark("What it takes of memory once it is open."), 140),
    mark("Runs on"): (mark("The device and the precision that are chosen for it."), 124),
    mark("Licence"): (mark("Of its weights."), 120),
}
"""What each column says, and its width in pixels."""
_NUMBERS = (2, 3)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_GROUPS: dict[str, Callable[[Listed], bool]] = {
    mark("On this computer"): lambda listed: listed.on_disk and not listed.problem,
    mark("To be fetched"): lambda listed: not listed.on_disk,
    mark("Cannot be opened"): lambda listed: listed.on_disk and bool(listed.problem),
}
_DATA = Qt.ItemDataRole.UserRole
_ANYWHERE = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive


@dataclass(frozen=True)
class Placed:
    """A model, and where and in which precision it would run."""

    listed: Listed
    device: str
    dtype: str

    @property
    def memory(self) -> int:
        """Bytes that opening it takes; 0 if unknown."""
        weights = self.listed.weights
        return 0 if weights is None else weights.to_load(self.dtype)


def placed(listed: Listed, section: ModelSection) -> Placed:
    """Return a model with where and how it would run; on the CPU while torch is not loaded."""
    if "torch" not in sys.modules:  # importing it takes seconds; a job does that
        return Placed(listed, "cpu", "float32" if section.dtype == "auto" else section.dtype)
    try:
        return Placed(listed, *place_of(listed, section.device, section.dtype))
    except ModelError:  # of a device that is not here
        return Placed(listed, *place_of(listed))


def is_open(listed: Listed, info: ModelInfo | None) -> bool:
    """Return whether a listed model is the one of ``info``."""
    if info is None:
        return False
    same = bool(listed.revision) and listed.revision == info.revision
    return same or listed.source == info.source


class ModelList(QTreeWidget):
    """Models in groups; ``chosen(listed)`` is emitted when another is current, None for none."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        named(self, tr("Models"), tr("Those on this computer, and those that can be fetched."))
        self.setHeaderLabels([tr(title) for title in _COLUMNS])
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)
        for column, (tip, width) in enumerate(_COLUMNS.values()):
            self.setColumnWidth(column, width)
            self.headerItem().setToolTip(column, tr(tip))
        for column in _NUMBERS:
            self.headerItem().setTextAlignment(column, _RIGHT)
        self.currentItemChanged.connect(lambda *_: self.chosen.emit(self.current))

    @property
    def current(self) -> Listed | None:
        """The model that is chosen."""
        item = self.currentItem()
        return item.data(0, _DATA) if item is not None else None

    def fill(self, rows: Sequence[Placed], free: int, info: ModelInfo | None) -> None:
        """Show models; the one that was chosen stays so, else that of ``info`` is.

        Parameters
        ----------
        rows : sequence of Placed
        free : int
            Bytes of memory that are free.
        info : ModelInfo or None
            The model that is open.
        """
        before = "" if self.current is None else self.current.source
        bold = self.font()
        bold.setBold(True)
        self.clear()
        found: dict[str, QTreeWidgetItem] = {}
        for title, belongs in _GROUPS.items():
            members = [row for row in rows if belongs(row.listed)]
            if not members:
                continue
            group = QTreeWidgetItem(self, [tr(title)])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.setFirstColumnSpanned(True)
            group.setFont(0, bold)
            group.setExpanded(True)
            for row in members:
                item = self._add(group, row, free, opened=is_open(row.listed, info))
                found[row.listed.source] = item
                if is_open(row.listed, info):
                    found.setdefault("", item)
        if found:
            self.setCurrentItem(found.get(before) or found.get("") or next(iter(found.values())))

    def filter(self, typed: str) -> None:
        """Show the models that have all words of a text somewhere in their row."""
        words = typed.lower().split()
        for item in self._items():
            text = " ".join(item.text(column) for column in range(len(_COLUMNS))).lower()
            item.setHidden(not all(word in text for word in words))

    def _add(
        self, group: QTreeWidgetItem, row: Placed, free: int, *, opened: bool
    ) -> QTreeWidgetItem:
        listed = row.listed
        memory = gigabytes(row.memory) if row.memory else "–"
        item = QTreeWidgetItem(
            group,
            [
                safe_text(listed.title, limit=60) + (f"  ({tr('open')})" if opened else ""),
                safe_text(family_title(listed.family), limit=30) or "–",
                gigabytes(listed.n_bytes) if listed.n_bytes else "–",
                tr("{memory}, too much", memory=memory) if row.memory > free else memory,
                f"{row.device}, {row.dtype}" if row.memory else "–",
                listed.licence or "–",
            ],
        )
        item.setData(0, _DATA, listed)
        item.setToolTip(0, safe_text(listed.source, limit=200, rich=True))
        item.setToolTip(3, tr("{size} are free now.", size=gigabytes(free)))
        for column in _NUMBERS:
            item.setTextAlignment(column, _RIGHT)
        return item

    def _items(self) -> list[QTreeWidgetItem]:
        return [item for item in self.findItems("", _ANYWHERE) if item.data(0, _DATA) is not None]
