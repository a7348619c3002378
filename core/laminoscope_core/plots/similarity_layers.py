"""Similarity in all layers: the maps of each site from first to last, over one colour scale."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.shown import Axis, Frame, Image, Scale, Shown
from laminoscope_core.plots.words import (
    SCALES,
    category_groups,
    colour_limits,
    head_text,
    in_carrier,
    similarity_reasons,
)
from laminoscope_core.tables import Table
from laminoscope_core.theme import site_label

__all__ = ["View", "show"]


@dataclass(frozen=True)
class View(Coloured):
    """What is shown: all layers and sites, with the same colour limits.

    Attributes
    ----------
    carrier : int or None
        One of several carrier sentences; None for the first.
    colours, between
        As of `Coloured`.
    """

    carrier: int | None = None


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return small maps in reading order, site after site, each under the number of its layer."""
    result = in_carrier(results["similarity"], view.carrier)
    n_words, n_layers = len(result.words), len(result.layers)
    ends = (-0.5, n_words - 0.5)
    x = Axis(*ends, ticks=(), groups=category_groups(result.categories))
    y = replace(x, low=ends[1], high=ends[0])

    frames = {
        f"{site} {layer}": Frame(
            x,
            y,
            marks={"map": Image(values=result.matrices[site][number], x=ends, y=ends)},
            title=f"{site_label(site)} {layer}" if number == 0 else f"{layer}",
            aspect=1.0,
            starts_row=number == 0,
            square=True,
            grid=False,
        )
        for site in result.sites
        for number, layer in enumerate(result.layers)
    }

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
        title=f"All layers, {head_text(result.params.head)}, {n_words} words",
        scale=coloured(scale, view),
        arranged="flow",
        narrowest=15.0,
        widest=30.0,
    )
