"""Similarity in all layers: the maps of each site from first to last, over one colour scale."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import similarity
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.shown import Axis, Frame, Image, Scale, Shown
from laminoscope_core.plots.similarity import ORDERS, word_order
from laminoscope_core.plots.words import (
    SCALES,
    category_groups,
    colour_limits,
    head_text,
    in_carrier,
    similarity_reasons,
)
from laminoscope_core.tables import Table
from laminoscope_core.theme import SITE_LABELS, site_label

__all__ = ["View", "show"]


@dataclass(frozen=True)
class View(Coloured):
    """What is shown: all layers and sites, with the same colour limits.

    Attributes
    ----------
    carrier : int or None
        One of several carrier sentences; None for the first.
    order : str
        As of the similarity at one layer; a dendrogram is that of each layer.
    colours, between
        As of `Coloured`.
    """

    carrier: int | None = None
    order: str = "list"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("order", self.order, (*ORDERS, *SITE_LABELS))


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return small maps in reading order, site after site, each under the number of its layer."""
    result = in_carrier(results["similarity"], view.carrier)
    n_words, n_layers = len(result.words), len(result.layers)
    ends = (-0.5, n_words - 0.5)
    orders = [
        word_order(result, results.get("dendrogram"), number, view.order, view.carrier)
        for number in range(n_layers)
    ]

    def axes(order: NDArray[np.intp]) -> tuple[Axis, Axis]:
        groups = category_groups([result.categories[word] for word in order])
        along = Axis(*ends, ticks=(), groups=groups, parted=view.order in ORDERS)
        return along, replace(along, low=ends[1], high=ends[0])

    frames = {
        f"{site} {layer}": Frame(
            *axes(orders[number][0]),
            marks={"map": _map(result, site, number, orders[number][0])},
            title=f"{site_label(site)} {layer}" if number == 0 else f"{layer}",
            aspect=1.0,
            starts_row=number == 0,
            square=True,
            grid=False,
        )
        for site in result.sites
        for number, layer in enumerate(result.layers)
    }

    title = f"All layers, {head_text(result.params.head)}, {n_words} words"
    ordered = "; ".join(dict.fromkeys(text for _, text in orders if text))
    label = SCALES[result.params.measure]
    scale = Scale("sequential", *colour_limits(result), label, over=True)

    def rows() -> Table:
        first, second = np.triu_indices(n_words)
        values = {site: result.matrices[site][:, first, second].ravel() for site in result.sites}
        labels = {
            "layer": np.repeat(np.array(result.layers), len(first)),
            "first": np.tile(first, n_layers),
            "second": np.tile(second, n_layers),
        }
        reasons = [
            similarity_reasons(
                result, layer, result.sites,
                [result.matrices[site][layer][first, second] for site in result.sites],
            )
            for layer in range(n_layers)
        ]  # fmt: skip
        return Table({**labels, **values, "reason": np.concatenate(reasons)})

    return Shown(
        frames,
        rows,
        title=f"{title}; {ordered}" if ordered else title,
        scale=coloured(scale, view),
        arranged="flow",
        narrowest=15.0,
        widest=30.0,
    )


def _map(result: similarity.Result, site: str, layer: int, order: NDArray[np.intp]) -> Image:
    ends, matrix = (-0.5, len(order) - 0.5), result.matrices[site][layer]
    if not (order[:-1] < order[1:]).all():
        matrix = matrix[np.ix_(order, order)]
    return Image(values=matrix, x=ends, y=ends)
