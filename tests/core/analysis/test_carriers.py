"""Words in several carrier sentences: means, their chance, and how well any geometry could do."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.analysis import (
    causal,
    cka,
    direct,
    rsa_chance,
    separability,
    separability_chance,
    similarity,
)
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.job import Job

FEW = rsa_chance.Params(n_permutations=60, n_resamples=60, seed=3)
CATEGORIES = "aaaaabbbbbccccc"
CARRIERS = ("The next word is {word}", "I wrote {word}", "{word}")


@pytest.fixture(scope="module")
def several(as_words):
    """Fifteen words in three sentences: one geometry at all sites, with noise of its own each."""
    random = np.random.default_rng(5)
    shared = random.normal(size=(2, 15, 12))

    def rows():
        return shared + random.normal(size=shared.shape)

    each = [
        replace(as_words(rows(), rows(), rows(), CATEGORIES, resid_out=rows()), carrier=carrier)
        for carrier in CARRIERS
    ]
    return replace(each[0], others=tuple(each[1:]))


@pytest.fixture(scope="module")
def results(several, analyse):
    return analyse(several, rsa_chance=FEW, separability_chance=FEW)


def test_every_pair_of_sites_is_scored_as_scipy_does_it(results):
    scores = results["rsa"]
    sites = ("q", "k", "v", "resid_out")
    assert scores.site_pairs == (
        "q-k", "q-v", "q-resid_out", "k-v", "k-resid_out", "v-resid_out",
    )  # fmt: skip
    for matrices, found in zip(results["similarity"].of_carriers, scores.by_carrier, strict=True):
        assert matrices.sites == sites
        first, second = np.triu_indices(15, 1)
        alike = {site: matrices.matrices[site][:, first, second] for site in sites}
        for column, pair in enumerate(scores.site_pairs):
            a, b = pair.split("-")
            for layer in range(2):
                expected = stats.pearsonr(alike[a][layer], alike[b][layer]).statistic
                assert found.r[layer, column, 0] == pytest.approx(expected, abs=1e-6)


def test_the_scores_are_the_mean_over_sentences_each_of_which_is_as_if_alone(
    several, results, analyse
):
    names = ("rsa", "separability", "rsa-chance", "separability-chance")
    for number, words in enumerate(several.of_carriers):
        alone = analyse(replace(words, others=()), rsa_chance=FEW, separability_chance=FEW)
        for name in names:
            here = results[name].by_carrier[number]
            for field in ("r", "cohens_d", "mean_within", "p", "q", "low", "high", "reasons"):
                if hasattr(here, field):
                    np.testing.assert_array_equal(
                        getattr(here, field), getattr(alone[name], field), field
                    )
    for name, field in (("rsa", "r"), ("separability", "cohens_d"), ("separability", "hedges_g")):
        each = [getattr(one, field) for one in results[name].by_carrier]
        np.testing.assert_allclose(getattr(results[name], field), sum(each) / 3)
    assert [one.carrier for one in results["rsa"].by_carrier] == list(CARRIERS)
    assert results["rsa"].carrier == results["separability"].carrier == "mean"


def test_p_of_the_mean_relabels_the_words_of_all_sentences_together(results):
    """Recomputed with plain loops over relabellings of the matrices themselves."""
    from laminoscope_core.analysis.resampling import word_permutations

    several = results["similarity"].of_carriers
    first, second = np.triu_indices(15, 1)
    names = word_permutations(tuple(CATEGORIES), 60, 3, inside=False)

    def mean_score(order):
        found = []
        for matrices in several:
            q, k = (matrices.matrices[site][1].astype(np.float64) for site in "qk")
            relabelled = k[np.ix_(order, order)] if order is not None else k
            found.append(stats.pearsonr(q[first, second], relabelled[first, second]).statistic)
        return np.mean(found)

    def relabelled_first(order):
        found = []
        for matrices in several:
            q, k = (matrices.matrices[site][1].astype(np.float64) for site in "qk")
            relabelled = q[np.ix_(order, order)]
            found.append(stats.pearsonr(relabelled[first, second], k[first, second]).statistic)
        return np.mean(found)

    observed = abs(mean_score(None))
    by_either = [
        (1 + sum(abs(score(order)) >= observed - 1e-12 for order in names)) / 61
        for score in (mean_score, relabelled_first)
    ]
    assert results["rsa-chance"].p[1, 0, 0] in [pytest.approx(p) for p in by_either]
    assert results["rsa-chance"].p[1, 0, 0] < 0.05


def test_the_noise_ceiling_is_that_of_the_site_that_agrees_less_with_itself(results):
    several = results["similarity"].of_carriers
    first, second = np.triu_indices(15, 1)

    def bounds(site, layer):
        runs = [stats.zscore(m.matrices[site][layer][first, second].astype(float)) for m in several]
        others = [np.mean([r for r in runs if r is not run], axis=0) for run in runs]
        lower = [stats.pearsonr(r, o).statistic for r, o in zip(runs, others, strict=True)]
        upper = [stats.pearsonr(r, np.mean(runs, axis=0)).statistic for r in runs]
        return np.mean(lower), np.mean(upper)

    scores = results["rsa"]
    for layer in range(2):
        for column, pair in enumerate(scores.site_pairs):
            low, high = np.min([bounds(site, layer) for site in pair.split("-")], axis=0)
            assert scores.ceiling_low[layer, column, 0] == pytest.approx(low, abs=1e-6)
            assert scores.ceiling_high[layer, column, 0] == pytest.approx(high, abs=1e-6)
    assert (scores.ceiling_low <= scores.ceiling_high + 1e-12).all()


def test_tables_have_a_line_for_each_sentence_and_their_mean(results):
    chance = results["rsa-chance"]
    laminar = rsa_chance.tables(chance)["rsa/laminar.csv"].columns
    assert list(dict.fromkeys(laminar["carrier"])) == [*CARRIERS, "mean"]
    assert len(laminar["r"]) == 4 * 2 * 6 * 3
    np.testing.assert_array_equal(laminar["r"][-36:], results["rsa"].r.ravel())
    np.testing.assert_array_equal(laminar["p"][-36:], chance.p.ravel())
    assert {"ceiling_low", "ceiling_high"} <= laminar.keys()
    contrast = rsa_chance.tables(chance)["rsa/contrast.csv"].columns
    assert list(dict.fromkeys(contrast["carrier"])) == [*CARRIERS, "mean"]
    each = separability_chance.tables(results["separability-chance"])["rsa/separability.csv"]
    np.testing.assert_array_equal(
        each.columns["cohens_d"][-8:], results["separability"].cohens_d.ravel()
    )
    saved = similarity.tables(results["similarity"])["rsa/similarity.npz"].arrays
    assert saved["q"].shape == (3, 2, 15, 15)
    assert saved["carriers"].tolist() == list(CARRIERS)


def test_a_mean_is_undefined_where_a_sentence_is(several, analyse):
    broken = {site: rows.copy() for site, rows in several.others[1].target.items()}
    broken["k"][1, 3] = np.nan
    words = replace(several, others=(several.others[0], replace(several.others[1], target=broken)))
    found = analyse(words, "similarity", "rsa", "separability")
    scores = found["rsa"]
    undefined = np.isnan(scores.r[:, :, 0])
    assert undefined[1].tolist() == ["k" in pair.split("-") for pair in scores.site_pairs]
    assert not undefined[0].any()
    assert (scores.reasons != "")[np.isnan(scores.r)].all()
    assert np.isnan(found["separability"].cohens_d).tolist() == [[False] * 4, [0, 1, 0, 0]]
    assert isinstance(found["separability"], separability.Result)


def test_causal_changes_are_those_of_the_mean(several, results, analyse):
    random = np.random.default_rng(1)

    def altered(words):
        moved = {
            site: rows
            + np.float32([[[0]], [[1]]] if rows.ndim == 3 else [[[[0]]], [[[1]]]])
            * random.normal(size=rows.shape).astype(np.float32)
            for site, rows in words.target.items()
        }
        return replace(words, target=moved)

    words = replace(altered(several), others=tuple(map(altered, several.others)))
    after = analyse(words, "similarity", "rsa", "separability")
    before = Inputs(several, results=results)
    inputs = Inputs(words, results=after, before=before)
    found = causal.run(inputs, causal.Params(n_permutations=99), Job())
    np.testing.assert_allclose(found.rsa.change, after["rsa"].r - results["rsa"].r)
    assert set(found.rsa.reasons[0].ravel()) == {"what is altered does not reach this layer"}
    assert np.isfinite(found.rsa.p[1]).all()
    assert found.carrier == "mean"
    with pytest.raises(Exception, match="are others"):
        causal.run(
            Inputs(replace(words, others=()), results=after, before=before),
            causal.Params(n_permutations=9),
            Job(),
        )


def test_direct_correlations_and_cka_are_of_every_sentence_and_their_mean(
    several, results, analyse
):
    for name, module, field in (("direct", direct, "r"), ("cka", cka, "cka")):
        found = results[name]
        each = [getattr(one, field) for one in found.by_carrier]
        np.testing.assert_allclose(getattr(found, field), sum(each) / 3)
        for words, here in zip(several.of_carriers, each, strict=True):
            alone = analyse(replace(words, others=()), name)[name]
            np.testing.assert_array_equal(getattr(alone, field), here)
            assert alone.by_carrier == ()
        (table,) = module.tables(found).values()
        carriers = table.columns["carrier"].tolist()
        assert [*dict.fromkeys(carriers)] == [*CARRIERS, "mean"]
        assert {"n", "reason"} <= table.columns.keys()
        assert len(carriers) == 4 * getattr(found, field).size


def test_a_sentence_without_a_context_leaves_the_mean_there_undefined(several, analyse):
    last = replace(several.others[1], no_context="there is no token before the word", context={})
    found = analyse(replace(several, others=(several.others[0], last)), "direct")["direct"]
    assert np.isnan(found.r[..., 0]).all()
    assert set(found.reasons[..., 0].ravel()) == {"there is no token before the word"}
    assert np.isfinite(found.r[..., 1]).all()
    assert np.isfinite(found.by_carrier[0].r).all()
