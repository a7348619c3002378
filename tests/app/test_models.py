"""The list of models: what it says of each, and that it does nothing unasked."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from laminoscope import model_browser
from laminoscope.model_list import is_open
from laminoscope_core.models.inventory import Listed
from laminoscope_core.models.memory import Weights
from laminoscope_core.models.model import ModelInfo

HERE = Listed(
    "tiny", "Tiny <b>", on_disk=True, n_bytes=2_000_000, family="llama", licence="MIT",
    weights=Weights(1_000_000, 4_000_000, "float32"), revision="sha256:1", kept_by="us",
    files=(Path("/cache/converted/1-v3"),),
)  # fmt: skip
HUB = replace(
    HERE, source="owner/name", title="owner/name", kept_by="hub", revision="2",
    files=(Path("/hub/models--owner--name/snapshots/2"),),
)  # fmt: skip
THERE = Listed("far", "Far", on_disk=False, n_bytes=10**9, weights=Weights(10**13, 10**9, ""))
BROKEN = Listed("/broken", "broken", on_disk=True, problem="The folder has no config.json.")
INFO = ModelInfo(
    source="tiny", title="Tiny", revision="sha256:1", model_type="llama", n_layers=1, d_model=4,
    n_heads=1, n_kv_heads=1, d_head=4, vocab_size=9, context_length=8, n_parameters=10,
    dtype="float32", device="cpu", attention_kernel="", tokenizer="", sampling={},
)  # fmt: skip


@pytest.fixture
def deleted():
    return []


@pytest.fixture
def browser(window, qtbot, monkeypatch, deleted):
    """The list of four models, one of which is open."""
    listing = []

    def list_models(paths, job):
        listing.append(threading.current_thread())
        return iter((HERE, HUB, THERE, BROKEN))

    monkeypatch.setattr(model_browser, "list_models", list_models)
    monkeypatch.setattr(model_browser, "delete_model", lambda m: deleted.append(m) or m.n_bytes)
    window.opening.browse_models()
    browser = window.opening.browser
    browser._opened = lambda: INFO
    qtbot.wait_until(lambda: browser.list.current is not None)
    assert listing[0] is not threading.main_thread()
    return browser


def choose(browser, title):
    (item,) = browser.list.findItems(
        title, Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
    )
    browser.list.setCurrentItem(item)
    return item


def groups(browser):
    root = browser.list.invisibleRootItem()
    return {
        root.child(i).text(0): [
            root.child(i).child(j).text(0) for j in range(root.child(i).childCount())
        ]
        for i in range(root.childCount())
    }


def test_models_here_and_to_be_had_stand_apart(browser):
    assert groups(browser) == {
        "On this computer": ["Tiny <b>  (open)", "owner/name"],
        "To be fetched": ["Far"],
        "Cannot be opened": ["broken"],
    }
    assert browser.list.current is HERE  # the one that is open


def test_size_memory_device_and_licence_are_said(browser):
    item = choose(browser, "Tiny")
    texts = [item.text(column) for column in range(6)]
    assert texts[1:] == ["Llama", "0.00 GB", "0.00 GB", "cpu, float32", "MIT"]
    assert choose(browser, "Far").text(3) == "42,000 GB, too much"  # 4 bytes each, and 5 % more


def test_what_cannot_be_opened_says_why(browser):
    choose(browser, "broken")
    assert "The folder has no config.json." in browser.about.text()
    assert not browser.open_button.isEnabled()
    assert not browser.fetch_button.isEnabled()


def test_another_model_that_is_opened_is_marked_at_once(browser, window, qtbot):
    browser._opened = lambda: replace(INFO, source="owner/name", revision="2")
    window.controller.model_opened.emit(INFO)
    qtbot.wait_until(lambda: "owner/name  (open)" in groups(browser)["On this computer"])


def test_typing_finds_models(browser):
    browser.search.setText("OWNER llama")
    shown = [item.text(0) for item in browser.list._items() if not item.isHidden()]
    assert shown == ["owner/name"]


def test_opening_closes_the_list(browser, window, monkeypatch):
    opened = []
    monkeypatch.setattr(browser, "_open_model", opened.append)
    choose(browser, "owner/name")
    browser.open_button.click()
    assert opened == ["owner/name"]
    assert window.opening.browser is None


class TestFetching:
    @pytest.fixture
    def fetched(self, monkeypatch):
        """Sources that were fetched; each reports, and waits for the other event."""
        sources, go_on = [], threading.Event()

        def fetch_model(source, job):
            sources.append(source)
            job.report(0.25, "Downloading")
            while not go_on.wait(0.01):
                job.check()

        monkeypatch.setattr("laminoscope_core.models.load.fetch_model", fetch_model)
        yield sources, go_on
        go_on.set()

    def test_only_a_click_fetches_and_its_progress_is_shown(self, browser, qtbot, fetched):
        sources, go_on = fetched
        choose(browser, "Far")
        assert not browser.open_button.isEnabled()
        assert browser.progress.isHidden()
        assert sources == []
        browser.fetch_button.click()
        qtbot.wait_until(lambda: browser.progress.value() == 250)
        assert sources == ["far"]
        assert not browser.fetch_button.isEnabled()
        go_on.set()
        qtbot.wait_until(browser.progress.isHidden)

    def test_it_can_be_cancelled(self, browser, qtbot, fetched):
        choose(browser, "Far")
        browser.fetch_button.click()
        qtbot.wait_until(lambda: fetched[0] == ["far"])
        browser.cancel_button.click()
        qtbot.wait_until(lambda: browser._fetching.source == "")
        assert browser.progress.isHidden()

    def test_it_goes_on_when_the_list_is_closed(self, browser, window, qtbot, fetched):
        choose(browser, "Far")
        browser.fetch_button.click()
        qtbot.wait_until(lambda: fetched[0] == ["far"])
        browser.close()
        fetched[1].set()
        qtbot.wait_until(lambda: window.status.job.text() == "Fetched far")

    def test_it_may_end_before_the_closed_list_is_deleted(self, browser, window, qtbot):
        browser.close()
        with qtbot.captureExceptions() as raised:
            window.opening.fetching.ended.emit("far", "There is no connection.")
        assert raised == []
        assert window.messages.label.text() == "There is no connection."


class TestDeleting:
    def test_it_is_asked_and_then_done(self, browser, qtbot, deleted):
        browser._opened = lambda: None
        browser._show(HERE)
        browser.delete_button.click()
        browser.question.button(QMessageBox.StandardButton.Cancel).click()
        browser.delete_button.click()
        assert "/cache/converted/1-v3" in browser.question.informativeText()
        assert deleted == []
        browser.question.button(QMessageBox.StandardButton.Discard).click()
        qtbot.wait_until(lambda: deleted == [HERE])
        qtbot.wait_until(lambda: browser.step.text().startswith("Deleted Tiny"))

    def test_files_of_the_hub_are_named_before_they_go(self, browser):
        choose(browser, "owner/name")
        browser.delete_button.click()
        said = browser.question.informativeText()
        assert str(HUB.files[0]) in said
        assert "other programs" in said
        browser.question.reject()

    def test_the_model_that_is_open_is_kept(self, browser, qtbot, deleted):
        choose(browser, "Tiny")
        assert not browser.delete_button.isEnabled()
        browser._opened = lambda: None
        browser._show(HERE)
        browser.delete_button.click()
        browser._opened = lambda: INFO  # opened while the question was open
        browser.question.button(QMessageBox.StandardButton.Discard).click()
        assert "was not deleted" in browser.step.text()
        assert deleted == []

    def test_what_lies_in_no_cache_cannot_be_deleted(self, browser):
        choose(browser, "Far")
        assert not browser.delete_button.isEnabled()


def test_a_model_opened_under_another_name_is_the_same_model():
    assert is_open(HERE, replace(INFO, source="/cache/converted/1-v3"))
    assert not is_open(THERE, replace(INFO, revision=""))
    assert not is_open(HERE, None)
