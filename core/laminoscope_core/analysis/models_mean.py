"""The mean score of one model with several others, layers matched by relative depth.

A step of `rsa_models`, which says what is compared.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.noise_ceiling import noise_ceiling
from laminoscope_core.analysis.resampling import MIN_BAND_WORDS
from laminoscope_core.analysis.rsa import Correlation
from laminoscope_core.analysis.two_factor import two_factor_interval
from laminoscope_core.analysis.word_pairs import WordPairs
from laminoscope_core.analysis.word_variance import influences
from laminoscope_core.job import Job

__all__ = [
    "FEWEST_MODELS",
    "SiteMean",
    "at_same_depth",
    "mean_of_means",
    "nearest_layers",
    "site_mean",
]

FEWEST_MODELS = 2
"""Other models, of which there is a mean with an interval."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SiteMean:
    """The mean score of the experiment's model with the others at one site.

    Attributes
    ----------
    r : float64 array (n_layers,)
        Of the model's layers with the others' at the same relative depth.
    low, high : float64 array (n_layers,)
        95 % interval over models and words (`two_factor`); NaN where there is none.
    ceiling_low, ceiling_high : float64 array (n_layers,)
        `noise_ceiling` of the other models.
    """

    r: Floats
    low: Floats
    high: Floats
    ceiling_low: Floats
    ceiling_high: Floats


def nearest_layers(n_layers: int, n_other: int) -> tuple[int, ...]:
    """Return, for each layer of a model, the layer of another at the nearest relative depth.

    Examples
    --------
    >>> nearest_layers(5, 3), nearest_layers(3, 5), nearest_layers(1, 4)
    ((0, 0, 1, 2, 2), (0, 2, 4), (0,))
    """
    depth = np.arange(n_layers) / max(n_layers - 1, 1)
    return tuple(np.rint(depth * (n_other - 1)).astype(int).tolist())


def at_same_depth(r: NDArray[np.generic]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where scores (n_layers, n_other_layers) of the same relative depth are.

    Examples
    --------
    >>> np.arange(6).reshape(3, 2)[at_same_depth(np.ones((3, 2)))].tolist()
    [0, 2, 5]
    """
    return np.arange(r.shape[0]), np.array(nearest_layers(*r.shape), dtype=np.intp)


def site_mean(
    each: Floats,
    at_depth: Callable[[int], Floats],
    pairs: WordPairs,
    correlation: Correlation,
    job: Job,
) -> SiteMean:
    """Return the mean over other models, its interval and their noise ceiling.

    Parameters
    ----------
    each : float64 array (n_other_models, n_layers)
        Scores.
    at_depth : callable
        Gives of a layer the pair similarities (n_models, n_pairs) of the experiment's model and
        of the others' layers at the same depth.
    pairs : WordPairs
    correlation : str
    job : Job
    """
    ceiling = np.full((2, each.shape[1]), np.nan)
    for layer in np.flatnonzero(~np.isnan(each).any(axis=0)).tolist():
        job.check()
        of_others = noise_ceiling(at_depth(layer)[1:, None], correlation)
        ceiling[:, layer] = [end[0] for end in of_others]
    low, high = _interval(each, lambda layer: at_depth(layer)[None], pairs, correlation, job)
    return SiteMean(each.mean(axis=0), low, high, *ceiling)


def mean_of_means(
    several: Sequence[SiteMean],
    each: Floats,
    at_depth: Callable[[int], Floats],
    pairs: WordPairs,
    correlation: Correlation,
    job: Job,
) -> SiteMean:
    """Return the mean over carrier sentences, with the interval of that mean.

    Parameters
    ----------
    several : sequence of SiteMean
        Of each sentence.
    each : float64 array (n_other_models, n_layers)
        Means of scores over the sentences.
    at_depth : callable
        Gives of a layer the pair similarities (n_carriers, n_models, n_pairs).
    pairs : WordPairs
    correlation : str
    job : Job
    """
    low, high = _interval(each, at_depth, pairs, correlation, job)
    ceiling = (
        np.mean([getattr(one, name) for one in several], axis=0)
        for name in ("ceiling_low", "ceiling_high")
    )
    return SiteMean(each.mean(axis=0), low, high, *ceiling)


def _interval(
    each: Floats,
    at_depth: Callable[[int], Floats],
    pairs: WordPairs,
    correlation: Correlation,
    job: Job,
) -> tuple[Floats, Floats]:
    """Return the interval (n_layers,) of the mean score; NaN with too few words."""
    limits = np.full((2, each.shape[1]), np.nan)
    if pairs.n_words >= MIN_BAND_WORDS:
        for layer in np.flatnonzero(~np.isnan(each).any(axis=0)).tolist():
            job.check()
            vectors = at_depth(layer)
            influence = np.mean(
                [influences(x[0], x[1:], on_ranks=correlation == "spearman") for x in vectors],
                axis=0,
            )
            limits[:, layer] = two_factor_interval(each[:, layer], influence, pairs)
    return limits[0], limits[1]
