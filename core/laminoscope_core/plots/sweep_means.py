"""Sweep: the mean score of a model with all others along its relative depth, with its interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.chance import stacked
from laminoscope_core.analysis.swept import MeanCurve, Swept, relative_depth
from laminoscope_core.plots.shown import (
    Axis,
    Band,
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
from laminoscope_core.theme import site_label

__all__ = ["View", "show"]

_NONE = np.zeros(0)


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    words : str
        A word list; empty for the first.
    sentence : str
        A carrier sentence, or ``mean``; empty for the mean, or the one.
    place : str
        A site; empty for the first.
    swept : int or None
        The model that is shown with its interval; the first one without.
    """

    words: str = ""
    sentence: str = ""
    place: str = ""
    swept: int | None = None


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return the mean scores of one model with the others, and those of each other one behind.

    The x axis is the relative depth, ℓ/(L − 1); see `references` and `two_factor` for the numbers.
    """
    swept: Swept = results["sweep"]
    words, sentence, site = chosen(swept.means, (view.words, view.sentence, view.place))
    of_models = swept.means.get((words, sentence, site), {})
    shown = next(iter(of_models), 0) if view.swept is None else view.swept
    marks: dict[str, Mark] = {"zero": Rule(at=0.0, across="y", colour="grid", dashed=True)}
    for at, other in of_models.items():
        if at != shown:
            marks |= model_marks(at, other.r, _saying(swept, at, other), 0.5)
    key = []
    if (mean := of_models.get(shown)) is not None:
        x = relative_depth(len(mean.r))
        marks["ceiling"] = Band(
            x=x, low=mean.ceiling_low, high=mean.ceiling_high, colour="muted", alpha=0.2
        )
        marks["band"] = Band(x=x, low=mean.low, high=mean.high, colour="accent", alpha=0.2)
        marks |= model_marks(shown, mean.r, _saying(swept, shown, mean), marked=True)
        name = visible_text(swept.models[shown], limit=40)
        key.append(Entry(name, "accent", "line", "circle"))
        if np.isfinite(mean.low).any():
            key.append(Entry("95 % over models and words", "accent", "band"))
        if np.isfinite(mean.ceiling_low).any():
            key.append(Entry("noise ceiling", "muted", "band"))
    if len(of_models) > (mean is not None):
        key.append(Entry("one other model", "muted", "line", "circle"))
    numbers = [x for each in of_models.values() for x in each.numbers]
    frame = Frame(
        Axis(-0.02, 1.02, "relative depth"),
        Axis(*limits_around(np.zeros(1), *numbers), "mean RSA score with the other models"),
        marks,
        inside="" if mean is not None else _nothing(swept),
        aspect=0.5,
    )

    def rows() -> Table:
        parts = [_rows(swept.models[at], each) for at, each in of_models.items()]
        return Table(
            stacked(parts or [_rows("", MeanCurve(_NONE, _NONE, _NONE, _NONE, _NONE, 0, ()))])
        )

    where = site_label(site) if site else ""
    others = f"with {how_many(mean.n_models, 'other model')}" if mean is not None else ""
    return Shown(
        {"means": frame},
        rows,
        title=f"{visible_text(swept.models[shown], limit=40)} with the others at {where}"
        if mean is not None
        else "mean scores with other models",
        note=" · ".join(filter(None, (where, others, place_text(swept, words, sentence)))),
        key=tuple(key),
    )


def _nothing(swept: Swept) -> str:
    few = len(swept.models) < 3
    return "a mean needs three models" if few else "the sweep has no mean of this model"


def _saying(swept: Swept, model: int, mean: MeanCurve) -> Any:
    name = visible_text(swept.models[model], limit=60)

    def says(layer: int) -> str:
        low, high = (two_places(float(end[layer])) for end in (mean.low, mean.high))
        band = f", 95 % {low} to {high}" if np.isfinite(mean.low[layer]) else ""
        return f"{name}, layer {layer}\n{two_places(float(mean.r[layer]))}{band}"

    return says


def _rows(model: str, mean: MeanCurve) -> dict[str, Any]:
    n = len(mean.r)
    return {
        "model": np.full(n, model, dtype=object),
        "depth": relative_depth(n),
        "r": mean.r,
        "low": mean.low,
        "high": mean.high,
        "ceiling_low": mean.ceiling_low,
        "ceiling_high": mean.ceiling_high,
        "n": np.full(n, mean.n_models),
        "reason": np.array(mean.reasons, dtype=object),
    }
