"""Model RDMs: against statsmodels and scipy, against relabelling one by one, and under the null."""

from dataclasses import replace

import numpy as np
import pytest

from laminoscope_core.analysis import rsa_predictors, similarity
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.resampling import word_permutations
from laminoscope_core.analysis.rsa import MEAN
from laminoscope_core.analysis.rsa_predictors import PREDICTORS, Params
from laminoscope_core.job import Job
from laminoscope_core.words_section import RsaSection

FEW = Params(n_permutations=199)


@pytest.fixture(scope="module")
def words(as_words):
    """34 words of which every predictor differs, and two of which go together."""
    random = np.random.default_rng(0)
    made = as_words(random.normal(size=(3, 34, 12)), random.normal(size=(3, 34, 5)))
    lengths = 2 + np.arange(34) // 5 + random.integers(0, 3, 34)
    names = tuple(f"{'x' * n}{chr(97 + at % 26)}" for at, n in enumerate(lengths))
    n_tokens = tuple((1 + lengths // 4).tolist())
    return replace(made, words=names, n_tokens=n_tokens)


@pytest.fixture(scope="module")
def results(words, analyse):
    return analyse(words, "similarity", "rsa-predictors", rsa_predictors=FEW)


def pair_vectors(words, results, site, layer):
    """The similarities and the three predictors over all pairs, one pair after the other."""
    similar, known = [], []
    matrix = results["similarity"].matrices[site][layer].astype(float)
    for i in range(len(words.words)):
        for j in range(i + 1, len(words.words)):
            similar.append(matrix[i, j])
            known.append(
                (
                    float(words.categories[i] == words.categories[j]),
                    -abs(words.n_tokens[i] - words.n_tokens[j]),
                    -abs(len(words.words[i]) - len(words.words[j])),
                )
            )
    return np.array(similar), np.array(known, dtype=float)


@pytest.mark.parametrize("site", ["q", "v"])
def test_scores_are_those_of_scipy_and_statsmodels(words, results, site):
    import statsmodels.api as sm
    from scipy import stats

    result = results["rsa-predictors"]
    column = result.sites.index(site)
    for layer in range(3):
        y, x = pair_vectors(words, results, site, layer)
        everything = sm.OLS(y, sm.add_constant(x)).fit()
        for number in range(3):
            others = sm.add_constant(np.delete(x, number, axis=1))
            left = [sm.OLS(each, others).fit() for each in (y, x[:, number])]
            at = (layer, column, number)
            assert result.r[at] == pytest.approx(stats.pearsonr(y, x[:, number])[0], abs=1e-6)
            partial = stats.pearsonr(left[0].resid, left[1].resid)[0]
            assert result.partial_r[at] == pytest.approx(partial, abs=1e-6)
            gained = everything.rsquared - left[0].rsquared
            assert result.delta_r2[at] == pytest.approx(gained, abs=1e-6)


def test_p_is_from_relabelling_the_words_of_the_predictor_one_by_one(words, results):
    result = results["rsa-predictors"]
    names = word_permutations(words.categories, 199, 0, inside=False)
    upper = np.triu_indices(34, 1)
    for number, predictor in enumerate(PREDICTORS):
        matrix = rsa_predictors.rdm(predictor, words)
        for layer in range(3):
            y = results["similarity"].matrices["q"][layer].astype(float)[upper]
            found = [np.corrcoef(y, matrix[np.ix_(n, n)][upper])[0, 1] for n in names]
            reached = np.abs(found) >= np.abs(result.r[layer, 0, number]) - 1e-9
            assert result.p[layer, 0, number] == (1 + reached.sum()) / 200


def test_partial_p_relabels_what_the_others_leave_and_fits_them_again(words, results):
    import statsmodels.api as sm

    result = results["rsa-predictors"]
    upper = np.triu_indices(34, 1)
    y, x = pair_vectors(words, results, "q", 1)
    for number, predictor in enumerate(PREDICTORS):
        names = word_permutations(words.categories, 199, 0, inside=predictor != "category")
        others = sm.add_constant(np.delete(x, number, axis=1))
        left = np.zeros((34, 34))
        left[upper] = sm.OLS(x[:, number], others).fit().resid
        left += left.T
        observed = abs(sm.OLS(y, np.column_stack([others, left[upper]])).fit().tvalues[-1])
        found = [
            abs(sm.OLS(y, np.column_stack([others, left[np.ix_(n, n)][upper]])).fit().tvalues[-1])
            for n in names
        ]
        p = (1 + np.sum(np.array(found) >= observed - 1e-9)) / 200
        assert result.partial_p[1, 0, number] == p


def test_one_predictor_alone_is_its_own_partial(words, results, analyse):
    alone = rsa_predictors.run(
        Inputs(words, results=results), Params(("length",), n_permutations=199), Job()
    )
    np.testing.assert_allclose(alone.partial_r, alone.r, atol=1e-12)
    np.testing.assert_allclose(alone.delta_r2, alone.r**2, atol=1e-12)
    np.testing.assert_array_equal(alone.p, alone.partial_p)
    np.testing.assert_allclose(alone.r[..., 0], results["rsa-predictors"].r[..., 2], atol=1e-12)


def test_a_constant_predictor_has_a_reason_and_is_left_out_of_the_others(words, results):
    same = replace(words, n_tokens=(2,) * 34)
    inputs = Inputs(same, results=results)
    result = rsa_predictors.run(inputs, FEW, Job())
    without = rsa_predictors.run(inputs, replace(FEW, predictors=("category", "length")), Job())
    assert set(result.reasons[..., 1].ravel()) == {"all words have the same number of tokens"}
    assert np.isnan(result.r[..., 1]).all()
    assert np.isnan(result.p[..., 1]).all()
    for name in ("r", "partial_r", "delta_r2", "p", "partial_p"):
        kept = getattr(result, name)[..., [0, 2]]
        np.testing.assert_allclose(kept, getattr(without, name), atol=1e-12)


def test_a_predictor_that_others_determine_has_no_partial_score(words, results):
    doubled = replace(words, n_tokens=tuple(2 * len(word) for word in words.words))
    result = rsa_predictors.run(Inputs(doubled, results=results), FEW, Job())
    assert np.isfinite(result.r).all()
    assert np.isnan(result.partial_r[..., 1:]).all()
    assert (result.delta_r2[..., 1:] == 0).all()
    assert set(result.partial_reasons[..., 1:].ravel()) == {
        "the other predictors determine this one"
    }
    assert np.isfinite(result.partial_r[..., 0]).all()


def test_three_words_have_no_p_and_say_so(as_words, analyse):
    rows = np.random.default_rng(1).normal(size=(2, 3, 4))
    words = replace(as_words(rows, categories="aab"), words=("a", "bb", "dddd"))
    result = analyse(words, "similarity", "rsa-predictors", rsa_predictors=FEW)["rsa-predictors"]
    assert np.isfinite(result.r[..., [0, 2]]).all()
    assert np.isnan(result.p).all()
    assert result.p_reasons[0, 0, 0] == "only 3 relabellings differ"
    assert result.p_reasons[0, 0, 2] == "only 6 relabellings differ"


def test_layers_that_are_not_finite_say_why(words, analyse):
    rows = words.target["q"].copy()
    rows[1] = np.nan
    broken = replace(words, target={**words.target, "q": rows})
    result = analyse(broken, "similarity", "rsa-predictors", rsa_predictors=FEW)["rsa-predictors"]
    assert np.isnan(result.r[1, 0]).all()
    assert np.isfinite(result.r[[0, 2]]).all()
    assert "first in layer 1" in result.reasons[1, 0, 0]
    lines = rsa_predictors.tables(result)["rsa/predictors.csv"].columns
    missing = np.isnan(lines["partial_r"])
    assert missing.any()
    assert (lines["reason"][missing] != "").all()


def test_several_carriers_are_followed_by_their_mean(words, analyse):
    random = np.random.default_rng(5)
    rows = {
        site: random.normal(size=each.shape).astype("f4") for site, each in words.target.items()
    }
    other = replace(words, carrier="I wrote {word}", target=rows, n_tokens=words.n_tokens[::-1])
    both = analyse(
        replace(words, others=(other,)), "similarity", "rsa-predictors", rsa_predictors=FEW
    )["rsa-predictors"]
    alone = [
        analyse(each, "similarity", "rsa-predictors", rsa_predictors=FEW)["rsa-predictors"]
        for each in (words, other)
    ]
    assert both.carrier == MEAN
    assert [one.carrier for one in both.by_carrier] == [
        words.carrier,
        other.carrier,
    ]
    for name in ("r", "partial_r", "delta_r2"):
        mean = (getattr(alone[0], name) + getattr(alone[1], name)) / 2
        np.testing.assert_allclose(getattr(both, name), mean, atol=1e-12)
    np.testing.assert_array_equal(both.by_carrier[1].p, alone[1].p)
    lines = rsa_predictors.tables(both)["rsa/predictors.csv"].columns
    assert list(dict.fromkeys(lines["carrier"])) == [words.carrier, other.carrier, MEAN]


def result_of_nulls(as_words, rows, categories, lengths, predictors):
    """Return the result of experiments that share words; each layer is one of them."""
    n, names = len(rows), tuple("x" * int(length) for length in lengths)
    matrices = similarity.Result(
        params=similarity.Params(),
        carrier="{word}",
        layers=tuple(range(n)),
        words=names,
        categories=categories,
        sites=("q",),
        matrices={"q": similarity.similarity_matrices(rows)},
        reasons={"q": ("",) * n},
    )
    made = as_words(np.zeros((1, len(names), 2)), categories=categories)
    n_tokens = tuple(int(length) % 4 for length in lengths)
    words = replace(made, words=names, n_tokens=n_tokens)
    inputs = Inputs(words, results={"similarity": matrices})
    return rsa_predictors.run(inputs, Params(predictors, n_permutations=399), Job())


def rates(p):
    return (p[:, 0] <= 0.05).mean(axis=0)


def test_where_words_are_of_no_kind_p_is_small_in_five_percent(as_words):
    random = np.random.default_rng(3)
    rows, lengths = random.normal(size=(3000, 14, 6)), random.permutation(14) + 1
    result = result_of_nulls(as_words, rows, tuple("aaaaabbbbbcccc"), lengths, PREDICTORS)
    found = np.stack([rates(result.p), rates(result.partial_p)])
    assert ((found > 0.04) & (found < 0.06)).all(), found


def test_a_predictor_that_only_goes_with_the_category_is_no_effect_beside_it(as_words):
    random = np.random.default_rng(4)
    category = np.repeat(np.arange(3), 6)
    centres = random.normal(size=(3000, 3, 6))
    rows = centres[:, category] + random.normal(size=(3000, 18, 6))
    lengths = 2 + 3 * category + random.integers(0, 4, 18)
    categories = tuple("abc"[number] for number in category)
    result = result_of_nulls(as_words, rows, categories, lengths, ("category", "length"))
    assert rates(result.p)[1] > 0.3
    assert 0.04 < rates(result.partial_p)[1] < 0.06, rates(result.partial_p)


def test_parameters_are_checked_and_follow_the_experiment():
    for wrong in ({"predictors": ("colour",)}, {"predictors": ("length",) * 2}, {"seed": -1}):
        with pytest.raises(ValueError, match="must be"):
            Params(**wrong)
    assert rsa_predictors.params_of(RsaSection()) is None
    section = RsaSection(predictors=["length"])
    assert rsa_predictors.params_of(section) == Params(("length",))


def test_a_session_without_activations_can_score_them_again(words, results):
    bare = replace(words, target={site: rows[:0] for site, rows in words.target.items()})
    again = rsa_predictors.run(Inputs(bare, results=results), FEW, Job())
    np.testing.assert_array_equal(again.partial_p, results["rsa-predictors"].partial_p)
