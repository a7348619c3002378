"""The patch map: at which layer and token one text's state turns what is said after another.

The effect is (m − corrupt)/(clean − corrupt): 0 where the patch changes nothing, 1 where it does
all that the first text does.  m is the logit of the first watched token less that of the second.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside_tables import nothing
from laminoscope_core.job import Job
from laminoscope_core.recording.patching import PatchMap
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables"]


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result:
    """The effect of patching each token at each layer.

    Attributes
    ----------
    layers : tuple of int
    token_ids : tuple of int
        Of the text that is patched from.
    shown : tuple of str
        Their texts.
    reading : PatchMap or None
        None if there is no second text, or too little is watched.
    reason : str
        Why there is none although there is a second text; empty otherwise.
    """

    layers: tuple[int, ...]
    token_ids: tuple[int, ...]
    shown: tuple[str, ...]
    reading: PatchMap | None
    reason: str

    def effect(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return measures as shares of the way from the corrupt text to the clean one."""
        assert self.reading is not None
        clean, corrupt = self.reading.clean, self.reading.corrupt
        if np.isclose(clean, corrupt, rtol=1e-5, atol=1e-6):  # but for rounding they are equal
            return np.full_like(values, np.nan)
        return (values - corrupt) / (clean - corrupt) + 0.0  # no minus where nothing changes


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Label the map."""
    inside = inputs.inside_activations()
    return Result(
        layers=tuple(range(inside.model.n_layers)),
        token_ids=inside.token_ids,
        shown=inside.shown,
        reading=inside.patch,
        reason=inside.missing.get("patch", ""),
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``inside/patch.csv``: one line per layer and token, and per head if asked for.

    Without a second text there is no such file.
    """
    reading = result.reading
    if reading is None:
        columns = ("layer", "token_index", "head", "effect")
        return {"inside/patch.csv": nothing(columns, result.reason)} if result.reason else {}
    values = np.concatenate([reading.stream[..., None], reading.heads], axis=-1)
    layer, token, place = (axis.ravel() for axis in np.indices(values.shape))
    effect = result.effect(values).ravel()
    same = "both texts give the same difference"
    lacking = "the heads of this layer cannot be told apart"
    columns_of: dict[str, Any] = {
        "layer": layer,
        "token_index": token,
        "head": ["" if head < 0 else str(head) for head in place - 1],
        "effect": effect,
        "reason": np.where(np.isnan(effect), np.where(np.isnan(values.ravel()), lacking, same), ""),
    }
    return {"inside/patch.csv": Table(columns_of)}
