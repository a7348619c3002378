"""What crashes have left behind, offered one session after the other."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from laminoscope.recovery import Recovery
from laminoscope.recovery_notice import RecoveryNotice
from laminoscope.window.overlay import Overlay

__all__ = ["RecoveryOffers"]


class RecoveryOffers(QObject):
    """A notice about the latest session; when it is recovered or discarded, about the next.

    ``recover(path)`` of the session that is to be shown.

    Attributes
    ----------
    notice : RecoveryNotice or None
        The one that is shown.
    """

    recover = Signal(object)

    def __init__(self, recovery: Recovery, overlay: Overlay, parent: QObject) -> None:
        super().__init__(parent)
        self._recovery = recovery
        self._overlay = overlay
        self._waiting: list[Path] = []
        self.notice: RecoveryNotice | None = None

    def begin(self) -> None:
        """Look for sessions that nobody has open, and offer the latest."""
        self._waiting += self._recovery.left_behind()
        if self.notice is None:
            self._offer_next()

    def _offer_next(self) -> None:
        if not self._waiting:
            return
        path = self._waiting.pop(0)
        notice = RecoveryNotice(path, len(self._waiting))
        notice.recover.connect(self.recover)
        notice.discard.connect(self._recovery.discard)
        notice.later.connect(self._waiting.clear)
        notice.answered.connect(self._go_on)
        self.notice = notice
        self._overlay.add(notice)

    def _go_on(self) -> None:
        self.notice = None
        self._offer_next()
