"""What is written of words across models."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.across_models import EMBEDDING, InCarrier, ModelPair, Result
from laminoscope_core.analysis.chance import stacked
from laminoscope_core.analysis.models_mean import at_same_depth
from laminoscope_core.analysis.resampling import too_few_for_a_band
from laminoscope_core.analysis.rsa import MIN_PAIRS
from laminoscope_core.tables import Table

__all__ = [
    "mean_reasons",
    "mean_table",
    "models_table",
    "pair_reasons",
    "word_reasons",
    "words_table",
]

Columns = dict[str, NDArray[Any]]


def models_table(result: Result, scores: Sequence[InCarrier] | None = None) -> Table:
    """Return one line per carrier sentence, two models, site, layer and layer of the other.

    The embedding has no layer.  A model that could not be read has one line, which says why.

    Parameters
    ----------
    result : Result
    scores : sequence of InCarrier, optional
        Those of them to show; all by default.
    """
    parts = [
        _of_pair(result, at, pair, site)
        for at in (result.all_scores if scores is None else scores)
        for pair in at.pairs
        for site in result.sites
    ]
    return Table(stacked([*parts, *_unread(result)]))


def _of_pair(result: Result, at: InCarrier, pair: ModelPair, site: str) -> Columns:
    r = pair.r[site]
    one, other = (axis.ravel() for axis in np.indices(r.shape))
    n_words = len(result.words)
    return {
        "model": _same(result.models[pair.model].source, r.size),
        "site": _same(site, r.size),
        "layer": _layers(site, one),
        "other_model": _same(result.models[pair.other].source, r.size),
        "other_site": _same(site, r.size),
        "other_layer": _layers(site, other),
        "r": r.ravel(),
        "n_words": np.full(r.size, n_words),
        "n": np.full(r.size, n_words * (n_words - 1) // 2),
        "reason": pair_reasons(result, at, pair, site).ravel(),
        "carrier": _same(at.carrier, r.size),
    }


def _unread(result: Result) -> Iterator[Columns]:
    for model in result.unread:
        yield {
            "model": _same(result.models[0].source, 1),
            "site": _same("", 1),
            "layer": _same("", 1),
            "other_model": _same(model.source, 1),
            "other_site": _same("", 1),
            "other_layer": _same("", 1),
            "r": np.full(1, np.nan),
            "n_words": np.zeros(1, dtype=np.int64),
            "n": np.zeros(1, dtype=np.int64),
            "reason": _same(model.reason, 1),
            "carrier": _same("", 1),
        }


def pair_reasons(result: Result, at: InCarrier, pair: ModelPair, site: str) -> NDArray[Any]:
    """Return why scores (n_layers, n_other_layers) of two models are undefined; empty if not."""
    first, second = (
        np.array([result.reason(at, model, site, layer) for layer in range(n)], dtype=object)
        for model, n in zip((pair.model, pair.other), pair.r[site].shape, strict=True)
    )
    found = np.where(first[:, None] != "", first[:, None], second[None, :])
    return np.where(np.isnan(pair.r[site]), found, "")


def words_table(result: Result) -> Table:
    """Return one line per carrier sentence, two models, site, layer and word."""
    parts = [
        _of_words(result, at, pair, site)
        for at in result.all_scores
        for pair in at.pairs
        for site in pair.words
    ]
    return Table(stacked(parts or [_of_no_words()]))


def _of_words(result: Result, at: InCarrier, pair: ModelPair, site: str) -> Columns:
    r = pair.words[site]
    layer, word = (axis.ravel() for axis in np.indices(r.shape))
    near = at_same_depth(pair.r[site])[1]
    return {
        "word": _texts(result.words)[word],
        "category": _texts(result.categories)[word],
        "model": _same(result.models[pair.model].source, r.size),
        "other_model": _same(result.models[pair.other].source, r.size),
        "site": _same(site, r.size),
        "layer": _layers(site, layer),
        "other_layer": _layers(site, near[layer]),
        "r": r.ravel(),
        "n": np.full(r.size, max(len(result.words) - 1, 0)),
        "reason": word_reasons(result, at, pair, site).ravel(),
        "carrier": _same(at.carrier, r.size),
    }


def _of_no_words() -> Columns:
    names = ("word", "category", "model", "other_model", "site", "layer", "other_layer")
    found: Columns = {name: _texts(()) for name in names}
    numbers: Columns = {name: np.array([]) for name in ("r", "n")}
    return found | numbers | {name: _texts(()) for name in ("reason", "carrier")}


def word_reasons(result: Result, at: InCarrier, pair: ModelPair, site: str) -> NDArray[Any]:
    """Return why the scores (n_layers, n_words) of words are undefined; empty if not."""
    r = pair.words[site]
    if len(result.words) <= MIN_PAIRS:
        few = (
            f"a correlation needs at least {MIN_PAIRS} other words, "
            f"here there are {len(result.words) - 1}"
        )
        return np.full(r.shape, few, dtype=object)
    near = at_same_depth(pair.r[site])[1]
    of_layers = np.array(
        [
            result.reason(at, pair.model, site, layer)
            or result.reason(at, pair.other, site, int(near[layer]))
            or "the word is equally similar to all others"
            for layer in range(len(r))
        ],
        dtype=object,
    )
    return np.where(np.isnan(r), of_layers[:, None], "")


def mean_table(result: Result) -> Table:
    """Return one line per carrier sentence, site and layer of the experiment's model.

    That is its mean score with the other models, its interval and their noise ceiling.
    """
    return Table(
        stacked([_of_mean(result, at, site) for at in result.all_scores for site in result.sites])
    )


def _of_mean(result: Result, at: InCarrier, site: str) -> Columns:
    assert at.mean is not None
    mean = at.mean[site]
    r = mean.r
    n_models = sum(pair.model == 0 < pair.other for pair in at.pairs)
    return {
        "site": _same(site, len(r)),
        "layer": _layers(site, np.arange(len(r))),
        "r": r,
        "low": mean.low,
        "high": mean.high,
        "ceiling_low": mean.ceiling_low,
        "ceiling_high": mean.ceiling_high,
        "n_words": np.full(len(r), len(result.words)),
        "n": np.full(len(r), n_models),
        "reason": mean_reasons(result, at, site),
        "carrier": _same(at.carrier, len(r)),
    }


def mean_reasons(result: Result, at: InCarrier, site: str) -> NDArray[Any]:
    """Return why mean scores (n_layers,) with other models are undefined, or have no interval."""
    reasons = np.full(len(at.pairs[0].r[site]), "", dtype=object)
    for pair in at.pairs:
        if pair.model == 0 < pair.other:
            found = pair_reasons(result, at, pair, site)[at_same_depth(pair.r[site])]
            reasons = np.where(reasons != "", reasons, found)
    if at.mean is None:
        return np.where(reasons != "", reasons, "an interval needs two other models")
    few = too_few_for_a_band(result.categories, 0)
    return np.where((reasons == "") & np.isnan(at.mean[site].low), few, reasons)


def _layers(site: str, layers: NDArray[np.intp]) -> NDArray[Any]:
    """Return layers as texts, which are empty at the embedding."""
    return _texts(tuple("" if site == EMBEDDING else str(layer) for layer in layers.tolist()))


def _same(text: str, n: int) -> NDArray[Any]:
    return np.full(n, text, dtype=object)


def _texts(values: tuple[str, ...]) -> NDArray[Any]:
    found = np.empty(len(values), dtype=object)  # NumPy's own texts lose NULs at their ends
    found[:] = values
    return found
