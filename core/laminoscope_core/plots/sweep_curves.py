"""Sweep: a score of all models of a sweep along their relative depth, with the median."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.chance import stacked
from laminoscope_core.analysis.swept import Swept, median_over_depth, relative_depth
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.shown import (
    Axis,
    Curve,
    Entry,
    Frame,
    Mark,
    Rule,
    Shown,
    limits_around,
)
from laminoscope_core.plots.sweep_views import chosen, model_marks, place_text
from laminoscope_core.plots.words import two_places
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many, visible_text
from laminoscope_core.theme import pair_label

__all__ = ["SUBSETS", "View", "show"]

SUBSETS: Mapping[str, str] = {
    "all": "all pairs",
    "within": "within categories",
    "across": "across categories",
}
"""Pairs of words that are scored, for people."""


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    words : str
        A word list; empty for the first.
    sentence : str
        A carrier sentence, or ``mean``; empty for the mean, or the one.
    sites : str
        Two sites, as ``"q-k"``; empty for the first two.
    subset : str
        A key of `SUBSETS`.
    swept : int or None
        A model that is marked.
    """

    words: str = ""
    sentence: str = ""
    sites: str = ""
    subset: str = "all"
    swept: int | None = None

    def __post_init__(self) -> None:
        check_choice("subset", self.subset, SUBSETS)


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a curve for each model, and the median of all.

    The x axis is the relative depth, ℓ/(L − 1); see `swept.median_over_depth` for the median.
    """
    swept: Swept = results["sweep"]
    words, sentence, sites = chosen(
        [key[:3] for key in swept.curves], (view.words, view.sentence, view.sites)
    )
    curves = swept.curves.get((words, sentence, sites, view.subset), ())
    marks: dict[str, Mark] = {"zero": Rule(at=0.0, across="y", colour="grid", dashed=True)}
    for at, curve in enumerate(curves):
        alpha = 1.0 if at == view.swept else 0.6
        marks |= model_marks(at, curve, _saying(swept, at, curve), alpha, marked=at == view.swept)
    depth, median = median_over_depth(curves)
    marks["median"] = Curve(x=depth, y=median, colour="text", width=2.0)
    frame = Frame(
        Axis(-0.02, 1.02, "relative depth"),
        Axis(*limits_around(np.zeros(1), *curves), f"RSA score, {pair_label(sites)}"),
        marks,
        inside="" if curves else "the sweep has no such scores",
        aspect=0.5,
    )
    n = len(curves)
    key = [Entry(f"median of {how_many(n, 'model')}", "text", "line")]
    key.append(Entry("one model", "muted", "line", "circle"))
    if view.swept is not None and view.swept < n:
        name = visible_text(swept.models[view.swept], limit=40)
        key.append(Entry(name, "accent", "line", "circle", selection=True))

    def rows() -> Table:
        several = zip(swept.models, curves, strict=True) if curves else ()
        parts = [_lines(model, relative_depth(len(curve)), curve) for model, curve in several]
        return Table(stacked([*parts, _lines("median", depth, median)]))

    place = place_text(swept, words, sentence)
    return Shown(
        {"curves": frame},
        rows,
        title=f"{pair_label(sites)} of {how_many(n, 'model')}",
        note=" · ".join(filter(None, (SUBSETS[view.subset], place))),
        key=tuple(key),
    )


def _saying(swept: Swept, model: int, curve: Any) -> Any:
    name = visible_text(swept.models[model], limit=60)
    return lambda layer: f"{name}, layer {layer}\n{two_places(float(curve[layer]))}"


def _lines(model: str, depth: Any, curve: Any) -> dict[str, Any]:
    return {
        "model": np.full(len(curve), model, dtype=object),
        "depth": depth,
        "r": curve,
        "reason": np.where(np.isnan(curve), "see the cell's rsa/laminar.csv", ""),
    }
