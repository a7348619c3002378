"""Patch: what the clean text's stream brings back when it is put into the corrupt text's run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.patch import Result
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.inside import nothing_to_show, token_spans
from laminoscope_core.plots.shown import Axis, Frame, Image, Mark, Rule, Scale, Shown
from laminoscope_core.plots.text import number
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many, visible_text

__all__ = ["View", "show"]

_ABSENT = "there is no second text of as many tokens, or fewer than two tokens are followed"
_EQUAL = "both texts give the same difference"


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked.
    tokens : tuple of int
        The selected tokens, which are marked.
    colours, between
        As of `Coloured`.
    """

    layer: int | None = None
    tokens: tuple[int, ...] = ()


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a map of layers × tokens: 0 changes nothing, 1 brings all of the clean text back."""
    result: Result = results["patch"]
    if result.reading is None:
        return nothing_to_show("patch", result.reason or _ABSENT)
    values = result.effect(result.reading.stream)
    n_layers, n_tokens = values.shape

    def says(layer: int, token: int) -> str:
        read = visible_text(result.shown[token], spaces=True, limit=24)
        return f"{token}  {read}  layer {layer}  effect {number(values[layer, token])}"

    marks: dict[str, Mark] = {
        "map": Image(
            values=values, x=(-0.5, n_tokens - 0.5), y=(-0.5, n_layers - 0.5), says=says,
            stands_for=lambda layer, token: {"token": token, "layer": layer},
        ),
        "selected": token_spans(view.tokens, n_tokens, "accent"),
    }  # fmt: skip
    if view.layer is not None:
        marks["layer"] = Rule(
            at=view.layer, across="y", colour="accent", width=0.9, drags="layer", selection=True
        )
    frame = Frame(
        Axis(-0.5, n_tokens - 0.5, "token", whole=True, selects="token", names=result.shown),
        Axis(-0.5, n_layers - 0.5, "layer", whole=True, selects="layer"),
        marks,
        aspect=0.6,
        grid=False,
    )
    known = np.abs(values[np.isfinite(values)])
    limit = max(float(known.max(initial=0.0)), 1.0)
    undefined = _EQUAL if np.isnan(values).all() else ""
    layer, token = (axis.ravel() for axis in np.indices(values.shape))
    size = f"{how_many(n_tokens, 'token')} × {how_many(n_layers, 'layer')}"
    return Shown(
        {"patch": frame},
        lambda: Table(
            {
                "layer": layer,
                "token_index": token,
                "token": [result.shown[each] for each in token],
                "value": values.ravel(),
                "reason": np.where(np.isnan(values.ravel()), _EQUAL, ""),
            }
        ),
        title=f"What the stream of the text brings back, {size}",
        note=undefined or size,
        scale=coloured(Scale("diverging", -limit, limit, "share brought back"), view),
        widest=140.0,
    )
