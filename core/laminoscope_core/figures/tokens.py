"""Tokens: a text whose tokens stand on grounds coloured by a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis import adjustments
from laminoscope_core.analysis.token_views import (
    SITES,
    colour_limits,
    token_values,
)
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.running_text import (
    Scale,
    SetToken,
    draw_text,
    ground_map,
    text_height,
)
from laminoscope_core.figures.style import Style
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.figure import SubFigure

__all__ = ["View", "data", "draw", "height"]


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        For the quantities of one layer; None for the middle one.
    quantity : str
        What colours the tokens, a key of `laminoscope_core.analysis.token_views.QUANTITIES`.
    tokens : tuple of int
        The selected tokens, which are outlined.
    start : int
        The token that the figure begins with; a page holds only so many.
    """

    layer: int | None = None
    quantity: str = "layer"
    tokens: tuple[int, ...] = ()
    start: int = 0


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per token: its text, its number, and whether it is selected."""
    norms: adjustments.Result = results["adjustments"]
    n_layers, n_tokens = norms.log_norms.shape
    layer = min(n_layers // 2 if view.layer is None else view.layer, n_layers - 1)
    values = token_values(norms, results.get("regression"), view.quantity, layer)
    low, high = colour_limits(values[norms.params.drop :], 1)
    index = np.arange(n_tokens)[view.start :]
    with np.errstate(invalid="ignore"):
        ground = np.clip((values - low) / (high - low), 0, 1)
    table = Table(
        {
            "token_index": index,
            "token_id": np.array(norms.token_ids)[index],
            "token": [norms.shown[number] for number in index],
            "special": np.array(norms.special)[index],
            "value": values[index],
            "ground": ground[index],
            "selected": np.isin(index, view.tokens),
        }
    )
    site = SITES[norms.params.site]
    name, where = {
        "layer": (f"log norm of {site}", f"Layer {layer}, "),
        "mean": (f"log norm of {site}, mean of {n_layers} layers", ""),
        "surprisal": ("surprisal (nats)", ""),
        "entropy": ("entropy (nats)", ""),
        "residual": (f"log norm of {site} beyond prediction", f"Layer {layer}, "),
    }[view.quantity]
    counted = f"{n_tokens:,} token{'' if n_tokens == 1 else 's'}"
    if view.start:
        counted += f", from {view.start:,} on"
    labels = {
        "title": f"{where}{counted}",
        "value": name,
    }
    return PlotData(table, labels, {"value": (low, high)})


def height(plot: PlotData, width: float, style: Style) -> float:
    """Return the inches that the text takes at a width."""
    return text_height(_tokens(plot), width, style)


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Set the text and its scale."""
    low, high = (f"{end:.1f}".replace("-", "−") for end in plot.limits["value"])
    scale = Scale(plot.labels["value"], f"≤ {low}", f"≥ {high}", ground_map(style))
    draw_text(place, _tokens(plot), plot.labels["title"], scale, style)


def _tokens(plot: PlotData) -> list[SetToken]:
    columns = plot.table.columns
    return [
        SetToken(str(text), float(ground), chip=bool(special), marked=bool(selected))
        for text, ground, special, selected in zip(
            *(columns[name] for name in ("token", "ground", "special", "selected")), strict=True
        )
    ]
