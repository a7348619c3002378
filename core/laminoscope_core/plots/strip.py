"""Layers: the log-norms of all tokens, a strip for each layer, with their medians."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.adjustments import Result, norm_reasons
from laminoscope_core.analysis.registry import BEFORE
from laminoscope_core.plots.density import MOST_POINTS
from laminoscope_core.plots.once import once
from laminoscope_core.plots.shown import (
    Axis,
    Curve,
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
from laminoscope_core.plots.text import (
    SITES,
    counted,
    layer_axis,
    layer_rule,
    number,
    reason_of,
    token_text,
)
from laminoscope_core.plots.words import layer_number
from laminoscope_core.tables import Table

__all__ = ["View", "show"]

_MOST_RINGS = 2_500
_BINS = 96
_JITTER = 0.32


@dataclass(frozen=True)
class View:
    """What is shown: the layer that is marked, and the tokens that are ringed."""

    layer: int | None = None
    tokens: tuple[int, ...] = ()


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a point per layer and token, or counts in bins of many, and the medians.

    Those of the altered model have the medians of the model as it is dashed behind them.
    """
    norms: Result = results["adjustments"]
    before = _before(norms, results.get(BEFORE + "adjustments"))
    layer_number(len(norms.layers), view.layer)
    own = _marks(norms)
    if before is not None:
        x = np.arange(len(norms.layers), dtype=np.float64)
        dashed = Curve(x=x, y=_medians(before), dashed=True, alpha=0.6, width=1.5)
        own = {**own, "median before": dashed}
    marks = {**own, "selected": _rings(norms, view.tokens), **layer_rule(view.layer)}
    counts = marks.get("counts")
    limits = _limits(norms)

    def says(layer: int) -> str:
        return _layer_text(norms, layer)

    frame = Frame(
        layer_axis(len(norms.layers)),
        Axis(*(limits or (0.0, 1.0)), "log norm"),
        marks,
        inside="" if limits else reason_of(norms.reasons) or "no token is left",
        aspect=0.5,
        says=says,
    )
    undefined = reason_of(norms.reasons)
    site = SITES[norms.params.site]
    return Shown(
        {"layers": frame},
        lambda: _table(norms, view.tokens, before),
        title=f"Log norm of {site}, {counted(norms)}" + (f" ({undefined})" if undefined else ""),
        note=undefined or counted(norms),
        key=(
            Entry("median", "text", "line", "circle"),
            *((Entry("before", "text", "dashed"),) if before is not None else ()),
        ),
        scale=_depth(norms) if counts is None else _count_scale(counts),
        widest=110.0,
    )


def _before(norms: Result, before: Result | None) -> Result | None:
    """Return the norms of the model as it is, if they are of the same tokens."""
    if before is None or before.token_ids != norms.token_ids or before.params != norms.params:
        return None
    return before


@once
def _limits(norms: Result) -> tuple[float, float] | None:
    """Return limits around all values; None if there are none."""
    known = norms.kept[np.isfinite(norms.kept)]
    return limits_around(known) if known.size else None


def _depth(norms: Result) -> Scale:
    """Return the colours of layers, which stand along the axis already."""
    return Scale("depth", 0, max(len(norms.layers) - 1, 1), "layer", whole=True, bar=False)


def _count_scale(counts: Any) -> Scale:
    most = max(2.0, float(np.nanmax(counts.values)))
    return Scale("depth", 1, most, "tokens in a bin", whole=True, log=True)


@once
def _jitter(norms: Result) -> Floats:
    """Return how far beside its layer each token is drawn, in layers; the same each time."""
    return np.asarray(np.random.default_rng(0).uniform(-_JITTER, _JITTER, norms.n))


@once
def _medians(norms: Result) -> Floats:
    rows = (values[np.isfinite(values)] for values in norms.kept)
    return np.array([np.median(values) if values.size else np.nan for values in rows])


@once
def _marks(norms: Result) -> dict[str, Mark]:
    """Return all marks that do not depend on what is selected."""
    n_layers = len(norms.layers)
    layers, medians = np.arange(n_layers, dtype=np.float64), _medians(norms)
    many = int(np.isfinite(norms.kept).sum()) > MOST_POINTS
    return {
        **({"counts": _counts(norms)} if many else {"tokens": _cloud(norms)}),
        "median": Curve(x=layers, y=medians),
        "medians": Points(x=layers, y=medians, size=0.7),
    }


def _cloud(norms: Result) -> Points:
    drop = norms.params.drop
    layer, column = np.nonzero(np.isfinite(norms.kept))

    def says(at: int) -> str:
        token, value = int(column[at]) + drop, norms.kept[layer[at], column[at]]
        first = f"{token_text(norms, token)}  log norm {number(value)}"
        return f"{first}\n{_layer_text(norms, int(layer[at]))}"

    return Points(
        x=layer + _jitter(norms)[column],
        y=norms.kept[layer, column],
        size=0.6,
        alpha=0.75,
        shade=layer.astype(np.float64),
        stands_for={"token": column + drop, "layer": layer},
        says=says,
    )


def _counts(norms: Result) -> Image:
    kept = norms.kept
    known = np.isfinite(kept)
    edges = np.linspace(kept[known].min(), kept[known].max(), _BINS + 1)
    each = [np.histogram(v[k], edges)[0] for v, k in zip(kept, known, strict=True)]
    counts = np.stack(each, axis=1).astype(np.float64)
    return Image(
        values=np.where(counts > 0, counts, np.nan),
        x=(-0.5, len(kept) - 0.5),
        y=(float(edges[0]), float(edges[-1])),
        bare=True,
    )


def _rings(norms: Result, tokens: tuple[int, ...]) -> Points:
    chosen = np.array(tokens, dtype=np.int64) - norms.params.drop
    chosen = chosen[(chosen >= 0) & (chosen < norms.n)]
    if chosen.size * len(norms.layers) > _MOST_RINGS:
        chosen = chosen[:0]
    x = np.arange(len(norms.layers))[:, None] + _jitter(norms)[chosen]
    return Points(
        x=x.ravel(), y=norms.kept[:, chosen].ravel(), size=1.2, filled=False, colour="accent",
        selection=True,
    )  # fmt: skip


def _layer_text(norms: Result, layer: int) -> str:
    values = norms.kept[layer]
    values = values[np.isfinite(values)]
    if not values.size:
        return f"layer {layer}  {norms.reasons[layer] or 'no token is left'}"
    low, middle, high = (number(value) for value in np.percentile(values, (25, 50, 75)))
    return f"layer {layer}  median {middle}, quartiles {low} to {high}"


def _table(norms: Result, tokens: tuple[int, ...], before: Result | None) -> Table:
    """Return one line per mark: ``"token"`` (or ``"bin"``, from value to top) and ``"median"``.

    ``"median before"`` is that of the model as it is, beside the altered one.
    """
    layers, drop = np.arange(len(norms.layers)), norms.params.drop
    parts = [_lines("median", layers, np.full(layers.size, -1), layers, _medians(norms))]
    if before is not None:
        own = _lines("median before", layers, np.full(layers.size, -1), layers, _medians(before))
        parts.append(own)
    marks = _marks(norms)
    column = np.arange(norms.n)
    if isinstance(counts := marks.get("counts"), Image):
        row, layer = (axis.ravel() for axis in np.indices(counts.values.shape))
        edges = np.linspace(*counts.y, _BINS + 1)
        lines = _lines("bin", layer, np.full(layer.size, -1), layer, edges[row])
        count = np.nan_to_num(counts.values.ravel())
        parts.append({**lines, "top": edges[row + 1], "count": count})
        column = column[np.isin(column + drop, tokens)]
    layer, which = (axis.ravel() for axis in np.indices((layers.size, column.size)))
    values, x = norms.kept[layer, column[which]], layer + _jitter(norms)[column[which]]
    parts.append(_lines("token", layer, column[which] + drop, x, values))
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    is_token = columns["mark"] == "token"
    reasons = np.where(
        is_token,
        norm_reasons(norms)[columns["layer"], columns["token_index"]],
        [norms.reasons[layer] or "no token is left" for layer in columns["layer"]],
    )
    return Table(
        {
            **columns,
            "selected": is_token & np.isin(columns["token_index"], tokens),
            "reason": np.where(np.isnan(columns["value"]), reasons, ""),
        }
    )


def _lines(mark: str, layer: Any, token: Any, x: Any, value: Any) -> dict[str, Any]:
    missing = np.full(layer.size, np.nan)
    return {
        "mark": np.full(layer.size, mark),
        "layer": layer,
        "token_index": token,
        "x": np.asarray(x, dtype=np.float64),
        "value": value,
        "top": missing,
        "count": missing,
    }
