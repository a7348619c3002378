"""What a sweep found of all its models, as far as it is shown: curves over depth, and agreement."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["MeanCurve", "Swept", "median_over_depth", "relative_depth"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class MeanCurve:
    """The mean score of a model with all others, along its layers; see `references`.

    Attributes
    ----------
    r, low, high, ceiling_low, ceiling_high : float64 arrays (n_layers,)
        The mean, its 95 % interval over models and words, and the noise ceiling of the others.
    n_models : int
        How many others there are.
    reasons : tuple of str (n_layers,)
        Why there is no mean, or no interval; empty where there are both.
    """

    r: Floats
    low: Floats
    high: Floats
    ceiling_low: Floats
    ceiling_high: Floats
    n_models: int
    reasons: tuple[str, ...]

    @property
    def numbers(self) -> tuple[Floats, ...]:
        """All that is drawn of it."""
        return self.r, self.low, self.high, self.ceiling_low, self.ceiling_high


@dataclass(frozen=True, eq=False)
class Swept:
    """Scores of the models of a sweep.

    Attributes
    ----------
    models : tuple of str
        Whose cells are there, in the order of the sweep file.
    words : mapping of str to int
        How many words each list has.
    carriers : tuple of str
        The sentences, and their mean if there are several.
    curves : mapping of (list, carrier, pair of sites, subset) to tuple of float64 arrays
        Of each model the RSA scores (n_layers,) of two of its sites.
    agreement : mapping of (list, carrier, site) to float64 array (n_models, n_models)
        RSA scores of models with models, the mean over layers of the same relative depth.
    means : mapping of (list, carrier, site) to mapping of int to MeanCurve
        By the place of a model in `models`.
    note : str
        What `agreement` lacks, in words; may be empty.
    """

    models: tuple[str, ...]
    words: Mapping[str, int]
    carriers: tuple[str, ...]
    curves: Mapping[tuple[str, str, str, str], tuple[Floats, ...]]
    agreement: Mapping[tuple[str, str, str], Floats]
    means: Mapping[tuple[str, str, str], Mapping[int, MeanCurve]]
    note: str = ""


def relative_depth(n_layers: int) -> Floats:
    """Return ℓ/(L−1) of all layers.

    Examples
    --------
    >>> relative_depth(3).tolist(), relative_depth(1).tolist()
    ([0.0, 0.5, 1.0], [0.0])
    """
    return np.arange(n_layers) / max(n_layers - 1, 1)


def median_over_depth(curves: tuple[Floats, ...]) -> tuple[Floats, Floats]:
    """Return depths, those of the deepest model, and the median of all models there.

    Between its layers a model is taken to go straight; a model with an undefined layer is left
    out.

    Examples
    --------
    >>> x, y = median_over_depth((np.array([0.0, 1.0]), np.array([0.0, 0.0, 0.0])))
    >>> x.tolist(), y.tolist()
    ([0.0, 0.5, 1.0], [0.0, 0.25, 0.5])
    """
    depth = relative_depth(max(map(len, curves), default=1))
    known = [curve for curve in curves if len(curve) and np.isfinite(curve).all()]
    if not known:
        return depth, np.full(len(depth), np.nan)
    at = [np.interp(depth, relative_depth(len(curve)), curve) for curve in known]
    return depth, np.median(at, axis=0)
