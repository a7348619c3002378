"""The panels and pages of a window, made step by step once it stands on the screen."""

import sys
from collections.abc import Iterator
from importlib import import_module

from PySide6 import QtCore, QtGui, QtWidgets

from laminoscope.layouts import TASKS
from laminoscope.window.pages import Pages
from laminoscope.window.panels import Panels

__all__ = ["furnished"]


def furnished(panels: Panels, pages: Pages) -> Iterator[None]:
    """Make all that a window does not need to be seen; no step takes long."""
    if "pyqtgraph" not in sys.modules:
        yield from _imported()
    for task in TASKS:
        for name in task.panels:
            if name not in panels.made():
                _ = panels[name]
                yield
        pages.make(task)
        yield


def _imported() -> Iterator[None]:
    """Import pyqtgraph; it looks at every class of Qt, each of which is made at the first look."""
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            getattr(module, name)
        yield
    import_module("pyqtgraph")
    yield
