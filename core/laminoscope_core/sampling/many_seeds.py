"""Continuations of one prompt under many seeds, several in one pass of the model."""

from collections.abc import Sequence

import numpy as np

from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.generate import stop_tokens
from laminoscope_core.sampling.guidance import GuideReader
from laminoscope_core.sampling.reading import Reader

__all__ = ["continue_seeds"]

_ROWS_AT_ONCE = 16


def continue_seeds(
    model: Model,
    prompt: Sequence[int],
    chain: Chain,
    seeds: Sequence[int],
    n_tokens: int,
    job: Job | None = None,
    stop: frozenset[int] | None = None,
) -> tuple[tuple[int, ...], ...]:
    """Generate one continuation per seed, several at a time.

    Parameters
    ----------
    model : Model
    prompt : sequence of int
        Token ids.
    chain : Chain
    seeds : sequence of int
    n_tokens : int
        At most so many; fewer at a stop token (left out) or a full context window.
    job : Job, optional
    stop : frozenset of int, optional
        Tokens that end a text; the model's own if absent.

    Returns
    -------
    tuple of tuple of int, one per seed
        The generated token ids.  They are those of `Continuation.run` up to the last bits of
        a batched pass, which can tip a draw that lands on an edge.
    """
    stop, job = stop_tokens(model) if stop is None else stop, job or Job()
    room = n_tokens
    if model.info.context_length is not None:
        room = min(n_tokens, model.info.context_length + 1 - len(prompt))
    done: list[tuple[int, ...]] = []
    for start in range(0, len(seeds), _ROWS_AT_ONCE):
        batch = seeds[start : start + _ROWS_AT_ONCE]
        part = job.part(start / len(seeds), (start + len(batch)) / len(seeds))
        done += _continue_batch(model, prompt, chain, batch, room, stop, part)
    return tuple(done)


def _continue_batch(
    model: Model,
    prompt: Sequence[int],
    chain: Chain,
    seeds: Sequence[int],
    n_tokens: int,
    stop: frozenset[int],
    job: Job,
) -> list[tuple[int, ...]]:
    reader = Reader(model)
    rows = np.tile(np.asarray(prompt, dtype=np.int64), (len(seeds), 1))
    states = [chain.start() for _ in seeds]
    lengths = [0] * len(seeds)
    running = set(range(len(seeds)))
    guide_reader = GuideReader(model)
    for position in range(n_tokens):
        if not running:
            break
        job.report(position / n_tokens, f"token {position + 1} of {n_tokens}")
        logits = reader.logits_after_rows(rows)
        guides = guide_reader.after_rows(chain, rows[:, len(prompt) :])
        column = np.full((len(seeds), 1), rows[0, -1])  # rows that have ended are fed anything
        for row in sorted(running):
            guide = {text: found[row] for text, found in guides.items()}
            step = chain.step(logits[row], rows[row], seeds[row], states[row], guide)
            states[row], column[row] = step.state, step.draw.token
            if step.draw.token in stop:
                running.discard(row)
            else:
                lengths[row] += 1
        rows = np.hstack((rows, column))
    first = len(prompt)
    return [
        tuple(int(token) for token in rows[row, first : first + lengths[row]])
        for row in range(len(seeds))
    ]
