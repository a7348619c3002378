"""A text that ends somewhere, and the model's candidates for its next token."""

from dataclasses import dataclass

from laminoscope_core.experiment import PromptSection
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.generate import Node
from laminoscope_core.sampling.prompts import RenderedPrompt
from laminoscope_core.sampling.stages import ChainState

__all__ = ["Place"]


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
