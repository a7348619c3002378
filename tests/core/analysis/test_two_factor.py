"""The interval of a mean over models and words: how often it holds the truth, and its formula."""

import numpy as np
import pytest

from laminoscope_core.analysis.two_factor import two_factor_interval, two_factor_variance

N_MODELS, N_WORDS = 20, 34
FIRST, SECOND = np.triu_indices(N_WORDS, 1)


def similarities(vectors):
    """Cosines (…, n_pairs) of words (…, n_words, width), standardised over the pairs."""
    unit = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    first, second = np.triu_indices(vectors.shape[-2], 1)
    pairs = (unit @ unit.swapaxes(-1, -2))[..., first, second]
    return (pairs - pairs.mean(-1, keepdims=True)) / pairs.std(-1, keepdims=True)


def drawn(random, n_models, n_words, own):
    """Draw words, as one model that stays and as others that are drawn as well have them."""
    words = random.normal(size=(n_words, len(own)))
    turned = np.eye(len(own)) + 0.6 * random.normal(size=(n_models, len(own), len(own)))
    noise = random.uniform(0.2, 1.5, size=(n_models, 1, 1))
    noisy = words @ turned + noise * random.normal(size=(n_models, n_words, len(own)))
    return similarities(words @ own), similarities(noisy)


def resampled_scores(random, x, y, n_resamples):
    """Scores (n_resamples, n_models) over resampled words, pairs of copies left out."""
    counts = random.multinomial(N_WORDS, np.full(N_WORDS, 1 / N_WORDS), size=n_resamples)
    weights = counts[:, FIRST] * counts[:, SECOND] / 1.0
    weights /= weights.sum(axis=1, keepdims=True)
    x = x[:, None]
    mean_x, mean_y = weights @ x, weights @ y.T
    covariance = weights @ (x * y.T) - mean_x * mean_y
    of_x, of_y = weights @ x**2 - mean_x**2, weights @ y.T**2 - mean_y**2
    return covariance / np.sqrt(of_x * of_y)


def test_the_interval_holds_the_truth_in_95_of_100_samples_of_models_and_words():
    random = np.random.default_rng(3)
    own = np.eye(4) + 0.6 * random.normal(size=(4, 4))
    large = [drawn(random, 20, 300, own) for _ in range(8)]
    truth = np.mean([(x * y).mean() for x, y in large])
    held, n_samples = 0, 400
    for _ in range(n_samples):
        x, y = drawn(random, N_MODELS, N_WORDS, own)
        low, high = two_factor_interval((x * y).mean(-1), resampled_scores(random, x, y, 100), 34)
        held += low <= truth <= high
    assert 0.93 <= held / n_samples <= 0.97


def test_the_variance_is_that_of_rsatoolbox():
    inference = pytest.importorskip("rsatoolbox.util.inference_util")
    random = np.random.default_rng(0)
    for _ in range(50):
        models, words = random.uniform(0.1, 1, size=2)
        both = models + words + random.uniform(0, 0.4)
        found = two_factor_variance(*np.array([both, models, words]), N_MODELS, N_WORDS)
        theirs = inference._dual_bootstrap(np.array([both, models, words]), N_MODELS, N_WORDS)
        assert found == pytest.approx(float(theirs))


def test_resampled_models_need_no_drawing():
    """Their share of the variance is that of many means over models that were drawn."""
    random = np.random.default_rng(1)
    scores, resampled = random.normal(size=6) * 0.1, random.normal(size=(300, 6)) * 0.1
    drawings = random.integers(6, size=(20_000, 6))
    of_models = scores[drawings].mean(axis=1).var()
    which = random.integers(300, size=len(drawings))
    both = resampled[which[:, None], drawings].mean(axis=1).var()
    of_words = resampled.mean(axis=1).var()
    variance = two_factor_variance(*np.array([both, of_models, of_words]), 6, 34)
    low, high = two_factor_interval(scores, resampled, 34)
    t = 2.5705818  # 97.5 % of Student's t with 5 degrees of freedom
    assert high - low == pytest.approx(2 * t * np.sqrt(variance), rel=0.05)
    assert (low + high) / 2 == pytest.approx(scores.mean())


def test_one_model_has_no_interval():
    with pytest.raises(ValueError, match="at least two"):
        two_factor_interval(np.ones(1), np.ones((5, 1)), 34)
