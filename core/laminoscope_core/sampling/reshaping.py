"""Samplers that change scores: temperatures, the quadratic curve, repetition penalties."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.sampling.candidates import Candidates, Outcome, in_words

__all__ = ["dynamic_temperature", "penalties", "quadratic", "subtracted", "temperature"]

_LARGEST_LOGIT = 1e100


def temperature(received: Candidates, *, temperature: float) -> Outcome:
    """Divide the logits by the temperature; at 0 only the best is left.

    Examples
    --------
    >>> temperature(Candidates.from_logits([1.0, 3.0]), temperature=2.0).kept.logits
    array([1.5, 0.5])
    """
    if temperature == 1:
        return Outcome(received, "temperature: off (T = 1)")
    if temperature <= 0:
        return Outcome(_only_the_best(received), "temperature: T = 0 keeps only the best")
    change = "sharper" if temperature < 1 else "flatter"
    return Outcome(
        _divided(received, temperature),
        f"temperature: logits / {in_words(temperature)}, {change}",
    )


def dynamic_temperature(
    received: Candidates, *, temperature: float, range: float, exponent: float
) -> Outcome:
    """Choose the temperature by how uncertain the candidates are.

    T' = lo + (hi − lo)·(H/ln n)^exponent with lo = max(0, T − range), hi = T + range and n
    the number of candidates, masked ones counted.  Range 0 is plain temperature.
    """
    size = len(received) + received.n_masked
    if range <= 0:
        effective, reason = temperature, f"range is 0, T = {in_words(temperature)}"
    elif size == 1:
        return Outcome(received, "dynamic_temperature: one candidate, nothing to change")
    else:
        lo, hi = max(0.0, temperature - range), temperature + range
        share = min(1.0, received.entropy / np.log(size))
        effective = lo + (hi - lo) * share**exponent
        reason = (
            f"T = {in_words(lo)} + {in_words(hi - lo)} × {in_words(share)}^{in_words(exponent)}"
            f" = {in_words(effective)}"
        )
    if effective <= 0:
        return Outcome(_only_the_best(received), f"dynamic_temperature: {reason}, only the best")
    return Outcome(_divided(received, effective), f"dynamic_temperature: {reason}")


def quadratic(received: Candidates, *, factor: float, curve: float) -> Outcome:
    """Bend the logits around the best: l' = max − (3 − c)/2·s·d² + (c − 1)/2·s·d³, d = l − max.

    s is the ``factor``, off at 0 or less, and c the ``curve``: at 1 a parabola, above it the tail
    falls faster; above 3 what is just below the best rises over it.  By kalomaze, as
    `QuadraticSamplingLogitsWarper` in text-generation-webui's ``sampler_hijack.py``.

    Examples
    --------
    >>> quadratic(Candidates.from_logits([1.0, 3.0]), factor=0.5, curve=1.0).kept.logits
    array([3., 1.])
    """
    if factor <= 0:
        return Outcome(received, f"quadratic: off (factor = {in_words(factor)})")
    best, masked = received.logits[0], received.logits == -np.inf
    below = np.where(masked, 0.0, received.logits - best)
    square, cube = factor * (3 - curve) / 2, factor * (curve - 1) / 2
    with np.errstate(over="ignore"):
        # factored, so that two infinities never meet
        bent = best + below * below * np.where(below == 0, 0.0, cube * below - square)
    bent[masked] = -np.inf
    reason = f"quadratic: max − {in_words(square)} d² + {in_words(cube)} d³"
    return Outcome(received.rescored(bent), reason)


def penalties(
    received: Candidates,
    history: Sequence[int],
    *,
    last_n: int,
    repeat: float,
    frequency: float,
    presence: float,
) -> Outcome:
    """Lower the scores of tokens seen among the last ``last_n``.

    A token seen c > 0 times: logit l ≤ 0 becomes l·repeat, l > 0 becomes l/repeat; then
    c·frequency + presence is subtracted.  Off at last_n ≤ 0.
    """
    if last_n <= 0 or (repeat == 1 and frequency == 0 and presence == 0):
        why = f"last_n = {last_n}" if last_n <= 0 else "repeat 1, frequency 0, presence 0"
        return Outcome(received, f"penalties: off ({why})")
    window = list(history[-last_n:])
    seen, counts = np.unique(np.asarray(window, dtype=np.int64), return_counts=True)
    places, which = _places(received, seen)
    if places.size == 0:
        return Outcome(received, f"penalties: none of the last {len(window)} is a candidate")
    old = received.logits[places]
    new = np.where(old <= 0, old * repeat, old / repeat)
    new -= counts[which] * frequency + presence
    logits = received.logits.copy()
    logits[places] = new
    change = np.subtract(new, old, out=np.zeros_like(old), where=np.isfinite(old))
    most = int(np.argmax(np.abs(change)))
    reason = (
        f"penalties: {places.size} of the last {len(window)} tokens' kinds change, most "
        f"{in_words(old[most])} → {in_words(new[most])}, seen {counts[which][most]}×"
    )
    return Outcome(received.rescored(logits), reason)


def subtracted(
    received: Candidates, tokens: NDArray[np.int64], amounts: NDArray[np.float64]
) -> Candidates:
    """Return the candidates with ``amounts`` subtracted from the logits of ``tokens`` (sorted)."""
    places, which = _places(received, tokens)
    if places.size == 0:
        return received
    logits = received.logits.copy()
    logits[places] -= amounts[which]
    return received.rescored(logits)


def _places(
    received: Candidates, tokens: NDArray[np.int64]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Positions of sorted ``tokens`` among the candidates, and which token is at each."""
    wanted = np.zeros(received.vocabulary, dtype=bool)
    wanted[tokens[tokens < received.vocabulary]] = True
    places = np.flatnonzero(wanted[received.ids])
    return places, np.searchsorted(tokens, received.ids[places])


def _divided(received: Candidates, temperature: float) -> Candidates:
    if temperature == 1:
        return received
    finite = received.logits[np.isfinite(received.logits)]
    if max(abs(finite[0]), abs(finite[-1])) > temperature * _LARGEST_LOGIT:
        return _only_the_best(received)  # as good as zero, before quotients overflow
    return received.scaled(temperature)


def _only_the_best(received: Candidates) -> Candidates:
    return received.prefix(1, received.n_masked + len(received) - 1)
