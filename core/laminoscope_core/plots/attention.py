"""Attention: all heads of a layer as small maps, and the selected one large beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.attention import (
    Result,
    allowed,
    map_of,
    reason_of,
    table_of,
)
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.inside import chosen_state, nothing_to_show
from laminoscope_core.plots.once import once
from laminoscope_core.plots.shown import Axis, Boxes, Floats, Frame, Image, Scale, Shown, Texts
from laminoscope_core.plots.text import number
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many, visible_text

__all__ = ["NAMES", "View", "is_long", "is_ready", "layer_note", "show"]

NAMES: Mapping[str, str] = {
    "weight": "weight",
    "compatibility": "compatibility",
    "unturned": "without rotation",
    "effect": "effect",
}
"""What the cells may show."""

_LABELS: Mapping[str, str] = {
    "weight": "weight",
    "compatibility": "compatibility (before the softmax)",
    "unturned": "compatibility without rotation",
    "effect": "length of what it writes",
}
_FINEST = 48
"""Cells along a small map; more tokens share them."""
_QUICK = 1_000_000
"""Numbers of all heads that are made at once."""
_MOST_NAMED = 14
"""Tokens that are named downwards; more are numbered."""


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The selected layer; what is shown is the layer that was looked at.
    head : int or None
        The head that is large; the first one if None.
    tokens : tuple of int
        The selected tokens, whose rows are marked.
    kind : str
        A key of `NAMES`.
    state : str
        ``"before"`` or, with interventions, ``"after"``.
    colours, between
        As of `Coloured`.
    """

    layer: int | None = None
    head: int | None = None
    tokens: tuple[int, ...] = ()
    kind: str = "weight"
    state: str = "before"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("kind", self.kind, NAMES)


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a map of small maps and a large one, targets downwards and donors along."""
    result: Result = results["attention"]
    if result.reading is None:
        waiting = "no layer has been looked at yet"
        return nothing_to_show("attention", result.reason or waiting)
    if why := reason_of(result, view.kind):
        return nothing_to_show("attention", why)
    state = chosen_state(result.states, view.state)
    head = min(view.head or 0, result.n_heads - 1)
    n_tokens = len(result.token_ids)
    small = _small_maps(result, state, view.kind)
    large = _map(result, state, head, view.kind)
    note = f"{layer_note(result, view.layer)} · head {head} · {how_many(n_tokens, 'token')}"
    return Shown(
        {
            "heads": _heads_frame(result, small, head),
            "head": _head_frame(result, large, view, head),
        },
        lambda: _rows(result, state, head, view.kind),
        title=f"{NAMES[view.kind][0].upper()}{NAMES[view.kind][1:]}, layer {result.layer}, "
        f"head {head}, {how_many(n_tokens, 'token')}",
        note=note,
        scale=coloured(_scale(small, view.kind), view),
        narrowest=40.0,
        widest=120.0,
    )


def is_ready(results: Mapping[str, Any], view: View) -> bool:
    """Return whether `show` only has to look up what it draws, or has little to make of it."""
    result: Result = results["attention"]
    if result.reading is None or reason_of(result, view.kind) or not is_long(result):
        return True
    state, head = chosen_state(result.states, view.state), min(view.head or 0, result.n_heads - 1)
    return _small_maps.is_made(result, state, view.kind) and _map.is_made(
        result, state, head, view.kind
    )


def is_long(result: Result) -> bool:
    """Return whether a number of all heads takes long to make: there are many pairs of tokens."""
    return result.n_heads * len(result.token_ids) ** 2 > _QUICK


def layer_note(result: Result, layer: int | None) -> str:
    """Return which layer is shown, and that the selected one is not there yet."""
    shown = f"layer {result.layer}"
    return shown if layer in (None, result.layer) else f"{shown}; layer {layer} is not there yet"


def _head_frame(result: Result, values: Floats, view: View, head: int) -> Frame:
    n_tokens = len(values)
    names = tuple(visible_text(token, spaces=True, limit=24) for token in result.shown)
    ends = (-0.5, n_tokens - 0.5)
    label = NAMES[view.kind]

    def says(target: int, donor: int) -> str:
        if np.isnan(values[target, donor]):
            return ""
        pair = f"{target} {names[target]} takes from {donor} {names[donor]}"
        return f"head {head}, {pair}\n{label} {number(values[target, donor], 3)}"

    def cells_of(name: str, value: Any) -> list[tuple[int, int]]:
        inside = name == "token" and 0 <= value < n_tokens
        return [(value, donor) for donor in range(value + 1)] if inside else []

    named = tuple(enumerate(names)) if n_tokens <= _MOST_NAMED else None
    marked = np.array([token for token in view.tokens if token < n_tokens], dtype=np.float64)
    return Frame(
        Axis(*ends, "taken from", whole=True, names=names),
        Axis(*ends[::-1], "token that takes", whole=True, ticks=named, mono=True),
        {
            "map": Image(
                values=values, x=ends, y=ends, says=says, bare=True, cells_of=cells_of,
                stands_for=lambda target, _: {"head": head, "token": target},
            ),
            "selected": Boxes(
                x=np.stack([np.full(len(marked), -0.5), marked + 0.5], axis=1),
                y=np.stack([marked - 0.5, marked + 0.5], axis=1), colour="accent", selection=True,
            ),
        },
        title=f"Head {head}",
        aspect=1.0,
        share=1.3,
        grid=False,
    )  # fmt: skip


def _heads_frame(result: Result, small: Floats, head: int) -> Frame:
    n_heads, size = small.shape[:2]
    n_columns = ceil(sqrt(n_heads))
    n_rows = ceil(n_heads / n_columns)
    gap = ceil(size / 12)
    step = size + gap
    whole = np.full((n_rows * step - gap, n_columns * step - gap), np.nan)
    top, left = (np.arange(n_heads) // n_columns) * step, (np.arange(n_heads) % n_columns) * step
    for which in range(n_heads):
        y, x = int(top[which]), int(left[which])
        whole[y : y + size, x : x + size] = small[which]

    def at(row: int, column: int) -> int | None:
        which = row // step * n_columns + column // step
        return which if which < n_heads else None

    def says(row: int, column: int) -> str:
        which = at(row, column)
        return "" if which is None else f"layer {result.layer}, head {which}"

    def stands_for(row: int, column: int) -> Mapping[str, Any]:
        which = at(row, column)
        return {} if which is None else {"head": which}

    high, wide = whole.shape
    here = slice(head, head + 1)
    edges = np.array([-gap / 2, size + gap / 2])
    return Frame(
        Axis(-gap, wide + gap, ticks=()),
        Axis(high + gap, -gap, ticks=()),
        {
            "maps": Image(
                values=whole, x=(0.0, float(wide)), y=(0.0, float(high)), says=says,
                stands_for=stands_for, bare=True,
            ),
            "numbers": Texts(
                x=left + size, y=top, texts=tuple(map(str, range(n_heads))),
                align=("right",) * n_heads, box=(size / 2, size / 2),  # over the diagonal
            ),
            "selected": Boxes(
                x=left[here, None] + edges, y=top[here, None] + edges, colour="accent",
                selection=True,
            ),
        },
        title=f"Layer {result.layer}, {how_many(n_heads, 'head')}",
        aspect=n_rows / n_columns,
        share=0.7,
        grid=False,
    )  # fmt: skip


def _rows(result: Result, state: int, head: int, kind: str) -> Table:
    """Return all numbers of the large map, then what the cells of the small ones show."""
    large = {**table_of(result, (head,), (state,)).columns}
    large.pop("state", None)
    small = _small_maps(result, state, kind)
    which, row, column = np.nonzero(np.isfinite(small))
    begins = _begins(len(result.token_ids))
    cells: dict[str, Any] = {
        "layer": np.full(len(which), result.layer),
        "head": which,
        "target_index": begins[row],
        "donor_index": begins[column],
        kind: small[which, row, column],
        "reason": np.full(len(which), ""),
    }
    empty = np.full(len(which), np.nan)
    columns = {name: np.concatenate([of, cells.get(name, empty)]) for name, of in large.items()}
    n_pairs = len(large["head"])
    return Table({"plot": ["head"] * n_pairs + ["heads"] * len(which), **columns})


def _scale(small: Floats, kind: str) -> Scale:
    """Return the scale of all heads of the layer."""
    known = small[np.isfinite(small)]
    if kind in ("weight", "effect"):
        top = 1.0 if kind == "weight" else float(known.max(initial=0.0)) or 1.0
        return Scale("sequential", 0.0, top, _LABELS[kind])
    most = float(np.abs(known).max(initial=0.0)) or 1.0
    return Scale("diverging", -most, most, _LABELS[kind])


@once
def _map(result: Result, state: int, head: int, kind: str) -> Floats:
    """Return the numbers of one head (n_tokens, n_tokens)."""
    return map_of(result, state, head, kind, _allowed(result, state))


@once
def _allowed(result: Result, state: int) -> NDArray[np.bool_]:
    return allowed(result, state)


@once
def _small_maps(result: Result, state: int, kind: str) -> Floats:
    """Return the maps of all heads (n_heads, n_cells, n_cells), coarser for longer texts.

    A cell of several pairs of tokens has the number that is furthest from zero.
    """
    inside, heads = _allowed(result, state), range(result.n_heads)
    signed = kind in ("compatibility", "unturned")
    maps = (map_of(result, state, head, kind, inside) for head in heads)
    return np.stack([_coarser(each, signed) for each in maps])


def _begins(n_tokens: int) -> NDArray[np.int64]:
    """Return the first token of each row, and column, of a small map."""
    ends = np.linspace(0, n_tokens, min(n_tokens, _FINEST) + 1)
    return ends[:-1].astype(np.int64)


def _coarser(values: Floats, signed: bool) -> Floats:
    n_tokens = len(values)
    cells = _begins(n_tokens)
    if len(cells) == n_tokens:
        return values
    most = np.fmax.reduceat(np.fmax.reduceat(values, cells, axis=0), cells, axis=1)
    if not signed:
        return most
    least = np.fmin.reduceat(np.fmin.reduceat(values, cells, axis=0), cells, axis=1)
    return np.where(np.abs(least) > np.abs(most), least, most)
