"""The text: prompt and continuation token by token, and the tree of what was tried."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from laminoscope_core.sampling.generate import Choice, Node

__all__ = ["COLOURINGS", "BranchRow", "WrittenToken", "branch_rows", "branches", "written"]

COLOURINGS = ("probability", "entropy", "rank")
"""What a generated token may be coloured by."""

_HIGH_ENTROPY, _LOW_RANK = 6.0, 1000.0
_NEVER = 1e-12  # what a token counts for that the chain had removed and the user took


@dataclass(frozen=True, eq=False)
class WrittenToken:
    """One token of the text.

    Attributes
    ----------
    token : int
    text : str
        Exact.
    node : Node or None
        How it came to be chosen; None for the prompt's tokens.
    """

    token: int
    text: str
    node: Node | None = None

    def strength(self, colouring: str) -> float:
        """Return how strongly to colour it, 0 to 1; NaN for the prompt's tokens.

        ``"probability"``: 1 − p after the chain; ``"entropy"``: of the model there, full at 6
        nats; ``"rank"``: the logarithm of the model's rank, full at 1000.
        """
        if self.node is None or self.node.choice is None:
            return math.nan
        return _strength(self.node.choice, colouring)


@dataclass(frozen=True, eq=False)
class BranchRow:
    """A stretch of the tree without a fork.

    Attributes
    ----------
    parent : int
        Index of the row that it branches from; −1 for the prompt.
    nodes : tuple of Node
        First to last.
    text : str
        Exact.
    mean_probability : float
        Geometric mean of its tokens' probabilities after the chain.
    current : bool
        Whether the text goes through it.
    """

    parent: int
    nodes: tuple[Node, ...]
    text: str
    mean_probability: float
    current: bool


def written(
    prompt: Sequence[int], node: Node | None, text_of: Callable[[int], str]
) -> tuple[WrittenToken, ...]:
    """Return the tokens of a prompt and of what was generated up to a node."""
    tokens = [WrittenToken(token, text_of(token)) for token in prompt]
    for step in () if node is None else node.path:
        assert step.token is not None
        tokens.append(WrittenToken(step.token, text_of(step.token), step))
    return tuple(tokens)


def branch_rows(
    nodes: Sequence[Node], current: Node | None, text_of: Callable[[int], str]
) -> tuple[BranchRow, ...]:
    """Return the tree that some nodes make, parents first.

    Parameters
    ----------
    nodes : sequence of Node
        All that were generated from one prompt.
    current : Node or None
        Where the text ends now.
    text_of : callable
        The exact text of a token id.
    """
    path = {id(step) for step in (() if current is None else current.path)}
    row_of: dict[int, int] = {}
    rows: list[BranchRow] = []
    for first, last in branches(nodes):
        whole = last.path
        steps = whole[whole.index(first) :]
        for step in steps:
            row_of[id(step)] = len(rows)
        rows.append(
            BranchRow(
                parent=row_of.get(id(first.parent), -1),
                nodes=steps,
                text="".join(text_of(step.token) for step in steps if step.token is not None),
                mean_probability=_geometric_mean(steps),
                current=any(id(step) in path for step in steps),
            )
        )
    return tuple(rows)


def branches(nodes: Sequence[Node]) -> list[tuple[Node, Node]]:
    """Return the first and last node of every stretch without a fork, parents first."""
    children: dict[int, list[Node]] = {}
    for node in nodes:
        # nodes that begin a text have parents that are all the prompt
        parent = node.parent if node.parent is not None and node.parent.parent else None
        children.setdefault(id(parent), []).append(node)
    stretches = []
    waiting = list(reversed(children.get(id(None), [])))
    while waiting:
        first = last = waiting.pop()
        while len(following := children.get(id(last), [])) == 1:
            last = following[0]
        stretches.append((first, last))
        waiting += reversed(children.get(id(last), []))
    return stretches


def _strength(choice: Choice, colouring: str) -> float:
    return {
        "probability": 1 - choice.probability,
        "entropy": min(choice.entropy / _HIGH_ENTROPY, 1.0),
        "rank": min(math.log10(choice.raw_rank) / math.log10(_LOW_RANK), 1.0),
    }[colouring]


def _geometric_mean(steps: Sequence[Node]) -> float:
    logs = [
        math.log(max(step.choice.probability, _NEVER)) for step in steps if step.choice is not None
    ]
    return math.exp(sum(logs) / len(logs))
