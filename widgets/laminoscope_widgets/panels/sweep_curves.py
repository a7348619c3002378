"""All models of a sweep: one of their scores along relative depth."""

from collections.abc import Iterable

from laminoscope_core.analysis.swept import Swept
from laminoscope_core.plots.registry import OF_SWEEPS
from laminoscope_core.plots.sweep_curves import SUBSETS
from laminoscope_core.theme import pair_label
from laminoscope_widgets.controls import choice
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.sweep_panel import SweepPanel
from laminoscope_widgets.translation import tr

__all__ = ["SweepCurvesPanel"]


class SweepCurvesPanel(SweepPanel):
    """A curve for each model, and their median; a click marks the model."""

    plot = OF_SWEEPS["sweep-curves"]
    key_below = True
    place_field = "sites"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        choice(self, "subset", SUBSETS, tr("Pairs. Of which words a score is."))

    def place_says(self) -> str:
        """Return name and description of the choice of two sites."""
        return tr("Sites. Whose geometries are compared.")

    def place_label(self, place: str) -> str:
        """Return the name of two sites, for people."""
        return pair_label(place)

    def keys_of(self, swept: Swept) -> Iterable[tuple[str, str, str]]:
        """Return those of the curves, whichever pairs of words they are of."""
        return (key[:3] for key in swept.curves)
