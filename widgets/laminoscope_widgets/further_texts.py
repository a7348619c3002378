"""What the heads are read over besides the text: further texts, and random tokens, as chips."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from laminoscope_core.inside_section import Atlas, Induction
from laminoscope_widgets.arranging import down, opens
from laminoscope_widgets.chips import Chips
from laminoscope_widgets.named import tool_button
from laminoscope_widgets.translation import tr, tr_n

__all__ = ["FurtherTexts"]


class FurtherTexts(QWidget):
    """Shows them and lets them be changed; its ``button``, which adds some, is placed elsewhere.

    Signals, which change nothing themselves: ``files_wanted(paths)``, of text files or of one
    folder; ``random_wanted()``; ``remove_wanted(name)`` with ``"atlas"`` or ``"induction"``.
    """

    files_wanted = Signal(object)
    random_wanted = Signal()
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self.menu = QMenu(self)
        self.menu.addAction(tr("Text files…")).triggered.connect(self._ask_files)
        self.menu.addAction(tr("A folder of text files…")).triggered.connect(self._ask_folder)
        random = self.menu.addAction(tr("Random tokens, read twice"))
        random.triggered.connect(lambda _=False: self.random_wanted.emit())
        tip = tr("Read the heads over further texts too, or over random tokens.")
        self.button = opens(tool_button(tr("Heads over"), tip), self.menu)
        self.chips = Chips(1)
        self.chips.clicked.connect(lambda at: self.remove_wanted.emit(self._names[at]))
        self.setLayout(down(self.chips))

    def set_asked(self, atlas: Atlas | None, induction: Induction | None) -> None:
        """Show what is asked for."""
        shown = {}
        if atlas is not None:
            n_texts = len(atlas.texts)
            shown["atlas"] = tr_n("{n} further text", "{n} further texts", n_texts)
        if induction is not None:
            n, length = induction.sequences, induction.length
            shown["induction"] = tr("{n} × {length} random tokens", n=n, length=length)
        self._names = tuple(shown)
        texts = list(shown.values())
        names = [tr("Remove {text}", text=text) for text in texts]
        self.chips.set_texts(texts, tr("Read the heads over it no longer."), names)

    def _ask_files(self) -> None:
        kinds = f"{tr('Texts')} (*.txt)"
        names, _ = QFileDialog.getOpenFileNames(self, tr("Further texts"), "", kinds)
        if names:
            self.files_wanted.emit([Path(name) for name in names])

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("A folder of text files"))
        if name:
            self.files_wanted.emit([Path(name)])
