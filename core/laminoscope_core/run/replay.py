"""Do again what was asked of a run beyond its experiment: texts written, loops measured.

A window goes on with prompts token by token, reads them with another model, and measures how often
a chain loops.  Here such results are described by what was asked, and made again from that.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from laminoscope_core.analysis.registry import AFTER, OfState, plain
from laminoscope_core.errors import AnalysisError
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.run.altering import altered_model
from laminoscope_core.run.near import NearRequest, near
from laminoscope_core.run.requests import (
    AttentionRequest,
    CutsRequest,
    EchoRequest,
    LoopRequest,
    attention,
    cuts,
    echo,
    loops,
)
from laminoscope_core.run.results import RunResult
from laminoscope_core.run.run import rerun_analysis
from laminoscope_core.run.sections import token_ids
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.generate import Continuation, Node, with_guides
from laminoscope_core.sampling.others import OtherReader
from laminoscope_core.strict_json import json_ready

__all__ = [
    "Passage",
    "beyond",
    "measured",
    "passages",
    "requests",
    "token_hash",
    "with_readings",
    "write_again",
]

Request = LoopRequest | EchoRequest | CutsRequest | AttentionRequest | NearRequest


@dataclass(frozen=True)
class Passage:
    """Tokens that were written after a prompt in one way.

    Attributes
    ----------
    prompt : int
        After which prompt, from 0; passages of one prompt follow one another.
    tokens : tuple of int
    seed : int or None
        What they were drawn with; None if the user took them.
    chain : tuple of dict
        The samplers that were in force, as `Chain.from_list` takes them.
    """

    prompt: int
    tokens: tuple[int, ...]
    seed: int | None
    chain: tuple[Mapping[str, Any], ...]


def passages(run: RunResult, *, altered: bool = False) -> tuple[Passage, ...]:
    """Return what was written after the prompts of a run, in order; or by the altered model."""
    found: list[Passage] = []
    prompts = OfState(run.results, altered=altered).get("prompts")
    for prompt, place in enumerate(() if prompts is None else prompts.places):
        for node in () if place.node is None else place.node.path:
            items = tuple(node.chain.to_list())
            passage = Passage(prompt, (node.token,), node.seed, items)
            last = found[-1] if found else None
            if last is not None and replace(passage, tokens=last.tokens) == last:
                found[-1] = replace(last, tokens=(*last.tokens, node.token))
            else:
                found.append(passage)
    return tuple(found)


def write_again(
    model: Model, run: RunResult, written: Iterable[Passage], *, altered: bool = False
) -> RunResult:
    """Return a run with texts after its prompts, as they were written before.

    Each token is drawn or taken as it was, so that probabilities and random numbers are those of
    the first time; what the candidates after the last one are is analysed again.  If ``altered``,
    the altered model writes.

    Raises
    ------
    AnalysisError
        A seed gives another token than it gave: the model or the machine differs.
    SamplingError
        A prompt cannot be continued.
    """
    results = OfState(run.results, altered=altered)
    if altered:
        model = altered_model(model, run.experiment, Job())
    tokens = results["prompts"]
    ends: dict[int, tuple[Continuation, Node]] = {}
    for passage in written:
        if passage.prompt not in ends:
            stop = results["continuation"].stop
            text = Continuation(model, tokens.token_ids[passage.prompt], stop)
            ends[passage.prompt] = text, text.root
        text, node = ends[passage.prompt]
        ends[passage.prompt] = text, _written(text, node, passage)
    places = list(tokens.places)
    guides = tokens.guides
    for prompt, (text, node) in ends.items():
        places[prompt] = replace(places[prompt], raw=text.candidates(node), node=node)
        found = text.guides(node, results["continuation"].chain)
        guides = with_guides(guides, prompt, node, found)
    tokens = replace(tokens, places=tuple(places), guides=guides)
    return _analysed(run, tokens, AFTER if altered else "")


def with_readings(model: Model, run: RunResult) -> RunResult:
    """Return a run whose compared columns have been read, by other models where they say so."""
    columns = run.results["comparison"].params.columns
    return _analysed(run, OtherReader().read(model, run.results["prompts"], columns, Job()))


def requests(run: RunResult) -> Iterator[Request]:
    """Yield what was asked for the loops, the echo, the layer looked at and the near tokens."""
    found = run.results.get("loops")
    if found is not None and found.reports:
        chains = tuple((report.name, report.chain) for report in found.reports)
        first = found.reports[0]
        yield LoopRequest(found.prompt, chains, len(first.runs), first.n_tokens, found.stop)
    curve = run.results.get("echo")
    if curve is not None and curve.unit:
        yield EchoRequest(curve.unit, len(curve.repeats))
    written = run.experiment.sampling.chains
    named = [each if isinstance(each, str) else each["name"] for each in written]
    for read in getattr(run.results.get("prompts"), "cuts", ()):
        if [chain.name for chain in read.chains] != named:  # which a run computes by itself
            yield CutsRequest(read.prompt, read.token_ids, read.chains)
    looked = run.results.get("attention")
    if looked is not None and looked.reading is not None and not looked.written:
        yield AttentionRequest(looked.layer)
    if (looked_up := run.results.get("near")) is not None:
        yield looked_up.request


def token_hash(run: RunResult) -> str:
    """Return a hash of the tokens that the texts of a run became."""
    tokens = json.dumps(token_ids(run.results))
    return f"sha256:{sha256(tokens.encode()).hexdigest()}"


def beyond(run: RunResult) -> dict[str, Any]:
    """Return ``written`` and ``measured`` for the provenance of a run that has such."""
    written = [asdict(passage) for passage in passages(run)]
    by_altered = [asdict(passage) for passage in passages(run, altered=True)]
    asked = [{type(request).__name__: asdict(request)} for request in requests(run)]
    there = {"written": written, "written_altered": by_altered, "measured": asked}
    return {name: json_ready(entries) for name, entries in there.items() if entries}


def measured(model: Model, run: RunResult, request: Request) -> RunResult:
    """Return a run with what a request asks for."""
    results = dict(run.results)
    match request:
        case LoopRequest():
            loops(model, request, Job(), results.__setitem__)
        case EchoRequest():
            echo(model, request, Job(), results.__setitem__)
        case CutsRequest():
            tokens = results["prompts"]
            cuts(model, replace(request, tokens=tokens), Job(), results.__setitem__)
            rerun_analysis("cuts", results, params={}, job=Job(), on_result=results.__setitem__)
        case AttentionRequest():
            asked = replace(request, section=run.experiment.inside)
            attention(model, asked, Job(), results.__setitem__)
        case NearRequest():
            near(model, request, Job(), results.__setitem__, run.experiment.inside)
    return replace(run, results=results)


def _written(text: Continuation, node: Node, passage: Passage) -> Node:
    chain = Chain.from_list(passage.chain, text.model.tokenizer)
    for token in passage.tokens:
        if passage.seed is None:
            node = text.take(node, token, chain)
            continue
        node = text.step(node, chain, passage.seed)
        if node.token != token:
            raise AnalysisError(
                f"The seed {passage.seed} gave the token {token} and now gives {node.token}.",
                "Use the model, device and precision of the first time.",
            )
    return node


def _analysed(run: RunResult, tokens: Any, state: str = "") -> RunResult:
    """Return a run with other candidates, and the analyses of its prompts with their params."""
    results = {**run.results, f"{state}prompts": tokens}
    params = {
        plain(name): result.params
        for name, result in run.results.items()
        if hasattr(result, "params")
    }
    rerun_analysis(
        f"{state}continuation", results, params=params, job=Job(), on_result=results.__setitem__
    )
    return replace(run, results=results)
