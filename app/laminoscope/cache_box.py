"""The cache in the preferences: where it is, how large, moving and emptying it."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QGroupBox,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
)

from laminoscope.background import Background
from laminoscope.save_question import clear_question, move_question
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models.cache_place import cache_size, clear_cache, has_cache, move_cache
from laminoscope_core.models.memory import gigabytes
from laminoscope_core.paths import CACHE_VARIABLE, cache_root, choose_cache_root
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["CacheBox"]


class CacheBox(QGroupBox):
    """All work on files is done in a thread; what replaces or removes any is asked first.

    Parameters
    ----------
    in_use : callable
        Returns the SHA-256 of the GGUF file whose conversion is open, or nothing.
    """

    _moved = Signal(float, str)

    def __init__(self, in_use: Callable[[], str]) -> None:
        super().__init__(tr("Fetched and converted models"))
        self._in_use = in_use
        self._size = 0
        self._job: Job | None = None
        self._background = Background("laminoscope-cache", self._ended)
        self.destroyed.connect(self._background.close)  # with a window that takes it along
        self.question: QMessageBox | None = None
        self.place = plain_label()
        self.place.setWordWrap(True)
        self.said = plain_label("", "muted")
        self.said.setWordWrap(True)
        self.move_button = QPushButton(tr("Move…"))
        self.move_button.setToolTip(tr("Keep the cache in another folder."))
        self.move_button.clicked.connect(self._move_or_stop)
        self.clear_button = QPushButton(tr("Clear…"))
        self.clear_button.setToolTip(tr("Delete everything in the cache; you are asked first."))
        self.clear_button.clicked.connect(self._ask_clearing)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.move_button)
        row.addWidget(self.clear_button)
        column = QVBoxLayout(self)
        column.addWidget(self.place)
        column.addLayout(row)
        self._moved.connect(lambda _, text: self.said.setText(shown_text(text)))
        self.refresh()

    def refresh(self, said: str = "") -> None:
        """Show where the cache is and, once that is counted, how large."""
        place = safe_text(str(cache_root()), limit=300)
        if _is_fixed():
            place = tr("{folder} ({variable} says so)", folder=place, variable=CACHE_VARIABLE)
        self.place.setText(place)
        self.move_button.setEnabled(not _is_fixed())

        def show(size: int) -> None:
            self._size = size
            self.clear_button.setEnabled(size > 0)
            taken = tr("{size} on disk", size=gigabytes(size))
            self.said.setText(f"{shown_text(said)} {taken}".strip())

        self._background.do(cache_size, show)

    # ---- moving

    def _move_or_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            return
        name = QFileDialog.getExistingDirectory(self, tr("Keep the cache in this folder"))
        if name:
            self.ask_moving(Path(name))

    def ask_moving(self, folder: Path) -> None:
        """Ask whether the cache is to be in a folder; in one that has other files, a part of it."""
        empty = not folder.exists() or not any(folder.iterdir())
        target = folder if empty or has_cache(folder) else folder / "laminoscope"

        def answered(button: int) -> None:
            if button == QMessageBox.StandardButton.Ok:
                if has_cache(target):
                    choose_cache_root(target)
                    self.refresh()
                else:
                    self._move(target)

        self.question = move_question(target, self._size, self, is_there=has_cache(target))
        self.question.finished.connect(answered)
        self.question.open()

    def _move(self, target: Path) -> None:
        self._job = job = Job(lambda *report: self._moved.emit(*report))
        self.move_button.setText(tr("Cancel"))
        self.clear_button.setEnabled(False)

        def move() -> str:
            with suppress(Cancelled):
                move_cache(target, job)
                return tr("Moved.")
            return tr("Cancelled.")

        self._background.do(move, self._ended)

    def _ended(self, said: str) -> None:
        self._job = None
        self.move_button.setText(tr("Move…"))
        self.refresh(said)

    # ---- emptying

    def _ask_clearing(self) -> None:
        def answered(button: int) -> None:
            if button == QMessageBox.StandardButton.Discard:
                kept = self._in_use()
                self._background.do(
                    lambda: clear_cache(kept), lambda _: self._ended(tr("Cleared."))
                )

        self.question = clear_question(self._size, self)
        self.question.finished.connect(answered)
        self.question.open()

    def close_thread(self) -> None:
        """Stop moving, and wait for the thread."""
        if self._job is not None:
            self._job.cancel()
        self._background.close()


def _is_fixed() -> bool:
    return bool(os.environ.get(CACHE_VARIABLE))
