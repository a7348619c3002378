"""What a window asks of a model beyond captures, and what it gets back."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from laminoscope_core.analysis import continuation
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.run import OnResult
from laminoscope_core.sampling.generate import Continuation, Node
from laminoscope_core.sampling.loops import echo_curve, measure_loops
from laminoscope_core.sampling.next_tokens import NextTokens, chain_of

__all__ = ["EchoRequest", "Generated", "GenerationRequest", "LoopRequest", "echo", "loops", "write"]

Items = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, eq=False)
class GenerationRequest:
    """Go on from a node of one prompt's tree.

    Attributes
    ----------
    tokens : NextTokens
        The prompts as they stand.
    prompt : int
        Which of them.
    node : Node or None
        Where to go on; None for the prompt's end.
    chain : tuple of dict
        Samplers as `Chain.from_list` takes them.
    seed : int
    n_tokens : int
        At most so many; 0 to move to the node only.
    take : int or None
        A token to let follow first, whatever the chain would choose.
    stop : threading.Event
        Set it to end after the token that is being computed.
    """

    tokens: NextTokens
    prompt: int
    node: Node | None
    chain: Items
    seed: int
    n_tokens: int
    take: int | None = None
    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, eq=False)
class Generated:
    """One more node of the tree of a prompt."""

    prompt: int
    node: Node


@dataclass(frozen=True)
class LoopRequest:
    """Generate under seeds 0 … n_seeds − 1 and look for loops."""

    prompt: tuple[int, ...]
    chain: Items
    n_seeds: int
    n_tokens: int


@dataclass(frozen=True)
class EchoRequest:
    """Read a text 1 … repeats times and ask for its beginning."""

    unit: str
    repeats: int


def write(
    model: Model,
    request: GenerationRequest,
    job: Job,
    hand_out: OnResult,
    former: Continuation | None = None,
) -> Continuation:
    """Generate, handing out every node, then the candidates after the last one.

    Parameters
    ----------
    model : Model
    request : GenerationRequest
    job : Job
    hand_out : callable
        Gets ``"generation"`` results (`Generated`), then ``"prompts"`` and ``"continuation"``.
    former : Continuation, optional
        What was returned last; its cache is used if the prompt is the same.

    Raises
    ------
    SamplingError
        The context window is full, or the chain is not valid.
    Cancelled
        The job was cancelled; what was handed out stands.
    """
    place = request.tokens.places[request.prompt]
    chain = chain_of(request.chain, model.tokenizer)
    going_on = former
    if (
        going_on is None
        or going_on.model is not model
        or going_on.prompt != place.rendered.token_ids
    ):
        going_on = Continuation(model, place.rendered.token_ids)
    node = request.node or going_on.root
    if request.take is not None:
        node = going_on.take(node, request.take, chain)
        hand_out("generation", Generated(request.prompt, node))
    for later in going_on.run(node, chain, request.seed, request.n_tokens, job):
        node = later
        hand_out("generation", Generated(request.prompt, node))
        if request.stop.is_set():
            break
    if node.ended == "context window":
        return going_on
    places = list(request.tokens.places)
    places[request.prompt] = replace(place, raw=going_on.candidates(node), node=node)
    tokens = replace(request.tokens, places=tuple(places))
    hand_out("prompts", tokens)
    params = continuation.Params(request.chain, request.seed)
    hand_out("continuation", continuation.run(Inputs(prompts=tokens), params, job.part(0.99, 1.0)))
    return going_on


def loops(model: Model, request: LoopRequest, job: Job, hand_out: OnResult) -> None:
    """Hand out a `loops.LoopReport` as ``"loops"``."""
    chain = chain_of(request.chain, model.tokenizer)
    seeds = range(request.n_seeds)
    report = measure_loops(model, request.prompt, chain, seeds, request.n_tokens, job)
    hand_out("loops", report)


def echo(model: Model, request: EchoRequest, job: Job, hand_out: OnResult) -> None:
    """Hand out a `loops.EchoCurve` as ``"echo"``."""
    hand_out("echo", echo_curve(model, request.unit, request.repeats, job))
