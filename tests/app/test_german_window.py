"""The window in German: nothing in its menus, bars, pages, dialogs and messages is English."""

from pathlib import Path

import pytest

from laminoscope import save_question
from laminoscope.export_dialog import ExportDialog
from laminoscope.guide import Guide
from laminoscope.jobs.entry import State
from laminoscope.jobs.job_list import standing
from laminoscope.palette import Palette
from laminoscope.preferences_dialog import PreferencesDialog
from laminoscope.recovery_notice import RecoveryNotice
from laminoscope.window.finding import entries
from laminoscope.window.shortcuts import Shortcuts
from laminoscope_core.experiment import Experiment, ModelSection
from laminoscope_core.models.catalog import catalog
from laminoscope_core.models.inventory import Listed
from laminoscope_resources import sample_experiment
from laminoscope_widgets.panel import Panel
from laminoscope_widgets.translation import use_language

from .german import english_only, is_english, said_by
from .test_commands import filled, menus_of, mnemonic

ALIKE = {"Laminoscope", "Text", "Tokens", "Prompts", "Threads", "Bootstrap", "English"}
"""What is the same in both, or calls itself by its own name."""


@pytest.fixture
def german(qapp):
    """Texts of the sources that a German window has no more; to be asked for before the window."""
    use_language("de")
    yield english_only() - ALIKE
    use_language("en")


def english_of(said, sources):
    licences = {model.licence for model in catalog().values()}
    found = {(kind, text) for kind, text in said if text not in licences}
    return sorted(f"{kind}: {text}" for kind, text in found if is_english(text, sources))


def test_english_is_told_from_german(german):
    assert is_english("Copy what has the focus", german)
    assert is_english("Kopieren\nof the table", german)
    assert is_english("Wörter · &Copy", german)
    assert not is_english("Daten in der Tabelle, was am Ende steht", german)


def test_menus_bars_and_pages_speak_german_with_keys_of_their_own(german, furnished):
    window = furnished
    bars = [menu.title() for menu in menus_of(window)]
    assert len({mnemonic(title) for title in bars} - {None}) == len(bars)
    for task in window.tools.tasks.values():
        task.trigger()
        for menu in menus_of(window):
            keys = [mnemonic(action.text()) for action in filled(menu)]
            assert None not in keys, menu.title()
            assert len(set(keys)) == len(keys), (menu.title(), keys)
            for action in filled(menu):
                if action.menu() is not None:
                    filled(action.menu())
    assert len(list(said_by(window, but=Panel))) > 200
    assert not english_of(said_by(window, but=Panel), german)
    for panel in window.panels.values():
        menu = window.exporting.menu(panel)
        assert menu.actions()
        assert not english_of(said_by(menu), german), panel.id
        menu.deleteLater()
    actions, begin = window.actions_by_id.values(), window.touring.begin
    found = entries(window.parts, actions, window.runs, window.opening, begin)
    named = [(entry.kind, f"{entry.kind}\n{entry.title}") for entry in found]
    assert not english_of(named, german | {"Words", "Continuation"})


def test_steps_are_named_in_german(german, window):
    window.panels["chain"].add("mirostat")
    undo = window.actions_by_id["edit.undo"]
    assert undo.text() == "&Rückgängig: Mirostat hinzufügen"
    undo.trigger()
    assert window.status.job.text() == "Zurückgenommen in Sampler-Kette: Mirostat hinzufügen."


def test_dialogs_speak_german(german, window, qtbot, tmp_path):
    listed = Listed("owner/name", "Name", True, 10**9, kept_by="hub", files=(tmp_path,))
    window.opening.browse_models()
    shown = window.exporting
    dialogs = [
        PreferencesDialog(window.preferences, str, window),
        Palette([], window),
        Guide(window),
        Shortcuts(window),
        window.opening.browser,
        save_question.save_question("a.laminoscope", window),
        save_question.closing_question("a.laminoscope", ["Wörter aufzeichnen"], window),
        save_question.stopping_question(["Wörter aufzeichnen"], window),
        save_question.changed_question("a.laminoscope", window),
        save_question.delete_question(listed, window),
        save_question.clear_question(10**9, window),
        save_question.move_question(Path("/x"), 10**9, window, is_there=False),
        save_question.move_question(Path("/x"), 10**9, window, is_there=True),
        RecoveryNotice(Path(__file__)),
        ExportDialog(shown.drawings, None, {}, {}, set(), {}, window),
    ]
    qtbot.wait_until(lambda: dialogs[4].list.topLevelItemCount() > 0)
    for dialog in dialogs:
        qtbot.addWidget(dialog)
    for dialog in dialogs:
        assert not english_of(said_by(dialog), german), type(dialog).__name__


def test_messages_and_jobs_speak_german(german, window, tmp_path):
    window.exporting.export_results()
    said = [window.messages.label.text()]
    window.exporting.copy()
    said.append(window.messages.label.text())
    window.opening.open_recent(str(tmp_path / "gone.toml"))
    said.append(window.messages.label.text())
    window.opening.open_path(tmp_path / "x.odt")
    said.append(window.messages.label.text())
    window.opening.start_new()
    said.append(window.status.job.text())
    window.runs.capture()
    said.append(window.messages.label.text())
    assert len(set(said)) == len(said)
    said += [window.status.memory.text(), window.status.model.text(), window.windowTitle()]
    assert not english_of((("said", text) for text in said), german)


def test_a_job_that_failed_says_so_in_german(german, window, qtbot):
    window.forms.show(Experiment.from_text(sample_experiment("words-qkv")))
    window.forms.model = ModelSection(source="/no/such folder")
    with qtbot.waitSignal(window.controller.failed):
        window.runs.capture()
    (entry,) = window.controller.jobs.entries
    assert entry.state is State.FAILED
    assert standing(entry).startswith("fehlgeschlagen")
    texts = (entry.title, standing(entry), window.messages.label.text())
    assert not english_of((("job", text) for text in texts), german)
