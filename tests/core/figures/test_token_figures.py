"""Figures of the tokens task: their numbers, computed here anew, and whether they can be read."""

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.analysis import adjustments as norms_analysis
from laminoscope_core.analysis import regression as regression_analysis
from laminoscope_core.analysis.token_views import CHECKS, COMPARED, ORDERS, QUANTITIES
from laminoscope_core.figures import (
    PRESETS,
    Spec,
    Style,
    compose,
    figure_bytes,
    spread,
    strip,
    token_compare,
)
from laminoscope_core.figures import adjustments as map_figure
from laminoscope_core.figures import fit as fit_figure
from laminoscope_core.figures import regression as regression_figure
from laminoscope_core.figures import tokens as text_figure

from .legible import illegible
from .made_results import HOSTILE, WORDS, text_results

KINDS = ("tokens", "adjustments", "strip", "spread", "regression", "fit", "token-compare")
SIZES = [(1, 1), (12, 5), (30, 48), (48, 5)]


@pytest.fixture(scope="module")
def results():
    return text_results(6, 40)


def columns(spec, results):
    return {name: np.asarray(c) for name, c in spec.data(results).table.columns.items()}


def axes_of(results, spec, style=None):
    return compose(results, [[spec]], style or Style()).axes


def points(collection):
    return np.asarray(collection.get_offsets())


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_the_grounds_of_the_text_are_the_numbers_between_two_percentiles(results, quantity):
    norms, fit = results["adjustments"], results["regression"]
    expected = {
        "layer": np.log(norms.norms[2]),
        "mean": np.log(norms.norms).mean(axis=0),
        "surprisal": norms.surprisal,
        "entropy": norms.entropy,
        "residual": np.concatenate([np.full(3, np.nan), fit.observed[2] - fit.predicted[2]]),
    }[quantity]
    spec = Spec("tokens", text_figure.View(2, quantity, (4, 5)))
    shown = columns(spec, results)
    np.testing.assert_allclose(shown["value"], expected, rtol=1e-12)
    low, high = np.nanpercentile(expected[1:], (1, 99))
    assert spec.data(results).limits["value"] == pytest.approx((low, high))
    np.testing.assert_allclose(
        shown["ground"], np.clip((expected - low) / (high - low), 0, 1), rtol=1e-12
    )
    assert shown["token"].tolist() == list(norms.tokens)
    assert np.flatnonzero(shown["selected"]).tolist() == [4, 5]


def test_every_ground_that_is_drawn_has_the_colour_of_its_number(results):
    spec = Spec("tokens", text_figure.View(2))
    (axes,) = axes_of(results, spec)
    shown = columns(spec, results)
    from laminoscope_core.figures.running_text import ground_map

    drawn = [patch.get_facecolor() for patch in axes.patches]
    expected = [ground_map(Style())(value) for value in shown["ground"]]
    assert drawn[: len(expected)] == expected
    texts = [text.get_text() for text in axes.texts]
    assert "".join(texts[1 : 1 + len(WORDS)]) == "The·old·keeper·of·the·harbour,·smiling.⏎"


def test_a_text_longer_than_a_page_says_how_much_is_drawn():
    results = text_results(2, 2000)
    spec = Spec("tokens", text_figure.View(0))
    figure = compose(results, [[spec]], PRESETS["single column"])
    assert figure.get_size_inches()[1] < 9.5
    (axes,) = figure.axes
    texts = [text.get_text() for text in axes.texts]
    n_drawn = len(texts) - 5  # a title, this note, and of the scale the name and both ends
    assert f"… the first {n_drawn:,} of 2,000 tokens" in texts
    later = columns(Spec("tokens", text_figure.View(0, start=n_drawn)), results)
    assert later["token_index"][0] == n_drawn


@pytest.mark.parametrize("order", ORDERS)
def test_the_map_is_the_table_that_a_run_writes_in_another_order(results, order):
    norms = results["adjustments"]
    spec = Spec("adjustments", map_figure.View(3, (7,), order))
    shown = columns(spec, results)
    written = norms_analysis.tables(norms)["adjustments/norms.csv"].columns
    by_cell = {
        (layer, token): value
        for layer, token, value in zip(
            written["layer"], written["token_index"], written["log_norm"], strict=True
        )
    }
    for layer, token, value in zip(
        shown["layer"], shown["token_index"], shown["value"], strict=True
    ):
        assert by_cell[layer, token] == value
    keys = {
        "reading": np.arange(40),
        "layer": norms.log_norms[3],
        "mean": norms.log_norms.sum(axis=0),
        "surprisal": norms.surprisal,
    }[order]
    assert (np.diff(keys[shown["token_index"][:40]]) >= 0).all()
    image = axes_of(results, spec)[0].images[0].get_array()
    np.testing.assert_array_equal(image.ravel(), shown["value"])


def test_the_map_in_z_has_mean_0_and_spread_1_in_each_layer(results):
    shown = columns(Spec("adjustments", map_figure.View(measure="z")), results)
    z = shown["value"].reshape(6, 40)[:, 1:]
    np.testing.assert_allclose(z.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(z.std(axis=1), 1)


def test_the_map_marks_the_layer_and_the_runs_of_tokens(results):
    axes, *_ = axes_of(results, Spec("adjustments", map_figure.View(3, (0, 1, 2, 9))))
    spans = [line.get_xdata() for line in axes.lines if len(line.get_xdata()) == 2]
    np.testing.assert_allclose(spans, [(-0.4, 2.4), (8.6, 9.4)])
    assert [line.get_ydata() for line in axes.lines if len(line.get_ydata()) == 1] == [[3]]
    bare, *_ = axes_of(results, Spec("adjustments", map_figure.View(3, (0, 1))), Style(marks=False))
    assert not bare.lines


def test_strips_are_the_log_norms_and_their_medians(results):
    norms = results["adjustments"]
    spec = Spec("strip", strip.View(3, (0, 5)))
    shown = columns(spec, results)
    here = shown["mark"] == "token"
    np.testing.assert_array_equal(
        shown["value"][here],
        norms.log_norms[shown["layer"][here], shown["token_index"][here]],
    )
    assert np.abs(shown["x"][here] - shown["layer"][here]).max() <= 0.32
    medians = shown["mark"] == "median"
    np.testing.assert_array_equal(
        shown["value"][medians], np.median(norms.log_norms[:, 1:], axis=1)
    )
    axes, *_ = axes_of(results, spec)
    cloud, ringed = axes.collections[:2]
    np.testing.assert_array_equal(points(cloud)[:, 1], shown["value"][here])
    np.testing.assert_array_equal(points(ringed)[:, 1], norms.log_norms[:, 5])
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), shown["value"][medians])


def test_many_tokens_are_counted_in_bins():
    results = text_results(12, 2000)
    spec = Spec("strip")
    shown = columns(spec, results)
    here = shown["mark"] == "bin"
    assert shown["count"][here].sum() == 12 * 1999
    edges = np.unique(np.append(shown["value"][here], shown["top"][here].max()))
    expected, _ = np.histogram(results["adjustments"].log_norms[4, 1:], edges)
    counts = shown["count"][here & (shown["layer"] == 4)]
    np.testing.assert_array_equal(counts, expected)
    image = axes_of(results, spec)[0].images[0].get_array()
    np.testing.assert_array_equal(image[:, 4].filled(0), counts)


def test_distributions_have_area_1_and_the_normal_plot_is_blom_s(results):
    shown = columns(Spec("spread", spread.View(2)), results)
    for layer in range(6):
        here = (shown["plot"] == "density") & (shown["layer"] == layer)
        area = (shown["value"] * (shown["right"] - shown["x"]))[here].sum()
        assert area == pytest.approx(1)
    here = shown["plot"] == "normal"
    values = np.sort(results["adjustments"].log_norms[2, 1:])
    blom = stats.norm.ppf((np.arange(1, 40) - 0.375) / 39.25)
    np.testing.assert_allclose(shown["x"][here], blom, atol=1e-12)
    np.testing.assert_allclose(shown["value"][here], stats.zscore(values), atol=1e-12)


def test_the_curves_of_the_regression_are_the_table_that_a_run_writes(results):
    spec = Spec("regression", regression_figure.View(1))
    shown = columns(spec, results)
    fit = results["regression"]
    written = regression_analysis.tables(fit)["adjustments/regression.csv"].columns
    for term, series in (("t-1", "β(t−1)"), ("t-2", "β(t−2)")):
        here, there = shown["series"] == series, np.asarray(written["term"]) == term
        for name, column in (("value", "coef"), ("p", "p"), ("q", "q")):
            np.testing.assert_array_equal(shown[name][here], written[column][there])
        # the interval by the t distribution, as statsmodels does not say
        half = stats.t.ppf(0.975, fit.n - 3) * np.asarray(written["se"])[there]
        np.testing.assert_allclose(shown["high"][here] - shown["value"][here], half)
    assert shown["significant"].tolist() == (shown["q"] < 0.05).tolist()
    assert shown["nearly"].tolist() == ((shown["p"] < 0.05) & (shown["q"] >= 0.05)).tolist()
    axes, *_ = axes_of(results, spec)
    drawn = [line.get_ydata() for line in axes.lines if len(line.get_ydata()) == 6]
    np.testing.assert_array_equal(drawn[0], shown["value"][:6])


def test_explained_variance_is_the_share_of_the_squares(results):
    shown = columns(Spec("regression", regression_figure.View(shown="r2")), results)
    fit = results["regression"]
    rest = ((fit.observed - fit.predicted) ** 2).sum(axis=1)
    whole = ((fit.observed - fit.observed.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    np.testing.assert_allclose(shown["value"][shown["series"] == "R²"], 1 - rest / whole)


def test_a_predictor_that_the_regression_lacks_is_refused(results):
    with pytest.raises(ValueError, match=r"no 'surprisal'; it has const, t-1, t-2"):
        Spec("regression", regression_figure.View(shown="surprisal")).data(results)


@pytest.mark.parametrize("check", ["predicted", "residuals", "order"])
def test_the_points_of_a_fit_are_what_least_squares_gives(results, check):
    y = results["adjustments"].log_norms[2]
    design = np.column_stack([np.ones(37), y[2:-1], y[1:-2]])
    observed = y[3:]
    predicted = design @ np.linalg.lstsq(design, observed, rcond=None)[0]
    spec = Spec("fit", fit_figure.View(2, check, (10,)))
    shown = columns(spec, results)
    x = np.arange(3, 40) if check == "order" else predicted
    np.testing.assert_allclose(shown["x"], x, rtol=1e-9)
    expected = observed if check == "predicted" else observed - predicted
    np.testing.assert_allclose(shown["y"], expected, rtol=1e-7, atol=1e-9)
    axes, *_ = axes_of(results, spec)
    cloud, ringed = axes.collections
    np.testing.assert_array_equal(points(cloud), np.column_stack([shown["x"], shown["y"]]))
    np.testing.assert_array_equal(points(ringed), points(cloud)[[7]])


def test_the_histogram_of_residuals_has_area_1(results):
    shown = columns(Spec("fit", fit_figure.View(2, "histogram")), results)
    assert shown["count"].sum() == 37
    assert (shown["y"] * (shown["right"] - shown["x"])).sum() == pytest.approx(1)


def test_the_design_is_the_lagged_log_norms_column_by_column(results):
    shown = columns(Spec("fit", fit_figure.View(2, "design")), results)
    y = results["adjustments"].log_norms[2]
    for term, expected in (("t", y[3:]), ("t−1", y[2:-1]), ("t−2", y[1:-2])):
        here = shown["term"] == term
        np.testing.assert_array_equal(shown["value"][here], expected)
        np.testing.assert_allclose(shown["y"][here], stats.zscore(expected), atol=1e-12)


@pytest.mark.parametrize("quantity", COMPARED)
def test_two_runs_are_compared_by_relative_depth(results, quantity):
    kept = (0.5, None, 1.5)
    spec = Spec("token-compare", token_compare.View(3, quantity, "another", kept))
    shown = columns(spec, results)
    norms, fit = results["adjustments"], results["regression"]
    expected = {
        "mean": norms.log_norms[:, 1:].mean(axis=1),
        "t-1": fit.coef[:, 1],
        "t-2": fit.coef[:, 2],
        "r2": fit.r2,
        "skew": stats.skew(norms.log_norms[:, 1:], axis=1),
    }[quantity]
    here = shown["run"] == 0
    np.testing.assert_allclose(shown["value"][here], expected)
    np.testing.assert_allclose(shown["depth"][here], np.linspace(0, 1, 6))
    np.testing.assert_array_equal(shown["value"][~here], [0.5, np.nan, 1.5])
    np.testing.assert_array_equal(shown["depth"][~here], [0, 0.5, 1])
    assert spec.data(results).limits["layer"] == (0.6, 0.6)


def specs():
    """Every kind, with what takes most room."""
    tokens = tuple(range(0, 40, 7))
    return [
        Spec("tokens", text_figure.View(0, "residual", tokens)),
        Spec("adjustments", map_figure.View(0, tokens, "layer")),
        Spec("strip", strip.View(0, tokens)),
        Spec("spread", spread.View(0)),
        Spec("regression", regression_figure.View(0)),
        *(Spec("fit", fit_figure.View(0, check, tokens)) for check in CHECKS),
        Spec("token-compare", token_compare.View(0, "mean", "Another: text" * 5, (1.0, 2.0))),
    ]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize(("n_layers", "n_tokens"), SIZES)
def test_nothing_overlaps_or_leaves_the_figure(n_layers, n_tokens, preset):
    results = text_results(n_layers, n_tokens)
    for spec in specs():
        style = PRESETS[preset]
        assert not illegible(compose(results, [[spec]], style), style), spec


@pytest.mark.slow
@pytest.mark.parametrize("preset", PRESETS)
def test_nothing_overlaps_in_figures_of_two_thousand_tokens(preset):
    results = text_results(48, 2000)
    for spec in specs():
        style = PRESETS[preset]
        assert not illegible(compose(results, [[spec]], style), style), spec


@pytest.mark.parametrize("file_format", ["svg", "pdf", "png"])
def test_the_same_figure_is_the_same_bytes_whatever_the_tokens_are(file_format):
    results = text_results(3, len(HOSTILE), HOSTILE)
    rows = [[spec] for spec in specs()]
    style = Style(dpi=72)
    first, second = (
        figure_bytes(compose(results, rows, style), file_format, style) for _ in range(2)
    )
    assert first == second
    if file_format == "svg":
        from xml.etree import ElementTree

        drawn = "".join(ElementTree.fromstring(first).itertext())
        assert "<img·src=x>" in drawn
        assert "$$x_1$$" in drawn
        assert "⟨U+202E⟩" in drawn


def test_undefined_layers_say_why():
    results = text_results(2, 2)
    for kind in ("regression", "fit"):
        plot = Spec(kind).data(results)
        assert "ndefined" in plot.labels["title"]
        style = PRESETS["single column"]
        assert not illegible(compose(results, [[Spec(kind)]], style), style)
