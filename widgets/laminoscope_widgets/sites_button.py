"""A button that says at which sites words are compared, and changes that."""

from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton

from laminoscope_core.theme import site_label
from laminoscope_core.words_section import RsaSection, WordSite
from laminoscope_widgets.named import named
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["SitesButton"]

_LEAST = 2


class SitesButton(QToolButton):
    """The sites that are compared, with a menu of all; two at least stay chosen.

    ``chosen(sites)`` is emitted when a person has chosen others.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        tip = tr("Sites at which words are compared: each with every other, in every layer.")
        self.setToolTip(tip)
        named(self, tr("Sites"), tip)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._actions = {}
        for site in get_args(WordSite):
            action = menu.addAction(shown_text(site_label(site)))
            action.setCheckable(True)
            action.triggered.connect(self._choose)
            self._actions[site] = action
        self.setMenu(menu)
        self.sites: tuple[WordSite, ...] = ()
        self.show_sites(RsaSection().sites)

    def show_sites(self, sites: tuple[WordSite, ...]) -> None:
        """Say which sites are compared; nothing is emitted."""
        self.sites = sites
        for site, action in self._actions.items():
            action.setChecked(site in sites)
            action.setEnabled(site not in sites or len(sites) > _LEAST)
        names = [shown_text(site_label(site)) for site in sites]
        self.setText(", ".join(names[:3]) + (f" +{len(names) - 3}" if len(names) > 3 else ""))

    def _choose(self) -> None:
        checked = {site for site, action in self._actions.items() if action.isChecked()}
        kept = [site for site in self.sites if site in checked]
        new = [site for site in self._actions if site in checked and site not in kept]
        self.show_sites((*kept, *new))
        self.chosen.emit(self.sites)
