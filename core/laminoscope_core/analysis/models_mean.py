"""The mean score of one model with several others, layers matched by relative depth.

A step of `rsa_models`, which says what is compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.noise_ceiling import noise_ceiling
from laminoscope_core.analysis.resampling import Resamples
from laminoscope_core.analysis.rsa import Correlation
from laminoscope_core.analysis.two_factor import two_factor_interval
from laminoscope_core.analysis.weighted import resampling_tasks
from laminoscope_core.analysis.word_pairs import WordPairs
from laminoscope_core.job import Job

__all__ = [
    "FEWEST_MODELS",
    "SiteMean",
    "at_same_depth",
    "mean_of_means",
    "nearest_layers",
    "resampled_scores",
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
    each: Floats, others: Floats, resampled: Floats, n_words: int, correlation: Correlation
) -> SiteMean:
    """Return the mean over other models, its interval and their noise ceiling.

    Parameters
    ----------
    each : float64 array (n_other_models, n_layers)
        Scores.
    others : float64 array (n_layers, n_other_models, n_pairs)
        The pair similarities that were scored.
    resampled : float64 array (n_resamples, n_other_models, n_layers)
        Of `resampled_scores`.
    n_words : int
    correlation : str
    """
    defined = np.asarray(~np.isnan(each).any(axis=0))
    ceiling = np.full((2, len(defined)), np.nan)
    if defined.any():
        ceiling[:, defined] = noise_ceiling(others[defined].swapaxes(0, 1), correlation)
    return SiteMean(each.mean(axis=0), *_interval(each, resampled, n_words), *ceiling)


def mean_of_means(
    several: Sequence[SiteMean], each: Floats, resampled: Floats, n_words: int
) -> SiteMean:
    """Return the mean over carrier sentences, with the interval of that mean.

    Parameters
    ----------
    several : sequence of SiteMean
        Of each sentence.
    each, resampled, n_words
        As of `site_mean`, themselves means over the sentences.
    """
    low, high = _interval(each, resampled, n_words)
    ceiling = (
        np.mean([getattr(one, name) for one in several], axis=0)
        for name in ("ceiling_low", "ceiling_high")
    )
    return SiteMean(each.mean(axis=0), low, high, *ceiling)


def resampled_scores(
    vectors: Floats,
    pairs: WordPairs,
    counts: NDArray[np.float32],
    correlation: Correlation,
    job: Job,
) -> Floats:
    """Return the scores (n_resamples, n_other_models, n_layers) over resampled words.

    Parameters
    ----------
    vectors : float64 array (n_layers, n_models, n_pairs)
        Of the experiment's model and of the others' layers at the same depth.
    """
    n_layers, n_models, _ = vectors.shape
    found = np.full((len(counts), n_layers, n_models - 1), np.nan)
    with_others = [(0, other) for other in range(1, n_models)]
    done = 0
    if len(counts):
        resamples = Resamples(np.ascontiguousarray(counts.T), pairs)
        for task in resampling_tasks(
            vectors, with_others, resamples, correlation, False, found, job
        ):
            done += task()
            job.report(done / found.size, "resampling words")
    return found.swapaxes(1, 2)


def _interval(each: Floats, resampled: Floats, n_words: int) -> tuple[Floats, Floats]:
    low, high = np.full((2, each.shape[1]), np.nan)
    known = np.isfinite(resampled).all(axis=1).any(axis=0) & ~np.isnan(each).any(axis=0)
    if known.any():
        chosen = each[:, known], resampled[..., known]
        low[known], high[known] = two_factor_interval(*chosen, n_words)
    return low, high
