"""Regression: what the tokens before predict, layer by layer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.regression import PREDICTORS, Result
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.shown import (
    Axis,
    Band,
    Curve,
    Entry,
    Floats,
    Frame,
    Mark,
    Marker,
    Points,
    Rule,
    Shown,
    limits_around,
)
from laminoscope_core.plots.text import (
    SITES,
    layer_axis,
    layer_rule,
    number,
    reason_of,
)
from laminoscope_core.plots.words import layer_number
from laminoscope_core.tables import Table

__all__ = ["CURVES", "SERIES_MARKERS", "View", "show", "term_name", "terms_of"]

CURVES: Mapping[str, str] = {
    "lags": "β of lags",
    **{name: f"β of {name}" for name in PREDICTORS},
    "r2": "R²",
}
"""What may be drawn over the layers."""

SERIES_MARKERS: tuple[Marker, ...] = ("circle", "square", "triangle", "diamond", "star")
"""A marker shape beside each colour."""

_ALPHA = 0.05


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked.
    shown : str
        A key of `CURVES`.
    """

    layer: int | None = None
    shown: str = "lags"

    def __post_init__(self) -> None:
        check_choice("shown", self.shown, CURVES)


@dataclass(frozen=True, eq=False)
class _Series:
    """One curve over the layers; intervals, p and q where it is a coefficient."""

    name: str
    values: Floats
    low: Floats
    high: Floats
    p: Floats
    q: Floats

    @property
    def significant(self) -> NDArray[np.bool_]:
        """Where q < .05."""
        return np.nan_to_num(self.q, nan=1) < _ALPHA

    @property
    def nearly(self) -> NDArray[np.bool_]:
        """Where p alone is below .05."""
        return (np.nan_to_num(self.p, nan=1) < _ALPHA) & ~self.significant


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return curves with their intervals: filled where q < .05, a dot where p alone is.

    Raises
    ------
    ValueError
        There is no such layer, or the regression lacks the predictor.
    """
    fit: Result = results["regression"]
    layer_number(len(fit.layers), view.layer)
    series = _series(fit, view.shown)
    tested = view.shown != "r2"
    marks: dict[str, Mark] = {"zero": Rule(at=0, across="y", colour="muted")}
    for place, each in enumerate(series):
        marks |= _marks_of(each, place, np.array(fit.layers, dtype=np.float64), tested=tested)

    def says(layer: int) -> str:
        return _layer_text(fit, series, layer, tested=tested)

    undefined = reason_of(fit.reasons)
    known = any(np.isfinite(each.values).any() for each in series)
    frame = Frame(
        layer_axis(len(fit.layers)),
        Axis(
            *limits_around(np.zeros(1), *(v for s in series for v in (s.values, s.low, s.high))),
            _interval(fit) if tested else "R²",
        ),
        {**marks, **layer_rule(view.layer)},
        inside="" if known else f"Undefined: {undefined}",
        aspect=0.55,
        says=says,
    )
    key = [
        Entry(each.name, f"category {place}", "line", SERIES_MARKERS[place])
        for place, each in enumerate(series)
    ]
    if tested:
        key += [
            Entry("q < .05", "muted", "marker", "circle"),
            Entry("only p < .05", "muted", "dotted", "circle"),
            Entry("neither", "muted", "hollow", "circle"),
        ]
    counted = f"n = {fit.n:,} token{'' if fit.n == 1 else 's'}"
    worth = f" (undefined: {undefined})" if undefined else f"; {fit.note}" if fit.note else ""
    return Shown(
        {"curves": frame},
        lambda: _table(fit, series),
        title=f"Log norm of {SITES[fit.site]}, {counted}{worth}",
        note=f"undefined: {undefined}" if undefined else f"{counted}{worth}",
        key=tuple(key),
        widest=110.0,
    )


def _interval(fit: Result) -> str:
    robust = ", HC3" if fit.params.covariance == "HC3" else ""
    return f"β (95 % interval{robust})"


def terms_of(fit: Result, shown: str) -> tuple[str, ...]:
    """Return the terms whose coefficients are drawn: all lags for ``"lags"``, else the one."""
    lags = shown == "lags"
    return tuple(term for term in fit.terms if (term.startswith("t-") if lags else term == shown))


def _series(fit: Result, shown: str) -> list[_Series]:
    if shown == "r2":
        none = np.full(len(fit.layers), np.nan)
        both = (("R²", fit.r2), ("adjusted R²", fit.adj_r2))
        return [_Series(name, values, none, none, none, none) for name, values in both]
    terms = terms_of(fit, shown)
    if not terms:
        raise ValueError(f"the regression has no {shown!r}; it has {', '.join(fit.terms)}")
    return [
        _Series(_label(term), *(each[:, fit.terms.index(term)] for each in _of_terms(fit)))
        for term in terms
    ]


def _of_terms(fit: Result) -> tuple[Floats, ...]:
    return fit.coef, fit.low, fit.high, fit.p, fit.q


def term_name(term: str) -> str:
    """Return what a term of the regression is called where it is shown.

    Examples
    --------
    >>> term_name("t-1"), term_name("const"), term_name("surprisal")
    ('t−1', 'constant', 'surprisal')
    """
    if term == "const":
        return "constant"
    return f"t−{term[2:]}" if term.startswith("t-") else term


def _label(term: str) -> str:
    return f"β({term_name(term)})" if term.startswith("t-") else term


def _marks_of(series: _Series, place: int, x: Floats, *, tested: bool) -> dict[str, Mark]:
    colour, y, nearly = f"category {place}", series.values, series.nearly
    marks: dict[str, Mark] = {
        f"{series.name} curve": Curve(x=x, y=y, colour=colour),
        series.name: Points(
            x=x, y=y, colour=colour, marker=SERIES_MARKERS[place],
            filled=series.significant if tested else True,
        ),
    }  # fmt: skip
    if tested:
        band = Band(x=x, low=series.low, high=series.high, colour=colour, alpha=0.18)
        dots = Points(x=x[nearly], y=y[nearly], colour=colour, size=0.4)
        marks = {f"{series.name} band": band, **marks, f"{series.name} dots": dots}
    return marks


def _layer_text(fit: Result, series: list[_Series], layer: int, *, tested: bool) -> str:
    lines = [f"layer {layer}"]
    if fit.reasons[layer]:
        lines.append(f"undefined: {fit.reasons[layer]}")
    for each in series if not fit.reasons[layer] else ():
        line = f"{each.name}  {number(each.values[layer], 3)}"
        if tested:
            interval = f"{number(each.low[layer])} to {number(each.high[layer])}"
            line += f"  [{interval}]  p {each.p[layer]:.3f}, q {each.q[layer]:.3f}"
        lines.append(line)
    return "\n".join(lines)


def _table(fit: Result, series: list[_Series]) -> Table:
    n_layers = len(fit.layers)
    each = {name: np.concatenate([vars(s)[name] for s in series]) for name in _COLUMNS}
    return Table(
        {
            "series": np.repeat([s.name for s in series], n_layers),
            "layer": np.tile(np.array(fit.layers), len(series)),
            "value": each["values"],
            **{name: each[name] for name in _COLUMNS[1:]},
            "significant": np.concatenate([s.significant for s in series]),
            "nearly": np.concatenate([s.nearly for s in series]),
            "n": np.full(n_layers * len(series), fit.n),
            "reason": np.tile(np.array(fit.reasons), len(series)),
        }
    )


_COLUMNS = ("values", "low", "high", "p", "q")
