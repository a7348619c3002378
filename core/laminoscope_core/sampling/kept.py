"""Texts that were written before: by a model that may be another by now, or after other prompts."""

from collections.abc import Iterable
from dataclasses import dataclass

from laminoscope_core.sampling.branches import branches, mean_probability
from laminoscope_core.sampling.generate import Node
from laminoscope_core.sampling.next_tokens import NextTokens

__all__ = ["KeptText", "kept_texts"]


@dataclass(frozen=True)
class KeptText:
    """One branch, from its prompt to its end; nothing of it needs the model.

    Attributes
    ----------
    model : str
        The title of the model that wrote it.
    prompt : tuple of str
        The prompt as the model received it, token by token.
    written : tuple of str
        What follows, token by token.
    probabilities : tuple of float
        What the chain gave each token of it.
    """

    model: str
    prompt: tuple[str, ...]
    written: tuple[str, ...]
    probabilities: tuple[float, ...]

    @property
    def mean_probability(self) -> float:
        """Geometric mean of the tokens' probabilities."""
        return mean_probability(self.probabilities)


def kept_texts(
    model: str, tokens: NextTokens, made: Iterable[tuple[int, Node]]
) -> tuple[KeptText, ...]:
    """Return every branch of the trees after some prompts as a text of its own.

    Parameters
    ----------
    model : str
        Its title.
    tokens : NextTokens
        The prompts.
    made : iterable of (int, Node)
        All nodes, each with the number of its prompt.
    """
    trees: dict[int, list[Node]] = {}
    for prompt, node in made:
        trees.setdefault(prompt, []).append(node)
    return tuple(
        _kept(model, tokens, prompt, last)
        for prompt, nodes in trees.items()
        for last in _ends(nodes)
    )


def _ends(nodes: list[Node]) -> list[Node]:
    """Return the nodes after which nothing was written."""
    parents = {id(node.parent) for node in nodes}
    return [last for _, last in branches(nodes) if id(last) not in parents]


def _kept(model: str, tokens: NextTokens, prompt: int, last: Node) -> KeptText:
    path = last.path
    return KeptText(
        model,
        tuple(tokens.text_of(token) for token in tokens.token_ids[prompt]),
        tuple(tokens.text_of(node.token) for node in path if node.token is not None),
        tuple(node.choice.probability for node in path if node.choice is not None),
    )
