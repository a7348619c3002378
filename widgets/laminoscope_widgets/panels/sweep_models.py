"""Models with models: how far every two of a sweep agree on which words are alike."""

from collections.abc import Iterable

from laminoscope_core.analysis.swept import Swept
from laminoscope_core.plots.registry import OF_SWEEPS
from laminoscope_widgets.sweep_panel import SweepPanel

__all__ = ["SweepModelsPanel"]


class SweepModelsPanel(SweepPanel):
    """A map of models × models; a click marks the model of the row."""

    plot = OF_SWEEPS["sweep-models"]

    def keys_of(self, swept: Swept) -> Iterable[tuple[str, str, str]]:
        """Return those of the map."""
        return swept.agreement
