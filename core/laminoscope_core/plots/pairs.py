"""Pairs of words as points: how alike they are at one site against how alike at another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import rsa, similarity
from laminoscope_core.analysis.chance import both_reasons
from laminoscope_core.analysis.rsa import MIN_PAIRS
from laminoscope_core.analysis.statistics import is_constant
from laminoscope_core.analysis.word_pairs import WordPairs
from laminoscope_core.plots.density import MOST_POINTS, density
from laminoscope_core.plots.shown import (
    Axis,
    Entry,
    Frame,
    Mark,
    Points,
    Rule,
    Scale,
    Shown,
    Texts,
    limits_around,
)
from laminoscope_core.plots.words import (
    SCALES,
    category_numbers,
    in_carrier,
    layer_number,
    pair_columns,
    pair_names,
    pair_said,
    pair_text,
    pairs_of,
    score_text,
    selected_pair,
    similarity_reasons,
    the_carrier,
    two_places,
    within_key,
)
from laminoscope_core.tables import Table
from laminoscope_core.text import Verbatim
from laminoscope_core.theme import pair_label, site_label

__all__ = ["N_LEAST", "View", "residuals", "show"]

N_LEAST = 5
"""How many pairs are marked that agree least."""
_ROUNDING = 1e-6
"""Residuals, in standard deviations of what is explained, that are rounding of float32."""
_NO_LINE = "there is no line from which pairs could be off"

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        Index of the layer; None for the middle one.
    sites : str
        The pair of sites, as ``"q-k"``; the first one if it is not among those compared.
    pair : tuple of int or None
        The words of the pair that is ringed, the smaller index first.
    word : int or None
        A word all of whose pairs are ringed.
    categories : tuple of str
        Categories in the order of their colours; others follow.
    carrier : int or None
        One of several carrier sentences; None for the first.
    named : bool
        Whether the pairs that agree least are named.
    """

    layer: int | None = None
    sites: str = "q-k"
    pair: tuple[int, int] | None = None
    word: int | None = None
    categories: tuple[str, ...] = ()
    carrier: int | None = None
    named: bool = True

    def __post_init__(self) -> None:
        if not isinstance(self.named, bool):
            raise TypeError("named is true or false")


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a point per pair of different words, those within a category in its colour.

    The pairs that agree least are ringed: those farthest from the line of least squares of one
    site's similarities on the other's.
    """
    result: similarity.Result = in_carrier(results["similarity"], view.carrier)
    scores: rsa.Result = the_carrier(results["rsa"], view.carrier or 0)
    sites = view.sites if view.sites in scores.site_pairs else scores.site_pairs[0]
    layer = layer_number(len(result.layers), view.layer)
    pair = selected_pair(result.words, view.pair)
    pairs = pairs_of(result)
    values = {site: pairs.vectors(result.matrices[site][layer]) for site in sites.split("-")}
    (name_x, x), (name_y, y) = values.items()
    marks: dict[str, Mark] = {"unity": Rule(across="unity", colour="grid", dashed=True)}
    scale: Scale | None = None
    key: list[Entry] = []
    off = residuals(x, y)
    least = _farthest(off)
    ring = _points(result, layer, pairs, least, x, y, off, colour="text", filled=False, size=1.6)
    if int((np.isfinite(x) & np.isfinite(y)).sum()) > MOST_POINTS:
        everywhere = np.arange(len(x))
        every = _points(result, layer, pairs, everywhere, x, y, off)
        marks["density"], scale = density(every, "pairs")
        marks["least"] = ring
    else:
        marks["least"] = ring
        numbers = category_numbers(result.categories, view.categories)
        group = np.where(pairs.within, numbers[pairs.first], -1)
        across = np.flatnonzero(group < 0)
        look: dict[str, Any] = {"colour": "grid", "alpha": 0.45}
        marks["across"] = _points(result, layer, pairs, across, x, y, off, **look)
        distinct = dict(zip(result.categories, numbers.tolist(), strict=True))
        for number in distinct.values():
            chosen, colour = np.flatnonzero(group == number), f"category {number}"
            own = _points(result, layer, pairs, chosen, x, y, off, colour=colour)
            marks[f"within {number}"] = own
        key = within_key(distinct)
    score = score_text(scores, layer, sites)
    named = least if view.named else least[:0]
    both = zip(pairs.first[named].tolist(), pairs.second[named].tolist(), strict=True)
    marks["least names"] = Texts(
        x=x[named], y=y[named], texts=tuple(Verbatim(pair_names(result, each)) for each in both),
        align=("center",) * len(named), clear=True, under=score,
    )  # fmt: skip
    if len(least):
        key.append(Entry("agree least", "text", "hollow", "circle"))
    touched = (pairs.first == view.word) | (pairs.second == view.word)
    here = (pairs.first == pair[0]) & (pairs.second == pair[1])
    for name, chosen, size in (("word", touched, 1.4), ("selected", here, 2.0)):
        marks[name] = Points(
            x=x[chosen], y=y[chosen], size=size, filled=False, colour="accent", selection=True
        )
    if view.word is not None and view.word < len(result.words):
        name = pair_names(result, (view.word,))
        key.append(Entry(f"with {name}", "accent", "hollow", "circle", True))
    if view.pair is not None:
        text = pair_text(result, layer, pair, tuple(values))
        key.append(Entry(text, "accent", "hollow", "circle", selection=True))
    label = SCALES[result.params.measure]

    def rows() -> Table:
        columns = pair_columns(result, pairs.first, pairs.second, pair)
        reasons = similarity_reasons(result, layer, [*values], [*values.values()])
        if len(least) == 0:
            reasons = both_reasons(reasons, np.full(len(off), _NO_LINE))
        further = {"residual": off, "reason": reasons}
        return Table({**columns, "within": pairs.within, **values, **further})

    frame = Frame(
        Axis(*limits_around(x), f"{label} at {site_label(name_x)}"),
        Axis(*limits_around(y), f"{label} at {site_label(name_y)}"),
        marks,
        inside=score,
        aspect=1.0,
    )
    return Shown(
        {"pairs": frame},
        rows,
        title=f"{pair_label(sites)}, layer {result.layers[layer]}",
        key=tuple(key),
        scale=scale,
        widest=75.0,
    )


def _points(
    result: similarity.Result,
    layer: int,
    pairs: WordPairs,
    chosen: NDArray[np.intp],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    off: NDArray[np.float64],
    **look: Any,
) -> Points:
    """Return some pairs as points."""
    both = np.stack([pairs.first[chosen], pairs.second[chosen]], axis=-1)

    def says(index: int) -> str:
        text = pair_said(result, layer, both[index].tolist())
        residual = off[chosen[index]]
        return text if np.isnan(residual) else f"{text}\nresidual {two_places(residual)}"

    return Points(
        x=x[chosen], y=y[chosen], stands_for={"pair": both}, says=says, **{"size": 0.8, **look}
    )  # fmt: skip


def residuals(x: Floats, y: Floats) -> Floats:
    """Return how far y (n,) is from its line of least squares on x, in standard deviations.

    Of the residuals, with n − 2 degrees of freedom; NaN where a number is, and everywhere if there
    is no such line or nothing is off it.

    Examples
    --------
    >>> residuals(np.array([0.0, 1, 2, 3]), np.array([0.0, 0, 2, 2])).round(3)
    array([ 0.316, -0.949,  0.949, -0.316])
    """
    known = np.isfinite(x) & np.isfinite(y)
    found = np.full(len(x), np.nan)
    if known.sum() < MIN_PAIRS or is_constant(x[known]) or is_constant(y[known]):
        return found
    away, up = x[known] - x[known].mean(), y[known] - y[known].mean()
    left = up - away * (away @ up) / (away @ away)
    spread = np.sqrt(left @ left / (len(left) - 2))
    if spread > _ROUNDING * np.sqrt(up @ up / len(up)):
        found[known] = left / spread
    return found


def _farthest(off: Floats) -> NDArray[np.intp]:
    """Return the largest residuals, either way, the farthest first."""
    size = np.nan_to_num(np.abs(off))
    most = min(N_LEAST, int(np.isfinite(off).sum()))
    chosen = np.argpartition(-size, most - 1)[:most] if most else np.empty(0, np.intp)
    return np.asarray(chosen[np.argsort(-size[chosen], kind="stable")])
