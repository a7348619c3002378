"""What places do where they are no rotation: a bias against distance, or vectors that are learned.

Linear biases (ALiBi; Press et al. 2022) are recognised by their weights, which are then those of a
slope exactly; what is neither turned nor so is vectors added to the stream, as GPT-2 learns them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.distances import Distances
from laminoscope_core.recording.rotation import Rotation, rotations_of

__all__ = ["N_PLACES", "PositionsReading", "positions_of"]

N_PLACES = 256
"""Tokens of a text of one token over and over, if the context window has as many: as many distances
are looked at."""
MOST_CONTENTS = 4
"""So many different tokens of the text are repeated, evenly spread."""

TURNED = "its places are a rotation"
NONE = "it cannot tell places apart: its weights are the same at all distances"

_SAME = 1e-4
_STRAIGHT = 1e-3


@dataclass(frozen=True, eq=False)
class PositionsReading:
    """Compatibility by distance that places alone make, in layers that are not turned.

    Attributes
    ----------
    bias : float64 array (n_layers, n_heads, n_distances)
        Before the softmax, less that at distance 0; NaN where unknown.
    slope : float64 array (n_layers, n_heads)
        What is added for each token of distance; NaN where it does not change by a fixed amount.
    n : int
        How many tokens were repeated; the bias is the mean over them, and over all places.
    reasons : str array (n_layers,)
        Why a layer has no bias; empty where it has.
    """

    bias: NDArray[np.float64]
    slope: NDArray[np.float64]
    n: int
    reasons: NDArray[np.str_]


def positions_of(model: Model, token_ids: Sequence[int], job: Job) -> PositionsReading | None:
    """Read what distance does in layers that are not turned; None if all are, or none can be seen.

    Raises
    ------
    Cancelled
        The job was cancelled.
    """
    n_layers = model.info.n_layers
    try:
        rotations: Sequence[Rotation | str] = rotations_of(model, job)
    except CaptureError:
        rotations = [""] * n_layers
    unturned = tuple(n for n, one in enumerate(rotations) if not isinstance(one, Rotation))
    n_places = min(N_PLACES, model.info.context_length or N_PLACES)
    if not unturned or n_places < 2:
        return None
    different = tuple(dict.fromkeys(token_ids))
    chosen = np.unique(np.linspace(0, len(different) - 1, MOST_CONTENTS).round().astype(int))
    texts = [[different[each]] * n_places for each in chosen]
    reducer = Distances(unturned)
    try:
        bias = record(model, texts, [reducer], job=job)[reducer]
    except CaptureError:
        return None
    largest = np.nan_to_num(np.abs(bias)).max(axis=(1, 2))
    reasons = []
    for layer, one in enumerate(rotations):
        known = np.isfinite(bias[layer]).any()
        if isinstance(one, Rotation):
            reasons.append(TURNED)
        elif known and largest[layer] <= _SAME:
            reasons.append(NONE)
        else:
            reasons.append("" if known else "its weights cannot be seen")
    return PositionsReading(bias, _slopes(bias), len(texts), np.array(reasons))


def _slopes(bias: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the slopes (n_layers, n_heads) of lines through 0; NaN where it is no such line."""
    distance = np.arange(bias.shape[-1])
    known = np.isfinite(bias)
    total = np.where(known, distance**2, 0).sum(-1)
    slope = np.nansum(bias * distance, axis=-1) / np.where(total > 0, total, np.nan)
    off = np.nan_to_num(np.abs(bias - slope[..., None] * distance)).max(axis=-1)
    largest = np.nan_to_num(np.abs(bias)).max(axis=-1)
    straight = (off <= _STRAIGHT * largest) & (largest > _SAME)
    return np.where(straight, slope, np.nan)
