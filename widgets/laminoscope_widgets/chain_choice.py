"""A menu in which several chains are ticked: the one in force, presets, saved ones."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from laminoscope_core.sampling.named import THIS_CHAIN, NamedChain, known_chains
from laminoscope_widgets.chain_names import chain_name
from laminoscope_widgets.translation import tr

__all__ = ["ChainChoice"]


class ChainChoice(QMenu):
    """Which chains are compared, in the order in which they were ticked; one at least.

    Signal: ``chosen(chains, step)`` with the name of the step.
    """

    chosen = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chains: tuple[NamedChain, ...] = ()
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Make the entries anew from what there is now."""
        self.clear()
        known = {THIS_CHAIN: (), **known_chains()}
        known |= {chain.name: chain.samplers for chain in self.chains if chain.name not in known}
        ticked = {chain.name for chain in self.chains}
        for name, samplers in known.items():
            action = self.addAction(chain_name(name, 40).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name in ticked)
            action.setEnabled(ticked != {name})
            chain = NamedChain(name, samplers)
            action.triggered.connect(lambda on, chain=chain: self._choose(chain, on=on))

    def _choose(self, chain: NamedChain, *, on: bool) -> None:
        others = tuple(each for each in self.chains if each.name != chain.name)
        step = tr("Show {chain}" if on else "Leave out {chain}", chain=chain_name(chain.name, 40))
        self.chosen.emit((*others, chain) if on else others, step)
