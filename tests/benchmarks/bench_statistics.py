"""How long permutations and bootstraps of all RSA scores take, against slower ways to the same.

``python tests/benchmarks/bench_statistics.py [WORDS] [CATEGORIES] [CORRELATION]``, by default 34
words in 3 categories and Pearson's r.  Everything has 30 layers, 3 pairs of sites and 3 subsets,
1,000 relabellings and 1,000 resamples.  Compared are, for as many relabellings and resamples as
take a few seconds, and per curve:

- the naive loop: numpy moves the matrix of every relabelling or resample, and correlates it;
- rsatoolbox, where it can be imported: ``compare`` of relabelled and of resampled dissimilarities.

How long each analysis goes on without looking at its job is printed too: a cancelled one stops
after that.

Processor time is what compares on a busy machine; ratios compare across machines.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
from scipy import stats

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.core.looks import longest_stretch
from tests.core.made_words import made_words

from laminoscope_core.analysis import rsa, rsa_chance, separability, separability_chance, similarity
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.resampling import word_permutations
from laminoscope_core.analysis.threads import n_threads
from laminoscope_core.analysis.word_pairs import SUBSETS, word_pairs
from laminoscope_core.job import Job

N_LAYERS, N_DRAWN = 30, 1000
CURVES = N_LAYERS * len(rsa.site_pairs(("q", "k", "v"))) * len(SUBSETS)
SECONDS = 3.0
CORRELATIONS: dict[str, Callable[[np.ndarray, np.ndarray], float]] = {
    "pearson": lambda x, y: np.corrcoef(x, y)[0, 1],
    "spearman": lambda x, y: stats.spearmanr(x, y).statistic,
    "kendall_tau_a": lambda x, y: stats.kendalltau(x, y).statistic,
    "rho_a": lambda x, y: stats.spearmanr(x, y).statistic,
}
RSATOOLBOX = {"pearson": "corr", "spearman": "spearman", "kendall_tau_a": "tau-a", "rho_a": "rho-a"}


def words(n_words: int, n_categories: int) -> Inputs:
    """Return words with something in common at all sites, and their similarities and scores."""
    random = np.random.default_rng(0)
    common = random.normal(size=(N_LAYERS, n_words, 64))
    target = {
        site: (common + 1.5 * random.normal(size=common.shape)).astype(np.float32)[:, :, None]
        for site in "qkv"
    }
    categories = [f"c{number * n_categories // n_words}" for number in range(n_words)]
    return Inputs(made_words(target, categories))


def cost(work: Callable[[], object]) -> tuple[float, float]:
    """Return processor and wall seconds of a piece of work."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def per_curve(work: Callable[[int], object]) -> float:
    """Return the processor seconds of one relabelling or resample of one curve, over 3 s."""
    work(0)
    begun = time.process_time()
    for number in count(1):
        work(number)
        if time.process_time() - begun > SECONDS:
            return (time.process_time() - begun) / number
    raise AssertionError


def naive(results: dict, correlation: str, subset: str) -> tuple[float, float]:
    """Return what a relabelling and a resample of one curve cost when the matrix is moved."""
    matrices, correlate = results["similarity"], CORRELATIONS[correlation]
    x, y = (matrices.matrices[site][0].astype(np.float64) for site in "qk")
    mask = word_pairs(matrices.categories).mask(subset)
    names = word_permutations(matrices.categories, 4096, 0, inside=subset != "all")
    drawn = np.random.default_rng(0).integers(0, len(x), (4096, len(x)))

    def relabel(number: int) -> float:
        order = names[number % 4096]
        return correlate(x[mask], y[np.ix_(order, order)][mask])

    def resample(number: int) -> float:
        order = np.sort(drawn[number % 4096])
        at = np.ix_(order, order)
        kept = mask[at] | mask.T[at]
        upper = np.triu(kept, k=1)
        return correlate(x[at][upper], y[at][upper])

    return per_curve(relabel), per_curve(resample)


def rsatoolbox_costs(results: dict, correlation: str) -> tuple[float, float] | None:
    """Return what a relabelling and a resample of one curve over all pairs cost rsatoolbox."""
    try:
        from rsatoolbox.rdm import RDMs, compare
    except ImportError:
        return None
    matrices = results["similarity"]
    x, y = (RDMs(1 - matrices.matrices[site][:1].astype(np.float64)) for site in "qk")
    names = word_permutations(matrices.categories, 4096, 0, inside=False)
    drawn = np.random.default_rng(0).integers(0, len(matrices.words), names.shape)
    square = y.get_matrices()

    def relabel(number: int) -> object:
        order = names[number % 4096]
        return compare(x, RDMs(square[:, order][:, :, order]), RSATOOLBOX[correlation])

    def resample(number: int) -> object:
        order = drawn[number % 4096]
        return compare(
            x.subsample_pattern("index", order),
            y.subsample_pattern("index", order),
            RSATOOLBOX[correlation],
        )

    return per_curve(relabel), per_curve(resample)


def float32_error(results: dict) -> float:
    """Return how far scores move when relabelled vectors are summed in float32."""
    matrices = results["similarity"]
    pairs = word_pairs(matrices.categories)
    x, y = (rsa.unit_vectors(pairs.vectors(matrices.matrices[site])[0], "pearson") for site in "qk")
    worst = 0.0
    square = np.zeros((pairs.n_words,) * 2)
    square[pairs.first, pairs.second] = square[pairs.second, pairs.first] = y
    for names in word_permutations(matrices.categories, 50, 0, inside=False):
        moved = square[names[pairs.first], names[pairs.second]]
        low = float(np.dot(x.astype(np.float32), moved.astype(np.float32)))
        worst = max(worst, abs(low - float(x @ moved)))
    return worst


def print_stretches(inputs: Inputs, correlation: str, params: rsa_chance.Params) -> None:
    """Print the longest stretch of processor time between two looks of each analysis at its job."""
    few = replace(params, n_permutations=100, n_resamples=100)
    for name, module, chosen in (
        ("similarity", similarity, similarity.Params()),
        ("rsa", rsa, rsa.Params(correlation)),
        ("separability", separability, separability.Params()),
        ("separability-chance", separability_chance, few),
        ("rsa-chance", rsa_chance, few),
    ):
        longest = longest_stretch(lambda job, run=module.run, p=chosen: run(inputs, p, job))
        print(f"{name}: at most {longest.seconds * 1000:.0f} ms between two looks at its job")


def main(n_words: int = 34, n_categories: int = 3, correlation: str = "pearson") -> None:
    """Print times and ratios."""
    inputs, results = words(n_words, n_categories), {}
    inputs = Inputs(inputs.words, results=results)
    for name, module, params in (
        ("similarity", similarity, similarity.Params()),
        ("rsa", rsa, rsa.Params(correlation)),
        ("separability", separability, separability.Params()),
    ):
        results[name] = module.run(inputs, params, Job())
    params = rsa_chance.Params(n_permutations=N_DRAWN, n_resamples=N_DRAWN)
    print_stretches(inputs, correlation, params)
    print(f"{n_words} words, {CURVES} curves, {correlation}, {n_threads()} threads")
    ours, wall = cost(lambda: rsa_chance.run(inputs, params, Job()))
    print(f"RSA: {ours:.2f} s of processor time, {wall:.2f} s on the clock")
    print(
        "d:   {:.2f} s, {:.2f} s".format(
            *cost(lambda: separability_chance.run(inputs, params, Job()))
        )
    )
    each = [naive(results, correlation, subset) for subset in SUBSETS]
    loop = sum(sum(costs) for costs in each) * N_DRAWN * CURVES / len(SUBSETS)
    print(f"naive loop: {loop:.1f} s, {loop / ours:.0f} times as much")
    theirs = rsatoolbox_costs(results, correlation)
    if theirs is None:
        print("rsatoolbox is not installed")
    else:
        # it has no subsets: all pairs only, against a third of our curves
        whole = sum(theirs) * N_DRAWN * CURVES / len(SUBSETS)
        print(f"rsatoolbox, all pairs only: {whole:.1f} s, {whole / ours:.0f} times as much")
    print(f"float32 sums would move a score by up to {float32_error(results):.1e}")


if __name__ == "__main__":
    given = sys.argv[1:] + ["34", "3", "pearson"][len(sys.argv) - 1 :]
    main(int(given[0]), int(given[1]), given[2])
