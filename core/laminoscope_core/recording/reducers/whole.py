"""Everything: what `laminoscope_core.capture` keeps when it is given no spans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from laminoscope_core.recording.captured import Capture
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting, axes_of, places
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Whole"]


@dataclass(frozen=True, eq=False)
class Whole:
    """Keeps the activations of every token as they are.

    Attributes
    ----------
    sites : tuple of str
        See `laminoscope_core.recording.sites.SITES`.
    layers : sequence of int or None
        0-based blocks; all if None.
    """

    sites: tuple[str, ...]
    layers: Sequence[int] | None = None

    def needs(self, setting: Setting) -> list[Need]:
        """Return a need for each site of each layer."""
        return [
            Need(layer, (site,), {site: Kept(axes_of(site, layer, setting))})
            for site, layer in places(setting.layout, self.sites, self.layers)
        ]

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "Mapping[str, Tensor]":
        """Return the values as they are."""
        return values

    def result(self, store: Store, setting: Setting) -> Capture:
        """Return the activations, float32."""
        return Capture(
            model=setting.model.info,
            sites=self.sites,
            layers=store.layers,
            token_ids=tuple(prompt.token_ids for prompt in setting.prompts),
            tokens=tuple(prompt.pieces for prompt in setting.prompts),
            _store=store,
        )
