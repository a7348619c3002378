"""Tokens: a text whose tokens stand on grounds coloured by a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import adjustments, regression
from laminoscope_core.analysis.adjustments import norm_reasons
from laminoscope_core.plots.adjustments import mean_log_norms
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.once import once
from laminoscope_core.plots.running_text import RunningText
from laminoscope_core.plots.shown import Floats, Scale
from laminoscope_core.plots.text import SITES, colour_limits, number, token_text
from laminoscope_core.plots.words import layer_number
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many

__all__ = ["QUANTITIES", "View", "show"]

QUANTITIES: Mapping[str, str] = {
    "layer": "log norm at the layer",
    "mean": "log norm, all layers",
    "surprisal": "surprisal",
    "entropy": "entropy",
    "residual": "more than predicted",
}
"""What may colour the tokens of a text."""

_OF_A_LAYER = ("layer", "residual")
_TAIL = 1.0
"""Percent of the tokens at either end that are beyond the colours."""


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        For the quantities of one layer; None for the middle one.
    quantity : str
        What colours the tokens, a key of `QUANTITIES`; ``"residual"`` needs a regression.
    tokens : tuple of int
        The selected tokens, which are outlined.
    start : int
        The token that a figure begins with; a page holds only so many.
    """

    layer: int | None = None
    quantity: str = "layer"
    tokens: tuple[int, ...] = ()
    start: int = 0

    def __post_init__(self) -> None:
        check_choice("quantity", self.quantity, QUANTITIES)
        if self.start < 0:
            raise ValueError(f"start must be 0 or more, not {self.start}")


def show(results: Mapping[str, Any], view: View) -> RunningText:
    """Return the text, each token with its number."""
    norms: adjustments.Result = results["adjustments"]
    fit: regression.Result | None = results.get("regression")
    layer = layer_number(len(norms.layers), view.layer)
    values = _values(norms, fit, view.quantity, layer)
    low, high = colour_limits(values[norms.params.drop :], _TAIL)
    n_tokens = len(norms.tokens)
    index = np.arange(min(view.start, n_tokens), n_tokens)

    def says(place: int) -> str:
        token = int(index[place])
        numbers = [
            f"id {norms.token_ids[token]}",
            f"log norm {number(norms.log_norms[layer, token])}",
            f"surprisal {number(norms.surprisal[token])}",
        ]
        return "  ".join((token_text(norms, token), *numbers))

    def rows() -> Table:
        with np.errstate(invalid="ignore"):
            ground = np.clip((values - low) / (high - low), 0, 1)
        return Table(
            {
                "token_index": index,
                "token_id": np.array(norms.token_ids)[index],
                "token": [norms.shown[at] for at in index],
                "special": np.array(norms.special)[index],
                "value": values[index],
                "ground": ground[index],
                "selected": np.isin(index, view.tokens),
                "reason": _reasons(norms, fit, view.quantity, layer, values)[index],
            }
        )

    where = f"layer {layer}, " if view.quantity in _OF_A_LAYER else ""
    size = f"{n_tokens:,} token{'' if n_tokens == 1 else 's'}"
    rest = f", from {view.start:,} on" if view.start else ""
    title = f"{where}{size}{rest}"
    return RunningText(
        tokens=norms.shown[view.start :] if view.start else norms.shown,
        values=values[index],
        scale=Scale("ground", low, high, _named(norms, view.quantity)),
        ends=(f"≤ {number(low, 1)}", f"≥ {number(high, 1)}"),
        rows=rows,
        special=_special(norms, view.start),
        selected=frozenset(at - view.start for at in view.tokens if view.start <= at < n_tokens),
        stands_for={"token": index},
        says=says,
        title=title[0].upper() + title[1:],
        note=_reason(norms, fit, view.quantity, layer) or title.replace(", ", " · "),
    )


@once
def _special(norms: adjustments.Result, start: int) -> frozenset[int]:
    """Return which tokens from some place on are signs to the model."""
    return frozenset(place for place, is_sign in enumerate(norms.special[start:]) if is_sign)


def _values(
    norms: adjustments.Result, fit: regression.Result | None, quantity: str, layer: int
) -> Floats:
    """Return the number that colours each token (n_tokens,); NaN where it is undefined."""
    if quantity == "layer":
        of_layer: Floats = norms.log_norms[layer]
        return of_layer
    if quantity == "mean":
        return mean_log_norms(norms)
    if quantity != "residual":
        known: Floats = getattr(norms, quantity)
        return known
    values = np.full(len(norms.tokens), np.nan)
    if fit is not None:
        values[fit.rows] = fit.observed[layer] - fit.predicted[layer]
    return values


def _named(norms: adjustments.Result, quantity: str) -> str:
    site = SITES[norms.params.site]
    return {
        "layer": f"log norm of {site}",
        "mean": f"log norm of {site}, mean of {how_many(len(norms.layers), 'layer')}",
        "surprisal": "surprisal (nats)",
        "entropy": "entropy (nats)",
        "residual": f"log norm of {site} beyond prediction",
    }[quantity]


def _reasons(
    norms: adjustments.Result,
    fit: regression.Result | None,
    quantity: str,
    layer: int,
    values: Floats,
) -> NDArray[np.str_]:
    """Return why each token's number is undefined (n_tokens,), empty where it is not."""
    reason: str | NDArray[np.str_] = adjustments.UNPREDICTED
    if quantity == "residual":
        reason = _reason(norms, fit, quantity, layer) or "the regression has no row of this token"
    elif quantity in ("layer", "mean"):  # no mean of all layers: the first one says why
        reason = norm_reasons(norms)[layer if quantity == "layer" else 0]
    return np.where(np.isnan(values), reason, "")


def _reason(
    norms: adjustments.Result, fit: regression.Result | None, quantity: str, layer: int
) -> str:
    """Return why the numbers of a layer are undefined, empty where they are not."""
    if quantity == "residual":
        return "there is no regression" if fit is None else fit.reasons[layer]
    return norms.reasons[layer] if quantity == "layer" else ""
