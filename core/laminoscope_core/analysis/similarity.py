"""How alike a model's vectors for two words are, at every site and layer.

Each word leaves one vector per site and layer: its row of the query projection, say, flattened
over heads (or one head's part of it), or of the residual stream.  Comparing every word with every
other gives a words × words matrix, a fingerprint of the geometry at that place which no longer
depends on how wide the vectors are or along which axes they lie.  Everything later compares
fingerprints.

Five measures:

- ``cosine``: the angle between two vectors, whatever their lengths;
- ``pearson``: the same after subtracting each vector's own mean over dimensions;
- ``spearman``: Pearson of the ranks of the dimensions, so no single dimension can dominate;
- ``negative_euclidean``: minus the distance; lengths count;
- ``cosine_z``: cosine after every dimension was z-scored over the words.  Transformers have a
  few "rogue" dimensions with huge values.  One that all sites share makes their raw cosine
  matrices agree however little the other dimensions do; after z-scoring it counts as one of many.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.inputs import Inputs, WordActivations, not_finite
from laminoscope_core.analysis.statistics import (
    blocks,
    is_constant,
    ranks,
    squared_distances,
)
from laminoscope_core.aside import import_aside
from laminoscope_core.errors import AnalysisError
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table
from laminoscope_core.theme import site_label

__all__ = [
    "MEASURES",
    "Measure",
    "Params",
    "Result",
    "compared",
    "head_rows",
    "no_direction",
    "run",
    "similarity_matrices",
    "tables",
    "z_scored",
]

Measure = Literal["cosine", "pearson", "spearman", "negative_euclidean", "cosine_z"]


@dataclass(frozen=True)
class Params:
    """How words are compared.

    Attributes
    ----------
    measure : str
        One of `MEASURES`.
    head : int or None
        A query head, or None for all heads together.  With grouped-query attention K and V are
        those of the key/value head that this query head reads.  What has no heads is whole.
    """

    measure: Measure = "cosine"
    head: int | None = None


@dataclass(frozen=True, eq=False)
class Result:
    """Similarity matrices of one carrier sentence with their labels.

    Attributes
    ----------
    params : Params
        What was asked for.
    carrier : str
        The sentence.
    layers : tuple of int
        Labels of the first axis.
    words, categories : tuple of str
        Labels of both word axes.
    sites : tuple of str
        Keys of `matrices`.
    matrices : mapping of str to float32 array (n_layers, n_words, n_words)
        Symmetric; NaN where undefined.
    reasons : mapping of str to tuple of str
        By site, for each layer: why there are NaN, empty where there are none.
    others : tuple of Result
        The same in the other carrier sentences, if there are several; those have none.
    """

    params: Params
    carrier: str
    layers: tuple[int, ...]
    words: tuple[str, ...]
    categories: tuple[str, ...]
    sites: tuple[str, ...]
    matrices: Mapping[str, NDArray[np.float32]]
    reasons: Mapping[str, tuple[str, ...]]
    others: "tuple[Result, ...]" = ()

    @property
    def of_carriers(self) -> "tuple[Result, ...]":
        """Those of every carrier sentence, this one first."""
        return (self, *self.others)


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Compare all words at every site and layer, in every carrier sentence."""
    several = inputs.word_activations().of_carriers
    first, *others = (
        compared(activations, params, part)
        for activations, part in zip(several, job.parts(len(several)), strict=True)
    )
    return replace(first, others=tuple(others))


def compared(activations: WordActivations, params: Params, job: Job) -> Result:
    """Compare all words of one carrier sentence at every site and layer."""
    matrices: dict[str, NDArray[np.float32]] = {}
    reasons: dict[str, tuple[str, ...]] = {}
    for number, site in enumerate(activations.sites):
        job.report(number / len(activations.sites), f"comparing words at {site_label(site)}")
        rows = activations.target[site]
        if params.head is not None and rows.ndim == 4:
            rows = head_rows(rows, params.head, activations.target["q"].shape[2])
        rows = rows.reshape(*rows.shape[:2], -1)
        matrices[site] = similarity_matrices(rows, params.measure, job)
        reasons[site] = _reasons(rows, matrices[site], site, activations.words)
    return Result(
        params=params,
        carrier=activations.carrier,
        layers=tuple(range(activations.model.n_layers)),
        words=activations.words,
        categories=activations.categories,
        sites=activations.sites,
        matrices=matrices,
        reasons=reasons,
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/similarity.npz``: float32 by site, the labels, and by layer why there is NaN.

    With several carrier sentences these are the first axis.
    """
    several = result.of_carriers
    arrays: dict[str, NDArray[Any]] = {}
    for site in result.sites:
        matrices = [each.matrices[site] for each in several]
        reasons = [np.array(each.reasons[site], dtype=np.str_) for each in several]
        arrays[site] = np.stack(matrices) if result.others else matrices[0]
        arrays[f"{site}_reason"] = np.stack(reasons) if result.others else reasons[0]
    arrays["words"], arrays["categories"] = np.array(result.words), np.array(result.categories)
    arrays["carriers"] = np.array([each.carrier for each in several])
    return {"rsa/similarity.npz": Arrays(arrays)}


def head_rows(rows: NDArray[np.float32], head: int, n_heads: int) -> NDArray[np.float32]:
    """Return the part (n_layers, n_words, d_head) of the head that query head ``head`` uses.

    Parameters
    ----------
    rows : float32 array (n_layers, n_words, heads, d_head)
        Query rows, or key/value rows with as many heads or fewer.
    head, n_heads : int
        The query head and the number of query heads.

    Raises
    ------
    AnalysisError
        There is no such head.
    """
    if not 0 <= head < n_heads:
        raise AnalysisError(f"There is no head {head}.", f"Heads run from 0 to {n_heads - 1}.")
    return rows[:, :, head * rows.shape[2] // n_heads]


def similarity_matrices(
    rows: NDArray[np.floating], measure: Measure = "cosine", job: Job | None = None
) -> NDArray[np.float32]:
    """Compare the rows of every layer.

    Parameters
    ----------
    rows : array (n_layers, n_words, width)
        One vector per word.
    measure : str
        One of `MEASURES`.
    job : Job, optional
        Checked at every few layers.

    Returns
    -------
    float32 array (n_layers, n_words, n_words)
        Computed in float64.  NaN in row and column of a word whose vector is not finite, and
        of one that has no direction (all zeros for cosine, constant for pearson and spearman).

    Examples
    --------
    >>> similarity_matrices(np.array([[[1.0, 0], [1, 1], [0, 2]]])).round(3)
    array([[[1.   , 0.707, 0.   ],
            [0.707, 1.   , 0.707],
            [0.   , 0.707, 1.   ]]], dtype=float32)
    """
    n_layers, n_words, width = rows.shape
    matrices = np.empty((n_layers, n_words, n_words), dtype=np.float32)
    job = job or Job()
    if measure == "spearman":
        import_aside(job, "scipy.stats")
    for block in blocks(n_layers, n_words * max(width, n_words)):
        job.check()
        finite = np.isfinite(rows[block]).all(axis=-1)
        x = np.where(finite[..., None], rows[block], 0).astype(np.float64)
        matrices[block] = np.where(
            finite[..., :, None] & finite[..., None, :], MEASURES[measure](x), np.nan
        )
    return matrices


def _cosine(x: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.linalg.norm(x, axis=-1, keepdims=True)
    x = x / np.where(length > 0, length, np.nan)
    return np.clip(x @ x.swapaxes(-1, -2), -1, 1)


def _pearson(x: NDArray[np.float64]) -> NDArray[np.float64]:
    constant = np.expand_dims(is_constant(x), -1)
    return _cosine(np.where(constant, 0, x - x.mean(axis=-1, keepdims=True)))


def _spearman(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return _pearson(ranks(x))


def _negative_euclidean(x: NDArray[np.float64]) -> NDArray[np.float64]:
    distances = np.sqrt(squared_distances(x))
    return np.where(np.eye(x.shape[-2], dtype=np.bool_), 0, -distances)


def z_scored(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return rows (…, n_words, width) whose dimensions were z-scored over the words.

    A dimension that is the same for all words becomes 0.
    """
    constant = np.expand_dims(is_constant(x.swapaxes(-1, -2)), -2)
    spread = np.where(constant, 1, x.std(axis=-2, keepdims=True))
    return np.where(constant, 0, x - x.mean(axis=-2, keepdims=True)) / spread


def _cosine_z(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return _cosine(z_scored(x))


MEASURES: Mapping[Measure, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "cosine": _cosine,
    "pearson": _pearson,
    "spearman": _spearman,
    "negative_euclidean": _negative_euclidean,
    "cosine_z": _cosine_z,
}


def _reasons(
    rows: NDArray[np.float32], matrices: NDArray[np.float32], site: str, words: tuple[str, ...]
) -> tuple[str, ...]:
    named = zip(not_finite(rows, site), no_direction(matrices, site, words), strict=True)
    return tuple(str(broken) or undirected for broken, undirected in named)


def no_direction(
    matrices: NDArray[np.float32], site: str, words: tuple[str, ...]
) -> tuple[str, ...]:
    """Return for each matrix (n, n_words, n_words) which word's vector has no direction, if any.

    It has NaN on its diagonal then, as it has where activations are not finite.
    """
    directionless = np.asarray(np.isnan(np.diagonal(matrices, axis1=1, axis2=2)))
    first = np.argmax(directionless, axis=1)
    return tuple(
        f"the {site_label(site)} vector of “{words[word]}” has no direction" if row[word] else ""
        for row, word in zip(directionless, first, strict=True)
    )
