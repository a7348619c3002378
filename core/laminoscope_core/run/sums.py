"""Sums of words, as ``king - man + woman``, and the tokens that are nearest to them.

The words that went into a sum are nearly always among its nearest, and so are those of any sum with
the same difference: beside every sum stands a control, the same difference added to a random token.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from laminoscope_core.analysis.inside import NeighboursReading
from laminoscope_core.errors import ExperimentError
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.neighbours import (
    MEASURES,
    VOCABULARIES,
    nearest_by,
    rows_of_vocabulary,
)
from laminoscope_core.recording.repeated import repeated_tokens
from laminoscope_core.run.inside_texts import token_of
from laminoscope_core.sampling.vocabulary import exact_texts, find_token
from laminoscope_core.text import visible_text

__all__ = ["Sum", "neighbours_of", "sum_of"]

N_NEAREST = 10
CONTROL_SEED = 0
_SIGN = re.compile(r"(?<!\S)([+\-−])(?!\S)")


@dataclass(frozen=True)
class Sum:
    """Tokens with a sign each.

    Attributes
    ----------
    ids : tuple of int
    signs : tuple of int
        1 or −1.
    """

    ids: tuple[int, ...]
    signs: tuple[int, ...]


def sum_of(model: Model, text: str) -> Sum:
    """Return what a typed sum means: words between signs that stand apart.

    A word is taken with the space before it that it has within a text, where that is one token.

    Raises
    ------
    ExperimentError
        A word is not one token, which the message names, or there is none before or after a sign.
    """
    text = text.strip()
    first, *rest = [text] if _SIGN.fullmatch(text) else map(str.strip, _SIGN.split(text))
    words = (first, *rest[1::2])
    if not all(words):
        raise ExperimentError(
            f"The sum “{visible_text(text, limit=40)}” lacks a word before or after a sign.",
            "Write it as king - man + woman.",
        )
    signs = (1, *(1 if sign == "+" else -1 for sign in rest[::2]))
    return Sum(tuple(_token(model, word) for word in words), signs)


def _token(model: Model, word: str) -> int:
    if model.tokenizer is not None:
        token, n_tokens = find_token(model.tokenizer, f" {word}")
        if n_tokens == 1:
            return token
    return token_of(model, word, "word")


def neighbours_of(model: Model, texts: Sequence[str], job: Job) -> NeighboursReading:
    """Find the tokens nearest to typed sums, by both measures in both vocabularies.

    Parameters
    ----------
    model : Model
    texts : sequence of str
    job : Job

    Raises
    ------
    ExperimentError
        A word is not one token.
    CaptureError
        The model has no such vocabulary.
    """
    ((random,),) = (one[-1:] for one in repeated_tokens(model, 1, 1, CONTROL_SEED))
    name = "" if model.tokenizer is None else exact_texts(model.tokenizer)[random]
    queries: list[tuple[str, str, Sum, tuple[int, ...]]] = []
    for text in texts:
        own = sum_of(model, text)
        queries.append((text, "", own, own.ids))
        if len(own.ids) > 1:
            control = Sum((random, *own.ids[1:]), own.signs)
            queries.append((text, f"seed {CONTROL_SEED}: {name}", control, control.ids))
    labels: list[tuple[str, str, str, str, tuple[int, ...], int]] = []
    ids, scores = [], []
    for vocabulary, part in zip(VOCABULARIES, job.parts(2), strict=True):
        rows = rows_of_vocabulary(model, vocabulary).float()
        vectors = np.stack(
            [
                (rows[list(own.ids)].T @ rows.new_tensor(own.signs)).cpu().numpy()
                for _, _, own, _ in queries
            ]
        )
        by_measure = nearest_by(
            model, vectors, N_NEAREST, MEASURES, vocabulary=vocabulary, job=part
        )
        for measure, found in zip(MEASURES, by_measure, strict=True):
            labels += [
                (text, con, vocabulary, measure, used, len(rows)) for text, con, _, used in queries
            ]
            ids.append(found.ids)
            scores.append(found.scores)
    query, control_of, vocabulary_of, measure_of, inputs, n = zip(*labels, strict=True)
    return NeighboursReading(
        query=query,
        control=control_of,
        vocabulary=vocabulary_of,
        measure=measure_of,
        inputs=inputs,
        n=n,
        ids=np.concatenate(ids),
        scores=np.concatenate(scores),
    )
