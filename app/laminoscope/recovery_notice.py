"""A notice over the page that offers a session which was not saved."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.translation import mark, tr, tr_n

__all__ = ["RecoveryNotice"]


class RecoveryNotice(QFrame):
    """Recover it, leave it for later, or discard it; it says nothing of what is in the file.

    ``recover(path)``, ``discard(path)`` or ``later()``, and then ``answered()``.

    Parameters
    ----------
    path : Path
        The session.
    others : int
        How many more wait to be offered.
    """

    recover = Signal(object)
    discard = Signal(object)
    later = Signal()
    answered = Signal()

    def __init__(self, path: Path, others: int = 0) -> None:
        super().__init__()
        self.setObjectName("notice")
        when = datetime.fromtimestamp(path.stat().st_mtime)
        text = tr("A session of {time} was not saved.", time=f"{when:%Y-%m-%d, %H:%M}")
        if others:
            text += " " + tr_n("One more waits.", "{n} more wait.", others)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        label = plain_label(text)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(label, 1)
        self.buttons: dict[str, QPushButton] = {}
        tr("Show it; it can then be saved.")
        kept = tr_n(
            "Keep it; the next start offers it again.",
            "Keep all {n}; the next start offers them again.",
            others + 1,
        )
        for name, tip, answer in (
            (
                mark("Recover"),
                tr("Show it; it can then be saved."),
                partial(self.recover.emit, path),
            ),
            (mark("Later"), kept, self.later.emit),
            (mark("Discard"), tr("Delete it for ever."), partial(self.discard.emit, path)),
        ):
            button = QPushButton(tr(name))
            button.setToolTip(tip)
            button.clicked.connect(partial(self._answer, answer))
            row.addWidget(button)
            self.buttons[name] = button

    def _answer(self, answer: Callable[[], object], _: bool = False) -> None:
        answer()
        self.answered.emit()
        self.hide()
        self.deleteLater()
