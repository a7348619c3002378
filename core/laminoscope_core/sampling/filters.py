"""Samplers that cut: they remove candidates and leave the scores of the others alone.

Rules of llama.cpp, except `epsilon_cutoff`, `eta_cutoff` and `top_h`, which are Hugging
Face's, and `top_a`, which is text-generation-webui's.  Candidates come sorted, so that all but
`typical_p` keep a prefix.
"""

import math

import numpy as np

from laminoscope_core.sampling.candidates import Candidates, Outcome, in_words
from laminoscope_core.text import how_many

__all__ = [
    "cut_below",
    "epsilon_cutoff",
    "eta_cutoff",
    "min_p",
    "top_a",
    "top_h",
    "top_k",
    "top_n_sigma",
    "top_p",
    "typical_p",
]

_TOP_H_POOL = 100


def top_k(received: Candidates, *, k: int) -> Outcome:
    """Keep the ``k`` best; off at k ≤ 0.

    Examples
    --------
    >>> top_k(Candidates.from_logits([0.0, 2.0, 1.0]), k=2).reason
    'top_k: the best 2 of 3; the next had 0.09003'
    """
    if k <= 0:
        return Outcome(received, f"top_k: off (k = {k})")
    size = len(received)
    if k >= size:
        n_masked = min(received.n_masked, k - size)
        return Outcome(
            received.prefix(size, n_masked),
            f"top_k: {how_many(size, 'candidate')}, no more than k = {k:,}",
        )
    beaten = in_words(received.probabilities[k])
    return Outcome(received.prefix(k), f"top_k: the best {k:,} of {size:,}; the next had {beaten}")


def top_p(received: Candidates, *, p: float, min_keep: int) -> Outcome:
    """Keep the shortest prefix whose probabilities sum to ``p`` or more; off at p ≥ 1."""
    if p >= 1:
        return Outcome(received, f"top_p: off (p = {in_words(p)})")
    running = np.cumsum(received.probabilities)
    count = int(np.searchsorted(running, p)) + 1
    count = _at_least(count, min_keep, received)
    total = in_words(running[count - 1])
    reason = (
        f"top_p: {'the best has' if count == 1 else f'the best {count:,} sum to'} {total}"
        f" ≥ {in_words(p)}"
    )
    if running[count - 1] < p:
        reason = f"top_p: all together sum to no more than {in_words(p)}"
    elif count > 1 and running[count - 2] >= p:
        reason += _kept_anyway(min_keep)
    elif count > 1:
        before = in_words(running[count - 2])
        reason += (
            f", {'the best alone' if count == 2 else f'the best {count - 1:,}'} only to {before}"
        )
    return Outcome(received.prefix(count), reason)


def min_p(received: Candidates, *, p: float, min_keep: int) -> Outcome:
    """Keep what is at least ``p`` times as probable as the best; off at p ≤ 0.

    Examples
    --------
    >>> min_p(Candidates.from_logits([0.0, 4.0, 3.0]), p=0.05, min_keep=0).reason
    'min_p: 0.01321 < 0.05 × 0.7214'
    """
    if p <= 0:
        return Outcome(received, f"min_p: off (p = {in_words(p)})")
    best = float(received.probabilities[0])
    product = f"{in_words(p)} × {in_words(best)}"
    within = int(np.count_nonzero(received.logits >= received.logits[0] + math.log(p)))
    return cut_below(received, within, min_keep, "min_p", product, p * best)


def top_a(received: Candidates, *, a: float, min_keep: int) -> Outcome:
    """Keep p ≥ a·p_max², so that a certain model is cut more; off at a ≤ 0.

    By BlinkDL; as `TopALogitsWarper` in text-generation-webui's ``sampler_hijack.py``.

    Examples
    --------
    >>> top_a(Candidates.from_logits([0.0, 4.0, 3.0]), a=0.05, min_keep=0).reason
    'top_a: 0.01321 < 0.05 × 0.7214²'
    """
    if a <= 0:
        return Outcome(received, f"top_a: off (a = {in_words(a)})")
    best = float(received.probabilities[0])
    line = a * best**2
    within = int(np.count_nonzero(received.probabilities >= line))
    return cut_below(
        received, within, min_keep, "top_a", f"{in_words(a)} × {in_words(best)}²", line
    )


def top_n_sigma(received: Candidates, *, n: float) -> Outcome:
    """Mask logits more than ``n`` standard deviations below the best; off at n ≤ 0.

    σ is the population standard deviation over the finite logits.
    """
    if n <= 0:
        return Outcome(received, f"top_n_sigma: off (n = {in_words(n)})")
    finite = received.logits[np.isfinite(received.logits)]
    highest, sigma = float(finite[0]), float(finite.std())
    line = highest - n * sigma
    count = int(np.count_nonzero(received.logits >= line))
    formula = f"{in_words(highest)} − {in_words(n)} × {in_words(sigma)} = {in_words(line)}"
    if count == len(received):
        reason = f"top_n_sigma: no logit is below {formula}"
    else:
        reason = f"top_n_sigma: {in_words(received.logits[count])} < {formula}"
    n_masked = received.n_masked + len(received) - count
    cut = math.exp(min(0.0, line - received.log_normaliser))
    return Outcome(received.prefix(count, n_masked), reason, cut)


def typical_p(received: Candidates, *, p: float, min_keep: int) -> Outcome:
    """Keep the tokens whose surprise is nearest to the entropy until they sum to more than ``p``.

    Tokens are taken by |−ln p − H|, off at p ≥ 1 (Meister et al. 2023).  Tokens of
    probability 0 count as absent.
    """
    if p >= 1:
        return Outcome(received, f"typical_p: off (p = {in_words(p)})")
    probabilities = received.probabilities[: int(np.count_nonzero(received.probabilities))]
    entropy = received.entropy
    distance = np.abs(-np.log(probabilities) - entropy)
    order = np.argsort(distance, kind="stable")
    running = np.cumsum(probabilities[order])
    count = min(int(np.searchsorted(running, p, side="right")) + 1, order.size)
    count = min(max(count, min_keep), order.size)
    places = np.sort(order[:count])
    kept = Candidates(received.ids[places], received.logits[places], 0, received.vocabulary)
    reason = (
        f"typical_p: the {count:,} nearest to H = {in_words(entropy)} sum to "
        f"{in_words(running[count - 1])}, H ± {in_words(distance[order[count - 1]])}"
    )
    return Outcome(kept if count < len(received) else received.prefix(count), reason)


def epsilon_cutoff(received: Candidates, *, epsilon: float, min_keep: int) -> Outcome:
    """Keep p ≥ ``epsilon``, and the best; off at 0 (Hewitt et al. 2022, as Hugging Face)."""
    if epsilon <= 0:
        return Outcome(received, "epsilon_cutoff: off (epsilon = 0)")
    return _cut_at(received, epsilon, min_keep, "epsilon_cutoff", in_words(epsilon))


def eta_cutoff(received: Candidates, *, epsilon: float, min_keep: int) -> Outcome:
    """Keep p ≥ min(ε, √ε·e^−H), and the best; off at 0 (Hewitt et al. 2022, as Hugging Face)."""
    if epsilon <= 0:
        return Outcome(received, "eta_cutoff: off (epsilon = 0)")
    scaled = math.sqrt(epsilon) * math.exp(-received.entropy)
    eta = min(epsilon, scaled)
    formula = f"min({in_words(epsilon)}, {in_words(scaled)}) with H = {in_words(received.entropy)}"
    return _cut_at(received, eta, min_keep, "eta_cutoff", formula)


def top_h(received: Candidates, *, h: float) -> Outcome:
    """Keep the best tokens while their share of the entropy is at most ``h``; off at 0.

    As Hugging Face: of the 100 best, renormalised, the prefix with Σ −p ln p ≤ h·H, and the
    best in any case.
    """
    if h <= 0:
        return Outcome(received, "top_h: off (h = 0)")
    pool = received.prefix(_TOP_H_POOL)
    p = pool.probabilities
    running = np.cumsum(-p * np.log(np.where(p > 0, p, 1.0)))
    budget = h * float(running[-1])
    count = max(1, int(np.searchsorted(running, budget, side="right")))
    total = f"{in_words(h)} × {in_words(running[-1])} = {in_words(budget)}"
    if count == len(received):
        return Outcome(received.prefix(count), f"top_h: all stay within {total}")
    if count == len(pool):
        reason = f"top_h: {_TOP_H_POOL} candidates at most"
    else:
        reason = f"top_h: entropy with the next {in_words(running[count])} > {total}"
    return Outcome(received.prefix(count), reason)


def _cut_at(received: Candidates, line: float, min_keep: int, name: str, formula: str) -> Outcome:
    within = int(np.count_nonzero(received.probabilities >= line))
    # Hugging Face keeps everything that ties with the last one of min_keep
    last = received.logits[min(max(min_keep, 1), len(received)) - 1]
    floor = int(np.count_nonzero(received.logits >= last))
    return cut_below(received, within, floor, name, formula, line)


def cut_below(
    received: Candidates, within: int, min_keep: int, name: str, formula: str, line: float
) -> Outcome:
    """Return what is left of candidates of which the best are within a line.

    Parameters
    ----------
    received : Candidates
    within : int
        How many are.
    min_keep : int
        How many stay whatever the line says; one in any case.
    name : str
        The sampler.
    formula : str
        The line, with numbers, for the reason.
    line : float
        The line, a probability.
    """
    count = _at_least(within, min_keep, received)
    if count == len(received) and count == within:
        least = in_words(received.probabilities[-1])
        reason = f"{name}: none below; the least has {least} ≥ {formula}"
    elif count == len(received):
        reason = f"{name}: {in_words(received.probabilities[-1])} < {formula}"
    else:
        reason = f"{name}: {in_words(received.probabilities[count])} < {formula}"
    if count > within:
        reason += _kept_anyway(max(min_keep, 1))
    return Outcome(received.prefix(count), reason, line)


def _at_least(count: int, min_keep: int, received: Candidates) -> int:
    return min(max(count, min_keep, 1), len(received))


def _kept_anyway(min_keep: int) -> str:
    if min_keep == 1:
        return "; at least 1 candidate stays"
    return f"; at least {min_keep:,} candidates stay"
