"""A menu of the models that are compared with the open one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from laminoscope_core.models.catalog import catalog
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["ModelsMenu"]


class ModelsMenu(QMenu):
    """Which models are compared: those of the catalogue, and others by name.

    It is filled before it is shown, by whoever knows.  Signal: ``chosen(sources)``.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._models: tuple[str, ...] = ()
        self.setToolTipsVisible(True)

    def fill(self, own: str, models: tuple[str, ...]) -> None:
        """Make its entries anew.

        Parameters
        ----------
        own : str
            The source of the model that others are compared with.
        models : tuple of str
            The sources of those.
        """
        self.clear()
        self._models = models
        known = {entry.name: entry for entry in catalog().values()}
        for name, entry in known.items():
            if name != own:
                self._add(name, entry.title, shown_text(entry.about))
        others = [source for source in models if source not in known]
        if others:
            self.addSeparator()
        for source in others:
            self._add(source, source)
        self.addSeparator()
        self.addAction(tr("Another…")).triggered.connect(self._ask)

    def _add(self, source: str, title: str, tip: str = "") -> None:
        action = self.addAction(safe_text(title, limit=60).replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(source in self._models)
        action.setToolTip(tip)
        action.triggered.connect(lambda on: self._choose(source, on=on))

    def _choose(self, source: str, *, on: bool) -> None:
        others = tuple(each for each in self._models if each != source)
        self.chosen.emit((*others, source) if on else others)

    def _ask(self) -> None:
        name, accepted = QInputDialog.getText(
            self.parentWidget(),
            tr("Compare with another model"),
            tr("Catalog name, Hugging Face id (owner/name), folder or .gguf file:"),
        )
        if accepted and name.strip():
            self._choose(name.strip(), on=True)
