"""How a model turns its queries and keys by their places (rotary positions; Su et al. 2021).

Pairs of dimensions are turned by an angle a token.  Which dimensions make a pair and how fast each
turns is taken from the model and proven: in a text of one token over and over, all places have the
same content, so that queries and keys, turned back, must all be equal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.models.configuration import decoder_config
from laminoscope_core.models.model import Model
from laminoscope_core.recording.capture import capture
from laminoscope_core.recording.probe import layout_of

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedModel

__all__ = ["Rotation", "rotations_of"]

_N_TOKENS = 12
_TOLERANCE = 1e-3


@dataclass(frozen=True, eq=False)
class Rotation:
    """How the queries and keys of one layer are turned.

    Attributes
    ----------
    first, second : int64 array (n_pairs,)
        The dimensions of a head that are turned together.
    frequency : float64 array (n_pairs,)
        Radians a token.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    frequency: NDArray[np.float64]

    def undone(self, value: "Tensor") -> "Tensor":
        """Return queries or keys (…, n_tokens, n_heads, d_head) as if all stood at place 0."""
        import torch

        places = torch.arange(value.shape[-3], device=value.device, dtype=value.dtype)
        angle = places[:, None, None] * torch.as_tensor(self.frequency).to(value)
        cosine, sine = angle.cos(), angle.sin()
        one, other = value[..., self.first], value[..., self.second]
        new = value.clone()
        new[..., self.first] = one * cosine + other * sine
        new[..., self.second] = other * cosine - one * sine
        return new


_KNOWN: "WeakKeyDictionary[Any, tuple[Rotation | str, ...]]" = WeakKeyDictionary()


def rotations_of(model: Model, job: Job) -> tuple[Rotation | str, ...]:
    """Return the rotation of each layer, or why there is none to be had.

    Raises
    ------
    CaptureError
        No layer's queries and keys can be watched.
    Cancelled
        The job was cancelled.
    """
    if model.hf not in _KNOWN:
        _KNOWN[model.hf] = tuple(_found(model, job))
    return _KNOWN[model.hf]


def _found(model: Model, job: Job) -> "Iterator[Rotation | str]":
    import torch

    blocks = layout_of(model.hf, job).blocks
    having = [n for n, block in enumerate(blocks) if {"q_used", "k_used"} <= block.sources.keys()]
    if not having:
        raise CaptureError(blocks[0].missing["q_used"])
    n_tokens = min(_N_TOKENS, model.info.context_length or _N_TOKENS)
    vocab = getattr(model.hf.get_input_embeddings(), "num_embeddings", 8)
    found = capture(model, [[7 % vocab] * n_tokens], ["q_used", "k_used"], having, job=job)
    for layer, block in enumerate(blocks):
        if layer not in having:
            yield block.missing.get("q_used") or block.missing["k_used"]
            continue
        pair = [torch.tensor(found.array(s, layer)[0]).double() for s in ("q_used", "k_used")]
        if all(_alike(value) for value in pair):
            yield "its queries and keys are not turned by their places"
            continue
        width = pair[0].shape[-1]
        fits = (one for one in _candidates(model.hf, width) if _proven(one, pair))
        yield next(fits, "its positions are no rotation that is known, as learned ones are not")


def _proven(rotation: Rotation, pair: "list[Tensor]") -> bool:
    return all(_alike(rotation.undone(value)) for value in pair)


def _alike(value: "Tensor") -> bool:
    """Whether what stands at all places is the same."""
    return bool((value - value[:1]).abs().max() <= _TOLERANCE * value.abs().max())


def _candidates(hf: "PreTrainedModel", width: int) -> Iterator[Rotation]:
    """Yield all ways in which heads of a width may be turned."""
    frequencies = [
        buffer.detach().double().cpu().numpy()
        for name, buffer in hf.named_buffers()
        if name.endswith("inv_freq") and buffer.ndim == 1
    ]
    config = decoder_config(hf)
    turned = getattr(config, "rotary_dim", None) or width
    frequencies.append(10_000.0 ** -(np.arange(0, turned, 2) / turned))
    for frequency in frequencies:
        n = len(frequency)
        for start in {0, width - 2 * n} if 2 * n <= width else ():
            place = start + np.arange(n)
            yield Rotation(place, place + n, frequency)
            yield Rotation(start + 2 * np.arange(n), start + 2 * np.arange(n) + 1, frequency)
