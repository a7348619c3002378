import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from laminoscope_core.plots.histograms import histogram_density
from laminoscope_core.plots.shown import Axis, Curve, Frame, Points, Shown
from laminoscope_widgets.plot_view import PlotView
from laminoscope_widgets.plots.colours import depth_colours
from laminoscope_widgets.theme import DARK, LIGHT


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


def shown(marks, x=None, y=None, says=None):
    frame = Frame(x or Axis(0.0, 4.0), y or Axis(0.0, 1.0), marks, says=says)
    return Shown({"frame": frame}, lambda: None)


@pytest.fixture
def view(qtbot):
    view = PlotView(LIGHT)
    qtbot.addWidget(view)
    view.resize(420, 420)
    view.show()
    return view


def scene(view, x, y):
    return view.frames["frame"].vb.mapViewToScene(QPointF(x, y))


def test_the_nearest_point_is_found_in_pixels_and_nan_is_skipped(view, qtbot):
    points = Points(
        x=np.array([0.0, 1.0, np.nan]), y=np.array([0.0, 1.0, 0.5]),
        stands_for={"word": [7, 8, 9]}, says=lambda index: f"point {index}",
    )  # fmt: skip
    view.paint(shown({"points": points}, Axis(-1.0, 2.0), Axis(-1.0, 2.0)), LIGHT)
    qtbot.wait(10)
    target = view.target_at(scene(view, 1.0, 1.0))
    assert (target.text, target.stands_for) == ("point 1", {"word": 8})
    assert view.target_at(scene(view, 0.5, 0.5)) is None


def test_points_leave_gaps_and_are_hollow_where_not_filled(view):
    filled = np.array([True, True, False, True])
    points = Points(
        x=np.arange(4.0), y=np.array([0.1, np.nan, 0.3, 0.4]), colour="q", filled=filled
    )
    view.paint(shown({"points": points}), LIGHT)
    (item,) = view.frames["frame"].drawn["points"].items
    assert list(item.data["x"]) == [0, 2, 3]
    fills = [brush.color().name() for brush in item.data["brush"]]
    assert fills == [LIGHT.sites["q"], LIGHT.surface, LIGHT.sites["q"]]
    view.paint(shown({}), LIGHT)
    assert view.frames["frame"].drawn == {}


def test_a_mark_that_is_the_same_is_not_painted_again(view, monkeypatch):
    def curve():
        return Curve(x=np.arange(3.0), y=np.array([0.0, np.nan, 1.0]), colour="q")

    view.paint(shown({"curve": curve()}), LIGHT)
    (item,) = view.frames["frame"].drawn["curve"].items
    filled = []
    monkeypatch.setattr(item, "setData", lambda *data, **options: filled.append(data))
    view.paint(shown({"curve": curve()}), LIGHT)
    assert not filled
    view.paint(shown({"curve": curve()}), DARK)
    assert len(filled) == 1


@pytest.mark.parametrize(("x", "layer"), [(-0.6, None), (-0.4, 0), (1.6, 2), (3.4, 3), (3.6, None)])
def test_positions_along_an_axis_are_what_it_selects(view, qtbot, x, layer):
    axis = Axis(-0.5, 3.5, "layer", whole=True, selects="layer")
    view.paint(shown({}, axis, says=lambda value: f"layer {value}"), LIGHT)
    qtbot.wait(10)
    target = view.target_at(scene(view, x, 0.5))
    assert (target and target.stands_for) == (None if layer is None else {"layer": layer})


def test_depth_runs_from_dark_to_light():
    for theme in (LIGHT, DARK):
        values = [luminance(colour.name()) for colour in depth_colours(30, theme)]
        assert np.all(np.diff(values) > 0)
