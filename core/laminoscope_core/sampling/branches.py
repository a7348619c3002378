"""The tree of what was written after a prompt, as stretches without a fork."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import geometric_mean

from laminoscope_core.sampling.generate import Node
from laminoscope_core.text import joined_text

__all__ = ["BranchRow", "branch_rows", "branches"]

_NEVER = 1e-12  # what a token counts for that the chain had removed and the user took


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
                text=joined_text(text_of(step.token) for step in steps if step.token is not None),
                mean_probability=mean_probability(
                    step.choice.probability for step in steps if step.choice
                ),
                current=any(id(step) in path for step in steps),
            )
        )
    return tuple(rows)


def mean_probability(probabilities: Iterable[float]) -> float:
    """Return the geometric mean of tokens' probabilities, next to nothing where one has none."""
    return geometric_mean(max(p, _NEVER) for p in probabilities)


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
