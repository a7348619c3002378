"""How long a whole chain takes, as a multiple of one sort of the vocabulary.

Run it as a program; the ratios compare across machines, the milliseconds do not.
"""

import time
from collections.abc import Callable

import numpy as np

from laminoscope_core.sampling import Candidates, Chain

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


def main() -> None:
    """Print a table."""
    for vocabulary in (49_152, 262_144):
        for name, (sort, whole, again) in chain_times(vocabulary).items():
            print(
                f"{vocabulary:>7} {name:<12} sort {1e3 * sort:6.1f} ms   "
                f"chain {1e3 * whole:6.1f} ms = {whole / sort:5.2f} sorts   "
                f"again {1e3 * again:6.1f} ms = {again / sort:5.2f} sorts"
            )


if __name__ == "__main__":
    main()
