"""Maps of words: two dimensions in which words that are alike lie close.

The dissimilarities of a site's words (1 − similarity, or the distance itself) are rarely those of
points in a plane.  Two ways to come close:

- classical scaling (Torgerson 1952) takes the two directions in which words that had such
  distances would be spread most: the eigenvectors of −½ the doubly centred squared dissimilarities
  with the two largest eigenvalues;
- non-metric scaling (Kruskal 1964) asks only that more dissimilar words lie farther apart.  From
  the classical map on, distances that are in the right order (isotonic regression) and points that
  come closer to them (SMACOF, de Leeuw 1977) take turns.

Both are known but for where they lie and how they are turned.  Each layer's map is therefore
turned, or mirrored, to lie as closely as it can on that of the layer before (orthogonal
Procrustes, without scaling: how far apart words are is a finding), and the first layer's of each
site on that of the first site.

Stress is Kruskal's first, √(Σ(d − d̂)²/Σd²) with the distances d on the map and what they ought to
be, d̂: the dissimilarities, or in non-metric scaling their closest distances in the right order.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import rsa, similarity
from laminoscope_core.analysis.chance import stacked
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.statistics import is_constant
from laminoscope_core.analysis.threads import fill
from laminoscope_core.aside import aside, import_aside
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = [
    "METHODS",
    "MIN_WORDS",
    "Method",
    "Params",
    "Result",
    "classical",
    "dissimilarities",
    "nonmetric",
    "run",
    "stress",
    "tables",
    "turned_onto",
]

Method = Literal["classical", "nonmetric"]
METHODS: tuple[Method, ...] = ("classical", "nonmetric")
MIN_WORDS = 3

_SOON = 400
"""Words of which eigenvectors are found in some 10 ms."""
_MOST_STEPS = 300
_MOST_VALUES = 2**24
"""Distances that non-metric scaling of a map goes through in all: 33 steps with 1,000 words."""
_NOT_YET = "not there yet"
_ENOUGH = 1e-4
"""Stress that a step gains below which there are no more steps."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Params:
    """How words are laid out.

    Attributes
    ----------
    method : str
        ``classical``, or ``nonmetric``, which with a thousand words takes about a second a map.
    """

    method: Method = "classical"

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise ValueError(f"method must be one of {', '.join(METHODS)}, not {self.method!r}")


@dataclass(frozen=True, eq=False)
class Result:
    """Maps of one carrier sentence, or of the mean of the similarities over several.

    Attributes
    ----------
    params : Params
        What was asked for.
    carrier : str
        The sentence, or `rsa.MEAN`.
    layers : tuple of int
        Labels of the first axis.
    words, categories : tuple of str
        Labels of the second axis.
    sites : tuple of str
        Keys of the mappings.
    measure : str
        Of the similarities.
    places : mapping of str to float64 array (n_layers, n_words, 2)
        x and y of each word; NaN where undefined.
    stress : mapping of str to float64 array (n_layers,)
        How far distances are from what they ought to be.
    reasons : mapping of str to tuple of str
        By site, for each layer: why there is no map; empty where there is one.
    complete : bool
        False while more maps are still to come.
    by_carrier : tuple of Result
        Of several carrier sentences: the maps of each, in order.
    """

    params: Params
    carrier: str
    layers: tuple[int, ...]
    words: tuple[str, ...]
    categories: tuple[str, ...]
    sites: tuple[str, ...]
    measure: similarity.Measure
    places: Mapping[str, Floats]
    stress: Mapping[str, Floats]
    reasons: Mapping[str, tuple[str, ...]]
    complete: bool = True
    by_carrier: "tuple[Result, ...]" = ()


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Lay out the words at every site and layer; hand out what there is every second.

    Maps of an altered model are turned onto those of the model as it is, where there are any.
    """
    several = inputs.result("similarity", similarity.Result).of_carriers
    known = None if inputs.before is None else inputs.before.results.get("rsa-map")
    import_aside(job, "scipy.linalg", "scipy.optimize")
    if len(several) == 1:
        return _mapped(several[0], params, job, known)
    parts = 1 + len(several)
    part = job.part(0, 1 / parts, lambda result: job.show_partial(lambda: result))
    mean = _mapped(_mean(several, job), params, part, known)
    of_known = [None] * len(several) if known is None else known.by_carrier
    of_carriers = [
        _mapped(each, params, job.part(at / parts, (at + 1) / parts), onto)
        for at, (each, onto) in enumerate(zip(several, of_known, strict=True), start=1)
    ]
    return replace(mean, by_carrier=tuple(of_carriers))


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/map.csv``: a line per carrier sentence, site, layer and word."""
    columns = stacked([_lines(each) for each in (*result.by_carrier, result)])
    return {"rsa/map.csv": Table(columns)}


def dissimilarities(
    matrix: NDArray[np.floating], measure: similarity.Measure
) -> NDArray[np.float64]:
    """Return how unlike words are (n_words, n_words): 1 − similarity, or the distance."""
    alike = np.asarray(matrix, dtype=np.float64)
    unlike = np.maximum(-alike if measure == "negative_euclidean" else 1 - alike, 0)
    np.fill_diagonal(unlike, 0.0)
    return np.asarray(unlike)


def classical(unlike: Floats, job: Job | None = None) -> Floats:
    """Lay words out by classical scaling.

    Parameters
    ----------
    unlike : float64 array (n_words, n_words)
        Dissimilarities, symmetric.
    job : Job, optional
        Looked at while eigenvectors of many words are found.

    Returns
    -------
    float64 array (n_words, 2)
        Centred.  A direction whose eigenvalue is not above 0 is 0; the word that lies farthest out
        along each direction is on its positive side.

    Examples
    --------
    >>> classical(np.array([[0.0, 1, 3], [1, 0, 2], [3, 2, 0]])).round(3)[:, 0]
    array([-1.333, -0.333,  1.667])
    """
    from scipy.linalg import eigh

    n = len(unlike)
    products = -0.5 * unlike**2
    products -= products.mean(axis=0)
    products -= products.mean(axis=1, keepdims=True)
    find = partial(eigh, products, subset_by_index=[n - 2, n - 1])
    values, vectors = find() if job is None or n <= _SOON else aside(find, job)
    places = vectors[:, ::-1] * np.sqrt(np.maximum(values[::-1], 0))
    farthest = places[np.abs(places).argmax(axis=0), [0, 1]]
    return np.asarray(places * np.where(farthest < 0, -1, 1))


def nonmetric(unlike: Floats, start: Floats, job: Job | None = None) -> tuple[Floats, float]:
    """Lay words out by non-metric scaling, from a map on.

    Equal dissimilarities may become different distances (Kruskal's primary approach to ties).

    Parameters
    ----------
    unlike : float64 array (n_words, n_words)
        Dissimilarities, symmetric.
    start : float64 array (n_words, 2)
        Where the words are at the beginning.
    job : Job, optional
        Checked at every step.

    Returns
    -------
    places : float64 array (n_words, 2)
        Centred, with the sum of squared dissimilarities as that of squared distances: of itself
        such a map has no size.
    stress : float
        Kruskal's first, which no step made larger.
    """
    n = len(unlike)
    first, second = np.triu_indices(n, 1)
    wanted = unlike[first, second]
    order = np.argsort(wanted)
    rank = np.append(0, np.cumsum(np.diff(wanted[order]) > 0))
    size = np.sqrt((wanted**2).sum())
    places = found = start
    best = np.inf
    for _ in range(min(_MOST_STEPS, max(1, _MOST_VALUES // len(wanted)))):
        if job is not None:
            job.check()
        distances = _distances(places, first, second)
        ordered = _in_order(distances, order, rank)
        now = stress(distances, ordered)
        gained, best, found = best - now, *min((best, found), (now, places), key=lambda it: it[0])
        if not gained > _ENOUGH:
            break
        places = _closer(places, distances, ordered, first, second)
    found = found - found.mean(axis=0)
    length = np.sqrt((_distances(found, first, second) ** 2).sum())
    return found * (size / length if length > 0 else 1.0), float(best)


def stress(distances: Floats, wanted: Floats) -> float:
    """Return Kruskal's first stress of distances (n_pairs,), 0 if they are what is wanted.

    Examples
    --------
    >>> round(stress(np.array([1.0, 2.0]), np.array([1.0, 1.0])) ** 2, 9)
    0.2
    """
    total = float((distances**2).sum())
    return float(np.sqrt(((distances - wanted) ** 2).sum() / total)) if total > 0 else np.nan


def turned_onto(places: Floats, onto: Floats) -> Floats:
    """Return places (n_words, 2) turned and mirrored to lie as closely as they can on others.

    The rotation or reflection with the least sum of squared differences of both, centred
    (Schönemann 1966).

    Examples
    --------
    >>> corner = np.array([[2.0, 0], [0, 1], [-2, -1]])
    >>> turned_onto(corner @ [[0, 1], [1, 0]], corner).round(9) + 0.0
    array([[ 2.,  0.],
           [ 0.,  1.],
           [-2., -1.]])
    """
    left, _, right = np.linalg.svd(places.T @ onto)
    return np.asarray(places @ (left @ right))


def _distances(places: Floats, first: NDArray[np.intp], second: NDArray[np.intp]) -> Floats:
    apart = places[first] - places[second]
    return np.asarray(np.hypot(apart[:, 0], apart[:, 1]))


def _in_order(distances: Floats, order: NDArray[np.intp], rank: NDArray[np.intp]) -> Floats:
    """Return the closest distances that grow with the dissimilarities.

    These have an order, and in it a rank, which equal ones share: those are put into the order of
    their distances, by sorting sums that are nearly sorted.
    """
    from scipy.optimize import isotonic_regression

    along = distances[order]
    if rank.size and rank[-1] + 1 < rank.size:
        half = along / (2 * max(along.max(), np.finfo(np.float64).tiny))
        order = order[np.argsort(rank + half, kind="stable")]
    ordered = np.empty_like(distances)
    ordered[order] = isotonic_regression(distances[order]).x
    return ordered


def _closer(
    places: Floats,
    distances: Floats,
    wanted: Floats,
    first: NDArray[np.intp],
    second: NDArray[np.intp],
) -> Floats:
    """Return Guttman's transform of places: nearer to the distances that are wanted."""
    n = len(places)
    ratio = np.divide(wanted, distances, out=np.zeros_like(wanted), where=distances > 0)
    weights = np.zeros((n, n))
    weights[first, second] = weights[second, first] = -ratio
    np.fill_diagonal(weights, -weights.sum(axis=1))
    return np.asarray(weights @ places / n)


def _mapped(matrices: similarity.Result, params: Params, job: Job, known: Result | None) -> Result:
    n_layers, n_words = len(matrices.layers), len(matrices.words)
    found = {site: np.full((n_layers, n_words, 2), np.nan) for site in matrices.sites}
    strain = {site: np.full(n_layers, np.nan) for site in matrices.sites}
    reasons = {site: [_NOT_YET] * n_layers for site in matrices.sites}

    def so_far(*, complete: bool = False) -> Result:
        return Result(
            params=params,
            carrier=matrices.carrier,
            layers=matrices.layers,
            words=matrices.words,
            categories=matrices.categories,
            sites=matrices.sites,
            measure=matrices.params.measure,
            places=_aligned(found, {} if known is None else known.places),
            stress={site: each.copy() for site, each in strain.items()},
            reasons={site: tuple(each) for site, each in reasons.items()},
            complete=complete,
        )

    def tasks() -> Iterator[Callable[[], int]]:
        for site, layer in product(matrices.sites, range(n_layers)):

            def work(site: str = site, layer: int = layer) -> int:
                matrix = matrices.matrices[site][layer]
                why = _undefined(matrix, matrices.reasons[site][layer], site)
                if not why:
                    found[site][layer], strain[site][layer] = _one(matrix, matrices, params, job)
                reasons[site][layer] = why
                return 1

            yield work

    n_maps = n_layers * len(matrices.sites)
    fill(n_maps, tasks(), job, "laying words out", so_far)
    return so_far(complete=True)


def _aligned(found: Mapping[str, Floats], known: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return maps (n_layers, n_words, 2) by site, each turned onto the one before.

    Or, where one of the same words is known at the same site and layer, onto that.
    """
    aligned = {site: np.full_like(each, np.nan) for site, each in found.items()}
    first: Floats | None = None
    for site, places in found.items():
        before = first
        for layer in np.flatnonzero(np.isfinite(places).all(axis=(1, 2))):
            if site in known and np.isfinite(known[site][layer]).all():
                before = known[site][layer]
            before = places[layer] if before is None else turned_onto(places[layer], before)
            first = before if first is None else first
            aligned[site][layer] = before
    return aligned


def _one(
    matrix: NDArray[np.float32], matrices: similarity.Result, params: Params, job: Job
) -> tuple[Floats, float]:
    """Return the map of one site at one layer, and its stress."""
    unlike = dissimilarities(matrix, matrices.params.measure)
    places = classical(unlike, job)
    if params.method == "nonmetric":
        return nonmetric(unlike, places, job)
    first, second = np.triu_indices(len(unlike), 1)
    return places, stress(_distances(places, first, second), unlike[first, second])


def _undefined(matrix: NDArray[np.float32], reason: str, site: str) -> str:
    """Return why words cannot be laid out, or nothing."""
    if len(matrix) < MIN_WORDS:
        return f"a map needs at least {MIN_WORDS} words, here there are {len(matrix)}"
    pairs = matrix[np.triu_indices(len(matrix), 1)]
    if not np.isfinite(pairs).all():
        return reason
    return f"the pairs are all equally similar at {site.upper()}" if is_constant(pairs) else ""


def _mean(several: tuple[similarity.Result, ...], job: Job) -> similarity.Result:
    """Return the mean of similarities over carrier sentences; undefined where one is."""
    first = several[0]
    matrices: dict[str, NDArray[np.float32]] = {}
    for site in first.sites:
        job.check()
        total = np.zeros(first.matrices[site].shape)
        for each in several:
            total += each.matrices[site]
        matrices[site] = (total / len(several)).astype(np.float32)
    reasons = {
        site: tuple(
            next(filter(None, why), "")
            for why in zip(*(each.reasons[site] for each in several), strict=True)
        )
        for site in first.sites
    }
    return replace(first, carrier=rsa.MEAN, matrices=matrices, reasons=reasons, others=())


def _lines(result: Result) -> dict[str, NDArray[Any]]:
    """Return the columns of a carrier's lines."""
    n_layers, n_words = len(result.layers), len(result.words)
    n = n_layers * n_words * len(result.sites)
    places = np.concatenate([result.places[site].reshape(-1, 2) for site in result.sites])
    words, categories = (np.array(each, dtype=object) for each in (result.words, result.categories))

    def by_word(by_site: Mapping[str, Any]) -> NDArray[Any]:
        return np.concatenate([np.repeat(by_site[site], n_words) for site in result.sites])

    return {
        "layer": np.tile(np.repeat(np.array(result.layers), n_words), len(result.sites)),
        "site": np.repeat(np.array(result.sites), n_layers * n_words),
        "word": np.tile(words, n // max(n_words, 1)),
        "x": places[:, 0],
        "y": places[:, 1],
        "category": np.tile(categories, n // max(n_words, 1)),
        "method": np.full(n, result.params.method),
        "stress": np.concatenate(
            [np.repeat(result.stress[site], n_words) for site in result.sites]
        ),
        "n": np.full(n, n_words),
        "reason": np.concatenate(
            [np.repeat(result.reasons[site], n_words) for site in result.sites]
        ),
        "carrier": np.full(n, result.carrier, dtype=object),
    }
