"""Scores of models in one carrier sentence: layers with layers, words, and the mean over models.

A step of `rsa_models`, which says what is compared.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import similarity
from laminoscope_core.analysis.across_models import Correlation, Geometry, InCarrier, ModelPair
from laminoscope_core.analysis.models_mean import (
    FEWEST_MODELS,
    SiteMean,
    at_same_depth,
    mean_of_means,
    nearest_layers,
    site_mean,
)
from laminoscope_core.analysis.rsa import MEAN, MIN_PAIRS, comparable_vectors, unit_vectors
from laminoscope_core.analysis.statistics import pearson, ranks
from laminoscope_core.analysis.word_pairs import WordPairs
from laminoscope_core.job import Job
from laminoscope_core.theme import site_label

__all__ = ["mean_over_carriers", "pairs_at_depth", "scored"]

Floats = NDArray[np.float64]


def scored(
    of_models: Sequence[Mapping[str, similarity.Result]],
    pairs: WordPairs,
    correlation: Correlation,
    job: Job,
) -> InCarrier:
    """Compare models in one carrier sentence.

    Parameters
    ----------
    of_models : sequence of mapping of str to similarity.Result
        Of each model, the experiment's own first: by site, similarity matrices of the same words.
    pairs : WordPairs
        Of those words.
    correlation : str
    job : Job
    """
    sites = tuple(of_models[0])
    both = [(0, 0), *combinations(range(len(of_models)), 2)]
    r: list[dict[str, Floats]] = [{} for _ in both]
    words: list[dict[str, Floats]] = [{} for _ in both]
    reasons: list[dict[str, tuple[str, ...]]] = [{} for _ in of_models]
    means: dict[str, SiteMean] = {}
    for number, site in enumerate(sites):
        job.report(number / len(sites), f"comparing models at {site_label(site)}")
        vectors = []
        for matrices, why in zip((each[site] for each in of_models), reasons, strict=True):
            found, texts = comparable_vectors(matrices, pairs, "all", False, job)
            vectors.append(found[site])
            why[site] = tuple(texts[site].tolist())
        units = [_units(x, w[site], correlation) for x, w in zip(vectors, reasons, strict=True)]
        for (one, other), of_r, of_words in zip(both, r, words, strict=True):
            job.check()
            of_r[site] = np.clip(units[one] @ units[other].T, -1, 1)
            if one == other:
                np.fill_diagonal(of_r[site], np.where(np.isnan(np.diag(of_r[site])), np.nan, 1))
            else:
                first, second = (of_models[n][site].matrices[site] for n in (one, other))
                of_words[site] = _words(first, second, correlation, job)
        if len(of_models) > FEWEST_MODELS:
            near = [nearest_layers(len(vectors[0]), len(x)) for x in vectors]

            def at_depth(layer: int, vectors: Any = vectors, near: Any = near) -> Floats:
                return np.stack([x[at[layer]] for x, at in zip(vectors, near, strict=True)])

            with_others = [
                of_r[site] for (one, other), of_r in zip(both, r, strict=True) if one == 0 < other
            ]
            each = np.stack([x[at_same_depth(x)] for x in with_others])
            means[site] = site_mean(each, at_depth, pairs, correlation, job)
    return InCarrier(
        carrier=of_models[0][sites[0]].carrier,
        geometries=tuple(
            Geometry({site: each[site].matrices[site] for site in sites}, why)
            for each, why in zip(of_models, reasons, strict=True)
        ),
        pairs=tuple(
            ModelPair(one, other, x, y) for (one, other), x, y in zip(both, r, words, strict=True)
        ),
        mean=means or None,
    )


def mean_over_carriers(
    several: Sequence[InCarrier], pairs: WordPairs, correlation: Correlation, job: Job
) -> InCarrier:
    """Return the mean of all scores over carrier sentences; undefined where one is."""
    scores = tuple(
        ModelPair(
            same[0].model,
            same[0].other,
            _mean_by_site([each.r for each in same]),
            _mean_by_site([each.words for each in same]),
        )
        for same in zip(*(each.pairs for each in several), strict=True)
    )
    of_carriers = [each.mean for each in several if each.mean is not None]
    means: dict[str, SiteMean] = {}
    for site in of_carriers[0] if of_carriers else ():
        with_others = [pair.r[site] for pair in scores if pair.model == 0 < pair.other]
        each_r = np.stack([x[at_same_depth(x)] for x in with_others])

        def at_depth(layer: int, site: str = site) -> Floats:
            return np.stack([pairs_at_depth(each, site, pairs, layer) for each in several])

        same = [each[site] for each in of_carriers]
        means[site] = mean_of_means(same, each_r, at_depth, pairs, correlation, job)
    return InCarrier(MEAN, (), scores, means or None)


def pairs_at_depth(found: InCarrier, site: str, pairs: WordPairs, layer: int) -> Floats:
    """Return the pair similarities (n_models, n_pairs) of all models at the depth of a layer.

    It is a layer of the first of them.
    """
    matrices = [each.matrices[site] for each in found.geometries]
    near = [nearest_layers(len(matrices[0]), len(each))[layer] for each in matrices]
    return np.stack([pairs.vectors(x[at]) for x, at in zip(matrices, near, strict=True)])


def _mean_by_site(several: Sequence[Mapping[str, Floats]]) -> dict[str, Floats]:
    return {site: np.mean([each[site] for each in several], axis=0) for site in several[0]}


def _units(vectors: Floats, reasons: Sequence[str], correlation: Correlation) -> Floats:
    """Return what correlates as scalar products (n_layers, n_pairs); NaN where a layer cannot."""
    undefined = np.array([bool(reason) for reason in reasons])
    found = np.full(vectors.shape, np.nan)
    if not undefined.all():
        found[~undefined] = unit_vectors(vectors[~undefined], correlation)
    return found


def _words(
    first: NDArray[np.float32], second: NDArray[np.float32], correlation: Correlation, job: Job
) -> Floats:
    """Return the score (n_layers, n_words) of each word's row with that in the nearest layer."""
    n_layers, n_words, _ = first.shape
    others = ~np.eye(n_words, dtype=np.bool_)
    found = np.full((n_layers, n_words), np.nan)
    if n_words <= MIN_PAIRS:
        return found
    for layer, near in enumerate(nearest_layers(n_layers, len(second))):
        job.check()
        x, y = (each[others].reshape(n_words, -1) for each in (first[layer], second[near]))
        if correlation == "spearman":
            x, y = ranks(x), ranks(y)
        found[layer] = pearson(x.astype(np.float64), y.astype(np.float64))
    return found
