"""The check for an update: only when asked, and nothing else goes to the network by itself."""

import socket
import subprocess

import pytest
from PySide6.QtWidgets import QMessageBox

from laminoscope.tours import TOURS
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.models import newest


def answer(window, qtbot):
    qtbot.wait_until(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    text = box.text()
    box.close()
    qtbot.wait_until(lambda: not window.findChildren(QMessageBox))
    return text


def test_it_is_asked_once_and_answered_plainly(window, qtbot, monkeypatch):
    asked = []

    def no_answer(job):
        raise newest._no_answer()

    monkeypatch.setattr(newest, "newest_version", lambda job: asked.append(job) or "999.1")
    window.actions_by_id["help.update"].trigger()
    assert "Laminoscope 999.1 is there" in answer(window, qtbot)
    assert len(asked) == 1
    monkeypatch.setattr(newest, "newest_version", no_answer)
    window.actions_by_id["help.update"].trigger()
    assert "cannot be reached" in answer(window, qtbot)


def test_nothing_else_goes_to_the_network_by_itself(furnished, qtbot, monkeypatch):
    window, tried = furnished, []

    def refuse(*arguments, **_):
        tried.append(arguments)
        raise OSError("guarded")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(subprocess, "Popen", refuse)  # pip would be one
    monkeypatch.setattr(window.controller, "run", lambda *_: 1)
    monkeypatch.setattr(window.controller, "open_ahead", lambda *_: None)
    window.begin()
    qtbot.wait_until(lambda: window.start.has_looked)
    window.actions_by_id["help.guide"].trigger()
    window.help.guide.close()
    window.help.show_changes()
    window.touring.begin(TOURS[0].name)
    window.touring.leave()
    window.opening.browse_models()
    window.opening.browser.close()
    assert tried == []
    with pytest.raises(LaminoscopeError):  # the guard holds what does go there
        newest.newest_version(newest.Job())
    assert tried
