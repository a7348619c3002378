"""How much a score varies with its words: influences, their shares, and what resamples say."""

from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.analysis.resampling import Resamples, bootstrap_counts
from laminoscope_core.analysis.weighted import resampling_tasks
from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.analysis.word_variance import components, influences, variance_of_mean
from laminoscope_core.job import Job

PAIRS = word_pairs(["a"] * 12)


@pytest.mark.parametrize(("oracle", "on_ranks"), [(stats.pearsonr, False), (stats.spearmanr, True)])
def test_an_influence_is_what_many_copies_of_a_pair_do_to_a_score(oracle, on_ranks):
    random = np.random.default_rng(0)
    x = random.normal(size=300)
    y = x + random.normal(size=300)
    found = influences(x, y, on_ranks=on_ranks)
    before = oracle(x, y).statistic
    for pair in (0, 50, 299, int(x.argmax())):
        # all pairs twenty times, and this one once more
        more = [np.append(np.repeat(v, 20), v[pair]) for v in (x, y)]
        change = (oracle(*more).statistic - before) * 6001
        assert change == pytest.approx(found[pair], abs=0.02)
    assert found.sum() == pytest.approx(0, abs=1e-9)


def test_shares_are_those_of_a_least_squares_fit():
    influence = np.random.default_rng(1).normal(size=len(PAIRS.first))
    influence -= influence.mean()
    design = np.zeros((len(influence), 12))
    for row, words in enumerate(combinations(range(12), 2)):
        design[row, list(words)] = 1
    of_each, residue = np.linalg.lstsq(design, influence)[:2]
    of_words, of_pairs = components(influence, PAIRS)
    assert of_pairs == pytest.approx(residue[0] / (66 - 12))
    # of effects that were fitted, so much is the pairs'
    assert of_words == pytest.approx(of_each.var(ddof=1) - of_pairs / 10)


def test_shares_have_no_bias():
    random = np.random.default_rng(2)
    of_word = random.normal(size=(4000, 12)) * 2
    influence = of_word[:, PAIRS.first] + of_word[:, PAIRS.second] + random.normal(size=(4000, 66))
    means = influence.mean(axis=-1, keepdims=True)
    of_words, of_pairs = components(influence - means, PAIRS)
    assert of_words.mean() == pytest.approx(4, rel=0.03)
    assert of_pairs.mean() == pytest.approx(1, rel=0.03)
    expected = variance_of_mean(np.array(4.0), np.array(1.0), 12)
    assert means.var() == pytest.approx(expected, rel=0.07)


def test_resampled_words_count_single_pairs_three_times():
    """Similarities of words of very many dimensions: nothing but single pairs."""
    random = np.random.default_rng(3)
    pairs = word_pairs(["a"] * 34)
    counts = bootstrap_counts(34, 200, 0)
    variances, resampled = [], []
    for _ in range(30):
        x = random.normal(size=561)
        both = np.stack([x, 0.7 * x + random.normal(size=561)])[None]
        scores = np.full((200, 1, 1), np.nan)
        resamples = Resamples(np.ascontiguousarray(counts.T), pairs)
        for task in resampling_tasks(both, [(0, 1)], resamples, "pearson", False, scores, Job()):
            task()
        resampled.append(scores.var())
        of_words, of_pairs = components(influences(*both[0]), pairs)
        variances.append(4 / 34 * of_words + of_pairs / 561)
    r = 0.7 / np.sqrt(1.49)
    # of a correlation of that many pairs of normal values
    assert np.mean(variances) == pytest.approx((1 - r**2) ** 2 / 561, rel=0.25)
    assert 2.2 < np.mean(resampled) / np.mean(variances) < 3.5


def test_three_words_have_no_shares():
    with pytest.raises(ValueError, match="four words"):
        components(np.zeros(3), word_pairs(["a"] * 3))
