"""What the sampler chain makes of the candidates after each prompt, stage by stage.

The model is not needed: the candidates were captured once, and another chain or seed is another
`Params`.  Stage 0 is the model's own distribution, ``raw``; then comes one stage per sampler.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.errors import AnalysisError
from laminoscope_core.job import Job
from laminoscope_core.sampling.candidates import Draw
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.next_tokens import NextTokens, chain_of
from laminoscope_core.sampling.places import Place
from laminoscope_core.sampling.stages import Possibility, Stages
from laminoscope_core.sampling.vocabulary import stop_ids
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "PlaceResult", "Result", "Settings", "run", "settings", "tables"]


@dataclass(frozen=True)
class Params:
    """How to choose.

    Attributes
    ----------
    chain : tuple of dict, or None
        Samplers as `Chain.from_list` takes them; None is the experiment's.
    seed : int or None
        None is the experiment's.
    stop : tuple of int or str, or None
        Tokens that end a text, as in `SamplingSection.stop`; None is the experiment's.
    n_listed : int
        So many candidates of each stage are written to the table.
    """

    chain: tuple[Mapping[str, Any], ...] | None = None
    seed: int | None = None
    stop: tuple[int | str, ...] | None = None
    n_listed: int = 1000


@dataclass(frozen=True, eq=False)
class PlaceResult:
    """What the chain does after one prompt.

    Attributes
    ----------
    place : Place
        The text and the model's candidates.
    stages : Stages
        With the random numbers of the seed.
    draw : Draw
        The token that the seed chooses.
    possibilities : tuple of Possibility
        Every way that XTC may take the chain.
    """

    place: Place
    stages: Stages
    draw: Draw
    possibilities: tuple[Possibility, ...]


@dataclass(frozen=True, eq=False)
class Result:
    """One `PlaceResult` per prompt, and what was applied.

    Attributes
    ----------
    places : tuple of PlaceResult
    tokens : NextTokens
        What was captured.
    chain : Chain
        What was applied.
    seed : int
    stop : frozenset of int
        Tokens that end a text.
    params : Params
    """

    places: tuple[PlaceResult, ...]
    tokens: NextTokens
    chain: Chain
    seed: int
    stop: frozenset[int]
    params: Params


@dataclass(frozen=True, eq=False)
class Settings:
    """What holds for a step: the chain, the seed, and the tokens that end a text."""

    chain: Chain
    seed: int
    stop: frozenset[int]


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Apply the chain after every prompt."""
    tokens = inputs.prompts
    if tokens is None:
        raise AnalysisError(
            "This analysis needs prompts.", "Add a [[prompts]] section to the experiment."
        )
    chosen = settings(tokens, params)
    chain, seed = chosen.chain, chosen.seed
    places = []
    for number, place in enumerate(tokens.places):
        job.report(number / len(tokens.places), f"prompt {number + 1} of {len(tokens.places)}")
        state, guides = place.state_for(chain), tokens.guides_at(number)
        step = chain.step(place.raw, place.history, seed, state, guides)
        ways: tuple[Possibility, ...] = (Possibility(1.0, step.stages),)
        if any(stage.branches for stage in step.stages):
            ways = chain.possibilities(place.raw, place.history, state, guides)
        places.append(PlaceResult(place, step.stages, step.draw, ways))
    return Result(tuple(places), tokens, chain, seed, chosen.stop, params)


def settings(tokens: NextTokens, params: Params) -> Settings:
    """Return the chain, seed and stop tokens that hold: the params', else the experiment's.

    Raises
    ------
    SamplingError
        The chain or a stop token is not valid.
    """
    chain, stop = tokens.chain, tokens.stop
    if params.chain is not None:
        chain = chain_of(params.chain, tokens.chain.tokenizer)
    if params.stop is not None:
        vocabulary = max(place.raw.vocabulary for place in tokens.places)
        stop = stop_ids(params.stop, tokens.chain.tokenizer, vocabulary)
    return Settings(chain, tokens.seed if params.seed is None else params.seed, stop)


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``continuation/candidates.csv``: the best candidates of every stage."""
    columns: dict[str, list[Any]] = {
        name: [] for name in ("prompt", "stage", "rank", "token_id", "token", "logit")
    }
    probabilities = [np.empty(0)]
    for after in result.places:
        prompt = result.tokens.text_before(after.place)
        received = [after.stages.raw, *(stage.kept for stage in after.stages)]
        for label, candidates in zip(("raw", *after.stages.labels), received, strict=True):
            ids = candidates.ids[: result.params.n_listed].tolist()
            columns["prompt"] += [prompt] * len(ids)
            columns["stage"] += [label] * len(ids)
            columns["rank"] += range(1, len(ids) + 1)
            columns["token_id"] += ids
            columns["token"] += [result.tokens.text_of(token) for token in ids]
            columns["logit"] += candidates.logits[: len(ids)].tolist()
            probabilities.append(candidates.probabilities[: len(ids)])
    table = Table({**columns, "probability": np.concatenate(probabilities)})
    return {"continuation/candidates.csv": table}
