"""The interval of a mean over models and words: how often it holds the truth, and its formula."""

import numpy as np
import pytest

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


# few dimensions, in which words matter most; many, in which single pairs of them do
@pytest.mark.parametrize(
    ("width", "turn", "noise"), [(4, 0.6, (0.2, 1.5)), (48, 0.05, (0.2, 1.0)), (100, 0, (0.5, 0.6))]
)
def test_the_interval_holds_the_truth_in_95_of_100_samples_of_models_and_words(width, turn, noise):
    random = np.random.default_rng(4)
    own = np.eye(width) + turn * random.normal(size=(width, width))
    large = [drawn(random, N_MODELS, 300, own, turn, noise) for _ in range(8)]
    truth = np.mean([(x * y).mean() for x, y in large])
    held, n_samples = 0, 300
    for _ in range(n_samples):
        x, y = drawn(random, N_MODELS, N_WORDS, own, turn, noise)
        low, high = two_factor_interval((x * y).mean(-1), influences(x, y), PAIRS)
        held += low <= truth <= high
    assert 0.93 <= held / n_samples <= 0.98


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
    assert (low + high) / 2 == pytest.approx(0.7)
    assert high - low == pytest.approx(2 * 2.0345153 * root, rel=1e-6)  # Student's t, 33


def test_one_model_has_no_interval():
    with pytest.raises(ValueError, match="at least two"):
        two_factor_interval(np.ones(1), np.ones((1, 561)), PAIRS)
