"""Lens: what every layer would say if the model ended there, as a map of layers × tokens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.lens import Result
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.inside import chosen_state, nothing_to_show, target_number, token_spans
from laminoscope_core.plots.prompts import probability
from laminoscope_core.plots.shown import Axis, Floats, Frame, Image, Mark, Rule, Scale, Shown
from laminoscope_core.plots.text import number
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many, visible_text

__all__ = ["QUANTITIES", "View", "show"]

QUANTITIES: Mapping[str, str] = {
    "probability": "probability",
    "rank": "rank",
    "entropy": "entropy",
    "kl": "KL from the end",
}
"""What the cells may show."""

_LABELS = {
    "probability": "probability",
    "rank": "rank, 1 is the likeliest",
    "entropy": "entropy (nats)",
    "kl": "KL from the end (nats)",
}


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked.
    tokens : tuple of int
        The selected tokens, which are marked.
    quantity : str
        A key of `QUANTITIES`.
    target : str
        The watched token whose probability or rank is shown; "" for the likeliest of each cell.
    state : str
        ``"before"`` or, with interventions, ``"after"``.
    colours, between
        As of `Coloured`.
    """

    layer: int | None = None
    tokens: tuple[int, ...] = ()
    quantity: str = "probability"
    target: str = ""
    state: str = "before"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("quantity", self.quantity, QUANTITIES)


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return the map, the embedding as layer −1 below the layers, with the likeliest tokens."""
    result: Result = results["lens"]
    reading = result.reading
    if reading is None:
        return nothing_to_show("lens", result.reason)
    state, target = chosen_state(result.states, view.state), target_number(result, view.target)
    values = _values(result, view.quantity, state, target)
    n_depths, n_tokens = values.shape
    texts = tuple(
        tuple(result.token_names[str(token)] for token in row)
        for row in reading.top_ids[state].tolist()
    )

    def says(depth: int, token: int) -> str:
        here = (state, depth, token)
        where = "embedding" if depth == 0 else f"layer {depth - 1}"
        read = visible_text(result.shown[token], spaces=True, limit=24)
        top = visible_text(texts[depth][token], spaces=True, limit=24)
        lines = [
            f"{where}, after {read}",
            f"{top}  p = {probability(reading.top_probability[here])}",
        ]
        for place, name in enumerate(result.watched.texts):
            rank, p = reading.rank[here][place], reading.probability[here][place]
            shown = visible_text(name, spaces=True, limit=24)
            lines.append(f"{shown}  p = {probability(p)}, rank {rank:,}")
        lines.append(f"entropy {number(reading.entropy[here])}, KL {number(reading.kl[here])} nats")
        return "\n".join(lines)

    marks: dict[str, Mark] = {
        "map": Image(
            values=values, x=(-0.5, n_tokens - 0.5), y=(-1.5, n_depths - 1.5), says=says,
            stands_for=lambda depth, token: {"token": token, "layer": max(depth - 1, 0)},
            texts=texts,
        ),
        "selected": token_spans(view.tokens, n_tokens, "on_map"),
    }  # fmt: skip
    if view.layer is not None:
        marks["layer"] = Rule(
            at=view.layer, across="y", colour="on_map", width=0.9, drags="layer", selection=True
        )
    frame = Frame(
        Axis(-0.5, n_tokens - 0.5, "token", whole=True, selects="token", names=result.shown),
        Axis(-1.5, n_depths - 1.5, "layer (−1: embedding)", whole=True, selects="layer"),
        marks,
        aspect=0.6,
        grid=False,
    )
    of_target = view.quantity in ("probability", "rank")
    shown_target = visible_text(result.watched.texts[target], spaces=True) if target >= 0 else ""
    size = f"{how_many(n_tokens, 'token')} × {how_many(n_depths - 1, 'layer')}"
    title = quantity = QUANTITIES[view.quantity]
    if of_target:
        likeliest = f"{quantity} of the likeliest token"
        title = f"{quantity} of {shown_target}" if shown_target else likeliest
    return Shown(
        {"map": frame},
        lambda: _table(result, state, values),
        title=f"{title[0].upper()}{title[1:]}, {size}",
        note=size,
        scale=coloured(_scale(view.quantity, values), view),
    )


def _values(result: Result, quantity: str, state: int, target: int) -> Floats:
    """Return the cells of the map (n_depths, n_tokens)."""
    reading = result.reading
    assert reading is not None
    if quantity == "rank":
        ranks = np.ones_like(reading.top_ids) if target < 0 else reading.rank[..., target]
        return np.asarray(ranks[state], dtype=np.float64)
    if quantity == "probability":
        p = reading.top_probability if target < 0 else reading.probability[..., target]
        return np.asarray(p[state])
    return np.asarray(getattr(reading, quantity)[state])


def _scale(quantity: str, values: Floats) -> Scale:
    label = _LABELS[quantity]
    known = values[np.isfinite(values)]
    top = float(known.max(initial=0.0))
    if quantity == "rank":
        return Scale("sequential", 1.0, max(top, 10.0), label, log=True)
    return Scale("sequential", 0.0, 1.0 if quantity == "probability" else top or 1.0, label)


def _table(result: Result, state: int, values: Floats) -> Table:
    """Return one line per depth and token."""
    reading = result.reading
    assert reading is not None
    depth, token = (axis.ravel() for axis in np.indices(values.shape))
    top = reading.top_ids[state].ravel()
    return Table(
        {
            "layer": depth - 1,
            "token_index": token,
            "token_id": np.array(result.token_ids)[token],
            "token": [result.shown[at] for at in token],
            "top": [result.token_names[str(at)] for at in top],
            "top_id": top,
            "value": values.ravel(),
            "reason": np.where(np.isnan(values.ravel()), "the stream is not finite there", ""),
        }
    )
