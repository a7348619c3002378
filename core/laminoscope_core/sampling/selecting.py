"""Drawing one token from the candidates, and how often each would be drawn."""

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.sampling.candidates import Candidates, Draw
from laminoscope_core.sampling.seeds import uniform

__all__ = ["draw", "frequencies"]


def draw(candidates: Candidates, seed: int, words: int = 0) -> Draw:
    """Draw the token at which the running sum of probabilities, best first, reaches u.

    Parameters
    ----------
    candidates : Candidates
        Where to draw from.
    seed : int
        Any integer, see `seeds.seed_word`.
    words : int
        32-bit words drawn from this generator before; a draw takes two.

    Examples
    --------
    >>> draw(Candidates.from_logits([0.0, 0.0, 0.0]), seed=0)
    Draw(token=1, rank=2, probability=0.3333333333333333, u=0.5928446165166826, \
start=0.3333333333333333, stop=0.6666666666666666)
    """
    u = uniform(seed, words)
    running = np.cumsum(candidates.probabilities)
    place = int(_landed(running, np.array([u]))[0])
    return Draw(
        token=int(candidates.ids[place]),
        rank=place + 1,
        probability=float(candidates.probabilities[place]),
        u=u,
        start=float(running[place - 1]) if place else 0.0,
        stop=float(running[place]),
    )


def frequencies(candidates: Candidates, seeds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count how often each candidate is the first draw of these seeds, (n,)."""
    u = np.array([uniform(int(seed)) for seed in seeds])
    places = _landed(np.cumsum(candidates.probabilities), u)
    return np.bincount(places, minlength=len(candidates))


def _landed(running: NDArray[np.float64], u: NDArray[np.float64]) -> NDArray[np.intp]:
    """Places at which the running sum reaches u, never one that has no probability."""
    places: NDArray[np.intp] = np.searchsorted(running, u * running[-1])
    return np.minimum(places, int(np.searchsorted(running, running[-1])), dtype=np.intp)
