"""What the plots of words share: names of scales, layers and pairs that exist, their numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import (
    dendrogram,
    direct,
    rsa,
    rsa_chance,
    rsa_depth,
    rsa_heads,
    rsa_map,
    rsa_predictors,
    separability,
    separability_chance,
    similarity,
)
from laminoscope_core.analysis.chance import both_reasons
from laminoscope_core.analysis.word_pairs import WordPairs, word_pairs
from laminoscope_core.plots.once import once
from laminoscope_core.plots.shown import Boxes, Entry, Marker, Scale
from laminoscope_core.theme import LIGHT, site_label

__all__ = [
    "CORRELATIONS",
    "MEASURES",
    "SCALES",
    "carrier_note",
    "category_groups",
    "category_numbers",
    "chance_text",
    "colour_limits",
    "correlation_label",
    "head_text",
    "in_carrier",
    "layer_number",
    "looks",
    "pair_columns",
    "pair_names",
    "pair_place",
    "pair_said",
    "pair_text",
    "pair_values",
    "pairs_of",
    "score_scale",
    "score_text",
    "selected_pair",
    "short_word",
    "the_carrier",
    "two_places",
    "within_key",
    "word_boxes",
    "word_name",
]

_MARKERS: Mapping[str, Marker] = {
    "q": "square", "k": "circle", "v": "triangle",
    "q-k": "square", "q-v": "circle", "k-v": "triangle",
}  # fmt: skip
_SHAPES: tuple[Marker, ...] = ("diamond", "star", "square", "circle", "triangle")

MEASURES: Mapping[similarity.Measure, str] = {
    "cosine": "cosine",
    "cosine_z": "cosine, z-scored",
    "pearson": "Pearson",
    "spearman": "Spearman",
    "negative_euclidean": "−distance",
}
"""How vectors are compared, for people."""

SCALES = {
    "cosine": "cosine similarity",
    "cosine_z": "cosine similarity, z-scored",
    "pearson": "Pearson similarity",
    "spearman": "Spearman similarity",
    "negative_euclidean": "−Euclidean distance",
}
"""By measure: what similarities are called along an axis."""

CORRELATIONS: Mapping[rsa.Correlation, str] = {
    "pearson": "Pearson r",
    "spearman": "Spearman ρ",
    "kendall_tau_a": "Kendall τₐ",
    "rho_a": "ρₐ",
}
"""How lists of pairs are correlated, for people; the symbol stands last."""

_LONGEST = 24  # characters of a word where it stands among others


@dataclass(frozen=True)
class Look:
    """How a site, or a pair of sites, is told from others: by colour and by shape."""

    colour: str
    marker: Marker


def looks(names: Sequence[str]) -> dict[str, Look]:
    """Return how each of some sites, or pairs of sites, is drawn beside the others.

    Those of Q, K and V look the same everywhere, the others as is free.

    Examples
    --------
    >>> looks(["q-k", "q-resid_out"])["q-k"]
    Look(colour='q-k', marker='square')
    """
    others = [name for name in names if name not in _MARKERS]
    return {
        name: Look(name, _MARKERS[name])
        if name in _MARKERS
        else Look(f"series {others.index(name)}", _SHAPES[others.index(name) % len(_SHAPES)])
        for name in names
    }


InCarrier = TypeVar("InCarrier", similarity.Result, dendrogram.Result)


def in_carrier(result: InCarrier, carrier: int | None) -> InCarrier:
    """Return similarities, or orders, in one of the carrier sentences; in the first for None."""
    several = result.of_carriers
    return several[carrier] if carrier is not None and carrier < len(several) else result


ByCarrier = TypeVar(
    "ByCarrier",
    direct.Result,
    rsa.Result,
    rsa_depth.Result,
    rsa_heads.Result,
    separability.Result,
    rsa_chance.Result,
    separability_chance.Result,
    rsa_predictors.Result,
    rsa_map.Result,
)


def the_carrier(result: ByCarrier, carrier: int | None) -> ByCarrier:
    """Return scores in one of the carrier sentences; their mean, or those of the one, for None."""
    several = result.by_carrier
    return several[carrier] if carrier is not None and carrier < len(several) else result


def carrier_note(result: rsa_depth.Result | rsa_heads.Result) -> list[str]:
    """Return over how many carrier sentences scores are a mean, if they are."""
    n = len(result.by_carrier)
    return [f"mean over {n} carrier sentences"] if n else []


def layer_number(n_layers: int, layer: int | None) -> int:
    """Return the index of a layer if it exists; of the middle one for None.

    Raises
    ------
    ValueError
        It does not.
    """
    if layer is None:
        return n_layers // 2
    if not 0 <= layer < n_layers:
        raise ValueError(f"there is no layer {layer}; layers run from 0 to {n_layers - 1}")
    return layer


def two_places(value: float, reason: str = "") -> str:
    """Return a number with two decimals and a true minus sign, or why there is none."""
    if np.isnan(value):
        return f"undefined: {reason}" if reason else "undefined"
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value:.2f}".replace("-", "−")


def correlation_label(params: rsa.Params) -> str:
    """Return how lists of pairs were correlated: ``Pearson r, block-corrected``."""
    name = CORRELATIONS[params.correlation]
    return f"{name}, block-corrected" if params.block_corrected else name


def score_scale(scores: NDArray[np.float64], params: rsa.Params) -> Scale:
    """Return a scale of scores: from 0, or the least if that is less, to 1."""
    known = scores[np.isfinite(scores)]
    return Scale("sequential", float(known.min(initial=0.0)), 1.0, correlation_label(params))


def score_text(scores: rsa.Result, layer: int, site_pair: str) -> str:
    """Return the score of two sites over all pairs in words: ``r = 0.83, n = 561``.

    Why it is undefined, if it is; and whether it is block-corrected, since the similarities
    beside which it stands are not.
    """
    column = scores.subsets.index("all")
    at = (layer, scores.site_pairs.index(site_pair), column)
    symbol = CORRELATIONS[scores.params.correlation].rpartition(" ")[2]
    if scores.params.block_corrected:
        symbol = f"block-corrected {symbol}"
    value = two_places(float(scores.r[at]), str(scores.reasons[at]))
    return f"{symbol} = {value}, n = {int(scores.n_pairs[column])}"


def chance_text(
    chance: rsa_chance.Result | rsa_chance.Contrast | separability_chance.Result,
    at: tuple[int, ...],
    confidence: float = 0.95,
    shown: Callable[[Any], Any] = float,
) -> str:
    """Return what chance says of a value: ``p 0.012, q 0.034, 95 % 0.23 to 0.87``.

    Why there is no p or no band, where there is none.

    Parameters
    ----------
    chance : Result or Contrast
        Of `rsa_chance` or `separability_chance`.
    at : tuple of int
        Where in its arrays.
    confidence : float
        Part of the resamples that a band holds.
    shown : callable
        What the value and so the ends of its band are shown as.
    """
    tested = f"p {chance.p[at]:.3f}, q {chance.q[at]:.3f}"
    low, high = (two_places(float(shown(end[at]))) for end in (chance.low, chance.high))
    band = f"{100 * confidence:g} % {low} to {high}"
    return f"{chance.reasons[at] or tested}, {chance.band_reasons[at] or band}"


def head_text(head: int | None) -> str:
    """Return which heads a vector was taken from."""
    return "all heads" if head is None else f"head {head}"


def colour_limits(result: similarity.Result, layer: int | None = None) -> tuple[float, float]:
    """Return the least and the largest similarity of two different words, over all sites.

    Parameters
    ----------
    result : similarity.Result
    layer : int, optional
        Index of one layer; all layers by default.

    Returns
    -------
    tuple of float
        Always two different numbers; 0 and 1 if nothing is defined.
    """
    layers = range(len(result.layers)) if layer is None else (layer,)
    known = [limits for each in layers if (limits := _layer_limits(result, each)) is not None]
    if not known:
        return 0.0, 1.0
    low, high = min(limits[0] for limits in known), max(limits[1] for limits in known)
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def category_groups(categories: Sequence[str]) -> tuple[tuple[str, int, int], ...]:
    """Return runs of one category as (category, first, past the last) word.

    Examples
    --------
    >>> category_groups(["space", "space", "fruit"])
    (('space', 0, 2), ('fruit', 2, 3))
    """
    edges = [i for i, name in enumerate(categories) if i == 0 or name != categories[i - 1]]
    stops = [*edges[1:], len(categories)]
    return tuple((categories[a], a, b) for a, b in zip(edges, stops, strict=True))


def category_numbers(categories: Sequence[str], known: Sequence[str] = ()) -> NDArray[np.intp]:
    """Return the number (n_words,) of each word's category, which says its colour.

    Those of ``known`` are numbered first, whether they are there or not, the others in order of
    first appearance.

    Examples
    --------
    >>> category_numbers(["b", "b", "c"], known=["a", "b"]).tolist()
    [1, 1, 2]
    """
    distinct = {name: number for number, name in enumerate(dict.fromkeys((*known, *categories)))}
    return np.array([distinct[name] for name in categories], dtype=np.intp)


def selected_pair(words: Sequence[str], pair: tuple[int, int] | None) -> tuple[int, int]:
    """Return the words of a pair, the smaller index first; (−1, −1) for None.

    Raises
    ------
    ValueError
        The pair is not among the words.
    """
    if pair is None:
        return -1, -1
    first, second = sorted(pair)
    if not 0 <= first < second < len(words):
        raise ValueError(f"there is no pair of words {pair}; there are {len(words)} words")
    return first, second


def pair_text(
    result: similarity.Result, layer: int, pair: Sequence[int], sites: Sequence[str] = ()
) -> str:
    """Return a pair and its similarities: ``galaxy – comet: Q 0.83, K 0.70, V 0.91``."""
    return f"{pair_names(result, pair)}: {pair_values(result, layer, pair, sites or result.sites)}"


def pair_said(result: similarity.Result, layer: int, pair: Sequence[int]) -> str:
    """Return a pair, whether it is within a category, and its similarities, in two lines."""
    values = pair_values(result, layer, pair)
    return f"{pair_names(result, pair)}, {pair_place(result, pair)}\n{values}"


@once
def pairs_of(result: similarity.Result) -> WordPairs:
    """Return all pairs of a result's words."""
    return word_pairs(result.categories)


def pair_names(result: similarity.Result, pair: Sequence[int]) -> str:
    """Return ``galaxy – comet``, long words shortened."""
    return " – ".join(word_name(result, word) for word in pair)


def word_name(result: similarity.Result | rsa_map.Result, word: int) -> str:
    """Return a word where it stands among others, a long one shortened."""
    return short_word(result.words[word])


def pair_place(result: similarity.Result, pair: Sequence[int]) -> str:
    """Return ``within space`` or ``across space and fruit``."""
    first, second = (short_word(result.categories[word]) for word in pair)
    return f"within {first}" if first == second else f"across {first} and {second}"


def pair_values(
    result: similarity.Result, layer: int, pair: Sequence[int], sites: Sequence[str] = ()
) -> str:
    """Return the similarities of a pair at a layer: ``Q 0.83, K 0.70, V 0.91``."""
    values = {site: result.matrices[site][layer][tuple(pair)] for site in sites or result.sites}
    return ", ".join(f"{site_label(site)} {two_places(float(v))}" for site, v in values.items())


class OfWords(Protocol):
    """What says which words there are."""

    @property
    def words(self) -> tuple[str, ...]: ...

    @property
    def categories(self) -> tuple[str, ...]: ...


def pair_columns(
    result: OfWords,
    first: NDArray[np.intp],
    second: NDArray[np.intp],
    selected: tuple[int, int],
) -> dict[str, NDArray[Any]]:
    """Return what says which words each pair consists of, and whether it is the selected one."""
    words, categories = _texts(result.words), _texts(result.categories)
    return {
        "first": first,
        "second": second,
        "first_word": words[first],
        "second_word": words[second],
        "first_category": categories[first],
        "second_category": categories[second],
        "selected": (first == selected[0]) & (second == selected[1]),
    }


def similarity_reasons(
    result: similarity.Result, layer: int, sites: Sequence[str], values: Sequence[NDArray[Any]]
) -> NDArray[np.str_]:
    """Return why similarities at some sites are undefined, pair by pair.

    Parameters
    ----------
    layer : int
        The index of their layer.
    sites : sequence of str
    values : sequence of arrays (n_pairs,)
        By site, its similarities.
    """
    found = np.full(len(values[0]), "")
    for site, of_site in zip(sites, values, strict=True):
        here = np.where(np.isnan(of_site), result.reasons[site][layer], "")
        found = both_reasons(found, here)
    return found


@once
def _layer_limits(result: similarity.Result, layer: int) -> tuple[float, float] | None:
    """Return the least and the largest similarity of different words at a layer, if any is."""
    n_words = len(result.words)
    limits = []
    for site in result.sites if n_words > 1 else ():
        # without the diagonal: each row but the last, from the place after it to the next one
        flat = result.matrices[site][layer].reshape(-1)
        values = flat[1:].reshape(n_words - 1, n_words + 1)[:, :-1]
        found = float(values.min()), float(values.max())
        if not np.isfinite(found).all():
            known = values[np.isfinite(values)]
            if not known.size:
                continue
            found = float(known.min()), float(known.max())
        limits.append(found)
    return (min(low for low, _ in limits), max(high for _, high in limits)) if limits else None


def short_word(text: str) -> str:
    """Return a word short enough to stand among others."""
    text = text.replace("\n", "⏎")
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _texts(values: tuple[str, ...]) -> NDArray[Any]:
    texts = np.empty(len(values), dtype=object)  # NumPy's own texts would lose NULs at their ends
    texts[:] = values
    return texts


def within_key(distinct: Mapping[str, int]) -> list[Entry]:
    """Return a line for each category, by its number, unless there are more than colours."""
    if len(distinct) <= len(LIGHT.categories):
        entries = [
            Entry(f"within {name}", f"category {number}", "marker", "circle")
            for name, number in distinct.items()
        ]
    else:
        entries = [Entry("within a category, in its colour", "category 0", "marker", "circle")]
    return [*entries, Entry("across categories", "grid", "marker", "circle")]


def word_boxes(
    word: int | None, pair: tuple[int, int], order: NDArray[np.intp]
) -> dict[str, Boxes]:
    """Return the outlines of a word's row and column and of a pair's cells in a map of words.

    Parameters
    ----------
    word : int or None
    pair : tuple of int
        As of `selected_pair`.
    order : integer array (n_words,)
        Which word stands where.
    """
    place = np.argsort(order).tolist()
    ends = (-0.5, len(order) - 0.5)
    cross: list[tuple[float, ...]] = []
    if word is not None and word < len(order):
        here = (place[word] - 0.5, place[word] + 0.5)
        cross = [(*here, *ends), (*ends, *here)]
    cells: list[tuple[float, ...]] = []
    if pair[0] >= 0:
        one, other = (place[each] for each in pair)
        cells = [(x - 0.5, x + 0.5, y - 0.5, y + 0.5) for x, y in ((one, other), (other, one))]
    return {"word": _boxes(cross), "selected": _boxes(cells)}


def _boxes(sides: Sequence[tuple[float, ...]]) -> Boxes:
    edges = np.array(sides, dtype=np.float64).reshape(-1, 4)
    return Boxes(x=edges[:, :2], y=edges[:, 2:], colour="accent", selection=True)
