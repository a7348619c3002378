import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laminoscope_core.text import _PLAIN, visible_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" the", "·the"),
        ("\n\t\r", "⏎⇥␍"),
        ("\x00\x1b", "⟨U+0000⟩⟨U+001B⟩"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("\u0301a", "◌\u0301a"),
        ("</s>", "</s>"),
        ("\ufeff", "⟨U+FEFF⟩"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("x\u200dy", "x⟨U+200D⟩y"),
        ("\ud800", "⟨U+D800⟩"),
    ],
)
def test_examples(text, shown):
    assert visible_text(text) == shown


def test_right_to_left_text_is_isolated():
    assert visible_text("שלום") == "\u2068שלום\u2069"


def test_stacks_of_marks_are_cut_short_without_hiding_any():
    shown = visible_text("a" + "\u0301" * 10)
    assert shown.count("\u0301") == 3
    assert shown.count("⟨U+0301⟩") == 7


@given(st.text(alphabet=st.characters(), max_size=60))
def test_one_line_and_nothing_invisible(text):
    shown = visible_text(text)
    joiners = "\u2068\u2069\u200d"
    acting = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not [c for c in shown if unicodedata.category(c) in acting and c not in joiners]
    assert len(shown.splitlines()) <= 1


def test_what_is_taken_as_it_stands_neither_acts_nor_turns():
    plain = [chr(code) for code in range(0x11000) if _PLAIN.fullmatch(chr(code))]
    assert {"a", " ", "é", "ρ", "–", "…", "“", "·", "→", "≥", "▸"} <= set(plain)
    assert not {unicodedata.category(c)[0] for c in plain} & {"C", "M"}
    assert not {unicodedata.category(c) for c in plain} & {"Zl", "Zp"}
    assert not {unicodedata.bidirectional(c) for c in plain} & {"R", "AL", "AN", "LRE", "RLE"}


@given(st.text(min_size=1), st.integers(2, 20))
def test_limit_bounds_the_characters_shown(text, limit):
    assert len(visible_text(text, limit=limit)) <= limit * len("⟨U+10FFFF⟩") + 3
