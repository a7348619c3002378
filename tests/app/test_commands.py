"""Menus, the palette and the list of shortcuts: every command within reach of the keyboard."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QMenu

from laminoscope.palette import Entry, Palette
from laminoscope.window.shortcuts import Shortcuts


def menus_of(window):
    return [action.menu() for action in window.menuBar().actions()]


def filled(menu):
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if not action.isSeparator()]


def mnemonic(text):
    found = re.search(r"&([^&])", text.replace("&&", ""))
    return found[1].lower() if found else None


def test_every_menu_has_a_key_of_its_own_for_every_entry(window):
    bars = [menu.title() for menu in menus_of(window)]
    assert len({mnemonic(title) for title in bars} - {None}) == len(bars)
    for menu in menus_of(window):
        keys = [mnemonic(action.text()) for action in filled(menu)]
        assert None not in keys, menu.title()
        assert len(set(keys)) == len(keys), (menu.title(), keys)


def test_no_menu_names_two_things_alike(window):
    for task in window.tools.tasks.values():
        task.trigger()
        for menu in menus_of(window):
            for each in [menu, *menu.findChildren(QMenu)]:
                names = [action.text().replace("&", "") for action in filled(each)]
                assert len(set(names)) == len(names), (each.title(), names)


def test_no_two_commands_have_the_same_keys(window):
    keys = [key.toString() for a in window.actions_by_id.values() for key in a.shortcuts()]
    keys += [action.shortcut().toString() for action in window.tools.tasks.values()]
    assert len(set(keys)) == len(keys)


def test_every_command_says_what_it_does(window):
    for action in window.actions_by_id.values():
        assert action.toolTip().strip(), action.objectName()


@pytest.fixture
def palette(running, qtbot):
    """Open the palette and give what types and chooses in it."""

    def choose(typed):
        running.actions_by_id["help.palette"].trigger()
        shown = running.findChild(Palette)
        search, found = shown.findChild(QLineEdit), shown.findChild(QListWidget)
        qtbot.keyClicks(search, typed)
        titles = [found.item(row).text() for row in range(found.count())]
        qtbot.keyClick(search, Qt.Key.Key_Return if titles else Qt.Key.Key_Escape)
        qtbot.wait_until(lambda: running.findChild(Palette) is None)
        qtbot.wait(10)
        return titles

    return choose


@pytest.mark.model
def test_the_palette_finds_words_layers_panels_tasks_and_commands(
    running, palette, qtbot, monkeypatch
):
    assert palette("word galaxy") == ["Word: galaxy"]
    assert running.selection.word == running.controller.results["words"].words.index("galaxy")
    assert palette("layer 27") == ["Layer: 27"]
    assert running.selection.layer == 27
    assert palette("panel unity") == ["Panel: Unity (Words)"]
    qtbot.wait_until(lambda: running.pages.panel_in_use() is running.panels["unity"])
    opened = []
    monkeypatch.setattr(running.controller, "run", lambda experiment, *_: opened.append(experiment))
    assert len(palette("model medium")) == 1
    assert [experiment.model.source for experiment in opened] == ["gpt2-medium"]
    assert palette("zzzz") == []
    assert len(palette("fill the page")) == 1
    assert running.pages.page.filled == "unity"


def test_the_palette_lists_no_words_before_something_is_typed(window, qtbot):
    window.actions_by_id["help.palette"].trigger()
    shown = window.findChild(Palette)
    found = shown.findChild(QListWidget)
    kinds = {found.item(row).text().split(":")[0] for row in range(found.count())}
    assert {"Task", "Panel", "Example"} <= kinds
    assert not kinds & {"Word", "Layer", "Model"}
    shown.close()


def test_nothing_that_was_found_is_done_in_a_window_closed_meanwhile(window, qtbot):
    done = []
    palette = Palette([Entry("Something", lambda: done.append(True))], window)
    palette.show()
    palette.findChild(QLineEdit).returnPressed.emit()
    window.close()
    qtbot.wait(10)
    assert done == []


def test_the_list_of_shortcuts_has_every_key(window):
    window.actions_by_id["help.shortcuts"].trigger()
    tree = window.findChild(Shortcuts).list
    assert tree.columnWidth(1) >= tree.sizeHintForColumn(1)
    groups = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    keys = [group.child(row).text(1) for group in groups for row in range(group.childCount())]
    for action in window.actions_by_id.values():
        for key in action.shortcuts():
            assert any(key.toString() in listed.split(" or ") for listed in keys)
