"""Similarity: a words × words map for each site at one layer, over one colour scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import dendrogram, similarity
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.shown import (
    Axis,
    Entry,
    Frame,
    Image,
    Scale,
    Shown,
    tick_texts,
)
from laminoscope_core.plots.words import (
    MEASURES,
    SCALES,
    category_groups,
    category_numbers,
    colour_limits,
    head_text,
    in_carrier,
    layer_number,
    pair_columns,
    pair_names,
    pair_said,
    pair_text,
    selected_pair,
    similarity_reasons,
    word_boxes,
)
from laminoscope_core.tables import Table
from laminoscope_core.text import Verbatim, how_many
from laminoscope_core.theme import SITE_LABELS, site_label

__all__ = ["LIMITS", "ORDERS", "View", "show", "word_order"]

ORDERS = {"list": "as listed", "category": "by category"}
"""In which order words stand, for people, besides that of the clusters at a site."""

LIMITS = {"layer": "Of this layer", "all": "The same for all layers"}
"""What the colours span, for people: this layer, or all layers."""
_IN_A_ROW = 6
"""Maps beyond which they stand in several rows."""


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    layer : int or None
        Index of the layer; None for the middle one.
    limits : str
        Colour limits: ``"layer"``, of this layer, or ``"all"``, the same for all layers.
    pair : tuple of int or None
        The words of the pair that is marked, the smaller index first.
    word : int or None
        A word whose row and column are marked.
    categories : tuple of str
        Categories in the order of their colours; others follow.
    carrier : int or None
        One of several carrier sentences; None for the first.
    order : str
        A key of `ORDERS`, or a site: in the order of its dendrogram at the layer.
    colours, between
        As of `Coloured`.
    """

    layer: int | None = None
    limits: Literal["layer", "all"] = "layer"
    pair: tuple[int, int] | None = None
    word: int | None = None
    categories: tuple[str, ...] = ()
    carrier: int | None = None
    order: str = "list"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("limits", self.limits, LIMITS)
        check_choice("order", self.order, (*ORDERS, *SITE_LABELS))


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a map a site with the same words along both axes."""
    result: similarity.Result = in_carrier(results["similarity"], view.carrier)
    n_words = len(result.words)
    layer = layer_number(len(result.layers), view.layer)
    pair = selected_pair(result.words, view.pair)
    order, ordered = word_order(result, results.get("dendrogram"), layer, view.order, view.carrier)
    listed = [result.categories[word] for word in order]
    groups = category_groups(listed)
    ends = (-0.5, n_words - 0.5)
    numbers = category_numbers(result.categories, view.categories)[order]
    along = Axis(
        *ends,
        names=tuple(result.words[word] for word in order),
        zooms_with="words x",
        groups=groups,
        group_colours=tuple(f"category {numbers[start]}" for _, start, _ in groups),
        parted=view.order in ORDERS,
    )
    down = replace(along, low=ends[1], high=ends[0], zooms_with="words y")
    unnamed = replace(down, ticks=(), names=())
    frames = {
        site: Frame(
            along,
            unnamed if 0 < column < _IN_A_ROW else down,
            {
                "map": _map(result, layer, site, order),
                **word_boxes(view.word, pair, order),
            },
            title=_title(site, result.reasons[site][layer]),
            aspect=1.0,
            square=True,
            grid=False,
        )
        for column, site in enumerate(result.sites)
    }
    key = []
    if view.word is not None and view.word < n_words:
        name = pair_names(result, (view.word,))
        key.append(Entry(f"with {name}", "accent", "outline", selection=True))
    if view.pair is not None:
        key.append(Entry(pair_text(result, layer, pair), "accent", "outline", selection=True))

    def rows() -> Table:
        places = np.triu_indices(n_words)
        first, second = np.sort([order[places[0]], order[places[1]]], axis=0)
        values = {site: result.matrices[site][layer][first, second] for site in result.sites}
        reasons = similarity_reasons(result, layer, result.sites, [*values.values()])
        return Table({**pair_columns(result, first, second, pair), **values, "reason": reasons})

    low, high = colour_limits(result, layer if view.limits == "layer" else None)
    measure, heads = MEASURES[result.params.measure], head_text(result.params.head)
    scale = Scale("sequential", low, high, SCALES[result.params.measure], over=True)
    words = how_many(n_words, "word")
    span = "this layer" if view.limits == "layer" else "all layers"
    if view.between is not None:
        span = " to ".join(tick_texts(view.between))
    reason = next((why for why in (result.reasons[s][layer] for s in result.sites) if why), "")
    title = f"Layer {result.layers[layer]}, {heads}, {words}, colours span {span}"
    note = f"layer {result.layers[layer]} · {words} · {measure} · {heads}"
    return Shown(
        frames,
        rows,
        title=f"{title}; {ordered}" if ordered else title,
        note=reason or (f"{note} · {ordered}" if ordered else note),
        key=tuple(key),
        scale=coloured(scale, view),
        arranged="row" if len(frames) <= _IN_A_ROW else "flow",
        narrowest=23.0,
    )


def _title(site: str, reason: str) -> str:
    label = site_label(site)
    return f"{label} undefined: {reason}" if reason else label


def word_order(
    result: similarity.Result,
    clusters: dendrogram.Result | None,
    layer: int,
    order: str,
    carrier: int | None,
) -> tuple[NDArray[np.intp], str]:
    """Return the words from first to last (n_words,), and what to call that order.

    Parameters
    ----------
    result : similarity.Result
        Of one carrier sentence.
    clusters : dendrogram.Result or None
        Of all of them.
    layer : int
        By index.
    order : str
        As `View.order`.
    carrier : int or None
        Which of several sentences.
    """
    listed = np.arange(len(result.words))
    if order == "category":
        return np.argsort(category_numbers(result.categories), kind="stable"), ORDERS["category"]
    if order == "list":
        return listed, ""
    clusters = None if clusters is None else in_carrier(clusters, carrier)
    if clusters is None or order not in clusters.sites:
        return listed, f"as listed: no dendrogram of {site_label(order)}"
    why = clusters.reasons[order][layer]
    if why:
        return listed, f"as listed: {why}"
    return clusters.order[order][layer], f"dendrogram of {site_label(order)}"


def _map(result: similarity.Result, layer: int, site: str, order: NDArray[np.intp]) -> Image:
    places = np.argsort(order)

    def says(row: int, column: int) -> str:
        if row == column:
            return Verbatim(result.words[order[row]])
        return pair_said(result, layer, _pair(order, row, column))

    def stands_for(row: int, column: int) -> Mapping[str, Any]:
        if row == column:
            return {"word": int(order[row]), "site": site}
        return {"pair": _pair(order, row, column), "site": site}

    def cells_of(name: str, value: Any) -> Sequence[tuple[int, int]]:
        if name != "pair" or max(value) >= len(result.words):
            return []
        row, column = places[list(value)].tolist()
        return [(row, column), (column, row)]

    ends, matrix = (-0.5, len(result.words) - 0.5), result.matrices[site][layer]
    if not (order[:-1] < order[1:]).all():
        matrix = matrix[np.ix_(order, order)]
    return Image(
        values=matrix, x=ends, y=ends, says=says, stands_for=stands_for, cells_of=cells_of
    )  # fmt: skip


def _pair(order: NDArray[np.intp], row: int, column: int) -> tuple[int, int]:
    first, second = sorted((int(order[row]), int(order[column])))
    return first, second
