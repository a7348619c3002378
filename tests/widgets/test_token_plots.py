"""Running text and axes of tokens on the screen, made by hand."""

import random
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtWidgets import QWidget

from laminoscope_core.plots.running_text import RunningText
from laminoscope_core.plots.shown import Axis, Frame, Image, Scale, Shown
from laminoscope_core.tables import Table
from laminoscope_widgets.plot_view import PlotView
from laminoscope_widgets.text_view import TextView
from laminoscope_widgets.theme import DARK, LIGHT
from laminoscope_widgets.tint_bar import tints
from laminoscope_widgets.token_table import TokenTable

GROUND = Scale("ground", 0.0, 1.0, "a number")


def hostile_strings(n=200):
    """Markup, control, right-to-left, combining and zero-width characters, thrown together."""
    draw = random.Random(0)
    pieces = [
        *("</s>", "<img src=x>", "$$", "&amp;", "\n", "\t", "\x00", "\x1b", "\u200b", "\u202e"),
        *("\u0301", "שלום", "👩‍🚀", "\ufeff", "\u2028", " ", "a", "𒐫", "\ue000", "'=1"),
    ]
    return ["".join(draw.choices(pieces, k=draw.randint(1, 6))) for _ in range(n)]


def running(tokens, special=(), selected=()):
    return RunningText(
        tokens=tuple(tokens),
        values=np.linspace(0, 1, len(tokens)),
        scale=GROUND,
        ends=("0", "1"),
        rows=lambda: Table({}),
        says=str,
        special=frozenset(special),
        selected=frozenset(selected),
    )


@pytest.fixture
def view(qtbot):
    view = TextView(LIGHT)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    return view


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_two_hundred_hostile_tokens_are_laid_out_without_overlap(view, theme):
    tokens = hostile_strings()
    view.paint(running(tokens, special=range(0, 200, 17)), theme)
    assert view.grab().width() == 600
    rects = [view.rect_of(index) for index in range(200)]
    assert all(rect.width() > 0 and rect.right() <= 600 for rect in rects)
    for first, second in pairwise(rects):
        assert not first.intersects(second)
    for index in range(20):
        assert view.token_at(QPointF(rects[index].center())) == index
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
        for ground in tints(GROUND, theme):
            other = luminance(ground.getRgbF()[:3])
            low, high = sorted((ink, other))
            assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_ground_of_a_token_has_the_colour_of_its_number(view):
    view.paint(running(["mmmm"] * 5), LIGHT)
    image = view.viewport().grab().toImage()
    grounds = tints(GROUND, LIGHT)
    for token, expected in ((0, grounds[0]), (4, grounds[-1])):
        corner = view.rect_of(token).topLeft() + QPoint(1, 1)
        assert image.pixelColor(corner).name() == expected.name()


def test_the_keyboard_goes_from_token_to_token_as_the_pointer_would(view, qtbot):
    view.paint(running([" one", " two", " three"]), LIGHT)
    seen, chosen = [], []
    view.hovered.connect(lambda token, _: (seen.append(token), view.point_at(token)))
    view.chosen.connect(lambda tokens, current: chosen.append((tokens, current)))
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_End):
        qtbot.keyClick(view, key)
    assert seen == [0, 1, 2]
    assert chosen == [((1,), 1)]
    assert view.accessibleDescription() == "·three"


def test_a_text_that_grows_is_followed_to_its_end(qtbot):
    view = TextView(LIGHT, follows_end=True)
    qtbot.addWidget(view)
    view.resize(120, 60)
    view.show()
    view.paint(running([" word"] * 40), LIGHT)
    end = view.verticalScrollBar().maximum()
    assert view.verticalScrollBar().value() == end > 0
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.viewport().rect().contains(view.rect_of(0).center())
    with qtbot.waitSignal(view.clicked) as signal:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.rect_of(1).center())
    assert signal.args[0] == 1


def frame_of(names, width=700, values=()):
    """A map of tokens, and a second frame that is half as wide."""
    n = len(names)
    image = Image(values=np.zeros((3, n)), x=(-0.5, n - 0.5), y=(-0.5, 2.5))
    token = Axis(-0.5, n - 0.5, "token", selects="token", names=names, values=values)
    layers = Axis(-0.5, 2.5, "layer", selects="layer")
    beside = Frame(Axis(0, 1), Axis(0, 1), {})
    return {"map": Frame(token, layers, {"map": image}, share=2.0), "beside": beside}


@pytest.fixture
def canvas(qtbot):
    holder = QWidget()  # pyqtgraph's own closing of a view that stands alone ends the process
    qtbot.addWidget(holder)
    canvas = PlotView(LIGHT)
    canvas.setParent(holder)
    canvas.resize(900, 300)
    holder.show()
    yield canvas
    holder.close()


def painted(canvas, frames):
    canvas.paint(Shown(frames, lambda: Table({})), LIGHT)
    QCoreApplication.processEvents()  # which lays them out
    canvas.grab()
    return canvas.frames["map"]


def test_tokens_are_named_along_an_axis_as_far_as_there_is_room(canvas):
    frame = painted(canvas, frame_of(tuple(hostile_strings(20))))
    axis = frame.axis("bottom")
    assert axis.named() == range(20)
    frame = painted(canvas, frame_of(("a",) * 150))
    assert axis.named().step in (5, 10)
    assert len(axis.named()) * 13 <= frame.vb.width()
    frame = painted(canvas, frame_of(("a",) * 2000))
    assert not axis.named(), "numbers say more than every hundredth name"
    frame.vb.setRange(xRange=(100, 120), padding=0)
    assert axis.named() == range(100, 121)


def test_names_take_no_more_than_their_share_of_the_height(canvas):
    frame = painted(canvas, frame_of(("W" * 300,) * 10))
    assert frame.vb.height() > 0.5 * canvas.height()


def test_frames_stand_beside_one_another_by_their_shares(canvas):
    painted(canvas, frame_of(("a",) * 5))
    widths = [frame.geometry().width() for frame in canvas.frames.values()]
    assert widths[0] / widths[1] == pytest.approx(2.0, rel=0.1)


def test_what_is_pointed_at_elsewhere_is_marked_where_it_stands(canvas):
    frame = painted(canvas, frame_of(("a", "b", "c"), values=(2, 0, 1)))
    canvas.highlight("token", 2)
    upright, level = frame.highlighted.lines
    assert upright.isVisible()
    assert upright.value() == 0
    canvas.highlight("layer", 1)
    assert level.isVisible()
    assert level.value() == 1
    canvas.highlight("token", None)
    canvas.highlight("layer", None)
    assert not upright.isVisible()
    assert not level.isVisible()
