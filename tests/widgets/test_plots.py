import re
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget

from laminoscope_core.plots.histograms import histogram_density
from laminoscope_core.plots.shown import (
    Axis,
    Band,
    Bars,
    Boxes,
    Curve,
    Entry,
    Frame,
    Image,
    Points,
    Rule,
    Scale,
    Shown,
    Steps,
    Texts,
)
from laminoscope_core.tables import Table
from laminoscope_widgets.key import Key
from laminoscope_widgets.labels import ElidedLabel
from laminoscope_widgets.marks.shades import shade_map
from laminoscope_widgets.plot_axes import FrameAxis
from laminoscope_widgets.plot_view import PlotView
from laminoscope_widgets.plots.colours import colour_map
from laminoscope_widgets.plots.style import small_font
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


@pytest.fixture
def view(qtbot):
    view = PlotView(LIGHT)
    qtbot.addWidget(view)
    view.resize(420, 420)
    view.show()
    return view


def painted(view, *, grid=True, **marks):
    along = Axis(-0.5, 3.5, "layer", whole=True, selects="layer")
    frame = Frame(along, Axis(0, 1), marks, grid=grid)
    view.paint(Shown({"a": frame}, Table), LIGHT)
    QApplication.processEvents()
    return view.frames["a"]


def at(view, x, y):
    return view.target_at(view.frames["a"].vb.mapViewToScene(QPointF(x, y)))


def test_the_nearest_point_is_found_in_pixels_and_nan_is_skipped(view):
    x, y = np.array([0.0, 1.0, np.nan]), np.array([0.0, 1.0, 0.5])
    painted(view, a=Points(x=x, y=y, says=lambda i: f"point {i}", stands_for={"token": [4, 5, 6]}))
    assert at(view, 1.0, 1.0).stands_for == {"token": 5}
    assert at(view, 1.0, 1.0).text == "point 1"
    assert at(view, 0.5, 0.5).stands_for == {"layer": 0}  # no point, but a place along the axis


@pytest.mark.parametrize(("height", "fit"), [(420, True), (150, True), (90, False)])
def test_texts_are_whole_in_their_boxes_or_are_not_there(view, height, fit):
    corners = np.array([0.5, 1.0])
    texts = Texts(x=corners, y=corners, texts=("7", "18"), align=("right",) * 2, box=(0.5, 0.2))
    view.resize(420, height)
    frame = painted(view, numbers=texts)
    items = frame.drawn["numbers"]._texts
    assert [item.isVisible() for item in items] == [fit] * 2
    for item, corner in zip(items if fit else (), corners, strict=bool(fit)):
        pixel = frame.vb.mapViewToScene(QPointF(corner, corner))
        box = item.mapRectToScene(item.boundingRect())
        assert (box.right(), box.top()) == pytest.approx((pixel.x(), pixel.y()), abs=1)
        ink = QFontMetricsF(small_font()).ascent()
        assert box.top() + ink <= frame.vb.mapViewToScene(QPointF(0, corner - 0.2)).y()


def test_curves_leave_gaps_and_hollow_what_is_not_filled(view):
    x, y = np.arange(4.0), np.array([0.1, np.nan, 0.3, 0.4])
    filled = np.array([True, True, False, True])
    frame = painted(view, line=Curve(x=x, y=y), points=Points(x=x, y=y, filled=filled, colour="q"))
    points = frame.drawn["points"]
    assert points.x.tolist() == [0, 2, 3]
    fills = [points.brushes[which].name() for which in points.which]
    assert fills == [LIGHT.sites["q"], LIGHT.surface, LIGHT.sites["q"]]
    assert np.isnan(frame.drawn["line"].y[1])


def test_what_is_infinite_stands_at_the_edge(view):
    x, y = np.arange(3.0), np.array([0.5, np.inf, -np.inf])
    frame = painted(view, points=Points(x=x, y=y))
    assert frame.drawn["points"].y.tolist() == [0.5, 1, 0]


@pytest.mark.parametrize(("x", "layer"), [(-0.4, 0), (1.6, 2), (3.4, 3)])
def test_positions_map_to_layers(view, x, layer):
    painted(view)
    assert at(view, x, 0.5).stands_for == {"layer": layer}
    assert at(view, x, 0.5).text == f"layer {layer}"


def test_a_layer_pointed_at_elsewhere_is_a_line(view):
    frame = painted(view)
    view.highlight("layer", 2)
    assert (frame.highlighted.lines[0].isVisible(), frame.highlighted.lines[0].value()) == (True, 2)
    view.highlight("layer", None)
    assert not frame.highlighted.lines[0].isVisible()


def colour_at(view, x, y):
    """Return the colour that can be seen at a place of the frame."""
    place = view.frames["a"].vb.mapViewToScene(QPointF(x, y)).toPoint()
    return view.viewport().grab().toImage().pixelColor(place)


LINE = np.array([0.0, 3.0])
SEEN = {
    "points": (Points(x=LINE, y=np.full(2, 0.5), size=3, colour="q"), (3, 0.5), (1.5, 0.5)),
    "curve": (Curve(x=LINE, y=np.full(2, 0.5), width=5, colour="q"), (1.5, 0.5), (1.5, 0.6)),
    "band": (Band(x=LINE, low=LINE * 0, high=LINE / 3, colour="q"), (2, 0.5), (1, 0.5)),
    "steps": (
        Steps(edges=np.arange(4.0), heights=np.array([0.2, 0.8, 0.2]), width=5, colour="q"),
        (1.5, 0.8),
        (0.5, 0.8),
    ),
    "bars": (Bars(at=np.array([0.5]), lengths=np.array([2.0]), colour="q"), (1, 0.5), (3, 0.5)),
    "boxes": (Boxes(x=LINE[None], y=LINE[None] / 4, colour="q"), (3, 0.3), (1.5, 0.3)),
    "level rule": (Rule(at=0.5, across="y", width=5, colour="q"), (2, 0.5), (2, 0.6)),
    "short rule": (Rule(at=2, top=0.6, width=5, colour="q"), (2, 0.5), (2, 0.8)),
    "unity": (Rule(across="unity", width=5, colour="q"), (0.5, 0.5), (0.5, 0.8)),
    "dragged": (Rule(at=2, width=5, colour="q", drags="layer"), (2, 0.5), (2.5, 0.5)),
}


@pytest.mark.parametrize("kind", SEEN)
@pytest.mark.parametrize("moving", [False, True])
def test_every_kind_of_mark_is_seen_where_it_is_and_nowhere_else(view, kind, moving):
    mark, on, beside = SEEN[kind]
    if moving:  # one that changes is painted by another layer
        painted(view, grid=False, mark=replace(mark, colour="k"))
    painted(view, grid=False, mark=mark)
    assert colour_at(view, *on).name() == LIGHT.sites["q"]
    assert colour_at(view, *beside).name() == LIGHT.surface


def test_a_map_is_seen_the_first_row_lowest(view):
    values = np.array([[0.0, 1.0], [np.nan, 0.5]])
    scale = Scale("sequential", 0.0, 1.0, "")
    marks = {"map": Image(values=values, x=(0, 2), y=(0, 2))}
    frame = Frame(Axis(0, 2), Axis(0, 2), marks, grid=False)
    view.paint(Shown({"a": frame}, Table, scale=scale), LIGHT)
    QApplication.processEvents()
    seen = [colour_at(view, x, y).getRgb() for y in (0.5, 1.5) for x in (0.5, 1.5)]
    low, high, middle = shade_map(scale, LIGHT)([0.0, 1.0, 0.5]).tolist()
    assert [list(each) for each in seen] == [low, high, [*QColor(LIGHT.border).getRgb()], middle]


def test_marks_lie_on_each_other_in_their_order_also_when_one_moves(view):
    wide = {"width": 6}
    level = Rule(at=0.5, across="y", colour="k", **wide)
    for at in (1, 2, 2.5):
        rule = Rule(at=at, colour="v", **wide)
        painted(
            view,
            grid=False,
            under=Rule(at=0.5, across="y", colour="q", **wide),
            rule=rule,
            over=level,
        )
        assert colour_at(view, at, 0.5).name() == LIGHT.sites["k"]
        painted(view, grid=False, under=level, rule=rule)
        assert colour_at(view, at, 0.5).name() == LIGHT.sites["v"]


def test_what_stays_is_seen_after_a_zoom(view):
    painted(view, grid=False, mark=Rule(at=0.5, across="y", width=5, colour="q"))
    view.frames["a"].vb.setRange(yRange=(0.4, 1.4), padding=0)
    QApplication.processEvents()
    assert colour_at(view, 2, 0.5).name() == LIGHT.sites["q"]
    assert colour_at(view, 2, 0.9).name() == LIGHT.surface


def test_a_mark_that_is_as_it_was_is_left_alone(view):
    x = np.arange(3.0)
    marks = {"kept": Points(x=x, y=x), "moved": Points(x=x, y=x / 2)}
    frame = painted(view, **marks)
    painted(view, **marks | {"moved": Points(x=x, y=x / 3)})
    kept, moved = frame.drawn.values()
    filled, seen = [], []
    for name, drawn in frame.drawn.items():
        drawn.fill = lambda *given, name=name, fill=drawn.fill: (filled.append(name), fill(*given))
        drawn.paint = lambda *given, name=name, paint=drawn.paint: (
            seen.append(name),
            paint(*given),
        )
    painted(view, kept=Points(x=x.copy(), y=x.copy()), moved=Points(x=x, y=x / 4))
    view.viewport().grab()
    assert set(filled) == set(seen) == {"moved"}  # the other's pixels are still there
    assert list(frame.drawn.values()) == [kept, moved]


@pytest.mark.parametrize("width", [900, 460])
def test_titles_are_broken_where_they_are_long_and_keep_no_frame_wide(view, width):
    title = "rather a long title, of n = 12 pairs"
    axes = Axis(0, 1), Axis(0, 1)
    frames = {name: Frame(*axes, {}, title=title if name == "a" else "b") for name in "abc"}
    view.resize(900, 300)
    view.paint(Shown(frames, Table, arranged="flow"), LIGHT)
    QApplication.processEvents()
    view.resize(width, 300)
    for _ in range(5):
        QApplication.processEvents()
        view.grab()
    tops = {round(item.vb.sceneBoundingRect().top()) for item in view.frames.values()}
    assert len(tops) == 1
    assert all(item.sceneBoundingRect().right() <= width for item in view.frames.values())
    lines = view.frames["a"].wrapped_title()
    assert " ".join(lines) == title
    assert not any(line.endswith("n =") for line in lines)
    assert (len(lines) == 1) == (width == 900)


def test_depth_runs_from_dark_to_light():
    for theme in (LIGHT, DARK):
        colours = shade_map(Scale("depth", 0, 29, "layer"), theme)(np.arange(30))
        values = [luminance(QColor(*colour).name()) for colour in colours.tolist()]
        assert np.all(np.diff(values) > 0)


def test_shades_are_those_of_the_map_also_in_decades():
    scale = Scale("sequential", 1, 1000, "count", log=True)
    shades = shade_map(scale, LIGHT)(np.array([1.0, 10.0, 1000.0, 5000.0]))
    expected = colour_map("magma").map(np.array([0, 1 / 3, 1, 1]))
    assert np.abs(shades.astype(int) - expected.astype(int)).max() <= 2


@pytest.mark.parametrize(("low", "high"), [(0.1, 1.0), (-0.999, -0.991), (0, 100_000)])
@pytest.mark.parametrize("size", [60, 82, 200, 900])
def test_numbers_of_an_axis_never_touch(qapp, low, high, size):
    axis = FrameAxis("bottom")
    metrics = QFontMetricsF(small_font())
    spacing = axis.tickSpacing(low, high, size)[0][0]
    first = np.ceil(low / spacing) * spacing
    texts = axis.tickStrings(list(np.arange(first, high, spacing)), 1.0, spacing)
    apart = spacing / (high - low) * size
    for left, right in pairwise(texts):
        halves = (metrics.horizontalAdvance(left) + metrics.horizontalAdvance(right)) / 2
        assert halves < apart


def test_a_note_shows_a_number_whole_or_not_at_all(qtbot):
    note = ElidedLabel()
    qtbot.addWidget(note)
    note.set_full_text("layer 15 · skew 0.65 · excess kurtosis 0.12345")
    for width in range(400, 10, -1):
        note.resize(width, 20)
        numbers = re.findall(r"[\d.]+", note.text())
        assert set(numbers) <= {"15", "0.65", "0.12345"}


@pytest.mark.parametrize("padding", [0, 6])
def test_a_note_is_whole_again_in_the_room_that_it_asks_for(qtbot, padding):
    bar, note = QWidget(), ElidedLabel()
    qtbot.addWidget(bar)
    note.setParent(bar)
    note.setStyleSheet(f"QLabel {{ padding: 0 {padding}px; }}")
    note.set_full_text("no model")
    bar.show()
    wide = note.sizeHint().width()
    note.resize(20, 20)
    assert note.text() == ""
    assert note.sizeHint().width() == wide
    note.resize(wide, 20)
    assert note.text() == "no model"


@contextmanager
def text_twice_as_large(qapp):
    usual = QFont(qapp.font())
    larger = QFont(usual)
    larger.setPointSizeF(2 * usual.pointSizeF())
    qapp.setFont(larger)
    try:
        yield
    finally:
        qapp.setFont(usual)


def test_texts_of_plots_are_as_large_as_the_window_s_text_says(view, qapp):
    frame = Frame(Axis(0, 9, "layer"), Axis(0, 1, "score"), {"line": Rule(across="unity")}, "Title")

    def sizes():
        view.paint(Shown({"a": frame}, Table), LIGHT)
        (item,) = view.frames.values()
        axes = [item.axis(side) for side in ("left", "bottom")]
        title = item.title_label.item.document().firstBlock().begin().fragment().charFormat()
        numbers = [axis.style["tickFont"].pixelSize() for axis in axes]
        labels = [axis.label.font().pixelSize() for axis in axes]
        return [*numbers, *labels, item.title_label.maximumHeight()], title

    small, title = sizes()
    with text_twice_as_large(qapp):
        twice, larger_title = sizes()
    np.testing.assert_allclose(twice, 2 * np.array(small), atol=1)
    assert larger_title.font().pixelSize() == pytest.approx(2 * title.font().pixelSize(), abs=1)
    assert sizes()[0] == small


def test_a_key_follows_the_text_size_and_the_theme(qtbot, qapp):
    key, entries = Key(), [Entry("within fruit", "category 1", "marker", "circle")]
    qtbot.addWidget(key)

    def shown(theme):
        key.set_entries(entries, theme)
        key.resize(key.sizeHint())
        return key.grab().toImage()

    small, dark, again = shown(LIGHT), shown(DARK), shown(LIGHT)
    assert again == small != dark
    with text_twice_as_large(qapp):
        larger = shown(LIGHT)
    assert larger.height() > 1.5 * small.height()
    assert shown(LIGHT) == small


def test_a_title_has_the_lines_that_its_text_size_needs(view, qapp):
    title = "RSA within categories, n = 178 pairs"
    frame = Frame(Axis(0, 9), Axis(0, 1), {}, title)

    def lines():
        view.paint(Shown({"a": frame}, Table), LIGHT)
        QApplication.processEvents()
        return view.frames["a"].wrapped_title()

    usual = lines()
    assert len(usual) == 1
    with text_twice_as_large(qapp):
        assert len(lines()) == 2
    assert lines() == usual
