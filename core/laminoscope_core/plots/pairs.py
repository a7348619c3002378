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
from laminoscope_core.plots.density import MOST_POINTS, Bins, density
from laminoscope_core.plots.once import once
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

__all__ = ["N_LEAST", "View", "agreeing_least", "is_ready", "residuals", "show"]

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
    sites = _sites(scores, view)
    layer = layer_number(len(result.layers), view.layer)
    pair = selected_pair(result.words, view.pair)
    pairs = pairs_of(result)
    seen = _seen(result, layer, sites)
    look_up = _Pairs(result, layer, sites, seen.line)
    least = seen.least
    ring = look_up.points(least, colour="text", filled=False, size=1.6)
    marks: dict[str, Mark] = {"unity": Rule(across="unity", colour="grid", dashed=True)}
    scale: Scale | None = None
    key: list[Entry] = []
    if seen.bins is not None:
        marks["density"], scale = density(seen.bins, look_up.anywhere(), "pairs")
        marks["least"] = ring
    else:
        marks["least"] = ring
        numbers = category_numbers(result.categories, view.categories)
        group = np.where(pairs.within, numbers[pairs.first], -1)
        look: dict[str, Any] = {"colour": "grid", "alpha": 0.45}
        marks["across"] = look_up.points(np.flatnonzero(group < 0), **look)
        distinct = dict(zip(result.categories, numbers.tolist(), strict=True))
        for number in distinct.values():
            chosen, colour = np.flatnonzero(group == number), f"category {number}"
            marks[f"within {number}"] = look_up.points(chosen, colour=colour)
        key = within_key(distinct)
    score = score_text(scores, layer, sites)
    named = least if view.named else least[:0]
    both = zip(pairs.first[named].tolist(), pairs.second[named].tolist(), strict=True)
    at_x, at_y = look_up.values(named)
    marks["least names"] = Texts(
        x=at_x, y=at_y, texts=tuple(Verbatim(pair_names(result, each)) for each in both),
        align=("center",) * len(named), clear=True, under=score,
    )  # fmt: skip
    if len(least):
        key.append(Entry("agree least", "text", "hollow", "circle"))
    touched, here = pairs.with_word(view.word), pairs.with_both(*pair)
    for name, chosen, size in (("word", touched, 1.4), ("selected", here, 2.0)):
        at_x, at_y = look_up.values(chosen)
        marks[name] = Points(
            x=at_x, y=at_y, size=size, filled=False, colour="accent", selection=True
        )
    if view.word is not None and view.word < len(result.words):
        name = pair_names(result, (view.word,))
        key.append(Entry(f"with {name}", "accent", "hollow", "circle", True))
    if view.pair is not None:
        text = pair_text(result, layer, pair, tuple(sites.split("-")))
        key.append(Entry(text, "accent", "hollow", "circle", selection=True))
    label = SCALES[result.params.measure]

    def rows() -> Table:
        columns = pair_columns(result, pairs.first, pairs.second, pair)
        x, y = look_up.values(np.arange(len(pairs.first)))
        off = residuals(x, y)
        values = dict(zip(sites.split("-"), (x, y), strict=True))
        reasons = similarity_reasons(result, layer, [*values], [*values.values()])
        if len(least) == 0:
            reasons = both_reasons(reasons, np.full(len(off), _NO_LINE))
        further = {"residual": off, "reason": reasons}
        return Table({**columns, "within": pairs.within, **values, **further})

    along, up = (
        Axis(*ends, f"{label} at {site_label(site)}")
        for ends, site in zip(seen.limits, sites.split("-"), strict=True)
    )
    frame = Frame(along, up, marks, inside=score, aspect=1.0)
    return Shown(
        {"pairs": frame},
        rows,
        title=f"{pair_label(sites)}, layer {result.layers[layer]}",
        key=tuple(key),
        scale=scale,
        widest=75.0,
    )


def is_ready(results: Mapping[str, Any], view: View) -> bool:
    """Return whether `show` only has to look up what it draws, or has little to make of it."""
    result: similarity.Result = in_carrier(results["similarity"], view.carrier)
    n_words = len(result.words)
    if n_words * (n_words - 1) / 2 <= MOST_POINTS:
        return True
    scores: rsa.Result = the_carrier(results["rsa"], view.carrier or 0)
    layer = layer_number(len(result.layers), view.layer)
    return _seen.is_made(result, layer, _sites(scores, view))


@dataclass(frozen=True)
class _Line:
    """A line of least squares, and the standard deviation of what is off it."""

    middle: tuple[float, float]
    slope: float
    spread: float

    @classmethod
    def of(cls, x: Floats, y: Floats) -> "_Line | None":
        """Return that of y (n,) on x (n,); None if there is none, or nothing is off it."""
        known = np.isfinite(x) & np.isfinite(y)
        if not known.all():
            x, y = x[known], y[known]
        if len(x) < MIN_PAIRS or is_constant(x) or is_constant(y):
            return None
        middle = float(x.mean()), float(y.mean())
        away, up = x - middle[0], y - middle[1]
        slope = float((away @ up) / (away @ away))
        left = up - slope * away
        spread = float(np.sqrt(left @ left / (len(left) - 2)))
        if spread <= _ROUNDING * np.sqrt(up @ up / len(up)):
            return None
        return cls(middle, slope, spread)

    def off(self, x: Floats, y: Floats) -> Floats:
        """Return how far points are above it, in standard deviations."""
        return np.asarray((y - self.middle[1] - self.slope * (x - self.middle[0])) / self.spread)


@dataclass(frozen=True, eq=False)
class _Seen:
    """What is made once of all pairs at a layer and two sites, and is small.

    Attributes
    ----------
    line : _Line or None
        From which pairs are off.
    least : integer array (n_least,)
        The pairs that agree least, the farthest first.
    limits : pair of pairs of float
        Of both axes.
    bins : Bins or None
        If the pairs are too many to be drawn one by one.
    """

    line: _Line | None
    least: NDArray[np.intp]
    limits: tuple[tuple[float, float], tuple[float, float]]
    bins: Bins | None


@once
def _seen(result: similarity.Result, layer: int, sites: str) -> _Seen:
    pairs = pairs_of(result)
    x, y = (pairs.vectors(result.matrices[site][layer]) for site in sites.split("-"))
    line = _Line.of(x, y)
    many = int((np.isfinite(x) & np.isfinite(y)).sum()) > MOST_POINTS
    return _Seen(
        line,
        _farthest(np.full(len(x), np.nan) if line is None else line.off(x, y)),
        (limits_around(x), limits_around(y)),
        Bins.of(x, y) if many else None,
    )


def agreeing_least(
    result: similarity.Result, layer: int, sites: str
) -> tuple[tuple[int, int], ...]:
    """Return the words of the pairs that agree least at a layer and two sites, the farthest first.

    None of very many pairs, until `show` has counted these.
    """
    pairs = pairs_of(result)
    if len(pairs.first) > MOST_POINTS and not _seen.is_made(result, layer, sites):
        return ()
    least = _seen(result, layer, sites).least
    return tuple(zip(pairs.first[least].tolist(), pairs.second[least].tolist(), strict=True))


@once
def _words_of(result: similarity.Result) -> NDArray[np.intp]:
    """Return the words (n_pairs, 2) of each pair."""
    pairs = pairs_of(result)
    return np.stack([pairs.first, pairs.second], axis=-1)


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Pairs at a layer and two sites, looked up one by one."""

    result: similarity.Result
    layer: int
    sites: str
    line: _Line | None

    def values(self, chosen: NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Return the similarities of some pairs at both sites."""
        pairs = pairs_of(self.result)
        first, second = pairs.first[chosen], pairs.second[chosen]
        x, y = (
            self.result.matrices[site][self.layer][first, second].astype(np.float64)
            for site in self.sites.split("-")
        )
        return x, y

    def points(self, chosen: NDArray[np.intp], **look: Any) -> Points:
        """Return some pairs as points."""
        x, y = self.values(chosen)
        return Points(
            x=x,
            y=y,
            stands_for={"pair": _words_of(self.result)[chosen]},
            says=lambda index: self._says(int(chosen[index])),
            **{"size": 0.8, **look},
        )

    def anywhere(self) -> Points:
        """Return all pairs, without their places."""
        nowhere = np.empty(0)
        words = _words_of(self.result)
        return Points(x=nowhere, y=nowhere, stands_for={"pair": words}, says=self._says)

    def _says(self, number: int) -> str:
        text = pair_said(self.result, self.layer, _words_of(self.result)[number].tolist())
        if self.line is None:
            return text
        residual = self.line.off(*self.values(np.array([number])))[0]
        return text if np.isnan(residual) else f"{text}\nresidual {two_places(residual)}"


def _sites(scores: rsa.Result, view: View) -> str:
    return view.sites if view.sites in scores.site_pairs else scores.site_pairs[0]


def residuals(x: Floats, y: Floats) -> Floats:
    """Return how far y (n,) is from its line of least squares on x, in standard deviations.

    Of the residuals, with n − 2 degrees of freedom; NaN where a number is, and everywhere if there
    is no such line or nothing is off it.

    Examples
    --------
    >>> residuals(np.array([0.0, 1, 2, 3]), np.array([0.0, 0, 2, 2])).round(3)
    array([ 0.316, -0.949,  0.949, -0.316])
    """
    line = _Line.of(x, y)
    return np.full(len(x), np.nan) if line is None else line.off(x, y)


def _farthest(off: Floats) -> NDArray[np.intp]:
    """Return the largest residuals, either way, the farthest first."""
    size = np.nan_to_num(np.abs(off))
    most = min(N_LEAST, int(np.isfinite(off).sum()))
    chosen = np.argpartition(-size, most - 1)[:most] if most else np.empty(0, np.intp)
    return np.asarray(chosen[np.argsort(-size[chosen], kind="stable")])
