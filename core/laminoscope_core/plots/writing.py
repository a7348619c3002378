"""Continuation: the prompt and what was written after it, coloured by how it was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.prompts import place_after, probability, prompt_end
from laminoscope_core.plots.running_text import RunningText
from laminoscope_core.plots.shown import Scale
from laminoscope_core.sampling.generate import Node
from laminoscope_core.sampling.views import COLOURINGS, written
from laminoscope_core.tables import Table

if TYPE_CHECKING:
    from laminoscope_core.analysis.continuation import Result

__all__ = ["View", "show"]

_SCALES = {
    "probability": ("probability after the chain", "1", "0"),
    "entropy": ("entropy of the model", "0", "6 nats or more"),
    "rank": ("rank for the model", "1", "1,000 or more"),
}
"""By colouring: what the colours are, and what their ends are."""

_NUMBERS = ("probability", "raw_probability", "raw_rank", "entropy", "u")


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

    Raises
    ------
    ValueError
        There is no such colouring.
    """

    prompt: int = 0
    colouring: str = "probability"
    written: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        check_choice("colouring", self.colouring, COLOURINGS)


def show(results: Mapping[str, Any], view: View) -> RunningText:
    """Return the tokens of the prompt, muted, and of what follows it.

    Raises
    ------
    ValueError
        What the view shows was not written.
    """
    result: Result = results["continuation"]
    place = place_after(result, view.prompt).place
    node = place.node
    if view.written is not None:
        prompt = min(view.prompt, len(result.places) - 1)
        node = _node_of(view.written, [node, *_generated(results, prompt)])
    tokens = written(place.rendered.token_ids, node, result.tokens.text_of)
    choices = [None if token.node is None else token.node.choice for token in tokens]
    n_prompt = len(place.rendered.token_ids)
    strength = np.array([token.strength(view.colouring) for token in tokens], dtype=np.float64)

    def says(index: int) -> str:
        choice = choices[index]
        if choice is None:
            return f"{index}  id {tokens[index].token}"
        p = f"p {probability(choice.probability)} after the chain"
        model = f"{probability(choice.raw_probability)} for the model (rank {choice.raw_rank:,})"
        return f"{index}  id {tokens[index].token}  {p}, {model}"

    def table() -> Table:
        numbers = {
            name: [np.nan if each is None else float(getattr(each, name)) for each in choices]
            for name in _NUMBERS
        }
        return Table(
            {
                "token_index": np.arange(len(tokens)),
                "token_id": [token.token for token in tokens],
                "token": [token.text for token in tokens],
                "written": np.arange(len(tokens)) >= n_prompt,
                **numbers,
                "strength": strength,
            }
        )

    label, *ends = _SCALES[view.colouring]
    ended = f", ended: {node.ended}" if node is not None and node.ended else ""
    counted = f"{n_prompt:,} + {len(tokens) - n_prompt:,} tokens{ended}"
    return RunningText(
        tokens=tuple(token.text for token in tokens),
        values=strength,
        scale=Scale("ground", 0.0, 1.0, label),
        ends=(ends[0], ends[1]),
        rows=table,
        muted=frozenset(range(n_prompt)),
        says=says,
        title=f"{prompt_end(place.prompt.text)}: {counted}",
        note=counted,
    )


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
