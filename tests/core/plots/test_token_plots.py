"""The plots of the tokens task show the results' numbers, recomputed here, and say why not."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.analysis import adjustments as norms_analysis
from laminoscope_core.analysis import regression as regression_analysis
from laminoscope_core.plots import (
    adjustments,
    fit,
    regression,
    spread,
    strip,
    token_compare,
    tokens,
)
from laminoscope_core.plots.adjustments import ORDERS
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.token_compare import COMPARED
from laminoscope_core.plots.tokens import QUANTITIES

from ..figures.made_results import text_results


@pytest.fixture(scope="module")
def results():
    return text_results(6, 40)


def columns(shown):
    return {name: np.asarray(column) for name, column in shown.table.columns.items()}


class TestTokens:
    @pytest.mark.parametrize("quantity", QUANTITIES)
    def test_grounds_are_the_numbers_between_two_percentiles(self, results, quantity):
        norms, fitted = results["adjustments"], results["regression"]
        expected = {
            "layer": np.log(norms.norms[2]),
            "mean": np.log(norms.norms).mean(axis=0),
            "surprisal": norms.surprisal,
            "entropy": norms.entropy,
            "residual": np.concatenate(
                [np.full(3, np.nan), fitted.observed[2] - fitted.predicted[2]]
            ),
        }[quantity]
        shown = tokens.show(results, tokens.View(2, quantity, (4, 5)))
        np.testing.assert_allclose(shown.values, expected, rtol=1e-12)
        low, high = np.nanpercentile(expected[1:], (1, 99))
        assert (shown.scale.low, shown.scale.high) == pytest.approx((low, high))
        found = columns(shown)
        np.testing.assert_allclose(
            found["ground"], np.clip((expected - low) / (high - low), 0, 1), rtol=1e-12
        )
        np.testing.assert_array_equal(found["value"], shown.values)
        assert shown.tokens == norms.tokens
        assert shown.selected == {4, 5}

    def test_the_residual_of_a_text_without_regression_has_no_ground(self, results):
        alone = {"adjustments": results["adjustments"]}
        shown = tokens.show(alone, tokens.View(2, "residual"))
        assert np.isnan(shown.values).all()
        assert shown.note == "there is no regression"

    def test_a_page_may_begin_later(self, results):
        shown = tokens.show(results, tokens.View(2, tokens=(3, 12), start=10))
        assert shown.tokens == results["adjustments"].tokens[10:]
        assert shown.stands_for["token"][0] == 10
        assert shown.selected == {2}
        assert shown.says(2).startswith("12  ")


class TestAdjustments:
    @pytest.mark.parametrize("order", ORDERS)
    def test_the_map_is_the_table_that_a_run_writes_in_another_order(self, results, order):
        norms = results["adjustments"]
        shown = adjustments.show(results, adjustments.View(3, (7,), order))
        written = norms_analysis.tables(norms)["adjustments/norms.csv"].columns
        cells = zip(written["layer"], written["token_index"], written["log_norm"], strict=True)
        by_cell = {(layer, token): value for layer, token, value in cells}
        image, axis = shown.frames["map"].marks["map"], shown.frames["map"].x
        for layer, row in enumerate(image.values):
            for column, value in enumerate(row):
                assert value == by_cell[layer, axis.value_at(column)]
                assert image.stands_for(layer, column)["token"] == axis.value_at(column)
                assert axis.place_of(axis.value_at(column)) == column
        keys = {
            "reading": np.arange(40),
            "layer": norms.log_norms[3],
            "mean": norms.log_norms.sum(axis=0),
            "surprisal": norms.surprisal,
        }[order]
        places = [axis.value_at(column) for column in range(40)]
        assert (np.diff(keys[places]) >= 0).all()
        assert axis.names == tuple(norms.tokens[token] for token in places)
        np.testing.assert_array_equal(columns(shown)["value"], image.values.ravel())

    def test_in_z_each_layer_has_mean_0_and_spread_1(self, results):
        shown = adjustments.show(results, adjustments.View(measure="z"))
        z = shown.frames["map"].marks["map"].values[:, 1:]
        np.testing.assert_allclose(z.mean(axis=1), 0, atol=1e-12)
        np.testing.assert_allclose(z.std(axis=1), 1)

    def test_the_layer_and_the_runs_of_selected_tokens_are_marked(self, results):
        marks = adjustments.show(results, adjustments.View(3, (0, 1, 2, 9))).frames["map"].marks
        assert (marks["layer"].at, marks["layer"].across, marks["layer"].drags) == (3, "y", "layer")
        np.testing.assert_array_equal(marks["selected"].low, [-0.5, 8.5])
        np.testing.assert_array_equal(marks["selected"].high, [2.5, 9.5])
        assert marks["layer"].selection
        assert marks["selected"].selection


class TestStrip:
    def test_points_are_the_log_norms_beside_their_layer(self, results):
        norms = results["adjustments"]
        marks = strip.show(results, strip.View(3, (0, 5))).frames["layers"].marks
        points = marks["tokens"]
        layer, token = points.stands_for["layer"], points.stands_for["token"]
        assert len(points.x) == 6 * 39
        np.testing.assert_array_equal(points.y, norms.log_norms[layer, token])
        assert np.abs(points.x - layer).max() <= 0.32
        np.testing.assert_array_equal(points.shade, layer)
        np.testing.assert_array_equal(marks["median"].y, np.median(norms.log_norms[:, 1:], axis=1))
        np.testing.assert_array_equal(marks["selected"].y, norms.log_norms[:, 5])

    def test_many_tokens_are_counted_in_bins(self):
        results = text_results(12, 2000)
        shown = strip.show(results, strip.View(None, (8,)))
        image = shown.frames["layers"].marks["counts"]
        assert np.nansum(image.values) == 12 * 1999
        edges = np.linspace(*image.y, len(image.values) + 1)
        expected, _ = np.histogram(results["adjustments"].log_norms[4, 1:], edges)
        np.testing.assert_array_equal(np.nan_to_num(image.values[:, 4]), expected)
        found = columns(shown)
        here = (found["mark"] == "bin") & (found["layer"] == 4)
        np.testing.assert_array_equal(found["count"][here], expected)
        assert set(found["token_index"][found["mark"] == "token"]) == {8}

    def test_the_quartiles_of_a_layer_are_said(self, results):
        kept = results["adjustments"].log_norms[2, 1:]
        quartiles = (
            f"{value:.2f}".replace("-", "−") for value in np.percentile(kept, (50, 25, 75))
        )
        middle, low, high = quartiles
        says = strip.show(results, strip.View()).frames["layers"].says
        assert says(2) == f"layer 2  median {middle}, quartiles {low} to {high}"

    def test_only_a_new_layer_line_is_new_at_another_layer(self, results):
        first, second = (
            strip.show(results, strip.View(layer)).frames["layers"].marks for layer in (1, 4)
        )
        assert [name for name in first if first[name] is not second[name]] == ["selected", "layer"]


class TestSpread:
    def test_histograms_have_area_1(self, results):
        marks = spread.show(results, spread.View(2)).frames["densities"].marks
        for layer in range(6):
            steps = marks[f"layer {layer}"]
            assert (steps.heights * np.diff(steps.edges)).sum() == pytest.approx(1)
            assert steps.shade == layer
        np.testing.assert_array_equal(marks["selected"].heights, marks["layer 2"].heights)
        assert marks["selected"].selection

    def test_the_normal_plot_is_blom_s(self, results):
        points = spread.show(results, spread.View(2)).frames["normal"].marks["tokens"]
        values = results["adjustments"].log_norms[2]
        blom = stats.norm.ppf((np.arange(1, 40) - 0.375) / 39.25)
        np.testing.assert_allclose(points.x, blom, atol=1e-12)
        np.testing.assert_allclose(points.y, np.sort(stats.zscore(values[1:])), atol=1e-12)
        assert (np.diff(values[points.stands_for["token"]]) >= 0).all()

    def test_all_layers_have_the_same_limits_and_fit_them(self, results):
        frames = [spread.show(results, spread.View(layer)).frames["normal"] for layer in range(6)]
        assert len({(frame.x, frame.y) for frame in frames}) == 1
        for frame in frames:
            assert np.abs(frame.marks["tokens"].y).max() < frame.y.high
            assert np.abs(frame.marks["tokens"].x).max() < frame.x.high

    def test_skew_and_kurtosis_are_said(self, results):
        kept = results["adjustments"].log_norms[2, 1:]
        expected = f"skew {stats.skew(kept):.2f} · excess kurtosis {stats.kurtosis(kept):.2f}"
        assert spread.show(results, spread.View(2)).note == f"layer 2 · {expected}".replace(
            "-", "−"
        )


class TestRegression:
    def test_curves_are_the_table_that_a_run_writes(self, results):
        shown = regression.show(results, regression.View(1))
        fitted = results["regression"]
        written = regression_analysis.tables(fitted)["adjustments/regression.csv"].columns
        marks, found = shown.frames["curves"].marks, columns(shown)
        for term, series in (("t-1", "β(t−1)"), ("t-2", "β(t−2)")):
            here, there = found["series"] == series, np.asarray(written["term"]) == term
            for name, column in (("value", "coef"), ("p", "p"), ("q", "q")):
                np.testing.assert_array_equal(found[name][here], written[column][there])
            np.testing.assert_array_equal(marks[series].y, written["coef"][there])
            # the interval by the t distribution, as statsmodels does not say
            half = stats.t.ppf(0.975, fitted.n - 3) * np.asarray(written["se"])[there]
            np.testing.assert_allclose(marks[f"{series} band"].high - marks[series].y, half)

    def test_filled_is_q_below_5_percent_and_dotted_is_p_alone(self):
        fitted = text_results(6, 40)["regression"]
        p, q = fitted.p.copy(), fitted.q.copy()
        p[:4, 1], q[:4, 1] = (0.001, 0.03, 0.04, 0.5), (0.01, 0.04, 0.2, 0.6)
        results = {"regression": replace(fitted, p=p, q=q)}
        marks = regression.show(results, regression.View()).frames["curves"].marks
        assert marks["β(t−1)"].filled[:4].tolist() == [True, True, False, False]
        np.testing.assert_array_equal(marks["β(t−1) dots"].x[:1], [2])
        assert 3 not in marks["β(t−1) dots"].x

    def test_every_band_lies_inside_the_axis(self, results):
        frame = regression.show(results, regression.View()).frames["curves"]
        fitted = results["regression"]
        assert frame.y.low < np.nanmin(fitted.low[:, 1:])
        assert frame.y.high > np.nanmax(fitted.high[:, 1:])

    def test_few_rows_and_robust_errors_are_said(self, results):
        shown = regression.show(results, regression.View())
        assert "37 rows: with fewer than 60" in shown.title
        assert "37 rows" in shown.note
        fitted = results["regression"]
        robust = replace(fitted, params=replace(fitted.params, covariance="HC3"))
        frame = regression.show({"regression": robust}, regression.View()).frames["curves"]
        assert frame.y.label == "β (95 % interval, HC3)"

    def test_explained_variance_is_the_share_of_the_squares(self, results):
        shown = regression.show(results, regression.View(shown="r2"))
        fitted = results["regression"]
        rest = ((fitted.observed - fitted.predicted) ** 2).sum(axis=1)
        mean = fitted.observed.mean(axis=1, keepdims=True)
        whole = ((fitted.observed - mean) ** 2).sum(axis=1)
        np.testing.assert_allclose(shown.frames["curves"].marks["R²"].y, 1 - rest / whole)
        assert not any("q <" in entry.text for entry in shown.key), "R² is not tested"

    def test_a_predictor_that_the_regression_lacks_is_refused(self, results):
        with pytest.raises(ValueError, match=r"no 'surprisal'; it has const, t-1, t-2"):
            regression.show(results, regression.View(shown="surprisal"))


class TestFit:
    @pytest.mark.parametrize("check", ["predicted", "residuals", "order"])
    def test_points_are_what_least_squares_gives(self, results, check):
        y = results["adjustments"].log_norms[2]
        design = np.column_stack([np.ones(37), y[2:-1], y[1:-2]])
        observed = y[3:]
        predicted = design @ np.linalg.lstsq(design, observed, rcond=None)[0]
        shown = fit.show(results, fit.View(2, check, (10,)))
        marks = shown.frames[check].marks
        points = marks["tokens"]
        x = np.arange(3, 40) if check == "order" else predicted
        np.testing.assert_allclose(points.x, x, rtol=1e-9)
        expected = observed if check == "predicted" else observed - predicted
        np.testing.assert_allclose(points.y, expected, rtol=1e-7, atol=1e-9)
        assert points.stands_for["token"].tolist() == list(range(3, 40))
        assert (marks["selected"].x, marks["selected"].y) == (points.x[7], points.y[7])

    def test_the_histogram_of_residuals_has_area_1(self, results):
        shown = fit.show(results, fit.View(2, "histogram"))
        steps = shown.frames["histogram"].marks["residuals"]
        assert columns(shown)["count"].sum() == 37
        assert (steps.heights * np.diff(steps.edges)).sum() == pytest.approx(1)

    def test_the_design_is_the_lagged_log_norms_column_by_column(self, results):
        shown = fit.show(results, fit.View(2, "design"))
        image, found = shown.frames["design"].marks["z"], columns(shown)
        y = results["adjustments"].log_norms[2]
        for column, (term, expected) in enumerate(
            (("t", y[3:]), ("t−1", y[2:-1]), ("t−2", y[1:-2]))
        ):
            np.testing.assert_array_equal(found["value"][found["term"] == term], expected)
            np.testing.assert_allclose(image.values[:, column], stats.zscore(expected), atol=1e-12)
        assert image.stands_for(0, 1) == {"token": 3}
        assert shown.frames["design"].y.low > shown.frames["design"].y.high, "the first on top"


class TestCompare:
    @pytest.mark.parametrize("quantity", COMPARED)
    def test_two_runs_are_compared_by_relative_depth(self, results, quantity):
        kept = ((quantity, (0.5, None, 1.5)),)
        view = token_compare.View(3, quantity, "another", kept)
        shown = token_compare.show(results, view)
        norms, fitted = results["adjustments"], results["regression"]
        expected = {
            "mean": norms.log_norms[:, 1:].mean(axis=1),
            "t-1": fitted.coef[:, 1],
            "t-2": fitted.coef[:, 2],
            "r2": fitted.r2,
            "skew": stats.skew(norms.log_norms[:, 1:], axis=1),
        }[quantity]
        marks = shown.frames["runs"].marks
        np.testing.assert_allclose(marks["run 0"].y, expected)
        np.testing.assert_allclose(marks["run 0"].x, np.linspace(0, 1, 6))
        np.testing.assert_array_equal(marks["run 1"].y, [0.5, np.nan, 1.5])
        np.testing.assert_array_equal(marks["run 1"].x, [0, 0.5, 1])
        assert marks["layer"].at == pytest.approx(0.6)
        assert shown.key[1].text == "another"

    def test_what_is_kept_of_a_run_is_drawn_as_the_run_was(self, results):
        other = text_results(3, 30)
        view = token_compare.View(None, "skew", **token_compare.kept_of(other))
        marks = token_compare.show(results, view).frames["runs"].marks
        np.testing.assert_array_equal(marks["run 1"].y, other["adjustments"].skew)

    def test_an_undefined_number_is_kept_as_undefined(self):
        short = text_results(2, 2)
        assert dict(token_compare.kept_of(short)["kept"])["r2"] == (None, None)


@pytest.mark.parametrize(
    ("module", "field", "value"),
    [
        (tokens, "quantity", "mood"),
        (adjustments, "order", "size"),
        (adjustments, "measure", "x"),
        (regression, "shown", "lag"),
        (fit, "check", ""),
        (token_compare, "quantity", "mode"),
    ],
)
def test_a_choice_that_is_not_offered_is_refused(module, field, value):
    with pytest.raises(ValueError, match=f"{field} must be one of"):
        module.View(**{field: value})


@pytest.mark.parametrize("name", ["regression", "fit"])
def test_too_short_a_text_says_how_many_tokens_it_needs(name):
    (frame,) = PLOTS[name].show(text_results(2, 2)).frames.values()
    assert "ndefined" in frame.inside
    assert "it needs at least 7 tokens" in frame.inside


@pytest.mark.parametrize("name", ["strip", "spread", "adjustments", "tokens"])
def test_a_text_whose_only_token_is_left_out_is_drawn_without_numbers(name):
    shown = PLOTS[name].show(text_results(2, 1))
    assert shown.table is not None
    if name == "strip":
        assert shown.frames["layers"].inside == "no token is left"
    if name == "spread":
        assert shown.note == "layer 1: no token is left"
