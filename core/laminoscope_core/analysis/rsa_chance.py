"""RSA scores against chance: p and q values and bootstrap bands, by words and not by pairs.

For each score:

- p: how often relabelling the words of one of the two matrices gives a score at least as far
  from zero.  Over all pairs any word may take any other's name.  Over pairs within or across
  categories, and whenever scores are block-corrected, names move inside categories only, so
  that the question is about single words and not about categories again;
- q: p adjusted for having looked at every layer (Benjamini and Hochberg);
- low, high: where the score falls in 95 % of resamples of the words.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import rsa, similarity
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.resampling import (
    band,
    bootstrap_counts,
    p_values,
    pair_weights,
    permuted_positions,
    reaches,
    word_permutations,
)
from laminoscope_core.analysis.rsa import SITE_PAIRS, comparable_vectors
from laminoscope_core.analysis.statistics import benjamini_hochberg, blocks, tau_a
from laminoscope_core.analysis.weighted import weighted_correlations
from laminoscope_core.analysis.word_pairs import Subset, word_pairs
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables"]

# Permuted values held at a time: 4 MB of float64, which a processor's cache can hold.
_CHUNK_VALUES = 2**19


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


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Permute and resample the words for every score."""
    matrices = inputs.result("similarity", similarity.Result)
    scores = inputs.result("rsa", rsa.Result)
    p, low, high = (np.full(scores.r.shape, np.nan) for _ in range(3))
    n_resamples = np.zeros(scores.r.shape, dtype=np.intp)
    for column, subset in enumerate(scores.subsets):
        observed = scores.r[..., column]
        if np.isnan(observed).all():
            continue
        part = job.part(column / len(scores.subsets), (column + 1) / len(scores.subsets))
        n_reaching = _count_reaching(matrices, scores, subset, params, part.part(0, 0.5))
        p[..., column] = p_values(n_reaching, params.n_permutations, observed)
        resampled = _resampled_scores(matrices, scores, subset, params, part.part(0.5, 1))
        resampled[:, np.isnan(observed)] = np.nan
        low[..., column], high[..., column] = band(resampled, params.confidence)
        n_resamples[..., column] = np.isfinite(resampled).sum(axis=0)
    return Result(
        params=params,
        layers=scores.layers,
        site_pairs=scores.site_pairs,
        subsets=scores.subsets,
        p=p,
        q=benjamini_hochberg(p),
        low=low,
        high=high,
        n_resamples=n_resamples,
    )


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


def _vectors(
    matrices: similarity.Result, subset: Subset, *, corrected: bool
) -> NDArray[np.float64]:
    pairs = word_pairs(matrices.categories)
    vectors, _ = comparable_vectors(matrices, pairs, subset, corrected)
    return np.stack([vectors[site] for site in matrices.sites], axis=1)


def _site_numbers(matrices: similarity.Result) -> list[tuple[int, int]]:
    number = matrices.sites.index
    return [(number(first), number(second)) for first, second in SITE_PAIRS]


def _count_reaching(
    matrices: similarity.Result, scores: rsa.Result, subset: Subset, params: Params, job: Job
) -> NDArray[np.intp]:
    """Count the permutations that reach each score of a subset (n_layers, n_site_pairs).

    The second site of each pair is relabelled.  Centring, norms and ranks do not change when
    words are, so that vectors are standardised once and a permutation costs one look-up and
    one scalar product.
    """
    observed = scores.r[..., scores.subsets.index(subset)]
    corrected, correlation = scores.params.block_corrected, scores.params.correlation
    linear = correlation != "kendall_tau_a"
    x = _vectors(matrices, subset, corrected=corrected)
    x = rsa.unit_vectors(x, correlation) if linear else x
    pairs = word_pairs(matrices.categories)
    permutations = word_permutations(
        matrices.categories,
        params.n_permutations,
        params.seed,
        inside=corrected or subset != "all",
    )
    n_reaching = np.zeros(observed.shape, dtype=np.intp)
    site_pairs = _site_numbers(matrices)
    step = max(1, _CHUNK_VALUES // x[:, 0].size)
    for start in range(0, len(permutations), step):
        job.report(start / len(permutations), f"relabelling words of {subset} pairs")
        sources = permuted_positions(
            permutations[start : start + step], pairs, pairs.positions(subset)
        )
        for second in {second for _, second in site_pairs}:
            permuted = x[:, second, sources]
            for row, (first, other) in enumerate(site_pairs):
                if other == second:
                    fixed = x[:, first]
                    score = _products(permuted, fixed) if linear else _taus(permuted, fixed)
                    n_reaching[:, row] += reaches(score, observed[:, row, None]).sum(axis=1)
    return n_reaching


def _resampled_scores(
    matrices: similarity.Result, scores: rsa.Result, subset: Subset, params: Params, job: Job
) -> NDArray[np.float64]:
    """Return the scores of a subset in every resample (n_resamples, n_layers, n_site_pairs)."""
    pairs = word_pairs(matrices.categories)
    positions = pairs.positions(subset)
    counts = bootstrap_counts(len(matrices.words), params.n_resamples, params.seed)
    vectors = _vectors(matrices, subset, corrected=False)
    resampled = np.empty((len(counts), *scores.r.shape[:2]))
    for block in blocks(len(counts), len(positions)):
        resampled[block] = weighted_correlations(
            vectors,
            _site_numbers(matrices),
            pair_weights(counts[block], pairs, positions),
            pairs.block[positions] * scores.params.block_corrected,
            scores.params.correlation,
            job.part(block.start / len(counts), block.stop / len(counts)),
        )
    return resampled


def _products(permuted: NDArray[np.float64], fixed: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((permuted @ fixed[..., None])[..., 0])


def _taus(permuted: NDArray[np.float64], fixed: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array(
        [[tau_a(x, row) for row in rows] for x, rows in zip(fixed, permuted, strict=True)]
    )
