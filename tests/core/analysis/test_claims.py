"""What the methods claim about chance, bands and corrections, put to the test by simulation.

Layers serve as independent repetitions.
"""

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.analysis import rsa, rsa_chance, separability_chance, similarity
from laminoscope_core.analysis.chance import q_over_all
from laminoscope_core.analysis.resampling import Resamples, bootstrap_counts
from laminoscope_core.analysis.statistics import benjamini_hochberg
from laminoscope_core.analysis.weighted import resampling_tasks
from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.job import Job

N_WORDS = 34


def word_structured(random, n_repetitions, n_words=N_WORDS):
    """Words that share one direction, each by an amount of its own: pairs are not independent."""
    direction = random.normal(size=(n_repetitions, 1, 64))
    amount = 0.5 + 0.5 * random.normal(size=(n_repetitions, n_words, 1))
    return amount * direction + random.normal(size=(n_repetitions, n_words, 64))


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


@pytest.mark.parametrize("column", [0, 1, 2, 3], ids=["all", "within", "across", "contrast"])
def test_permutation_p_of_unrelated_geometries_is_uniform(null, column):
    chance = null["rsa-chance"]
    p = chance.contrast.p[:, 0] if column == 3 else chance.p[:, 0, column]
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


CORRECTED = rsa.Params(block_corrected=True)


def unrelated(as_words, analyse, categories, n_repetitions, seed, n=199, scores=None):
    """Return the chance of scores and of d for words that share nothing but their structure."""
    random = np.random.default_rng(seed)
    rows = [word_structured(random, n_repetitions, len(categories)) for _ in "qkv"]
    results = analyse(
        as_words(*rows, categories=categories),
        "similarity", "rsa", "separability", "rsa-chance", "separability-chance",
        rsa=scores or rsa.Params(),
        rsa_chance=rsa_chance.Params(n, min(n, 400)),
        separability_chance=rsa_chance.Params(n, min(n, 400)),
    )  # fmt: skip
    return results["rsa-chance"], results["separability-chance"]


def covered(tested):
    """Return how often each band holds the truth, which is 0, NaN apart."""
    low, high = (np.reshape(x, (len(x), -1)) for x in (tested.low, tested.high))
    return np.where(np.isnan(low), np.nan, (low <= 0) & (high >= 0)).mean(axis=0)


def test_bands_hold_the_truth_from_nine_words_up(as_words, analyse):
    chance, of_d = unrelated(as_words, analyse, "aaabbbccc", 450, seed=20)
    for tested in (chance, chance.contrast, of_d):
        assert (covered(tested) > 0.93).all()


def test_below_they_would_not(as_words, analyse, monkeypatch):
    for module in (rsa_chance, separability_chance):
        monkeypatch.setattr(module, "too_few_for_a_band", lambda *_: "")
    chance, _ = unrelated(as_words, analyse, "aaabbb", 450, seed=21)
    within = chance.subsets.index("within")
    holds = (chance.low[..., within] <= 0) & (chance.high[..., within] >= 0)
    assert holds[:, 0].mean() < 0.88
    # at 3 × 3 it is the block-corrected pairs within that fall short
    chance, _ = unrelated(as_words, analyse, "aaabbbccc", 450, seed=22, scores=CORRECTED)
    holds = (chance.low[..., within] <= 0) & (chance.high[..., within] >= 0)
    assert holds[:, 0].mean() < 0.91


@pytest.mark.slow
def test_some_layer_of_some_curve_is_small_by_chance_unless_q_is_over_all(as_words, analyse):
    """120 null runs of 12 layers and 9 curves: the layers of one analysis, cut into runs."""
    chance, _ = unrelated(as_words, analyse, "a" * 6 + "b" * 6, 120 * 12, seed=23, n=2199)
    p = chance.p.reshape(120, 12, 3, 3)
    over_curves = np.mean([(benjamini_hochberg(run) < 0.05).any() for run in p])
    over_all = np.mean([(q_over_all(run) < 0.05).any() for run in p])
    assert 0.1 < over_curves < 0.35
    assert over_all < 0.1


@pytest.mark.slow
@pytest.mark.parametrize("scores", [rsa.Params(), CORRECTED], ids=["raw", "block-corrected"])
def test_of_4000_null_scores_four_to_six_percent_are_significant(as_words, analyse, scores):
    categories = "a" * 7 + "b" * 6 + "c" * 7
    chance, of_d = unrelated(as_words, analyse, categories, 4000, seed=24, n=399, scores=scores)
    for p in (*chance.p[:, 0].T, chance.contrast.p[:, 0], of_d.p[:, 0]):
        assert 0.04 < np.mean(p <= 0.05) < 0.06
    for tested in (chance, chance.contrast, of_d):
        assert (covered(tested) > 0.93).all()


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
