"""Which results belong together.

Scores, what chance says of them, and how far they moved come one after the other.  While other
sites or words are computed, those that are there may be of different ones; p beside a score that
it is not of would be a wrong number.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import causal, rsa, rsa_chance, separability, separability_chance
from laminoscope_core.analysis.registry import BEFORE
from laminoscope_core.plots.words import the_carrier

__all__ = ["change_of", "rsa_chance_of", "separability_chance_of"]


def rsa_chance_of(
    results: Mapping[str, Any], carrier: int | None = None
) -> rsa_chance.Result | None:
    """Return what chance says of the RSA scores; None if that is not known, or of other scores.

    Parameters
    ----------
    results : mapping of str to object
        By analysis.
    carrier : int or None
        Of the scores in one of several carrier sentences; None for those of the mean.
    """
    scores: rsa.Result | None = results.get("rsa")
    chance: rsa_chance.Result | None = results.get("rsa-chance")
    if scores is None or chance is None:
        return None
    scores, chance = the_carrier(scores, carrier), the_carrier(chance, carrier)
    own = chance.scores
    fits = own.site_pairs == scores.site_pairs and own.params == scores.params
    return chance if fits and _equal(own.r, scores.r) else None


def separability_chance_of(
    results: Mapping[str, Any], carrier: int | None = None
) -> separability_chance.Result | None:
    """Return what chance says of the separability, as `rsa_chance_of` does of RSA scores."""
    scores: separability.Result | None = results.get("separability")
    chance: separability_chance.Result | None = results.get("separability-chance")
    if scores is None or chance is None:
        return None
    scores, chance = the_carrier(scores, carrier), the_carrier(chance, carrier)
    fits = chance.sites == scores.sites and _equal(chance.observed.cohens_d, scores.cohens_d)
    return chance if fits else None


def change_of(results: Mapping[str, Any]) -> causal.Result | None:
    """Return how the scores of the altered model moved; None if that is of other scores."""
    moved: causal.Result | None = results.get("causal")
    named = ("rsa", "separability", BEFORE + "rsa", BEFORE + "separability")
    if moved is None or any(results.get(name) is None for name in named):
        return None
    of_rsa, of_d, rsa_before, d_before = (results[name] for name in named)
    labels = (of_rsa.carrier, of_rsa.site_pairs, of_d.sites)
    fits = (
        labels == (moved.carrier, moved.site_pairs, moved.sites)
        and _equal(moved.rsa.before, rsa_before.r)
        and _equal(moved.rsa.after, of_rsa.r)
        and _equal(moved.separability.before, d_before.cohens_d)
        and _equal(moved.separability.after, of_d.cohens_d)
    )
    return moved if fits else None


def _equal(a: NDArray[np.float64], b: NDArray[np.float64]) -> bool:
    return a is b or np.array_equal(a, b, equal_nan=True)
