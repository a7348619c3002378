"""Two next-token distributions side by side, and where watched tokens stand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.models.model import Model
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.parameters import SamplingError

__all__ = [
    "Differences",
    "Watched",
    "by_text",
    "differences",
    "first_token",
    "jensen_shannon",
    "watched",
]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Differences:
    """Probabilities of the same tokens in two distributions, the largest change first.

    Attributes
    ----------
    ids : ndarray of int64, (n,)
    first, second : ndarray of float64, (n,)
    difference : ndarray of float64, (n,)
        second − first.
    distance : float
        Jensen–Shannon distance of the whole distributions, 0 to √ln 2 ≈ 0.833.
    """

    ids: NDArray[np.int64]
    first: Floats
    second: Floats
    difference: Floats
    distance: float


@dataclass(frozen=True)
class Watched:
    """Where a token stands: rank 1 is the best; rank 0, logit −inf and p 0 if it is removed."""

    token: int
    rank: int
    logit: float
    probability: float


def jensen_shannon(p: Floats, q: Floats) -> float:
    """Return the Jensen–Shannon distance √(½ KL(p‖m) + ½ KL(q‖m)), m = (p + q)/2, in nats.

    Parameters
    ----------
    p, q : ndarray of float64, (n,)
        Probabilities of the same tokens.

    Returns
    -------
    float
        0 for equal, √ln 2 ≈ 0.833 for disjoint distributions (Endres & Schindelin 2003).

    Raises
    ------
    SamplingError
        The lengths differ.
    """
    if p.shape != q.shape:
        raise SamplingError(
            f"Distributions over {p.size} and {q.size} tokens cannot be compared by token id.",
            "Compare them by token text.",
        )
    middle = (p + q) / 2
    halves = _relative_entropy(p, middle) + _relative_entropy(q, middle)
    return float(np.sqrt(max(0.0, halves / 2)))


def differences(first: Floats, second: Floats, count: int = 100) -> Differences:
    """Compare two distributions over one vocabulary, (vocabulary,) each.

    Raises
    ------
    SamplingError
        The vocabularies differ in size.
    """
    distance = jensen_shannon(first, second)
    change = second - first
    ids = np.argsort(-np.abs(change), kind="stable")[:count]
    return Differences(ids, first[ids], second[ids], change[ids], distance)


def by_text(
    first: Floats, first_texts: Sequence[str], second: Floats, second_texts: Sequence[str]
) -> tuple[tuple[str, ...], Floats, Floats]:
    """Bring distributions of two tokenizers onto one list of token texts.

    Tokens of the same text are added up; a logit without a token (padding) is ``""``.

    Parameters
    ----------
    first, second : ndarray of float64, (vocabulary,)
    first_texts, second_texts : sequence of str
        As from `prompts.token_texts`.

    Returns
    -------
    tuple of str, ndarray, ndarray
        The texts, sorted, and both distributions over them.

    Examples
    --------
    >>> by_text(np.array([0.25, 0.75]), ["a", "b"], np.array([1.0]), ["b"])
    (('a', 'b'), array([0.25, 0.75]), array([0., 1.]))
    """
    names = [*_padded(first_texts, first.size), *_padded(second_texts, second.size)]
    texts, place = np.unique(np.array(names, dtype=object), return_inverse=True)
    sums = np.zeros((2, texts.size))
    np.add.at(sums[0], place[: first.size], first)
    np.add.at(sums[1], place[first.size :], second)
    return tuple(texts), sums[0], sums[1]


def watched(candidates: Candidates, tokens: Sequence[int]) -> tuple[Watched, ...]:
    """Return where each of the tokens stands among the candidates."""
    found = []
    for token in tokens:
        place = np.flatnonzero(candidates.ids == token)
        if place.size:
            at = int(place[0])
            logit, p = float(candidates.logits[at]), float(candidates.probabilities[at])
            found.append(Watched(token, at + 1, logit, p))
        else:
            found.append(Watched(token, 0, -np.inf, 0.0))
    return tuple(found)


def first_token(model: Model, text: str) -> tuple[int, int]:
    """Return the first token of a text to watch, and how many tokens it takes.

    Raises
    ------
    SamplingError
        There is no tokenizer, or the text is empty.
    """
    if model.tokenizer is None:
        raise SamplingError(f"{model.info.title} has no tokenizer.", "Watch a token id instead.")
    ids = model.tokenizer.encode(text, add_special_tokens=False)
    if not ids:
        raise SamplingError("A watched text must not be empty.")
    return int(ids[0]), len(ids)


def _relative_entropy(p: Floats, q: Floats) -> float:
    there = p > 0
    return float(np.sum(p[there] * np.log(p[there] / q[there])))


def _padded(texts: Sequence[str], size: int) -> list[str]:
    return [*texts[:size], *[""] * (size - len(texts))]
