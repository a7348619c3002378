"""What stands at one token of the first prompt, at any site of the blocks, inner ones included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import CaptureError
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["OneToken"]


@dataclass(frozen=True, eq=False)
class OneToken:
    """Keeps, of every layer that has them, the values of some sites at one token.

    Attributes
    ----------
    sites : tuple of str
        Of the blocks; ``z`` (what enters the output projection, by head) and ``neurons`` as well.
    token : int
        Of the first prompt.
    """

    sites: tuple[str, ...]
    token: int
    layers: ClassVar[Sequence[int] | None] = None

    def needs(self, setting: Setting) -> list[Need]:
        """Return a need for each layer that has all sites; raise `CaptureError` if none has."""
        blocks, wanted = setting.layout.blocks, set(self.sites)
        having = [n for n, block in enumerate(blocks) if wanted <= block.sources.keys()]
        if not having:
            lacking = next(site for site in self.sites if site not in blocks[0].sources)
            raise CaptureError(blocks[0].missing[lacking])
        needs = []
        for layer in having:
            shapes = {site: blocks[layer].shapes[site] for site in self.sites}
            names = ("head", "width")
            keeps = {
                site: Kept(dict(zip(names[-len(shape) :], shape, strict=True)))
                for site, shape in shapes.items()
            }
            needs.append(Need(layer, self.sites, keeps))
        return needs

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "dict[str, Tensor]":
        """Return the values at the token, (batch, …)."""
        return {site: value[:, self.token].float() for site, value in values.items()}

    def result(self, store: Store, setting: Setting) -> dict[int, dict[str, NDArray[np.float32]]]:
        """Return by layer and site what stands at the token."""
        return {
            need.layer: {site: store.array(site, need.layer)[0] for site in self.sites}
            for need in self.needs(setting)
            if need.layer is not None
        }
