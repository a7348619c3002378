"""One model of a sweep with all others: its mean score along relative depth, with its interval."""

from collections.abc import Iterable

from laminoscope_core.analysis.swept import Swept
from laminoscope_core.plots.registry import OF_SWEEPS
from laminoscope_widgets.sweep_panel import SweepPanel

__all__ = ["SweepMeansPanel"]


class SweepMeansPanel(SweepPanel):
    """The model that is marked, or the first; a click marks another."""

    plot = OF_SWEEPS["sweep-means"]
    key_below = True

    def keys_of(self, swept: Swept) -> Iterable[tuple[str, str, str]]:
        """Return those of the means."""
        return swept.means
