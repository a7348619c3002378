"""The panels and pages of a window, made step by step once it stands on the screen."""

import sys
from collections.abc import Iterator
from importlib import import_module

from PySide6 import QtCore, QtGui, QtWidgets

from laminoscope.layouts import TASKS
from laminoscope.window.pages import Pages
from laminoscope.window.panels import Panels

__all__ = ["furnished"]

_IMPORTED = (
    "numpy",
    "pyqtgraph",
    "cmap",
    "laminoscope_core.models.tokenizing",
    "laminoscope_core.sampling",
    "laminoscope_core.recording.lens",
    "laminoscope_core.recording.effects",
    "laminoscope_core.analysis.inputs",
    "laminoscope_core.analysis.rsa_chance",
    "laminoscope_widgets.key",
    "laminoscope_widgets.plot_cursor",
    "laminoscope_widgets.plot_panel",
    "laminoscope_widgets.panels.chain",
    "laminoscope_core.models.load",
    "laminoscope_core.run.run",
)
"""What panels and the first run import, in parts that each take well below 100 ms."""


def furnished(panels: Panels, pages: Pages) -> Iterator[None]:
    """Make all that a window does not need to be seen; no step takes long."""
    yield from _imported()
    for task in TASKS:
        for name in task.panels:
            if name not in panels.made():
                _ = panels[name]
                yield
        pages.make(task)
        yield


def _imported() -> Iterator[None]:
    """Import what panels import, and let Qt make its classes, which pyqtgraph will look at."""
    if "pyqtgraph" not in sys.modules:
        for qt in (QtCore, QtGui, QtWidgets):
            for name in dir(qt):
                getattr(qt, name)
            yield
    for module in _IMPORTED:
        if module not in sys.modules:
            import_module(module)
            yield
    from laminoscope_widgets.plots.colours import SEQUENTIAL, colour_map

    colour_map(SEQUENTIAL)  # reads the catalogue of all maps
    yield
