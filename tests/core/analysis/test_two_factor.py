"""The interval of a mean over models and words: how often it holds the truth, and its formula."""

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.analysis.two_factor import two_factor_interval, two_factor_variance
from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.analysis.word_variance import influences

N_MODELS, N_WORDS = 20, 34
PAIRS = word_pairs(["a"] * N_WORDS)


def similarities(vectors):
    """Cosines (…, n_pairs) of words (…, n_words, width), standardised over the pairs."""
    unit = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    first, second = np.triu_indices(vectors.shape[-2], 1)
    pairs = (unit @ unit.swapaxes(-1, -2))[..., first, second]
    return (pairs - pairs.mean(-1, keepdims=True)) / pairs.std(-1, keepdims=True)


def drawn(random, n_models, n_words, own, turn, noise):
    """Draw words, as one model that stays and as others that are drawn as well have them."""
    words = random.normal(size=(n_words, len(own)))
    turned = words @ own if turn == 0 else words @ own @ _turns(random, n_models, own, turn)
    noise = random.uniform(*noise, size=(n_models, 1, 1))
    noisy = turned + noise * random.normal(size=(n_models, n_words, len(own)))
    return similarities(words @ own), similarities(noisy)


def _turns(random, n_models, own, turn):
    return np.eye(len(own)) + turn * random.normal(size=(n_models, *own.shape))


def share_held(width, turn, noise, n_models, n_words, n_samples):
    """Return in how many of 100 samples of models and words the interval holds the truth."""
    random = np.random.default_rng(4)
    own = np.eye(width) + turn * random.normal(size=(width, width))
    large = [drawn(random, N_MODELS, 150, own, turn, noise) for _ in range(25)]
    truth = np.mean([(x * y).mean() for x, y in large])
    pairs, held = word_pairs(["a"] * n_words), 0
    for _ in range(n_samples):
        x, y = drawn(random, n_models, n_words, own, turn, noise)
        low, high = two_factor_interval((x * y).mean(-1), influences(x, y), pairs)
        held += low <= truth <= high
    return held / n_samples


# few dimensions, in which words matter most; many, in which single pairs of them do
GEOMETRIES = [(4, 0.6, (0.2, 1.5)), (48, 0.05, (0.2, 1.0)), (100, 0, (0.5, 0.6))]


@pytest.mark.parametrize(
    ("geometry", "n_models"), [*((each, 20) for each in GEOMETRIES), (GEOMETRIES[2], 3)]
)
def test_the_interval_holds_the_truth_in_95_of_100_samples(geometry, n_models):
    assert 0.93 <= share_held(*geometry, n_models, N_WORDS, 300) <= 0.99


@pytest.mark.exhaustive
@pytest.mark.parametrize("geometry", GEOMETRIES)
@pytest.mark.parametrize("n_words", [12, 34])
@pytest.mark.parametrize("n_models", [2, 3, 4, 5, 20])
def test_of_2000_samples_it_holds_93_to_99_percent(geometry, n_models, n_words):
    held = share_held(*geometry, n_models, n_words, 2000)
    # of two or three models whose scores are skewed no interval can know it
    fewest, most = (0.90, 0.998) if n_models <= 3 else (0.93, 0.99)
    assert fewest <= held <= most


def test_the_variance_is_that_of_rsatoolbox():
    inference = pytest.importorskip("rsatoolbox.util.inference_util")
    random = np.random.default_rng(0)
    for _ in range(50):
        models, words = random.uniform(0.1, 1, size=2)
        both = models + words + random.uniform(0, 0.4)
        found = two_factor_variance(*np.array([both, models, words]), N_MODELS, N_WORDS)
        theirs = inference._dual_bootstrap(np.array([both, models, words]), N_MODELS, N_WORDS)
        assert found == pytest.approx(float(theirs))


def test_models_that_agree_in_all_words_leave_the_words_and_those_alone():
    """Then the interval is that of one score over words, with as many degrees of freedom."""
    random = np.random.default_rng(1)
    x = random.normal(size=561)
    y = x + random.normal(size=561)
    same = np.tile(influences(x, y), (40, 1))
    low, high = two_factor_interval(np.full(40, 0.7), same, PAIRS)
    sums = [same[0][(PAIRS.first == word) | (PAIRS.second == word)].sum() for word in range(34)]
    of_pairs = (np.square(same[0]).sum() - np.square(sums).sum() / 32) / (561 - 34)
    of_words = max((np.var(sums, ddof=1) - 32 * of_pairs) / 32**2, 0)
    root = np.sqrt(4 * of_words / 34 + of_pairs / 561)
    reach = 2.0345153 * root / (1 - 0.7**2)  # Student's t, 33, on Fisher's z
    expected = np.arctanh(0.7) + reach * np.array([-1, 1])
    assert np.arctanh([low, high]) == pytest.approx(expected, rel=1e-6)


def test_words_that_say_all_leave_the_models_and_their_few_degrees_of_freedom():
    """Pairs that add nothing: the interval is that of a mean of three scores."""
    scores = np.array([0.1, 0.2, 0.4])
    low, high = two_factor_interval(scores, np.zeros((3, 561)), PAIRS)
    mean = scores.mean()
    reach = stats.t.ppf(0.975, 2) * stats.sem(scores) / (1 - mean**2)
    assert np.arctanh([low, high]) == pytest.approx(np.arctanh(mean) + reach * np.array([-1, 1]))


def test_one_model_has_no_interval():
    with pytest.raises(ValueError, match="at least two"):
        two_factor_interval(np.ones(1), np.ones((1, 561)), PAIRS)
