"""The loop laboratory: how often, how soon and how a model falls into repeating itself."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.job import Job
from laminoscope_core.models.encoding import encode_text
from laminoscope_core.models.model import Model
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.many_seeds import continue_seeds
from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.prompts import render_prompt
from laminoscope_core.sampling.reading import Reader
from laminoscope_core.sampling.vocabulary import decoded_after_text, token_texts

__all__ = [
    "EchoCurve",
    "Loop",
    "LoopReport",
    "LoopReports",
    "LoopRun",
    "TextLoop",
    "distinct_n",
    "echo_curve",
    "find_loop",
    "measure_loops",
    "text_loop",
    "wilson_interval",
]

_LONGEST_PERIOD = 64
_REPEATS = 3
_Z_95 = 1.959963984540054  # normal quantile at 0.975


@dataclass(frozen=True)
class Loop:
    """A repetition that lasts to the end of a text.

    Attributes
    ----------
    onset : int
        Index of the first token of the first repeat.
    period : int
        Tokens in one repeat.
    tokens : tuple of int
        One repeat, beginning at the onset.
    """

    onset: int
    period: int
    tokens: tuple[int, ...]


@dataclass(frozen=True)
class LoopRun:
    """What one seed gave: its tokens, its loop if there is one, and the loop as text."""

    seed: int
    tokens: tuple[int, ...]
    loop: Loop | None
    text: str


@dataclass(frozen=True)
class LoopReport:
    """How often a chain loops.

    Attributes
    ----------
    name : str
        Of the chain, for people.
    n_tokens : int
        How many tokens were generated per seed, at most.
    runs : tuple of LoopRun
        One per seed.
    rate : float
        Fraction of the seeds that end in a loop.
    low, high : float
        Wilson 95 % interval of the rate.
    distinct : tuple of float, (3,)
        Mean over the seeds of distinct-1, -2 and -3; NaN where no text is long enough.
    chain : tuple of dict
        The samplers, as `Chain.from_list` takes them.
    """

    name: str
    n_tokens: int
    runs: tuple[LoopRun, ...]
    rate: float
    low: float
    high: float
    distinct: tuple[float, float, float]
    chain: tuple[Mapping[str, Any], ...] = ()

    @property
    def n_loops(self) -> int:
        """How many seeds end in a loop."""
        return sum(run.loop is not None for run in self.runs)


@dataclass(frozen=True)
class LoopReports:
    """One `LoopReport` per chain that was measured, on the same text and seeds.

    Attributes
    ----------
    reports : tuple of LoopReport
    prompt : tuple of int
        The text that was continued.
    stop : frozenset of int or None
        Tokens that end a text; None for the model's own.
    """

    reports: tuple[LoopReport, ...]
    prompt: tuple[int, ...] = ()
    stop: frozenset[int] | None = None


@dataclass(frozen=True)
class TextLoop:
    """How repetitive one text is.

    Attributes
    ----------
    n_tokens : int
    loop : Loop or None
        What repeats at its end, at least three times.
    n_repeats : float
        How often, the last repeat perhaps in part; NaN without a loop.
    distinct : tuple of float, (3,)
        Distinct-1, -2 and -3; NaN where the text is too short.
    """

    n_tokens: int
    loop: Loop | None
    n_repeats: float
    distinct: tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class EchoCurve:
    """How the expectation of one more repeat grows with the repeats read.

    Attributes
    ----------
    repeats : ndarray of int64, (n,)
        1, 2, 3, …
    tokens : ndarray of int64, (n,)
        The token that begins the next repeat; −1 where the tokenizer merges it with what
        stands before, so that there is none.
    probability : ndarray of float64, (n,)
        What the model gives it; NaN where there is none.
    rank : ndarray of int64, (n,)
        Its place among the candidates, 1 for the best; 0 where there is none.
    unit : str
        What was repeated; empty if it was given as token ids.
    """

    repeats: NDArray[np.int64]
    tokens: NDArray[np.int64]
    probability: NDArray[np.float64]
    rank: NDArray[np.int64]
    unit: str = ""


def find_loop(tokens: Sequence[int]) -> Loop | None:
    """Return the loop of shortest period p ≤ 64 whose last 3 repeats are identical.

    Examples
    --------
    >>> find_loop([9, 8, 1, 2, 1, 2, 1, 2])
    Loop(onset=2, period=2, tokens=(1, 2))
    >>> find_loop([1, 2, 1, 2]) is None
    True
    """
    row = np.asarray(tokens, dtype=np.int64)
    for period in range(1, min(_LONGEST_PERIOD, row.size // _REPEATS) + 1):
        tail = row[row.size - _REPEATS * period :]
        if (tail[period:] == tail[:-period]).all():
            differs = np.flatnonzero(row[period:] != row[:-period])
            onset = int(differs[-1]) + 1 if differs.size else 0
            return Loop(onset, period, tuple(int(t) for t in row[onset : onset + period]))
    return None


def distinct_n(tokens: Sequence[int], n: int) -> float:
    """Return the share of different n-grams among all n-grams; NaN if there are none.

    Examples
    --------
    >>> distinct_n([1, 2, 1, 2, 1], 2)
    0.5
    """
    grams = [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]
    return len(set(grams)) / len(grams) if grams else math.nan


def text_loop(tokens: Sequence[int]) -> TextLoop:
    """Return how repetitive a text is that was generated.

    Examples
    --------
    >>> found = text_loop([9, 1, 2, 1, 2, 1, 2, 1])
    >>> found.loop.onset, found.loop.period, found.n_repeats
    (1, 2, 3.5)
    """
    loop = find_loop(tokens)
    repeats = math.nan if loop is None else (len(tokens) - loop.onset) / loop.period
    distinct = [distinct_n(tokens, n) for n in (1, 2, 3)]
    return TextLoop(len(tokens), loop, repeats, (distinct[0], distinct[1], distinct[2]))


def wilson_interval(successes: int, trials: int) -> tuple[float, float]:
    """Return the 95 % score interval of a proportion (Wilson 1927); NaN without trials.

    Examples
    --------
    >>> [round(bound, 4) for bound in wilson_interval(1, 10)]
    [0.0179, 0.4042]
    """
    if trials == 0:
        return math.nan, math.nan
    share, z2 = successes / trials, _Z_95**2
    middle = share + z2 / (2 * trials)
    half = _Z_95 * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials**2))
    scale = 1 + z2 / trials
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def measure_loops(
    model: Model,
    prompt: Sequence[int],
    chain: Chain,
    seeds: Sequence[int],
    n_tokens: int,
    job: Job | None = None,
    stop: frozenset[int] | None = None,
    name: str = "",
) -> LoopReport:
    """Generate up to ``n_tokens`` per seed and look for loops in what was generated.

    Parameters
    ----------
    model : Model
    prompt : sequence of int
        Token ids: a prompt, or a text so far.
    chain : Chain
    seeds : sequence of int
    n_tokens : int
    job : Job, optional
    stop : frozenset of int, optional
        Tokens that end a text; the model's own if absent.
    name : str
        Of the chain, for the report.

    Raises
    ------
    SamplingError
        No seeds, or logits that are not usable.
    Cancelled
        The job was cancelled.
    """
    if not len(seeds):
        raise SamplingError("The loop rate needs at least one seed.")
    runs = []
    for seed, tokens in zip(
        seeds, continue_seeds(model, prompt, chain, seeds, n_tokens, job, stop), strict=True
    ):
        loop = find_loop(tokens)
        text = ""
        if loop is not None and model.tokenizer is not None:
            text = decoded_after_text(model.tokenizer, loop.tokens)
        runs.append(LoopRun(seed, tokens, loop, text))
    looping = sum(run.loop is not None for run in runs)
    low, high = wilson_interval(looping, len(runs))
    distinct = [_mean([distinct_n(run.tokens, n) for run in runs]) for n in (1, 2, 3)]
    return LoopReport(
        name,
        n_tokens,
        tuple(runs),
        looping / len(runs),
        low,
        high,
        (distinct[0], distinct[1], distinct[2]),
        tuple(chain.to_list()),
    )


def echo_curve(
    model: Model, unit: str | Sequence[int], repeats: int, job: Job | None = None
) -> EchoCurve:
    """Ask, after 1 … ``repeats`` copies of a unit, how probable the beginning of another is.

    Parameters
    ----------
    model : Model
    unit : str or sequence of int
        A text as ``"The\\n\\n"``, or token ids.
    repeats : int
        At least 1.

    Raises
    ------
    SamplingError
        An empty unit, more copies than the context window holds, or a text for a tokenizer
        that does not tell where its tokens begin.
    """
    if not unit or repeats < 1:
        raise SamplingError("An echo needs a text and at least one repeat of it.")
    unit = unit if isinstance(unit, str) else tuple(unit)
    if isinstance(unit, str) and not getattr(model.tokenizer, "is_fast", True):
        raise SamplingError(
            f"The tokenizer of {model.info.title} does not tell where its tokens begin.",
            "Give the text as token ids.",
        )
    prompts = [render_prompt(model, unit * n).token_ids for n in range(1, repeats + 1)]
    reader, job = Reader(model), job or Job()
    tokens, ranks = np.full(repeats, -1), np.zeros(repeats, dtype=np.int64)
    probability = np.full(repeats, np.nan)
    for index, ids in enumerate(prompts):
        job.report(index / repeats, f"repeat {index + 1} of {repeats}")
        token = _beginning(model, unit, index + 1)
        if token is None:
            continue
        candidates = Candidates.from_logits(reader.logits_after(ids))
        place = int(np.flatnonzero(candidates.ids == token)[0])
        tokens[index], ranks[index] = token, place + 1
        probability[index] = candidates.probabilities[place]
    text = unit if isinstance(unit, str) else ""
    return EchoCurve(np.arange(1, repeats + 1), tokens, probability, ranks, text)


def _beginning(model: Model, unit: str | tuple[int, ...], n: int) -> int | None:
    """Return the token that begins the copy after ``n`` copies of a unit."""
    if isinstance(unit, tuple):
        return unit[0]
    assert model.tokenizer is not None  # else the prompt could not be rendered
    texts = token_texts(model.tokenizer)
    encoded = encode_text(model.tokenizer, unit * (n + 1))
    for token, (start, stop) in zip(encoded.ids, encoded.offsets or (), strict=False):
        # offsets may leave out a space that belongs to the token; its text tells
        whole = unit.startswith(texts[token])
        if start == len(unit) * n and stop > start and whole:
            return int(token)
    return None


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else math.nan
