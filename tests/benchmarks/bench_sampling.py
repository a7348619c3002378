"""How long a whole chain takes, as a multiple of one sort of the vocabulary.

Then: how long the cards of llama.cpp's chain take to be computed anew with one more sampler at its
head, where it is given the whole vocabulary.

Run it as a program; the ratios compare across machines, the milliseconds do not.
"""

import time
from collections.abc import Callable

import numpy as np

from laminoscope_core.sampling import PRESETS, Candidates, Chain

CHAINS = {
    "llama.cpp": Chain.preset("llama.cpp"),
    "nothing cut": Chain.from_list(
        [
            {"sampler": "penalties", "repeat": 1.1},
            {"sampler": "dry", "multiplier": 0.8, "breakers": []},
            {"sampler": "top_n_sigma", "n": 1000.0},
            {"sampler": "typical_p", "p": 0.9999999},
            {"sampler": "top_p", "p": 0.9999999},
            {"sampler": "min_p", "p": 1e-30},
            {"sampler": "xtc", "probability": 0.5, "threshold": 0.01},
            {"sampler": "dynamic_temperature", "range": 0.5},
            {"sampler": "temperature", "temperature": 0.8},
            {"sampler": "adaptive_p", "target": 0.3},
        ]
    ),
}


LATER = (
    {"sampler": "p_less"},
    {"sampler": "p_less_norm"},
    {"sampler": "min_k", "tau": 3.0},
    {"sampler": "top_a", "a": 1e-9},
    {"sampler": "quadratic", "factor": 0.3, "curve": 2.0},
    {"sampler": "tail_free", "z": 0.9999},
    {"sampler": "no_repeat_ngram", "n": 1},
    {"sampler": "guidance", "prompt": "Rain", "scale": 1.5},
    {"sampler": "rule", "rule": "keep: p >= 1e-9 * p_max ** 2"},
    {"sampler": "rule", "rule": "logit: l - 0.3 * (l - l_max) ** 2"},
    {"sampler": "rule", "rule": "logit: where(seen > 0, l - ln(1 + seen), l)"},
)
"""Samplers that were added later, so that most of the vocabulary is left."""


def fastest(work: Callable[[], object], repeats: int = 9) -> float:
    """Return the shortest of several runs, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def chain_times(vocabulary: int) -> dict[str, tuple[float, float, float]]:
    """Return (sort, chain from logits, chain from candidates) in seconds, per chain.

    Every stage's probabilities and entropy are asked for, as a panel would.
    """
    rng = np.random.default_rng(0)
    logits = (3 * rng.standard_normal(vocabulary)).astype(np.float32)
    history = rng.integers(0, vocabulary, 500).tolist()
    sort = fastest(lambda: np.argsort(-logits.astype(np.float64), kind="stable"))

    def apply(chain: Chain, given: object) -> None:
        for stage in chain.apply(given, history, seed=1):
            assert stage.entropy >= 0

    times = {}
    for name, chain in CHAINS.items():
        candidates = Candidates.from_logits(logits)
        times[name] = (
            sort,
            fastest(lambda chain=chain: apply(chain, logits)),
            fastest(lambda chain=chain, given=candidates: apply(chain, given)),
        )
    return times


def with_later(vocabulary: int) -> dict[str, float]:
    """Return by sampler how many seconds llama.cpp's chain takes with it at the head."""
    rng = np.random.default_rng(0)
    logits = (3 * rng.standard_normal(vocabulary)).astype(np.float32)
    history = rng.integers(0, vocabulary, 500).tolist()
    candidates = Candidates.from_logits(logits)
    guides = {"Rain": rng.standard_normal(vocabulary).astype(np.float32)}

    def apply(chain: Chain) -> None:
        for stage in chain.apply(candidates, history, seed=1, guides=guides):
            assert stage.entropy >= 0

    chains = {
        " ".join(str(value) for value in item.values()): Chain.from_list(
            [item, *PRESETS["llama.cpp"]]
        )
        for item in LATER
    }
    return {name: fastest(lambda chain=chain: apply(chain), 5) for name, chain in chains.items()}


def main() -> None:
    """Print both tables."""
    for vocabulary in (49_152, 262_144):
        for name, (sort, whole, again) in chain_times(vocabulary).items():
            print(
                f"{vocabulary:>7} {name:<12} sort {1e3 * sort:6.1f} ms   "
                f"chain {1e3 * whole:6.1f} ms = {whole / sort:5.2f} sorts   "
                f"again {1e3 * again:6.1f} ms = {again / sort:5.2f} sorts"
            )
    for vocabulary in (49_152, 262_144):
        for name, seconds in with_later(vocabulary).items():
            print(f"{vocabulary:>7} {1e3 * seconds:6.1f} ms  {name}")


if __name__ == "__main__":
    main()
