import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QWidget

from laminoscope_core.word_lists import WordList, read_word_list
from laminoscope_widgets.data_view import copied_table
from laminoscope_widgets.theme import DARK, LIGHT
from laminoscope_widgets.word_list_dialog import WordListDialog, understood
from laminoscope_widgets.word_table import CATEGORY, WordTable


@pytest.fixture
def table(qtbot, qtmodeltester):
    table = WordTable(LIGHT)
    table.set_words([("space", "sun"), ("space", "sofa"), ("fruit", "pear")])
    table.set_pieces({"sofa": ("so", "fa"), "sun": ("sun",)})
    qtmodeltester.check(table)
    return table


def test_categories_keep_their_order_and_colour(table):
    assert table.categories() == {"space": ("sun", "sofa"), "fruit": ("pear",)}
    colours = [table.index(row, 0).data(Qt.ItemDataRole.DecorationRole).name() for row in range(3)]
    assert colours[0] == colours[1] == LIGHT.categories[0]
    assert colours[2] == LIGHT.categories[1]
    table.set_theme(DARK)
    first = table.index(0, 0).data(Qt.ItemDataRole.DecorationRole)
    assert first.name() == DARK.categories[0]


def test_split_words_are_marked(table):
    assert table.index(1, 2).data() == "so fa"
    assert "2 tokens" in table.index(1, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert table.index(0, 2).data(Qt.ItemDataRole.ToolTipRole) is None


def test_rows_are_edited_inserted_and_removed(table):
    table.setData(table.index(0, 1), "  moon ")
    row = table.begin_row(0)
    assert table.index(row, 0).data() == "space"
    assert len(table.words()) == 3
    table.setData(table.index(row, 1), "star")
    table.remove([0, 3])
    assert table.words() == [("space", "star"), ("space", "sofa")]


def test_a_row_that_was_begun_counts_once_it_has_a_word(table, qtbot):
    with qtbot.assertNotEmitted(table.edited):
        row = table.begin_row(2)
        assert len(table.rows()) == 3
        assert not table.faults()
        table.end_row()
        assert table.rowCount() == 3
        row = table.begin_row(2)
    with qtbot.waitSignal(table.edited) as told:
        table.setData(table.index(row, 1), "lime")
    assert told.args[0].name == "Add word"
    table.end_row()
    assert table.rows()[3] == ("fruit", "lime")


@pytest.mark.parametrize(
    ("edit", "named", "rows"),
    [
        (
            lambda t: t.sort_on(1),
            "Sort by word",
            (("fruit", "pear"), ("space", "sofa"), ("space", "sun")),
        ),
        (
            lambda t: t.sort_on(0),
            "Sort by category",
            (("fruit", "pear"), ("space", "sun"), ("space", "sofa")),
        ),
        (
            lambda t: t.move([0], 3),
            "Move 1 word",
            (("space", "sofa"), ("fruit", "pear"), ("fruit", "sun")),
        ),
        (
            lambda t: t.move_to_category([0, 2], "odd"),
            "Move 2 words to odd",
            (("odd", "sun"), ("space", "sofa"), ("odd", "pear")),
        ),
        (
            lambda t: t.rename_category("space", "sky"),
            "Rename category space",
            (("sky", "sun"), ("sky", "sofa"), ("fruit", "pear")),
        ),
        (lambda t: t.remove([0, 1]), "Remove 2 words", (("fruit", "pear"),)),
    ],
)
def test_rows_are_arranged_by_named_steps(table, qtbot, edit, named, rows):
    with qtbot.waitSignal(table.edited) as told:
        edit(table)
    assert told.args[0].name == named
    assert table.rows() == rows


def test_sorting_goes_up_down_and_back(table):
    before = table.rows()
    for _ in range(3):
        seen = []
        for _ in range(3):
            table.sort_on(1)
            seen.append([word for _, word in table.rows()])
        assert seen[:2] == [["pear", "sofa", "sun"], ["sun", "sofa", "pear"]]
        assert table.rows() == before
        assert table.sorted_by is None
    table.sort_on(1)
    table.setData(table.index(0, 1), "apple")
    assert table.sorted_by is None  # it is another list now
    table.sort_back()
    assert table.rows()[0] == ("fruit", "apple")


def test_faults_are_said_in_the_row_and_its_tip(table):
    table.set_words([("space", "sun"), ("", "sofa"), ("space", "sun"), ("x", "<i>\u202e")])
    assert [table.index(row, 2).data() for row in range(4)] == [
        "also row 3",
        "no category",
        "also row 1",
        "holds U+202E",
    ]
    colour = table.index(0, 1).data(Qt.ItemDataRole.ForegroundRole)
    assert colour.name() == LIGHT.danger
    tip = table.index(3, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;i&gt;⟨U+202E⟩" in tip
    table.setData(table.index(2, 1), "moon")
    assert table.index(0, 2).data() == "sun"


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


def test_of_many_categories_the_others_are_counted(qtbot):
    names = tuple(f"c{number}" for number in range(14))
    for n, end in ((13, "and 1 other category."), (14, "and 2 other categories.")):
        found = WordList(names[:n], names[:n], "one word a line")
        assert understood(found).endswith(end)


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


def test_a_category_that_is_inserted_recolours_none(qtbot):
    def colours(table):
        rows = range(table.rowCount())
        found = (table.index(row, CATEGORY) for row in rows)
        return {i.data(): i.data(Qt.ItemDataRole.DecorationRole).name() for i in found}

    table = WordTable(LIGHT)
    table.set_words([("space", "moon"), ("fruit", "pear")])
    before = colours(table)
    assert before == {"space": LIGHT.categories[0], "fruit": LIGHT.categories[1]}
    table.set_words([("animals", "hare"), ("space", "moon"), ("fruit", "pear")])
    assert colours(table) == {**before, "animals": LIGHT.categories[2]}
    table.set_words([("fruit", "pear")])
    assert colours(table) == {"fruit": before["fruit"]}
