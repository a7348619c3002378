"""The window as a session, and a session in the window."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from laminoscope.layouts import TASKS
from laminoscope.parts import Parts
from laminoscope.window.furnishing import furnished
from laminoscope_core.run.results import RunResult
from laminoscope_core.selection import Selection
from laminoscope_widgets.panel import Panel
from laminoscope_widgets.text import safe_text

if TYPE_CHECKING:
    from laminoscope_core.session import NewerFile, Session

__all__ = [
    "SUFFIX",
    "computed_elsewhere",
    "for_recovery",
    "is_session",
    "restore_geometry",
    "session_of",
    "show_session",
]

SUFFIX = ".laminoscope"
_MOST_AUTOSAVED = 2**28


def is_session(path: Path) -> bool:
    """Return whether a file is a session by its name."""
    return path.suffix.lower() == SUFFIX


def computed_elsewhere(run: RunResult) -> str:
    """Return on what another machine a run was computed, as far as it says; "" if on one as this.

    Nothing in a session tells one machine from another of its kind.
    """
    from laminoscope_core.export.provenance import platform_name

    place = run.origin.get("platform")
    if not isinstance(place, str) or place == platform_name():
        return ""
    return safe_text(f"{place}, {run.model.device}", limit=60)


def session_of(parts: Parts, newer: "NewerFile | None" = None) -> "Session":
    """Return what a window shows; cheap, because arrays are not copied.

    Forms that make no experiment are kept as they were when they last did.
    """
    from laminoscope_core.session import Session

    selection, place = parts.selection, parts.window.normalGeometry()
    pointed_at = {field.name: getattr(selection, field.name) for field in fields(Selection)}
    window_state = {
        "task": parts.pages.task.id,
        "geometry": [place.x(), place.y(), place.width(), place.height()],
        "maximized": parts.window.isMaximized(),
        "pages": parts.pages.states(),
        "panels": _panel_states(parts),
    }
    return Session(
        parts.forms.kept(),
        parts.controller.snapshot(),
        Selection(**pointed_at),
        window_state,
        newer,
    )


def for_recovery(
    session: "Session", path: Path | None, stamp: tuple[int, ...] | None = None
) -> "Session":
    """Return a session that remembers its file, without activations that take long to write."""
    from laminoscope_core.session import without_activations

    run = session.run
    if run is not None and _activation_bytes(run) > _MOST_AUTOSAVED:
        run = without_activations(run)
    window = {**session.window, "file": None if path is None else str(path), "stamp": stamp}
    return replace(session, run=run, window=window)


def show_session(parts: Parts, session: "Session") -> Iterator[None]:
    """Show a session just as it was, step by step; its model is not opened.

    The window can paint and answer between two steps.
    """
    parts.controller.cancel()
    yield from furnished(parts.panels, parts.pages)
    parts.forms.show(session.experiment)
    yield
    state = session.window
    pages = parts.pages
    pages.restore(_inner(state, "pages"))
    pages.show(next((task for task in TASKS if task.id == state.get("task")), pages.task))
    yield
    if session.run is not None:
        parts.controller.adopt(session.run)
        _end_texts(parts.panels["writing"], session.run)
    else:
        parts.controller.forget()
    yield
    for name, panel in parts.panels.items():
        _restore(panel, _inner(state, "panels").get(name))
    for field in fields(Selection):
        setattr(parts.selection, field.name, getattr(session.selection, field.name))
    parts.panels["chain"].settle()


def restore_geometry(parts: Parts, session: "Session") -> None:
    """Put a window where it stood, if there is a screen there."""
    place = session.window.get("geometry")
    if not (isinstance(place, list) and len(place) == 4 and all(map(_is_length, place))):
        return
    if any(screen.geometry().contains(QRect(*place)) for screen in QGuiApplication.screens()):
        parts.window.setGeometry(*place)
    if session.window.get("maximized") is True:
        parts.window.showMaximized()


def _activation_bytes(run: RunResult) -> int:
    words = run.results.get("words")
    arrays = () if words is None else (*words.target.values(), *words.context.values())
    return sum(array.nbytes for array in arrays)


def _panel_states(parts: Parts) -> dict[str, Any]:
    """Return what panels keep; one that cannot say it stands in nobody's way."""
    states = {}
    for name, panel in parts.panels.items():
        with suppress(Exception):
            states[name] = panel.save_state()
    return states


def _end_texts(panel: Panel, run: RunResult) -> None:
    """Let every text end where the session's did, not at the node that was written last."""
    from laminoscope_widgets.panels.writing import WritingPanel

    assert isinstance(panel, WritingPanel)
    prompts = run.results.get("prompts")
    for number, place in enumerate(() if prompts is None else prompts.places):
        panel.end_at(number, place.node)


def _restore(panel: Panel, state: Any) -> None:
    """Give a panel what it had saved, if it is of the kind that it saves."""
    if not isinstance(state, dict):
        return
    now = panel.save_state()
    fitting = {
        name: value for name, value in state.items() if name in now and _alike(value, now[name])
    }
    panel.restore_state(fitting)


def _is_length(value: Any) -> bool:
    return type(value) is int and abs(value) < 2**15


def _alike(value: Any, present: Any) -> bool:
    if isinstance(present, list):
        return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    if isinstance(present, int) and not isinstance(present, bool):
        return type(value) is int and abs(value) < 2**31
    if present is None or isinstance(present, tuple):  # a view checks what is in it
        return value is None or isinstance(value, list)
    return type(value) is type(present)


def _inner(state: Any, name: str) -> dict[str, Any]:
    inner = state.get(name)
    return inner if isinstance(inner, dict) else {}
