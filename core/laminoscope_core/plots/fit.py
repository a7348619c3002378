"""Fit: what the regression of one layer predicts, what it leaves, and its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis import adjustments, regression
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.histograms import common_edges, histogram_density
from laminoscope_core.plots.regression import term_name
from laminoscope_core.plots.shown import (
    Axis,
    Floats,
    Frame,
    Image,
    Mark,
    Points,
    Rule,
    Scale,
    Shown,
    Steps,
    limits_around,
)
from laminoscope_core.plots.text import SITES, number, token_text
from laminoscope_core.plots.words import layer_number
from laminoscope_core.tables import Table

__all__ = ["CHECKS", "View", "show"]

CHECKS: Mapping[str, str] = {
    "predicted": "observed by predicted",
    "residuals": "residuals by predicted",
    "order": "residuals in order",
    "histogram": "residual histogram",
    "design": "design matrix",
}
"""Checks of a regression, and the rows that it was computed from."""

_MANY = 500
"""Above so many points, they are drawn smaller."""
_EXTREME = 3.0
"""Where the colours of z-scores end."""


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        None for the middle one.
    check : str
        A key of `CHECKS`.
    tokens : tuple of int
        The selected tokens, which are ringed.
    """

    layer: int | None = None
    check: str = "predicted"
    tokens: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        check_choice("check", self.check, CHECKS)


@dataclass(frozen=True, eq=False)
class _Fitted:
    """The regression of one layer, and how its tokens are named."""

    norms: adjustments.Result
    fit: regression.Result
    layer: int

    @property
    def residuals(self) -> Floats:
        """Observed minus predicted (n,)."""
        left: Floats = self.fit.observed[self.layer] - self.fit.predicted[self.layer]
        return left

    def named(self, row: int) -> str:
        """Return the number and the text of a row's token."""
        return token_text(self.norms, int(self.fit.rows[row]))


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return points that are tokens, a histogram of what is left over, or the design."""
    fit: regression.Result = results["regression"]
    layer = layer_number(len(fit.layers), view.layer)
    if reason := fit.reasons[layer]:
        nothing = Axis(0, 1, ticks=())
        frame = Frame(nothing, nothing, {}, inside=f"Undefined in layer {layer}: {reason}.")
        nowhere: dict[str, list[Any]] = {
            "layer": [fit.layers[layer]], "x": [np.nan], "y": [np.nan], "reason": [reason],
        }  # fmt: skip
        return Shown({"undefined": frame}, lambda: Table(nowhere), widest=110.0)
    fitted = _Fitted(results["adjustments"], fit, layer)
    frame, rows = _FRAMES.get(view.check, _points)(fitted, view)
    explained = f"R² = {number(fit.r2[layer])}"
    return Shown(
        {view.check: frame},
        rows,
        title=f"Log norm of {SITES[fit.site]}, layer {layer}, n = {fit.n:,}, {explained}",
        note=f"layer {layer} · n = {fit.n:,} · {explained}",
        scale=_Z if view.check == "design" else None,
        widest=110.0,
    )


_Z = Scale("diverging", -_EXTREME, _EXTREME, "z within column", over=True, under=True)


def _points(fitted: _Fitted, view: View) -> tuple[Frame, Callable[[], Table]]:
    fit, layer = fitted.fit, fitted.layer
    predicts = view.check == "predicted"
    observed, predicted, residuals = fit.observed[layer], fit.predicted[layer], fitted.residuals
    x = fit.rows.astype(np.float64) if view.check == "order" else predicted
    y = observed if predicts else residuals
    selected = np.isin(fit.rows, view.tokens)

    def says(row: int) -> str:
        numbers = f"observed {number(observed[row])}, predicted {number(predicted[row])}"
        return f"{fitted.named(row)}  {numbers}, residual {number(residuals[row])}"

    marks: dict[str, Mark] = {
        "expected": Rule(across="unity" if predicts else "y", colour="muted", dashed=True),
        "tokens": Points(
            x=x, y=y, colour="category 0", alpha=0.65, size=0.5 if fit.n > _MANY else 0.9,
            stands_for={"token": fit.rows}, says=says,
        ),
        "selected": Points(
            x=x[selected], y=y[selected], size=1.6, filled=False, colour="accent", selection=True
        ),
    }  # fmt: skip
    frame = Frame(
        Axis(*limits_around(x), "token" if view.check == "order" else "predicted log norm"),
        Axis(*limits_around(y), "observed log norm" if predicts else "residual"),
        marks,
        aspect=0.72,
        grid=False,
    )
    return frame, lambda: Table(
        {
            "token_index": fit.rows,
            "token": [fitted.norms.shown[row] for row in fit.rows],
            "x": x,
            "y": y,
            "selected": selected,
        }
    )


def _histogram(fitted: _Fitted, view: View) -> tuple[Frame, Callable[[], Table]]:  # noqa: ARG001
    residuals = fitted.residuals
    edges = common_edges(residuals)
    counts, _ = np.histogram(residuals, edges)
    density = histogram_density(residuals, edges)
    frame = Frame(
        Axis(*limits_around(edges, np.zeros(1), margin=0.03), "residual"),
        Axis(0, 1.08 * float(density.max()), "density"),
        {
            "residuals": Steps(edges=edges, heights=density, colour="category 0", filled=True),
            "expected": Rule(at=0, colour="muted", dashed=True),
        },
        aspect=0.72,
    )
    columns = {"x": edges[:-1], "right": edges[1:], "count": counts, "y": density}
    return frame, lambda: Table(columns)


def _design(fitted: _Fitted, view: View) -> tuple[Frame, Callable[[], Table]]:
    """Every column by itself, as z-scores; the constant has none and is left out."""
    fit = fitted.fit
    names = ("t", *(term_name(term) for term in fit.terms if term != "const"))
    chosen = [at for at, term in enumerate(fit.terms) if term != "const"]
    values = np.column_stack([fit.observed[fitted.layer], fit.design[fitted.layer][:, chosen]])
    spread = values.std(axis=0)
    z = (values - values.mean(axis=0)) / np.where(spread > 0, spread, np.nan)
    first, last = float(fit.rows[0]), float(fit.rows[-1])
    selected = fit.rows[np.isin(fit.rows, view.tokens)].astype(np.float64)

    def says(row: int, column: int) -> str:
        cell = f"{names[column]}: {number(values[row, column])}, z {number(z[row, column])}"
        return f"{fitted.named(row)}  {cell}"

    frame = Frame(
        Axis(
            -0.5, len(names) - 0.5, "observed at t, and what predicts it",
            ticks=tuple((float(at), name) for at, name in enumerate(names)),
        ),
        Axis(last + 0.5, first - 0.5, "token", whole=True, selects="token"),
        {
            "z": Image(
                values=z, x=(-0.5, len(names) - 0.5), y=(first - 0.5, last + 0.5), says=says,
                stands_for=lambda row, _: {"token": int(fit.rows[row])},
            ),
            "selected": Points(
                x=np.full(selected.size, -0.5), y=selected, marker="triangle", colour="accent",
                selection=True,
            ),
        },
        aspect=0.72,
        grid=False,
    )  # fmt: skip
    return frame, lambda: Table(
        {
            "term": np.repeat(np.array(names), fit.n),
            "token_index": np.tile(fit.rows, len(names)),
            "token": [fitted.norms.shown[row] for row in fit.rows] * len(names),
            "value": values.T.ravel(),
            "z": z.T.ravel(),
            "selected": np.tile(np.isin(fit.rows, view.tokens), len(names)),
            "reason": np.where(np.isnan(z.T.ravel()), "all values of this column are equal", ""),
        }
    )


_FRAMES = {"histogram": _histogram, "design": _design}
