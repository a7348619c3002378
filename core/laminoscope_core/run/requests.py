"""What a window asks of a model beyond captures, and what it gets back."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from laminoscope_core.analysis import attention as layer_attention
from laminoscope_core.analysis import continuation
from laminoscope_core.analysis.inside import STATES
from laminoscope_core.inside_section import Attended, InsideSection
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.prompts import shown_pieces
from laminoscope_core.run.altering import bind
from laminoscope_core.run.cuts import read_cuts
from laminoscope_core.run.inside_texts import Texts
from laminoscope_core.run.layer_maps import layer_maps
from laminoscope_core.run.results import OnResult
from laminoscope_core.sampling.columns import Column
from laminoscope_core.sampling.generate import Continuation, Node, with_guides
from laminoscope_core.sampling.loops import LoopReports, echo_curve, measure_loops
from laminoscope_core.sampling.named import NamedChain
from laminoscope_core.sampling.next_tokens import NextTokens, chain_of
from laminoscope_core.sampling.others import OtherReader

__all__ = [
    "AttentionRequest",
    "ComparisonRequest",
    "CutsRequest",
    "EchoRequest",
    "Generated",
    "GenerationRequest",
    "LoopRequest",
    "attention",
    "cuts",
    "echo",
    "loops",
    "read_columns",
    "write",
]

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
    params : continuation.Params
        Chain, seed and stop tokens.
    columns : tuple of Column
        What is compared, to be read after the longer text too.
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
    params: continuation.Params
    n_tokens: int
    columns: tuple[Column, ...] = ()
    take: int | None = None
    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, eq=False)
class Generated:
    """One more node of the tree of a prompt."""

    prompt: int
    node: Node


@dataclass(frozen=True)
class LoopRequest:
    """Generate under seeds 0 … n_seeds − 1 with several chains and look for loops.

    Attributes
    ----------
    prompt : tuple of int
        What is continued: token ids of a prompt, or of a text so far.
    chains : tuple of (str, tuple of dict)
        Names, and samplers as `Chain.from_list` takes them.
    n_seeds, n_tokens : int
    stop : frozenset of int or None
        Tokens that end a text; None for the model's own.
    """

    prompt: tuple[int, ...]
    chains: tuple[tuple[str, Items], ...]
    n_seeds: int
    n_tokens: int
    stop: frozenset[int] | None = None


@dataclass(frozen=True, eq=False)
class ComparisonRequest:
    """Compare columns, some of which may have to be read first.

    Attributes
    ----------
    tokens : NextTokens
        The prompts as they stand.
    columns : tuple of Column
        The first is the reference.
    """

    tokens: NextTokens
    columns: tuple[Column, ...]


@dataclass(frozen=True, eq=False)
class CutsRequest:
    """Say which chains would have cut which tokens of the text after a prompt.

    Attributes
    ----------
    prompt : int
        Which of the prompts.
    text : tuple of int
        The tokens of the prompt and of what follows it.
    chains : tuple of NamedChain
        With their samplers written out.
    tokens : NextTokens or None
        The prompts as they stand; filled in when it is asked of a model.
    """

    prompt: int
    text: tuple[int, ...]
    chains: tuple[NamedChain, ...]
    tokens: NextTokens | None = None


@dataclass(frozen=True)
class EchoRequest:
    """Read a text 1 … repeats times and ask for its beginning."""

    unit: str
    repeats: int


@dataclass(frozen=True)
class AttentionRequest:
    """Look at a layer's heads in the text of an experiment.

    Attributes
    ----------
    layer : int
    section : InsideSection or None
        The text, and what is altered; filled in when it is asked of a model.
    """

    layer: int
    section: InsideSection | None = None


def write(
    model: Model,
    request: GenerationRequest,
    job: Job,
    hand_out: OnResult,
    former: Continuation | None = None,
    others: OtherReader | None = None,
) -> Continuation:
    """Generate, handing out every node, then the prompts with the candidates after the last one.

    What the chain makes of those, and how columns compare, are analyses of the prompts.

    Parameters
    ----------
    model : Model
    request : GenerationRequest
    job : Job
    hand_out : callable
        Gets ``"generation"`` results (`Generated`), then ``"prompts"``.
    former : Continuation, optional
        What was returned last; its cache is used if the prompt is the same.
    others : OtherReader, optional
        Reads the columns that are not of the open model.

    Raises
    ------
    SamplingError
        The context window is full, or the chain or a stop token is not valid.
    Cancelled
        The job was cancelled; what was handed out stands.
    """
    known = _with_tokenizer(request.tokens, model)
    place = known.places[request.prompt]
    settings = continuation.settings(known, request.params)
    going_on = former
    if (
        going_on is None
        or going_on.model is not model
        or going_on.prompt != place.rendered.token_ids
    ):
        going_on = Continuation(model, place.rendered.token_ids)
    going_on.stop = settings.stop
    node = request.node or going_on.root
    if request.take is not None:
        node = going_on.take(node, request.take, settings.chain)
        hand_out("generation", Generated(request.prompt, node))
    n_tokens = 0 if request.stop.is_set() else request.n_tokens
    if n_tokens and node.ended == "stop token":  # the user wants to go on all the same
        node, n_tokens = going_on.step(node, settings.chain, settings.seed), n_tokens - 1
        hand_out("generation", Generated(request.prompt, node))
    for later in going_on.run(node, settings.chain, settings.seed, n_tokens, job.part(0, 0.9)):
        node = later
        hand_out("generation", Generated(request.prompt, node))
        if request.stop.is_set():
            break
    if node.ended == "context window":
        return going_on
    places = list(known.places)
    places[request.prompt] = replace(place, raw=going_on.candidates(node), node=node)
    found = going_on.guides(node, settings.chain)
    tokens = replace(
        known, places=tuple(places), guides=with_guides(known.guides, request.prompt, node, found)
    )
    if others is not None:
        tokens = others.read(model, tokens, request.columns, job.part(0.9, 1.0))
    hand_out("prompts", tokens)
    return going_on


def read_columns(
    model: Model, request: ComparisonRequest, job: Job, hand_out: OnResult, others: OtherReader
) -> None:
    """Read what has to be read for a comparison, and hand out ``"prompts"`` with it."""
    known = _with_tokenizer(request.tokens, model)
    hand_out("prompts", others.read(model, known, request.columns, job))


def cuts(model: Model, request: CutsRequest, job: Job, hand_out: OnResult) -> None:
    """Read a text once more, and hand out ``"prompts"`` with what the chains would have cut."""
    assert request.tokens is not None
    known = _with_tokenizer(request.tokens, model)
    (found,) = read_cuts(model, [request.text], request.chains, job)
    others = tuple(each for each in known.cuts if each.prompt != request.prompt)
    hand_out("prompts", replace(known, cuts=(*others, replace(found, prompt=request.prompt))))


def loops(model: Model, request: LoopRequest, job: Job, hand_out: OnResult) -> None:
    """Hand out `LoopReports` as ``"loops"``, after every chain."""
    seeds = range(request.n_seeds)
    reports = []
    parts = job.parts(len(request.chains))
    for (name, items), part in zip(request.chains, parts, strict=True):
        chain = chain_of(items, model.tokenizer)
        reports.append(
            measure_loops(
                model, request.prompt, chain, seeds, request.n_tokens, part, request.stop, name
            )
        )
        hand_out("loops", LoopReports(tuple(reports), request.prompt, request.stop))


def echo(model: Model, request: EchoRequest, job: Job, hand_out: OnResult) -> None:
    """Hand out a `loops.EchoCurve` as ``"echo"``."""
    hand_out("echo", echo_curve(model, request.unit, request.repeats, job))


def attention(model: Model, request: AttentionRequest, job: Job, hand_out: OnResult) -> None:
    """Hand out an `analysis.attention.Result` as ``"attention"``, by a pass up to the layer."""
    assert request.section is not None
    section = request.section.model_copy(update={"watch": (), "induction": None, "atlas": None})
    texts = Texts.of(model, section)
    asked = tuple(enumerate(section.interventions))
    bound = bind(model, asked, texts.token_ids, texts.against_ids, job)
    maps = layer_maps(model, texts, bound, Attended(layer=request.layer), job)
    assert maps is not None
    result = layer_attention.Result(
        layers=tuple(range(model.info.n_layers)),
        states=STATES[: 2 if bound else 1],
        token_ids=texts.token_ids,
        reason=maps.reason,
        tokens=texts.prompt.pieces,
        shown=shown_pieces(model, texts.prompt),
        layer=maps.layer,
        written=(),
        reading=maps.reading,
    )
    hand_out("attention", result)


def _with_tokenizer(tokens: NextTokens, model: Model) -> NextTokens:
    """Return prompts with the model's tokenizer; those of a session have none."""
    if tokens.chain.tokenizer is not None:
        return tokens
    return replace(tokens, chain=tokens.chain.with_tokenizer(model.tokenizer))
