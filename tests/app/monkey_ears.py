"""How the monkey hears of what goes wrong, wherever it is hidden."""

import sys
import threading
import traceback

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QFileDialog

from laminoscope import background
from laminoscope_core.errors import LaminoscopeError

NO_FAULTS = ("This plugin does not support", "Keyboard event not accepted by receiving widget")
"""So Qt speaks of what a desktop could do, and QTest of typing that outlives what it began in."""
OF_FILES = "QAbstractItemView::commitData called with an editor that does not belong"
"""So Qt's own dialog for files says it when a folder is left while a new one in it is named."""


def _chooses_files() -> bool:
    """Return whether a dialog for files is open."""
    windows = QApplication.topLevelWidgets()
    return any(isinstance(window, QFileDialog) and window.isVisible() for window in windows)


class Faults:
    """What has gone wrong, wherever Qt, threads or the program's own words hide it.

    Parameters
    ----------
    told : callable
        Called with each fault that is not told already.
    """

    def __init__(self, told) -> None:
        self._told = told
        self._known: set[str] = set()

    def tell(self, text: str) -> None:
        """Note a fault, once for each place it comes from."""
        place = "\n".join(text.strip().splitlines()[-3:])
        if place not in self._known:
            self._known.add(place)
            self._told(text)

    def listen(self) -> None:
        """Hear of exceptions in slots and threads, and of what Qt finds critical."""

        def raised(kind, error, trace):
            self.tell("".join(traceback.format_exception(kind, error, trace)))

        sys.excepthook = raised

        def hidden(seen):
            raised(seen.exc_type, seen.exc_value, seen.exc_traceback)

        sys.unraisablehook = threading.excepthook = hidden
        bad = (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg, QtMsgType.QtWarningMsg)

        def said_by_qt(kind, _context, text):
            own = text.startswith(NO_FAULTS) or (text.startswith(OF_FILES) and _chooses_files())
            if kind in bad and not own:
                self.tell(f"{kind.name}: {text}")

        qInstallMessageHandler(said_by_qt)
        self._overhear(background, "_attempt", expected=(LaminoscopeError, OSError))

    def _overhear(self, module, name, expected) -> None:
        """Let a function that turns every error of its argument into words tell first."""
        told = getattr(module, name)
        setattr(module, name, lambda work: told(self._watched(work, expected)))

    def _watched(self, work, expected=()):
        def watched(*args):
            try:
                return work(*args)
            except BaseException as error:
                if not isinstance(error, expected or ()):
                    self.tell(traceback.format_exc())
                raise

        return watched

    def ended(self, entry) -> None:
        """Take the end of any job, an export's too, for a fault, if nobody expected it."""
        if entry.end is not None and entry.end.details:
            self.tell(f"{entry.end.details}\n{entry.end.why}")

    def failed(self, message: str, details: str, _offers: object) -> None:
        """Take a job's failure for a fault, if the program did not expect it."""
        if details:
            self.tell(f"{details}\n{message}")
