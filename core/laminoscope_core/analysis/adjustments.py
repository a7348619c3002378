"""Token adjustments: how strongly each layer acts on each token of a text.

What a block's attention adds to a token is a vector; its Euclidean length says how much the token
is adjusted there.  Lengths are compared as natural logarithms: they spread over orders of
magnitude, and their distribution over tokens is then nearly symmetric.  The first token is an
outlier in most models (attention that has nowhere to go rests on it, an "attention sink"), so the
leading tokens are left out of distributions and regressions; maps show them.

How near to normal the log-norms of a layer are is told by their skew and excess kurtosis (both 0
for a normal distribution) and by a Q–Q plot against normal scores (Blom 1958).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.inputs import Inputs, TextActivations
from laminoscope_core.errors import AnalysisError
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = [
    "FEWEST",
    "UNPREDICTED",
    "Params",
    "Result",
    "alike",
    "moment_reasons",
    "moments",
    "norm_reasons",
    "run",
    "tables",
]

FEWEST = 4
"""Tokens that have a skew and a kurtosis."""
_MOST_BINS = 200
_ROUNDING = 1e-5
UNPREDICTED = "nothing stands before the first token to predict it"
"""Why the first token has no surprisal."""


@dataclass(frozen=True)
class Params:
    """Which lengths, and of which tokens.

    Attributes
    ----------
    site : str
        One of `laminoscope_core.run.text.TEXT_SITES`.
    drop : int
        Leading tokens left out of distributions and regressions.
    """

    site: str = "attn_out"
    drop: int = 1


@dataclass(frozen=True, eq=False)
class Result:
    """Norms with their labels.

    Attributes
    ----------
    params : Params
        What was asked for.
    model : str
        Title of the model.
    sites : tuple of str
        The sites that could have been asked for.
    layers : tuple of int
        Labels of the first axis.
    token_ids : tuple of int
    tokens, shown : tuple of str
        Labels of the second axis: text, and with the bytes of parts of a character by name.
    special : tuple of bool
        Which tokens are signs to the model.
    norms, log_norms : float64 arrays (n_layers, n_tokens)
        NaN where undefined.
    surprisal, entropy : float64 arrays (n_tokens,)
        See `laminoscope_core.analysis.inputs.TextActivations`.
    n : int
        Tokens in the distributions.
    skew, kurtosis : float64 arrays (n_layers,)
        Of the log-norms; the kurtosis is in excess of the normal distribution's 3.
    histograms : tuple of (edges, density)
        By layer, over Freedman–Diaconis bins; both empty where undefined.
    normal_scores : float64 array (n,)
        Expected order statistics of a standard normal sample, ascending.
    reasons : tuple of str
        By layer: why norms are undefined, empty where they are not.
    """

    params: Params
    model: str
    sites: tuple[str, ...]
    layers: tuple[int, ...]
    token_ids: tuple[int, ...]
    tokens: tuple[str, ...]
    shown: tuple[str, ...]
    special: tuple[bool, ...]
    norms: NDArray[np.float64]
    log_norms: NDArray[np.float64]
    surprisal: NDArray[np.float64]
    entropy: NDArray[np.float64]
    n: int
    skew: NDArray[np.float64]
    kurtosis: NDArray[np.float64]
    histograms: tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]
    normal_scores: NDArray[np.float64]
    reasons: tuple[str, ...]

    @property
    def kept(self) -> NDArray[np.float64]:
        """The log-norms (n_layers, n) of the tokens in the distributions."""
        return self.log_norms[:, self.params.drop :]


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Take the logarithms of one site's norms and describe their distributions.

    Raises
    ------
    AnalysisError
        The run has no text, there is no such site, or fewer than no tokens are to be dropped.
    """
    text = inputs.text
    if text is None:
        raise AnalysisError(
            "This analysis needs a running text.", "Add a [text] section to the experiment."
        )
    if params.drop < 0:
        raise AnalysisError(
            f"{params.drop} leading tokens cannot be left out.", "Leave out 0 or more."
        )
    job.report(0, "measuring adjustments")
    norms = _norms(text, params.site)
    with np.errstate(divide="ignore"):
        log_norms = np.log(norms)
    log_norms[~np.isfinite(log_norms)] = np.nan
    kept = log_norms[:, params.drop :]
    skew, kurtosis = np.empty((2, len(kept)))
    histograms = []
    for layer, values in enumerate(kept):
        job.check()
        skew[layer], kurtosis[layer] = moments(values)
        histograms.append(_histogram(values))
    return Result(
        params=params,
        model=text.model.title,
        sites=tuple(text.norms),
        layers=tuple(range(len(norms))),
        token_ids=text.token_ids,
        tokens=text.tokens,
        shown=text.shown,
        special=text.special,
        norms=norms,
        log_norms=log_norms,
        surprisal=text.surprisal,
        entropy=text.entropy,
        n=kept.shape[1],
        skew=skew,
        kurtosis=kurtosis,
        histograms=tuple(histograms),
        normal_scores=_normal_scores(kept.shape[1]),
        reasons=_reasons(text, params.site, norms),
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return tables of the tokens, of the norms, and of the layers' distributions.

    ``adjustments/tokens.csv``, ``adjustments/norms.csv`` and ``adjustments/layers.csv``.

    ``token`` is the text of which a token holds a part, ``shown`` that part alone: tokens that are
    bytes of one letter have the letter in ``token``, each, and their bytes in ``shown``.
    """
    layer, token = (axis.ravel() for axis in np.indices(result.norms.shape))
    tokens: dict[str, Sequence[Any] | NDArray[Any]] = {
        "token_index": range(len(result.tokens)),
        "token_id": result.token_ids,
        "token": result.tokens,
        "shown": result.shown,
        "surprisal": result.surprisal,
        "entropy": result.entropy,
        "reason": np.where(np.isnan(result.surprisal), UNPREDICTED, ""),
    }
    norms: dict[str, Sequence[Any] | NDArray[Any]] = {
        "layer": np.array(result.layers)[layer],
        "token_index": token,
        "token_id": np.array(result.token_ids)[token],
        "token": [result.tokens[index] for index in token],
        "shown": [result.shown[index] for index in token],
        "norm": result.norms.ravel(),
        "log_norm": result.log_norms.ravel(),
        "reason": norm_reasons(result).ravel(),
    }
    layers: dict[str, Sequence[Any] | NDArray[Any]] = {
        "layer": result.layers,
        "n": np.full(len(result.layers), result.n),
        "dropped": np.full(len(result.layers), min(result.params.drop, len(result.tokens))),
        "skew": result.skew,
        "kurtosis": result.kurtosis,
        "reason": moment_reasons(result),
    }
    return {
        "adjustments/tokens.csv": Table(tokens),
        "adjustments/norms.csv": Table(norms),
        "adjustments/layers.csv": Table(layers),
    }


def norm_reasons(result: Result) -> NDArray[np.str_]:
    """Return why the logarithm of each norm is undefined (n_layers, n_tokens)."""
    site, norms = result.params.site, result.norms
    of_layer = np.array(result.reasons, dtype=np.str_)[:, None]
    nowhere = np.asarray(np.isnan(norms).all(axis=1))[:, None]
    reasons = np.where(nowhere, of_layer, f"{site} is not finite")
    reasons = np.where(norms == 0, f"{site} is zero and has no logarithm", reasons)
    return np.where(np.isfinite(result.log_norms), "", reasons)


def moment_reasons(result: Result) -> list[str]:
    """Return why skew and kurtosis of each layer are undefined."""
    if result.n == 0:
        otherwise = "no tokens are left"
    elif result.n < FEWEST:
        otherwise = f"a shape needs at least {FEWEST} tokens"
    else:
        otherwise = "all norms are equal"
    return [
        "" if np.isfinite(skew) else reason or otherwise
        for skew, reason in zip(result.skew, result.reasons, strict=True)
    ]


def alike(x: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return whether logarithms (…, n) differ along the last axis by no more than rounding.

    Lengths of vectors that are equal come out of sums in float32 with differences of some 1e-6,
    whatever the lengths are; of their logarithms that is the difference itself.
    """
    return np.asarray(np.ptp(x, axis=-1) <= _ROUNDING)


def moments(x: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return skew and excess kurtosis (…,) along the last axis; NaN where all are alike.

    The moments are those of the sample itself (divided by n, not n − 1).  Of two values the skew is
    0 and of three the kurtosis −1.5, whatever they are: such samples have none.

    Examples
    --------
    >>> skew, kurtosis = moments(np.array([1.0, 2, 3, 4, 5]))
    >>> round(float(skew), 6), round(float(kurtosis), 6)
    (0.0, -1.3)
    """
    if x.shape[-1] < FEWEST:
        undefined = np.full(x.shape[:-1], np.nan)
        return undefined, undefined
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = np.where(alike(x), np.nan, (centred**2).mean(axis=-1))
    skew = (centred**3).mean(axis=-1) / variance**1.5
    return skew, (centred**4).mean(axis=-1) / variance**2 - 3


def _norms(text: TextActivations, site: str) -> NDArray[np.float64]:
    if site in text.norms:
        return text.norms[site]
    if site not in text.missing:
        known = ", ".join((*text.norms, *text.missing))
        raise AnalysisError(f"The norms of {site!r} were not captured.", f"There are {known}.")
    return np.full_like(next(iter(text.norms.values())), np.nan)


def _reasons(text: TextActivations, site: str, norms: NDArray[np.float64]) -> tuple[str, ...]:
    if site in text.missing:
        return (f"{site} cannot be captured: {text.missing[site]}",) * len(norms)
    reasons = []
    for values in norms:
        if np.isnan(values).all():
            reason = f"this layer has no {site}"
        elif not np.isfinite(values).all():
            reason = f"{site} holds values that are not finite, first at token "
            reason += str(np.argmin(np.isfinite(values)))
        elif not values.all():
            reason = f"{site} of token {np.argmin(values)} is zero and has no logarithm"
        else:
            reason = ""
        reasons.append(reason)
    return tuple(reasons)


def _histogram(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    values = values[np.isfinite(values)]
    if not values.size:
        return np.empty(0), np.empty(0)
    low, high = values.min(), values.max()
    edges = np.histogram_bin_edges(values, "fd")
    # one far outlier among many alike asks for more bins than anybody can see
    if len(edges) > _MOST_BINS:
        edges = np.linspace(low, high, _MOST_BINS)
    counts, edges = np.histogram(values, edges)
    return edges, counts / (values.size * np.diff(edges))


def _normal_scores(n: int) -> NDArray[np.float64]:
    from scipy.special import ndtri

    return np.asarray(ndtri((np.arange(1, n + 1) - 0.375) / (n + 0.25)), dtype=np.float64)
