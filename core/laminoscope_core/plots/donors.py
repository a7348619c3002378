"""Donors: the text itself, coloured by what a chosen token takes from each one before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.attention import Result, map_of, reason_of
from laminoscope_core.plots.attention import is_long, layer_note
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.inside import chosen_state, chosen_token
from laminoscope_core.plots.once import once
from laminoscope_core.plots.running_text import RunningText
from laminoscope_core.plots.shown import Floats, Scale
from laminoscope_core.plots.text import number
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many, visible_text

__all__ = ["KINDS", "View", "is_ready", "show"]

KINDS: Mapping[str, str] = {"weight": "weight", "effect": "effect"}
"""What may colour the donors."""

_LABELS = {"weight": "weight", "effect": "length of what it writes"}
_LATER = "it comes after the token that takes"


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The selected layer; what is shown is the layer that was looked at.
    head : int or None
        The head that takes; the mean of all heads of the layer if None.
    tokens : tuple of int
        The last of them is the target, which takes; the text's last token if there is none.
    kind : str
        A key of `KINDS`.
    state : str
        ``"before"`` or, with interventions, ``"after"``.
    """

    layer: int | None = None
    head: int | None = None
    tokens: tuple[int, ...] = ()
    kind: str = "weight"
    state: str = "before"

    def __post_init__(self) -> None:
        check_choice("kind", self.kind, KINDS)


def show(results: Mapping[str, Any], view: View) -> RunningText:
    """Return the text, each token with what the target takes from it."""
    result: Result = results["attention"]
    n_tokens = len(result.token_ids)
    target = chosen_token(result.shown, view.tokens)
    state = chosen_state(result.states, view.state)
    head = None if view.head is None else min(view.head, max(result.n_heads - 1, 0))
    why = reason_of(result, view.kind)
    values = np.full(n_tokens, np.nan)
    if result.reading is None:
        why = why or "no layer has been looked at yet"
    elif not why:
        values = _taken(result, state, head, view.kind)[target]
    names = [visible_text(token, spaces=True, limit=24) for token in result.shown]
    top = float(np.nanmax(values, initial=0.0)) or 1.0
    label = _LABELS[view.kind]
    heads = f"mean of {how_many(result.n_heads, 'head')}" if head is None else f"head {head}"
    where = f"{layer_note(result, view.layer)} · {heads}"
    taking = f"{target} {names[target]} takes"
    reason = why or _LATER

    def says(donor: int) -> str:
        if np.isnan(values[donor]):
            return f"{donor}  {names[donor]}"
        return f"{taking} from {donor} {names[donor]}\n{label} {number(values[donor], 3)}"

    def rows() -> Table:
        place = np.arange(n_tokens)
        return Table(
            {
                "target_index": np.full(n_tokens, target),
                "donor_index": place,
                "token_id": result.token_ids,
                "token": result.tokens,
                "value": values,
                "reason": np.where(np.isnan(values), reason, ""),
            }
        )

    return RunningText(
        tokens=result.tokens,
        values=values,
        scale=Scale("ground", 0.0, top, label),
        ends=("0", number(top)),
        rows=rows,
        muted=frozenset(range(target + 1, n_tokens)),
        selected=frozenset({target}),
        stands_for={"token": np.arange(n_tokens)},
        says=says,
        title=f"What {taking}, layer {result.layer}, {heads}",
        note=why or f"{where} · {taking}",
    )


def is_ready(results: Mapping[str, Any], view: View) -> bool:
    """Return whether `show` only has to look up what it draws, or has little to make of it."""
    result: Result = results["attention"]
    if result.reading is None or reason_of(result, view.kind) or not is_long(result):
        return True
    head = None if view.head is None else min(view.head, max(result.n_heads - 1, 0))
    state = chosen_state(result.states, view.state)
    return head is not None or _taken.is_made(result, state, head, view.kind)


@once
def _taken(result: Result, state: int, head: int | None, kind: str) -> Floats:
    """Return what each target takes from each donor (n_tokens, n_tokens)."""
    if head is not None:
        return map_of(result, state, head, kind)
    total = sum(map_of(result, state, each, kind) for each in range(result.n_heads))
    return np.asarray(total / result.n_heads)
