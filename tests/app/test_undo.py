"""Undo and redo in the real window: one list of steps for all that a person changes."""

import gc
import random
import weakref
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from laminoscope import layouts, undo
from laminoscope.jobs.entry import State
from laminoscope_core.experiment import Experiment
from laminoscope_core.sampling.columns import Column
from laminoscope_core.session import Session, load_session, save_session
from laminoscope_widgets.integer_box import IntegerBox

KEYS = Qt.KeyboardModifier
EXAMPLE = Path(__file__).parents[1] / "core/session/released/schema-1.laminoscope"
ENTRIES = {"Find a token", "Token to watch", "Add a stop token"}
"""Lines whose text counts only once it is entered."""


@pytest.fixture
def active(window, qtbot):
    """The window with the keyboard."""
    window.activateWindow()
    window.raise_()
    qtbot.wait_until(window.isActiveWindow)
    window.undo.forget()
    return window


def press(qtbot, window, key, modifiers=KEYS.ControlModifier):
    """Press a key where the focus is."""
    qtbot.keyClick(QGuiApplication.focusObject() or window, key, modifiers)


def said(window):
    """What the Edit menu says of the next step each way."""
    texts = (window.actions_by_id[f"edit.{name}"].text() for name in ("undo", "redo"))
    return tuple(text.replace("&", "", 1) for text in texts)


class TestTyping:
    def test_what_is_typed_without_a_pause_is_one_step(self, active, qtbot):
        form = active.panels["text"]
        active.runs.show_task(layouts.TASKS[1])
        before = form.editor.text()
        form.editor.setFocus()
        form.editor.selectAll()
        qtbot.keyClicks(form.editor, "A hare")
        assert said(active) == ("Undo Type text", "Redo")
        press(qtbot, active, Qt.Key.Key_Z)
        assert form.editor.text() == before
        assert said(active) == ("Undo", "Redo Type text")
        assert not active.actions_by_id["edit.undo"].isEnabled()
        press(qtbot, active, Qt.Key.Key_Z, KEYS.ControlModifier | KEYS.ShiftModifier)
        assert form.editor.text() == "A hare"
        press(qtbot, active, Qt.Key.Key_Z)
        press(qtbot, active, Qt.Key.Key_Y)
        assert form.editor.text() == "A hare"

    def test_a_pause_begins_another_step(self, active, qtbot, monkeypatch):
        now = 100.0
        monkeypatch.setattr(undo, "monotonic", lambda: now)
        form = active.panels["words"]
        form.carrier.setFocus()
        form.carrier.clear()
        active.undo.forget()
        for text in ("one", "two"):
            qtbot.keyClicks(form.carrier, text)
            now += 5
        assert active.undo.stack.count() == 2
        active.undo.undo()
        assert form.carrier.text() == "one"

    def test_typing_that_comes_back_to_where_it_was_is_no_step(self, active, qtbot):
        form = active.panels["words"]
        form.carrier.setFocus()
        qtbot.keyClicks(form.carrier, "x")
        qtbot.keyClick(form.carrier, Qt.Key.Key_Backspace)
        assert active.undo.stack.count() == 0

    @pytest.mark.parametrize(
        "changed", ["Ein Häschen 🐇 im Schnee", "", "\u00a0a\tb", "🐇🐇", "é🐈"]
    )
    def test_a_text_comes_back_to_the_character(self, active, changed):
        form = active.panels["text"]
        text = "Ein Hase 🐈\u00a0im\nSchnee"
        form.editor.setPlainText("")
        form.editor.insertPlainText(text)
        form.editor.insertPlainText("")
        active.undo.forget()
        form.editor.selectAll()
        form.editor.insertPlainText(changed)
        active.undo.undo()
        assert form.editor.text() == text
        active.undo.redo()
        assert form.editor.text() == changed

    def test_the_cursor_stays_at_the_change(self, active, qtbot):
        editor = active.panels["text"].editor
        active.runs.show_task(layouts.TASKS[1])
        cursor = editor.textCursor()
        cursor.setPosition(20)
        editor.setTextCursor(cursor)
        editor.setFocus()
        qtbot.keyClicks(editor, "new")
        cursor.setPosition(0)
        editor.setTextCursor(cursor)
        active.undo.undo()
        assert editor.textCursor().position() == 20

    def test_an_opened_text_is_shown_from_its_beginning(self, active, tmp_path):
        editor = active.panels["text"].editor
        editor.setPlainText("A hare runs.")
        path = tmp_path / "hare.txt"
        path.write_text("A hare sleeps.", encoding="utf-8")
        active.panels["text"].open_file(path)
        assert editor.textCursor().position() == 0
        assert said(active)[0] == "Undo Open hare.txt"
        active.undo.undo()
        assert active.status.job.text() == "Undone in Text: Open hare.txt."
        assert editor.text() == "A hare runs."

    def test_a_field_has_no_steps_of_its_own(self, active, qtbot):
        line = active.panels["words"].carrier
        line.setFocus()
        qtbot.keyClicks(line, "abc")
        active.undo.forget()  # as after opening a file: nothing may come back
        shown = line.text()
        press(qtbot, active, Qt.Key.Key_Z)
        assert line.text() == shown

    def test_a_line_that_is_not_entered_yet_keeps_its_own(self, active, qtbot):
        line = active.panels["candidates"].find_line
        active.runs.show_task(layouts.TASKS[2])
        line.setFocus()
        qtbot.keyClicks(line, "abc")
        press(qtbot, active, Qt.Key.Key_Z)
        assert line.text() == ""
        assert active.undo.stack.count() == 0


class TestFiles:
    @pytest.fixture
    def file(self, active, qtbot, tmp_path):
        path = tmp_path / "work.laminoscope"
        save_session(path, Session(Experiment.from_text('[text]\ncontent = "As it was."')))
        active.files.open(path)
        qtbot.wait_until(lambda: active.files.path == path)
        return path

    def test_opening_begins_a_new_list_of_steps(self, active, qtbot, file):
        active.panels["text"].take_sample()
        assert active.undo.stack.count() == 1
        active.files.count_as_saved()
        active.files.path = None
        active.files.open(file)
        qtbot.wait_until(lambda: active.files.path == file)
        assert active.undo.stack.count() == 0
        assert said(active) == ("Undo", "Redo")

    def test_undoing_back_to_what_was_saved_leaves_nothing_to_save(self, active, qtbot, file):
        editor = active.panels["text"].editor
        editor.insertPlainText("Saved. ")
        active.files.save()
        qtbot.wait_until(lambda: not active.files.modified)
        active.panels["text"].take_sample()
        assert active.files.modified
        assert active.isWindowModified()
        active.undo.undo()
        assert not active.files.modified
        assert not active.isWindowModified()
        active.undo.undo()
        assert active.files.modified  # that is before the save
        active.undo.redo()
        assert not active.files.modified
        assert load_session(file).experiment == active.forms.kept()

    def test_what_could_not_be_saved_is_still_to_be_saved(self, active, qtbot, file, monkeypatch):
        def full(*_args, **_options):
            raise OSError(28, "No space left on device", str(file))

        monkeypatch.setattr("laminoscope_core.session.save_session", full)
        active.panels["text"].take_sample()
        active.files.save()
        assert active.files.modified
        qtbot.wait_until(active.messages.isVisible)
        assert active.files.modified
        active.undo.undo()
        active.undo.redo()
        assert active.files.modified


def test_a_model_is_a_step_once_it_has_been_opened(active, monkeypatch):
    runs, forms, controller = active.runs, active.forms, active.controller
    numbers = count(1)
    monkeypatch.setattr(runs, "capture", lambda: next(numbers))
    first = forms.model

    def end(run, state):
        monkeypatch.setattr(controller, "is_open", lambda _: state is State.DONE)
        controller.run_ended.emit(run, state)

    runs.open_model("no such model")
    end(1, State.FAILED)
    assert forms.model == first
    assert active.undo.stack.count() == 0
    runs.open_model("gpt2")
    end(2, State.DONE)
    runs.choose_device("cpu")
    end(3, State.DONE)
    assert said(active)[0] == "Undo Run on cpu"
    active.undo.undo()
    end(4, State.DONE)
    assert said(active) == ("Undo Open gpt2", "Redo Run on cpu")
    active.undo.undo()
    assert forms.model == first
    active.undo.redo()
    assert forms.model.source == "gpt2"


def test_selecting_and_the_layer_are_no_steps(active):
    active.selection.layer = 3
    active.selection.pair, active.selection.tokens = (0, 2), (1, 2)
    active.next_layer()
    active.panels["prompts"].list.setCurrentRow(1)
    assert active.undo.stack.count() == 0


# ---- every control of every panel


@dataclass
class Poked:
    """A control before and after it was changed."""

    what: str
    widget: QWidget

    def shown(self):
        widget = self.widget
        if isinstance(widget, QPlainTextEdit):
            return widget.document().toRawText()
        if isinstance(widget, QAbstractSpinBox):
            return widget.text()
        if isinstance(widget, QComboBox):
            return widget.currentText()
        return widget.text() if isinstance(widget, QLineEdit) else widget.isChecked()


def fields_of(panel):
    """The controls of a panel that hold something: no commands, no lists, no entry lines."""
    bar = panel.title_bar
    for widget in (*bar.findChildren(QWidget), *panel.findChildren(QWidget)):
        above = widget.parentWidget()
        if isinstance(above, (QAbstractSpinBox, QComboBox)) or widget.accessibleName() in ENTRIES:
            continue
        held = isinstance(widget, (QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit))
        switch = isinstance(widget, QAbstractButton) and widget.isCheckable()
        read_only = isinstance(widget, QPlainTextEdit) and widget.isReadOnly()
        if (held or switch) and not read_only and not isinstance(widget, QPushButton):
            yield Poked(f"{panel.id}: {widget.accessibleName() or widget.toolTip()}", widget)


def poke(widget):
    """Change what a control holds as a person does."""
    if isinstance(widget, QComboBox):
        model, row = widget.model(), widget.currentIndex()
        able = [at for at in range(widget.count()) if model.item(at).isEnabled() and at != row]
        if able:
            widget.setCurrentIndex(able[-1])
            widget.activated.emit(able[-1])
        return bool(able)
    if isinstance(widget, IntegerBox):
        widget.stepBy(1)
    elif isinstance(widget, QAbstractSpinBox):
        widget.stepBy(-1 if widget.value() == widget.maximum() else 1)
    elif isinstance(widget, QPlainTextEdit):
        widget.insertPlainText("More. ")
    elif isinstance(widget, QLineEdit):
        if widget.text().startswith("["):  # of a sampler's breakers
            widget.setText('["\\n", "x"]')
            widget.editingFinished.emit()
        else:
            widget.insert("more ")
            widget.textEdited.emit(widget.text())
    else:
        widget.click()
    return True


@pytest.fixture
def full(window, qtbot):
    """The window with a result of every kind, and a card of two more samplers."""
    window.begin(EXAMPLE)
    qtbot.wait_until(lambda: window.files.path == EXAMPLE and window.updates.idle())
    for name in ("dry", "mirostat_v2"):
        window.panels["chain"].add(name)
    settle(qtbot, window)
    window.undo.forget()
    return window


def settle(qtbot, window):
    qtbot.wait_until(lambda: not window.controller.busy() and window.updates.idle(), timeout=60_000)


def test_every_control_of_every_panel_is_undone_and_redone(full, qtbot):
    poked, wrong = 0, []
    for name, panel in full.panels.items():
        for field in fields_of(panel):
            before, kept = field.shown(), panel.undo_state()
            if not field.widget.isEnabled() or not poke(field.widget):
                continue
            settle(qtbot, full)
            after, kept_after = field.shown(), panel.undo_state()
            poked += 1
            for way, shown, state in (
                ("undone", before, kept),
                ("redone", after, kept_after),
                ("undone again", before, kept),
            ):
                (full.undo.redo if way == "redone" else full.undo.undo)()
                settle(qtbot, full)
                if field.shown() != shown or full.panels[name].undo_state() != state:
                    wrong.append(f"{field.what} is not {way}: {field.shown()!r}, not {shown!r}")
            if before == after:
                wrong.append(f"{field.what} has not changed")
            full.undo.forget()
    assert poked > 35
    assert not wrong, "\n".join(wrong)


COMMANDS = {
    "Add Top-p": lambda panels: panels["chain"].add("top_p"),
    "Duplicate DRY": lambda panels: panels["chain"].cards[-2].duplicate_wanted.emit(),
    "Remove DRY": lambda panels: panels["chain"].cards[-2].remove_wanted.emit(),
    "Move sampler": lambda panels: panels["chain"].cards[-1].move_wanted.emit(-1),
    "Choose chain": lambda panels: panels["chain"].menu.chosen.emit(({"sampler": "min_p"},)),
    "Add stop token": lambda panels: panels["chain"].add_stop(5),
    "Watch sun": lambda panels: enter(panels["watch"].line, "sun"),
    "Add column": lambda panels: panels["compare"].add(),
    "Make B column A": lambda panels: panels["compare"].make_reference(1),
    "Change column B": lambda panels: panels["compare"].change(1, Column(chain="greedy")),
    "Change predictors": lambda panels: panels["regression"]._others["surprisal"].trigger(),
    "Change covariance": lambda panels: panels["regression"]._robust.trigger(),
    "Keep for comparison": lambda panels: panels["token-compare"].keep(),
    "Measure greedy": lambda panels: panels["loops"].choose_chain("greedy", True),
    "Take the sample text": lambda panels: panels["text"].take_sample(),
    "Add prompt": lambda panels: panels["prompts"].add(),
    "Remove prompt": lambda panels: panels["prompts"].remove(),
}


def enter(line, text):
    line.setText(text)
    line.returnPressed.emit()


def kept(window):
    """What a session would keep of experiment, panels, watched tokens and parameters."""
    states = {name: panel.save_state() for name, panel in window.panels.items()}
    results = window.controller.results.items()
    params = {name: result.params for name, result in results if hasattr(result, "params")}
    return window.forms.kept(), states, window.selection.watched, params


def test_no_field_of_a_panel_keeps_steps_of_its_own(full):
    kept = []
    for panel in full.panels.values():
        for field in fields_of(panel):
            if isinstance(field.widget, QAbstractSpinBox | QLineEdit | QPlainTextEdit):
                event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, KEYS.ControlModifier)
                QGuiApplication.sendEvent(field.widget, event)
                if event.isAccepted():
                    kept.append(field.what)
    assert not kept


def test_what_is_drawn_of_a_regression_comes_back_with_its_predictor(full, qtbot):
    panel = full.panels["regression"]
    panel._others["surprisal"].trigger()
    settle(qtbot, full)
    panel.choose("Choose surprisal", shown="surprisal")
    settle(qtbot, full)
    panel._others["surprisal"].trigger()
    settle(qtbot, full)
    assert panel.view.shown == panel.chooser.currentData() == "lags"
    full.undo.undo()
    settle(qtbot, full)
    assert panel.view.shown == panel.chooser.currentData() == "surprisal"


def test_undoing_parameters_leaves_nothing_to_save(full, qtbot):
    full.files.count_as_saved()
    params = full.controller.results["similarity"].params
    full.panels["similarity"].params_wanted.emit("similarity", replace(params, head=1))
    settle(qtbot, full)
    assert full.files.modified
    full.undo.undo()
    settle(qtbot, full)
    assert full.controller.results["similarity"].params == params
    assert not full.files.modified
    full.undo.redo()
    settle(qtbot, full)
    assert full.files.modified


def test_commands_are_undone_and_redone_by_their_names(full, qtbot):
    for name, command in COMMANDS.items():
        before = kept(full)
        command(full.panels)
        settle(qtbot, full)
        after = kept(full)
        assert after != before, name
        assert full.undo.stack.count() == 1, name
        assert said(full)[0] == f"Undo {name}"
        for way, wanted in (("undo", before), ("redo", after), ("undo", before)):
            full.actions_by_id[f"edit.{way}"].trigger()
            settle(qtbot, full)
            assert kept(full) == wanted, f"{way} {name}"
        full.undo.forget()


def test_a_card_that_is_set_back_stays_the_one_that_has_the_focus(full, qtbot):
    full.runs.show_task(layouts.TASKS[2])
    card = full.panels["chain"].cards[0]
    box = card.controls["k"]
    card.set_folded(False)
    before = box.value()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Up)
    full.undo.undo()
    assert full.panels["chain"].cards[0] is card
    assert box.value() == before
    assert not card.folded


def test_a_cancelled_parameter_leaves_nothing_to_undo_wrongly(full, qtbot):
    before = kept(full)
    params = full.controller.results["similarity"].params
    full.panels["similarity"].params_wanted.emit("similarity", replace(params, measure="dot"))
    full.runs.cancel()
    settle(qtbot, full)
    full.undo.undo()
    settle(qtbot, full)
    assert kept(full) == before


@pytest.mark.parametrize("waits", [True, False], ids=["job by job", "without waiting"])
def test_many_changes_are_walked_back_and_forth(full, qtbot, monkeypatch, waits):
    clock = count(step=100)
    monkeypatch.setattr(undo, "monotonic", lambda: next(clock))
    panels = list(full.panels.values())
    chance = random.Random(7)
    seen = [kept(full)]
    while len(seen) < 30:
        fields = [field for panel in panels for field in fields_of(panel)]
        fields = [field for field in fields if "DRY" not in field.what]  # needs the tokenizer
        poke(chance.choice(fields).widget)
        if waits or len(seen) == 1:
            settle(qtbot, full)
        if full.undo.stack.count() == len(seen):
            seen.append(kept(full))
    settle(qtbot, full)
    last = kept(full)
    for state in reversed(seen[:-1]):
        full.undo.undo()
        if waits:
            settle(qtbot, full)
            assert kept(full) == state
    settle(qtbot, full)
    assert kept(full) == seen[0]
    while full.undo.stack.canRedo():
        full.undo.redo()
    settle(qtbot, full)
    assert kept(full) == last


def test_steps_that_became_one_keep_no_window_alive(qtbot):
    from laminoscope.main_window import MainWindow

    window = MainWindow()
    window.pages.show(window.pages.task)
    carrier = window.panels["words"].carrier
    for text in ("A {word}", "An {word}", "The {word}"):
        carrier.setText(text)
        carrier.textEdited.emit(text)
    first = window.undo.stack.command(0).text()
    assert window.undo.stack.count() == 1, first
    window.closing._answered = True
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    gone = weakref.ref(window)
    del window, carrier
    gc.collect()
    assert gone() is None
