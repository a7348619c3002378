"""Causal RSA: what interventions do to every laminar curve, and whether that is more than chance.

The words are read by the model as it is and by the altered one.  Each score, RSA or Cohen's d,
has a change: after less before.  Its p comes from a paired permutation.  If the interventions did
nothing to the words' geometry, each word's two vectors could as well have come the other way
round.  So for each word a coin decides whether its vectors before and after are exchanged, at all
sites at once; the similarities among the words that are then "before", and among those that are
"after", give another change.  p = (1 + #{|change*| ≥ |change|}) / (N + 1).

This is the permutation test of paired designs, in which the labels of two conditions are exchanged
within the units that were sampled (Nichols and Holmes 2002, Human Brain Mapping 15:1–25; Good 2005,
Permutation, Parametric and Bootstrap Tests of Hypotheses, chapter 3).  The units are words, not
pairs of words, which are not independent.  An exchanged pair needs the similarity of one word
before and another after, so that vectors are compared anew: z-scored dimensions over the words of
their own state.  q is p adjusted over the layers of a curve (Benjamini and Hochberg).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import rsa, separability, similarity
from laminoscope_core.analysis.correlation import MIN_PAIRS, block_corrected, unit_vectors
from laminoscope_core.analysis.inputs import Inputs, WordActivations
from laminoscope_core.analysis.resampling import (
    n_permutations_for,
    p_values,
    too_few_relabellings,
)
from laminoscope_core.analysis.rsa import site_pairs
from laminoscope_core.analysis.similarity import head_rows, similarity_matrices, z_scored
from laminoscope_core.analysis.statistics import benjamini_hochberg, blocks, cohens_d
from laminoscope_core.analysis.threads import in_threads
from laminoscope_core.analysis.word_pairs import SUBSETS, WordPairs, word_pairs
from laminoscope_core.errors import AnalysisError
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = ["Change", "Params", "Result", "run", "tables"]

_NOT_REACHED = "what is altered does not reach this layer"
_NO_TAU = "τ_a takes too long to be permuted; choose ρ_a, which orders results much alike"
_BLOCK_VALUES = 2**15
"""Similarities that are scored at once: they stay in the processor's cache."""

Scores = tuple[NDArray[np.float64], NDArray[np.float64]]
"""RSA (n, n_site_pairs, n_subsets) and d (n, n_sites)."""


@dataclass(frozen=True)
class Params:
    """How chance is imitated.

    Attributes
    ----------
    n_permutations : int or None
        Exchanges for p; None for 1000, or 20 for every layer if that is more.
    seed : int
        Of the coins.
    """

    n_permutations: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("n_permutations", "seed"):
            if (getattr(self, name) or 0) < 0:
                raise ValueError(f"{name} must be 0 or more, not {getattr(self, name)}")


@dataclass(frozen=True, eq=False)
class Change:
    """Scores in the model as it is and in the altered one, in arrays of one shape, layers first.

    Attributes
    ----------
    before, after : float64 arrays
        NaN where undefined.
    p, q : float64 arrays
        Of the change by paired permutation; the same adjusted over the layers of a curve.
    reasons : str array
        Why a score or p is undefined; empty where both are defined.
    """

    before: NDArray[np.float64]
    after: NDArray[np.float64]
    p: NDArray[np.float64]
    q: NDArray[np.float64]
    reasons: NDArray[np.str_]

    @property
    def change(self) -> NDArray[np.float64]:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, eq=False)
class Result:
    """How the curves move.

    Attributes
    ----------
    params : Params
    carrier : str
        The sentence, or `rsa.MEAN`.
    n_words : int
        How many words were read.
    layers, site_pairs, subsets, sites : tuple
        Labels of the axes.
    rsa : Change
        (n_layers, n_site_pairs, n_subsets).
    separability : Change
        Of Cohen's d, (n_layers, n_sites).
    column : str
        What RSA scores are: ``r``, ``tau_a`` or ``rho_a``.
    n_permutations : int
    complete : bool
        False while layers are still to come.
    """

    params: Params
    carrier: str
    n_words: int
    layers: tuple[int, ...]
    site_pairs: tuple[str, ...]
    subsets: tuple[str, ...]
    sites: tuple[str, ...]
    rsa: Change
    separability: Change
    column: str
    n_permutations: int
    complete: bool = True


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Compare the altered model's curves with the model's own; hand out p layer by layer.

    Raises
    ------
    AnalysisError
        The words of the model as it is, or of the altered one, are not there, or are others.
    """
    if inputs.before is None:
        raise AnalysisError(
            "This analysis needs the words of the model as it is.", "Capture them first."
        )
    states = (inputs.before, inputs)
    words = [state.word_activations() for state in states]
    read = [[(one.carrier, one.words) for one in each.of_carriers] for each in words]
    if read[0] != read[1] or words[0].sites != words[1].sites:
        raise AnalysisError(
            "The words of the altered model are others.", "Capture both with the same words."
        )
    compared = [state.result("similarity", similarity.Result) for state in states]
    scores = [state.result("rsa", rsa.Result) for state in states]
    apart = [state.result("separability", separability.Result) for state in states]
    if compared[0].params != compared[1].params or scores[0].params != scores[1].params:
        raise AnalysisError(
            "The words of the altered model were compared in another way.",
            "Compute both with the same parameters.",
        )
    first = scores[0]
    no_test = np.array(_NO_TAU if first.params.correlation == "kendall_tau_a" else "")
    sites, in_carriers = words[0].sites, list(zip(*(e.of_carriers for e in words), strict=True))
    reached = np.any([_reached(*both) for both in in_carriers], axis=0)
    if inputs.altered is not None:  # to it and before, one way of reading may round otherwise
        reached[: 1 + min(one.layer for one in inputs.altered.interventions)] = False
    n_permutations = params.n_permutations or n_permutations_for(len(first.layers))
    coins = np.random.default_rng(params.seed).random((n_permutations, len(words[0].words))) < 0.5
    pairs = word_pairs(words[0].categories)
    pairs = pairs.at(np.concatenate([pairs.positions("within"), pairs.positions("across")]))
    changes = (
        np.full((n_permutations + 1, *first.r.shape), np.nan),
        np.full((n_permutations + 1, *apart[0].cohens_d.shape), np.nan),
    )

    def so_far(*, complete: bool = False) -> Result:
        of_rsa = _change(
            (scores[0].r, scores[1].r),
            _first(scores[0].reasons, scores[1].reasons, _of_pairs(reached, sites), no_test),
            changes[0],
            len(words[0].words),
            complete=complete,
        )
        of_d = _change(
            (apart[0].cohens_d, apart[1].cohens_d),
            _first(apart[0].reasons, apart[1].reasons, np.where(reached, "", _NOT_REACHED)),
            changes[1],
            len(words[0].words),
            complete=complete,
        )
        return Result(
            params=params,
            carrier=first.carrier,
            n_words=first.n_words,
            layers=first.layers,
            site_pairs=first.site_pairs,
            subsets=first.subsets,
            sites=sites,
            rsa=of_rsa,
            separability=of_d,
            column=first.column,
            n_permutations=n_permutations,
            complete=complete,
        )

    layers = np.flatnonzero(reached.any(axis=1)).tolist()
    vectors = [
        {site: [_vectors(each, site, compared[0].params) for each in both] for site in sites}
        for both in in_carriers
    ]
    tasks = (
        partial(_changes, vectors, layer, compared[0].params, first.params, pairs, coins, job)
        for layer in layers
    )
    for number, (layer, found) in enumerate(zip(layers, in_threads(tasks, job), strict=True)):
        for all_layers, of_layer in zip(changes, found, strict=True):
            all_layers[:, layer] = of_layer
        job.report(number / len(layers), "exchanging words before and after")
        job.show_partial(so_far)
    return so_far(complete=True)


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/causal.csv`` and ``rsa/causal_separability.csv``: what changes by layer."""
    layer, pair, subset = (axis.ravel() for axis in np.indices(result.rsa.p.shape))
    of_rsa = {
        "layer": np.array(result.layers)[layer],
        "pair": np.array(result.site_pairs, dtype=np.str_)[pair],
        "subset": np.array(result.subsets)[subset],
        "score": np.full(layer.size, result.column),
        "carrier": np.full(layer.size, result.carrier),
        **_columns(result.rsa, result.n_permutations, result.n_words),
    }
    layer, site = (axis.ravel() for axis in np.indices(result.separability.p.shape))
    of_d = {
        "layer": np.array(result.layers)[layer],
        "site": np.array(result.sites)[site],
        "carrier": np.full(layer.size, result.carrier),
        **_columns(result.separability, result.n_permutations, result.n_words),
    }
    return {"rsa/causal.csv": Table(of_rsa), "rsa/causal_separability.csv": Table(of_d)}


def _columns(change: Change, n_permutations: int, n_words: int) -> dict[str, NDArray[Any]]:
    names = ("before", "after", "change", "p", "q")
    return {
        **{name: getattr(change, name).ravel() for name in names},
        "n_permutations": np.full(change.p.size, n_permutations),
        "n": np.full(change.p.size, n_words),
        "reason": change.reasons.ravel(),
    }


def _change(
    scores: tuple[NDArray[np.float64], NDArray[np.float64]],
    reasons: NDArray[np.str_],
    changes: NDArray[np.float64],
    n_words: int,
    *,
    complete: bool,
) -> Change:
    """Return scores with the p of their changes.

    Parameters
    ----------
    scores : two float64 arrays (n_layers, …)
    reasons : str array (n_layers, …)
        Why there is no p.
    changes : float64 array (1 + n_permutations, n_layers, …)
        The observed one first; NaN where it is still to come.
    n_words : int
    complete : bool
    """
    observed, exchanged = changes[0], changes[1:]
    n_ways = 2 ** (n_words - 1)  # all words exchanged give the same change with another sign
    few = too_few_relabellings(n_ways, np.abs(exchanged), complete=complete)
    why = np.where(reasons != "", reasons, few)
    p = np.where(why == "", p_values(exchanged, observed), np.nan)
    return Change(*scores, p, benjamini_hochberg(p), why)


def _reached(before: WordActivations, after: WordActivations) -> NDArray[np.bool_]:
    """Return in which layers vectors differ at all, (n_layers, n_sites)."""
    return np.stack(
        [
            (before.target[site] != after.target[site])
            .reshape(before.model.n_layers, -1)
            .any(axis=1)
            for site in before.sites
        ],
        axis=1,
    )


def _of_pairs(reached: NDArray[np.bool_], sites: tuple[str, ...]) -> NDArray[np.str_]:
    """Return why no RSA score of a layer can have changed, (n_layers, n_site_pairs, 1)."""
    at = [[sites.index(site) for site in pair] for pair in site_pairs(sites)]
    either = reached[:, np.array(at, dtype=np.intp).reshape(-1, 2)].any(axis=-1)
    return np.where(either, "", _NOT_REACHED)[..., None]


def _first(*reasons: NDArray[np.str_]) -> NDArray[np.str_]:
    """Return the first reason that there is at each place."""
    found, *others = np.broadcast_arrays(*reasons)
    for other in others:
        found = np.where(found != "", found, other)
    return found


def _vectors(words: WordActivations, site: str, params: similarity.Params) -> NDArray[np.float32]:
    """Return what is compared, (n_layers, n_words, width)."""
    rows = words.target[site]
    if params.head is not None and rows.ndim == 4:
        rows = head_rows(rows, params.head, words.target["q"].shape[2])
    return rows.reshape(*rows.shape[:2], -1)


def _changes(
    vectors: Sequence[Mapping[str, list[NDArray[np.float32]]]],
    layer: int,
    comparing: similarity.Params,
    scoring: rsa.Params,
    pairs: WordPairs,
    coins: NDArray[np.bool_],
    job: Job,
) -> Scores:
    """Return how the scores of a layer change, first as observed, then by each exchange.

    Vectors are by carrier sentence; the change is the mean over them.
    """
    states = np.concatenate([np.zeros((1, coins.shape[1]), dtype=np.bool_), coins])
    found = []
    for in_carrier in vectors:
        quarters = {
            site: _quarters(before[layer], after[layer], comparing.measure, pairs, job)
            for site, (before, after) in in_carrier.items()
        }
        found.append(_changes_of(quarters, states, scoring, pairs, job))
    of_rsa, of_d = (np.mean(each, axis=0) for each in zip(*found, strict=True))
    return of_rsa, of_d


def _changes_of(
    quarters: Mapping[str, NDArray[np.float64]],
    states: NDArray[np.bool_],
    scoring: rsa.Params,
    pairs: WordPairs,
    job: Job,
) -> Scores:
    of_rsa = np.empty((len(states), len(site_pairs(tuple(quarters))), len(SUBSETS)))
    of_d = np.empty((len(states), len(quarters)))
    for rows in blocks(len(states), len(pairs.first), _BLOCK_VALUES):
        quarter = 2 * states[rows][:, pairs.first] + states[rows][:, pairs.second]
        before = _scores(quarters, quarter, scoring, pairs, job)
        after = _scores(quarters, 3 - quarter, scoring, pairs, job)
        of_rsa[rows], of_d[rows] = after[0] - before[0], after[1] - before[1]
    return of_rsa, of_d


def _quarters(
    before: NDArray[np.float32],
    after: NDArray[np.float32],
    measure: similarity.Measure,
    pairs: WordPairs,
    job: Job,
) -> NDArray[np.float64]:
    """Return the similarities of all pairs, (4, n_pairs).

    Both words before; the second after; the first after; both after.
    """
    both: list[NDArray[Any]] = [before, after]
    if measure == "cosine_z":
        both, measure = [z_scored(rows.astype(np.float64)) for rows in both], "cosine"
    (matrix,) = similarity_matrices(np.concatenate(both)[None], measure, job)
    n = pairs.n_words
    parts = [matrix[i : i + n, j : j + n] for i in (0, n) for j in (0, n)]
    return np.stack([pairs.vectors(part) for part in parts])


def _scores(
    quarters: Mapping[str, NDArray[np.float64]],
    quarter: NDArray[np.intp],
    scoring: rsa.Params,
    pairs: WordPairs,
    job: Job,
) -> Scores:
    """Return all scores of words of which each is before or after.

    Parameters
    ----------
    quarters : mapping of str to float64 array (4, n_pairs)
        By site, as from `_quarters`.
    quarter : integer array (n, n_pairs)
        Which of the four counts.
    pairs : WordPairs
        Those within categories first.
    """
    of_sites = site_pairs(tuple(quarters))
    of_rsa = np.full((len(quarter), len(of_sites), len(SUBSETS)), np.nan)
    n_pairs = len(pairs.first)
    places = quarter * n_pairs + np.arange(n_pairs)
    alike = {site: quarters[site].ravel().take(places) for site in quarters}
    n_within = int(pairs.within.sum())
    parts = slice(None), slice(n_within), slice(n_within, None)
    for column, part in enumerate(parts):
        block, units = pairs.block[part], {}
        if scoring.correlation == "kendall_tau_a" or len(block) < MIN_PAIRS:
            continue
        for site in quarters:
            job.check()
            chosen = alike[site][:, part]
            if scoring.block_corrected:
                chosen = block_corrected(chosen, block)
            units[site] = _units(chosen, scoring.correlation)
        for row, (first, second) in enumerate(of_sites):
            of_rsa[:, row, column] = np.vecdot(units[first], units[second])
    d = [cohens_d(x[:, :n_within], x[:, n_within:])[0] for x in alike.values()]
    return of_rsa, np.stack(d, axis=1)


def _units(x: NDArray[np.float64], correlation: rsa.Correlation) -> NDArray[np.float64]:
    """Return what `rsa.unit_vectors` does, Pearson's in a third of its time."""
    if correlation != "pearson":
        return unit_vectors(x, correlation)
    x = x - x.mean(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(x / np.sqrt(np.vecdot(x, x))[:, None])
