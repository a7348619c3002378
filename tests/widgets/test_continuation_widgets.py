"""What the continuation's widgets draw, on handmade candidates."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from laminoscope_core.analysis import continuation
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.experiment import PromptSection
from laminoscope_core.job import Job
from laminoscope_core.plots.candidates import candidate_rows
from laminoscope_core.sampling import SAMPLERS, Chain, RenderedPrompt
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.next_tokens import NextTokens, Place
from laminoscope_widgets.candidate_table import BAR, CandidateTable
from laminoscope_widgets.compare_table import CompareTable
from laminoscope_widgets.integer_box import IntegerBox
from laminoscope_widgets.plots.bars import SeedStrip, StageBars
from laminoscope_widgets.sampler_card import SamplerCard
from laminoscope_widgets.theme import LIGHT

P = np.array([0.1, 0.4, 0.2, 0.3])
TEXTS = (" a", "<b>", "\n", "\u202e")


def applied(chain):
    place = Place(
        PromptSection(text="p"), RenderedPrompt("p", (0,)), Candidates.from_logits(np.log(P))
    )
    tokens = NextTokens((place,), TEXTS, Chain.from_list(chain), 0, frozenset())
    return continuation.run(Inputs(prompts=tokens), continuation.Params(), Job())


def test_a_comparison_that_is_not_there_yet_lists_no_token(qapp):
    table = CompareTable(LIGHT)
    assert table.rowCount() == 0
    assert table.row_of(0) is None


def test_the_table_shows_exact_tokens_and_names_who_removed_them(qapp):
    result = applied([{"sampler": "top_k", "k": 3}, {"sampler": "min_p", "p": 0.7}])
    table = CandidateTable(LIGHT)
    table.set_rows(candidate_rows(result.places[0].stages), result.tokens)
    rows = [[table.index(row, column).data() for column in range(6)] for row in range(4)]
    assert [row[1] for row in rows] == ["<b>", "⟨U+202E⟩", "⏎", "·a"]
    assert [row[5] for row in rows] == ["0.5714", "0.4286", "–", "–"]
    tips = [table.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(4)]
    assert tips == [None, None, "removed by Min-p", "removed by Top-k"]
    assert table.index(1, 6).data(BAR) == pytest.approx((0.3 / (4 / 7), 0.75))
    assert table.row_of(0) == 3


def test_bars_draw_what_was_received_and_what_is_left(qtbot):
    stage = applied([{"sampler": "top_k", "k": 2}]).places[0].stages[0]
    bars = StageBars(LIGHT)
    qtbot.addWidget(bars)
    bars.resize(200, 50)
    bars.set_stage(stage, 4 / 7)
    image = bars.grab().toImage()
    blue = [
        sum(image.pixelColor(x, y).name() == LIGHT.sites["v"] for y in range(50))
        for x in (25, 75, 125, 175)
    ]
    assert blue[0] > blue[1] > 0
    assert blue[2:] == [0, 0]


def test_the_strip_marks_the_stretch_that_holds_the_seeds_number(qtbot):
    strip = SeedStrip(LIGHT)
    qtbot.addWidget(strip)
    strip.resize(402, strip.height())
    result = applied([])
    after = result.places[0]
    strip.set_draw(after.stages, after.draw, result.tokens)
    image = strip.grab().toImage()
    u = np.random.RandomState(0).randint(0, 2**32, 2, dtype=np.uint64)
    x = int((float(u[0]) + float(u[1]) * 2**32) / 2**64 * 400)
    row = strip.height() - 4
    accent = [i for i in range(400) if image.pixelColor(i, row).name() == LIGHT.accent]
    running = np.concatenate(([0], np.cumsum(np.sort(P)[::-1])))
    start = running[np.searchsorted(running, x / 400) - 1] * 400
    assert min(accent) == pytest.approx(start, abs=1.5)
    assert min(accent) <= x <= max(accent)


@pytest.mark.parametrize("name", SAMPLERS)
def test_every_sampler_makes_a_card_that_gives_its_item_back(qtbot, name):
    item = Chain.from_list([{"sampler": name, "enabled": False}]).to_list()[0]
    card = SamplerCard(item, LIGHT)
    qtbot.addWidget(card)
    assert Chain.from_list([card.item()]).to_list() == [item]


def test_breakers_that_are_no_list_of_texts_are_refused(qtbot):
    card = SamplerCard({"sampler": "dry"}, LIGHT)
    qtbot.addWidget(card)
    line = card.controls["breakers"]
    for text in ("[1.5]", "no list"):
        line.setText(text)
        with qtbot.assertNotEmitted(card.changed):
            line.editingFinished.emit()
        assert line.toolTip()
    line.setText('["\\n"]')
    with qtbot.waitSignal(card.changed):
        line.editingFinished.emit()
    assert card.item()["breakers"] == ["\n"]


def test_a_rule_that_cannot_be_read_is_marked_at_the_character(qtbot):
    card = SamplerCard({"sampler": "rule", "rule": "keep: p > 0.1"}, LIGHT)
    qtbot.addWidget(card)
    line = card.controls["rule"]
    line.setText("keep: p > q")
    with qtbot.assertNotEmitted(card.changed):
        line.editingFinished.emit()
    assert (line.selectionStart(), line.selectedText()) == (10, "q")
    assert line.objectName() == "error"
    assert "Character 11 of the rule: q is not known." in line.toolTip()
    assert "Character 11" in card.reason.text()
    assert card.item()["rule"] == "keep: p > 0.1"
    line.setText("keep: p > 0.2")
    with qtbot.waitSignal(card.changed):
        line.editingFinished.emit()
    assert card.item()["rule"] == "keep: p > 0.2"
    assert not line.objectName()


@pytest.mark.parametrize("text", ["-1", "340282366920938463463374607431768211456", "0007"])
def test_a_box_of_whole_numbers_has_no_limits(qtbot, text):
    box = IntegerBox()
    qtbot.addWidget(box)
    box.lineEdit().clear()
    told = []
    box.valueChanged.connect(told.append)
    qtbot.keyClicks(box.lineEdit(), text)
    assert told[-1] == box.value() == int(text)
    qtbot.keyClicks(box.lineEdit(), "x")  # is not taken
    box.stepBy(1)
    assert box.lineEdit().text() == str(int(text) + 1)
