"""Random numbers that anyone can draw again: MT19937 words counted from the seed.

A generator is not an object that changes but a seed and the number of words drawn so far, so
that a generation can be undone and branched by keeping two integers.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

__all__ = ["SamplerState", "chance", "seed_word", "uniform"]

_SEEDS = 1 << 32
_FIRST_BLOCK = 16


@dataclass(frozen=True)
class SamplerState:
    """What a sampler carries from one token to the next.

    Attributes
    ----------
    words : int
        Words drawn from its own generator so far.
    memory : tuple of float
        mirostat: (μ,); adaptive_p: (weighted sum, weight); empty at the start and for others.
    """

    words: int = 0
    memory: tuple[float, ...] = ()


def seed_word(seed: int) -> int:
    """Return the 32-bit word that seeds the generator: the seed modulo 2³².

    Any integer is a seed; −1 is 4294967295, and seeds that differ by a multiple of 2³² are
    the same.  (llama.cpp takes 4294967295 as "surprise me"; here it is a seed like others.)

    Examples
    --------
    >>> seed_word(42), seed_word(-1), seed_word(2**64 + 7)
    (42, 4294967295, 7)
    """
    return int(seed) % _SEEDS


def uniform(seed: int, words: int = 0) -> float:
    """Return u = (lo + hi·2³²)/2⁶⁴ from the two words that follow the first ``words``.

    Examples
    --------
    >>> round(uniform(0), 6), round(uniform(0, words=2), 6)
    (0.592845, 0.844266)
    """
    lo, hi = _word(seed, words), _word(seed, words + 1)
    return (lo + (hi << 32)) / (1 << 64)


def chance(seed: int, words: int = 0) -> float:
    """Return float32(word)/2³², the number that XTC draws, from the word after ``words``."""
    return float(np.float32(_word(seed, words)) / np.float32(_SEEDS))


def _word(seed: int, index: int) -> int:
    n_words = _FIRST_BLOCK
    while n_words <= index:
        n_words *= 2
    block = _block(seed_word(seed), n_words)
    return int.from_bytes(block[4 * index : 4 * index + 4], "little")


@lru_cache(maxsize=64)
def _block(seed: int, n_words: int) -> bytes:
    # RandomState.bytes hands out the raw 32-bit words, little end first
    return np.random.RandomState(seed).bytes(4 * n_words)
