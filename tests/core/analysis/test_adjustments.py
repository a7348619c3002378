"""Adjustments: log-norms and how they are distributed."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.analysis import adjustments
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.errors import AnalysisError
from laminoscope_core.job import Job


@dataclass
class Text:
    norms: dict
    missing: dict = field(default_factory=dict)

    def __post_init__(self):
        n = next(iter(self.norms.values())).shape[1]
        self.model = SimpleNamespace(title="a model")
        self.token_ids = tuple(range(100, 100 + n))
        self.tokens = self.shown = tuple(f" t{index}" for index in range(n))
        self.special = (False,) * n
        self.surprisal = np.linspace(0.5, 5, n)
        self.entropy = np.linspace(1, 3, n)
        self.surprisal[:1] = self.entropy[:1] = np.nan


def run(norms, site="attn_out", drop=1, **options):
    text = Text({"attn_out": np.asarray(norms, float)}, **options)
    return adjustments.run(Inputs(text=text), adjustments.Params(site, drop), Job())


@pytest.fixture
def norms():
    return np.random.default_rng(0).lognormal(size=(4, 90))


def test_moments_are_scipys(norms):
    result = run(norms)
    kept = np.log(norms[:, 1:])
    np.testing.assert_allclose(result.skew, stats.skew(kept, axis=1))
    np.testing.assert_allclose(result.kurtosis, stats.kurtosis(kept, axis=1))
    assert result.n == 89


def test_histograms_have_freedman_diaconis_bins_and_area_one(norms):
    for (edges, density), values in zip(run(norms).histograms, np.log(norms[:, 1:]), strict=True):
        np.testing.assert_allclose(edges, np.histogram_bin_edges(values, "fd"))
        assert (density * np.diff(edges)).sum() == pytest.approx(1)


def test_one_far_outlier_does_not_ask_for_a_million_bins():
    values = np.exp(np.r_[0.0, np.linspace(1, 1.0001, 500), 300])
    edges, density = run([values]).histograms[0]
    assert len(edges) <= 200
    assert (density * np.diff(edges)).sum() == pytest.approx(1)


def test_normal_scores_are_bloms(norms):
    ranks = np.arange(1, 90)
    expected = stats.norm.ppf((ranks - 3 / 8) / (89 + 1 / 4))
    np.testing.assert_allclose(run(norms).normal_scores, expected)


def test_tables_have_the_promised_columns(norms):
    result = run(norms)
    tables = adjustments.tables(result)
    assert list(tables["adjustments/norms.csv"].columns) == [
        *("layer", "token_index", "token_id", "token", "shown", "norm", "log_norm", "reason")
    ]
    lines = tables["adjustments/norms.csv"].to_csv().splitlines()
    assert len(lines) == 1 + 4 * 90
    layer, index, token_id, token, shown, norm, log_norm, reason = lines[1 + 2 * 90 + 7].split(",")
    assert (layer, index, token_id, token) == ("2", "7", "107", " t7")
    assert (shown, reason) == (result.shown[7], "")
    assert float(norm) == pytest.approx(norms[2, 7])
    assert float(log_norm) == pytest.approx(np.log(norms[2, 7]))
    assert len(tables["adjustments/tokens.csv"]) == 90
    layers = tables["adjustments/layers.csv"].columns
    assert list(layers) == ["layer", "n", "dropped", "skew", "kurtosis", "reason"]
    np.testing.assert_allclose(layers["skew"], stats.skew(np.log(norms[:, 1:]), axis=1))
    np.testing.assert_allclose(layers["kurtosis"], stats.kurtosis(np.log(norms[:, 1:]), axis=1))
    assert set(layers["n"]) == {89}
    assert set(layers["dropped"]) == {1}


def test_every_nan_has_its_reason_beside_it(norms):
    norms = norms.copy()
    norms[0, 4], norms[1, 5], norms[2] = 0, np.inf, np.nan
    norms[3] = 2.5
    tables = adjustments.tables(run(norms))
    of_norms = tables["adjustments/norms.csv"].columns
    undefined, reasons = np.isnan(of_norms["log_norm"]), np.array(of_norms["reason"])
    np.testing.assert_array_equal(reasons != "", undefined)
    assert reasons[4] == "attn_out is zero and has no logarithm"
    assert reasons[90 + 5] == "attn_out is not finite"
    assert set(reasons[180:270]) == {"this layer has no attn_out"}
    layers = tables["adjustments/layers.csv"].columns
    assert np.isnan(layers["skew"]).all()
    assert list(layers["reason"]) == [
        "attn_out of token 4 is zero and has no logarithm",
        "attn_out holds values that are not finite, first at token 5",
        "this layer has no attn_out",
        "all norms are equal",
    ]
    tokens = tables["adjustments/tokens.csv"].columns
    np.testing.assert_array_equal(np.array(tokens["reason"]) != "", np.isnan(tokens["surprisal"]))


@pytest.mark.parametrize("n", [2, 3])
def test_a_shape_that_every_sample_of_its_size_has_is_no_number(n):
    """scipy gives a skew of 0 for any two values, and a kurtosis of −1.5 for any three."""
    values = np.random.default_rng(n).normal(size=(5, n))
    shape = stats.skew(values, axis=1) if n == 2 else stats.kurtosis(values, axis=1)
    np.testing.assert_allclose(shape, 0.0 if n == 2 else -1.5, atol=1e-9)
    result = run(np.exp(np.pad(values, ((0, 0), (1, 0)))))
    layers = adjustments.tables(result)["adjustments/layers.csv"].columns
    assert np.isnan([layers["skew"], layers["kurtosis"]]).all()
    assert set(layers["reason"]) == {"a shape needs at least 4 tokens"}


@pytest.mark.parametrize("n", [1, 2])
def test_hardly_any_tokens_leave_no_distribution_and_no_crash(n):
    result = run(np.ones((2, n)) * 3)
    assert np.isnan(result.skew).all()
    assert result.kept.shape == (2, n - 1)
    assert adjustments.tables(result)


@pytest.mark.parametrize(
    ("value", "reason"),
    [(0.0, "token 2 is zero and has no logarithm"), (np.inf, "not finite, first at token 2")],
)
def test_what_has_no_logarithm_is_named(norms, value, reason):
    norms[1, 2] = value
    result = run(norms)
    assert np.isnan(result.log_norms[1, 2])
    assert reason in result.reasons[1]
    assert result.reasons[0] == ""
    assert np.isnan(result.skew[1])


def test_a_layer_without_the_site_is_named(norms):
    norms[3] = np.nan
    assert run(norms).reasons[3] == "this layer has no attn_out"


def test_what_cannot_be_is_refused(norms):
    with pytest.raises(AnalysisError, match=r"\[text\]"):
        adjustments.run(Inputs(), adjustments.Params(), Job())
    with pytest.raises(AnalysisError, match="'q' were not captured"):
        run(norms, "q")
    with pytest.raises(AnalysisError, match="-1 leading"):
        run(norms, drop=-1)
