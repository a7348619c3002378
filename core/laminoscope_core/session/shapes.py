"""Which axes the arrays of results have, and whether what was read has them.

A result whose numbers do not fit its labels would show right numbers at wrong places, so it is
refused.  `AXES` has an entry for every type with arrays or lists that belong together.  An axis is
named by the field whose entries label it (or that counts them), a dotted path such as
``model.n_layers`` included; another name is the same length wherever it stands in that result;
``...`` is any further axes.
"""

from collections.abc import Callable, Mapping
from types import EllipsisType
from typing import Any

import numpy as np

from laminoscope_core.analysis import (
    adjustments,
    causal,
    chains,
    cka,
    comparison,
    dendrogram,
    direct,
    regression,
    rsa,
    rsa_chance,
    rsa_depth,
    rsa_heads,
    rsa_map,
    rsa_predictors,
    separability,
    separability_chance,
    similarity,
)
from laminoscope_core.analysis.inputs import TextActivations, WordActivations
from laminoscope_core.errors import SessionError
from laminoscope_core.models.model import ModelInfo
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.cuts import Cuts
from laminoscope_core.sampling.generate import Choice
from laminoscope_core.sampling.guiding import Guide
from laminoscope_core.sampling.kept import KeptText
from laminoscope_core.sampling.loops import EchoCurve
from laminoscope_core.sampling.stages import Stages
from laminoscope_core.session import inside_shapes, model_checks
from laminoscope_core.session.word_checks import (
    check_carriers,
    check_heads,
    check_map,
    check_order,
    check_others,
    check_pairs,
    check_predictors,
    check_sites,
)

__all__ = ["AXES", "KEYS", "LABELS", "check_shapes"]

_MOST_LAYERS, _MOST_TOKENS = 10_000, 2**24

Axes = tuple[str | EllipsisType, ...]

_CHANCE = ("p", "q", "low", "high", "n_resamples", "reasons", "band_reasons")
_OF_HEADS = ("r", "reasons", "cohens_d", "d_reasons")
_OF_FITS = (
    "r2",
    "adj_r2",
    "f",
    "f_p",
    "durbin_watson",
    "breusch_godfrey",
    "breusch_godfrey_p",
    "reasons",
)
_PAIRS_BY_SUBSET: Axes = ("layers", "site_pairs", "subsets")
_SITES: Axes = ("layers", "sites")
_PREDICTORS: Axes = ("layers", "sites", "predictors")
_TOKENS: Axes = ("layers", "token_ids")
_TERMS: Axes = ("layers", "terms")

AXES: Mapping[type, Mapping[str, Axes]] = {
    **inside_shapes.AXES,
    **model_checks.AXES,
    WordActivations: {
        "categories": ("words",),
        "pieces": ("words",),
        "n_tokens": ("words",),
        "token_ids": ("words",),
        "pooled_ids": ("words",),
        "target": ("kept layers", "words", ...),
        "context": ("layers of the context", "words", ...),
    },
    TextActivations: {
        "tokens": ("token_ids",),
        "shown": ("token_ids",),
        "special": ("token_ids",),
        "norms": ("model.n_layers", "token_ids"),
        "surprisal": ("token_ids",),
        "entropy": ("token_ids",),
    },
    similarity.Result: {
        "categories": ("words",),
        "matrices": ("layers", "words", "words"),
        "reasons": ("layers",),
    },
    direct.Result: {
        "r": ("layers", "site_pairs", "positions"),
        "distinct_rows": ("layers", "positions"),
        "tokens": ("positions",),
        "reasons": ("layers", "site_pairs", "positions"),
    },
    rsa.Result: {
        "n_pairs": ("subsets",),
        **dict.fromkeys(("r", "reasons", "ceiling_low", "ceiling_high"), _PAIRS_BY_SUBSET),
    },
    rsa_chance.Result: dict.fromkeys(_CHANCE, _PAIRS_BY_SUBSET),
    rsa_depth.Result: {"r": ("sites", "layers", "sites", "layers"), "reasons": ("sites", "layers")},
    rsa_heads.Result: dict.fromkeys(_OF_HEADS, ("layers", ...)),
    rsa_chance.Contrast: dict.fromkeys((*_CHANCE, "score"), ("layers", "site pairs")),
    separability.Result: dict.fromkeys(
        ("cohens_d", "hedges_g", "mean_within", "mean_across", "reasons"), _SITES
    ),
    separability_chance.Result: dict.fromkeys(_CHANCE, _SITES),
    causal.Change: dict.fromkeys(
        ("before", "after", "p", "q", "reasons"), ("layers of both", "curves", ...)
    ),
    rsa_predictors.Result: dict.fromkeys(
        (
            *("r", "partial_r", "delta_r2", "p", "partial_p"),
            *("reasons", "partial_reasons", "p_reasons", "partial_p_reasons"),
        ),
        _PREDICTORS,
    ),
    rsa_map.Result: {
        "categories": ("words",),
        "places": ("layers", "words", "dimensions"),
        "stress": ("layers",),
        "reasons": ("layers",),
    },
    dendrogram.Result: {"order": ("layers", "words"), "reasons": ("layers",)},
    cka.Result: {"cka": ("layers", "site_pairs"), "reasons": ("layers", "site_pairs")},
    adjustments.Result: {
        **dict.fromkeys(("norms", "log_norms"), _TOKENS),
        **dict.fromkeys(("tokens", "shown", "special", "surprisal", "entropy"), ("token_ids",)),
        **dict.fromkeys(("skew", "kurtosis", "histograms", "reasons"), ("layers",)),
        "normal_scores": ("n",),
    },
    regression.Result: {
        **dict.fromkeys(("coef", "se", "t", "p", "q", "low", "high"), _TERMS),
        **dict.fromkeys(_OF_FITS, ("layers",)),
        "rows": ("n",),
        "design": ("layers", "n", "terms"),
        "observed": ("layers", "n"),
        "predicted": ("layers", "n"),
    },
    comparison.Result: {
        **dict.fromkeys(("probability", "rank"), ("texts", "columns")),
        "ids": ("ids",),
    },
    chains.PlaceChains: {
        **dict.fromkeys(("token_ids", "tokens", "raw"), ("token_ids",)),
        "probabilities": ("chains", "token_ids"),
        **dict.fromkeys(("n_left", "entropy", "reasons"), ("chains",)),
    },
    Cuts: {
        **dict.fromkeys(("tokens", "raw", "rank"), ("token_ids",)),
        **dict.fromkeys(("probability", "kept", "removed_by"), ("chains", "token_ids")),
        "reasons": ("chains",),
    },
    comparison.ComparedColumn: {"probabilities": ("vocabulary",), "best_first": ("n",)},
    Candidates: {"ids": ("n",), "logits": ("n",)},
    Guide: {"logits": ("vocabulary",)},
    Choice: {"alternatives": ("n",), "alternative_probabilities": ("n",)},
    KeptText: {"probabilities": ("written",)},
    EchoCurve: dict.fromkeys(("repeats", "tokens", "probability", "rank"), ("n",)),
}

KEYS: Mapping[type, Mapping[str, str]] = {
    similarity.Result: {"matrices": "sites", "reasons": "sites"},
    rsa_heads.Result: dict.fromkeys(_OF_HEADS, "sites"),
    rsa_map.Result: dict.fromkeys(("places", "stress", "reasons"), "sites"),
    dendrogram.Result: dict.fromkeys(("order", "reasons"), "sites"),
}
"""Mappings whose keys are exactly the entries of another field."""

LABELS: Mapping[str, tuple[str, ...]] = {
    "subsets": ("all", "within", "across"),
    "positions": ("context", "target"),
}
"""Labels that panels ask for by name."""


def check_shapes(result: Any, where: str) -> None:
    """Raise `SessionError` unless every array of a result fits the labels of its axes."""
    lengths: dict[str, int] = {}
    for field, axes in AXES.get(type(result), {}).items():
        value = getattr(result, field)
        for part in value.values() if isinstance(value, Mapping) else (value,):
            if part is not None:  # where its type allows that
                _check_axes(result, part, axes, lengths, f"{where}.{field}")
    for field, labels in KEYS.get(type(result), {}).items():
        if tuple(getattr(result, field)) != getattr(result, labels):
            raise SessionError(f"{where}.{field} does not have the keys in {labels}.")
    for field, names in LABELS.items():
        if getattr(result, field, names) != names:
            raise SessionError(f"{where}.{field} is not {', '.join(names)}.")
    layers = getattr(result, "layers", ())
    if layers != tuple(range(len(layers))):
        raise SessionError(f"{where}.layers do not count from 0.")
    if (check := _CHECKS.get(type(result))) is not None:
        check(result, where)


def _check_axes(result: Any, value: Any, axes: Axes, lengths: dict[str, int], where: str) -> None:
    shape = value.shape if isinstance(value, np.ndarray) else (len(value),)
    named = [axis for axis in axes if isinstance(axis, str)]
    if len(shape) < len(named) or (len(shape) > len(named) and axes[-1] is not ...):
        raise SessionError(f"{where} has {len(shape)} axes, not {len(named)}.")
    for axis, length in zip(named, shape, strict=False):
        expected = _length(result, axis)
        if expected is None:
            expected = lengths.setdefault(axis, length)
        if length != expected:
            raise SessionError(f"{where} has {length} entries along {axis}, not {expected}.")


def _length(result: Any, axis: str) -> int | None:
    value = result
    for name in axis.split("."):
        value = getattr(value, name, None)
    if value is None or isinstance(value, int):
        return value
    return len(value)


def _check_candidates(candidates: Candidates, where: str) -> None:
    ids, logits = candidates.ids, candidates.logits
    in_order = (
        len(logits) > 0 and bool(np.isfinite(logits[0])) and (logits[1:] <= logits[:-1]).all()
    )
    if not in_order:
        raise SessionError(f"{where} is not in the order of its logits.")
    most = min(candidates.vocabulary, _MOST_TOKENS)
    if ids.min() < 0 or ids.max() >= most or candidates.n_masked < 0:
        raise SessionError(f"{where} has tokens that are not in the vocabulary.")
    if np.bincount(ids).max() > 1:
        raise SessionError(f"{where} has a token twice.")


def _check_model(model: ModelInfo, where: str) -> None:
    sizes = [value for value in vars(model).values() if isinstance(value, int)]
    if not 0 <= model.n_layers <= _MOST_LAYERS or not all(0 <= size < 2**62 for size in sizes):
        raise SessionError(f"{where} has sizes that no model has.")


def _check_stages(stages: Stages, where: str) -> None:
    received = stages.raw
    for stage in stages:
        if stage.received.vocabulary != received.vocabulary or len(stage.received) != len(received):
            raise SessionError(f"{where} is not a chain: a stage received what none had left.")
        received = stage.kept


def _check_adjustments(result: adjustments.Result, where: str) -> None:
    _check_params(result, where)
    for edges, density in result.histograms:
        n_bars = max(len(edges) - 1, 0)
        if edges.ndim != 1 or density.shape != (n_bars,):
            raise SessionError(f"{where}.histograms do not have an edge more than bars.")


def _check_params(result: adjustments.Result, where: str) -> None:
    """Controls show the parameters of a result, so they must be possible ones."""
    site, drop = result.params.site, result.params.drop
    if site not in result.sites or drop < 0 or result.n != max(len(result.tokens) - drop, 0):
        raise SessionError(f"{where}.params do not fit its tokens and sites.")


def _check_chance(result: rsa_chance.Result, where: str) -> None:
    check_pairs(result, where)
    check_carriers(result, where)
    if result.contrast.p.shape != result.p.shape[:2]:
        raise SessionError(f"{where}.contrast does not have the layers and pairs of sites.")
    if result.scores.r.shape != result.p.shape:
        raise SessionError(f"{where}.scores do not have the layers and pairs of sites.")


def _check_dealt(result: separability_chance.Result, where: str) -> None:
    check_sites(result, where)
    check_carriers(result, where)
    if result.observed.cohens_d.shape != result.p.shape:
        raise SessionError(f"{where}.observed does not have the layers and sites.")


def _check_scores(result: rsa.Result, where: str) -> None:
    check_pairs(result, where)
    check_carriers(result, where)


def _check_depth(result: rsa_depth.Result, where: str) -> None:
    check_sites(result, where)
    check_carriers(result, where)


def _check_separability(result: separability.Result, where: str) -> None:
    check_sites(result, where)
    check_carriers(result, where)


def _check_direct(result: direct.Result, where: str) -> None:
    if result.site_pairs != rsa.pair_names(direct.SITES):
        raise SessionError(f"{where}.site_pairs are not those of q, k and v.")
    check_carriers(result, where)


def _check_cka(result: cka.Result, where: str) -> None:
    check_pairs(result, where)
    check_carriers(result, where)


def _check_causal(result: causal.Result, where: str) -> None:
    check_pairs(result, where)
    of_rsa = len(result.layers), len(result.site_pairs), len(result.subsets)
    of_d = len(result.layers), len(result.sites)
    for change, shape in ((result.rsa, of_rsa), (result.separability, of_d)):
        parts = (change.before, change.after, change.p, change.q, change.reasons)
        if any(part.shape != shape for part in parts):
            raise SessionError(f"{where} does not have its layers and curves.")


def _check_regression(result: regression.Result, where: str) -> None:
    lags = tuple(f"t-{lag}" for lag in range(1, min(result.params.lags, 100) + 1))
    if result.terms != ("const", *lags, *result.params.predictors):
        raise SessionError(f"{where}.params do not fit its terms.")


def _check_words(words: WordActivations, where: str) -> None:
    layers = {len(rows) for rows in (*words.target.values(), *words.context.values())}
    if layers - {0, words.model.n_layers} or words.target.keys() != words.context.keys():
        raise SessionError(f"{where} does not have all layers of the model.")
    check_others(words, where, ("words", "categories", "sites", "model"))


def _check_similarity(result: similarity.Result, where: str) -> None:
    check_sites(result, where)
    check_others(result, where, ("words", "categories", "sites", "layers", "params"))


_CHECKS: Mapping[type, Callable[[Any, str], None]] = {
    **inside_shapes.CHECKS,
    **model_checks.CHECKS,
    similarity.Result: _check_similarity,
    direct.Result: _check_direct,
    rsa.Result: _check_scores,
    separability.Result: _check_separability,
    separability_chance.Result: _check_dealt,
    rsa_chance.Result: _check_chance,
    rsa_depth.Result: _check_depth,
    rsa_heads.Result: check_heads,
    rsa_predictors.Result: check_predictors,
    rsa_map.Result: check_map,
    dendrogram.Result: check_order,
    cka.Result: _check_cka,
    causal.Result: _check_causal,
    Candidates: _check_candidates,
    ModelInfo: _check_model,
    Stages: _check_stages,
    adjustments.Result: _check_adjustments,
    regression.Result: _check_regression,
    WordActivations: _check_words,
}
