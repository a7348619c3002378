"""Layers with layers against scipy, and against the laminar curves."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.analysis import rsa, rsa_depth, similarity
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.job import Job

from ..made_words import made_words

N_LAYERS, N_WORDS = 4, 13
CATEGORIES = ("a",) * 5 + ("b",) * 4 + ("c",) * 4
SITES = ("q", "k", "v", "resid_out")
FIRST, SECOND = np.triu_indices(N_WORDS, 1)


def activations(seed=0):
    random = np.random.default_rng(seed)
    common = random.normal(size=(N_WORDS, 1, 8))
    target = {
        site: (common + random.normal(size=(N_LAYERS, N_WORDS, 2, 8))).astype(np.float32)
        for site in "qkv"
    }
    target["resid_out"] = random.normal(size=(N_LAYERS, N_WORDS, 5)).astype(np.float32)
    return made_words(target, CATEGORIES)


@pytest.fixture(scope="module")
def words():
    return activations()


def computed(words, **params):
    results = {}
    results["similarity"] = similarity.run(
        Inputs(words, results=results), similarity.Params(), Job()
    )
    results["rsa"] = rsa.run(Inputs(words, results=results), rsa.Params(**params), Job())
    results["rsa-depth"] = rsa_depth.run(Inputs(words, results=results), rsa_depth.Params(), Job())
    return results


@pytest.mark.parametrize("block_corrected", [False, True])
@pytest.mark.parametrize("correlation", ["pearson", "spearman", "kendall_tau_a", "rho_a"])
def test_the_diagonal_of_two_sites_is_their_laminar_curve(words, correlation, block_corrected):
    results = computed(words, correlation=correlation, block_corrected=block_corrected)
    depth, scores = results["rsa-depth"], results["rsa"]
    for name in scores.site_pairs:
        first, second = (SITES.index(site) for site in name.split("-"))
        diagonal = np.diagonal(depth.r[first, :, second])
        np.testing.assert_allclose(diagonal, scores.curve(name, "all"), rtol=0, atol=1e-13)


def test_every_score_is_the_correlation_of_the_pairs_of_two_layers(words):
    for correlation, oracle in (("pearson", stats.pearsonr), ("spearman", stats.spearmanr)):
        results = computed(words, correlation=correlation)
        matrices, depth = results["similarity"].matrices, results["rsa-depth"]
        for at in np.ndindex(depth.r.shape):
            x = matrices[SITES[at[0]]][at[1]][FIRST, SECOND].astype(float)
            y = matrices[SITES[at[2]]][at[3]][FIRST, SECOND].astype(float)
            assert depth.r[at] == pytest.approx(oracle(x, y).statistic, abs=1e-9)


def test_blocks_of_pairs_change_nothing(words, monkeypatch):
    whole = computed(words, block_corrected=True)["rsa-depth"].r
    small = rsa_depth.blocks
    monkeypatch.setattr(rsa_depth, "blocks", lambda n, each: small(n, each, most=32))
    np.testing.assert_allclose(
        computed(words, block_corrected=True)["rsa-depth"].r, whole, atol=1e-13
    )


@pytest.mark.parametrize("correlation", ["pearson", "spearman", "rho_a"])
def test_what_there_is_so_far_is_of_the_pairs_so_far(correlation, words, monkeypatch):
    results = computed(words, correlation=correlation)
    whole, small = results.pop("rsa-depth"), rsa_depth.blocks
    monkeypatch.setattr(rsa_depth, "blocks", lambda n, each: small(n, each, most=32))
    seen = []
    job = Job(on_partial=seen.append, partial_every=0)
    rsa_depth.run(Inputs(words, results=results), rsa_depth.Params(), job)
    assert len(seen) > 3
    assert not any(partial.complete for partial in seen)
    n = [partial.n_pairs for partial in seen]
    assert n == sorted(set(n))
    assert n[-1] < whole.n_pairs == 78
    # the longer it takes the nearer it comes
    far = [np.abs(partial.r - whole.r).mean() for partial in seen]
    assert far[-1] < 0.05 < far[0]
    np.testing.assert_allclose(
        np.einsum("aiai->ai", seen[-1].r), 1, atol=0.2 if correlation == "rho_a" else 1e-12
    )


def test_carriers_that_are_still_to_come_are_not_in_the_mean_so_far(words, monkeypatch):
    several = replace(words, others=(activations(1), activations(2)))
    results = computed(several)
    whole, small = results.pop("rsa-depth"), rsa_depth.blocks
    monkeypatch.setattr(rsa_depth, "blocks", lambda n, each: small(n, each, most=32))
    seen = []
    job = Job(on_partial=seen.append, partial_every=0)
    rsa_depth.run(Inputs(several, results=results), rsa_depth.Params(), job)
    assert not any(partial.complete for partial in seen)
    second = next(partial for partial in seen if len(partial.by_carrier) == 2)
    np.testing.assert_allclose(second.by_carrier[0].r, whole.by_carrier[0].r, atol=1e-13)
    assert whole.complete


def test_a_layer_that_is_not_finite_is_undefined_in_row_and_column_with_its_reason(words):
    target = {site: rows.copy() for site, rows in words.target.items()}
    target["k"][2, 0] = np.inf
    depth = computed(replace(words, target=target))["rsa-depth"]
    undefined = np.isnan(depth.r)
    assert undefined[1, 2].all()
    assert undefined[:, :, 1, 2].all()
    assert undefined.sum() == 2 * len(SITES) * N_LAYERS - 1
    columns = rsa_depth.tables(depth)["rsa/depth.csv"].columns
    told = np.asarray(columns["reason"]) != ""
    assert (told == np.isnan(columns["r"])).all()
    assert set(np.asarray(columns["reason"])[told]) == {
        "K holds values that are not finite, first in layer 2"
    }


def test_few_words_have_a_reason():
    rows = np.random.default_rng(1).normal(size=(2, 1, 1, 4)).astype("f4")
    depth = computed(made_words({"q": rows, "k": rows, "v": rows}, ("a",)))["rsa-depth"]
    assert np.isnan(depth.r).all()
    assert set(depth.reasons.ravel()) == {
        "a correlation needs at least 3 pairs of words, here there are 0"
    }


def test_several_carriers_are_averaged_and_all_are_in_the_table(words):
    other = replace(activations(5), carrier="I wrote {word}")
    both = computed(replace(words, others=(other,)))["rsa-depth"]
    alone = [computed(one)["rsa-depth"].r for one in (words, other)]
    np.testing.assert_allclose(both.r, np.mean(alone, axis=0), atol=1e-12)
    table = rsa_depth.tables(both)["rsa/depth.csv"]
    assert list(table.columns) == [
        *("site", "layer", "other_site", "other_layer", "r", "n", "reason", "carrier"),
    ]
    assert len(table) == 3 * (len(SITES) * N_LAYERS) ** 2
    assert list(dict.fromkeys(table.columns["carrier"])) == [words.carrier, other.carrier, "mean"]
    assert set(table.columns["n"]) == {N_WORDS * (N_WORDS - 1) // 2}
