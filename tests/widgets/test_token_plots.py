"""The plots of the tokens task, on arrays made by hand."""

import random
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from laminoscope_widgets.plots.density_lines import DensityLines
from laminoscope_widgets.plots.depth import relative_depth
from laminoscope_widgets.plots.strip import StripPlot
from laminoscope_widgets.plots.style import Canvas
from laminoscope_widgets.plots.text_map import TextMap, tints
from laminoscope_widgets.plots.token_map import TokenMap
from laminoscope_widgets.theme import DARK, LIGHT
from laminoscope_widgets.token_table import TokenTable


def hostile_strings(n=200):
    """Markup, control, right-to-left, combining and zero-width characters, thrown together."""
    draw = random.Random(0)
    pieces = [
        *("</s>", "<img src=x>", "$$", "&amp;", "\n", "\t", "\x00", "\x1b", "\u200b", "\u202e"),
        *("\u0301", "שלום", "👩‍🚀", "\ufeff", "\u2028", " ", "a", "𒐫", "\ue000", "'=1"),
    ]
    return ["".join(draw.choices(pieces, k=draw.randint(1, 6))) for _ in range(n)]


def shown(qtbot, item):
    canvas = Canvas()
    canvas.addItem(item)
    canvas.resize(700, 300)
    qtbot.addWidget(canvas)
    canvas.show()
    return canvas


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_two_hundred_hostile_tokens_are_laid_out_without_overlap(qtbot, theme):
    tokens = hostile_strings()
    text = TextMap(theme)
    qtbot.addWidget(text)
    text.resize(600, 300)
    text.show()
    text.set_tokens(tokens, [index % 17 == 0 for index in range(200)])
    text.set_values(np.linspace(0, 1, 200), (0, 1))
    assert text.grab().width() == 600
    rects = [text.rect_of(index) for index in range(200)]
    assert all(rect.width() > 0 and rect.right() <= 600 for rect in rects)
    for first, second in pairwise(rects):
        assert not first.intersects(second)
    for index in range(20):
        assert text.token_at(rects[index].center()) == index
    table = TokenTable()
    table.set_tokens(range(200), tokens)
    for row in range(200):
        assert not set(table.index(row, 2).data()) & set("\n\t\x00\x1b\u200b\u202e\ufeff\u2028")


def test_text_can_be_read_on_every_ground():
    def luminance(colour):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return float(np.dot([0.2126, 0.7152, 0.0722], linear))

    from PySide6.QtGui import QColor

    for theme in (LIGHT, DARK):
        ink = luminance(QColor(theme.text).getRgbF()[:3])
        for ground in tints(theme):
            other = luminance(ground.getRgbF()[:3])
            low, high = sorted((ink, other))
            assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_map_reads_cells_back_in_any_order(qtbot):
    plot = TokenMap(LIGHT)
    canvas = shown(qtbot, plot)
    values = np.arange(12.0).reshape(3, 4)
    order = np.array([2, 0, 3, 1])
    plot.set_values(values, hostile_strings(4), order, (0, 11))
    plot.set_layer(1)
    plot.mark((0, 3), 2)
    canvas.grab()
    for layer in range(3):
        for column in range(4):
            point = plot.vb.mapViewToScene(QPoint(column, layer))
            assert plot.cell_at(point) == (layer, order[column])
    assert plot.getAxis("bottom").shows_tokens()


def test_a_large_map_counts_tokens_instead_of_naming_them(qtbot):
    plot = TokenMap(LIGHT)
    canvas = shown(qtbot, plot)
    plot.set_values(np.zeros((48, 2000)), ["a"] * 2000, np.arange(2000), (0, 1))
    canvas.grab()
    assert not plot.getAxis("bottom").shows_tokens()


@pytest.mark.parametrize("n_tokens", [0, 1, 50, 3000])
def test_strips_show_points_or_their_density(qtbot, n_tokens):
    plot = StripPlot(LIGHT)
    canvas = shown(qtbot, plot)
    values = np.random.default_rng(0).normal(size=(6, n_tokens))
    plot.set_values(values, LIGHT)
    plot.mark(np.arange(min(n_tokens, 3)), LIGHT)
    canvas.grab()
    assert plot._density.isVisible() == (n_tokens == 3000)
    if n_tokens == 50:
        x, y = plot._points.getData()
        np.testing.assert_array_equal(np.sort(y), np.sort(values.ravel()))
        np.testing.assert_array_equal(x.round(), np.repeat(np.arange(6), 50))


def test_outlines_leave_out_layers_without_values(qtbot):
    plot = DensityLines(DARK)
    canvas = shown(qtbot, plot)
    full = np.array([0.0, 1, 2]), np.array([0.25, 0.75])
    plot.set_histograms([full, (np.empty(0), np.empty(0)), full], DARK)
    plot.set_layer(1)
    plot.set_layer(2)
    assert canvas.grab().width() == 700


def test_relative_depth_runs_from_0_to_1():
    np.testing.assert_allclose(relative_depth(5), [0, 0.25, 0.5, 0.75, 1])
    assert relative_depth(1).tolist() == [0]
