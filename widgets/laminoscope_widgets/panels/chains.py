"""Chains: several of them on the same candidates, as a map."""

from laminoscope_core.analysis.chains import DEFAULT, Params, Result
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.sampling.named import THIS_CHAIN, NamedChain
from laminoscope_widgets.arranging import opens
from laminoscope_widgets.chain_choice import ChainChoice
from laminoscope_widgets.named import tool_button
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.steps import Step
from laminoscope_widgets.translation import tr

__all__ = ["ChainsPanel"]


class ChainsPanel(PlotPanel):
    """Candidates × chains, with what is left along the edge."""

    plot = PLOTS["chains"]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._wanted: tuple[NamedChain, ...] | None = None
        button = tool_button(tr("Chains"), tr("Which chains the map shows."))
        self.choice = ChainChoice(button)
        self.choice.chosen.connect(self._choose)
        self.controls.addWidget(opens(button, self.choice))

    @property
    def chains(self) -> tuple[NamedChain, ...]:
        """The chains that are shown now, or will be once they have been applied."""
        if self._wanted is not None:
            return self._wanted
        result: Result | None = self.results.get("chains")
        return DEFAULT if result is None else result.chains

    def undo_state(self) -> object:
        """Return the choices and the chains."""
        return super().undo_state(), _asked(self.chains)

    def take_undo_state(self, state: tuple[object, tuple[NamedChain, ...]]) -> None:
        """Take back what `undo_state` gave."""
        choices, chains = state
        super().take_undo_state(choices)
        if chains != _asked(self.chains):
            self._ask(chains)

    def result_changed(self, analysis: str) -> None:
        """Notice that what was asked for is there."""
        if analysis == "chains":
            self._wanted = None
            self.choice.chains = self.chains

    def _choose(self, chains: tuple[NamedChain, ...], step: str) -> None:
        self._ask(chains)
        self.changed.emit(Step(step))

    def _ask(self, chains: tuple[NamedChain, ...]) -> None:
        self._wanted = chains
        self.choice.chains = chains
        self.params_wanted.emit("chains", Params(_asked(chains)))


def _asked(chains: tuple[NamedChain, ...]) -> tuple[NamedChain, ...]:
    """Return chains without what the one in force is made of, which changes."""
    return tuple(NamedChain(THIS_CHAIN) if c.name == THIS_CHAIN else c for c in chains)
