"""Word map: the words of one site at one layer in two dimensions, those that are alike close."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis import rsa_map, similarity
from laminoscope_core.plots.shown import (
    Axis,
    Curve,
    Entry,
    Floats,
    Frame,
    Mark,
    Points,
    Shown,
    Texts,
)
from laminoscope_core.plots.words import (
    SCALES,
    category_numbers,
    layer_number,
    selected_pair,
    the_carrier,
    two_places,
    word_name,
)
from laminoscope_core.tables import Table
from laminoscope_core.text import Verbatim, how_many
from laminoscope_core.theme import LIGHT, site_label

__all__ = ["METHODS", "View", "show"]

METHODS: Mapping[rsa_map.Method, str] = {
    "classical": "classical scaling",
    "nonmetric": "non-metric scaling",
}
"""How words are laid out, for people."""

_ASPECT = 0.42
"""Height by width: names need more room beside points than above them."""
_MARGIN = 1.16


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        Index of the layer; None for the middle one.
    site : str or None
        The site; the first that was compared, if it is not among them.
    pair : tuple of int or None
        The words of the pair that is joined, the smaller index first.
    word : int or None
        The word that is ringed.
    names : bool
        Whether all words are named, as far as there is room; else only those selected.
    categories : tuple of str
        Categories in the order of their colours; others follow.
    carrier : int or None
        One of several carrier sentences; None for the mean of their similarities.
    """

    layer: int | None = None
    site: str | None = None
    pair: tuple[int, int] | None = None
    word: int | None = None
    names: bool = True
    categories: tuple[str, ...] = ()
    carrier: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.names, bool):
            raise TypeError("names is true or false")


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a point a word in the colour of its category, and names that cover no other."""
    result: rsa_map.Result = the_carrier(results["rsa-map"], view.carrier)
    layer = layer_number(len(result.layers), view.layer)
    site = view.site if view.site in result.sites else result.sites[0]
    pair = selected_pair(result.words, view.pair)
    places, reason = result.places[site][layer], result.reasons[site][layer]
    numbers = category_numbers(result.categories, view.categories)
    marks = _marks(result, places, numbers, view, pair)
    x, y = _limits(places)
    apart = _apart(result.measure)
    method = METHODS[result.params.method]
    stress = result.stress[site][layer]
    n = how_many(len(result.words), "word")
    fits = f"stress {two_places(float(stress), reason)}"
    frame = Frame(
        Axis(*x, apart),
        Axis(*y, "distance"),
        marks,
        inside=reason,
        aspect=_ASPECT,
        square=True,
    )
    return Shown(
        {"map": frame},
        lambda: _table(result, layer, site, view, pair),
        title=f"{site_label(site)}, layer {result.layers[layer]}, {method}",
        note=f"{n} · {fits}",
        key=_key(result, numbers, view, pair),
    )


def _marks(
    result: rsa_map.Result,
    places: Floats,
    numbers: Any,
    view: View,
    pair: tuple[int, int],
) -> dict[str, Mark]:
    x, y = places.T
    marks: dict[str, Mark] = {}
    for number in dict.fromkeys(numbers.tolist()):
        chosen = np.flatnonzero(numbers == number)

        def says(index: int, chosen: Any = chosen) -> str:
            word = int(chosen[index])
            return Verbatim(f"{word_name(result, word)}\n{result.categories[word]}")

        marks[f"category {number}"] = Points(
            x=x[chosen], y=y[chosen], colour=f"category {number}", stands_for={"word": chosen},
            says=says,
        )  # fmt: skip
    there = [word for word in (view.word,) if word is not None and word < len(result.words)]
    both = [word for word in pair if word >= 0]
    marks["pair"] = Curve(x=x[both], y=y[both], colour="accent", selection=True)
    for name, words, size in (("word", there, 2.0), ("selected", both, 1.6)):
        marks[name] = Points(
            x=x[words], y=y[words], size=size, filled=False, colour="accent", selection=True
        )
    first = [*there, *both]
    rest = [w for w in range(len(result.words)) if w not in first] if view.names else []
    named = np.array(list(dict.fromkeys([*first, *rest])), dtype=np.intp)
    marks["names"] = Texts(
        x=x[named], y=y[named], texts=tuple(Verbatim(result.words[word]) for word in named),
        align=("center",) * len(named), clear=True,
    )  # fmt: skip
    return marks


def _limits(places: Floats) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return limits of x and y around all words, in which a length is as long either way."""
    if not np.isfinite(places).all():
        return (-1.0, 1.0), (-_ASPECT, _ASPECT)
    low, high = places.min(axis=0), places.max(axis=0)
    x, y = ((low + high) / 2).tolist()
    wide, tall = (high - low).tolist()
    half = _MARGIN * max(wide, tall / _ASPECT) / 2 or 1.0
    return (x - half, x + half), (y - half * _ASPECT, y + half * _ASPECT)


def _apart(measure: similarity.Measure) -> str:
    """Return of what the axes are: how unlike words are."""
    if measure == "negative_euclidean":
        return "distance, Euclidean"
    return f"distance, 1 − {SCALES[measure]}"


def _key(
    result: rsa_map.Result, numbers: Any, view: View, pair: tuple[int, int]
) -> tuple[Entry, ...]:
    distinct = dict(zip(result.categories, numbers.tolist(), strict=True))
    if len(distinct) <= len(LIGHT.categories):
        entries = [
            Entry(Verbatim(name), f"category {number}", "marker", "circle")
            for name, number in distinct.items()
        ]
    else:
        entries = [Entry("a category, in its colour", "category 0", "marker", "circle")]
    if view.word is not None and view.word < len(result.words):
        word = Verbatim(word_name(result, view.word))
        entries.append(Entry(word, "accent", "hollow", "circle", selection=True))
    if view.pair is not None:
        names = " – ".join(word_name(result, word) for word in pair)
        entries.append(Entry(Verbatim(names), "accent", "line", selection=True))
    return tuple(entries)


def _table(
    result: rsa_map.Result, layer: int, site: str, view: View, pair: tuple[int, int]
) -> Table:
    n = len(result.words)
    words, categories = (np.array(each, dtype=object) for each in (result.words, result.categories))
    selected = np.isin(np.arange(n), [*pair, -1 if view.word is None else view.word])
    return Table(
        {
            "layer": np.full(n, result.layers[layer]),
            "site": np.full(n, site),
            "index": np.arange(n),
            "word": words,
            "category": categories,
            "x": result.places[site][layer][:, 0],
            "y": result.places[site][layer][:, 1],
            "stress": np.full(n, result.stress[site][layer]),
            "method": np.full(n, result.params.method),
            "n": np.full(n, n),
            "selected": selected,
            "reason": np.full(n, result.reasons[site][layer]),
            "carrier": np.full(n, result.carrier, dtype=object),
        }
    )
