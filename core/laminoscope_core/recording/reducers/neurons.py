"""Neurons: what enters an MLP's down projection, the activations after the gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import CaptureError
from laminoscope_core.models.configuration import decoder_config
from laminoscope_core.models.model import Model
from laminoscope_core.recording.linear import wide
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Neurons", "NeuronsReading"]

N_LARGEST = 10
SHARE_OF_LARGEST = 0.1


@dataclass(frozen=True, eq=False)
class NeuronsReading:
    """Which neurons are active at each token of a text.

    Attributes
    ----------
    ids : int64 array (n_layers, n_tokens, n_largest)
        The neurons of the largest activations by size, the largest first; −1 in layers without.
    activation : float64 array (n_layers, n_tokens, n_largest)
    writes : int64 array (n_layers, n_tokens, n_largest)
        The token that each of them writes; −1 where that has not been looked up.
    share_active : float64 array (n_layers, n_tokens)
        Of all neurons: those that are not 0 after a gate that closes (ReLU), else those above a
        tenth of the token's largest, by size.
    participation : float64 array (n_layers, n_tokens)
        (Σa²)²/Σa⁴: how many neurons share the activity.
    closes : bool
        Whether the gate closes.
    reasons : tuple of str
        By layer: why it has no neurons; empty where it has.
    """

    ids: NDArray[np.int64]
    activation: NDArray[np.float64]
    writes: NDArray[np.int64]
    share_active: NDArray[np.float64]
    participation: NDArray[np.float64]
    closes: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Neurons:
    """Keeps the largest activations of each token, and how many there are."""

    layers: ClassVar[Sequence[int] | None] = None

    def needs(self, setting: Setting) -> list[Need]:
        """Return a need for each layer whose MLP has neurons; raise `CaptureError` if none has."""
        blocks = setting.layout.blocks
        having = [layer for layer, block in enumerate(blocks) if "neurons" in block.sources]
        if not having:
            raise CaptureError(blocks[0].missing["neurons"])
        found = []
        number = Kept({"token": 0}, "float64")
        for layer in having:
            n_kept = min(N_LARGEST, blocks[layer].shapes["neurons"][0])
            axes = {"token": 0, "place": n_kept}
            keeps = {
                "ids": Kept(axes, "int64"),
                "activation": Kept(axes, "float64"),
                "share_active": number,
                "participation": number,
            }
            found.append(Need(layer, ("neurons",), keeps))
        return found

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "dict[str, Tensor]":
        """Return what is kept of the activations (batch, n_tokens, n_neurons)."""
        import torch

        a = values["neurons"].to(wide(values["neurons"].device))
        size = a.abs()
        ids = size.argsort(dim=-1, descending=True, stable=True)[
            ..., : need.keeps["ids"].axes["place"]
        ]
        limit = 0.0 if _closes(batch.setting.model) else SHARE_OF_LARGEST * size.amax(-1, True)
        square = a.square()
        return {
            "ids": ids,
            "activation": torch.gather(a, -1, ids),
            "share_active": (size > limit).to(a.dtype).mean(-1),
            "participation": square.sum(-1).square() / square.square().sum(-1),
        }

    def result(self, store: Store, setting: Setting) -> NeuronsReading:
        """Return the activations of the first prompt."""
        reasons = tuple(block.missing.get("neurons", "") for block in setting.layout.blocks)
        arrays = {
            name: store.array(name, None)[:, 0]
            for name in ("ids", "activation", "share_active", "participation")
        }
        writes = np.full_like(arrays["ids"], -1)
        return NeuronsReading(
            **arrays, writes=writes, closes=_closes(setting.model), reasons=reasons
        )


def _closes(model: Model) -> bool:
    """Whether a model's activation function is 0 for half of what it is given."""
    config = decoder_config(model.hf)
    names = (
        "hidden_act",
        "activation_function",
        "hidden_activation",
        "mlp_hidden_act",
        "activation",
    )
    return any("relu" in str(getattr(config, name, "")) for name in names)
