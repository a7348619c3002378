"""The menu that hides and shows panels of the page."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from laminoscope.window.pages import Pages
from laminoscope_widgets.panel import Panel
from laminoscope_widgets.translation import tr

__all__ = ["PanelMenu"]


class PanelMenu(QMenu):
    """Lists the shown page's panels each time it opens."""

    def __init__(self, parent: QWidget, pages: Pages, panels: Mapping[str, Panel]) -> None:
        super().__init__(tr("&Panels"), parent)
        self._pages = pages
        self._panels = panels
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        page = self._pages.page
        for name in self._pages.task.panels:
            action = self.addAction(self._panels[name].shown_title)
            action.setCheckable(True)
            action.setChecked(not page.hidden(name))
            action.toggled.connect(partial(self._toggle, name))

    def _toggle(self, name: str, shown: bool) -> None:
        self._pages.page.hide_panel(name, not shown)
