"""Samplers that act by chance: XTC, and those that choose the token themselves.

Each has a generator of its own, seeded with the chain's seed.  Without a seed nothing is
drawn: XTC then does what is likelier, and the others only show what they would draw from.
"""

import math
from dataclasses import dataclass, field

import numpy as np

from laminoscope_core.sampling.candidates import Branch, Candidates, Draw, Outcome, in_words
from laminoscope_core.sampling.seeds import SamplerState, chance
from laminoscope_core.sampling.selecting import draw

__all__ = ["Turn", "adapted_target", "adaptive_p", "mirostat", "mirostat_v2", "surprised", "xtc"]

_WIDTH, _PEAK, _SHARPNESS = 0.3, 5.0, 10.0  # adaptive_p's curve
_FIT_OVER = 100  # mirostat's m: how many candidates the slope is estimated from


@dataclass(frozen=True)
class Turn:
    """One token's turn: the chain's seed, and what the sampler remembers.

    ``seed`` is None when nothing is to be drawn.
    """

    seed: int | None = None
    state: SamplerState = field(default_factory=SamplerState)


def xtc(
    received: Candidates, turn: Turn, *, probability: float, threshold: float, min_keep: int
) -> Outcome:
    """Exclude top choices: by chance drop all but the least likely of the tokens ≥ threshold.

    Off if probability ≤ 0, threshold > 0.5 or fewer than 2 candidates (then nothing is
    drawn); it needs 2 tokens of p ≥ ``threshold``, and ``min_keep`` left.
    """
    size = len(received) + received.n_masked
    if probability <= 0 or threshold > 0.5 or size < 2:
        why = f"{size} candidate" if size < 2 else f"threshold = {in_words(threshold)}"
        return Outcome(received, f"xtc: off ({'probability = 0' if probability <= 0 else why})")
    p = received.probabilities
    above = int(np.count_nonzero((p >= threshold) & (p > 0)))
    dropped = max(0, above - 1)
    enough = dropped and size - dropped >= min_keep
    cut, reason = received, f"xtc: {above} with p ≥ {in_words(threshold)}, at least 2 are needed"
    if enough:
        cut = Candidates(
            received.ids[dropped:],
            received.logits[dropped:],
            received.n_masked,
            received.vocabulary,
        )
        spared = in_words(received.probabilities[dropped])
        reason = f"xtc: {dropped} above {spared} ≥ {in_words(threshold)} dropped"
    elif dropped:
        reason = f"xtc: dropping {dropped} would leave fewer than {min_keep}"
    state = None
    if turn.seed is None:
        acts = probability >= 0.5
        drawn = f"not drawn, {in_words(probability)}"
    else:
        u = chance(turn.seed, turn.state.words)
        acts = bool(u <= np.float32(probability))
        drawn = f"u = {in_words(u)} {'≤' if acts else '>'} {in_words(probability)}"
        state = SamplerState(turn.state.words + 1)
    if not enough:
        return Outcome(received, reason, threshold, state=state)
    branches = (
        Branch(probability, cut, reason),
        Branch(1 - probability, received, "xtc: nothing dropped"),
    )
    chosen = branches[0] if acts else branches[1]
    reason = f"{chosen.reason} ({drawn})"
    return Outcome(chosen.kept, reason, threshold, branches, state=state)


def mirostat(received: Candidates, turn: Turn, *, tau: float, eta: float) -> Outcome:
    """Keep as many candidates as should give a surprise of ``tau`` bits, then draw.

    The exponent s of Zipf's law is fitted to the 100 best; k = (ε·2^μ/(1 − V^−ε))^(1/s) with
    ε = s − 1 and V the vocabulary (Basu et al. 2021).  Afterwards μ −= eta·(surprise − tau);
    it starts at 2·tau.
    """
    mu = turn.state.memory[0] if turn.state.memory else 2 * tau
    s, k = _zipf(received, mu)
    reason = f"mirostat: μ = {in_words(mu)}, s = {in_words(s)} give k = {in_words(k)}"
    kept = received.prefix(int(min(max(k, 1.0), len(received))))
    return _drawn_for(tau, eta, mu, kept, turn, reason)


def mirostat_v2(received: Candidates, turn: Turn, *, tau: float, eta: float) -> Outcome:
    """Keep the candidates of surprise −log₂ p ≤ μ, at least one, then draw.

    Afterwards μ −= eta·(surprise − tau); it starts at 2·tau.
    """
    mu = turn.state.memory[0] if turn.state.memory else 2 * tau
    with np.errstate(divide="ignore"):
        surprise = -np.log2(received.probabilities)
    count = max(1, int(np.count_nonzero(surprise <= mu)))
    if count < len(received):
        reason = f"mirostat_v2: surprise {in_words(surprise[count])} > μ = {in_words(mu)} bits"
    else:
        reason = f"mirostat_v2: no surprise above μ = {in_words(mu)} bits"
    outcome = _drawn_for(tau, eta, mu, received.prefix(count), turn, reason)
    return Outcome(outcome.kept, outcome.reason, 2.0**-mu, draw=outcome.draw, state=outcome.state)


def adaptive_p(received: Candidates, turn: Turn, *, target: float, decay: float) -> Outcome:
    """Favour tokens whose probability q is near a target that corrects past choices.

    Logits become 5 − 10·d²/(1 + d) with d = |q − t|/0.3 and t from `adapted_target`; then one
    is drawn.  A target below 0 just draws.
    """
    if target < 0:
        return _drawn(received, turn, f"adaptive_p: target = {in_words(target)}, only draws", ())
    memory = turn.state.memory or (target / (1 - decay), 1 / (1 - decay))
    t = adapted_target(target, memory)
    q = received.probabilities
    distance = np.abs(q - t) / _WIDTH
    logits = _PEAK - _SHARPNESS * distance * distance / (1 + distance)
    logits[received.logits == -np.inf] = -np.inf
    kept = received.rescored(logits)
    past = in_words(memory[0] / memory[1])
    outcome = _drawn(
        kept, turn, f"adaptive_p: favours p ≈ {in_words(t)} (chosen so far: {past})", memory
    )
    if outcome.draw is None:
        return outcome
    chosen = float(q[np.flatnonzero(received.ids == outcome.draw.token)[0]])
    state = SamplerState(_words(outcome), (chosen + decay * memory[0], 1 + decay * memory[1]))
    return Outcome(kept, outcome.reason, draw=outcome.draw, state=state)


def adapted_target(target: float, memory: tuple[float, ...]) -> float:
    """Return 2·target − the weighted mean of past choices, between 0 and 1."""
    weighted_sum, weight = memory
    return min(max(2 * target - weighted_sum / weight, 0.0), 1.0)


def surprised(mu: float, probability: float, tau: float, eta: float) -> float:
    """Return mirostat's next μ after a token of this probability was drawn."""
    return mu - eta * (-math.log2(probability) - tau)


def _zipf(received: Candidates, mu: float) -> tuple[float, float]:
    """The exponent s and the number of candidates k of mirostat."""
    p = received.probabilities[:_FIT_OVER]
    p = p[p > 0]
    if p.size < 2:
        return math.nan, 1.0
    i = np.arange(p.size - 1)
    t = np.log((i + 2) / (i + 1))
    s = float(np.sum(t * np.log(p[:-1] / p[1:])) / np.sum(t * t))
    if s == 0:
        return s, math.inf
    epsilon, log_size = s - 1, math.log(received.vocabulary)
    # ε/(1 − V^−ε), which tends to 1/ln V at ε = 0
    scale = 1 / log_size if epsilon == 0 else -epsilon / math.expm1(-epsilon * log_size)
    exponent = (math.log(scale) + mu * math.log(2)) / s
    return s, math.exp(min(exponent, 700.0))


def _drawn_for(
    tau: float, eta: float, mu: float, kept: Candidates, turn: Turn, reason: str
) -> Outcome:
    outcome = _drawn(kept, turn, reason, (mu,))
    if outcome.draw is None:
        return outcome
    memory = (surprised(mu, outcome.draw.probability, tau, eta),)
    return Outcome(
        kept, outcome.reason, draw=outcome.draw, state=SamplerState(_words(outcome), memory)
    )


def _drawn(kept: Candidates, turn: Turn, reason: str, memory: tuple[float, ...]) -> Outcome:
    """Draw, unless there is no seed; a single candidate takes no random number."""
    if turn.seed is None:
        return Outcome(kept, reason)
    if len(kept) + kept.n_masked == 1:
        only = Draw(int(kept.ids[0]), 1, 1.0, math.nan, 0.0, 1.0)
        return Outcome(kept, reason, draw=only, state=SamplerState(turn.state.words, memory))
    picked = draw(kept, turn.seed, turn.state.words)
    state = SamplerState(turn.state.words + 2, memory)
    return Outcome(kept, f"{reason}; u = {in_words(picked.u)}", draw=picked, state=state)


def _words(outcome: Outcome) -> int:
    return outcome.state.words if outcome.state else 0
