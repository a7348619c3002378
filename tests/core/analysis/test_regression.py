"""Lag regression, against the golden file and against numpy's least squares."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.diagnostic import acorr_breusch_godfrey

from laminoscope_core import Experiment
from laminoscope_core.analysis import adjustments, regression
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.errors import AnalysisError
from laminoscope_core.job import Job
from laminoscope_core.run.run import run_experiment
from laminoscope_resources import sample_experiment


@pytest.fixture(scope="module")
def norms():
    """Log-norms of two layers with known lag coefficients, and one of noise."""
    rng = np.random.default_rng(3)
    y = rng.normal(size=(3, 400))
    for t in range(2, 400):
        y[:2, t] += np.array([0.5, -0.3]) * y[:2, t - 1] + 0.2 * y[:2, t - 2]
    return y


def source(y, drop=1):
    n = y.shape[1]
    tokens = tuple(map(str, range(n)))
    rng = np.random.default_rng(5)
    unset = np.empty(0)
    return adjustments.Result(
        params=adjustments.Params(drop=drop),
        model="a model",
        sites=("attn_out",),
        layers=tuple(range(len(y))),
        token_ids=tuple(range(n)),
        tokens=tokens,
        shown=tokens,
        special=(False,) * n,
        norms=np.exp(y),
        log_norms=y,
        surprisal=np.r_[np.nan, rng.exponential(size=max(n - 1, 0))][:n],
        entropy=np.r_[np.nan, rng.exponential(size=max(n - 1, 0))][:n],
        n=n - drop,
        skew=unset,
        kurtosis=unset,
        histograms=(),
        normal_scores=unset,
        reasons=("",) * len(y),
    )


def run(y, lags=2, predictors=(), drop=1, covariance="classical"):
    inputs = Inputs(results={"adjustments": source(y, drop)})
    return regression.run(inputs, regression.Params(lags, predictors, covariance), Job())


@pytest.mark.model
def test_the_sample_paragraph_agrees_with_the_golden_file(default_model, golden):
    experiment = Experiment.from_text(sample_experiment("text-adjustments"))
    assert experiment.text.content == golden["text"]
    result = run_experiment(default_model, experiment).results["regression"]
    assert result.terms == ("const", "t-1", "t-2")
    np.testing.assert_allclose(result.coef, golden["results"]["betas"], atol=1e-3)
    np.testing.assert_allclose(result.p, golden["results"]["pvals"], atol=1e-3)


@pytest.mark.parametrize("lags", [1, 2, 5])
@pytest.mark.parametrize("predictors", [(), ("position", "surprisal")])
def test_coefficients_and_p_are_those_of_plain_least_squares(norms, lags, predictors):
    result = run(norms, lags, predictors)
    prepared = source(norms)
    n = norms.shape[1]
    others = {"position": np.arange(n), "surprisal": prepared.surprisal}
    for layer, y in enumerate(norms):
        rows = []
        for t in range(1 + lags, n):
            lagged = [y[t - lag] for lag in range(1, lags + 1)]
            rows.append([1, *lagged, *(others[name][t] for name in predictors)])
        x, target = np.array(rows), y[1 + lags :]
        beta, squares, _, _ = np.linalg.lstsq(x, target, rcond=None)
        df = len(x) - x.shape[1]
        se = np.sqrt(np.diag(np.linalg.inv(x.T @ x)) * squares[0] / df)
        np.testing.assert_allclose(result.coef[layer], beta, rtol=1e-8)
        np.testing.assert_allclose(result.se[layer], se, rtol=1e-8)
        np.testing.assert_allclose(result.p[layer], 2 * stats.t.sf(np.abs(beta / se), df))
        half = stats.t.ppf(0.975, df) * se
        np.testing.assert_allclose(result.high[layer] - result.low[layer], 2 * half)
        r2 = 1 - squares[0] / ((target - target.mean()) ** 2).sum()
        assert result.r2[layer] == pytest.approx(r2)
        assert result.adj_r2[layer] == pytest.approx(1 - (1 - r2) * (len(x) - 1) / df)
        residuals = target - x @ beta
        watson = (np.diff(residuals) ** 2).sum() / (residuals**2).sum()
        assert result.durbin_watson[layer] == pytest.approx(watson)
        np.testing.assert_allclose(result.residuals[layer], residuals, atol=1e-10)
        np.testing.assert_allclose(result.design[layer], x)


def test_known_lags_are_found_and_noise_is_not(norms):
    result = run(norms)
    np.testing.assert_allclose(result.coef[:2, 1], [0.5, -0.3], atol=0.12)
    np.testing.assert_allclose(result.coef[:2, 2], 0.2, atol=0.12)
    assert (result.q[:2, 1:] < 0.05).all()
    assert (result.q[2, 1:] > 0.05).all()


def test_q_corrects_each_term_over_the_layers(norms):
    result = run(norms)
    expected = stats.false_discovery_control(result.p, axis=0)
    np.testing.assert_allclose(result.q, expected)


def test_the_first_token_never_enters_by_default(norms):
    changed = norms.copy()
    changed[:, 0] = 600
    np.testing.assert_array_equal(run(norms).coef, run(changed).coef)
    assert run(norms).rows[0] == 3
    assert run(norms, drop=0).rows[0] == 2
    assert run(norms, lags=5, drop=4).rows[0] == 9


@pytest.mark.parametrize(("lags", "least"), [(1, 5), (2, 7), (5, 13)])
def test_too_short_a_text_says_how_many_tokens_it_needs(norms, lags, least):
    short = run(norms[:, : least - 1], lags)
    assert short.reasons == (f"it needs at least {least} tokens",) * 3
    assert np.isnan(short.coef).all()
    assert run(norms[:, :least], lags).reasons == ("",) * 3


@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_a_very_short_text_is_explained_not_crashed(norms, n):
    result = run(norms[:, :n])
    assert "needs at least 7 tokens" in result.reasons[0]
    assert len(regression.tables(result)["adjustments/regression.csv"]) == 9


def test_constant_and_undefined_layers_have_a_reason(norms):
    changed = norms.copy()
    changed[1] = 2.0
    assert run(changed).reasons[1] == "all norms are equal"
    prepared = replace(source(norms), reasons=("", "attn_out of token 3 is zero", ""))
    result = regression.run(Inputs(results={"adjustments": prepared}), regression.Params(), Job())
    assert result.reasons[1] == "attn_out of token 3 is zero"
    assert np.isnan(result.p[1]).all()
    assert np.isfinite(result.q[[0, 2]]).all()


def test_what_cannot_be_is_refused(norms):
    with pytest.raises(AnalysisError, match="6 lags"):
        run(norms, lags=6)
    with pytest.raises(AnalysisError, match="no predictor 'mood'"):
        run(norms, predictors=("mood",))


def test_the_table_has_the_promised_columns(norms):
    table = regression.tables(run(norms))["adjustments/regression.csv"]
    lines = table.to_csv().splitlines()
    assert lines[0] == (
        "layer,term,coef,se,t,p,q,low,high,r2,adj_r2,f,f_p,"
        "breusch_godfrey,breusch_godfrey_p,durbin_watson,n,covariance,note,reason"
    )
    assert [line.split(",")[:2] for line in lines[1:4]] == [
        ["0", t] for t in ("const", "t-1", "t-2")
    ]
    assert lines[1].endswith(",397,classical,,")


def test_every_nan_has_its_reason_beside_it(norms):
    norms = norms.copy()
    norms[1] = 0.5
    norms[2, ::2], norms[2, 1::2] = 0.5, 0.7  # the second lag is what the first is not
    columns = regression.tables(run(norms))["adjustments/regression.csv"].columns
    reasons = np.array(columns["reason"])
    for name in ("coef", "p", "low", "f_p", "breusch_godfrey_p"):
        np.testing.assert_array_equal(np.isnan(columns[name]), reasons != "")
    assert set(reasons[3:6]) == {"all norms are equal"}
    assert set(reasons[6:9]) == {"its predictors are not independent of each other"}


@pytest.mark.parametrize("size", [1.0, 30.0])
def test_differences_that_rounding_makes_are_none(size):
    """A text of one token again and again: its vectors are one, and their sums are in float32."""
    rng = np.random.default_rng(7)
    one = (rng.normal(size=576) * size / np.sqrt(576)).astype(np.float32)
    sums = [np.sqrt((one[rng.permutation(576)].cumsum(dtype=np.float32)[-1:] ** 2).sum())]
    sums += [abs(one[rng.permutation(576)].cumsum(dtype=np.float32)[-1]) for _ in range(60)]
    equal = np.log(np.array(sums, dtype=np.float64))
    assert 0 < np.ptp(equal) < 1e-5
    turns = equal + np.tile([0.0, 0.5], 31)[:61]
    clear = equal + rng.normal(size=61) * 1e-3
    result = run(np.stack([equal, turns, clear]))
    assert result.reasons == (
        "all norms are equal",
        "its predictors are not independent of each other",
        "",
    )
    assert np.isnan(result.p[:2]).all()
    fit = OLS(clear[3:], np.stack([np.ones(58), clear[2:-1], clear[1:-2]], axis=1)).fit()
    np.testing.assert_allclose(result.p[2], fit.pvalues)
    assert np.isnan(adjustments.moments(equal)).all()
    assert adjustments.moments(clear)[0] == pytest.approx(stats.skew(clear))


@pytest.mark.filterwarnings("ignore:acorr_breusch_godfrey")
@pytest.mark.parametrize("lags", [1, 2, 3])
def test_breusch_godfrey_is_that_of_statsmodels(norms, lags):
    result = run(norms, lags)
    for layer in range(3):
        fit = OLS(result.observed[layer], result.design[layer]).fit()
        statistic, p, *_ = acorr_breusch_godfrey(fit, nlags=lags)
        assert result.breusch_godfrey[layer] == pytest.approx(statistic)
        assert result.breusch_godfrey_p[layer] == pytest.approx(p)


@pytest.mark.parametrize("lags", [1, 2, 3])
def test_breusch_godfrey_is_n_r2_of_residuals_on_design_and_their_own_lags(norms, lags):
    result = run(norms, lags)
    for layer in range(3):
        e = result.residuals[layer]
        lagged = np.stack([np.r_[np.zeros(lag), e[:-lag]] for lag in range(1, lags + 1)], axis=1)
        x = np.hstack([result.design[layer], lagged])
        fitted = x @ np.linalg.lstsq(x, e, rcond=None)[0]
        statistic = len(e) * (1 - np.sum((e - fitted) ** 2) / np.sum((e - e.mean()) ** 2))
        assert result.breusch_godfrey[layer] == pytest.approx(statistic)
        p = stats.chi2.sf(statistic, lags)
        assert result.breusch_godfrey_p[layer] == pytest.approx(p)


def test_breusch_godfrey_sees_what_durbin_watson_does_not():
    """An AR(3) fitted with two lags: 100 samples, each a layer."""
    random = np.random.default_rng(11)
    y = random.normal(size=(100, 500))
    for t in range(3, 500):
        y[:, t] += 0.4 * y[:, t - 1] - 0.2 * y[:, t - 2] + 0.2 * y[:, t - 3]
    result = run(y)
    assert np.mean(np.abs(result.durbin_watson - 2) < 0.1) > 0.95
    assert np.mean(result.breusch_godfrey_p < 0.05) > 0.8
    for check, words in (("breusch_godfrey", "more tokens"), ("durbin_watson", "nearly blind")):
        assert words in regression.WORTH[check]


def test_hc3_errors_take_each_row_with_its_own_spread(norms):
    random = np.random.default_rng(12)
    y = norms * (1 + np.abs(random.normal(size=norms.shape)))
    robust, classical = run(y, covariance="HC3"), run(y)
    np.testing.assert_array_equal(robust.coef, classical.coef)
    for layer in range(3):
        x, e = robust.design[layer], robust.residuals[layer]
        bread = np.linalg.inv(x.T @ x)
        leverage = np.einsum("ij,jk,ik->i", x, bread, x)
        meat = x.T @ (x * ((e / (1 - leverage)) ** 2)[:, None])  # MacKinnon and White 1985
        se = np.sqrt(np.diag(bread @ meat @ bread))
        np.testing.assert_allclose(robust.se[layer], se)
        t = robust.coef[layer] / se
        np.testing.assert_allclose(robust.p[layer], 2 * stats.t.sf(np.abs(t), robust.n - 3))
    assert not np.allclose(robust.se, classical.se)
    columns = regression.tables(robust)["adjustments/regression.csv"].columns
    assert set(columns["covariance"]) == {"HC3"}
    with pytest.raises(AnalysisError, match="standard errors"):
        run(y, covariance="HC9")


@pytest.mark.parametrize(("n_tokens", "says"), [(62, True), (63, False)])
def test_with_few_rows_the_bias_is_said(n_tokens, says):
    result = run(np.random.default_rng(13).normal(size=(2, n_tokens)))
    assert result.n == n_tokens - 3
    assert ("biased towards zero" in result.note) == says
    columns = regression.tables(result)["adjustments/regression.csv"].columns
    assert set(columns["note"]) == {result.note}
