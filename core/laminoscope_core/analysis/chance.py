"""From the scores of relabelled and resampled words to p, q, bands, and why there are none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.resampling import band, p_values, too_few_relabellings
from laminoscope_core.analysis.statistics import benjamini_hochberg

__all__ = [
    "Tested",
    "both_reasons",
    "chance_columns",
    "chance_of",
    "in_carriers",
    "q_over_all",
    "stacked",
    "untested",
]


ScoresT = TypeVar("ScoresT", bound=Any)
TestedT = TypeVar("TestedT", bound=Any)


@dataclass(frozen=True, eq=False)
class Tested:
    """What chance says of scores, in arrays of their shape, layers first.

    Attributes
    ----------
    p, q : float64 arrays
        Permutation p; the same adjusted over the layers of a curve.
    low, high : float64 arrays
        Limits of the bootstrap band.
    n_resamples : integer array
        Resamples that gave a score: with few words some hold too few different ones.
    reasons, band_reasons : str arrays
        Why there is no p, and why there is no band; empty where there is one.
    """

    p: NDArray[np.float64]
    q: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n_resamples: NDArray[np.intp]
    reasons: NDArray[np.str_]
    band_reasons: NDArray[np.str_]

    @property
    def q_all(self) -> NDArray[np.float64]:
        """p adjusted over the layers of all curves."""
        return q_over_all(self.p)


def chance_of(
    observed: NDArray[np.float64],
    reasons: NDArray[np.str_],
    relabelled: NDArray[np.float64],
    resampled: NDArray[np.float64],
    n_possible: Sequence[int],
    no_band: Sequence[str],
    confidence: float,
    *,
    complete: bool,
) -> dict[str, NDArray[Any]]:
    """Return what chance says of scores.

    Parameters
    ----------
    observed : float64 array (n_layers, …, n_kinds)
        The scores.
    reasons : str array of the same shape
        Why a score is undefined; empty where it is defined.
    relabelled, resampled : float64 arrays (n, n_layers, …, n_kinds)
        Scores of relabelled and of resampled words; NaN where there are none, or none yet.
    n_possible : sequence of int
        For each kind, how many different relabellings there are.
    no_band : sequence of str
        For each kind, why it has no band, or nothing.
    confidence : float
        Part of the resamples that a band holds.
    complete : bool
        Whether nothing is still to come.

    Returns
    -------
    dict
        The fields of `Tested`.
    """
    few = [
        too_few_relabellings(n, relabelled[..., kind], complete=complete)
        for kind, n in enumerate(n_possible)
    ]
    why = np.where(reasons != "", reasons, np.stack(few, axis=-1))
    p = np.where(why == "", p_values(relabelled, observed), np.nan)
    n_resamples = np.where(np.isnan(observed), 0, np.isfinite(resampled).sum(axis=0))
    low, high = band(np.where(np.isnan(observed), np.nan, resampled), confidence)
    why_no_band = np.where(reasons != "", reasons, np.broadcast_to(no_band, observed.shape))
    if complete:
        unknown = "no resample of the words gives a score"
        why_no_band = np.where(np.isnan(low) & (why_no_band == ""), unknown, why_no_band)
    return {
        "p": p,
        "q": benjamini_hochberg(p),
        "low": low,
        "high": high,
        "n_resamples": n_resamples,
        "reasons": why,
        "band_reasons": why_no_band,
    }


def untested(reasons: NDArray[np.str_]) -> Tested:
    """Return that nothing is known of chance, with why a score is undefined where it is."""
    unknown = np.full(reasons.shape, np.nan)
    why = np.where(reasons != "", reasons, "chance has not been computed")
    none = np.zeros(reasons.shape, dtype=np.intp)
    return Tested(unknown, unknown, unknown, unknown, none, why, why)


def q_over_all(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return p adjusted for all tests of an array, of whatever curve they are."""
    return benjamini_hochberg(p.ravel()).reshape(p.shape)


def chance_columns(result: Tested, n_permutations: int) -> dict[str, NDArray[Any]]:
    """Return the columns of a table that has a line for every value of a result's ``p``."""
    names = ("p", "q", "q_all", "low", "high")
    return {
        **{name: getattr(result, name).ravel() for name in names},
        "n_permutations": np.full(result.p.size, n_permutations),
        "n_resamples": result.n_resamples.ravel(),
        "reason": both_reasons(result.reasons, result.band_reasons).ravel(),
    }


def in_carriers(
    scores: ScoresT,
    relabelled: NDArray[np.float64],
    resampled: NDArray[np.float64],
    tested: "Callable[[ScoresT, NDArray[np.float64], NDArray[np.float64]], TestedT]",
) -> TestedT:
    """Return what chance says of scores; of a mean over carrier sentences with that of each.

    Parameters
    ----------
    scores : dataclass
        With ``by_carrier``: the scores in each of several sentences.
    relabelled, resampled : float64 arrays (n, n_carriers, …)
        The words of all sentences were relabelled, and resampled, together.
    tested : callable
        Of scores and of what relabelling and resampling gave for them.
    """
    each = tuple(
        tested(one, relabelled[:, at], resampled[:, at])
        for at, one in enumerate(scores.by_carrier or (scores,))
    )
    if len(each) == 1:
        return each[0]
    of_mean = tested(scores, relabelled.mean(axis=1), resampled.mean(axis=1))
    return replace(of_mean, by_carrier=each)


def stacked(parts: Sequence[Mapping[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    """Return the columns of several tables below each other; all have the same.

    Examples
    --------
    >>> stacked([{"layer": np.array([0])}, {"layer": np.array([5, 6])}])["layer"].tolist()
    [0, 5, 6]
    """
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def both_reasons(p: NDArray[np.str_], band: NDArray[np.str_]) -> NDArray[np.str_]:
    """Return one text for both, each reason once.

    Examples
    --------
    >>> both_reasons(np.array(["", "a", "a"]), np.array(["b", "a", "b"])).tolist()
    ['b', 'a', 'a; b']
    """
    joined = np.char.add(np.char.add(p, "; "), band)
    return np.where((p == "") | (p == band), band, np.where(band == "", p, joined))
