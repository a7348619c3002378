"""All panels, in the order of the View menu."""

from collections.abc import Iterator

from laminoscope_core.plots.registry import section_rows
from laminoscope_widgets.panel import Panel
from laminoscope_widgets.panels.adjustments import AdjustmentsPanel
from laminoscope_widgets.panels.candidates import CandidatesPanel
from laminoscope_widgets.panels.chain import ChainPanel
from laminoscope_widgets.panels.compare import ComparePanel
from laminoscope_widgets.panels.details import DetailsPanel
from laminoscope_widgets.panels.fit import FitPanel
from laminoscope_widgets.panels.laminar import LaminarPanel
from laminoscope_widgets.panels.loops import LoopsPanel
from laminoscope_widgets.panels.pairs import PairsPanel
from laminoscope_widgets.panels.prompts import PromptsPanel
from laminoscope_widgets.panels.regression import RegressionPanel
from laminoscope_widgets.panels.similarity import SimilarityPanel
from laminoscope_widgets.panels.text import TextPanel
from laminoscope_widgets.panels.token_compare import TokenComparePanel
from laminoscope_widgets.panels.token_details import TokenDetailsPanel
from laminoscope_widgets.panels.tokens import TokensPanel
from laminoscope_widgets.panels.watch import WatchPanel
from laminoscope_widgets.panels.words import WordsPanel
from laminoscope_widgets.panels.writing import WritingPanel
from laminoscope_widgets.plot_panel import panel_of

__all__ = ["PANELS"]

_OWN: dict[str, type[Panel]] = {
    panel.id: panel
    for panel in (
        SimilarityPanel,
        LaminarPanel,
        PairsPanel,
        TokensPanel,
        AdjustmentsPanel,
        RegressionPanel,
        FitPanel,
        TokenComparePanel,
        WritingPanel,
        ChainPanel,
        CandidatesPanel,
        ComparePanel,
        LoopsPanel,
        WatchPanel,
    )
}
"""By id: panels of plots that offer choices, or are painted in a way of their own."""

_FORMS = {"words": WordsPanel, "text": TextPanel, "prompts": PromptsPanel}
_DETAILS = {"words": DetailsPanel, "text": TokenDetailsPanel}


def _panels() -> Iterator[type[Panel]]:
    """Yield of each section: its form, a panel for every plot of its page, its details."""
    for section, form in _FORMS.items():
        yield form
        for row in section_rows(section):
            yield from (_OWN.get(plot.id) or panel_of(plot) for plot in row)
        if section in _DETAILS:
            yield _DETAILS[section]


PANELS: tuple[type[Panel], ...] = tuple(_panels())
