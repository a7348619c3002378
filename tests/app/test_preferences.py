"""What a user can set: it is kept, used at once, and never what it cannot be."""

import os

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from laminoscope import in_use
from laminoscope.layouts import task_of
from laminoscope.preferences import Preferences
from laminoscope.preferences_dialog import PreferencesDialog
from laminoscope_core.analysis.threads import n_threads
from laminoscope_core.models.cache_place import cache_size
from laminoscope_core.paths import cache_folder, cache_root
from laminoscope_core.plots.shown import Scale
from laminoscope_widgets.marks.shades import shade_map
from laminoscope_widgets.theme import DARK, LIGHT

SET = {
    "appearance": "dark",
    "font_size": 12,
    "sequential": "cividis",
    "diverging": "crameri:vik",
    "threads": 3,
    "permutations": 499,
    "resamples": 199,
}


@pytest.fixture(autouse=True)
def as_it_was(qapp, monkeypatch):
    """Leave text size and threads of this process as they are."""
    monkeypatch.setattr(in_use, "_ASKED", "")
    font, threads = qapp.font(), os.environ.get("OMP_NUM_THREADS")
    yield
    qapp.setFont(font)
    os.environ.pop("OMP_NUM_THREADS", None)
    if threads is not None:
        os.environ["OMP_NUM_THREADS"] = threads


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    """A cache with one file of a thousand bytes, where the user may choose another place."""
    monkeypatch.delenv("LAMINOSCOPE_CACHE", raising=False)
    from laminoscope_core.paths import choose_cache_root

    choose_cache_root(tmp_path / "cache")
    (cache_folder("gguf", "abc") / "m.gguf").write_bytes(bytes(1000))
    return tmp_path / "cache"


@pytest.fixture
def dialog(own_cache, window, qtbot):
    window.show_preferences()
    dialog = window.findChild(PreferencesDialog)
    qtbot.wait_until(lambda: "on disk" in dialog.cache.said.text())
    return dialog


def choose(box, value):
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


@pytest.mark.parametrize(("name", "value"), SET.items())
def test_each_comes_back_at_the_next_start(name, value):
    assert getattr(Preferences(), name) != value
    setattr(Preferences(), name, value)
    assert getattr(Preferences(), name) == value


@pytest.mark.parametrize("name", SET)
@pytest.mark.parametrize("nonsense", ["jet", "-1", "1e9", "99999999999", "", "\u0663"])
def test_what_it_cannot_be_is_what_it_is_at_first(name, nonsense):
    first = getattr(Preferences(), name)
    Preferences()._settings.setValue(name.replace("_", "-"), nonsense)
    assert getattr(Preferences(), name) == first


class TestAtOnce:
    def test_appearance(self, dialog, window):
        choose(dialog.appearance, "dark")
        assert window.theme.name == "dark"
        assert window.actions_by_id["view.dark"].isChecked()
        choose(dialog.appearance, "light")
        assert window.theme.name == "light"

    def test_colours_of_maps(self, dialog, window):
        scale = Scale("sequential", 0.0, 1.0, "")
        before = shade_map(scale, window.theme)([0.0, 1.0]).tolist()
        choose(dialog.sequential, "cividis")
        after = shade_map(scale, window.panels["similarity"].theme)([0.0, 1.0]).tolist()
        assert before != after
        assert after[0][:3] == pytest.approx([0, 34, 78], abs=3)  # where cividis begins
        assert window.panels["laminar"].theme is window.theme

    def test_text_size(self, dialog, window, qtbot):
        panels, own = window.panels, QApplication.font().pointSize()
        texts = (panels["words"].carrier, panels["words"]._title, panels["chain"].draw_card.drawn)
        sized = {
            "a row": lambda: panels["candidates"].list.verticalHeader().defaultSectionSize(),
            "a column": lambda: panels["candidates"].list.columnWidth(1),
            "a row of words": lambda: panels["words"].view.verticalHeader().defaultSectionSize(),
            "a card": lambda: panels["chain"].cards[0]._width,
            "its box": lambda: next(iter(panels["chain"].cards[0].controls.values())).width(),
            "text on it": lambda: panels["chain"].cards[0].counts.font().pixelSize(),
            "tokens that are typed": lambda: panels["watch"].line.font().pixelSize(),
            "tokens that are read": lambda: panels["writing"].text._font.pixelSize(),
            "a table of numbers": lambda: panels["details"].scores.height(),
            "a column of the page": lambda: window.pages.page._columns.wanted[0],
        }
        before = {name: size() for name, size in sized.items()}
        choose(dialog.font_size, 14)
        assert QApplication.font().pointSize() == 14
        qtbot.wait_until(lambda: [each.font().pointSize() for each in texts] == [14] * 3)
        grown = QFontInfo(QApplication.font()).pixelSize() / 12
        for name, size in sized.items():
            qtbot.wait_until(lambda size=size, name=name: size() > 1.3 * before[name])
            assert size() == pytest.approx(grown * before[name], rel=0.1), name
        qtbot.wait_until(window.pages.stack.updatesEnabled)
        choose(dialog.font_size, 0)
        assert not window.pages.stack.updatesEnabled()  # until all has its place
        assert QApplication.font().pointSize() == own
        for name, size in sized.items():
            qtbot.wait_until(lambda size=size, name=name: size() == before[name])
        qtbot.wait_until(window.pages.stack.updatesEnabled)

    def test_colours_of_what_is_hidden_soon_after_what_is_seen(self, window, qtbot):
        def ground(button):
            return button.grab().toImage().pixelColor(button.width() // 2, 4).name()

        window.use_light()
        window.pages.show(task_of("prompts"))
        window.pages.show(task_of("words"))
        seen, hidden = window.panels["words"].capture_button, window.panels["prompts"].run_button
        assert (seen.isVisible(), hidden.isVisible()) == (True, False)
        assert ground(seen) == ground(hidden) == LIGHT.accent
        window.use_dark()
        assert ground(seen) == DARK.accent
        assert ground(hidden) == LIGHT.accent
        qtbot.wait_until(lambda: ground(hidden) == DARK.accent)

    def test_threads(self, dialog):
        usual = n_threads()
        dialog.threads.setValue(7)
        assert n_threads() == 7
        dialog.threads.setValue(dialog.threads.minimum())
        assert dialog.threads.text().startswith("one a core")
        assert n_threads() == usual

    def test_permutations_and_bootstraps_of_the_next_capture(self, dialog, window):
        dialog.permutations.setValue(499)
        dialog.resamples.setValue(199)
        for name in ("rsa-chance", "separability-chance"):
            params = window.controller.params[name]
            assert (params.n_permutations, params.n_resamples) == (499, 199)
        dialog.permutations.setValue(dialog.permutations.minimum())
        assert window.controller.params["rsa-chance"].n_permutations is None


def test_a_variable_that_overrides_a_preference_is_said_beside_it(
    window, qtbot, monkeypatch, tmp_path
):
    monkeypatch.setattr(in_use, "_ASKED", "2")
    monkeypatch.setenv("LAMINOSCOPE_CACHE", str(tmp_path / "asked"))
    window.show_preferences()
    dialog = window.findChild(PreferencesDialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "OMP_NUM_THREADS=2 says it." in said
    assert f"{tmp_path / 'asked'} (LAMINOSCOPE_CACHE says so)" in said
    assert not dialog.threads.isEnabled()
    assert not dialog.cache.move_button.isEnabled()
    dialog.close()


def test_a_language_is_kept_for_the_next_start(dialog, window):
    assert window.preferences.language == "system"
    choose(dialog.language, "de")
    assert Preferences().language == "de"
    assert dialog.windowTitle() == "Preferences"


class TestCache:
    def test_its_place_and_size_are_said(self, dialog, own_cache):
        assert dialog.cache.place.text() == str(own_cache)
        assert dialog.cache.said.text() == "0.00 GB on disk"

    def test_it_is_cleared_when_that_is_confirmed(self, dialog, qtbot):
        dialog.cache.clear_button.click()
        dialog.cache.question.button(QMessageBox.StandardButton.Cancel).click()
        assert cache_size() == 1000
        dialog.cache.clear_button.click()
        dialog.cache.question.button(QMessageBox.StandardButton.Discard).click()
        qtbot.wait_until(lambda: dialog.cache.said.text().startswith("Cleared."))
        assert cache_size() == 0

    def test_it_is_moved_into_a_folder_of_its_own(self, dialog, qtbot, own_cache, tmp_path):
        disk = tmp_path / "disk"
        disk.mkdir()
        (disk / "mine").touch()
        dialog.cache.ask_moving(disk)
        dialog.cache.question.button(QMessageBox.StandardButton.Ok).click()
        qtbot.wait_until(lambda: dialog.cache.said.text().startswith("Moved."))
        assert cache_root() == disk / "laminoscope"
        assert cache_size() == 1000
        assert not (own_cache / "gguf").exists()

    def test_one_that_is_there_is_used_as_it_is(self, dialog, qtbot, own_cache, tmp_path):
        (tmp_path / "other" / "gguf").mkdir(parents=True)
        dialog.cache.ask_moving(tmp_path / "other")
        dialog.cache.question.button(QMessageBox.StandardButton.Ok).click()
        assert cache_root() == tmp_path / "other"
        assert (own_cache / "gguf" / "abc" / "m.gguf").exists()
