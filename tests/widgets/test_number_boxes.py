"""Numbers are typed, shown and read with a point, whatever the locale of the user or of Qt."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QToolTip, QWidget

import laminoscope
import laminoscope_widgets
from laminoscope_core.sampling import SAMPLERS
from laminoscope_widgets.integer_box import IntegerBox
from laminoscope_widgets.number_boxes import NumberBox, WholeBox
from laminoscope_widgets.sampler_card import SamplerCard
from laminoscope_widgets.theme import LIGHT

LOCALES = ("C", "de_DE", "ar_EG")


@pytest.fixture(params=LOCALES)
def locale(request):
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.fixture
def place(qtbot):
    """Put a box into a window whose locale is that of the user, and select its text."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def put(box):
        window.setLocale(QLocale())
        box.setParent(window)
        box.show()
        box.setFocus()
        box.lineEdit().selectAll()
        return box

    yield put
    QToolTip.hideText()


def typed(qtbot, box, text):
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    return box.value()


def pasted(qtbot, box, text):
    QGuiApplication.clipboard().setText(text)
    box.lineEdit().paste()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    return box.value()


@pytest.mark.parametrize(
    ("keys", "value"),
    [("0.5", 0.5), ("0,5", 0.5), (",5", 0.5), ("12", 12), ("1.25", 1.25), ("1,000", 1.0)],
)
def test_a_typed_number_is_the_number(qtbot, place, locale, keys, value):
    box = place(NumberBox(maximum=10_000, value=0.8))
    assert box.text() == "0.8"
    assert typed(qtbot, box, keys) == value
    assert float(box.text()) == value
    assert "," not in box.text()


def test_enter_without_an_edit_changes_nothing(qtbot, place, locale):
    box = place(NumberBox(maximum=10_000, value=0.8))
    assert typed(qtbot, box, "") == 0.8
    assert box.text() == "0.8"


def test_what_can_be_read_in_two_ways_is_not_taken_and_said(qtbot, place, locale):
    box = place(NumberBox(maximum=10_000, value=0.8))
    for text in ("1,000", "1.234,5", "1,234.5", "1 000", "1'000", "0.5.1", "٥"):
        QToolTip.hideText()
        box.lineEdit().selectAll()
        assert pasted(qtbot, box, text) == 0.8
        assert box.text() == "0.8"
        qtbot.wait_until(lambda: "point" in QToolTip.text())


@pytest.mark.parametrize("make", [lambda: WholeBox(maximum=9999, value=7), lambda: IntegerBox(7)])
def test_a_whole_number_is_never_joined_from_two(qtbot, place, locale, make):
    box = place(make())
    for text in ("1.5", "1,5", "1.000", "1,000", "1 000", "1_5", "1e3"):
        QToolTip.hideText()
        box.setValue(7)
        box.lineEdit().selectAll()
        assert pasted(qtbot, box, text) == 7
        qtbot.wait_until(lambda: "whole number" in QToolTip.text())
    for text in ("1.5", "1,5", "1.000", "1,000", "1_5"):
        box.lineEdit().selectAll()
        assert typed(qtbot, box, text) == 1  # what was read before the separator
        assert box.lineEdit().text() == "1"


def test_long_whole_numbers_have_no_separators(qtbot, place, locale):
    for box in (WholeBox(maximum=10**9), IntegerBox()):
        place(box)
        assert typed(qtbot, box, "1234567") == 1234567
        assert box.lineEdit().text() == "1234567"


def test_prefix_and_suffix_are_no_part_of_the_number(qtbot, place, locale):
    box = place(NumberBox(maximum=1000, decimals=2, suffix=" mm", value=88))
    assert typed(qtbot, box, "84,5") == 84.5
    assert box.text() == "84.5 mm"
    copies = place(WholeBox(maximum=64, prefix="× ", value=8))
    assert typed(qtbot, copies, "12") == 12
    assert copies.text() == "× 12"


def test_steps_are_exact_in_decimals(qtbot, place, locale):
    box = place(NumberBox(maximum=2, value=0.1, singleStep=0.1))
    qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.value() == 0.3
    assert box.text() == "0.3"


def test_undo_and_selection_keep_working(qtbot, place):
    box = place(NumberBox(maximum=2, value=0.8))
    qtbot.keyClicks(box, "1,5")
    assert box.lineEdit().text() == "1.5"
    qtbot.keySequence(box, QKeySequence.StandardKey.SelectAll)
    qtbot.keyClicks(box, "0")
    assert box.value() == 0


@given(st.floats(0, 1e6))
def test_a_value_that_is_set_is_kept_and_shown_to_the_bit(qapp, value):
    if 0 < value < 1e-12:
        value += 1e-12
    box = NumberBox(maximum=1e6)
    box.setValue(value)
    assert box.value() == value
    assert float(box.text()) == value
    assert box.valueFromText(box.text()) == value


@pytest.mark.parametrize("name", list(SAMPLERS))
def test_a_card_gives_back_the_chain_that_it_shows(qtbot, locale, name):
    for parameter in SAMPLERS[name].parameters:
        if parameter.kind != "float":
            continue
        low, high = parameter.minimum, parameter.maximum
        value = min(max(0.99951, low), high)
        card = SamplerCard({"sampler": name, parameter.name: value}, LIGHT)
        qtbot.addWidget(card)
        assert card.item()[parameter.name] == value
        assert float(card.controls[parameter.name].text()) == value


def test_the_temperature_of_a_card_is_typed_shown_and_read_alike(qtbot, place, locale):
    card = SamplerCard({"sampler": "temperature", "temperature": 0.8}, LIGHT)
    qtbot.addWidget(card)
    card.show()
    box = card.controls["temperature"]
    assert box.text() == "0.8"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert card.item()["temperature"] == 0.8
    for keys, value in (("0.5", 0.5), ("0,75", 0.75), ("1,5", 1.5), (".125", 0.125)):
        box.lineEdit().selectAll()
        assert typed(qtbot, box, keys) == card.item()["temperature"] == value
        assert float(box.text()) == value


def test_nothing_else_in_the_program_takes_a_number_from_qt():
    ours = Path(laminoscope_widgets.__file__).parent
    app = Path(laminoscope.__file__).parent
    for file in (*ours.rglob("*.py"), *app.rglob("*.py")):
        if file.name != "number_boxes.py":
            found = re.findall(
                r"\b(?:QSpinBox|QDoubleSpinBox|getDouble|getInt|QDoubleValidator|pg\.SpinBox)\b",
                file.read_text(encoding="utf-8"),
            )
            assert not found, f"{file.name}: use the boxes of number_boxes.py"
