"""The graphical program: application, theme, window; on screen before torch is imported."""

import locale
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTimer
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from laminoscope.clipboard import hand_over_clipboard
from laminoscope.garbage import GuiGarbageCollector
from laminoscope.in_use import use_wanted_language
from laminoscope.preferences import Preferences, keep_in_settings_folder

__all__ = ["create_application", "run_gui"]

SWITCH_INTERVAL = 0.0001
"""Seconds after which a busy worker thread must hand Python back to the window.

The window gives it away with every file that it reads and much that it paints, and each time waits
so long for it.
"""


def create_application() -> QApplication:
    """Return the application object, made if there is none yet.

    Numbers are shown with a point, whatever the user's locale, by Qt and by C libraries, which Qt
    would let follow the locale.
    """
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    QCoreApplication.setApplicationName("Laminoscope")
    QCoreApplication.setOrganizationName("laminoscope")
    QGuiApplication.setDesktopFileName("laminoscope")
    QLocale.setDefault(QLocale.c())
    keep_in_settings_folder()
    app = QApplication([sys.argv[0]])
    locale.setlocale(locale.LC_NUMERIC, "C")
    font = QFont(app.font())
    if font.pointSizeF() < 9:
        font.setPointSizeF(9)
        app.setFont(font)
    return app


def run_gui(file: Path | None = None, model: str | None = None, sample: str | None = None) -> int:
    """Open the window and run the event loop.

    Parameters
    ----------
    file : Path, optional
        A session, experiment, word list or model to open.
    model : str, optional
        A model to use instead of the experiment's.
    sample : str, optional
        A sample experiment to run.

    Returns
    -------
    int
        Exit status; 130 if an interrupt (Ctrl+C in the terminal) closed the window, which asks what
        to do with unsaved work as always.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    app = create_application()
    use_wanted_language(Preferences())
    from laminoscope.main_window import MainWindow

    window = MainWindow()
    collector = GuiGarbageCollector(app, lambda: window.furnished and not window.controller.opening)
    interrupted = []

    def close() -> None:
        if window.close():
            interrupted.append(signal.SIGINT)

    # later, as it may come in the middle of anything
    before = signal.signal(signal.SIGINT, lambda *_: QTimer.singleShot(0, close))
    window.show()
    window.begin_in_turns(file, model, sample)
    status = app.exec()
    signal.signal(signal.SIGINT, before)
    collector.stop()
    hand_over_clipboard()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, 0)
    return 130 if interrupted else status
