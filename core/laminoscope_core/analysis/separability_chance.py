"""Category separability against chance: p and q values and bootstrap bands of Cohen's d.

A category label belongs to a word, so chance is imitated by dealing the labels out to the words
anew (the sizes of the categories stay), and uncertainty by resampling words; see `resampling`.
Both change only which pairs count and how often, so that all resamples are one matrix product.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import separability, similarity
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.resampling import (
    band,
    bootstrap_counts,
    p_values,
    pair_weights,
    reaches,
    word_permutations,
)
from laminoscope_core.analysis.rsa_chance import Params
from laminoscope_core.analysis.statistics import benjamini_hochberg, blocks
from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables", "weighted_cohens_d"]


@dataclass(frozen=True, eq=False)
class Result:
    """Chance and uncertainty of `separability.Result.cohens_d`, with the same axes.

    Attributes
    ----------
    params : Params
        What was asked for.
    layers, sites : tuple
        Labels of both axes.
    p, q : float64 arrays (n_layers, n_sites)
        Permutation p; the same adjusted over layers.  NaN where d is.
    low, high : float64 arrays (n_layers, n_sites)
        Limits of the bootstrap band.
    """

    params: Params
    layers: tuple[int, ...]
    sites: tuple[str, ...]
    p: NDArray[np.float64]
    q: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Deal out labels and resample words for every d."""
    matrices = inputs.result("similarity", similarity.Result)
    observed = inputs.result("separability", separability.Result).cohens_d
    pairs = word_pairs(matrices.categories)
    vectors = np.stack([pairs.vectors(matrices.matrices[site]) for site in matrices.sites], axis=1)

    permutations = word_permutations(
        matrices.categories, params.n_permutations, params.seed, inside=False
    )
    n_reaching = np.zeros(observed.shape, dtype=np.intp)
    for block in blocks(len(permutations), len(pairs.within)):
        job.report(block.start / len(permutations) / 2, "dealing out category labels")
        labels = np.asarray(matrices.categories)[permutations[block]]
        within = labels[:, pairs.first] == labels[:, pairs.second]
        n_reaching += reaches(weighted_cohens_d(vectors, within, ~within), observed).sum(axis=0)
    p = p_values(n_reaching, params.n_permutations, observed)

    counts = bootstrap_counts(len(matrices.words), params.n_resamples, params.seed)
    resampled = np.empty((len(counts), *observed.shape))
    for block in blocks(len(counts), len(pairs.within)):
        job.report(0.5 + block.start / len(counts) / 2, "resampling words")
        weights = pair_weights(counts[block], pairs, np.arange(len(pairs.within)))
        resampled[block] = weighted_cohens_d(
            vectors, weights * pairs.within, weights * ~pairs.within
        )
    resampled[:, np.isnan(observed)] = np.nan
    low, high = band(resampled, params.confidence)
    return Result(
        params=params,
        layers=matrices.layers,
        sites=matrices.sites,
        p=p,
        q=benjamini_hochberg(p),
        low=low,
        high=high,
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/separability_chance.csv``: one line per layer and site."""
    layer, site = (axis.ravel() for axis in np.indices(result.p.shape))
    columns = {
        "layer": np.array(result.layers)[layer],
        "site": np.array(result.sites)[site],
        "p": result.p.ravel(),
        "q": result.q.ravel(),
        "low": result.low.ravel(),
        "high": result.high.ravel(),
    }
    return {"rsa/separability_chance.csv": Table(columns)}


def weighted_cohens_d(
    vectors: NDArray[np.float64],
    within: NDArray[np.floating] | NDArray[np.bool_],
    across: NDArray[np.floating] | NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Return Cohen's d for every weighting of the pairs.

    Parameters
    ----------
    vectors : float64 array (n_layers, n_sites, n_pairs)
        Pair similarities.
    within, across : arrays (n_weightings, n_pairs)
        How many copies of each pair each group holds.

    Returns
    -------
    float64 array (n_weightings, n_layers, n_sites)
        NaN where a group is empty or nothing varies.
    """
    # d does not depend on origin and unit; centred sums of squares lose no digits
    x = vectors - vectors.mean(axis=-1, keepdims=True)
    columns = x.reshape(x.shape[0] * x.shape[1], x.shape[2]).T
    groups = []
    for weights in (within.astype(np.float64), across.astype(np.float64)):
        n = weights.sum(axis=1, keepdims=True)
        sums = weights @ columns
        with np.errstate(invalid="ignore", divide="ignore"):
            groups.append((n, sums / n, weights @ columns**2 - sums**2 / n))
    (n_w, mean_w, squares_w), (n_a, mean_a, squares_a) = groups
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = (squares_w + squares_a) / (n_w + n_a - 2)
        floor = 1e-10 * np.square(columns).mean(axis=0)
        d = (mean_w - mean_a) / np.sqrt(np.where(variance > floor, variance, np.nan))
    return np.asarray(d.reshape(len(d), *vectors.shape[:-1]))
