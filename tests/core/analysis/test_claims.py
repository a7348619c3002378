"""What the methods claim about chance, bands and corrections, put to the test by simulation.

Layers serve as independent repetitions.
"""

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.analysis import rsa, rsa_chance, separability_chance, similarity
from laminoscope_core.analysis.resampling import Resamples, bootstrap_counts
from laminoscope_core.analysis.weighted import resampling_tasks
from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.job import Job

N_WORDS = 34


def word_structured(random, n_repetitions):
    """Words that share one direction, each by an amount of its own: pairs are not independent."""
    direction = random.normal(size=(n_repetitions, 1, 64))
    amount = 0.5 + 0.5 * random.normal(size=(n_repetitions, N_WORDS, 1))
    return amount * direction + random.normal(size=(n_repetitions, N_WORDS, 64))


@pytest.fixture(scope="module")
def null_rows():
    random = np.random.default_rng(0)
    return word_structured(random, 600), word_structured(random, 600)


@pytest.fixture(scope="module")
def null(null_rows, as_words, analyse):
    few = rsa_chance.Params(n_permutations=199, n_resamples=200)
    few_d = separability_chance.Params(n_permutations=199, n_resamples=5)
    return analyse(as_words(*null_rows), rsa_chance=few, separability_chance=few_d)


def test_textbook_p_of_unrelated_geometries_is_far_too_small(null):
    for subset, at_least in (("all", 0.35), ("within", 0.12), ("across", 0.25)):
        r = null["rsa"].curve("q-k", subset)
        df = null["rsa"].n_pairs[null["rsa"].subsets.index(subset)] - 2
        p = 2 * stats.t.sf(np.abs(r) * np.sqrt(df / (1 - r**2)), df)
        assert np.mean(p < 0.05) > at_least


@pytest.mark.parametrize("column", [0, 1, 2], ids=["all", "within", "across"])
def test_permutation_p_of_unrelated_geometries_is_uniform(null, column):
    p = null["rsa-chance"].p[:, 0, column]
    assert stats.binomtest(int((p <= 0.05).sum()), len(p), 0.05).pvalue > 0.01
    assert stats.kstest(p, "uniform").pvalue > 0.01


@pytest.mark.parametrize(
    ("categories", "t_test_is"),
    [
        (("space",) * 10 + ("furniture",) * 13 + ("fruit",) * 11, "too cautious"),
        (("space",) * 10 + tuple(f"alone {n}" for n in range(24)), "too sure"),
    ],
    ids=["equal categories", "one category"],
)
def test_permutation_p_of_d_is_uniform_where_a_t_test_is_not(
    categories, t_test_is, null_rows, as_words, analyse
):
    few = separability_chance.Params(n_permutations=199, n_resamples=5)
    ids = ("similarity", "separability", "separability-chance")
    words = as_words(*null_rows, categories=categories)
    results = analyse(words, *ids, separability_chance=few)
    p = results["separability-chance"].p[:, 0]
    assert stats.binomtest(int((p <= 0.05).sum()), len(p), 0.05).pvalue > 0.01
    assert stats.kstest(p, "uniform").pvalue > 0.01

    d = results["separability"]
    t = d.cohens_d[:, 0] / np.sqrt(1 / d.n_within + 1 / d.n_across)
    below = np.mean(2 * stats.t.sf(np.abs(t), d.n_within + d.n_across - 2) < 0.05)
    assert below < 0.03 if t_test_is == "too cautious" else below > 0.2


@pytest.mark.parametrize("column", [0, 1, 2], ids=["all", "within", "across"])
def test_a_band_of_95_percent_holds_the_truth_about_that_often(null, column):
    chance = null["rsa-chance"]
    holds = (chance.low[:, 0, column] <= 0) & (chance.high[:, 0, column] >= 0)
    assert 0.9 < holds.mean() < 0.99


def test_self_pairs_would_lift_a_score_of_nothing(sample_categories):
    random = np.random.default_rng(1)
    common = random.normal(size=(40, N_WORDS, 20))
    q, k = (
        similarity.similarity_matrices(0.55 * common + random.normal(size=common.shape))
        for _ in "qk"
    )
    pairs = word_pairs(sample_categories)
    true = rsa.correlate(pairs.vectors(q), pairs.vectors(k), "pearson").mean()
    kept = []
    for layer in range(40):
        drawn = random.integers(0, N_WORDS, N_WORDS)
        i, j = drawn[pairs.first], drawn[pairs.second]
        kept.append(np.corrcoef(q[layer, i, j], k[layer, i, j])[0, 1])
    dropped = np.empty((200, 40, 1))
    tasks = resampling_tasks(
        np.stack([pairs.vectors(q), pairs.vectors(k)], axis=1),
        [(0, 1)],
        Resamples(bootstrap_counts(N_WORDS, 200, seed=0).T, pairs),
        "pearson",
        False,
        dropped,
        Job(),
    )
    assert sum(task() for task in tasks) == dropped.size
    assert true == pytest.approx(0.05, abs=0.02)
    assert np.mean(kept) == pytest.approx(0.39, abs=0.06)
    assert dropped.mean() == pytest.approx(true, abs=0.01)


def test_block_correction_takes_out_agreement_in_tightness_alone(
    sample_categories, as_words, analyse
):
    random = np.random.default_rng(2)
    number = np.unique(sample_categories, return_inverse=True)[1]
    looseness = np.array([0.5, 1.0, 1.5])[number][None, :, None]

    def clusters():
        centres = random.normal(size=(100, 3, 64))
        return centres[:, number] + looseness * random.normal(size=(100, N_WORDS, 64))

    words = as_words(clusters(), clusters())
    few = rsa_chance.Params(n_permutations=199, n_resamples=5)
    results = analyse(words, "similarity", "rsa", "rsa-chance", rsa_chance=few)
    # names that move inside categories keep the tightness, so p is not taken in by it
    assert stats.kstest(results["rsa-chance"].p[:, 0, 1], "uniform").pvalue > 0.01
    scores = [
        analyse(words, "similarity", "rsa", rsa=rsa.Params(block_corrected=corrected))["rsa"]
        for corrected in (False, True)
    ]
    assert scores[0].curve("q-k", "within").mean() > 0.75
    for subset in ("all", "within", "across"):
        assert scores[1].curve("q-k", subset).mean() == pytest.approx(0, abs=0.03)


def test_block_correction_leaves_agreement_about_single_words(as_words, analyse):
    random = np.random.default_rng(3)
    common = random.normal(size=(50, N_WORDS, 64))
    words = as_words(*(common + 0.5 * random.normal(size=common.shape) for _ in "qk"))
    raw, corrected = (
        analyse(words, "similarity", "rsa", rsa=rsa.Params(block_corrected=value))["rsa"]
        for value in (False, True)
    )
    assert raw.curve("q-k", "within").mean() > 0.5
    difference = raw.curve("q-k", "within").mean() - corrected.curve("q-k", "within").mean()
    assert difference == pytest.approx(0, abs=0.02)


def test_one_rogue_dimension_makes_sites_agree_until_it_is_z_scored(as_words, analyse):
    random = np.random.default_rng(4)
    q, k = random.normal(size=(2, 50, N_WORDS, 256))
    rogue = 11 * random.normal(size=(50, N_WORDS))
    q[:, :, 7] += rogue
    k[:, :, 7] += rogue
    raw, z_scored = (
        analyse(as_words(q, k), "similarity", "rsa", similarity=similarity.Params(measure))["rsa"]
        for measure in ("cosine", "cosine_z")
    )
    assert raw.curve("q-k", "all").mean() == pytest.approx(0.94, abs=0.02)
    assert abs(z_scored.curve("q-k", "all").mean()) < 0.03
