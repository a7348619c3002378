"""Texts that were written before: by a model that may be another by now, or after other prompts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from laminoscope_core.sampling.branches import branches, mean_probability
from laminoscope_core.sampling.generate import Node
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.places import numbers_among

__all__ = ["KeptText", "carried_over", "kept_texts", "new_numbers"]


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


def new_numbers(before: NextTokens, read: NextTokens) -> dict[int, int]:
    """Return which numbers prompts have that were read again, by those that they had before."""
    numbers = numbers_among(
        [place.identity for place in read.places], [place.identity for place in before.places]
    )
    return {old: new for new, old in enumerate(numbers) if old is not None}


def carried_over(read: NextTokens, before: NextTokens, numbers: Mapping[int, int]) -> NextTokens:
    """Return prompts that the same model has read again, each where its text ended before.

    Parameters
    ----------
    read, before : NextTokens
        The prompts as they are now, and as they were.
    numbers : mapping of int to int
        As `new_numbers` returns them.
    """
    places = list(read.places)
    for old, new in numbers.items():
        places[new] = before.places[old]
    of_prompts = [guide for guide in read.guides if not places[guide.prompt].generated]
    of_texts = [
        replace(guide, prompt=numbers[guide.prompt])
        for guide in before.guides
        if guide.generated and guide.prompt in numbers
    ]
    return replace(read, places=tuple(places), guides=(*of_prompts, *of_texts))
