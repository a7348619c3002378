"""All panels, in the order of the View menu."""

from laminoscope_widgets.panel import Panel
from laminoscope_widgets.panels.details import DetailsPanel
from laminoscope_widgets.panels.distributions import DistributionsPanel
from laminoscope_widgets.panels.laminar import LaminarPanel
from laminoscope_widgets.panels.pairs import PairsPanel
from laminoscope_widgets.panels.similarity import SimilarityPanel
from laminoscope_widgets.panels.unity import UnityPanel
from laminoscope_widgets.panels.words import WordsPanel

__all__ = ["PANELS"]

PANELS: tuple[type[Panel], ...] = (
    WordsPanel,
    SimilarityPanel,
    LaminarPanel,
    PairsPanel,
    DistributionsPanel,
    UnityPanel,
    DetailsPanel,
)
