"""A notice over the page that offers a session which was not saved."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.translation import mark, tr

__all__ = ["RecoveryNotice"]


class RecoveryNotice(QFrame):
    """Recover it, leave it for later, or discard it; it says nothing of what is in the file."""

    recover = Signal(object)
    discard = Signal(object)
    answered = Signal()

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.setObjectName("notice")
        when = datetime.fromtimestamp(path.stat().st_mtime)
        text = tr("A session of {time} was not saved.", time=f"{when:%Y-%m-%d, %H:%M}")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        label = plain_label(text)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(label, 1)
        self.buttons: dict[str, QPushButton] = {}
        for name, tip, signal in (
            (mark("Recover"), tr("Show it; it can then be saved."), self.recover),
            (mark("Later"), tr("Keep it; the next start offers it again."), None),
            (mark("Discard"), tr("Delete it for ever."), self.discard),
        ):
            button = QPushButton(tr(name))
            button.setToolTip(tip)
            if signal is not None:
                button.clicked.connect(lambda _=False, answer=signal: answer.emit(path))
            button.clicked.connect(self._close)
            row.addWidget(button)
            self.buttons[name] = button

    def _close(self) -> None:
        self.answered.emit()
        self.hide()
        self.deleteLater()
