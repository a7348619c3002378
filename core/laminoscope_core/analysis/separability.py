"""How far categories stand apart: are words of one category more alike than words of two?

Cohen's d is the difference between the mean similarity of pairs within a category and of pairs
across categories, in units of their pooled standard deviation: d = 1 says that the typical
within pair lies one standard deviation above the typical across pair.  Hedges g is d without
its small-sample bias.  Both describe; how surprising they are is another matter, because pairs
share words (see `separability_chance`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import similarity
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.statistics import blocks, cohens_d
from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables"]


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result:
    """Effect sizes with their labels.

    Attributes
    ----------
    layers : tuple of int
        Labels of the first axis.
    sites : tuple of str
        Labels of the second axis.
    cohens_d, hedges_g : float64 arrays (n_layers, n_sites)
        Within minus across; NaN where undefined.
    mean_within, mean_across : float64 arrays (n_layers, n_sites)
        Mean similarities.
    n_within, n_across : int
        Pairs of words in each group.
    reasons : str array (n_layers, n_sites)
        Why a value is undefined; empty where it is defined.
    """

    layers: tuple[int, ...]
    sites: tuple[str, ...]
    cohens_d: NDArray[np.float64]
    hedges_g: NDArray[np.float64]
    mean_within: NDArray[np.float64]
    mean_across: NDArray[np.float64]
    n_within: int
    n_across: int
    reasons: NDArray[np.str_]


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Compare pairs within and across categories at every site and layer."""
    matrices = inputs.result("similarity", similarity.Result)
    job.report(0, "separating categories")
    pairs = word_pairs(matrices.categories)
    within, across = pairs.of("within"), pairs.of("across")
    d, g, mean_within, mean_across = np.empty((4, len(matrices.layers), len(matrices.sites)))
    for column, site in enumerate(matrices.sites):
        for layers in blocks(len(matrices.layers), len(pairs.first)):
            job.check()
            alike = matrices.matrices[site][layers]
            groups = within.vectors(alike), across.vectors(alike)
            d[layers, column], g[layers, column] = cohens_d(*groups)
            mean_within[layers, column], mean_across[layers, column] = map(_mean, groups)
    n_within, n_across = len(within.first), len(across.first)
    return Result(
        layers=matrices.layers,
        sites=matrices.sites,
        cohens_d=d,
        hedges_g=g,
        mean_within=mean_within,
        mean_across=mean_across,
        n_within=n_within,
        n_across=n_across,
        reasons=_reasons(matrices, d, n_within, n_across),
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/separability.csv``: one line per layer and site."""
    layer, site = (axis.ravel() for axis in np.indices(result.cohens_d.shape))
    columns = {
        "layer": np.array(result.layers)[layer],
        "site": np.array(result.sites)[site],
        "cohens_d": result.cohens_d.ravel(),
        "hedges_g": result.hedges_g.ravel(),
        "mean_within": result.mean_within.ravel(),
        "mean_across": result.mean_across.ravel(),
        "n_within": np.full(layer.size, result.n_within),
        "n_across": np.full(layer.size, result.n_across),
        "reason": result.reasons.ravel(),
    }
    return {"rsa/separability.csv": Table(columns)}


def _mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
    if values.shape[-1] == 0:
        return np.full(values.shape[:-1], np.nan)
    return np.asarray(values.mean(axis=-1))


def _reasons(
    matrices: similarity.Result, d: NDArray[np.float64], n_within: int, n_across: int
) -> NDArray[np.str_]:
    if n_within == 0:
        general = "no category has two words"
    elif n_across == 0:
        general = "there is only one category"
    elif n_within + n_across < 3:
        general = "a standard deviation needs at least 3 pairs of words"
    else:
        general = "the similarities do not vary within or across categories"
    known = np.array([matrices.reasons[site] for site in matrices.sites]).T
    return np.where(np.isnan(d), np.where(known != "", known, general), "")
