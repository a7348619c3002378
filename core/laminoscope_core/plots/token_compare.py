"""Compare: one text and model against another that was kept, by relative depth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis import adjustments, regression
from laminoscope_core.analysis.adjustments import moment_reasons
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.regression import SERIES_MARKERS
from laminoscope_core.plots.shown import (
    Axis,
    Curve,
    Entry,
    Floats,
    Frame,
    Mark,
    Points,
    Rule,
    Shown,
    limits_around,
)
from laminoscope_core.plots.text import number
from laminoscope_core.plots.words import layer_number
from laminoscope_core.tables import Table
from laminoscope_core.text import Verbatim

__all__ = ["COMPARED", "View", "kept_of", "show"]


@dataclass(frozen=True, eq=False)
class TextRun:
    """One text in one model: norms, and what the tokens before predict of them."""

    norms: adjustments.Result
    fit: regression.Result

    @property
    def label(self) -> str:
        """The model and the beginning of the text, exact."""
        return f"{self.norms.model}: {''.join(self.norms.tokens[:4]).strip()}"

    @property
    def mean(self) -> Floats:
        """Mean log-norm by layer."""
        kept = self.norms.kept
        return kept.mean(axis=1) if kept.shape[1] else np.full(len(kept), np.nan)

    def reasons(self, quantity: str) -> tuple[str, ...]:
        """Return by layer why a quantity is undefined there, where it is."""
        if quantity == "mean":
            return tuple(reason or "no token is left" for reason in self.norms.reasons)
        if quantity == "skew":
            return tuple(moment_reasons(self.norms))
        return tuple(reason or "the regression has no such term" for reason in self.fit.reasons)

    def coefficient(self, term: str) -> Floats:
        """Return a term's coefficients by layer; NaN if the regression lacks it."""
        if term not in self.fit.terms:
            return np.full(len(self.fit.layers), np.nan)
        return self.fit.coef[:, self.fit.terms.index(term)]


_KEPT = "it was undefined when it was kept"

COMPARED: Mapping[str, tuple[str, Callable[[TextRun], Floats]]] = {
    "mean": ("mean log norm", lambda run: run.mean),
    "t-1": ("β(t−1)", lambda run: run.coefficient("t-1")),
    "t-2": ("β(t−2)", lambda run: run.coefficient("t-2")),
    "r2": ("R²", lambda run: run.fit.r2),
    "skew": ("skew", lambda run: run.norms.skew),
}
"""What may be compared: its name, and its value by layer."""


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked.
    quantity : str
        A key of `COMPARED`.
    kept_label : str
        The model and text that this one is compared with.
    kept : tuple of (str, tuple of float or None)
        By quantity: its values by layer, None where undefined.  Empty if nothing was kept.
    """

    layer: int | None = None
    quantity: str = "mean"
    kept_label: str = ""
    kept: tuple[tuple[str, tuple[float | None, ...]], ...] = ()

    def __post_init__(self) -> None:
        check_choice("quantity", self.quantity, COMPARED)
        for quantity, values in self.kept:
            check_choice("what was kept", quantity, COMPARED)
            _floats(values)


def kept_of(results: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a view that keep what some results are, to compare others with."""
    run = TextRun(results["adjustments"], results["regression"])
    kept = tuple(
        (name, tuple(None if np.isnan(v) else float(v) for v in values_of(run)))
        for name, (_, values_of) in COMPARED.items()
    )
    return {"kept_label": run.label, "kept": kept}


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a curve per run, from its first layer (0) to its last (1)."""
    run = TextRun(results["adjustments"], results["regression"])
    name, values_of = COMPARED[view.quantity]
    runs = [(run.label, values_of(run), run.reasons(view.quantity))]
    if view.quantity in dict(view.kept):
        kept = _floats(dict(view.kept)[view.quantity])
        runs.append((view.kept_label, kept, (_KEPT,) * len(kept)))
    marks: dict[str, Mark] = {}
    for place, (_, values, _) in enumerate(runs):
        marks |= _marks_of(place, name, values)
    if view.layer is not None:
        layer_number(len(runs[0][1]), view.layer)
        at = float(_depths(len(runs[0][1]))[view.layer])
        marks["layer"] = Rule(at=at, colour="accent", width=0.9, selection=True)
    frame = Frame(
        Axis(-0.03, 1.03, "relative depth"),
        Axis(*limits_around(*(values for _, values, _ in runs)), name),
        marks,
        aspect=0.6,
    )
    return Shown(
        {"runs": frame},
        lambda: _table(runs),
        title=name[0].upper() + name[1:] + " by relative depth",
        key=tuple(
            Entry(Verbatim(label), f"category {place}", "line", SERIES_MARKERS[place])
            for place, (label, _, _) in enumerate(runs)
        ),
        widest=110.0,
    )


def _marks_of(place: int, name: str, values: Floats) -> dict[str, Mark]:
    depths, layers = _depths(len(values)), np.arange(len(values))

    def says(layer: int) -> str:
        return f"layer {layer} of 0–{layers[-1]}  {name} {number(values[layer], 3)}"

    colour = f"category {place}"
    points = Points(
        x=depths, y=values, colour=colour, marker=SERIES_MARKERS[place], says=says,
        stands_for={"layer": layers} if place == 0 else {},
    )  # fmt: skip
    return {f"run {place} curve": Curve(x=depths, y=values, colour=colour), f"run {place}": points}


def _depths(n_layers: int) -> Floats:
    """Return 0 for the first layer to 1 for the last (n_layers,); a single layer is at 0."""
    return np.arange(n_layers) / max(n_layers - 1, 1)


def _floats(values: tuple[float | None, ...]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _table(runs: list[tuple[str, Floats, tuple[str, ...]]]) -> Table:
    """Return a line per run and layer; the third of a run is why values are undefined."""
    sizes = [len(values) for _, values, _ in runs]
    return Table(
        {
            "run": np.repeat(np.arange(len(runs)), sizes),
            "series": [label for label, values, _ in runs for _ in values],
            "layer": np.concatenate([np.arange(size) for size in sizes]),
            "depth": np.concatenate([_depths(size) for size in sizes]),
            "value": np.concatenate([values for _, values, _ in runs]),
            "reason": np.concatenate(
                [np.where(np.isnan(values), why, "") for _, values, why in runs]
            ),
        }
    )
