"""Maps of words on the screen: square, named where there is room, pointed at, zoomed together."""

from unittest.mock import Mock

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QLayout

from laminoscope_core.plots.pairs import View as PairsView
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.shown import Entry
from laminoscope_core.plots.similarity import View
from laminoscope_widgets.key import Key
from laminoscope_widgets.plot_view import PlotView
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.theme import DARK, LIGHT
from laminoscope_widgets.title_bar import TitleBar
from laminoscope_widgets.word_axis import _Spot, _thinned, _whole

from ..core.figures.made_up import word_results


@pytest.fixture
def canvas(qtbot):
    view = PlotView(LIGHT)
    qtbot.addWidget(view)
    view.resize(900, 330)
    view.show()
    return view


def shown(canvas, n_words, view=None, theme=LIGHT):
    results = word_results(n_words, 2, chance=False)
    canvas.paint(PLOTS["similarity"].show(results, view or View(1)), theme)
    settle(canvas)
    return results


def settle(canvas):
    for _ in range(10):
        QApplication.processEvents()
        canvas.grab()


def sides(frame):
    return frame.vb.width(), frame.vb.height()


@pytest.mark.parametrize("size", [(900, 330), (500, 600), (300, 200), (1300, 250)])
@pytest.mark.parametrize("n_words", [6, 34, 300])
def test_maps_are_equal_and_square_or_drawn_out_where_only_width_is_left(canvas, size, n_words):
    shown(canvas, n_words)
    canvas.resize(*size)
    settle(canvas)
    first = sides(canvas.frames["q"])
    for frame in canvas.frames.values():
        wide, tall = sides(frame)
        assert tall - 1 <= wide <= max(2 * tall + 2, min(4 * tall, 381))
        assert (wide, tall) == pytest.approx(first, abs=1)
        area = frame.sceneBoundingRect()
        assert canvas.sceneRect().adjusted(-1, -1, 1, 1).contains(area)
        (x0, x1), (y0, y1) = frame.vb.viewRange()
        assert (x0, x1, y0, y1) == (-0.5, n_words - 0.5, -0.5, n_words - 0.5)


def test_maps_that_have_height_enough_are_square(canvas):
    shown(canvas, 34)
    canvas.resize(900, 500)
    settle(canvas)
    wide, tall = sides(canvas.frames["q"])
    assert wide == pytest.approx(tall, abs=1)


@pytest.mark.parametrize("n_words", [6, 34, 120])
def test_names_have_lines_as_high_as_large_text(canvas, qapp, n_words):
    own = QFont(qapp.font())
    qapp.setFont(QFont(own.family(), 14))
    try:
        shown(canvas, n_words)
        line, high = QFontMetrics(small_font()), []
        painter = Mock()
        painter.fontMetrics.return_value = line
        painter.drawText = lambda room, _flags, text: high.append(room.height())
        for side in ("left", "top"):
            canvas.frames["q"].axis(side).paint(painter)
        assert len(high) >= 2
        assert min(high) >= line.height() > 14
    finally:
        qapp.setFont(own)


def test_many_categories_are_named_at_the_left_and_as_many_above_as_have_room(canvas):
    shown(canvas, 120)
    left, top = (canvas.frames["q"].axis(side) for side in ("left", "top"))
    names = tuple(f"w{i}" for i in range(120))
    few = tuple((f"kind {i}", 60 * i, 60 * i + 60) for i in range(2))
    many = tuple((f"category {i}", 10 * i, 10 * i + 10) for i in range(12))
    bare = drawn(canvas, (left, top), names, ())
    two = drawn(canvas, (left, top), names, few)
    assert not left._across()
    twelve = drawn(canvas, (left, top), names, many)
    assert left._across()
    assert left.width() > 60, "the names stand across"
    assert len({bare[0], two[0], twelve[0]}) == len({bare[1], two[1], twelve[1]}) == 3
    spots = [_Spot(f"name {i}", 10.0 * i, 10.0) for i in range(12)]
    kept = _thinned(spots, lambda _: 25.0)
    assert [spot.middle for spot in kept] == [0, 30, 60, 90]


def test_a_name_above_is_whole_or_not_there():
    names = ("animals", "musical instruments", "furniture", "vegetables", "jobs", "vehicles")
    spots = [_Spot(name, 25 + 50 * at, 50.0) for at, name in enumerate(names)]

    def whole(width):
        return [spot.text for spot in _whole(spots, lambda text: width * len(text), 300.0)]

    assert whole(2) == list(names)
    assert whole(7) == ["animals", "furniture", "jobs"]
    assert whole(10) == ["furniture", "jobs"]  # the first would be cut at the edge
    assert whole(100) == []


def drawn(canvas, axes, names, groups):
    """What axes paint with these names."""
    for axis in axes:
        axis.set_names(names, groups)
    settle(canvas)
    picture = canvas.grab().toImage()
    ratio = picture.devicePixelRatio()
    areas = [axis.mapRectToScene(axis.boundingRect()).toAlignedRect() for axis in axes]
    return [
        sum(picture.pixel(int(x * ratio), int(y * ratio)) != picture.pixel(0, 0)
            for x in range(max(area.left(), 0), area.right())
            for y in range(max(area.top(), 0), area.bottom()))
        for area in areas
    ]  # fmt: skip


@pytest.mark.parametrize(("n_words", "named"), [(10, True), (200, False)])
def test_words_are_named_only_where_each_has_room(canvas, n_words, named):
    shown(canvas, n_words)
    frame = canvas.frames["q"]
    assert frame.axis("left").shows_words() is named
    assert frame.axis("bottom").shows_words() is named
    assert (frame.axis("bottom").height() > 30) is named
    assert not frame.axis("top").shows_words()  # the categories stand there


def test_the_scale_is_as_tall_as_the_maps(canvas):
    shown(canvas, 34)
    area = canvas.frames["q"].vb.sceneBoundingRect()
    beside = canvas._frames_area()
    assert (beside.top(), beside.bottom()) == (area.top(), area.bottom())
    bar = canvas._bar.sceneBoundingRect()
    assert bar.left() >= canvas.frames["v"].vb.sceneBoundingRect().right()
    assert bar.right() <= canvas.width()


def test_the_cell_under_the_pointer_is_found_through_the_screen(canvas):
    shown(canvas, 10)
    frame = canvas.frames["k"]

    def at(x, y):
        found = canvas.target_at(frame.vb.mapViewToScene(QPointF(x, y)))
        return found and dict(found.stands_for)

    assert at(2, 7) == at(7.3, 2.4) == {"pair": (2, 7), "site": "k"}
    assert at(3, 3) == {"word": 3, "site": "k"}
    assert canvas.target_at(QPointF(-50, -50)) is None


def test_a_pair_pointed_at_elsewhere_is_outlined_in_both_triangles(canvas):
    shown(canvas, 10)
    canvas.highlight("pair", (2, 7))
    for frame in canvas.frames.values():
        mark = frame.highlighted.outline.mark
        assert sorted(zip(mark.x.mean(axis=1), mark.y.mean(axis=1), strict=True)) == [
            (2, 7),
            (7, 2),
        ]
    canvas.highlight("pair", None)
    assert canvas.frames["q"].highlighted.outline.mark.x.size == 0


def test_an_outline_is_seen_also_where_cells_are_smaller_than_a_pixel(canvas):
    shown(canvas, 300)
    canvas.highlight("pair", (2, 7))
    frame = canvas.frames["q"]
    wide, _ = frame.vb.viewPixelSize()
    assert np.ptp(frame.highlighted.outline.mark.x, axis=1) == pytest.approx(7 * wide)


def test_maps_are_zoomed_together_alike_both_ways_and_shown_whole_again(canvas):
    shown(canvas, 34)
    frame, other = canvas.frames["q"], canvas.frames["v"]
    frame.vb.setRange(xRange=(3, 9), yRange=(10, 34), padding=0)
    frame.vb.sigRangeChangedManually.emit(frame.vb.state["mouseEnabled"])
    (x0, x1), (y0, y1) = frame.vb.viewRange()
    assert x1 - x0 == pytest.approx(y1 - y0) == pytest.approx(12)
    assert np.ravel(other.vb.viewRange()) == pytest.approx(np.ravel(frame.vb.viewRange()))
    assert y1 <= 33.5
    canvas.reset_zoom()
    assert np.ravel(other.vb.viewRange()).tolist() == [-0.5, 33.5, -0.5, 33.5]


def test_words_are_named_once_zooming_makes_room(canvas):
    shown(canvas, 34)
    frame = canvas.frames["q"]
    assert not frame.axis("bottom").shows_words()
    frame.vb.setRange(xRange=(0, 8), yRange=(0, 8), padding=0)
    settle(canvas)
    assert frame.axis("bottom").shows_words()
    assert frame.axis("left").shows_words()
    wide, tall = sides(frame)
    assert wide == pytest.approx(tall, abs=1)


def test_another_layer_moves_no_axis_and_another_theme_all_colours(canvas):
    results = shown(canvas, 34, View(0))
    before = sides(canvas.frames["q"])
    canvas.paint(PLOTS["similarity"].show(results, View(1)), DARK)
    settle(canvas)
    assert sides(canvas.frames["q"]) == before
    assert canvas.frames["q"].drawn["map"].mark.values is not None
    values = canvas.frames["q"].drawn["map"].mark.values
    np.testing.assert_array_equal(values, results["similarity"].matrices["q"][1])


def test_a_map_has_no_more_pixels_than_are_seen_and_all_cells_once_it_is_zoomed(canvas):
    results = shown(canvas, 300)
    frame = canvas.frames["q"]
    image, ratio = frame.drawn["map"], canvas.devicePixelRatioF()
    rows, columns, _ = image.painted.shape
    assert rows <= frame.vb.height() * ratio + 1 < 300
    assert columns <= frame.vb.width() * ratio + 1
    cells = [((np.arange(n) + 0.5) * 300 / n).astype(int) for n in (rows, columns)]
    np.testing.assert_array_equal(image.painted, image.pixels[np.ix_(*cells)])
    np.testing.assert_array_equal(image.mark.values, results["similarity"].matrices["q"][1])
    frame.vb.setRange(xRange=(0, 20), yRange=(0, 20), padding=0)
    settle(canvas)
    assert image.painted.shape[:2] == (300, 300)


def test_many_pairs_are_an_image_whose_single_bins_are_pairs(canvas):
    results = word_results(150, 1, chance=False)
    canvas.paint(PLOTS["pairs"].show(results, PairsView(0)), LIGHT)
    settle(canvas)
    frame = canvas.frames["pairs"]
    image = frame.drawn["density"].mark
    row, column = np.argwhere(image.values == 1)[0]
    x = np.linspace(*image.x, 161)[column : column + 2].mean()
    y = np.linspace(*image.y, 161)[row : row + 2].mean()
    target = canvas.target_at(frame.vb.mapViewToScene(QPointF(x, y)))
    assert "pair" in target.stands_for


def test_a_key_without_room_says_that_there_is_more(qtbot):
    bar = TitleBar(QLabel(), QLabel())
    qtbot.addWidget(bar)
    key = Key()
    bar.controls.addWidget(key)
    bar.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    entries = [Entry(f"an entry of some length {i}", "accent", "line") for i in range(4)]
    bar.resize(1200, 30)
    key.set_entries(entries, LIGHT)
    bar.show()
    settle(bar)
    whole = key.sizeHint().width()
    assert key._n_shown(key.width()) == 4
    for width in (60, 200, 330):
        bar.resize(width, 30)
        key.updateGeometry()
        settle(bar)
        n_shown = key._n_shown(key.width())
        assert n_shown < 4
        taken = sum(key._width_of(entry.text) for entry in entries[:n_shown])
        assert key.width() >= min(taken + key._more_width(), 20), "room for the dots"
        assert key.sizeHint().width() < whole
    assert entries[3].text in key.toolTip()
