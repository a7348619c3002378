"""All panels, in the order of the View menu."""

from laminoscope_core.plots.registry import PLOTS
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
from laminoscope_widgets.panels.spread import SpreadPanel
from laminoscope_widgets.panels.strip import StripPanel
from laminoscope_widgets.panels.text import TextPanel
from laminoscope_widgets.panels.token_compare import TokenComparePanel
from laminoscope_widgets.panels.token_details import TokenDetailsPanel
from laminoscope_widgets.panels.tokens import TokensPanel
from laminoscope_widgets.panels.watch import WatchPanel
from laminoscope_widgets.panels.words import WordsPanel
from laminoscope_widgets.panels.writing import WritingPanel
from laminoscope_widgets.plot_panel import panel_of

__all__ = ["PANELS"]

PANELS: tuple[type[Panel], ...] = (
    WordsPanel,
    SimilarityPanel,
    LaminarPanel,
    PairsPanel,
    panel_of(PLOTS["distributions"]),
    panel_of(PLOTS["unity"]),
    DetailsPanel,
    TextPanel,
    TokensPanel,
    AdjustmentsPanel,
    StripPanel,
    SpreadPanel,
    RegressionPanel,
    FitPanel,
    TokenComparePanel,
    TokenDetailsPanel,
    PromptsPanel,
    WritingPanel,
    ChainPanel,
    CandidatesPanel,
    ComparePanel,
    LoopsPanel,
    WatchPanel,
)
