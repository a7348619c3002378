import numpy as np
import pyqtgraph as pg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from laminoscope_core.analysis.word_views import histogram_density
from laminoscope_widgets.plots.colours import depth_colours
from laminoscope_widgets.plots.curves import Curve, LayerPlot
from laminoscope_widgets.plots.scatter import MOST_POINTS, ScatterPlot
from laminoscope_widgets.plots.style import Canvas
from laminoscope_widgets.theme import DARK, LIGHT


@pytest.fixture
def canvas(qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(420, 420)
    canvas.show()
    return canvas


def luminance(colour: str) -> float:
    channels = np.array(QColor(colour).getRgbF()[:3])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_and_lines_can_be_read(theme):
    assert contrast(theme.text, theme.surface) >= 7
    assert contrast(theme.muted, theme.surface) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.danger, theme.raised) >= 4.5
    for colour in (*theme.sites.values(), *theme.pairs.values(), *theme.categories):
        assert contrast(colour, theme.surface) >= 2.5


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=50))
def test_densities_integrate_to_one(values):
    edges = np.linspace(-5, 5, 21)
    density = histogram_density(np.array(values), edges)
    assert density @ np.diff(edges) == pytest.approx(1)


def test_many_points_become_a_density_that_counts_them_all(canvas):
    plot = ScatterPlot(LIGHT)
    canvas.addItem(plot)
    n = MOST_POINTS + 1
    x, y = np.random.default_rng(0).normal(size=(2, n))
    plot.set_points(x, y, np.zeros(n, int), [QColor("#000000")])
    assert plot._density.isVisible()
    assert not plot._points.isVisible()
    assert np.nansum(np.expm1(plot._density.image)) == pytest.approx(n)
    plot.set_points(x[:50], y[:50], np.zeros(50, int), [QColor("#000000")])
    assert plot._points.isVisible()
    assert len(plot._points.data) == 50


def test_the_nearest_point_is_found_in_pixels_and_nan_is_skipped(canvas):
    plot = ScatterPlot(LIGHT)
    canvas.addItem(plot)
    plot.set_points(
        np.array([0.0, 1.0, np.nan]), np.array([0.0, 1.0, 0.5]), np.zeros(3, int), [QColor("red")]
    )
    plot.fit()
    pg.QtWidgets.QApplication.processEvents()
    where = plot.vb.mapViewToScene(QPointF(1.0, 1.0))
    assert plot.nearest(where) == 1
    assert plot.nearest(plot.vb.mapViewToScene(QPointF(0.5, 0.5))) is None


def test_curves_leave_gaps_and_hollow_what_is_not_significant(canvas):
    plot = LayerPlot("x", LIGHT)
    canvas.addItem(plot)
    values = np.array([0.1, np.nan, 0.3, 0.4])
    solid = np.array([True, True, False, True])
    plot.set_curves({"a": Curve(values, "#ff0000", "s", solid=solid)}, (0, 1))
    markers = plot._drawn["a"].markers
    assert list(markers.data["x"]) == [0, 2, 3]
    fills = [brush.color().name() for brush in markers.data["brush"]]
    assert fills == ["#ff0000", LIGHT.surface, "#ff0000"]
    plot.set_curves({}, None)
    assert plot._drawn == {}


@pytest.mark.parametrize(("x", "layer"), [(-0.6, None), (-0.4, 0), (1.6, 2), (3.4, 3), (3.6, None)])
def test_positions_map_to_layers(canvas, x, layer):
    plot = LayerPlot("x", LIGHT)
    canvas.addItem(plot)
    plot.set_curves({"a": Curve(np.zeros(4), "#ff0000", "s")}, (0, 1))
    assert plot.layer_at(x) == layer


def test_depth_runs_from_dark_to_light():
    for theme in (LIGHT, DARK):
        values = [luminance(colour.name()) for colour in depth_colours(30, theme)]
        assert np.all(np.diff(values) > 0)
