"""Causal RSA against exchanges that are made one by one, and against nothing that happens."""

import numpy as np
import pytest
from scipy.stats import binom, pearsonr, spearmanr

from laminoscope_core.analysis import causal, rsa, separability, similarity
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.errors import AnalysisError
from laminoscope_core.job import Job

CATEGORIES = ("a",) * 4 + ("b",) * 3 + ("c",) * 3
SITES = ("q", "k", "v")


def vectors(random, n_layers=2, n_words=10, width=6):
    """q, k and v that have something in common, before and after."""
    common = random.normal(size=(n_layers, n_words, width))
    return [
        [common + random.normal(size=common.shape) for _ in SITES] for _state in ("before", "after")
    ]


@pytest.fixture
def moved(as_words):
    """Run causal RSA on q, k, v before and after."""

    def run(
        before, after, params=None, comparing=None, scoring=None, categories=CATEGORIES
    ) -> causal.Result:
        states = []
        for rows in (before, after):
            words, results = as_words(*rows, categories=categories), {}
            inputs = Inputs(words, results=results, before=states[0] if states else None)
            chosen = {similarity: comparing, rsa: scoring}
            for module in (similarity, rsa, separability):
                params_of = chosen.get(module) or module.Params()
                results[module.__name__.rpartition(".")[2]] = module.run(inputs, params_of, Job())
            states.append(inputs)
        return causal.run(states[1], params or causal.Params(), Job())

    return run


def cosines(rows):
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit @ unit.T


def scores_of(rows, correlation):
    """RSA of q and v over all pairs, and d at k, of words whose vectors are these."""
    first, second = np.triu_indices(len(CATEGORIES), 1)
    pairs = [cosines(each)[first, second] for each in rows]
    within = np.array([CATEGORIES[i] == CATEGORIES[j] for i, j in zip(first, second, strict=True)])
    inside, across = pairs[1][within], pairs[1][~within]
    n = len(inside) + len(across)
    pooled = ((len(inside) - 1) * inside.var(ddof=1) + (len(across) - 1) * across.var(ddof=1)) / (
        n - 2
    )
    d = (inside.mean() - across.mean()) / np.sqrt(pooled)
    return correlation(pairs[0], pairs[2]).statistic, d


@pytest.mark.parametrize(("name", "correlation"), [("pearson", pearsonr), ("spearman", spearmanr)])
def test_p_is_that_of_exchanges_made_word_by_word(moved, name, correlation):
    before, after = vectors(np.random.default_rng(1))
    n = 60
    found = moved(before, after, causal.Params(n, seed=5), scoring=rsa.Params(name))
    coins = np.random.default_rng(5).random((n, len(CATEGORIES))) < 0.5
    for layer in range(2):
        one, other = ([rows[layer] for rows in state] for state in (before, after))
        observed = np.subtract(scores_of(other, correlation), scores_of(one, correlation))
        changes = []
        for coin in coins:
            pair = [
                [np.where(heads[:, None], a, b) for a, b in zip(other, one, strict=True)]
                for heads in (coin, ~coin)
            ]
            changes.append(
                np.subtract(scores_of(pair[1], correlation), scores_of(pair[0], correlation))
            )
        p = (1 + (np.abs(changes) >= np.abs(observed) - 1e-9).sum(axis=0)) / (n + 1)
        assert found.rsa.p[layer, 1, 0] == pytest.approx(p[0])
        assert found.separability.p[layer, 1] == pytest.approx(p[1])
        assert found.rsa.change[layer, 1, 0] == pytest.approx(observed[0], abs=1e-5)


@pytest.mark.parametrize("block_corrected", [False, True])
def test_p_is_small_as_often_as_it_says_where_nothing_happens(moved, block_corrected):
    n_layers = 400
    before, after = vectors(np.random.default_rng(2), n_layers)
    found = moved(
        before, after, causal.Params(199), scoring=rsa.Params(block_corrected=block_corrected)
    )
    for p in (found.rsa.p[:, 0, 0], found.rsa.p[:, 2, 2], found.separability.p[:, 0]):
        low, high = binom(n_layers, 0.05).ppf([0.001, 0.999])
        assert low <= (p <= 0.05).sum() <= high


def test_a_real_change_is_found_and_layers_that_it_does_not_reach_are_as_they_were(moved):
    random = np.random.default_rng(3)
    before, after = vectors(random, n_layers=2, n_words=24)
    for site in range(3):
        after[site][0] = before[site][0]
        before[site][1] = before[0][1] + 0.1 * random.normal(size=before[0][1].shape)
    found = moved(before, after, categories=("a",) * 12 + ("b",) * 12)
    assert (found.rsa.q[1, :, 0] < 0.05).all()
    assert (found.rsa.change[1, :, 0] < -0.3).all()
    assert np.isnan(found.rsa.p[0]).all()
    assert set(found.rsa.reasons[0].ravel()) == {"what is altered does not reach this layer"}
    assert (found.rsa.change[0] == 0).all()


def test_what_has_no_p_says_why(moved):
    before, after = vectors(np.random.default_rng(4))
    few = moved(*([rows[:, :4] for rows in s] for s in (before, after)), categories=tuple("aabb"))
    assert set(few.rsa.reasons[:, :, 0].ravel()) == {"only 8 relabellings differ"}
    tau = moved(before, after, scoring=rsa.Params("kendall_tau_a"))
    assert all("choose ρ_a" in reason for reason in tau.rsa.reasons.ravel())
    assert np.isfinite(tau.separability.p).all()


@pytest.mark.parametrize("measure", similarity.MEASURES)
def test_vectors_are_compared_by_the_measure_that_was_chosen(moved, measure):
    before, after = vectors(np.random.default_rng(6))
    found = moved(before, after, causal.Params(25), comparing=similarity.Params(measure))
    assert np.isfinite(found.rsa.p).all()
    same = moved(before, before, causal.Params(25), comparing=similarity.Params(measure))
    assert (same.rsa.change == 0).all()


def test_words_that_are_others_are_refused(as_words):
    rows = np.random.default_rng(0).normal(size=(1, 10, 3))
    words = as_words(rows, categories=CATEGORIES)
    with pytest.raises(AnalysisError, match="the model as it is"):
        causal.run(Inputs(words), causal.Params(), Job())
    fewer = as_words(rows[:, :9], categories=CATEGORIES[:9])
    with pytest.raises(AnalysisError, match="are others"):
        causal.run(Inputs(words, before=Inputs(fewer)), causal.Params(), Job())
