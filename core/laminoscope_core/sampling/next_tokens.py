"""What a model believes comes next after each prompt of an experiment, ready for any chain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from laminoscope_core.experiment import PromptSection, SamplingSection
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.generate import Node, stop_tokens
from laminoscope_core.sampling.prompts import RenderedPrompt, render_prompt, token_texts
from laminoscope_core.sampling.reading import Reader
from laminoscope_core.sampling.stages import ChainState
from laminoscope_core.text import named_bytes, token_bytes

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["NextTokens", "Place", "chain_of", "next_tokens"]


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


@dataclass(frozen=True, eq=False)
class NextTokens:
    """One place per prompt, and what the chain of the experiment is.

    Attributes
    ----------
    places : tuple of Place
        In the order of the prompts.
    texts : tuple of str
        The text of every token, bytes that are no whole character by name, as ``⟨0xE2⟩``; empty
        without a tokenizer.
    chain : Chain
        As the experiment has it.
    seed : int
    stop : frozenset of int
        Tokens that end a text.
    """

    places: tuple[Place, ...]
    texts: tuple[str, ...]
    chain: Chain
    seed: int
    stop: frozenset[int]

    @property
    def token_ids(self) -> tuple[tuple[int, ...], ...]:
        """The prompts as the model received them."""
        return tuple(place.rendered.token_ids for place in self.places)

    def text_of(self, token: int) -> str:
        """Return a token's text; empty for a logit without a token."""
        return self.texts[token] if token < len(self.texts) else ""

    def text_before(self, place: Place) -> str:
        """Return what stands before the candidates: the prompt, with its chat, and what follows."""
        prompt = place.rendered.text if place.prompt.chat else place.prompt.text
        return prompt + "".join(self.text_of(token) for token in place.generated)

    def first_token(self, text: str) -> tuple[int, int]:
        """Return the first token of a text, and how many tokens it takes; 0 if there are none."""
        if self.chain.tokenizer is None:
            return 0, 0
        ids = self.chain.tokenizer.encode(text, add_special_tokens=False)
        return (int(ids[0]), len(ids)) if ids else (0, 0)


def chain_of(
    chain: str | Sequence[Mapping[str, Any]], tokenizer: "PreTrainedTokenizerBase | None" = None
) -> Chain:
    """Return the chain of a preset's name or of a list of samplers.

    Raises
    ------
    SamplingError
        No such preset, or not a valid chain.
    """
    if isinstance(chain, str):
        return Chain.preset(chain, tokenizer)
    return Chain.from_list(chain, tokenizer)


def next_tokens(
    model: Model,
    prompts: Sequence[PromptSection],
    sampling: SamplingSection,
    job: Job | None = None,
) -> NextTokens:
    """Read every prompt and keep the logits of its last position.

    Parameters
    ----------
    model : Model
    prompts : sequence of PromptSection
    sampling : SamplingSection
        Kept for whoever applies it; a chain that is not valid is refused before the model runs.
    job : Job, optional

    Raises
    ------
    SamplingError
        A bad chain, a prompt that cannot be read, or logits that are not usable.
    Cancelled
        The job was cancelled.
    """
    chain = chain_of(sampling.chain, model.tokenizer)
    rendered = [render_prompt(model, p.text, chat=p.chat, system=p.system) for p in prompts]
    reader, places = Reader(model), []
    for number, (prompt, form) in enumerate(zip(prompts, rendered, strict=True)):
        if job is not None:
            job.report(number / len(prompts), f"prompt {number + 1} of {len(prompts)}")
        raw = Candidates.from_logits(reader.logits_after(form.token_ids))
        places.append(Place(prompt, form, raw))
    texts = () if model.tokenizer is None else _exact_texts(model.tokenizer)
    return NextTokens(tuple(places), texts, chain, sampling.seed, stop_tokens(model))


def _exact_texts(tokenizer: "PreTrainedTokenizerBase") -> tuple[str, ...]:
    texts = list(token_texts(tokenizer))
    for token in [token for token, text in enumerate(texts) if "\ufffd" in text]:
        values = token_bytes(str(tokenizer.convert_ids_to_tokens(token)))
        texts[token] = named_bytes(values) or texts[token]
    return tuple(texts)
