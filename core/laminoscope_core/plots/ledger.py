"""Ledger: what each part of the blocks adds to a token's logit, or to the difference of two."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.ledger import Result, total, with_difference
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.inside import chosen_state, chosen_token, nothing_to_show, target_text
from laminoscope_core.plots.shown import (
    Axis,
    Bars,
    Boxes,
    Curve,
    Entry,
    Floats,
    Frame,
    Image,
    Mark,
    Points,
    Rule,
    Scale,
    Shown,
    limits_around,
)
from laminoscope_core.plots.text import layer_rule, number
from laminoscope_core.recording.reducers.ledger import LedgerReading
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many, visible_text

__all__ = ["OPENED", "View", "show"]

OPENED: Mapping[str, str] = {
    "largest": "largest parts",
    "layers": "layer by layer",
    "heads": "heads",
}
"""How the ledger may be opened."""

_LARGEST = 8
"""Parts that have a bar of their own."""


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked.
    head : int or None
        The head that is marked.
    tokens : tuple of int
        The last of these is the token after which is read; the text's last one if empty.
    target : str
        What is followed: one of the result's targets; "" for their last, which of two or more is
        the first less the second.
    opened : str
        A key of `OPENED`.
    state : str
        ``"before"`` or, with interventions, ``"after"``.
    colours, between
        As of `Coloured`.
    """

    layer: int | None = None
    head: int | None = None
    tokens: tuple[int, ...] = ()
    target: str = ""
    opened: str = "largest"
    state: str = "before"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("opened", self.opened, OPENED)


@dataclass(frozen=True, eq=False)
class _Account:
    """The contributions to one logit at one token."""

    reading: LedgerReading
    at: tuple[int, int, int]  # state, token, target
    layers: tuple[int, ...]

    def of(self, name: str) -> Any:
        """Return a part's contribution, by layer and head where it has these."""
        state, token, target = self.at
        return getattr(self.reading, name)[state, ..., token, target]

    @property
    def sum(self) -> float:
        """All parts together: the logit before a cap."""
        return float(total(self.reading)[self.at])


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return bars of the largest parts, curves over layers, or a map of heads."""
    result: Result = results["ledger"]
    if result.reading is None or not result.watched.n:
        return nothing_to_show("ledger", result.reason or "no token is followed")
    targets = result.targets
    target = targets.index(view.target) if view.target in targets else len(targets) - 1
    token = chosen_token(result.shown, view.tokens)
    at = (chosen_state(result.states, view.state), token, target)
    account = _Account(with_difference(result.reading), at, result.layers)
    of = target_text(result.watched.texts, target)
    after = visible_text(result.shown[token], spaces=True, limit=24)
    said = f"logit of {of} after token {token}, {after}"
    rest = abs(float(account.of("logit")) - account.sum)
    note = f"{number(account.sum)}, remainder {rest:.0e} · {said}"
    frames, rows, key, scale = _OPENED[view.opened](account, view)
    return Shown(
        frames, rows, title=said[0].upper() + said[1:], note=note, key=key,
        scale=None if scale is None else coloured(scale, view), widest=140.0,
    )  # fmt: skip


_Drawn = tuple[dict[str, Frame], Callable[[], Table], tuple[Entry, ...], Scale | None]


def _largest(account: _Account, view: View) -> _Drawn:
    """Return signed bars: the largest parts in order of size, all others, and their sum."""
    names, values, layers = _parts(account)
    order = np.argsort(-np.abs(values), kind="stable")
    own = order[:_LARGEST]
    labels = [names[at] for at in own]
    lengths = values[own].tolist()
    of_layer = layers[own].tolist()
    if len(order) > _LARGEST:
        labels.append(how_many(len(order) - _LARGEST, "other"))
        lengths.append(float(values[order[_LARGEST:]].sum()))
        of_layer.append(-1)
    labels.append("sum")
    lengths.append(account.sum)
    of_layer.append(-1)
    bars, y = np.array(lengths), np.arange(len(labels), dtype=np.float64)
    chosen = np.array(of_layer) == (-2 if view.layer is None else view.layer)
    stands = {"layer": [None if layer < 0 else layer for layer in of_layer]}
    marks: dict[str, Mark] = {
        "bars": Bars(
            at=y, lengths=bars, colour="v", thickness=0.7, stands_for=stands,
            says=lambda row: f"{labels[row]}  {_signed(bars[row])}",
        ),
        "selected": Bars(
            at=y[chosen], lengths=bars[chosen], colour="accent", thickness=0.7, selection=True
        ),
        "zero": Rule(at=0.0, colour="muted"),
        "sums": Rule(at=len(labels) - 1.5, across="y", colour="grid"),
    }  # fmt: skip
    frame = Frame(
        Axis(*limits_around(bars, np.zeros(1)), "added to the logit"),
        Axis(len(labels) - 0.4, -0.6, ticks=tuple(zip(y.tolist(), labels, strict=True))),
        marks,
        aspect=0.0,
        lines=1.25 * len(labels) + 1,
        grid=False,
        beside=tuple((float(n), _signed(value), "text") for n, value in enumerate(bars)),
    )
    columns = {"label": labels, "layer": of_layer, "value": bars, "reason": _reasons(bars)}
    return {"largest": frame}, lambda: Table(columns), (), None


def _layers(account: _Account, view: View) -> _Drawn:
    """Return what attentions and MLPs add, layer by layer, and the sum so far."""
    layers = np.array(account.layers, dtype=np.float64)
    attention, mlp = account.of("attention"), account.of("mlp")
    before = float(account.of("embedding")) + float(account.of("bias"))
    running = before + np.cumsum(np.nan_to_num(attention) + np.nan_to_num(mlp))
    series = {"attention": ("category 0", attention), "MLP": ("category 1", mlp)}
    marks: dict[str, Mark] = {"zero": Rule(at=0.0, across="y", colour="grid")}
    marks |= layer_rule(view.layer)
    for name, (colour, values) in series.items():
        marks[f"{name} curve"] = Curve(x=layers, y=values, colour=colour)
        marks[f"{name} points"] = Points(
            x=layers, y=values, colour=colour, size=0.7, stands_for={"layer": account.layers},
            marker="circle" if name == "MLP" else "square",
            says=partial(_says_added, name, values),
        )  # fmt: skip
    so_far: dict[str, Mark] = {
        **layer_rule(view.layer),
        "curve": Curve(x=layers, y=running, colour="text"),
        "points": Points(
            x=layers, y=running, colour="text", size=0.6, stands_for={"layer": account.layers},
            says=lambda row: f"after layer {row}  {_signed(running[row])}",
        ),
    }  # fmt: skip
    along = Axis(-0.6, float(layers[-1]) + 0.6, "layer", whole=True, selects="layer")
    frames = {
        "added": Frame(along, Axis(*limits_around(attention, mlp, np.zeros(1)), "added"), marks),
        "so far": Frame(along, Axis(*limits_around(running), "sum so far"), so_far, aspect=0.3),
    }
    key = (
        Entry("attention", "category 0", "line", "square"),
        Entry("MLP", "category 1", "line", "circle"),
    )
    names = np.repeat(["attention", "mlp", "sum so far"], layers.size)
    values = np.concatenate([attention, mlp, running])

    def rows() -> Table:
        layer = np.tile(np.array(account.layers), 3)
        columns = {"series": names, "layer": layer, "value": values, "reason": _reasons(values)}
        return Table(columns)

    return frames, rows, key, None


def _heads(account: _Account, view: View) -> _Drawn:
    """Return a map of what every head adds."""
    values: Floats = account.of("heads")
    n_layers, n_heads = values.shape
    known = np.abs(values[np.isfinite(values)])
    limit = float(known.max(initial=0.0)) or 1.0
    marks: dict[str, Mark] = {
        "map": Image(
            values=values, x=(-0.5, n_heads - 0.5), y=(-0.5, n_layers - 0.5),
            says=lambda layer, head: f"layer {layer}, head {head}  {_signed(values[layer, head])}",
            stands_for=lambda layer, head: {"layer": layer, "head": head},
        ),
    }  # fmt: skip
    if view.layer is not None and view.head is not None and view.head < n_heads:
        corner = np.array([[-0.5, 0.5]])
        marks["selected"] = Boxes(
            x=corner + view.head, y=corner + view.layer, colour="accent", selection=True
        )
    frame = Frame(
        Axis(-0.5, n_heads - 0.5, "head", whole=True),
        Axis(-0.5, n_layers - 0.5, "layer", whole=True, selects="layer"),
        marks,
        aspect=1.2,
        grid=False,
        inside=account.reading.no_heads,
    )
    scale = Scale("diverging", -limit, limit, "added to the logit")

    def rows() -> Table:
        layer, head = (axis.ravel() for axis in np.indices(values.shape))
        reason = account.reading.no_heads or "it is not a finite number"
        missing = np.where(np.isnan(values.ravel()), reason, "")
        columns = {"layer": layer, "head": head, "value": values.ravel(), "reason": missing}
        return Table(columns)

    return {"heads": frame}, rows, (), scale


_OPENED = {"largest": _largest, "layers": _layers, "heads": _heads}


def _parts(account: _Account) -> tuple[list[str], Floats, NDArray[np.int64]]:
    """Return the names, contributions and layers (−1 for none) of all parts that are summed."""
    names, values, layers = ["embedding"], [float(account.of("embedding"))], [-1]
    for kind, name in (("attention", "attention"), ("mlp", "MLP")):
        for layer, value in zip(account.layers, account.of(kind).tolist(), strict=True):
            names.append(f"{name} {layer}")
            values.append(value)
            layers.append(layer)
    if bias := float(account.of("bias")):
        names.append("bias")
        values.append(bias)
        layers.append(-1)
    return names, np.array(values), np.array(layers)


def _says_added(name: str, values: Floats, row: int) -> str:
    return f"layer {row}  {name} {_signed(values[row])}"


def _signed(value: float) -> str:
    return f"+{number(value)}" if value > 0 else number(value)


def _reasons(values: Floats) -> NDArray[np.str_]:
    return np.where(np.isnan(values), "it is not a finite number", "")
