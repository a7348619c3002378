"""RSA of depth: which layers hold the same geometry of words, within a site and across sites.

The score of two layers is the correlation of their similarity matrices over all pairs of words.
All layers of all sites are compared with all: where a block of layers agrees, the geometry stays,
where its border is sharp, it is made anew.  For two sites the scores of a layer with itself are
those of the laminar curve (see `rsa`).

Pairs of words are gone through in blocks, in an order drawn at random: scores so far are those of
the pairs so far, and come near to those of all.  Kendall's τ_a is not taken in blocks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import rsa, similarity
from laminoscope_core.analysis.carriers import first_reasons, in_each_carrier
from laminoscope_core.analysis.chance import stacked
from laminoscope_core.analysis.correlation import block_means
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.kendall import takes_too_long, tau_a_of_all
from laminoscope_core.analysis.statistics import blocks, ranks
from laminoscope_core.analysis.threads import in_threads
from laminoscope_core.analysis.word_pairs import WordPairs, word_pairs
from laminoscope_core.aside import import_aside
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table
from laminoscope_core.theme import site_label

__all__ = ["Params", "Result", "run", "tables"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Params:
    """Nothing can be set: similarities and scores are those of `similarity` and `rsa`."""


@dataclass(frozen=True, eq=False)
class Result:
    """Scores with their labels: of one carrier sentence, or their mean over several.

    Attributes
    ----------
    params : Params
    scored : rsa.Params
        How matrices were correlated.
    carrier : str
        The sentence, or `rsa.MEAN`.
    sites : tuple of str
        Labels of the first and the third axis.
    layers : tuple of int
        Labels of the second and the fourth axis.
    r : float64 array (n_sites, n_layers, n_sites, n_layers)
        The same with its axes exchanged; NaN where undefined.
    n_pairs : int
        Pairs of words behind each score; of a partial result, those that have been gone through.
    reasons : str array (n_sites, n_layers)
        Why a layer of a site cannot be compared; empty where it can.
    complete : bool
        False while pairs, or carrier sentences, are still to come.
    by_carrier : tuple of Result
        Of several carrier sentences: the scores in each, in order.
    """

    params: Params
    scored: rsa.Params
    carrier: str
    sites: tuple[str, ...]
    layers: tuple[int, ...]
    r: Floats
    n_pairs: int
    reasons: NDArray[np.str_]
    complete: bool = True
    by_carrier: "tuple[Result, ...]" = ()

    @property
    def column(self) -> str:
        """What the scores are called in tables: ``r`` only if they are correlations."""
        return rsa.COLUMNS[self.scored.correlation]


Show = Callable[[Callable[[], Result]], None]


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Score all layers of all sites with all, in every carrier sentence.

    What there is so far is handed out every second.
    """
    several = inputs.result("similarity", similarity.Result).of_carriers
    scored = inputs.result("rsa", rsa.Result).params
    if scored.correlation != "pearson":
        import_aside(job, "scipy.stats")

    def of_carrier(matrices: similarity.Result, part: Job, show: Show) -> Result:
        return _of_carrier(matrices, params, scored, part, show)

    return in_each_carrier(several, of_carrier, job, ["r"])


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/depth.csv``: one line per layer of a site and layer of a site."""
    parts = [_columns(each) for each in (*result.by_carrier, result)]
    return {"rsa/depth.csv": Table(stacked(parts))}


def _of_carrier(
    matrices: similarity.Result,
    params: Params,
    scored: rsa.Params,
    job: Job,
    show: Show,
) -> Result:
    n_sites, n_layers = len(matrices.sites), len(matrices.layers)
    pairs = word_pairs(matrices.categories)
    vectors, reasons = _vectors(matrices, pairs, scored, job.part(0, 0.5))
    n_rows = len(reasons)
    if scored.correlation == "kendall_tau_a":
        too_long = takes_too_long(n_rows * (n_rows + 1) // 2, len(pairs.first))
        reasons = np.where(reasons != "", reasons, too_long)
    defined = np.flatnonzero(reasons == "")

    def result(scores: Floats, n_pairs: int) -> Result:
        r = np.full((n_rows, n_rows), np.nan)
        r[np.ix_(defined, defined)] = scores
        return Result(
            params=params,
            scored=scored,
            carrier=matrices.carrier,
            sites=matrices.sites,
            layers=matrices.layers,
            r=r.reshape(n_sites, n_layers, n_sites, n_layers),
            n_pairs=n_pairs,
            reasons=reasons.reshape(n_sites, n_layers),
        )

    def show_scores(products: Floats, n_pairs: int) -> None:
        show(lambda: result(_of_products(products, n_pairs, scored, len(pairs.first)), n_pairs))

    scores = np.empty((0, 0))
    if defined.size:
        scores = _scores(vectors, defined, scored, job.part(0.5, 1), show_scores)
    return result(scores, len(pairs.first))


@dataclass(frozen=True, eq=False)
class _Vectors:
    """Vectors of pairs of words, of which only some pairs at a time are made.

    Attributes
    ----------
    pairs : WordPairs
    matrices : list of float32 array (n_words, n_words)
        Of each layer of each site; views.
    ranked : float32 array (n_rows, n_pairs), optional
        Ranks, which are taken of all pairs at once, in place of the similarities.
    means : float64 array (n_rows, n_groups)
        Of groups of pairs; they are subtracted.
    group : integer array (n_pairs,)
    """

    pairs: WordPairs
    matrices: list[NDArray[np.float32]]
    ranked: NDArray[np.float32] | None
    means: Floats
    group: NDArray[np.intp]

    def centred(self, rows: NDArray[np.intp], at: slice) -> Floats:
        """Return some pairs (n_rows, n_some) of some rows."""
        if self.ranked is not None:
            values = self.ranked[rows, at]
        else:
            first, second = self.pairs.first[at], self.pairs.second[at]
            values = np.stack([self.matrices[row][first, second] for row in rows.tolist()])
        return np.asarray(values - self.means[rows][:, self.group[at]])


def _vectors(
    matrices: similarity.Result, pairs: WordPairs, scored: rsa.Params, job: Job
) -> tuple[_Vectors, NDArray[np.str_]]:
    """Return what is needed of all pairs, and by row why it cannot be compared."""
    n_layers, n_pairs = len(matrices.layers), len(pairs.first)
    n_rows = len(matrices.sites) * n_layers
    reasons = np.full(n_rows, "", dtype="U300")
    by_rank = scored.correlation != "pearson"
    ranked = np.empty((n_rows, n_pairs), dtype=np.float32) if by_rank else None
    blocked = scored.block_corrected and not by_rank
    group = pairs.block if blocked else np.zeros(n_pairs, dtype=np.intp)
    means = []
    for number, site in enumerate(matrices.sites):
        for layers in blocks(n_layers, n_pairs):
            rows = slice(number * n_layers + layers.start, number * n_layers + layers.stop)
            job.report(rows.start / n_rows, f"pairs of words at {site_label(site)}")
            alike, known = matrices.matrices[site][layers], matrices.reasons[site][layers]
            found, reasons[rows] = rsa.comparable(
                alike, known, site, pairs, "all", scored.block_corrected, job
            )
            if ranked is not None:
                ranked[rows] = ranks(np.ascontiguousarray(found))
            elif n_pairs:
                means.append(block_means(pairs.vectors(alike), group)[0])
    each = [matrix for site in matrices.sites for matrix in matrices.matrices[site]]
    of_groups = np.concatenate(means) if means else np.full((n_rows, 1), (n_pairs + 1) / 2)
    places = np.unique(group, return_inverse=True)[1]
    return _Vectors(pairs, each, ranked, of_groups, places), reasons


def _scores(
    vectors: _Vectors,
    rows: NDArray[np.intp],
    scored: rsa.Params,
    job: Job,
    show: Callable[[Floats, int], None],
) -> Floats:
    """Return the scores (n_rows, n_rows) of some rows, all of them defined.

    Products of rows over some pairs are shown with the number of those.
    """
    n_pairs = len(vectors.group)
    if scored.correlation == "kendall_tau_a":
        return tau_a_of_all(vectors.centred(rows, slice(None)), job)
    products = np.zeros((rows.size, rows.size))

    def product(at: slice) -> Floats:
        values = vectors.centred(rows, at)
        return np.asarray(values @ values.T)

    parts = blocks(n_pairs, rows.size)
    parts = [parts[at] for at in np.random.default_rng(0).permutation(len(parts)).tolist()]
    n_done = 0
    for at, each in zip(
        parts, in_threads((partial(product, at) for at in parts), job), strict=True
    ):
        products += each
        n_done += at.stop - at.start
        job.report(n_done / n_pairs, "comparing layers with layers")
        if n_done < n_pairs:
            show(products, n_done)
    return _of_products(products, n_pairs, scored, n_pairs)


def _of_products(products: Floats, n_done: int, scored: rsa.Params, n_pairs: int) -> Floats:
    """Return scores by the products (n_rows, n_rows) of centred rows over some of their pairs."""
    if scored.correlation == "rho_a":
        all_products = products * (n_pairs / n_done)
        return np.asarray(np.clip(all_products * (12 / (n_pairs**3 - n_pairs)), -1, 1))
    lengths = np.sqrt(np.diagonal(products))
    return np.asarray(np.clip(products / (lengths[:, None] * lengths), -1, 1))


def _columns(result: Result) -> dict[str, NDArray[Any]]:
    site, layer, other_site, other_layer = (axis.ravel() for axis in np.indices(result.r.shape))
    layers, sites, why = np.array(result.layers), np.array(result.sites), result.reasons
    return {
        "site": sites[site],
        "layer": layers[layer],
        "other_site": sites[other_site],
        "other_layer": layers[other_layer],
        result.column: result.r.ravel(),
        "n": np.full(site.size, result.n_pairs),
        "reason": first_reasons([why[site, layer], why[other_site, other_layer]]),
        "carrier": np.full(site.size, result.carrier),
    }
