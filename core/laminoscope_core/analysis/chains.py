"""What each of several chains leaves of the same candidates, after every prompt.

The model is not needed: the candidates were captured once.  What a random sampler leaves is mixed
by its probability, as over all seeds; samplers that learn from past choices stand where the text
has brought them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import continuation
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.job import Job
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.named import THIS_CHAIN, NamedChain, named_chains, written_out
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.places import Place
from laminoscope_core.tables import Arrays, Table

__all__ = ["DEFAULT", "Params", "PlaceChains", "Result", "run", "tables"]

DEFAULT = (
    NamedChain(THIS_CHAIN),
    *named_chains(["llama.cpp", "Hugging Face", "min-p as a rule", "top-a as a rule"]),
)
"""What is compared where nothing else is asked for."""

_LISTED = 60


@dataclass(frozen=True)
class Params:
    """Which chains.

    Attributes
    ----------
    chains : tuple of NamedChain
        Empty for the experiment's, or `DEFAULT` if that has none.
    """

    chains: tuple[NamedChain, ...] = ()


@dataclass(frozen=True, eq=False)
class PlaceChains:
    """The chains after one prompt.

    Attributes
    ----------
    prompt : str
        The text whose next token is asked for.
    token_ids : ndarray of int64, (tokens,)
        The model's best candidates, 60 at most.
    tokens : tuple of str, (tokens,)
        Their exact texts.
    raw : ndarray of float64, (tokens,)
        Their probabilities.
    probabilities : ndarray of float64, (chains, tokens)
        What each chain gives them; 0 where it removed them, NaN if it cannot be applied.
    n_candidates : int
        How many there are before any chain.
    n_left : ndarray of int64, (chains,)
        How many are left of them.
    raw_entropy : float
        Before any chain, in nats.
    entropy : ndarray of float64, (chains,)
        Of what is left, in nats; NaN if the chain cannot be applied.
    reasons : tuple of str, (chains,)
        Why a chain cannot be applied; else empty.
    """

    prompt: str
    token_ids: NDArray[np.int64]
    tokens: tuple[str, ...]
    raw: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    n_candidates: int
    n_left: NDArray[np.int64]
    raw_entropy: float
    entropy: NDArray[np.float64]
    reasons: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Result:
    """What the chains leave.

    Attributes
    ----------
    chains : tuple of NamedChain
        As they were applied, the one in force written out.
    places : tuple of PlaceChains
        In the order of the prompts.
    params : Params
    """

    chains: tuple[NamedChain, ...]
    places: tuple[PlaceChains, ...]
    params: Params


_Left = tuple[NDArray[np.float64], int, float, str]
"""Probabilities of the listed tokens, how many are left, their entropy, and why there are none."""


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Apply every chain after every prompt."""
    applied: continuation.Result = inputs.results["continuation"]
    tokens = applied.tokens
    chains = written_out(params.chains or tokens.chains or DEFAULT, applied.chain)
    places = []
    for number, place in enumerate(tokens.places):
        job.report(number / len(tokens.places), f"prompt {number + 1} of {len(tokens.places)}")
        places.append(_place(number, place, chains, tokens))
    return Result(chains, tuple(places), params)


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``continuation/chains.csv``: the model's best candidates after every chain."""
    rows: dict[str, list[Any]] = {
        name: []
        for name in (
            *("prompt", "chain", "token_id", "token", "raw_probability", "probability"),
            *("n_left", "entropy", "n", "reason"),
        )
    }
    for place in result.places:
        for number, chain in enumerate(result.chains):
            of_chain = {
                "prompt": place.prompt,
                "chain": chain.name,
                "n_left": int(place.n_left[number]),
                "entropy": float(place.entropy[number]),
                "n": place.n_candidates,
                "reason": place.reasons[number],
            }
            for name, value in of_chain.items():
                rows[name] += [value] * place.token_ids.size
            rows["token_id"] += place.token_ids.tolist()
            rows["token"] += place.tokens
            rows["raw_probability"] += place.raw.tolist()
            rows["probability"] += place.probabilities[number].tolist()
    return {"continuation/chains.csv": Table(rows)}


def _place(
    number: int, place: Place, chains: Sequence[NamedChain], tokens: NextTokens
) -> PlaceChains:
    found = [_left(number, place, chain, tokens) for chain in chains]
    ids = place.raw.ids[:_LISTED].copy()
    return PlaceChains(
        prompt=tokens.text_before(place),
        token_ids=ids,
        tokens=tuple(tokens.text_of(int(token)) for token in ids),
        raw=place.raw.probabilities[:_LISTED].copy(),
        probabilities=np.array([p for p, *_ in found]),
        n_candidates=len(place.raw),
        n_left=np.array([n_left for _, n_left, _, _ in found]),
        raw_entropy=place.raw.entropy,
        entropy=np.array([entropy for _, _, entropy, _ in found]),
        reasons=tuple(reason for *_, reason in found),
    )


def _left(number: int, place: Place, named: NamedChain, tokens: NextTokens) -> _Left:
    """Return what a chain leaves; that of a chain with a name is remembered."""
    items = json.dumps(list(named.samplers), ensure_ascii=False)
    if named.name == THIS_CHAIN:  # it is another after every change of a card
        return _applied(number, place, items, tokens)
    key = "chains" + str(number) + items
    if key not in tokens.remembered:
        tokens.remembered[key] = _applied(number, place, items, tokens)
    found: _Left = tokens.remembered[key]
    return found


def _applied(number: int, place: Place, items: str, tokens: NextTokens) -> _Left:
    ids = place.raw.ids[:_LISTED]
    try:
        chain = Chain.from_json(items, tokens.chain.tokenizer)
        guides = tokens.guides_at(number)
        dense = chain.distribution(place.raw, place.history, place.state_for(chain), guides)
    except SamplingError as error:
        return np.full(ids.size, np.nan), 0, np.nan, error.message
    p = dense[dense > 0]
    return dense[ids], int(p.size), max(0.0, float(-(p * np.log(p)).sum())), ""
