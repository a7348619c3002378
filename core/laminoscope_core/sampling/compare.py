"""Next-token distributions side by side: distances, and where tokens stand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.parameters import SamplingError

__all__ = ["Watched", "jensen_shannon", "watched"]

Floats = NDArray[np.float64]


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
            f"Distributions over {p.size:,} and {q.size:,} tokens cannot be compared by token id.",
            "Compare them by token text.",
        )
    middle = (p + q) / 2
    halves = _relative_entropy(p, middle) + _relative_entropy(q, middle)
    return float(np.sqrt(max(0.0, halves / 2)))


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


def _relative_entropy(p: Floats, q: Floats) -> float:
    there = p > 0
    return float(np.sum(p[there] * np.log(p[there] / q[there])))
