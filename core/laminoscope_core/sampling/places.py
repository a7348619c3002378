"""A text that ends somewhere, and the model's candidates for its next token."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from laminoscope_core.experiment import PromptSection
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.generate import Node
from laminoscope_core.sampling.prompts import RenderedPrompt
from laminoscope_core.sampling.stages import ChainState

__all__ = ["Place", "numbers_among"]

_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class Place:
    """A text that ends somewhere, and the model's candidates for its next token.

    Attributes
    ----------
    prompt : PromptSection
        As the user wrote it.
    rendered : RenderedPrompt
        As the model reads it.
    raw : Candidates
        Before any sampler.
    node : Node or None
        Where in the tree of continuations; None at the end of the prompt itself.
    """

    prompt: PromptSection
    rendered: RenderedPrompt
    raw: Candidates
    node: Node | None = None

    @property
    def generated(self) -> tuple[int, ...]:
        """Tokens after the prompt."""
        path = () if self.node is None else self.node.path
        return tuple(step.token for step in path if step.token is not None)

    @property
    def history(self) -> tuple[int, ...]:
        """All tokens so far, for penalties and DRY."""
        return self.rendered.token_ids + self.generated

    def state_for(self, chain: Chain) -> ChainState:
        """Return where a chain stands here."""
        return chain.start() if self.node is None else self.node.state_for(chain)

    @property
    def identity(self) -> tuple[PromptSection, tuple[int, ...]]:
        """The prompt as it was written and as it was read, whatever its number and what follows."""
        return self.prompt, self.rendered.token_ids


def numbers_among(wanted: Iterable[_T], there: Sequence[_T]) -> tuple[int | None, ...]:
    """Return where things are among others, each once and equal ones in their order; else None.

    Examples
    --------
    >>> numbers_among(["new", "a", "b", "b", "b"], ["a", "b", "gone", "b"])
    (None, 0, 1, 3, None)
    """
    left = dict(enumerate(there))
    numbers = []
    for one in wanted:
        number = next((number for number, other in left.items() if other == one), None)
        if number is not None:
            del left[number]
        numbers.append(number)
    return tuple(numbers)
