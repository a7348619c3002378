"""Words in the order of a dendrogram, so that a map of their similarities shows clusters as blocks.

The two clusters that are least unlike are joined, again and again until all words are one cluster;
clusters are as unlike as their words are on average (average linkage, Sokal and Michener 1958).
Each join may be drawn either way round.  Up to `MOST_ORDERED` words it is drawn so that neighbours
in the order are as alike as they can be, all in all (Bar-Joseph, Gifford and Jaakkola 2001); more
would take too long, and keep the order in which they were joined.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import similarity
from laminoscope_core.analysis.chance import stacked
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.rsa_map import dissimilarities
from laminoscope_core.aside import aside, import_aside
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = ["MOST_ORDERED", "Params", "Result", "run", "tables"]

MOST_ORDERED = 300
"""Words up to which neighbours are as alike as they can be."""
_SOON = 100
"""Words that are ordered in some 10 ms."""


@dataclass(frozen=True)
class Params:
    """Nothing to choose."""


@dataclass(frozen=True, eq=False)
class Result:
    """Orders of the words of one carrier sentence, with their labels.

    Attributes
    ----------
    params : Params
        What was asked for.
    carrier : str
        The sentence.
    layers : tuple of int
        Labels of the first axis.
    words : tuple of str
        What is ordered.
    sites : tuple of str
        Keys of the mappings.
    order : mapping of str to integer array (n_layers, n_words)
        Indices of the words from the first leaf to the last; as they are listed where undefined.
    reasons : mapping of str to tuple of str
        By site, for each layer: why there is no dendrogram; empty where there is one.
    others : tuple of Result
        The same in the other carrier sentences, if there are several; those have none.
    """

    params: Params
    carrier: str
    layers: tuple[int, ...]
    words: tuple[str, ...]
    sites: tuple[str, ...]
    order: Mapping[str, NDArray[np.intp]]
    reasons: Mapping[str, tuple[str, ...]]
    others: "tuple[Result, ...]" = ()

    @property
    def of_carriers(self) -> "tuple[Result, ...]":
        """Those of every carrier sentence, this one first."""
        return (self, *self.others)


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Order the words at every site and layer, in every carrier sentence."""
    several = inputs.result("similarity", similarity.Result).of_carriers
    import_aside(job, "scipy.cluster.hierarchy", "scipy.spatial.distance")
    first, *others = (
        _ordered(each, params, part)
        for each, part in zip(several, job.parts(len(several)), strict=True)
    )
    return replace(first, others=tuple(others))


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/dendrogram.csv``: a line per carrier sentence, site, layer and word."""
    columns = stacked([_lines(each) for each in result.of_carriers])
    return {"rsa/dendrogram.csv": Table(columns)}


def leaves(unlike: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the order of words whose dissimilarities (n_words, n_words) are given.

    Examples
    --------
    >>> places = np.array([0.0, 5, 1, 6])
    >>> leaves(np.abs(places[:, None] - places)).tolist()
    [0, 2, 1, 3]
    """
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    n = len(unlike)
    joins = linkage(squareform(unlike, checks=False), "average", optimal_ordering=n <= MOST_ORDERED)
    return np.asarray(leaves_list(joins), dtype=np.intp)


def _ordered(matrices: similarity.Result, params: Params, job: Job) -> Result:
    n_layers, n_words = len(matrices.layers), len(matrices.words)
    listed = np.tile(np.arange(n_words), (n_layers, 1))
    order = {site: listed.copy() for site in matrices.sites}
    reasons = {site: [""] * n_layers for site in matrices.sites}
    for number, site in enumerate(matrices.sites):
        for layer in range(n_layers):
            done = (number + layer / n_layers) / len(matrices.sites)
            job.report(done, "clustering words")
            unlike = dissimilarities(matrices.matrices[site][layer], matrices.params.measure)
            if n_words < 2:
                reasons[site][layer] = "a dendrogram needs at least 2 words"
            elif not np.isfinite(unlike).all():
                reasons[site][layer] = matrices.reasons[site][layer]
            else:
                work = partial(leaves, unlike)
                order[site][layer] = work() if n_words <= _SOON else aside(work, job)
    return Result(
        params=params,
        carrier=matrices.carrier,
        layers=matrices.layers,
        words=matrices.words,
        sites=matrices.sites,
        order=order,
        reasons={site: tuple(each) for site, each in reasons.items()},
    )


def _lines(result: Result) -> dict[str, NDArray[Any]]:
    """Return the columns of a carrier's lines, the words in their order."""
    n_layers, n_words, sites = len(result.layers), len(result.words), result.sites
    n = n_layers * n_words * len(sites)
    order = np.concatenate([result.order[site].ravel() for site in sites])
    return {
        "layer": np.tile(np.repeat(np.array(result.layers), n_words), len(sites)),
        "site": np.repeat(np.array(sites), n_layers * n_words),
        "place": np.tile(np.arange(n_words), n // max(n_words, 1)),
        "word": np.array(result.words, dtype=object)[order],
        "n": np.full(n, n_words),
        "reason": np.concatenate([np.repeat(result.reasons[site], n_words) for site in sites]),
        "carrier": np.full(n, result.carrier, dtype=object),
    }
