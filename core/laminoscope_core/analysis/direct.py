"""Direct correlation: do the numbers of Q, K and V themselves go together?

Before comparing geometries one may ask the naive question: take all activations of Q and of K,
for all words at one token position, as two long lists, and correlate them.  With
grouped-query attention a key or value head serves several query heads; it is repeated for each
of them, so that every query value meets the value it works with.

The position matters.  In ``context``, a token before the word, causal attention lets the token
see the same text in every sentence, so that all rows are copies of one: the list is long but
holds one word's worth of evidence.  `Result.distinct_rows` counts the rows that really differ.
No test is made: values of one word are not independent of each other, at either position.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.carriers import mean_over_carriers
from laminoscope_core.analysis.chance import stacked
from laminoscope_core.analysis.inputs import Inputs, WordActivations, not_finite
from laminoscope_core.analysis.rsa import pair_names, site_pairs
from laminoscope_core.analysis.statistics import blocks, pearson, squared_distances
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = ["POSITIONS", "SITES", "Params", "Position", "Result", "repeated_heads", "run", "tables"]

SITES = ("q", "k", "v")
Position = Literal["context", "target"]
POSITIONS: tuple[Position, ...] = ("context", "target")
_PAIRS = site_pairs(SITES)

# Two rows count as copies if they differ by less than this part of the rows' typical length:
# above what batching and bfloat16 rounding do to equal rows, below what another word does.
_COPY_TOLERANCE = 1e-3


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result:
    """Correlations with their labels.

    Attributes
    ----------
    layers : tuple of int
        Labels of the first axis.
    site_pairs : tuple of str
        Labels of the second axis: ``q-k``, ``q-v``, ``k-v``.
    positions : tuple of str
        Labels of the last axis: ``context``, ``target``.
    r : float64 array (n_layers, n_site_pairs, n_positions)
        Pearson's r; NaN where undefined.
    n_words : int
        Rows that were correlated at each position.
    distinct_rows : integer array (n_layers, n_positions)
        How many of them are not copies of an earlier one.
    reasons : str array (n_layers, n_site_pairs, n_positions)
        Why a value is undefined; empty where it is defined.
    tokens : tuple of str
        Text of the token at each position; empty at the words themselves.
    carrier : str
        In which sentence; `carriers.MEAN` of a mean over several, whose ``distinct_rows`` are the
        fewest of any and whose ``tokens`` are those that all have.
    by_carrier : tuple of Result
        Of a mean: the correlations in each sentence, in order.
    """

    layers: tuple[int, ...]
    site_pairs: tuple[str, ...]
    positions: tuple[Position, ...]
    r: NDArray[np.float64]
    n_words: int
    distinct_rows: NDArray[np.intp]
    reasons: NDArray[np.str_]
    tokens: tuple[str, ...]
    carrier: str
    by_carrier: "tuple[Result, ...]" = ()

    def note(self, position: Position) -> str:
        """Return what to say beside the plot if rows are copies in every layer, else nothing."""
        return self._note(int(self.distinct_rows[:, self.positions.index(position)].max()))

    def notes(self) -> NDArray[np.str_]:
        """Return the same layer by layer (n_layers, n_positions)."""
        each = [self._note(distinct) for distinct in self.distinct_rows.ravel().tolist()]
        return np.array(each, dtype=np.str_).reshape(self.distinct_rows.shape)

    def token(self, position: Position) -> str:
        """Return the text of the token at a position, if it is the same for all words."""
        return self.tokens[self.positions.index(position)]

    def _note(self, distinct: int) -> str:
        if distinct in (0, self.n_words):
            return ""
        if distinct == 1:
            return f"{self.n_words} identical rows: effective n = 1"
        return f"{distinct} distinct rows of {self.n_words}: effective n = {distinct}"


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Correlate Q, K and V at both positions in every layer, in every carrier sentence."""
    several = inputs.word_activations().of_carriers
    parts = job.parts(len(several))
    found = [_correlated(each, part) for each, part in zip(several, parts, strict=True)]
    fewest = np.min([each.distinct_rows for each in found], axis=0)
    tokens = [
        text if all(each.tokens[at] == text for each in found) else ""
        for at, text in enumerate(found[0].tokens)
    ]
    mean = mean_over_carriers(found, ["r"])
    return replace(mean, distinct_rows=fewest, tokens=tuple(tokens))


def _correlated(activations: WordActivations, job: Job) -> Result:
    by_position = {"context": activations.context, "target": activations.target}
    n_layers, n_words = activations.target["q"].shape[:2]
    r = np.full((n_layers, len(_PAIRS), len(POSITIONS)), np.nan)
    distinct = np.zeros((n_layers, len(POSITIONS)), dtype=np.intp)
    reasons = np.full(r.shape, "", dtype="U300")
    for last, position in enumerate(POSITIONS):
        job.report(last / len(POSITIONS), f"correlating Q, K and V at the {position} token")
        rows = by_position[position]
        if position == "context" and activations.no_context:
            reasons[..., last] = activations.no_context
            continue
        distinct[:, last] = _distinct_rows(rows, job)
        for middle, (first, second) in enumerate(_PAIRS):
            why = _mismatch(first, second, rows)
            if why:
                reasons[:, middle, last] = why
                continue
            r[:, middle, last] = _correlations(rows[first], rows[second], job)
            reasons[:, middle, last] = _undefined(first, second, rows, r[:, middle, last])
    return Result(
        layers=tuple(range(n_layers)),
        site_pairs=pair_names(SITES),
        positions=POSITIONS,
        r=r,
        n_words=n_words,
        distinct_rows=distinct,
        reasons=reasons,
        tokens=(activations.context_token, ""),
        carrier=activations.carrier,
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/direct_correlation.csv``: one line per layer, pair of sites and position.

    Several carrier sentences are followed by their mean.
    """
    parts = (*result.by_carrier, result)
    return {"rsa/direct_correlation.csv": Table(stacked([_columns(each) for each in parts]))}


def _columns(result: Result) -> dict[str, NDArray[Any]]:
    layer, pair, position = (axis.ravel() for axis in np.indices(result.r.shape))
    return {
        "layer": np.array(result.layers)[layer],
        "pair": np.array(result.site_pairs)[pair],
        "position": np.array(result.positions)[position],
        "carrier": np.full(layer.size, result.carrier),
        "token": np.array(result.tokens, dtype=object)[position],
        "r": result.r.ravel(),
        "n_words": np.full(layer.size, result.n_words),
        "n_distinct": result.distinct_rows[layer, position],
        "n": np.full(layer.size, result.n_words),
        "note": result.notes()[layer, position],
        "reason": result.reasons.ravel(),
    }


def repeated_heads(rows: NDArray[np.float32], n_heads: int) -> NDArray[np.float32]:
    """Repeat each head (…, heads, d_head) for its group, until there are ``n_heads``.

    Examples
    --------
    >>> keys = np.array([[10.0], [20.0]], dtype=np.float32)
    >>> repeated_heads(keys, 4).ravel()
    array([10., 10., 20., 20.], dtype=float32)
    """
    return np.repeat(rows, n_heads // rows.shape[-2], axis=-2)


def _mismatch(first: str, second: str, rows: Mapping[str, NDArray[np.float32]]) -> str:
    (heads, width), (other_heads, other_width) = rows[first].shape[2:], rows[second].shape[2:]
    if width != other_width:
        return (
            f"undefined: {first.upper()} has {width} values per head,"
            f" {second.upper()} has {other_width}"
        )
    if heads % other_heads:
        return (
            f"undefined: {first.upper()} has {heads} heads, {second.upper()} has {other_heads},"
            " which is no multiple"
        )
    return ""


def _correlations(x: NDArray[np.float32], y: NDArray[np.float32], job: Job) -> NDArray[np.float64]:
    n_layers = len(x)
    r = np.empty(n_layers)
    for block in blocks(n_layers, x[0].size):
        job.check()
        a, b = x[block], repeated_heads(y[block], x.shape[2])
        r[block] = pearson(a.reshape(len(a), -1), b.reshape(len(b), -1))
    return r


def _undefined(
    first: str, second: str, rows: Mapping[str, NDArray[np.float32]], r: NDArray[np.float64]
) -> NDArray[np.str_]:
    broken = [not_finite(rows[site], site) for site in (first, second)]
    reasons = np.where(broken[0] != "", broken[0], broken[1])
    equal = np.isnan(r) & (reasons == "")
    return np.where(equal, f"all {first.upper()} or all {second.upper()} values are equal", reasons)


def _distinct_rows(rows: Mapping[str, NDArray[np.float32]], job: Job) -> NDArray[np.intp]:
    n_layers, n_words = rows["q"].shape[:2]
    distinct = np.empty(n_layers, dtype=np.intp)
    for block in blocks(n_layers, max(rows["q"][0].size, n_words**2)):
        copy = np.ones((len(distinct[block]), n_words, n_words), dtype=np.bool_)
        for site in SITES:
            job.check()
            x = np.nan_to_num(rows[site][block].astype(np.float64), posinf=0, neginf=0)
            x = x.reshape(*x.shape[:2], -1)
            typical = np.square(x).sum(axis=-1).mean(axis=-1)[:, None, None]
            copy &= squared_distances(x) <= _COPY_TOLERANCE**2 * typical
        distinct[block] = n_words - np.tril(copy, k=-1).any(axis=-1).sum(axis=-1)
    return distinct
