"""Two models' similarity maps side by side, and each pair of words as a point."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.rsa_models_tables import pair_reasons
from laminoscope_core.analysis.word_pairs import WordPairs
from laminoscope_core.plots.colouring import coloured
from laminoscope_core.plots.density import MOST_POINTS, Bins, density
from laminoscope_core.plots.model_views import Compared
from laminoscope_core.plots.shown import (
    Axis,
    Entry,
    Floats,
    Frame,
    Image,
    Mark,
    Points,
    Scale,
    Shown,
    limits_around,
)
from laminoscope_core.plots.words import (
    SCALES,
    category_groups,
    category_numbers,
    pair_columns,
    pairs_of,
    selected_pair,
    short_word,
    two_places,
    within_key,
    word_boxes,
)
from laminoscope_core.tables import Table
from laminoscope_core.text import Verbatim, how_many
from laminoscope_core.theme import site_label

__all__ = ["maps_shown", "pairs_shown"]

_MODELS = ("model", "other")


@dataclass(frozen=True, eq=False)
class _Both:
    """The similarities of two models where they are looked at.

    Attributes
    ----------
    compared : Compared
    pairs : WordPairs
    selected : tuple of int
        The words of a pair; −1 for none.
    matrices : list of float64 array (n_words, n_words)
    reason : str
        Why they cannot be compared.
    """

    compared: Compared
    pairs: WordPairs
    selected: tuple[int, int]
    matrices: list[Floats]
    reason: str

    @classmethod
    def of(cls, compared: Compared, view: Any) -> "_Both":
        matrices = [
            np.asarray(geometry.matrices[compared.site][layer], dtype=np.float64)
            for geometry, layer in zip(compared.geometries, compared.layers, strict=True)
        ]
        result, first = compared.result, compared.first
        pair = result.pair(0, compared.other, first)
        reason = str(pair_reasons(result, first, pair, compared.site)[compared.layers])
        selected = selected_pair(result.words, view.pair)
        return cls(compared, pairs_of(result), selected, matrices, reason)

    def values(self, matrix: int) -> Floats:
        """Return the similarities (n_pairs,) of one of the two."""
        return self.pairs.vectors(self.matrices[matrix])

    def says(self, first: int, second: int) -> str:
        """Return a pair of words, and how alike they are in both models."""
        result, other = self.compared.result, self.compared.other
        words = " – ".join(short_word(result.words[word]) for word in (first, second))
        counts = [
            f"{short_word(result.words[word])} is "
            f"{how_many(result.models[model].n_tokens[word], 'token')} in {title}"
            for model, title in zip((0, other), self.compared.titles, strict=True)
            for word in dict.fromkeys((first, second))
            if result.models[model].n_tokens[word] > 1
        ]
        values = [
            f"{title} {two_places(float(matrix[first, second]))}"
            for title, matrix in zip(self.compared.titles, self.matrices, strict=True)
        ]
        return "\n".join((words, ", ".join(values), *counts))

    def columns(self, first: NDArray[np.intp], second: NDArray[np.intp]) -> dict[str, Any]:
        """Return the columns of a table of pairs."""
        columns = pair_columns(self.compared.result, first, second, self.selected)
        return columns | {
            name: matrix[first, second] for name, matrix in zip(_MODELS, self.matrices, strict=True)
        }

    def said(self) -> str:
        """Return where the two are compared, and by which measure: ``Embedding, cosine``."""
        return f"{site_label(self.compared.site)}, {SCALES[self.compared.result.measure]}"

    def score(self) -> str:
        """Return the score of the two, and over how many pairs."""
        pair = self.compared.result.pair(0, self.compared.other, self.compared.first)
        value = two_places(float(pair.r[self.compared.site][self.compared.layers]), self.reason)
        return f"{self.compared.symbol} = {value}, n = {how_many(len(self.pairs.first), 'pair')}"


def maps_shown(compared: Compared, view: Any) -> Shown:
    """Return a map for each model, in standard deviations over its pairs, and a point a pair.

    The similarities of each model have a level and a spread of their own, of which RSA takes no
    notice; so colours say by how many standard deviations a pair is more alike than that model's
    mean pair.
    """
    both, n_words = _Both.of(compared, view), len(compared.result.words)
    shades = [_standardised(both, number) for number in (0, 1)]
    along, *down = _axes(compared, view, n_words)
    frames = {
        name: Frame(
            along,
            down[number],
            {
                "map": _map(both, shades[number]),
                **word_boxes(view.word, both.selected, np.arange(n_words)),
            },
            compared.place(number),
            aspect=1.0,
            square=True,
            grid=False,
        )
        for number, name in enumerate(_MODELS)
    }
    if len(both.pairs.first) <= MOST_POINTS:
        frames["pairs"], _, _ = _scatter(both, view)
    known = np.concatenate([both.pairs.vectors(each) for each in shades])
    known = known[np.isfinite(known)]
    low, high = (float(known.min()), float(known.max())) if known.size else (-1.0, 1.0)
    label = "SD from the mean"

    def rows() -> Table:
        first, second = np.triu_indices(n_words)
        of_maps = {
            f"{name}_sd": each[first, second] for name, each in zip(_MODELS, shades, strict=True)
        }
        columns = both.columns(first, second) | of_maps
        missing = np.isnan([columns[name] for name in (*_MODELS, *of_maps)]).any(axis=0)
        reason = both.reason or "all pairs of a model are equally similar"
        return Table({**columns, "reason": np.where(missing, reason, "")})

    return Shown(
        frames,
        rows,
        title=f"{compared.titles[0]} and {compared.titles[1]}, {how_many(n_words, 'word')}",
        note=compared.note(both.said(), both.score()),
        scale=coloured(Scale("sequential", low, max(high, low + 0.1), label, over=True), view),
        narrowest=30.0,
        widest=75.0,
    )


def pairs_shown(compared: Compared, view: Any) -> Shown:
    """Return a point a pair of words: how alike in the one model against how alike in the other."""
    both = _Both.of(compared, view)
    frame, key, scale = _scatter(both, view)

    def rows() -> Table:
        columns = both.columns(both.pairs.first, both.pairs.second)
        missing = np.isnan([columns[name] for name in _MODELS]).any(axis=0)
        return Table({**columns, "reason": np.where(missing, both.reason, "")})

    return Shown(
        {"pairs": frame},
        rows,
        title=f"{compared.titles[0]} and {compared.titles[1]}",
        note=compared.note(both.said(), both.score()),
        key=tuple(key),
        scale=scale,
        widest=75.0,
    )


def _standardised(both: _Both, matrix: int) -> Floats:
    """Return similarities (n_words, n_words) in standard deviations from the mean pair's."""
    values = both.values(matrix)
    spread = values.std() if values.size else np.nan
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (both.matrices[matrix] - values.mean()) / spread if values.size else np.nan
    return np.where(np.isfinite(found), found, np.nan) * np.ones_like(both.matrices[matrix])


def _axes(compared: Compared, view: Any, n_words: int) -> tuple[Axis, Axis, Axis]:
    """Return the axes of both maps: along, down with names, and down without."""
    result, ends = compared.result, (-0.5, n_words - 0.5)
    groups = category_groups(result.categories)
    numbers = category_numbers(result.categories, view.categories)
    shades = tuple(f"category {numbers[start]}" for _, start, _ in groups)
    grouped: dict[str, Any] = {"groups": groups, "group_colours": shades}
    return (
        Axis(*ends, names=result.words, zooms_with="words x", **grouped),
        Axis(*ends[::-1], names=result.words, zooms_with="words y", **grouped),
        Axis(*ends[::-1], ticks=(), zooms_with="words y", **grouped),
    )


def _map(both: _Both, values: Floats) -> Image:
    def says(row: int, column: int) -> str:
        if row == column:
            return Verbatim(both.compared.result.words[row])
        return both.says(*sorted((row, column)))

    def stands_for(row: int, column: int) -> Mapping[str, Any]:
        return {"word": row} if row == column else {"pair": (min(row, column), max(row, column))}

    def cells_of(name: str, value: Any) -> Sequence[tuple[int, int]]:
        inside = name == "pair" and max(value) < len(values)
        return [(value[0], value[1]), (value[1], value[0])] if inside else []

    ends = (-0.5, len(values) - 0.5)
    return Image(values=values, x=ends, y=ends, says=says, stands_for=stands_for, cells_of=cells_of)


def _scatter(both: _Both, view: Any) -> tuple[Frame, list[Entry], Scale | None]:
    compared, pairs, result = both.compared, both.pairs, both.compared.result
    x, y = both.values(0), both.values(1)

    def points(chosen: NDArray[np.intp], **look: Any) -> Points:
        words = np.stack([pairs.first[chosen], pairs.second[chosen]], axis=-1)
        return Points(
            x=x[chosen], y=y[chosen], size=0.8, stands_for={"pair": words},
            says=lambda at: both.says(*words[at].tolist()), **look,
        )  # fmt: skip

    marks: dict[str, Mark] = {}
    key: list[Entry] = []
    scale = None
    if int((np.isfinite(x) & np.isfinite(y)).sum()) > MOST_POINTS:
        marks["density"], scale = density(Bins.of(x, y), points(np.arange(len(x))), "pairs")
    else:
        numbers = category_numbers(result.categories, view.categories)
        group = np.where(pairs.within, numbers[pairs.first], -1)
        marks["across"] = points(np.flatnonzero(group < 0), colour="grid", alpha=0.45)
        distinct = dict(zip(result.categories, numbers.tolist(), strict=True))
        for number in distinct.values():
            chosen = np.flatnonzero(group == number)
            marks[f"within {number}"] = points(chosen, colour=f"category {number}")
        key = within_key(distinct)
    touched = (pairs.first == view.word) | (pairs.second == view.word)
    here = (pairs.first == both.selected[0]) & (pairs.second == both.selected[1])
    for name, chosen, size in (("word", touched, 1.4), ("selected", here, 2.0)):
        marks[name] = Points(
            x=x[chosen], y=y[chosen], size=size, filled=False, colour="accent", selection=True
        )
    if view.word is not None and view.word < len(result.words):
        text = f"with {short_word(result.words[view.word])}"
        key.append(Entry(text, "accent", "hollow", "circle", selection=True))
    frame = Frame(
        Axis(*limits_around(x), compared.place(0)),
        Axis(*limits_around(y), compared.place(1)),
        marks,
        aspect=1.0,
    )
    return frame, key, scale
