"""The parts of a window that its commands share; each is there before any of the commands."""

from dataclasses import dataclass

from PySide6.QtWidgets import QMainWindow

from laminoscope.controller import Controller
from laminoscope.forms import Forms
from laminoscope.message_bar import MessageBar
from laminoscope.preferences import Preferences
from laminoscope.status import Status
from laminoscope.undo import Undo
from laminoscope.window.overlay import Overlay
from laminoscope.window.pages import Pages
from laminoscope.window.panels import Panels
from laminoscope_core.selection import Selection

__all__ = ["Parts"]


@dataclass(frozen=True, eq=False)
class Parts:
    """What one window is made of.

    Attributes
    ----------
    window : QMainWindow
        The parent of dialogs.
    controller : Controller
        The model, the results, and the jobs on them.
    selection : Selection
        What is pointed at.
    preferences : Preferences
        What is remembered between starts.
    panels : Panels
        All panels by id.
    forms : Forms
        What would be run now.
    undo : Undo
        The steps of what was changed.
    pages : Pages
        The task that is shown, and where its panels stand.
    overlay : Overlay
        Where notices lie over the page.
    messages : MessageBar
        Says what went wrong.
    status : Status
        Says what was done.
    """

    window: QMainWindow
    controller: Controller
    selection: Selection
    preferences: Preferences
    panels: Panels
    forms: Forms
    undo: Undo
    pages: Pages
    overlay: Overlay
    messages: MessageBar
    status: Status
