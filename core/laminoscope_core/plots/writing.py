"""Continuation: the prompt and what was written after it, coloured by how it was chosen."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.continuation import Result
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.prompts import place_after, probability, prompt_end, token_label
from laminoscope_core.plots.running_text import RunningText
from laminoscope_core.plots.shown import Scale
from laminoscope_core.sampling.generate import Choice, Node
from laminoscope_core.sampling.kept import KeptText
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.tables import Table

__all__ = ["COLOURINGS", "View", "kept_text", "show", "text_up_to"]

COLOURINGS: Mapping[str, tuple[str, str, str]] = {
    "probability": ("probability after the chain", "1", "0"),
    "entropy": ("entropy of the model", "0", "6 nats or more"),
    "rank": ("rank for the model", "1", "1,000 or more"),
}
"""What a generated token may be coloured by: what the colours are, and what their ends are."""

_HIGH_ENTROPY, _LOW_RANK = 6.0, 1000.0
_NUMBERS = ("probability", "raw_probability", "raw_rank", "entropy", "u")
_TYPED = "the prompt's tokens were typed, not chosen"
_NOT_DRAWN = "no number was drawn for this token"


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    prompt : int
        Which prompt, from 0.
    colouring : str
        A key of `COLOURINGS`.
    written : tuple of int or None
        The tokens after the prompt; None for all up to where the candidates were asked for.
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
    node = place_after(result, view.prompt).place.node
    if view.written is not None:
        prompt = min(view.prompt, len(result.places) - 1)
        node = _node_of(view.written, [node, *_generated(results, prompt)])
    return text_up_to(node, result, view)


def text_up_to(node: Node | None, result: Result, view: View) -> RunningText:
    """Return the tokens of a view's prompt, and of what was written up to a node."""
    place = place_after(result, view.prompt).place
    prompt, path = place.rendered.token_ids, () if node is None else node.path
    ids = [*prompt, *(step.token for step in path if step.token is not None)]
    tokens = tuple(result.tokens.text_of(token) for token in ids)
    choices = [None] * len(prompt) + [step.choice for step in path]
    strength = np.array([_strength(choice, view.colouring) for choice in choices])

    def says(index: int) -> str:
        choice = choices[index]
        return "" if choice is None else _chosen(choice, ids[index], result.tokens)

    def table() -> Table:
        numbers = {
            name: [np.nan if each is None else float(getattr(each, name)) for each in choices]
            for name in _NUMBERS
        }
        return Table(
            {
                "token_index": np.arange(len(tokens)),
                "token_id": ids,
                "token": list(tokens),
                "written": np.arange(len(tokens)) >= len(prompt),
                **numbers,
                "strength": strength,
                "reason": [_missing(choice) for choice in choices],
            }
        )

    label, low, high = COLOURINGS[view.colouring]
    ended = f", ended: {node.ended}" if node is not None and node.ended else ""
    counted = f"{len(prompt):,} + {len(path):,} tokens{ended}"
    return RunningText(
        tokens=tokens,
        values=strength,
        scale=Scale("ground", 0.0, 1.0, label),
        ends=(low, high),
        rows=table,
        muted=frozenset(range(len(prompt))),
        says=says,
        title=f"{prompt_end(place.prompt.text)}: {counted}",
        note=counted,
    )


def kept_text(text: KeptText) -> RunningText:
    """Return a text that was written before, coloured by probability, which is kept of it."""
    n_prompt = len(text.prompt)
    tokens = (*text.prompt, *text.written)
    probabilities = np.array([np.nan] * n_prompt + list(text.probabilities))

    def says(index: int) -> str:
        return "" if index < n_prompt else f"p = {probability(probabilities[index])}"

    def table() -> Table:
        written = np.arange(len(tokens)) >= n_prompt
        reasons = np.where(written, "", _TYPED)
        return Table(
            {
                "token": list(tokens),
                "written": written,
                "probability": probabilities,
                "reason": reasons,
            }
        )

    label, low, high = COLOURINGS["probability"]
    note = f"{n_prompt:,} + {len(text.written):,} tokens, written by {text.model}"
    return RunningText(
        tokens=tokens,
        values=1 - probabilities,
        scale=Scale("ground", 0.0, 1.0, label),
        ends=(low, high),
        rows=table,
        muted=frozenset(range(n_prompt)),
        says=says,
        title=note,
        note=note,
    )


def _missing(choice: Choice | None) -> str:
    """Return why a token lacks numbers, empty where it has them all."""
    if choice is None:
        return _TYPED
    return _NOT_DRAWN if math.isnan(choice.u) else ""


def _strength(choice: Choice | None, colouring: str) -> float:
    """Return how strongly to colour a token, 0 to 1; NaN for the prompt's."""
    if choice is None:
        return math.nan
    return {
        "probability": 1 - choice.probability,
        "entropy": min(choice.entropy / _HIGH_ENTROPY, 1.0),
        "rank": min(math.log10(choice.raw_rank) / math.log10(_LOW_RANK), 1.0),
    }[colouring]


def _chosen(choice: Choice, chosen: int, tokens: NextTokens) -> str:
    """Return how a token came to be chosen, and what could stand there instead."""
    taken = "taken by hand" if math.isnan(choice.u) else f"u = {choice.u:.4f}"
    lines = [
        f"p = {probability(choice.probability)}, model"
        f" {probability(choice.raw_probability)} (rank {choice.raw_rank:,}), {taken}",
    ]
    for token, p in choice.offered:
        mark = "▸" if token == chosen else " "
        lines.append(f"{mark} {probability(p)}  {token_label(tokens.text_of(token), limit=30)}")
    return "\n".join(lines)


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
