"""The window as a session, and a session in the window.

Where docks stand, Qt keeps in a form of its own, and reading a forged one brings the program down.
So each is sealed with a key that only this user's settings hold: what was saved here is restored
to the pixel, and of a file from elsewhere the panels stand as this user has arranged them.
"""

import base64
import binascii
import hmac
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray

from laminoscope import layouts
from laminoscope_core.run.results import RunResult
from laminoscope_core.selection import Selection
from laminoscope_core.session import NewerFile, Session, without_activations
from laminoscope_widgets.panel import Panel

if TYPE_CHECKING:
    from laminoscope.main_window import MainWindow

__all__ = ["SUFFIX", "for_recovery", "is_session", "restore_geometry", "session_of", "show_session"]

SUFFIX = ".laminoscope"
_MOST_AUTOSAVED = 2**28


def is_session(path: Path) -> bool:
    """Return whether a file is a session by its name."""
    return path.suffix.lower() == SUFFIX


def session_of(window: "MainWindow", newer: NewerFile | None = None) -> Session:
    """Return what a window shows; cheap, because arrays are not copied.

    Forms that make no experiment are kept as they were when they last did.
    """
    selection = window.selection
    pointed_at = {field.name: getattr(selection, field.name) for field in fields(Selection)}
    window_state = {
        "task": window.task.id,
        "geometry": _sealed(window, window.saveGeometry()),
        "layouts": _layouts(window),
        "panels": _panel_states(window),
    }
    return Session(
        window.kept_experiment(),
        window.controller.snapshot(),
        Selection(**pointed_at),
        window_state,
        newer,
    )


def for_recovery(
    session: Session, path: Path | None, stamp: tuple[int, ...] | None = None
) -> Session:
    """Return a session that remembers its file, without activations that take long to write."""
    run = session.run
    if run is not None and _activation_bytes(run) > _MOST_AUTOSAVED:
        run = without_activations(run)
    window = {**session.window, "file": None if path is None else str(path), "stamp": stamp}
    return replace(session, run=run, window=window)


def show_session(window: "MainWindow", session: Session) -> Iterator[None]:
    """Show a session just as it was, step by step; its model is not opened.

    The window can paint and answer between two steps.
    """
    window.controller.cancel()
    window.set_experiment(session.experiment)
    yield
    state = session.window
    for task in layouts.TASKS:
        blob = _unsealed(window, _inner(state, "layouts").get(task.id))
        if blob is not None:
            window.preferences.set_state(task.id, blob)
    chosen = next((task for task in layouts.TASKS if task.id == state.get("task")), window.task)
    window.show_layout_of(chosen)
    yield
    if session.run is not None:
        window.controller.adopt(session.run)
        prompts = session.run.results.get("prompts")
        for number, place in enumerate(() if prompts is None else prompts.places):
            window.panels["writing"].end_at(number, place.node)
    else:
        window.controller.forget()
    yield
    for name, panel in window.panels.items():
        _restore(panel, _inner(state, "panels").get(name))
    for field in fields(Selection):
        setattr(window.selection, field.name, getattr(session.selection, field.name))


def restore_geometry(window: "MainWindow", session: Session) -> None:
    """Put a window where it stood, if the session is of this user."""
    blob = _unsealed(window, session.window.get("geometry"))
    if blob is not None:
        window.restoreGeometry(blob)


def _activation_bytes(run: RunResult) -> int:
    words = run.results.get("words")
    arrays = () if words is None else (*words.target.values(), *words.context.values())
    return sum(array.nbytes for array in arrays)


def _panel_states(window: "MainWindow") -> dict[str, Any]:
    """Return what panels keep; one that cannot say it stands in nobody's way."""
    states = {}
    for name, panel in window.panels.items():
        with suppress(Exception):
            states[name] = panel.save_state()
    return states


def _layouts(window: "MainWindow") -> dict[str, Any]:
    states = {task.id: window.preferences.state(task.id) for task in layouts.TASKS}
    states[window.task.id] = window.saveState()
    return {name: _sealed(window, blob) for name, blob in states.items() if blob is not None}


def _restore(panel: Panel, state: Any) -> None:
    """Give a panel what it had saved, if it is of the kind that it saves."""
    if not isinstance(state, dict):
        return
    now = panel.save_state()
    fitting = {
        name: value for name, value in state.items() if name in now and _alike(value, now[name])
    }
    panel.restore_state(fitting)


def _alike(value: Any, present: Any) -> bool:
    if isinstance(present, list):
        return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    if isinstance(present, int) and not isinstance(present, bool):
        return type(value) is int and abs(value) < 2**31
    return type(value) is type(present)


def _inner(state: Any, name: str) -> dict[str, Any]:
    inner = state.get(name)
    return inner if isinstance(inner, dict) else {}


def _sealed(window: "MainWindow", blob: QByteArray) -> dict[str, str]:
    data = blob.data()
    return {"qt": base64.b64encode(data).decode("ascii"), "seal": _seal(window, data)}


def _unsealed(window: "MainWindow", entry: Any) -> QByteArray | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("seal"), str):
        return None
    try:
        data = base64.b64decode(entry.get("qt", ""), validate=True)
    except (TypeError, ValueError, binascii.Error):
        return None
    own = hmac.compare_digest(
        _seal(window, data).encode(), entry["seal"].encode("utf-8", "replace")
    )
    return QByteArray(data) if own else None


def _seal(window: "MainWindow", data: bytes) -> str:
    # layouts of the first kind may show two tasks at once: none of their seals fits any more
    return hmac.digest(window.preferences.secret, b"layouts-2" + data, "sha256").hex()
