"""The line above the panels that offers a session which was not saved."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QPushButton, QSizePolicy, QToolBar, QWidget

from laminoscope_widgets.panel import plain_label

__all__ = ["RecoveryNotice"]


class RecoveryNotice(QToolBar):
    """Recover it, leave it for later, or discard it; it says nothing of what is in the file."""

    recover = Signal(object)
    discard = Signal(object)
    answered = Signal()

    def __init__(self, path: Path, window: QMainWindow) -> None:
        super().__init__("Recovery", window)
        self.setObjectName("recovery")
        self.setMovable(False)
        when = datetime.fromtimestamp(path.stat().st_mtime)
        text = f"A session of {when:%d %B, %H:%M} was not saved."
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(4, 2, 4, 2)
        label = plain_label(text)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(label, 1)
        self.buttons: dict[str, QPushButton] = {}
        for name, tip, signal in (
            ("Recover", "Show it; it can then be saved.", self.recover),
            ("Later", "Keep it; the next start offers it again.", None),
            ("Discard", "Delete it for ever.", self.discard),
        ):
            button = QPushButton(name)
            button.setToolTip(tip)
            if signal is not None:
                button.clicked.connect(lambda _=False, answer=signal: answer.emit(path))
            button.clicked.connect(self._close)
            row.addWidget(button)
            self.buttons[name] = button
        self.addWidget(holder)

    def _close(self) -> None:
        self.answered.emit()
        self.hide()
        self.deleteLater()
