"""RSA scores against chance: p and q values and bootstrap bands, by words and not by pairs.

For each score:

- p: how often relabelling the words of one of the two matrices gives a score at least as far
  from zero.  Over all pairs any word may take any other's name.  Over pairs within or across
  categories, and whenever scores are block-corrected, names move inside categories only, so
  that the question is about single words and not about categories again;
- q: p adjusted for having looked at every layer (Benjamini and Hochberg);
- low, high: where the score falls in 95 % of resamples of the words.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import rsa, similarity
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.relabelled import relabelling_tasks
from laminoscope_core.analysis.resampling import (
    Resamples,
    band,
    bootstrap_counts,
    p_values,
    word_permutations,
)
from laminoscope_core.analysis.rsa import SITE_PAIRS, comparable_vectors
from laminoscope_core.analysis.statistics import benjamini_hochberg
from laminoscope_core.analysis.threads import fill
from laminoscope_core.analysis.weighted import resampling_tasks
from laminoscope_core.analysis.word_pairs import SUBSETS, Subset, word_pairs
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables"]


@dataclass(frozen=True)
class Params:
    """How chance is imitated.

    Attributes
    ----------
    n_permutations, n_resamples : int
        Relabellings for p, bootstrap resamples for the bands.
    confidence : float
        Part of the resamples that a band holds.
    seed : int
        Of both random generators.
    """

    n_permutations: int = 1000
    n_resamples: int = 1000
    confidence: float = 0.95
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Result:
    """Chance and uncertainty of the scores of `rsa.Result`, with the same axes.

    Attributes
    ----------
    params : Params
        What was asked for.
    layers, site_pairs, subsets : tuple
        Labels of the three axes.
    p, q : float64 arrays (n_layers, n_site_pairs, n_subsets)
        Permutation p; the same adjusted over layers.  NaN where the score is.
    low, high : float64 arrays (n_layers, n_site_pairs, n_subsets)
        Limits of the bootstrap band.
    n_resamples : integer array (n_layers, n_site_pairs, n_subsets)
        Resamples that gave a score: with few words some hold too few different ones.
    complete : bool
        False while more relabellings and resamples are still to come.
    """

    params: Params
    layers: tuple[int, ...]
    site_pairs: tuple[str, ...]
    subsets: tuple[Subset, ...]
    p: NDArray[np.float64]
    q: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n_resamples: NDArray[np.intp]
    complete: bool = True


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Relabel and resample the words for every score; hand out what there is every second."""
    matrices = inputs.result("similarity", similarity.Result)
    scores = inputs.result("rsa", rsa.Result)
    relabelled = np.full((params.n_permutations, *scores.r.shape), np.nan)
    counts = bootstrap_counts(len(matrices.words), params.n_resamples, params.seed)
    resampled = np.full((len(counts), *scores.r.shape), np.nan)

    def so_far() -> Result:
        return _result(scores, params, relabelled, resampled, complete=False)

    tasks = _relabelling(matrices, scores, params, relabelled, job)
    fill(relabelled.size, tasks, job, "relabelling words", so_far, (0, 0.5))
    tasks = _resampling(matrices, scores, counts, resampled, job)
    fill(resampled.size, tasks, job, "resampling words", so_far, (0.5, 1))
    return _result(scores, params, relabelled, resampled, complete=True)


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/chance.csv``: one line per layer, pair of sites and subset."""
    layer, pair, subset = (axis.ravel() for axis in np.indices(result.p.shape))
    columns = {
        "layer": np.array(result.layers)[layer],
        "pair": np.array(result.site_pairs)[pair],
        "subset": np.array(result.subsets)[subset],
        "p": result.p.ravel(),
        "q": result.q.ravel(),
        "low": result.low.ravel(),
        "high": result.high.ravel(),
        "n_resamples": result.n_resamples.ravel(),
    }
    return {"rsa/chance.csv": Table(columns)}


def _result(
    scores: rsa.Result,
    params: Params,
    relabelled: NDArray[np.float64],
    resampled: NDArray[np.float64],
    *,
    complete: bool,
) -> Result:
    p = p_values(relabelled, scores.r)
    low, high = band(np.where(np.isnan(scores.r), np.nan, resampled), params.confidence)
    return Result(
        params=params,
        layers=scores.layers,
        site_pairs=scores.site_pairs,
        subsets=scores.subsets,
        p=p,
        q=benjamini_hochberg(p),
        low=low,
        high=high,
        n_resamples=np.where(np.isnan(scores.r), 0, np.isfinite(resampled).sum(axis=0)),
        complete=complete,
    )


def _relabelling(
    matrices: similarity.Result,
    scores: rsa.Result,
    params: Params,
    into: NDArray[np.float64],
    job: Job,
) -> Iterator[Callable[[], int]]:
    categories, corrected = matrices.categories, scores.params.block_corrected

    def permutations(*, inside: bool) -> NDArray[np.intp]:
        return word_permutations(categories, params.n_permutations, params.seed, inside=inside)

    inside = permutations(inside=True)
    return relabelling_tasks(
        _vectors(matrices, corrected=corrected),
        word_pairs(categories),
        _site_numbers(matrices),
        scores.params.correlation,
        {
            "all": inside if corrected else permutations(inside=False),
            "within": inside,
            "across": inside,
        },
        into,
        job,
    )


def _resampling(
    matrices: similarity.Result,
    scores: rsa.Result,
    counts: NDArray[np.float32],
    into: NDArray[np.float64],
    job: Job,
) -> Iterator[Callable[[], int]]:
    pairs = word_pairs(matrices.categories)
    by_word = np.ascontiguousarray(counts.T)
    for column, (subset, vectors) in enumerate(_vectors(matrices, corrected=False).items()):
        yield from resampling_tasks(
            vectors,
            _site_numbers(matrices),
            Resamples(by_word, pairs.of(subset)),
            scores.params.correlation,
            scores.params.block_corrected,
            into[..., column],
            job,
        )


def _vectors(matrices: similarity.Result, *, corrected: bool) -> dict[Subset, NDArray[np.float64]]:
    """Return the pair similarities (n_layers, n_sites, n_pairs) of every subset."""
    pairs = word_pairs(matrices.categories)
    found = {}
    for subset in SUBSETS:
        vectors, _ = comparable_vectors(matrices, pairs, subset, corrected)
        found[subset] = np.stack([vectors[site] for site in matrices.sites], axis=1)
    return found


def _site_numbers(matrices: similarity.Result) -> list[tuple[int, int]]:
    number = matrices.sites.index
    return [(number(first), number(second)) for first, second in SITE_PAIRS]
