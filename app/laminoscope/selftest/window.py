"""The real window, with what belongs to it, drawn into a picture."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QFontDatabase, QImage

from laminoscope.garbage import GuiGarbageCollector
from laminoscope.icons import icon
from laminoscope.main import create_application
from laminoscope.main_window import MainWindow
from laminoscope_resources import guide_text, guide_topics, resource
from laminoscope_widgets.translation import language, tr, use_language

__all__ = ["draw_window", "require_drawn"]

_PATIENCE = 120.0
_SIZE = (1400, 900)
_FEWEST_COLOURS = 24
_PLACES = [(x, y) for x in range(16) for y in range(16)]


def draw_window(session: Path, picture: Path) -> str:
    """Open a session in the window, write what it then looks like, and say what was there.

    Raises
    ------
    RuntimeError
        Something that the window needs is missing, or it does not show the session.
    """
    if sys.platform == "linux" and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = create_application()
    window = MainWindow()
    collector = GuiGarbageCollector(app, lambda: window.furnished)
    try:
        window.resize(*_SIZE)
        window.show()
        window.begin_in_turns(session)
        controller, updates = window.controller, window.updates
        _wait(lambda: window.furnished and "similarity" in controller.results)
        _wait(lambda: not controller.busy() and updates.idle())
        for _ in range(20):  # what is laid out and styled in later turns
            _turn()
        image = window.grab().toImage()
        if not image.save(str(picture)):
            raise RuntimeError(f"{picture} could not be written")
        require_drawn(image)
        found = f"{image.width()} × {image.height()} pixels, {_found(window)}"
    finally:
        window.close()
        collector.stop()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, 0)
    return found


def _turn() -> None:
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    time.sleep(0.01)


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not until():
        if time.monotonic() > end:
            raise RuntimeError(f"the window was not done after {_PATIENCE:.0f} seconds")
        _turn()


def require_drawn(image: QImage) -> None:
    """Refuse a picture that is nearly empty, as that of a window whose panels drew nothing."""
    small = image.scaled(140, 90)
    colours = {small.pixel(x, y) for x in range(small.width()) for y in range(small.height())}
    if len(colours) < _FEWEST_COLOURS:
        raise RuntimeError(f"the window shows no more than {len(colours)} colours")


def _found(window: MainWindow) -> str:
    """Return how much there is of what the window reads from its resources.

    Raises
    ------
    RuntimeError
        There are no fonts, an icon is not drawn, a page of the guide is empty, German is not
        spoken.
    """
    families = len(QFontDatabase.families())
    if not families:
        raise RuntimeError("there are no fonts")
    drawings = [each.name for each in resource("icons").iterdir() if each.name.endswith(".svg")]
    for name in drawings:
        drawn = icon(name.removesuffix(".svg"), window.theme).pixmap(16).toImage()
        if drawn.isNull() or not any(drawn.pixelColor(x, y).alpha() for x, y in _PLACES):
            raise RuntimeError(f"the icon {name} is not drawn")
    topics = guide_topics()
    if empty := [topic for topic in topics if not guide_text(topic).strip()]:
        raise RuntimeError(f"the page {empty[0]} is empty")
    before = language()
    use_language("de")
    german = tr("Open")
    use_language(before)
    if german == "Open":
        raise RuntimeError("German is not spoken")
    return f"{families} fonts, {len(drawings)} icons, {len(topics)} pages of the guide, German"
