"""The panels of a window, each made when it is first asked for."""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtWidgets import QWidget

from laminoscope_widgets.panel import Panel, Workspace
from laminoscope_widgets.panels import PANELS, panel_class

__all__ = ["Panels"]


class Panels(Mapping[str, Panel]):
    """All panels by id.

    Looking one up makes it.  Who has to do with all panels says by `each` what is to be done with
    each, so that one that is made late is as if it had been there from the beginning.

    Parameters
    ----------
    workspace : Workspace
        What the panels share.
    window : QWidget
        With which they go, those as well that no page has taken.
    """

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        self._workspace = workspace
        self._unplaced = QWidget(window)
        self._unplaced.hide()
        self._made: dict[str, Panel] = {}
        self._for_each: list[Callable[[Panel], object]] = []

    def __getitem__(self, name: str) -> Panel:
        if name not in PANELS:
            raise KeyError(name)
        if name not in self._made:
            panel = panel_class(name)(self._workspace)
            panel.setParent(self._unplaced)
            self._made[name] = panel
            for act in self._for_each:
                act(panel)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in PANELS

    def __iter__(self) -> Iterator[str]:
        return iter(PANELS)

    def __len__(self) -> int:
        return len(PANELS)

    def made(self) -> dict[str, Panel]:
        """Return the panels that have been made, by id."""
        return dict(self._made)

    def each(self, act: Callable[[Panel], object]) -> None:
        """Do something with each panel: at once, or as soon as it is made."""
        self._for_each.append(act)
        for panel in self._made.values():
            act(panel)
