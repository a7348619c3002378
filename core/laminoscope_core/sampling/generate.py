"""Continue a prompt token by token: a tree of immutable nodes over one key/value cache.

A node knows its parent, its token, and where the samplers stand after it; undoing is going to
the parent, branching is choosing another child.  Nothing is ever copied or taken back.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.guidance import GuideReader, second_prompts
from laminoscope_core.sampling.guiding import Guide, Guides
from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.reading import Reader
from laminoscope_core.sampling.seeds import SamplerState
from laminoscope_core.sampling.stages import ChainState, Stages
from laminoscope_core.sampling.vocabulary import decoded_after_text

__all__ = ["Choice", "Continuation", "Node", "stop_tokens", "with_guides"]

_N_ALTERNATIVES = 10
_N_REMEMBERED = 8


@dataclass(frozen=True, eq=False)
class Choice:
    """How a token came to be chosen, for colouring it and for hovering over it.

    Attributes
    ----------
    probability : float
        What the chain gave it; 0 if the chain had removed it and the user took it anyway.
    raw_probability : float
        What the model gave it.
    raw_rank : int
        Its place among the model's candidates, 1 for the best.
    entropy : float
        Of the model's distribution, in nats.
    u : float
        The random number; NaN if the user took the token or nothing was left to draw.
    alternatives : ndarray of int64, (≤ 10,)
        The chain's best candidates there.
    alternative_probabilities : ndarray of float64, (≤ 10,)
    """

    probability: float
    raw_probability: float
    raw_rank: int
    entropy: float
    u: float
    alternatives: NDArray[np.int64]
    alternative_probabilities: NDArray[np.float64]

    @property
    def offered(self) -> list[tuple[int, float]]:
        """The alternatives and their probabilities, best first."""
        pairs = zip(self.alternatives, self.alternative_probabilities, strict=True)
        return [(int(token), float(p)) for token, p in pairs]


@dataclass(frozen=True, eq=False)
class Node:
    """A place in the tree of continuations.

    Attributes
    ----------
    parent : Node or None
        None for the prompt.
    token : int or None
        The token that led here from the parent.
    n_tokens : int
        Tokens up to and including this one, the prompt's included.
    choice : Choice or None
        How the token was chosen.
    ended : str
        ``"stop token"`` or ``"context window"`` if a run does not go on from here; else empty.
    chain : Chain or None
        The chain that was in force, whose state `state` is.
    state : ChainState or None
    seed : int or None
        What the token was drawn with; None if the user took it.
    """

    parent: "Node | None"
    token: int | None
    n_tokens: int
    choice: Choice | None = None
    ended: str = ""
    chain: Chain | None = None
    state: ChainState | None = None
    seed: int | None = None

    @property
    def path(self) -> tuple["Node", ...]:
        """The nodes from the first generated token to this one."""
        nodes = []
        node: Node | None = self
        while node is not None and node.parent is not None:
            nodes.append(node)
            node = node.parent
        return tuple(reversed(nodes))

    def state_for(self, chain: Chain) -> ChainState:
        """Return where ``chain`` stands here: fresh samplers if another chain led here."""
        if self.state is not None and self.chain is not None and self.chain.links == chain.links:
            return self.state
        words = self.state.words if self.state is not None else 0
        return ChainState(words, tuple(SamplerState() for _ in chain.links))


class Continuation:
    """Continues one prompt; the tree's nodes are the caller's to keep.

    Chain and seed are given with every step, so that they may change under way.  Not for use
    by several threads at a time.

    Parameters
    ----------
    model : Model
    prompt : sequence of int
        Token ids, at least one, as from `prompts.render_prompt`.
    stop : iterable of int, optional
        Tokens at which `run` ends; the model's own if absent.

    Attributes
    ----------
    stop : frozenset of int
        May be changed between steps.
    root : Node
        The prompt.
    reader : Reader
        What runs the model.
    """

    def __init__(
        self, model: Model, prompt: Sequence[int], stop: Iterable[int] | None = None
    ) -> None:
        if not len(prompt):
            raise SamplingError("The prompt is empty.", "Write a prompt.")
        self.model = model
        self.prompt = tuple(int(token) for token in prompt)
        self.stop = stop_tokens(model) if stop is None else frozenset(stop)
        self.reader = Reader(model)
        self.root = Node(None, None, len(self.prompt))
        self._remembered: OrderedDict[Node, Candidates] = OrderedDict()
        self._guide_reader = GuideReader(model)
        self._guides: OrderedDict[tuple[Node, tuple[str, ...]], Guides] = OrderedDict()

    def tokens(self, node: Node) -> list[int]:
        """Return all token ids up to a node, the prompt's first."""
        return [*self.prompt, *(step.token for step in node.path if step.token is not None)]

    def text(self, node: Node) -> str:
        """Return what was generated up to a node, special tokens written out."""
        if self.model.tokenizer is None:
            return ""
        return decoded_after_text(self.model.tokenizer, self.tokens(node)[len(self.prompt) :])

    def candidates(self, node: Node) -> Candidates:
        """Return what the model believes comes after a node; the last few are remembered.

        Raises
        ------
        SamplingError
            The context window is full, or the model's logits are not usable.
        """
        if node not in self._remembered:
            window = self.model.info.context_length
            if window is not None and node.n_tokens > window:
                raise SamplingError(
                    f"The text has {node.n_tokens:,} tokens; the model's context "
                    f"window is {window:,}.",
                    "Shorten the text, or open another model.",
                )
            logits = self.reader.logits_after(self.tokens(node))
            self._remembered[node] = Candidates.from_logits(logits)
            while len(self._remembered) > _N_REMEMBERED:
                self._remembered.popitem(last=False)
        self._remembered.move_to_end(node)
        return self._remembered[node]

    def guides(self, node: Node, chain: Chain) -> Guides:
        """Return what the second prompts of a chain give after a node; the last are remembered.

        Raises
        ------
        SamplingError
            A second prompt cannot be read, or the context window is too short for it.
        """
        key = node, second_prompts(chain)
        if key not in self._guides:
            generated = self.tokens(node)[len(self.prompt) :]
            self._guides[key] = self._guide_reader.after(chain, generated)
            while len(self._guides) > _N_REMEMBERED:
                self._guides.popitem(last=False)
        return self._guides[key]

    def stages(self, node: Node, chain: Chain, seed: int | None = None) -> Stages:
        """Return what the chain does to the candidates after a node."""
        state = node.state_for(chain)
        guides = self.guides(node, chain)
        return chain.apply(self.candidates(node), self.tokens(node), seed, state, guides)

    def step(self, node: Node, chain: Chain, seed: int) -> Node:
        """Draw the next token; costs one token of the model, and one for each second prompt."""
        raw, guides = self.candidates(node), self.guides(node, chain)
        step = chain.step(raw, self.tokens(node), seed, node.state_for(chain), guides)
        choice = _choice(raw, step.stages.final, step.draw.token, step.draw.u)
        return self._child(node, step.draw.token, choice, chain, step.state, seed)

    def take(self, node: Node, token: int, chain: Chain) -> Node:
        """Branch: let the user's token follow; no random number is used up.

        Raises
        ------
        SamplingError
            The model has no such token.
        """
        raw = self.candidates(node)
        if not 0 <= token < raw.vocabulary:
            raise SamplingError(f"There is no token {token}; they are 0 to {raw.vocabulary - 1}.")
        state = node.state_for(chain)
        guides = self.guides(node, chain)
        final = chain.apply(raw, self.tokens(node), None, state, guides).final
        return self._child(node, token, _choice(raw, final, token, float("nan")), chain, state)

    def run(
        self, node: Node, chain: Chain, seed: int, n_tokens: int, job: Job | None = None
    ) -> Iterator[Node]:
        """Yield up to ``n_tokens`` further nodes as they come, until one has ended.

        Raises
        ------
        Cancelled
            The job was cancelled; the nodes yielded before stand.
        """
        job = job or Job()
        for position in range(n_tokens):
            if node.ended:
                return
            job.report(position / n_tokens, f"token {position + 1} of {n_tokens}")
            node = self.step(node, chain, seed)
            yield node

    def _child(
        self,
        node: Node,
        token: int,
        choice: Choice,
        chain: Chain,
        state: ChainState,
        seed: int | None = None,
    ) -> Node:
        window = self.model.info.context_length
        ended = ""
        if token in self.stop:
            ended = "stop token"
        elif window is not None and node.n_tokens + 1 > window:
            ended = "context window"
        return Node(node, token, node.n_tokens + 1, choice, ended, chain, state, seed)


def with_guides(
    guides: tuple[Guide, ...], prompt: int, node: Node, found: Guides
) -> tuple[Guide, ...]:
    """Return what second prompts give, with what they give after a node of one prompt's tree."""
    generated = tuple(step.token for step in node.path if step.token is not None)
    others = tuple(guide for guide in guides if guide.prompt != prompt)
    new = (Guide(prompt, text, generated, logits) for text, logits in found.items())
    return (*others, *new)


def stop_tokens(model: Model) -> frozenset[int]:
    """Return the tokens that end a text, as model and tokenizer declare them.

    What they declare that is no token of the model is passed over.
    """
    declared: list[Any] = [
        getattr(getattr(model.hf, "generation_config", None), "eos_token_id", None),
        getattr(model.hf.config, "eos_token_id", None),
        getattr(model.tokenizer, "eos_token_id", None),
    ]
    return frozenset(
        token
        for entry in declared
        for token in (entry if isinstance(entry, (list, tuple)) else (entry,))
        if type(token) is int and 0 <= token < model.info.vocab_size
    )


def _choice(raw: Candidates, final: Candidates, token: int, u: float) -> Choice:
    place = int(np.flatnonzero(raw.ids == token)[0])
    there = np.flatnonzero(final.ids == token)
    return Choice(
        probability=float(final.probabilities[there[0]]) if there.size else 0.0,
        raw_probability=float(raw.probabilities[place]),
        raw_rank=place + 1,
        entropy=raw.entropy,
        u=u,
        alternatives=final.ids[:_N_ALTERNATIVES].copy(),
        alternative_probabilities=final.probabilities[:_N_ALTERNATIVES].copy(),
    )
