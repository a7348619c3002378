"""Samplers that cut where the shape of the whole distribution says so, with few or no settings.

All keep a prefix of the sorted candidates.
"""

import numpy as np

from laminoscope_core.sampling.candidates import Candidates, Outcome, in_words
from laminoscope_core.sampling.filters import cut_below

__all__ = ["min_k", "p_less", "p_less_norm", "tail_free"]

_ROUNDING = 1e-9  # of the line: as many equal probabilities may sum to a little more than one
_FLAT = 1e-8  # added to the range of the logits, part of the rule of min-k


def p_less(received: Candidates) -> Outcome:
    """Keep p ≥ Σp², the chance that two draws are the same token.

    Tan, Wu, Howard 2026, "p-less Sampling", arXiv 2509.23234, equations 2 to 4.  It has no
    parameter.  (llama.cpp's and others' float32 versions lower the line by 1e-5, which would keep
    everything of a flat distribution over more tokens than 1e5; here it is lowered by a
    billionth of itself, for rounding only.)

    Examples
    --------
    >>> p_less(Candidates.from_logits([0.0, 4.0, 3.0])).reason
    'p_less: 0.2654 < Σp² = 0.591'
    """
    line = _collision(received)
    return _from_line(received, line, "p_less", f"Σp² = {in_words(line)}")


def p_less_norm(received: Candidates) -> Outcome:
    """Keep p ≥ (V·Σp² − 1)/(V − 1) of V candidates: 0 for a flat distribution, 1 for a sure one.

    The relaxed variant of the same paper, which says what p-less would cut beyond chance; masked
    candidates count.

    Examples
    --------
    >>> p_less_norm(Candidates.from_logits([0.0, 4.0, 3.0])).reason
    'p_less_norm: 0.2654 < (3 × 0.591 − 1)/2 = 0.3865'
    """
    size, collision = len(received) + received.n_masked, _collision(received)
    if size == 1:
        return Outcome(received, "p_less_norm: one candidate, nothing to cut")
    line = max(0.0, (size * collision - 1) / (size - 1))
    formula = f"({size:,} × {in_words(collision)} − 1)/{size - 1:,} = {in_words(line)}"
    return _from_line(received, line, "p_less_norm", formula)


def min_k(received: Candidates, *, tau: float) -> Outcome:
    """Cut at the steepest step of the sorted logits, early steps counting more; off at tau < 0.

    The step after the i-th best weighs (l_i − l_{i+1})/(range·i) with the range from the best to
    the last finite logit; the best up to the heaviest step stay, or ⌊tau/range⌋ if that is more,
    which saves flat distributions.  Dividing the logits by a temperature moves no step.  Ding et
    al. 2026, "Min-k Sampling", arXiv 2604.11012, whose tau is 3; ties as in vLLM's version
    (#48142): the first of equally heavy steps.

    Examples
    --------
    >>> min_k(Candidates.from_logits([0.0, 4.0, 3.0, -0.5]), tau=3.0).reason
    'min_k: the step after 2 is the heaviest, (3 − 0)/(4.5 × 2)'
    """
    if tau < 0:
        return Outcome(received, f"min_k: off (tau = {in_words(tau)})")
    logits = received.logits[np.isfinite(received.logits)]
    if logits.size == 1:
        return Outcome(received.prefix(1), "min_k: one candidate, nothing to cut")
    width = float(logits[0] - logits[-1]) + _FLAT
    steps = (logits[:-1] - logits[1:]) / width / np.arange(1, logits.size)
    cliff = int(np.argmax(steps)) + 1
    least = int(min(tau / width, logits.size))
    if least >= cliff:
        count = max(least, 1)
        reason = f"min_k: flat, the best {count:,} stay by {in_words(tau)}/{in_words(width)}"
        return Outcome(received.prefix(count), reason)
    last, next_one = in_words(logits[cliff - 1]), in_words(logits[cliff])
    reason = (
        f"min_k: the step after {cliff:,} is the heaviest, "
        f"({last} − {next_one})/({in_words(width)} × {cliff:,})"
    )
    return Outcome(received.prefix(cliff), reason)


def tail_free(received: Candidates, *, z: float, min_keep: int) -> Outcome:
    """Cut the tail where the curve of probabilities has flattened; off at z ≥ 1.

    The bends |p_i − 2·p_{i+1} + p_{i+2}| of the sorted probabilities are divided by their sum;
    the first candidate stays, and one more for each bend while they sum to ``z`` or less.
    Phénix and Egan 2019, "Tail Free Sampling", as `TailFreeLogitsWarper` in
    text-generation-webui's ``sampler_hijack.py``; fewer than three candidates have no bend and
    stay, and equal ones bend equally, as they did in llama.cpp (which kept one candidate less,
    and dropped the rule in 2024).

    Examples
    --------
    >>> tail_free(Candidates.from_logits([0.0, 4.0, 3.0, -0.5]), z=0.9, min_keep=0).reason
    'tail_free: bends of the best 2 sum to 0.4522, with the next to 1 > 0.9'
    """
    if z >= 1:
        return Outcome(received, f"tail_free: off (z = {in_words(z)})")
    if len(received) < 3:
        return Outcome(received, "tail_free: fewer than 3 candidates, nothing bends")
    bends = np.abs(np.diff(received.probabilities, 2))
    total = float(bends.sum())
    running = np.cumsum(bends / total if total > 0 else np.full(bends.size, 1 / bends.size))
    within = 1 + int(np.searchsorted(running, z, side="right"))
    count = min(max(within, min_keep, 1), len(received))
    before = in_words(running[within - 2]) if within > 1 else "0"
    after = in_words(running[min(within - 1, running.size - 1)])
    reason = (
        f"tail_free: bends of the best {within:,} sum to {before}, with the next to {after} > "
        f"{in_words(z)}"
    )
    if count > within:
        reason = f"tail_free: the tail begins after {within:,}, at least {count:,} stay"
    return Outcome(received.prefix(count), reason)


def _collision(received: Candidates) -> float:
    """Return Σp²."""
    return float(np.square(received.probabilities).sum())


def _from_line(received: Candidates, line: float, name: str, formula: str) -> Outcome:
    within = int(np.count_nonzero(received.probabilities >= line * (1 - _ROUNDING)))
    return cut_below(received, within, 0, name, formula, line)
