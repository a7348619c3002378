"""The form of words in the real window, by keyboard and mouse."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QToolButton

from laminoscope_core.session import load_session

ROWS = (("space", "sun"), ("space", "moon"), ("fruit", "pear"), ("fruit", "lime"))
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


@pytest.fixture
def form(window, qtbot):
    """The words panel with a short list and the keyboard."""
    form = window.panels["words"]
    form.table.set_words(ROWS)
    window.undo.forget()
    window.activateWindow()
    qtbot.wait_until(window.isActiveWindow)
    form.view.setFocus()
    yield form
    window.files.count_as_saved()


def steps(form):
    """The names of all steps, the first first."""
    stack = form.window().undo.stack
    return [stack.text(at) for at in range(stack.count())]


def go_to(form, row, column=1):
    form.view.setCurrentIndex(form.table.index(row, column))


def editor(form):
    """The line that is open in the table."""
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    assert form.view.isAncestorOf(line)
    return line


def click(qtbot, form, row, column=1, modifiers=Qt.KeyboardModifier.NoModifier):
    place = form.view.visualRect(form.table.index(row, column)).center()
    qtbot.mouseClick(form.view.viewport(), Qt.MouseButton.LeftButton, modifiers, place)


def entry(menu, *titles):
    """An entry of a menu or of menus in it, by the beginning of its text."""
    for title in titles:
        action = next(each for each in menu.actions() if each.text().startswith(title))
        menu = action.menu() or menu
    return action


class TestTyping:
    def test_words_are_added_one_after_the_other(self, form, qtbot):
        go_to(form, 1)
        qtbot.keyClick(form.view, KEY.Key_Insert)
        for word in ("star", "comet"):
            qtbot.keyClicks(editor(form), word)
            qtbot.keyClick(editor(form), KEY.Key_Return)
        qtbot.keyClick(editor(form), KEY.Key_Escape)  # none more
        assert form.table.rows() == (*ROWS[:2], ("space", "star"), ("space", "comet"), *ROWS[2:])
        assert form.table.rowCount() == 6
        assert steps(form) == ["Add word", "Add word"]

    @pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Tab, KEY.Key_Escape])
    def test_a_row_that_stays_empty_goes_again(self, form, qtbot, key):
        form.view.add_row()
        qtbot.keyClick(editor(form), key)
        assert form.table.rowCount() == 4
        assert steps(form) == []

    def test_typing_on_a_row_changes_it_and_enter_goes_on(self, form, qtbot):
        go_to(form, 0)
        qtbot.keyClick(form.view, "M")
        qtbot.keyClicks(editor(form), "ars")
        qtbot.keyClick(editor(form), KEY.Key_Return)
        assert form.table.rows()[0] == ("space", "Mars")
        assert form.view.currentIndex().row() == 1
        qtbot.keyClick(form.view, KEY.Key_Return)
        assert form.view.currentIndex().row() == 2
        assert steps(form) == ["Change word"]

    def test_tab_leaves_the_table(self, form, qtbot):
        go_to(form, 0)
        qtbot.keyClick(form.view, KEY.Key_Tab)
        assert not form.view.hasFocus()
        assert not form.view.isAncestorOf(QApplication.focusWidget())
        form.view.setFocus()
        form.view.edit(form.table.index(0, 1))
        qtbot.keyClicks(editor(form), "Mars")
        qtbot.keyClick(editor(form), KEY.Key_Tab)
        assert form.table.rows()[0] == ("space", "Mars")
        assert QApplication.focusWidget() is not form.view
        assert not form.view.isAncestorOf(QApplication.focusWidget())
        form.view.setFocus()
        qtbot.keyClick(form.view, KEY.Key_Backtab, SHIFT)
        assert QApplication.focusWidget() is not form.view

    def test_a_fault_is_said_while_it_is_typed(self, form, qtbot):
        good = form.last_section()
        form.view.edit(form.table.index(0, 1))
        form.view.setCurrentIndex(form.table.index(0, 1))
        line = editor(form)
        line.selectAll()
        qtbot.keyClicks(line, "pea")
        assert not form.table.faults()
        qtbot.keyClicks(line, "r")
        assert form.table.index(0, 2).data() == "also row 3"
        assert form.table.index(2, 2).data() == "also row 1"
        assert form.fault.isVisible()
        assert form.fault.text().startswith("Row 1: “pear” stands in row 3 too")
        assert form.table.rows() == ROWS, "it is not entered yet"
        qtbot.keyClick(line, KEY.Key_Return)
        assert form.table.rows()[0] == ("space", "pear")
        assert "2 rows to look at" in form.count.text()
        assert form.last_section() == good
        assert form.window().forms.kept().words == good
        form.window().undo.undo()
        assert not form.table.faults()

    def test_what_is_typed_and_left_by_escape_leaves_no_fault(self, form, qtbot):
        go_to(form, 0)
        form.view.edit(form.table.index(0, 1))
        editor(form).selectAll()
        qtbot.keyClicks(editor(form), "pear")
        assert form.table.faults()
        qtbot.keyClick(editor(form), KEY.Key_Escape)
        assert not form.table.faults()
        assert form.table.rows() == ROWS

    def test_a_command_takes_the_word_that_is_being_typed(self, form, qtbot, tmp_path):
        go_to(form, 0)
        qtbot.keyClick(form.view, KEY.Key_F2)
        qtbot.keyClicks(editor(form), "Mars")
        form.window().files.write(tmp_path / "a.laminoscope")
        qtbot.wait_until(lambda: not form.window().files.modified)
        saved = load_session(tmp_path / "a.laminoscope").experiment
        assert saved.words.words[0] == "Mars"

    def test_the_editor_undoes_its_own_letters_and_then_the_window_its_steps(self, form, qtbot):
        go_to(form, 0)
        qtbot.keyClick(form.view, "M")
        qtbot.keyClicks(editor(form), "ars")
        qtbot.keyClick(editor(form), KEY.Key_Z, CONTROL)
        assert editor(form).text() != "Mars"
        assert form.table.rows() == ROWS
        qtbot.keyClick(editor(form), KEY.Key_Escape)


class TestArranging:
    def test_delete_removes_the_chosen_rows_and_nothing_elsewhere(self, form, qtbot):
        click(qtbot, form, 0)
        click(qtbot, form, 2, modifiers=CONTROL)
        form.carrier.setFocus()
        form.carrier.setCursorPosition(0)
        qtbot.keyClick(form.carrier, KEY.Key_Delete)
        assert form.table.rows() == ROWS
        form.view.setFocus()
        qtbot.keyClick(form.view, KEY.Key_Delete)
        assert form.table.rows() == (ROWS[1], ROWS[3])
        assert steps(form) == ["Change carrier", "Remove 2 words"]
        form.window().undo.undo()
        assert form.table.rows() == ROWS

    def test_a_click_on_a_heading_sorts_and_shows_it(self, form, qtbot):
        header = form.view.horizontalHeader()
        place = QPoint(header.sectionViewportPosition(1) + 20, header.height() // 2)
        seen = []
        for _ in range(3):
            qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
            words = [word for _, word in form.table.rows()]
            seen.append((words[0], header.sortIndicatorSection(), header.sortIndicatorOrder()))
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        assert seen[:2] == [("lime", 1, up), ("sun", 1, down)]
        assert form.table.rows() == ROWS
        assert header.sortIndicatorSection() == -1
        assert steps(form) == ["Sort by word", "Sort by word", "Sort back"]

    def test_rows_are_dropped_among_those_of_another_category(self, form, qtbot):
        click(qtbot, form, 0)
        place = form.view.visualRect(form.table.index(2, 1)).bottomLeft() - QPoint(0, 2)
        move, buttons = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
        data = form.table.mimeData(form.view.selectedIndexes())
        event = QDropEvent(QPointF(place), move, data, buttons, Qt.KeyboardModifier.NoModifier)
        form.view.dropEvent(event)
        assert event.isAccepted()
        assert not form.table.removeRows(0, 1), "which Qt asks for after a drag"
        assert form.table.rows() == (ROWS[1], ROWS[2], ("fruit", "sun"), ROWS[3])
        assert form.view.chosen_rows() == [2]
        assert steps(form) == ["Move 1 word"]
        form.window().undo.undo()
        assert form.table.rows() == ROWS

    def test_rows_are_moved_by_keyboard_alone(self, form, qtbot):
        click(qtbot, form, 1)
        alt = Qt.KeyboardModifier.AltModifier
        for _ in range(2):
            qtbot.keyClick(form.view, KEY.Key_Down, alt)
        assert form.table.rows() == (ROWS[0], *ROWS[2:], ("fruit", "moon"))
        for _ in range(2):  # it cannot go further than the end
            qtbot.keyClick(form.view, KEY.Key_Down, alt)
        assert form.view.chosen_rows() == [3]
        qtbot.keyClick(form.view, KEY.Key_Up, alt)
        assert form.table.rows() == (ROWS[0], ROWS[2], ("fruit", "moon"), ROWS[3])

    def test_the_menu_moves_words_to_a_category_old_or_new(self, form, qtbot, monkeypatch):
        click(qtbot, form, 0)
        click(qtbot, form, 1, modifiers=SHIFT)
        entry(form.view.menu(), "Move to category", "fruit").trigger()
        assert {category for category, _ in form.table.rows()} == {"fruit"}
        assert form.view.chosen_rows() == [0, 1]
        monkeypatch.setattr(QInputDialog, "getText", lambda *a, **k: (" sky ", True))
        entry(form.view.menu(), "Move to category", "New category").trigger()
        assert form.table.rows()[:2] == (("sky", "sun"), ("sky", "moon"))
        assert steps(form) == ["Move 2 words to fruit", "Move 2 words to sky"]

    def test_a_category_is_renamed_with_all_its_words(self, form, qtbot, monkeypatch):
        click(qtbot, form, 3)
        monkeypatch.setattr(QInputDialog, "getText", lambda *a, **k: ("food", True))
        entry(form.view.menu(), "Rename category fruit").trigger()
        assert form.table.categories() == {"space": ("sun", "moon"), "food": ("pear", "lime")}
        assert steps(form) == ["Rename category fruit"]

    def test_paste_adds_and_replacing_is_a_choice_of_its_own(self, form, qtbot):
        QGuiApplication.clipboard().setText("fruit\tpear\nfruit\tfig\nsky\tcloud\n")
        qtbot.keyClick(form.view, KEY.Key_V, CONTROL)
        assert form.table.rows() == (*ROWS, ("fruit", "fig"), ("sky", "cloud"))
        assert form.view.chosen_rows() == [4, 5]
        entry(form.view.menu(), "Replace all").trigger()
        assert form.table.rows() == (("fruit", "pear"), ("fruit", "fig"), ("sky", "cloud"))
        assert steps(form) == ["Paste 2 words", "Paste 3 words in place of all"]
        form.window().undo.undo()
        form.window().undo.undo()
        assert form.table.rows() == ROWS

    def test_the_menu_goes_from_fault_to_fault(self, form):
        form.table.set_words((*ROWS, ("", "star"), ("space", "sun")))
        seen = []
        for _ in range(4):
            entry(form.view.menu(), "Next row").trigger()
            seen.append(form.view.currentIndex().row())
        assert seen == [0, 4, 5, 0]
        assert form.fault.text().startswith("Row 1: ")

    def test_columns_are_as_wide_as_their_words_until_a_person_says_otherwise(self, form):
        form.table.set_words([("fruit", "i")])
        narrow = form.view.columnWidth(1)
        form.table.set_words([("fruit", "pomegranates")])
        assert form.view.columnWidth(1) > narrow
        form.table.set_words([("fruit", "x" * 500)])
        assert form.view.columnWidth(2) > 60
        form.view.horizontalHeader().resizeSection(1, 77)
        form.table.set_words([("fruit", "pomegranates")])
        assert form.view.columnWidth(1) == 77

    def test_the_count_is_of_one_or_many(self, form):
        form.table.set_words(ROWS[:1])
        assert form.count.text() == "1 word in 1 category"
        form.table.set_words(ROWS)
        assert form.count.text() == "4 words in 2 categories"
        form.table.set_words(())
        assert form.count.text() == "0 words in 0 categories"


def test_a_change_far_down_leaves_the_rows_where_they_are(form, qtbot):
    rows = [(f"category {at % 12}", f"word {at}") for at in range(300)]
    form.table.set_words(rows)
    form.view.setCurrentIndex(form.table.index(200, 1))
    qtbot.wait(1)
    place = form.view.verticalScrollBar().value()
    assert place > 0
    form.window().undo.forget()
    qtbot.keyClick(form.view, KEY.Key_Delete)
    assert len(form.table.rows()) == 299
    assert form.view.verticalScrollBar().value() == place
    assert form.view.currentIndex().row() == 200
    form.window().undo.undo()
    assert form.table.rows() == tuple(rows)
    assert form.view.verticalScrollBar().value() == place
    assert form.view.chosen_rows() == [200], "what came back is shown"


def test_categories_have_the_colours_that_they_had_when_the_session_was_saved(
    window, qtbot, tmp_path
):
    panel, path = window.panels["words"], tmp_path / "colours.laminoscope"
    old = [("space", "sun"), ("fruit", "pear")]
    panel.table.set_words(old)
    panel.table.set_words([("tools", "saw"), *old])
    assert panel.category_names.names == ("space", "fruit", "tools")
    window.files.write(path)
    qtbot.wait_until(lambda: window.files.path == path)
    window.opening.start_new()
    assert panel.category_names.names == ()
    window.files.open(path)
    qtbot.wait_until(lambda: window.files.path == path and panel.table.words() != [])
    assert panel.table.words()[0] == ("tools", "saw")
    assert panel.category_names.names == ("space", "fruit", "tools")


def test_the_tokens_keep_their_room_beside_long_names(window, qtbot):
    view = window.panels["words"].view
    window.pages.show(window.pages.task)
    words = [("a category with a very long name", "internationalisation"), ("b", "pear")]
    window.panels["words"].table.set_words(words)

    def widths():
        return [view.columnWidth(column) for column in range(3)]

    qtbot.wait_until(lambda: view.isVisible() and sum(widths()) <= view.viewport().width() + 1)
    assert widths()[2] >= 60
    tip = view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "a category with a very long name" in tip


class TestCarriers:
    def test_sentences_are_added_changed_removed_and_undone(self, form, qtbot):
        assert form.section().sentences == ("The next word is {word}",)
        qtbot.mouseClick(form.carriers.add_button, Qt.MouseButton.LeftButton)
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        assert line.text() == "I wrote {word}"
        qtbot.keyClick(line, KEY.Key_End)
        qtbot.keyClicks(line, " now")
        both = ("The next word is {word}", "I wrote {word} now")
        assert form.section().sentences == form.section().carriers == both
        assert steps(form) == ["Add carrier", "Change carrier"]
        undo = form.window().undo
        undo.undo()
        undo.undo()
        assert form.section().carriers == ()
        undo.redo()
        undo.redo()
        assert form.section().sentences == both
        buttons = form.carriers.findChildren(QToolButton)
        remove = next(b for b in buttons[::-1] if b.accessibleName() != "Add a carrier sentence")
        qtbot.wait_until(remove.isVisible)
        qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
        assert form.section().carriers == ()
        assert steps(form)[-1] == "Remove carrier"

    def test_they_go_into_the_experiment_and_come_from_it(self, form, window):
        carriers = ("A {word}", "I wrote {word}", "The {word}")
        form.carriers.set_texts(carriers)
        asked = window.forms.experiment("words").words
        assert asked.sentences == carriers
        form.set_section(asked.of("One {word}"))
        assert form.carriers.texts() == ("One {word}",)

    def test_a_sentence_without_a_gap_is_told_as_any_other(self, form, window):
        form.carriers.set_texts(("A {word}", "no gap"))
        with pytest.raises(ValueError, match="exactly once"):
            form.section()
        form.carriers.set_texts(("A {word}", "A {word}"))
        with pytest.raises(ValueError, match="appears twice"):
            form.section()


class TestSites:
    def test_they_are_chosen_in_the_menu_undone_and_asked_for(self, form, window):
        actions = {action.text(): action for action in form.sites.menu().actions()}
        assert form.sites.text() == "Q, K, V"
        actions["Stream out"].trigger()
        assert form.sites.text() == "Q, K, V +1"
        assert window.forms.experiment("words").rsa.sites == ("q", "k", "v", "resid_out")
        assert steps(form) == ["Choose sites"]
        for name in ("Q", "K"):
            actions[name].trigger()
        assert form.sites.text() == "V, Stream out"
        assert not actions["V"].isEnabled()  # two at least are compared
        window.undo.undo()
        assert form.sites.text() == "K, V, Stream out"
        assert actions["V"].isEnabled()
        window.files.count_as_saved()
        window.opening.start_new()
        assert window.forms.rsa.sites == ("q", "k", "v")
        assert form.sites.text() == "Q, K, V"
