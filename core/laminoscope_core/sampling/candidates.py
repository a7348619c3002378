"""The candidates for the next token, best first, and what a sampler makes of them.

Everything is float64 and every array is shared: a sampler that cuts returns views of what it
received, so that a chain over 260,000 tokens costs one sort and a few passes.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.seeds import SamplerState

__all__ = ["Branch", "Candidates", "Draw", "Outcome", "best_first", "in_words"]

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Candidates:
    """Tokens that may come next, by falling logit, ties by rising id.

    Attributes
    ----------
    ids : ndarray of int64, (n,)
        Token ids.
    logits : ndarray of float64, (n,)
        Their scores, finite or −inf.
    n_masked : int
        Tokens that a sampler set to −inf instead of removing (llama.cpp's top-n-σ and zero
        temperature); they are gone, but dynamic temperature counts them.
    vocabulary : int
        Number of logits that the model gave.
    """

    ids: Ids
    logits: Floats
    n_masked: int
    vocabulary: int

    @classmethod
    def from_logits(cls, logits: ArrayLike) -> "Candidates":
        """Sort a model's logits, (vocabulary,), into candidates.

        A logit of −inf stays a candidate of probability 0 until a sampler removes it.

        Raises
        ------
        SamplingError
            Not one row of numbers, empty, NaN, +inf, or nothing above −inf.

        Examples
        --------
        >>> candidates = Candidates.from_logits([0.0, 2.0, 2.0])
        >>> candidates.ids, candidates.probabilities.round(3)
        (array([1, 2, 0]), array([0.468, 0.468, 0.063]))
        """
        try:
            row = np.asarray(logits, dtype=np.float64)
        except (TypeError, ValueError):
            raise SamplingError("Logits must be a row of numbers.") from None
        if row.ndim != 1 or row.size == 0:
            raise SamplingError(
                f"Logits must be one row with a number per token, not of shape {row.shape}."
            )
        highest = row.max()
        if not np.isfinite(highest):
            raise SamplingError(_what_is_wrong(row), "Open the model in float32.")
        ids, ordered = best_first(np.arange(row.size), row)
        return cls(ids, ordered, 0, row.size)

    def __len__(self) -> int:
        return self.ids.size

    @cached_property
    def probabilities(self) -> Floats:
        """Softmax of the logits, (n,), summing to 1."""
        weights: Floats = np.exp(self.logits - self.logits[0])
        weights /= weights.sum()
        return weights

    @cached_property
    def log_normaliser(self) -> float:
        """ln Σ exp(logit), so that ln p = logit − this."""
        return float(self.logits[0] + np.log(np.exp(self.logits - self.logits[0]).sum()))

    @cached_property
    def entropy(self) -> float:
        """−Σ p ln p in nats; p = 0 adds nothing."""
        p = self.probabilities
        return max(0.0, float(-(p * np.log(np.where(p > 0, p, 1.0))).sum()))

    @property
    def perplexity(self) -> float:
        """exp(entropy): the number of equally likely tokens that would be as uncertain."""
        return float(np.exp(self.entropy))

    def equals(self, other: "Candidates") -> bool:
        """Return whether others are the same tokens with the same logits."""
        counts = (self.n_masked, self.vocabulary) == (other.n_masked, other.vocabulary)
        return (
            counts
            and np.array_equal(self.ids, other.ids)
            and np.array_equal(self.logits, other.logits)
        )

    def by_token(self) -> Floats:
        """Return the probability of every token, (vocabulary,); 0 if it is no candidate."""
        dense = np.zeros(self.vocabulary)
        dense[self.ids] = self.probabilities
        return dense

    def prefix(self, count: int, n_masked: int = 0) -> "Candidates":
        """Return the ``count`` best, or self if that is all of them and nothing is masked."""
        if count >= len(self) and n_masked == self.n_masked:
            return self
        return Candidates(self.ids[:count], self.logits[:count], n_masked, self.vocabulary)

    def scaled(self, divisor: float) -> "Candidates":
        """Return candidates with all logits divided by a positive number."""
        logits = self.logits / divisor
        return Candidates(_ties_by_id(self.ids, logits), logits, self.n_masked, self.vocabulary)

    def rescored(self, logits: Floats) -> "Candidates":
        """Return candidates with new logits, (n,), in their new order."""
        # few places have changed, or all in two runs: timsort then needs hardly more than a pass
        ids, logits = best_first(self.ids, logits, kind="stable")
        return Candidates(ids, logits, self.n_masked, self.vocabulary)


@dataclass(frozen=True)
class Draw:
    """One token drawn, and where the random number landed.

    Attributes
    ----------
    token : int
        Its id.
    rank : int
        Its place among the candidates, 1 for the best.
    probability : float
        Its probability there.
    u : float
        The random number, 0 to 1; NaN when a single candidate left nothing to draw.
    start, stop : float
        The token's stretch of the running sum of probabilities: start < u ≤ stop.
    """

    token: int
    rank: int
    probability: float
    u: float
    start: float
    stop: float


@dataclass(frozen=True, eq=False)
class Branch:
    """One of two things a random sampler may do: with what weight, and what it leaves."""

    weight: float
    kept: Candidates
    reason: str


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a sampler did to the candidates it received.

    Attributes
    ----------
    kept : Candidates
        The survivors; the received object itself if nothing changed.
    reason : str
        Why, with numbers.
    cut_probability : float or None
        The probability, as received, at which the line was drawn, if the rule has one.
    branches : tuple of Branch
        Both possibilities of a sampler that acts by chance (XTC); else empty.
    draw : Draw or None
        The token, from a sampler that chooses it itself and had a seed.
    state : SamplerState or None
        What the sampler remembers for the next token; None if nothing changed.
    """

    kept: Candidates
    reason: str
    cut_probability: float | None = None
    branches: tuple[Branch, ...] = ()
    draw: Draw | None = None
    state: SamplerState | None = None


def best_first(
    ids: Ids, logits: Floats, kind: Literal["quicksort", "stable"] = "quicksort"
) -> tuple[Ids, Floats]:
    """Sort by falling logit, ties by rising id.

    The fastest sort of NumPy is not stable, so ties are put right afterwards by sorting
    (place of the tie, id) packed into one integer.
    """
    order = np.argsort(-logits, kind=kind)
    ids, logits = ids[order], logits[order]
    return _ties_by_id(ids, logits), logits


def _ties_by_id(ids: Ids, logits: Floats) -> Ids:
    tied = logits[1:] == logits[:-1]
    if not np.any(tied & (ids[1:] < ids[:-1])):
        return ids
    packed = np.zeros(ids.size, dtype=np.int64)
    np.cumsum(~tied, out=packed[1:])
    packed <<= 32
    packed |= ids
    packed.sort()
    return packed & 0xFFFF_FFFF


def in_words(value: float) -> str:
    """Return a number as reasons show it: four significant digits."""
    return f"{value:.4g}"


def _what_is_wrong(row: NDArray[Any]) -> str:
    if np.isnan(row).any():
        count, first = int(np.isnan(row).sum()), int(np.isnan(row).argmax())
        return (
            f"{count:,} of {row.size:,} logits are not a number (NaN), the first at token {first}."
        )
    if (row == np.inf).any():
        return f"The logit of token {int((row == np.inf).argmax())} is infinite."
    return f"All {row.size:,} logits are −inf: no token is possible."
