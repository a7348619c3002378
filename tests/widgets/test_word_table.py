import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from laminoscope_widgets.theme import DARK, LIGHT
from laminoscope_widgets.word_table import WordTable, parse_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("category,word\nspace,sun\n", [("space", "sun")]),
        ("Word;Category\nsun;space\n", [("space", "sun")]),
        ("space\tsun\nfruit\tpear", [("space", "sun"), ("fruit", "pear")]),
        ("sun\n\n moon \n", [("words", "sun"), ("words", "moon")]),
        ("\ufeffword,n\nsun,3\n", [("words", "sun")]),
        ('category,word\n"a, b","x ""y"""\n', [("a, b", 'x "y"')]),
        (",sun\n", [("words", "sun")]),
    ],
)
def test_lists_are_read(text, words):
    assert parse_words(text) == words


@pytest.mark.parametrize("text", ["", "\n\n", "category,word\n", "word\n"])
def test_lists_without_words_are_refused(text):
    with pytest.raises(ValueError, match="no words"):
        parse_words(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        words = parse_words(text)
    except ValueError:
        return
    assert words
    assert all(word for _, word in words)


@pytest.fixture
def table(qtbot, qtmodeltester):
    table = WordTable(LIGHT)
    table.set_words([("space", "sun"), ("space", "sofa"), ("fruit", "pear")])
    table.set_pieces({"sofa": ("so", "fa"), "sun": ("sun",)})
    qtmodeltester.check(table)
    return table


def test_categories_keep_their_order_and_colour(table):
    assert table.categories() == {"space": ("sun", "sofa"), "fruit": ("pear",)}
    colours = [table.index(row, 0).data(Qt.ItemDataRole.ForegroundRole).name() for row in range(3)]
    assert colours[0] == colours[1] == LIGHT.categories[0]
    assert colours[2] == LIGHT.categories[1]
    table.set_theme(DARK)
    first = table.index(0, 0).data(Qt.ItemDataRole.ForegroundRole)
    assert first.name() == DARK.categories[0]


def test_split_words_are_marked(table):
    assert table.index(1, 2).data() == "so fa"
    assert "2 tokens" in table.index(1, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert table.index(0, 2).data(Qt.ItemDataRole.ToolTipRole) is None


def test_rows_are_edited_inserted_and_removed(table):
    table.setData(table.index(0, 1), "  moon ")
    row = table.insert_after(0)
    assert table.index(row, 0).data() == "space"
    assert len(table.words()) == 3
    table.setData(table.index(row, 1), "star")
    table.remove([0, 3])
    assert table.words() == [("space", "star"), ("space", "sofa")]
