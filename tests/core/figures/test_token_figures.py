"""Figures of the tokens task: what is drawn is what the plots show, and it can be read."""

import numpy as np
import pytest

from laminoscope_core.figures import PRESETS, Spec, Style, compose, figure_bytes
from laminoscope_core.plots import (
    adjustments,
    fit,
    regression,
    spread,
    strip,
    token_compare,
    tokens,
)
from laminoscope_core.plots.fit import CHECKS

from .legible import illegible
from .made_results import HOSTILE, WORDS, text_results

SIZES = [(1, 1), (12, 5), (30, 48), (48, 5)]


@pytest.fixture(scope="module")
def results():
    return text_results(6, 40)


def axes_of(results, spec, style=None):
    return compose(results, [[spec]], style or Style()).axes


def points(collection):
    return np.asarray(collection.get_offsets())


def test_every_ground_that_is_drawn_has_the_colour_of_its_number(results):
    from laminoscope_core.figures.running_text import ground_map

    spec = Spec("tokens", tokens.View(2))
    (axes,) = axes_of(results, spec)
    grounds = np.asarray(spec.shown(results).table.columns["ground"])
    drawn = [patch.get_facecolor() for patch in axes.patches]
    expected = [ground_map(Style())(value) for value in grounds]
    assert drawn[: len(expected)] == expected
    texts = [text.get_text() for text in axes.texts]
    assert "".join(texts[1 : 1 + len(WORDS)]) == "The·old·keeper·of·the·harbour,·smiling.⏎"


def test_a_text_longer_than_a_page_says_how_much_is_drawn():
    results = text_results(2, 2000)
    spec = Spec("tokens", tokens.View(0))
    figure = compose(results, [[spec]], PRESETS["single column"])
    assert figure.get_size_inches()[1] < 9.5
    (axes,) = figure.axes
    texts = [text.get_text() for text in axes.texts]
    n_drawn = len(texts) - 5  # a title, this note, and of the scale the name and both ends
    assert f"… the first {n_drawn:,} of 2,000 tokens" in texts


def test_the_map_names_its_tokens_upright_and_marks_layer_and_tokens(results):
    spec = Spec("adjustments", adjustments.View(3, (0, 1, 2, 9)))
    axes = axes_of(results, spec)[0]
    labels = axes.get_xticklabels()
    assert [label.get_text() for label in labels[:3]] == ["The", "·old", "·keeper"]
    assert {label.get_rotation() for label in labels} == {90}
    assert [line.get_ydata() for line in axes.lines] == [[3, 3]]
    spans = [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in axes.patches]
    np.testing.assert_allclose(spans, [(-0.5, 2.5), (8.5, 9.5)])
    bare = axes_of(results, spec, Style(marks=False))[0]
    assert not bare.lines
    assert not bare.patches


def test_a_map_of_many_tokens_counts_them():
    axes = axes_of(text_results(2, 2000), Spec("adjustments"))[0]
    assert all(label.get_text().isdigit() for label in axes.get_xticklabels())


def test_points_are_drawn_where_the_plot_says(results):
    spec = Spec("strip", strip.View(3, (0, 5)))
    marks = spec.shown(results).frames["layers"].marks
    axes = axes_of(results, spec)[0]
    cloud, medians, ringed = axes.collections
    np.testing.assert_array_equal(points(cloud)[:, 1], marks["tokens"].y)
    np.testing.assert_array_equal(points(medians)[:, 1], marks["median"].y)
    np.testing.assert_array_equal(points(ringed)[:, 1], marks["selected"].y)
    assert len(axes.figure.axes) == 2, "the frame and its key; the axis explains the colours"


def test_frames_of_a_row_have_their_shares_of_its_width(results):
    densities, normal = compose(results, [[Spec("spread")]], Style(width=180)).axes[:2]
    widths = [each.get_position().width for each in (densities, normal)]
    assert 1.4 < widths[0] / widths[1] < 1.8


def specs():
    """Every kind, with what takes most room."""
    chosen = tuple(range(0, 40, 7))
    kept = (("mean", (1.0, 2.0)),)
    return [
        Spec("tokens", tokens.View(0, "residual", chosen)),
        Spec("adjustments", adjustments.View(0, chosen, "layer")),
        Spec("strip", strip.View(0, chosen)),
        Spec("spread", spread.View(0)),
        Spec("regression", regression.View(0)),
        *(Spec("fit", fit.View(0, check, chosen)) for check in CHECKS),
        Spec("token-compare", token_compare.View(0, "mean", "Another: text" * 5, kept)),
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
