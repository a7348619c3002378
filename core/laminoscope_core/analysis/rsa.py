"""Representational similarity analysis: do two sites agree on which words are alike?

Queries, keys and values have nothing in common dimension by dimension, so they cannot be
correlated directly in a meaningful way.  Their similarity matrices can: both say, for each pair
of words, how alike the two are.  The RSA score of two sites is the correlation of those two
lists of pairs, over all pairs, over pairs within a category, or over pairs across categories
(Kriegeskorte, Mur and Bandettini 2008).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import similarity
from laminoscope_core.analysis.carriers import MEAN, mean_over_carriers
from laminoscope_core.analysis.chance import Tested, chance_columns, stacked, untested
from laminoscope_core.analysis.correlation import (
    COLUMNS,
    MIN_PAIRS,
    Correlation,
    block_corrected,
    correlate,
    unit_vectors,
)
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.noise_ceiling import noise_ceiling
from laminoscope_core.analysis.statistics import blocks, fisher_z, is_constant
from laminoscope_core.analysis.word_pairs import SUBSETS, Subset, WordPairs, word_pairs
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table
from laminoscope_core.theme import site_label

__all__ = [
    "COLUMNS",
    "MEAN",
    "MIN_PAIRS",
    "Correlation",
    "Params",
    "Result",
    "block_corrected",
    "comparable",
    "comparable_vectors",
    "correlate",
    "laminar_columns",
    "pair_names",
    "run",
    "scored",
    "site_pairs",
    "tables",
    "unit_vectors",
]


@dataclass(frozen=True)
class Params:
    """How two lists of pairs are compared.

    Attributes
    ----------
    correlation : str
        ``pearson``, ``spearman``, ``kendall_tau_a`` or ``rho_a``.  Chance for τ_a takes seconds
        with some fifty words and hours with hundreds; ρ_a, which orders results much as τ_a does,
        takes seconds with either.
    block_corrected : bool
        Whether the mean of each pair of categories is subtracted first.
    """

    correlation: Correlation = "pearson"
    block_corrected: bool = False


@dataclass(frozen=True, eq=False)
class Result:
    """RSA scores with their labels: of one carrier sentence, or their mean over several.

    Attributes
    ----------
    params : Params
        What was asked for.
    carrier : str
        The sentence, or `MEAN`.
    layers : tuple of int
        Labels of the first axis.
    site_pairs : tuple of str
        Labels of the second axis, as ``q-k``.
    subsets : tuple of str
        Labels of the third axis: ``all``, ``within``, ``across``.
    r : float64 array (n_layers, n_site_pairs, n_subsets)
        Scores; NaN where undefined.
    n_pairs : integer array (n_subsets,)
        Pairs of words that each subset holds.
    n_words : int
        Words that were compared.
    reasons : str array (n_layers, n_site_pairs, n_subsets)
        Why a score is undefined; empty where it is defined.
    ceiling_low, ceiling_high : float64 array (n_layers, n_site_pairs, n_subsets)
        Noise ceiling of several carrier sentences, of the site of a pair whose ceiling is lower
        (see `noise_ceiling`); NaN of a single sentence.
    by_carrier : tuple of Result
        Of several carrier sentences: the scores in each, in order.
    """

    params: Params
    carrier: str
    layers: tuple[int, ...]
    site_pairs: tuple[str, ...]
    subsets: tuple[Subset, ...]
    r: NDArray[np.float64]
    n_pairs: NDArray[np.intp]
    n_words: int
    reasons: NDArray[np.str_]
    ceiling_low: NDArray[np.float64]
    ceiling_high: NDArray[np.float64]
    by_carrier: "tuple[Result, ...]" = ()

    @property
    def column(self) -> str:
        """What the scores are called in tables: ``r`` only if they are correlations."""
        return COLUMNS[self.params.correlation]

    @property
    def fisher_z(self) -> NDArray[np.float64]:
        """atanh of `r`, ±∞ where |r| = 1."""
        return fisher_z(self.r)

    @property
    def contrast(self) -> NDArray[np.float64]:
        """Score within minus score across categories (n_layers, n_site_pairs)."""
        within, across = (self.subsets.index(subset) for subset in ("within", "across"))
        return np.asarray(self.r[..., within] - self.r[..., across])

    def curve(self, site_pair: str, subset: Subset) -> NDArray[np.float64]:
        """Return the scores (n_layers,) of one pair of sites over one subset."""
        return self.r[:, self.site_pairs.index(site_pair), self.subsets.index(subset)]


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Score every pair of sites over every subset at every layer, in every carrier sentence."""
    several = inputs.result("similarity", similarity.Result).of_carriers
    found = [
        scored(each, params, part)
        for each, part in zip(several, job.parts(len(several)), strict=True)
    ]
    return found[0] if len(found) == 1 else _mean(found, several, job)


def scored(matrices: similarity.Result, params: Params, job: Job) -> Result:
    """Score every pair of sites over every subset at every layer of one carrier sentence."""
    pairs = word_pairs(matrices.categories)
    of_sites = site_pairs(matrices.sites)
    r = np.full((len(matrices.layers), len(of_sites), len(SUBSETS)), np.nan)
    reasons = np.full(r.shape, "", dtype="U300")
    for column, subset in enumerate(SUBSETS):
        job.report(column / len(SUBSETS), f"correlating {subset} pairs")
        vectors, why = comparable_vectors(matrices, pairs, subset, params.block_corrected, job)
        for row, (first, second) in enumerate(of_sites):
            undefined = np.where(why[first] != "", why[first], why[second])
            r[:, row, column] = np.where(
                undefined == "",
                correlate(vectors[first], vectors[second], params.correlation, job),
                np.nan,
            )
            reasons[:, row, column] = undefined
    return Result(
        params=params,
        carrier=matrices.carrier,
        layers=matrices.layers,
        site_pairs=pair_names(matrices.sites),
        subsets=SUBSETS,
        r=r,
        n_pairs=np.array([len(pairs.positions(subset)) for subset in SUBSETS]),
        n_words=len(matrices.words),
        reasons=reasons,
        ceiling_low=np.full(r.shape, np.nan),
        ceiling_high=np.full(r.shape, np.nan),
    )


def _mean(found: list[Result], matrices: tuple[similarity.Result, ...], job: Job) -> Result:
    """Return the mean of scores over carrier sentences; undefined where one is."""
    low, high = _ceiling(matrices, found[0], job)
    several = [replace(one, ceiling_low=low, ceiling_high=high) for one in found]
    return mean_over_carriers(several, ["r"])


def _ceiling(
    matrices: tuple[similarity.Result, ...], scores: Result, job: Job
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the noise ceilings (n_layers, n_site_pairs, n_subsets) over carrier sentences."""
    sites = matrices[0].sites
    pairs = word_pairs(matrices[0].categories)
    corrected, correlation = scores.params.block_corrected, scores.params.correlation
    ends = np.full((2, len(scores.layers), len(sites), len(SUBSETS)), np.nan)
    for column, subset in enumerate(SUBSETS):
        of_carriers = [comparable_vectors(m, pairs, subset, corrected, job) for m in matrices]
        for row, site in enumerate(sites):
            job.check()
            defined = np.all([why[site] == "" for _, why in of_carriers], axis=0)
            if defined.any():
                runs = np.stack([vectors[site][defined] for vectors, _ in of_carriers])
                ends[:, defined, row, column] = noise_ceiling(runs, correlation)
    of_pairs = [(sites.index(a), sites.index(b)) for a, b in site_pairs(sites)]
    lower = [ends[:, :, list(both)].min(axis=2) for both in of_pairs]
    low, high = np.stack(lower, axis=2) if lower else np.empty((2, *scores.r.shape))
    return low, high


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/laminar.csv`` without what chance says, which `rsa_chance.tables` adds."""
    parts = (*result.by_carrier, result)
    return {
        "rsa/laminar.csv": Table(stacked([laminar_columns(e, untested(e.reasons)) for e in parts]))
    }


def laminar_columns(
    scores: Result, tested: Tested, n_permutations: int = 0
) -> dict[str, NDArray[Any]]:
    """Return the columns of one line per layer, pair of sites and subset of one carrier sentence.

    The score's column is `Result.column`; Fisher's z is of correlations only.
    """
    layer, pair, subset = (axis.ravel() for axis in np.indices(scores.r.shape))
    chance = chance_columns(tested, n_permutations)
    reason = chance.pop("reason")
    ends = {"ceiling_low": scores.ceiling_low, "ceiling_high": scores.ceiling_high}
    there = any(np.isfinite(end).any() for end in ends.values())
    ceiling = {name: end.ravel() for name, end in ends.items()} if there else {}
    return {
        "layer": np.array(scores.layers)[layer],
        "pair": np.array(scores.site_pairs, dtype=np.str_)[pair],
        "subset": np.array(scores.subsets)[subset],
        "carrier": np.full(layer.size, scores.carrier),
        scores.column: scores.r.ravel(),
        **({"fisher_z": scores.fisher_z.ravel()} if scores.column == "r" else {}),
        "n_pairs": scores.n_pairs[subset],
        "n_words": np.full(layer.size, scores.n_words),
        **chance,
        **ceiling,
        "n": scores.n_pairs[subset],
        "reason": reason,
    }


def site_pairs(sites: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return every pair of sites once, in their order.

    Examples
    --------
    >>> site_pairs(("q", "k", "v"))
    (('q', 'k'), ('q', 'v'), ('k', 'v'))
    """
    return tuple(combinations(sites, 2))


def pair_names(sites: Sequence[str]) -> tuple[str, ...]:
    """Return the names of every pair of sites.

    Examples
    --------
    >>> pair_names(("q", "k", "v"))
    ('q-k', 'q-v', 'k-v')
    """
    return tuple(f"{first}-{second}" for first, second in site_pairs(sites))


def comparable_vectors(
    matrices: similarity.Result, pairs: WordPairs, subset: Subset, corrected: bool, job: Job
) -> tuple[Mapping[str, NDArray[np.float64]], Mapping[str, NDArray[np.str_]]]:
    """Return the pair similarities of a subset, ready to be correlated.

    Returns
    -------
    vectors : mapping of str to float64 array (n_layers, n_pairs)
        By site, block-corrected if asked for.
    reasons : mapping of str to str array (n_layers,)
        By site: why a layer's vector cannot be correlated, empty if it can.
    """
    chosen = pairs.of(subset)
    vectors: dict[str, NDArray[np.float64]] = {}
    reasons: dict[str, NDArray[np.str_]] = {}
    for site in matrices.sites:
        alike, known = matrices.matrices[site], matrices.reasons[site]
        # layers side by side: in which order pairs are added decides the last digit of a score
        vectors[site], reasons[site] = comparable(
            alike, known, site, chosen, subset, corrected, job, order="F"
        )
    return vectors, reasons


def comparable(
    matrices: NDArray[np.float32],
    known: Sequence[str] | NDArray[np.str_],
    site: str,
    chosen: WordPairs,
    subset: Subset,
    corrected: bool,
    job: Job,
    order: Literal["C", "F"] = "C",
) -> tuple[NDArray[np.float64], NDArray[np.str_]]:
    """Return the pair similarities of one site, of layers or of heads, ready to be correlated.

    Parameters
    ----------
    matrices : float32 array (n_layers, n_words, n_words)
    known : sequence of str
        Of each matrix: why there are NaN in it, empty if there are none.
    site : str
        For the reasons.
    chosen : WordPairs
        The pairs of the subset.
    subset, corrected, job
        As of `comparable_vectors`.
    order : str
        Of the vectors in memory.

    Returns
    -------
    vectors : float64 array (n_layers, n_pairs)
    reasons : str array (n_layers,)
        Why a vector cannot be correlated, empty if it can.
    """
    n_layers, n_pairs = len(matrices), len(chosen.first)
    vectors = np.empty((n_layers, n_pairs), order=order)
    finite, constant = (np.zeros(n_layers, dtype=np.bool_) for _ in range(2))
    for layers in blocks(n_layers, n_pairs):
        job.check()
        raw = chosen.vectors(matrices[layers])
        found = block_corrected(raw, chosen.block) if corrected else raw
        vectors[layers] = found
        finite[layers] = np.isfinite(raw).all(axis=-1)
        if n_pairs >= MIN_PAIRS:
            constant[layers] = is_constant(found, np.abs(raw).max(axis=-1))
    if n_pairs < MIN_PAIRS:
        return vectors, np.full(n_layers, _too_few(subset, n_pairs))
    why = np.where(constant, f"the pairs are all equally similar at {site_label(site)}", "")
    return vectors, np.where(finite, why, np.array(known))


def _too_few(subset: Subset, n_pairs: int) -> str:
    if n_pairs == 0 and subset == "within":
        return "no category has two words"
    if n_pairs == 0 and subset == "across":
        return "there is only one category"
    return f"a correlation needs at least {MIN_PAIRS} pairs of words, here there are {n_pairs}"
