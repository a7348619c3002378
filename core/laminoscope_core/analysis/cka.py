"""Centred kernel alignment: another answer to "do two sites hold the same geometry?".

CKA compares the words × words matrices of scalar products: after centring, it is the cosine of
the angle between the two matrices (Kornblith et al. 2019).  The plain estimate is badly biased
when vectors are wider than there are words: the diagonals, which say nothing about how words
relate, are large at both sites and agree.  The debiased estimate leaves the diagonal out and
centres what is left so that its expectation is zero for unrelated sites (Song et al. 2012;
Székely and Rizzo 2014).  It may therefore be slightly negative.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.carriers import mean_over_carriers
from laminoscope_core.analysis.chance import stacked
from laminoscope_core.analysis.inputs import Inputs, WordActivations, not_finite
from laminoscope_core.analysis.rsa import pair_names, site_pairs
from laminoscope_core.analysis.statistics import blocks, is_constant
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table
from laminoscope_core.theme import site_label

__all__ = ["MIN_WORDS", "Params", "Result", "debiased_cka", "run", "tables", "u_centred"]

MIN_WORDS = 4


@dataclass(frozen=True)
class Params:
    """Nothing can be set."""


@dataclass(frozen=True, eq=False)
class Result:
    """Debiased linear CKA with its labels.

    Attributes
    ----------
    layers : tuple of int
        Labels of the first axis.
    site_pairs : tuple of str
        Labels of the second axis, as ``q-k``.
    cka : float64 array (n_layers, n_site_pairs)
        1 for the same geometry, about 0 for unrelated ones; NaN where undefined.
    reasons : str array (n_layers, n_site_pairs)
        Why a value is undefined; empty where it is defined.
    n_words : int
        How many words were compared.
    carrier : str
        In which sentence; `carriers.MEAN` of a mean over several.
    by_carrier : tuple of Result
        Of a mean: CKA in each sentence, in order.
    """

    layers: tuple[int, ...]
    site_pairs: tuple[str, ...]
    cka: NDArray[np.float64]
    reasons: NDArray[np.str_]
    n_words: int
    carrier: str
    by_carrier: "tuple[Result, ...]" = ()


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001 - there are none
    """Compare the sites at the target word in every layer, in every carrier sentence."""
    several = inputs.word_activations().of_carriers
    parts = job.parts(len(several))
    found = [_compared(each, part) for each, part in zip(several, parts, strict=True)]
    return mean_over_carriers(found, ["cka"])


def _compared(activations: WordActivations, job: Job) -> Result:
    target, sites = activations.target, activations.sites
    n_layers, n_words = target["q"].shape[:2]
    centred = {}
    for number, site in enumerate(sites):
        job.report(number / len(sites), f"centring {site_label(site)}")
        centred[site] = u_centred(target[site].reshape(n_layers, n_words, -1), job)
    pairs = site_pairs(sites)
    cka = np.empty((n_layers, len(pairs)))
    reasons = np.full(cka.shape, "", dtype="U300")
    for column, (first, second) in enumerate(pairs):
        cka[:, column] = _alignment(centred[first], centred[second], job)
        reasons[:, column] = _undefined(target, (first, second), n_words)
    reasons = np.where(np.isnan(cka), reasons, "")
    return Result(
        tuple(range(n_layers)), pair_names(sites), cka, reasons, n_words, activations.carrier
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/cka.csv``: one line per layer and pair of sites.

    Several carrier sentences are followed by their mean.
    """
    parts = (*result.by_carrier, result)
    return {"rsa/cka.csv": Table(stacked([_columns(each) for each in parts]))}


def _columns(result: Result) -> dict[str, NDArray[Any]]:
    layer, pair = (axis.ravel() for axis in np.indices(result.cka.shape))
    return {
        "layer": np.array(result.layers)[layer],
        "pair": np.array(result.site_pairs)[pair],
        "carrier": np.full(layer.size, result.carrier),
        "cka": result.cka.ravel(),
        "n_words": np.full(layer.size, result.n_words),
        "n": np.full(layer.size, result.n_words),
        "reason": result.reasons.ravel(),
    }


def _undefined(
    target: Mapping[str, NDArray[np.float32]], names: tuple[str, str], n_words: int
) -> NDArray[np.str_]:
    broken = [not_finite(target[site], site) for site in names]
    reasons = np.where(broken[0] != "", broken[0], broken[1])
    if n_words < MIN_WORDS:
        otherwise = f"CKA needs at least {MIN_WORDS} words, here there are {n_words}"
    else:
        otherwise = f"{site_label(names[0])} or {site_label(names[1])} is the same for all words"
    return np.where(reasons != "", reasons, otherwise)


def debiased_cka(x: NDArray[np.floating], y: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return debiased linear CKA (…,) of rows (…, n_words, width_x) and (…, n_words, width_y).

    NaN for fewer than four words, values that are not finite, or rows that are all equal.
    """
    return _alignment(u_centred(x), u_centred(y), Job())


def u_centred(x: NDArray[np.floating], job: Job | None = None) -> NDArray[np.float64]:
    """Return the scalar products of the words, centred without their diagonal.

    Every row and column of the result sums to zero and its diagonal is zero.  The mean product
    of two such matrices over n(n−3) is the unbiased estimate of the Hilbert–Schmidt
    independence criterion.

    Parameters
    ----------
    x : array (n_layers, n_words, width)
        One vector per word.
    job : Job, optional
        Checked at every few layers.

    Returns
    -------
    float64 array (n_layers, n_words, n_words)
        NaN in layers with fewer than four words, values that are not finite, or equal rows.
    """
    n_layers, n, width = x.shape
    if n < MIN_WORDS:
        return np.full((n_layers, n, n), np.nan)
    centred = np.empty((n_layers, n, n))
    job = job or Job()
    diagonal = np.arange(n)
    for block in blocks(n_layers, n * max(width, n)):
        job.check()
        rows = x[block].astype(np.float64)
        with np.errstate(invalid="ignore"):
            same = is_constant(rows.swapaxes(-1, -2)).all(axis=-1)
            rows = rows - rows.mean(axis=-2, keepdims=True)
            products = rows @ rows.swapaxes(-1, -2)
        products[:, diagonal, diagonal] = 0
        sums = products.sum(axis=-1) / (n - 2)
        total = products.sum(axis=(-1, -2))[:, None, None] / ((n - 1) * (n - 2))
        products += total - sums[:, :, None] - sums[:, None, :]
        products[:, diagonal, diagonal] = 0
        broken = same | ~np.isfinite(products).all(axis=(-1, -2))
        centred[block] = np.where(broken[:, None, None], np.nan, products)
    return centred


def _alignment(a: NDArray[np.float64], b: NDArray[np.float64], job: Job) -> NDArray[np.float64]:
    def product(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        sums = np.empty(len(x))
        for block in blocks(len(x), x[0].size):
            job.check()
            sums[block] = (x[block] * y[block]).sum(axis=(-1, -2))
        return sums

    with np.errstate(invalid="ignore"):  # of words that are all alike it is undefined
        return np.asarray(product(a, b) / np.sqrt(product(a, a) * product(b, b)))
