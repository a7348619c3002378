import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QWidget

from laminoscope_core.word_lists import WordList, read_word_list
from laminoscope_widgets.data_view import copied_table
from laminoscope_widgets.theme import DARK, LIGHT
from laminoscope_widgets.word_list_dialog import WordListDialog
from laminoscope_widgets.word_table import WordTable


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


def test_added_words_stand_after_the_others_and_not_twice(table):
    added = table.add_words([("space", "sun"), ("space", " sun"), ("fruit", "lime")])
    assert added == 2
    assert table.words()[3:] == [("space", " sun"), ("fruit", "lime")]
    assert table.add_words([("fruit", "lime")]) == 0


def test_a_copied_table_of_words_is_read_back(table, qtbot):
    words = [("'space", "-ing"), ("=x", "'tis"), ("fruit", "sun, moon"), ("a;b", 'x "y"')]
    table.set_words(words)
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(table)
    assert read_word_list(copied_table(view)).rows == words


@pytest.fixture
def dialog(qtbot):
    found = WordList(("sun", "<b>pear</b>"), ("space", "fruit"), "one word a line", ("Odd.",))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = WordListDialog(found, "<i>.csv", 34, window)
    dialog.open()
    yield dialog
    dialog.close()


def test_what_was_understood_is_shown(dialog):
    assert dialog.says.text() == "<i>.csv: one word a line. 2 words: 1 of space, 1 of fruit."
    assert dialog.warnings.text() == "Odd."
    assert dialog.replace_button.text() == "Replace the 34 words"
    model = dialog.table.model()
    assert [model.index(row, 1).data() for row in range(2)] == ["sun", "<b>pear</b>"]


@pytest.mark.parametrize("wanted", ["replace", "add"])
def test_it_asks_before_anything_happens(dialog, qtbot, wanted):
    button = getattr(dialog, f"{wanted}_button")
    with qtbot.waitSignal(getattr(dialog, f"{wanted}_wanted")):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_escape_does_nothing(dialog, qtbot):
    with qtbot.assertNotEmitted(dialog.replace_wanted), qtbot.assertNotEmitted(dialog.add_wanted):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
