"""The ledger: what each part of the blocks adds to the logit of a token.

With the final norm's statistics held fixed, every logit before a cap is exactly the sum of what
the embedding, the attentions, the MLPs and the biases add to it (direct logit attribution).  An
attention is the sum of its heads and of its output projection's bias.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside import Labelled, Watched
from laminoscope_core.analysis.inside_tables import nothing, state_column
from laminoscope_core.job import Job
from laminoscope_core.recording.reducers.ledger import LedgerReading
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables", "with_difference"]

COLUMNS = ("token_index", "target", "target_id", "part", "layer", "head", "contribution")


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result(Labelled):
    """What each part adds to the logits of the watched tokens.

    Attributes
    ----------
    shown : tuple of str
        The texts of the tokens.
    watched : Watched
    reading : LedgerReading or None
        With a leading axis of states; None if this model has no ledger, or nothing is watched.
    """

    shown: tuple[str, ...]
    watched: Watched
    reading: LedgerReading | None

    @property
    def targets(self) -> tuple[str, ...]:
        """The watched tokens and, of two or more, the first less the second."""
        texts = self.watched.texts
        return (*texts, f"{texts[0]} − {texts[1]}") if len(texts) > 1 else texts


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Label what the parts add."""
    inside = inputs.inside_activations()
    return Result(
        **inside.labels("ledger"),
        shown=inside.shown,
        watched=inside.watched,
        reading=inside.ledger,
    )


def with_difference(reading: LedgerReading) -> LedgerReading:
    """Return a reading with the first target less the second as its last target."""
    if reading.logit.shape[-1] < 2:
        return reading
    arrays: dict[str, Any] = {
        field.name: np.concatenate([array, array[..., :1] - array[..., 1:2]], axis=-1)
        for field in fields(reading)
        if isinstance(array := getattr(reading, field.name), np.ndarray)
    }
    return replace(reading, **arrays)


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``inside/ledger.csv``: one line per token, target and part, the sums after them."""
    if result.reading is None:
        return {"inside/ledger.csv": nothing(COLUMNS, result.reason)}
    reading = _of_parts_that_sum(with_difference(result.reading))
    parts = list(_parts(reading, len(result.layers)))
    # (states, tokens, targets, parts)
    values = np.stack([values for *_, values in parts], axis=-1)
    state, token, target, part = (axis.ravel() for axis in np.indices(values.shape))
    ids = [*map(str, result.watched.ids), ""]
    names, layers, heads = ([str(entry[n]) for entry in parts] for n in range(3))
    flat = values.ravel()
    columns: dict[str, Any] = {
        "token_index": token,
        "target": [result.targets[n] for n in target],
        "target_id": [ids[n] if n < result.watched.n else "" for n in target],
        "part": [names[n] for n in part],
        "layer": [layers[n] for n in part],
        "head": [heads[n] for n in part],
        "contribution": flat,
        **state_column(result.states, state),
        "reason": [
            _reason(names[of], result.states[in_state], reading.no_heads) if gap else ""
            for of, in_state, gap in zip(part, state, np.isnan(flat), strict=True)
        ],
    }
    return {"inside/ledger.csv": Table(columns)}


def _parts(
    reading: LedgerReading, n_layers: int
) -> Iterator[tuple[str, int | str, int | str, NDArray[np.float64]]]:
    """Yield each part, its layer and head, and its contributions (states, tokens, targets)."""
    yield "embedding", "", "", reading.embedding
    n_heads = reading.heads.shape[2]
    for layer in range(n_layers):
        yield "attention", layer, "", reading.attention[:, layer]
        for head in range(n_heads):
            yield "head", layer, head, reading.heads[:, layer, head]
        if not np.isnan(reading.head_bias[:, layer]).all():
            yield "head_bias", layer, "", reading.head_bias[:, layer]
        yield "mlp", layer, "", reading.mlp[:, layer]
    yield "bias", "", "", reading.bias
    yield "sum", "", "", np.where(_differ(total(reading), reading.logit), np.nan, total(reading))
    yield "logit", "", "", reading.logit
    if not np.isnan(reading.logit_capped).all():
        yield "logit_capped", "", "", reading.logit_capped


def _of_parts_that_sum(reading: LedgerReading) -> LedgerReading:
    """Return a reading without what does not add up because interventions are altered after it.

    What the stream receives of an attention is then not what its heads gave, and its last state
    not what it received.
    """
    heads, head_bias = reading.heads.copy(), reading.head_bias.copy()
    of_heads = np.nan_to_num(heads).sum(axis=2) + np.nan_to_num(head_bias)
    apart = _differ(of_heads, reading.attention)
    heads[np.broadcast_to(apart[:, :, None], heads.shape)] = np.nan
    head_bias[apart] = np.nan
    return replace(reading, heads=heads, head_bias=head_bias)


def _differ(found: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say where a sum (n_states, …) is off, by more than in the model as it is."""
    error = np.abs(found - expected)
    known = 20 * np.nanmax(error[0], initial=0.0)
    apart: NDArray[np.bool_] = error > np.maximum(known, 1e-3 * np.maximum(1, np.abs(expected)))
    apart[0] = False
    return apart


def _reason(part: str, state: str, no_heads: str) -> str:
    """Return why a number is NaN."""
    if part in ("head", "head_bias") and no_heads:
        return no_heads
    if state == "after" and part in ("head", "head_bias"):
        return "what its attention gives to the stream is altered"
    if state == "after" and part == "sum":
        return "the stream itself is altered"
    return "it is not a finite number"


def total(reading: LedgerReading) -> NDArray[np.float64]:
    """Return embedding + attentions + MLPs + bias, (n_states, n_tokens, n_targets)."""
    added = reading.attention.sum(axis=1) + reading.mlp.sum(axis=1)
    found: NDArray[np.float64] = reading.embedding + added + reading.bias
    return found
