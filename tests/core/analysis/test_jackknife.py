"""Bands from lists without one or two words: what they are made of, and how often they hold."""

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.analysis import rsa, rsa_chance
from laminoscope_core.analysis.jackknife import left_out

CATEGORIES = ("a",) * 4 + ("b",) * 5 + ("c",) * 3


def test_each_word_is_left_out_and_then_every_two():
    lists = left_out(list("aaabbb"), 1000, seed=0)
    assert (lists.kept[:6] == 1 - np.eye(6)).all()
    lacking = [tuple(np.flatnonzero(row == 0)) for row in lists.kept[6:]]
    assert len(set(lacking)) == 15
    np.testing.assert_array_equal(lacking, lists.two)
    assert lists.category.tolist() == [0, 0, 0, 1, 1, 1]


def test_of_many_words_some_twos_are_drawn_by_a_seed():
    first, again, other = (left_out(["a"] * 80, 100, seed) for seed in (1, 1, 2))
    assert first.kept.shape == (100, 80)
    assert len(np.unique(first.two, axis=0)) == 20
    np.testing.assert_array_equal(first.two, again.two)
    assert (first.two != other.two).any()
    assert left_out(["a"] * 80, 0, 0).kept.shape == (0, 80)


def test_small_categories_are_taken_together():
    assert set(left_out(list("aaabb"), 9, 0).category) == {0}


def of_means(values, lists):
    kept = lists.kept.astype(float)
    return kept @ values / kept.sum(axis=1)


def test_the_band_of_a_mean_is_that_of_students_t():
    """A mean has nothing of pairs, and of even values no excess kurtosis."""
    values = np.random.default_rng(0).uniform(size=40)
    lists = left_out(["a"] * 40, 2000, 0)
    ends = lists.band(values.mean(), of_means(values, lists), 0.9, correlation=False)
    expected = stats.t.interval(0.9, 39, values.mean(), stats.sem(values))
    assert ends == pytest.approx(expected, rel=1e-6)


def test_categories_that_differ_make_no_band_wider():
    """The mean of three categories: their shares of the words were chosen, not drawn."""
    random = np.random.default_rng(1)
    labels = np.repeat([0, 1, 2], [10, 14, 12])
    values = random.uniform(size=36) + np.array([0, 5, 20])[labels]
    lists = left_out(labels.astype(str), 2000, 0)
    low, high = lists.band(values.mean(), of_means(values, lists), 0.95, correlation=False)
    inside = sum(values[labels == at].var(ddof=1) * np.sum(labels == at) for at in range(3))
    reach = stats.t.ppf(0.975, 33) * np.sqrt(inside) / 36
    assert (high - low) / 2 == pytest.approx(reach, rel=1e-6)


def test_a_few_large_shares_leave_fewer_degrees_of_freedom():
    values = np.random.default_rng(2).standard_t(3, size=40)
    lists = left_out(["a"] * 40, 2000, 0)
    low, high = lists.band(values.mean(), of_means(values, lists), 0.95, correlation=False)
    freedom = 2 / (2 / 39 + stats.kurtosis(values) / 40)
    assert freedom < 15
    assert (high - low) / 2 == pytest.approx(stats.t.ppf(0.975, freedom) * stats.sem(values))


def test_what_belongs_to_single_pairs_is_not_counted_twice():
    """The mean of values that belong to pairs: each list without one word lacks n − 1 of them."""
    random = np.random.default_rng(3)
    first, second = np.triu_indices(30, 1)
    lists = left_out(["a"] * 30, 2000, 0)
    kept = (lists.kept[:, first] * lists.kept[:, second]).astype(float)
    values = random.normal(size=(435, 200))
    without = kept @ values / kept.sum(axis=1)[:, None]
    low, high = lists.band(values.mean(axis=0), without, 0.95, correlation=False)
    ratio = np.mean(((high - low) / 2 / stats.t.ppf(0.975, 29)) ** 2) * 435
    # twice the variance, less half of what is too much, and some for uneven shares
    assert 1.4 < ratio < 1.8


def test_a_correlation_of_1_is_its_own_band():
    lists = left_out(["a"] * 12, 100, 0)
    ends = lists.band(np.array([1.0]), np.ones((len(lists.kept), 1)), 0.95, correlation=True)
    assert [float(end[0]) for end in ends] == [pytest.approx(1.0, abs=1e-8), 1.0]


def test_without_a_score_for_one_of_the_words_there_is_no_band():
    lists = left_out(["a"] * 12, 100, 0)
    without = np.random.default_rng(4).normal(size=(len(lists.kept), 2))
    without[3, 0] = without[20, 1] = np.nan
    low, _ = lists.band(np.zeros(2), without, 0.95, correlation=False)
    assert np.isnan(low).tolist() == [True, False]


def related(random, n, categories, width, noise, apart):
    """Draw words at two sites with geometries that have much in common, n times."""
    labels = np.unique(categories, return_inverse=True)[1]
    centres = apart * np.random.default_rng(0).normal(size=(labels.max() + 1, width))
    words = centres[labels] + random.normal(size=(n, len(labels), width))
    return words, words + noise * random.normal(size=words.shape)


def share_held(as_words, analyse, categories, geometry, n_samples):
    """Return in how many of 100 samples of words the bands hold scores, contrast and d."""
    random = np.random.default_rng(5)
    larger = [category for category in categories for _ in range(240 // len(categories))]
    scores = ("similarity", "rsa", "separability")
    found = analyse(as_words(*related(random, 12, larger, *geometry), categories=larger), *scores)
    few = rsa_chance.Params(n_permutations=1, n_resamples=300)
    words = as_words(*related(random, n_samples, categories, *geometry), categories=categories)
    results = analyse(
        words, *scores, "rsa-chance", "separability-chance", rsa_chance=few, separability_chance=few
    )
    chance, of_d = results["rsa-chance"], results["separability-chance"]
    held = []
    for tested, truth in (
        (chance, found["rsa"].r.mean(axis=0)),
        (chance.contrast, found["rsa"].contrast.mean(axis=0)),
        (of_d, found["separability"].cohens_d.mean(axis=0)),
    ):
        within = (tested.low <= truth) & (truth <= tested.high)
        held.append(within.mean(axis=0)[0])  # of the first two sites; the third is a copy
    return np.hstack(held)


# few dimensions, in which words matter most; many, in which single pairs do; categories apart
GEOMETRIES = [(4, 0.6, 0), (100, 0.6, 0), (64, 0.8, 0.6)]


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_bands_hold_the_truth_in_95_of_100_samples_of_words(geometry, as_words, analyse):
    held = share_held(as_words, analyse, CATEGORIES, geometry, 250)
    assert (held > 0.9).all()
    # resampled words held nearly all of them
    assert held.mean() < 0.985


@pytest.mark.exhaustive
@pytest.mark.parametrize("geometry", GEOMETRIES)
@pytest.mark.parametrize("sizes", [(3, 3, 3), (4, 4, 4), (10, 13, 11)])
def test_of_2000_samples_they_hold_93_to_99_percent(geometry, sizes, as_words, analyse):
    categories = np.repeat(list("abc"), sizes)
    held = share_held(as_words, analyse, categories, geometry, 2000)
    assert (held > 0.925).all()
    assert (held < 0.995).all()


@pytest.mark.parametrize("correlation", ["spearman", "rho_a"])
@pytest.mark.parametrize("corrected", [False, True])
def test_bands_of_other_scores_hold_it_too(correlation, corrected, as_words, analyse):
    random = np.random.default_rng(6)
    params = rsa.Params(correlation, block_corrected=corrected)
    few = rsa_chance.Params(n_permutations=1, n_resamples=100)
    rows = random.normal(size=(2, 120, 12, 30))  # that have nothing in common
    words = as_words(*rows, categories="aaaabbbbcccc")
    chance = analyse(words, "similarity", "rsa", "rsa-chance", rsa=params, rsa_chance=few)
    low, high = chance["rsa-chance"].low[:, 0], chance["rsa-chance"].high[:, 0]
    assert (((low <= 0) & (high >= 0)).mean(axis=0) > 0.9).all()
