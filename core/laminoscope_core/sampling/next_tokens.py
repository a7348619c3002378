"""What a model believes comes next after each prompt of an experiment, ready for any chain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from laminoscope_core.experiment import PromptSection, SamplingSection
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.columns import Column, Reading
from laminoscope_core.sampling.cuts import Cuts
from laminoscope_core.sampling.generate import stop_tokens
from laminoscope_core.sampling.guidance import GuideReader
from laminoscope_core.sampling.guiding import Guide, Guides
from laminoscope_core.sampling.named import NamedChain, named_chains
from laminoscope_core.sampling.places import Place
from laminoscope_core.sampling.presets import Recommendation, recommended
from laminoscope_core.sampling.prompts import render_prompt
from laminoscope_core.sampling.reading import Reader
from laminoscope_core.sampling.vocabulary import exact_texts, find_token, stop_ids
from laminoscope_core.text import joined_text

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["NextTokens", "Place", "chain_of", "next_tokens"]


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
    declared_stop : frozenset of int
        Those that the model declares.
    recommended : Recommendation or None
        The chain that the model's publisher recommends inside its file.
    readings : tuple of Reading
        The same texts read by other models or through other templates, for comparing.
    chains : tuple of NamedChain
        Those that the experiment compares.
    guides : tuple of Guide
        What second prompts give, of chains that are guided.
    cuts : tuple of Cuts
        What chains would have left of the prompts' own tokens, where that was asked for.
    known : mapping of str to (int, int)
        What `first_token` says without a tokenizer, as in a session whose model is not open.
    """

    places: tuple[Place, ...]
    texts: tuple[str, ...]
    chain: Chain
    seed: int
    stop: frozenset[int]
    declared_stop: frozenset[int] = frozenset()
    recommended: Recommendation | None = None
    readings: tuple[Reading, ...] = ()
    chains: tuple[NamedChain, ...] = ()
    guides: tuple[Guide, ...] = ()
    cuts: tuple[Cuts, ...] = ()
    known: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def remembered(self) -> dict[str, Any]:
        """What has been computed from these candidates alone, and does not change with a chain."""
        return {}

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
        return prompt + joined_text(self.text_of(token) for token in place.generated)

    def guides_at(self, prompt: int) -> Guides:
        """Return the logits of the second prompts that were read with a prompt's text so far."""
        generated = self.places[prompt].generated
        return {
            guide.text: guide.logits
            for guide in self.guides
            if (guide.prompt, guide.generated) == (prompt, generated)
        }

    def first_token(self, text: str) -> tuple[int, int]:
        """Return the first token of a text, and how many tokens it takes; 0 if there are none."""
        if self.chain.tokenizer is None:
            return self.known.get(text, (0, 0))
        return find_token(self.chain.tokenizer, text)

    @property
    def tokenizers(self) -> "tuple[PreTrainedTokenizerBase, ...]":
        """The tokenizer of the open model; none if these are of a session."""
        return () if self.chain.tokenizer is None else (self.chain.tokenizer,)

    def reading(self, column: Column) -> Reading | None:
        """Return what was read for a column that is not of the open model and the prompt's form.

        A text that has grown since must be read again, so its reading does not count.
        """
        place = self.places[column.prompt]
        chat = place.prompt.chat if column.chat is None else column.chat
        wanted = (column.prompt, column.model, chat, place.generated)
        for reading in self.readings:
            if (reading.prompt, reading.model, reading.chat, reading.generated) == wanted:
                return reading
        return None

    def is_own(self, column: Column) -> bool:
        """Return whether a column shows one of `places`, so that nothing else need be read."""
        chat = self.places[column.prompt].prompt.chat
        return not column.model and column.chat in (None, chat)


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
        Kept for whoever applies it; a chain or a stop token that is not valid is refused before
        the model runs.
    job : Job, optional

    Raises
    ------
    SamplingError
        A bad chain or stop token, a prompt that cannot be read, or logits that are not usable.
    Cancelled
        The job was cancelled.
    """
    chain = chain_of(sampling.chain, model.tokenizer)
    chains = named_chains(sampling.chains)
    stop = None
    if sampling.stop is not None:
        stop = stop_ids(sampling.stop, model.tokenizer, model.info.vocab_size)
    rendered = [render_prompt(model, p.text, chat=p.chat, system=p.system) for p in prompts]
    reader, places, job = Reader(model), [], job or Job()
    for number, (prompt, form) in enumerate(zip(prompts, rendered, strict=True)):
        job.report(number / len(prompts), f"prompt {number + 1} of {len(prompts)}")
        raw = Candidates.from_logits(reader.logits_after(form.token_ids))
        places.append(Place(prompt, form, raw))
    guides = GuideReader(model).after(chain, ())
    declared = stop_tokens(model)
    return NextTokens(
        places=tuple(places),
        texts=() if model.tokenizer is None else exact_texts(model.tokenizer),
        chain=chain,
        seed=sampling.seed,
        stop=declared if stop is None else stop,
        declared_stop=declared,
        recommended=recommended(model.info.sampling),
        chains=chains,
        guides=tuple(
            Guide(number, text, (), logits)
            for number in range(len(places))
            for text, logits in guides.items()
        ),
    )
