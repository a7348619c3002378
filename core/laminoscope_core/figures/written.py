"""Continuation: the prompt and what was written after it, coloured by how it was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.analysis.continuation import Result
from laminoscope_core.figures.labels import prompt_end
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.running_text import Scale, SetToken, draw_text, text_height
from laminoscope_core.figures.style import Style
from laminoscope_core.sampling.generate import Node
from laminoscope_core.sampling.views import COLOURINGS, written
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from matplotlib.colors import Colormap
    from matplotlib.figure import SubFigure

__all__ = ["View", "data", "draw", "height"]

_SCALES = {
    "probability": ("probability after the chain", "1", "0"),
    "entropy": ("entropy of the model", "0", "6 nats or more"),
    "rank": ("rank for the model", "1", "1,000 or more"),
}
_FAINTEST, _STRONGEST = 0.06, 0.6


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    prompt : int
        Which prompt, from 0.
    colouring : str
        One of `laminoscope_core.sampling.views.COLOURINGS`.
    written : tuple of int or None
        The tokens after the prompt; None for all up to where the candidates were asked for.
    """

    prompt: int = 0
    colouring: str = "probability"
    written: tuple[int, ...] | None = None


def data(results: Mapping[str, Any], view: View) -> PlotData:
    """Return one line per token, with how it was chosen; NaN for the prompt's tokens.

    Raises
    ------
    ValueError
        There is no such colouring, or what the view shows was not written.
    """
    result: Result = results["continuation"]
    if view.colouring not in COLOURINGS:
        raise ValueError(f"colouring must be one of {', '.join(COLOURINGS)}")
    prompt = min(view.prompt, len(result.places) - 1)
    place = result.places[prompt].place
    node = place.node
    if view.written is not None:
        node = _node_of(view.written, [node, *_generated(results, prompt)])
    tokens = written(place.rendered.token_ids, node, result.tokens.text_of)
    choices = [None if token.node is None else token.node.choice for token in tokens]

    def numbers(name: str) -> list[float]:
        return [np.nan if choice is None else float(getattr(choice, name)) for choice in choices]

    n_prompt = len(place.rendered.token_ids)
    table = Table(
        {
            "token_index": np.arange(len(tokens)),
            "token_id": [token.token for token in tokens],
            "token": [token.text for token in tokens],
            "written": np.arange(len(tokens)) >= n_prompt,
            **{
                name: numbers(name)
                for name in ("probability", "raw_probability", "raw_rank", "entropy", "u")
            },
            "strength": [token.strength(view.colouring) for token in tokens],
        }
    )
    ended = f", ended: {node.ended}" if node is not None and node.ended else ""
    labels = {
        "prompt": place.prompt.text,
        "title": f"{n_prompt:,} + {len(tokens) - n_prompt:,} tokens{ended}",
        "colouring": view.colouring,
    }
    return PlotData(table, labels)


def height(plot: PlotData, width: float, style: Style) -> float:
    """Return the inches that the text takes at a width."""
    return text_height(_tokens(plot), width, style)


def draw(place: "SubFigure", plot: PlotData, style: Style) -> None:
    """Set the prompt, muted, and what follows it, and the scale."""
    scale = Scale(*_SCALES[plot.labels["colouring"]], _grounds(style))
    title = f"{prompt_end(plot.labels['prompt'])}: {plot.labels['title']}"
    draw_text(place, _tokens(plot), title, scale, style)


def _tokens(plot: PlotData) -> list[SetToken]:
    columns = plot.table.columns
    return [
        SetToken(str(text), float(strength), muted=not later)
        for text, strength, later in zip(
            *(columns[name] for name in ("token", "strength", "written")), strict=True
        )
    ]


def _grounds(style: Style) -> "Colormap":
    from matplotlib.colors import ListedColormap, to_rgb

    paper, ink = (np.array(to_rgb(c)) for c in (style.theme.surface, style.theme.sites["q"]))
    share = np.linspace(_FAINTEST, _STRONGEST, 64)[:, None]
    return ListedColormap(paper * (1 - share) + ink * share)


def _generated(results: Mapping[str, Any], prompt: int) -> list[Node]:
    """Return the ends of what was written: the latest, or all that a run has kept."""
    made = [*results.get("generations", ()), results.get("generation")]
    return [one.node for one in made if one is not None and one.prompt == prompt]


def _node_of(tokens: tuple[int, ...], ends: Sequence[Node | None]) -> Node | None:
    """Return the node at which a text ends, on the way to one of the nodes that are known."""
    if not tokens:
        return None
    for end in ends:
        path = () if end is None else end.path
        if tuple(step.token for step in path[: len(tokens)]) == tuple(tokens):
            return path[len(tokens) - 1]
    raise ValueError("this text was not written after the prompt")
