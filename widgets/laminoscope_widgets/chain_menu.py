"""The menu of chains: built-in ones, the model's own, and those that the user has saved."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QMessageBox, QWidget

from laminoscope_core.sampling import PRESETS, SamplingError
from laminoscope_core.sampling.library import ChainLibrary, SavedChain
from laminoscope_core.sampling.presets import Recommendation
from laminoscope_widgets.chain_names import chain_name
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["ChainMenu"]


class ChainMenu(QMenu):
    """Chooses, saves, renames and deletes chains.

    Signals: ``chosen(items)``; ``save_wanted(name)``; ``import_wanted()``, ``export_wanted()``;
    ``refused(message)``.

    Parameters
    ----------
    parent : QWidget
    """

    chosen = Signal(object)
    save_wanted = Signal(str)
    import_wanted = Signal()
    export_wanted = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.recommended: Recommendation | None = None
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Make the entries anew from what there is now."""
        self.clear()
        for child in self.findChildren(QMenu):
            child.deleteLater()
        for name, items in PRESETS.items():
            self._offer(name, items)
        self._offer_recommended()
        self.addSeparator()
        try:
            saved = ChainLibrary().chains()
        except SamplingError as error:
            saved = ()
            entry = self.addAction(tr("The saved chains cannot be read"))
            entry.setToolTip(safe_text(shown_text(str(error)), limit=400, rich=True))
            entry.triggered.connect(lambda _=False, text=str(error): self.refused.emit(text))
        for chain in saved:
            self._offer(chain.name, chain.items, chain.problem)
        self.addAction(tr("Save as…")).triggered.connect(self._ask_name)
        self._manage(tr("Rename"), saved, self._ask_new_name, "…")
        self._manage(tr("Delete"), saved, self._ask_deletion)
        self.addSeparator()
        load = self.addAction(tr("Import a file…"))
        load.setToolTip(tr("Read a chain from JSON, an experiment, or a GGUF model."))
        load.triggered.connect(self.import_wanted)
        write = self.addAction(tr("Export this chain…"))
        write.setToolTip(tr("Write a JSON file that laminoscope sample --chain reads, too."))
        write.triggered.connect(self.export_wanted)

    def rename(self, old: str, new: str) -> None:
        """Give a saved chain another name."""
        self._tried(lambda: ChainLibrary().rename(old, new))

    def delete(self, name: str) -> None:
        """Remove a saved chain."""
        self._tried(lambda: ChainLibrary().delete(name))

    def _offer(self, name: str, items: Sequence[Any], problem: str = "") -> None:
        action = self.addAction(_shown(name))
        action.setEnabled(not problem)
        action.setToolTip(safe_text(shown_text(problem), limit=300, rich=True))
        action.triggered.connect(lambda _=False, taken=tuple(items): self.chosen.emit(taken))

    def _offer_recommended(self) -> None:
        advice = self.recommended
        action = self.addAction(tr("Recommended by this model"))
        action.setEnabled(advice is not None and not advice.problem)
        if advice is None:
            action.setToolTip(tr("This model's file recommends no samplers (general.sampling.*)."))
        elif advice.problem:
            action.setToolTip(safe_text(shown_text(advice.problem), limit=300, rich=True))
        else:
            action.setToolTip(tr("From general.sampling.* inside the model's GGUF file."))
            action.triggered.connect(lambda: self.chosen.emit(advice.items))

    def _manage(self, title: str, saved: Sequence[SavedChain], ask: Any, asks: str = "") -> None:
        menu = self.addMenu(title)
        menu.setEnabled(bool(saved))
        for chain in saved:
            action = menu.addAction(_shown(chain.name) + asks)
            action.triggered.connect(lambda _=False, name=chain.name: ask(name))

    def _ask_name(self) -> None:
        name, accepted = QInputDialog.getText(self.parentWidget(), tr("Save chain"), tr("Name:"))
        if accepted:
            self.save_wanted.emit(name)

    def _ask_new_name(self, old: str) -> None:
        parent = self.parentWidget()
        name, accepted = QInputDialog.getText(parent, tr("Rename chain"), tr("New name:"), text=old)
        if accepted and name.strip() != old:
            self.rename(old, name)

    def _ask_deletion(self, name: str) -> None:
        question = tr("Delete the chain “{name}”?", name=safe_text(name))
        box = QMessageBox(
            QMessageBox.Icon.Question, tr("Delete chain"), "", parent=self.parentWidget()
        )
        box.setTextFormat(box.textFormat().PlainText)
        box.setText(question)
        box.setStandardButtons(box.StandardButton.Yes | box.StandardButton.Cancel)
        if box.exec() == box.StandardButton.Yes:
            self.delete(name)

    def _tried(self, work: Any) -> None:
        try:
            work()
        except SamplingError as error:
            self.refused.emit(str(error))
        except OSError as error:
            self.refused.emit(
                tr("The saved chains cannot be written: {strerror}.", strerror=error.strerror)
            )


def _shown(name: str) -> str:
    return chain_name(name).replace("&", "&&")
