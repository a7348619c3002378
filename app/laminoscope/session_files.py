"""Saving, opening and autosaving the window's session, in a thread of its own.

Taking a session from the window costs milliseconds; packing and writing it happens elsewhere, and
one file is written at a time.  What is selected or how panels stand is saved with a session but
asks for no saving; `unsaved.py` says what does.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QMessageBox

from laminoscope.background import Background
from laminoscope.message_bar import Cause
from laminoscope.parts import Parts
from laminoscope.recovery import Recovery
from laminoscope.recovery_offers import RecoveryOffers
from laminoscope.save_question import changed_question, save_question
from laminoscope.session_io import (
    SUFFIX,
    computed_elsewhere,
    for_recovery,
    restore_geometry,
    session_of,
    show_session,
)
from laminoscope.unsaved import Unsaved
from laminoscope_widgets.panel import Panel
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, tr

if TYPE_CHECKING:
    from laminoscope_core.session import NewerFile, Session

__all__ = ["AUTOSAVE_AFTER", "SessionFiles"]

AUTOSAVE_AFTER = 20_000
"""Milliseconds from a change to the autosave."""

_FULL = mark("Session, with activations")
_SMALL = mark("Session without activations, smaller")
_NEWER = mark(
    "{file} was written by a newer version of Laminoscope. It is shown as far as it is known here"
    " and can only be saved under another name."
)


class SessionFiles(QObject):
    """The file behind a window.

    Attributes
    ----------
    path : Path or None
        Where the session was saved or read; None for one that has no file yet.
    question : QMessageBox or None
        The question that is open, if one is.
    """

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._window = parts.window
        self.path: Path | None = None
        self._unsaved = Unsaved(parts.undo, parts.controller)
        self._newer: NewerFile | None = None
        self._activations = True
        self._stamp: tuple[int, ...] | None = None
        self._showing = self._closed = self._kept = False
        self._recovery = Recovery()
        self.offers = RecoveryOffers(self._recovery, parts.overlay, self)
        self.offers.recover.connect(self._recover)
        self.question: QMessageBox | None = None
        self._background = Background("laminoscope-files", self._failed)
        self._timer = QTimer(self, singleShot=True, interval=AUTOSAVE_AFTER)
        self._timer.timeout.connect(self.autosave)
        self._connect()
        self._show_name()

    def _connect(self) -> None:
        parts = self._parts
        self._unsaved.changed.connect(self._follow)
        parts.panels.each(self._follow_tasks)

    def _follow_tasks(self, panel: Panel) -> None:
        if hasattr(panel, "task_wanted"):
            panel.task_wanted.connect(self.mark)

    # ---- what has changed

    @property
    def modified(self) -> bool:
        """Whether something would be lost without saving."""
        return self._unsaved.any()

    def count_as_saved(self) -> None:
        """Take what is shown for what needs no saving."""
        self._timer.stop()
        self._unsaved.none(has_file=self.path is not None)

    def mark(self, *_: object) -> None:
        """Notice work that is worth saving and that no step undoes."""
        if not self._showing:
            self._unsaved.work()

    def _follow(self) -> None:
        """Say whether something would be lost, and keep it for recovery after a while."""
        self._show_name()
        if self.modified and not self._showing and not self._timer.isActive():
            self._timer.start()

    def _show_name(self) -> None:
        name = tr("Untitled") if self.path is None else safe_text(self.path.stem, limit=60)
        note = f" ({tr('read-only')})" if self._newer is not None else ""
        self._window.setWindowTitle(f"{name.replace('[*]', '[*][*]')}[*]{note} – Laminoscope")
        self._window.setWindowModified(self.modified)

    # ---- saving

    def save(self) -> None:
        """Save to the session's file; ask for a name if it has none that may be written."""
        if self._newer is not None and self.path is not None:
            self._parts.messages.say(tr(_NEWER, file=self.path.name), about=Cause.WRITING)
            self.save_as()
        elif self.path is None:
            self.save_as()
        else:
            self.write(self.path, activations=self._activations)

    def save_as(self) -> None:
        """Ask for a name, and whether to keep the activations; save there."""
        self._save_as(None)

    def _save_as(self, then: Callable[[], None] | None) -> None:
        start = self.path or Path(f"session{SUFFIX}")
        full, small = (f"{tr(kind)} (*{SUFFIX})" for kind in (_FULL, _SMALL))
        filters = [full, small] if self._activations else [small, full]
        name, chosen = QFileDialog.getSaveFileName(
            self._window, tr("Save session"), str(start), ";;".join(filters)
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
            if path.exists():  # the dialog has asked about another name
                self._parts.messages.say(
                    tr("{file} is there already; choose it to replace it.", file=path),
                    about=Cause.WRITING,
                )
                return
        if self._newer is not None and self.path is not None and _same_file(path, self.path):
            self._parts.messages.say(tr(_NEWER, file=self.path.name), about=Cause.WRITING)
            return
        self.write(path, activations=chosen != small, then=then)

    def write(
        self, path: Path, *, activations: bool = True, then: Callable[[], None] | None = None
    ) -> None:
        """Save the session as it is now to a file, in the background.

        A file that has changed since it was read or written here is not written over unasked.
        """
        if path == self.path and _stamp(path) != self._stamp:
            self._ask_about_changed(path, activations, then)
            return
        self._parts.forms.take_typed()
        session = session_of(self._parts, self._newer)
        self._unsaved.begin_saving()
        self._parts.status.say(tr("Saving {file}…", file=path.name))

        def saved(_: object) -> None:
            self.path, self._activations, self._stamp = path, activations, _stamp(path)
            if session.newer is None:
                self._newer = None
            self._unsaved.end_saving(well=True)
            self._parts.messages.settle(Cause.WRITING)
            if not self.modified:
                self._timer.stop()
                self._recovery.clear()
            self._show_name()
            self._parts.preferences.add_recent_file(path)
            self._parts.status.say(tr("Saved {file}", file=path.name))
            if then is not None:
                self.before_leaving(then)  # what was changed meanwhile is not in the file

        def failed(message: str) -> None:
            self._unsaved.end_saving(well=False)
            self._failed(message, Cause.WRITING)

        self._background.do(lambda: _write(path, session, activations=activations), saved, failed)

    def _ask_about_changed(
        self, path: Path, activations: bool, then: Callable[[], None] | None
    ) -> None:
        def answered(button: int) -> None:
            if button == QMessageBox.StandardButton.Save:
                self._stamp = _stamp(path)
                self.write(path, activations=activations, then=then)
            elif button == QMessageBox.StandardButton.SaveAll:
                self._save_as(then)

        self.ask(changed_question(path.name, self._window), answered)

    def autosave(self) -> None:
        """Write the recovery file, if anything would be lost; jobs go on meanwhile."""
        if not self.modified:
            return
        try:
            job = self._recovery_job()
        except OSError as error:
            self._parts.messages.say(
                f"{tr('The session cannot be kept for recovery.')} {error}.", about=Cause.KEEPING
            )
        else:
            settle = self._parts.messages.settle
            self._background.do(job, lambda _: settle(Cause.KEEPING), self._not_kept)

    def _not_kept(self, why: str) -> None:
        self._parts.messages.say(why, about=Cause.KEEPING)

    def _recovery_job(self) -> Callable[[], None]:
        target = self._recovery.own()
        kept = for_recovery(session_of(self._parts, self._newer), self.path, self._stamp)
        return lambda: _write(target, kept)

    # ---- opening

    def open(self, path: Path, *, own: bool = True) -> None:
        """Read a session in the background and show it.

        One that is not the window's ``own`` is saved under another name.
        """
        path = path.absolute()

        def go_on() -> None:
            self._parts.status.say(tr("Opening {file}…", file=path.name))
            self._background.do(lambda: _read(path), partial(self._show, path, own=own))

        self.before_leaving(go_on)

    def start_anew(self) -> None:
        """Take what is shown for no session yet, and its steps for none; see `before_leaving`."""
        self.path, self._newer = None, None
        self._parts.undo.forget()
        self.count_as_saved()

    def _show(
        self, path: Path, session: "Session", *, recovered: bool = False, own: bool = True
    ) -> None:
        self._parts.messages.clear()
        steps = show_session(self._parts, session)

        def advance() -> None:
            if self._closed:
                return
            self._showing = True
            try:
                unfinished = next(steps, steps) is None
            finally:
                self._showing = False
            if unfinished:
                QTimer.singleShot(0, self, advance)
            else:
                self._shown(path, session, recovered=recovered, own=own)

        advance()

    def _shown(self, path: Path, session: "Session", *, recovered: bool, own: bool) -> None:
        parts = self._parts
        from laminoscope_core.session import has_activations

        self._newer = session.newer
        self._activations = session.run is None or has_activations(session.run)
        parts.undo.forget()
        if recovered:
            restore_geometry(parts, session)
            file = session.window.get("file")
            stamp = session.window.get("stamp")
            self.path = Path(file) if isinstance(file, str) else None
            self._stamp = tuple(stamp) if isinstance(stamp, list) else None
            self.count_as_saved()
            self._unsaved.work()
        elif not own:
            self.path, self._stamp = None, None
            self.count_as_saved()
        else:
            self.path, self._stamp = path, _stamp(path)
            self.count_as_saved()
            parts.preferences.add_recent_file(path)
        self._show_name()
        source = tr("what was not saved") if recovered else path.name
        if session.run is None:
            parts.status.say(tr("Opened {file}; nothing was captured in it.", file=source))
        elif elsewhere := computed_elsewhere(session.run):
            parts.status.say(
                tr("Results from {file}, computed on {place}.", file=source, place=elsewhere)
            )
        elif parts.controller.model is None:
            parts.status.say(tr("Results from {file}; the model is not open.", file=source))
        else:
            parts.status.say(tr("Results from {file}.", file=source))
        if session.newer is not None:
            parts.messages.say(tr(_NEWER, file=path.name))

    def _failed(self, message: str, about: Cause = Cause.OPENING) -> None:
        self._parts.status.say("")
        self._parts.messages.say(message, about=about)

    # ---- recovery

    def _recover(self, path: Path) -> None:
        def show(session: "Session") -> None:
            self._recovery.take(path)
            self._show(path, session, recovered=True)

        def go_on() -> None:
            self._parts.status.say(tr("Reading the session that was not saved…"))
            self._background.do(lambda: _read(path), show)

        self.before_leaving(go_on)

    # ---- leaving

    def keep(self, kept: Callable[[], None], failed: Callable[[str], None]) -> None:
        """Write the recovery file and leave it there for the next start."""
        try:
            write = self._recovery_job()
        except OSError as error:
            failed(f"{error}.")
            return

        def stay(_: object) -> None:
            self._kept = True
            kept()

        self._background.do(write, stay, failed)

    def close(self) -> None:
        """Wait for what is being written; the recovery file stays if only it has the changes."""
        if self._closed:
            return
        self._closed = True
        self._timer.stop()
        self._background.close()
        if not self._kept:
            self._recovery.clear()
        self._recovery.release()

    def before_leaving(self, then: Callable[[], None]) -> None:
        """Ask whether to save changes, then go on; nothing is asked if there are none."""
        if not self.modified:
            then()
            return

        def answered(button: int) -> None:
            if button == QMessageBox.StandardButton.Save:
                self.save_before(then)
            elif button == QMessageBox.StandardButton.Discard:
                self.discard()
                then()

        self.ask(save_question(self.name, self._window), answered)

    @property
    def name(self) -> str:
        """What questions call the session."""
        return tr("this session") if self.path is None else self.path.name

    def save_before(self, then: Callable[[], None]) -> None:
        """Save, then go on; a name is asked for if there is none that may be written."""
        if self.path is None or self._newer is not None:
            self._save_as(then)
        else:
            self.write(self.path, activations=self._activations, then=then)

    def discard(self) -> None:
        """Let go of what was not saved, and of what is being kept of it."""
        self.count_as_saved()
        self._background.do(lambda: None, lambda _: self._recovery.clear())

    def ask(self, question: QMessageBox, answered: Callable[[int], None]) -> None:
        """Ask something; ``answered`` gets the button that is pressed."""

        def forget() -> None:
            if self.question is question:
                self.question = None

        self.question = question
        question.finished.connect(forget)
        question.finished.connect(answered)
        question.open()


def _stamp(path: Path) -> tuple[int, ...] | None:
    """Return what is another when a file has been written since; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _same_file(one: Path, other: Path) -> bool:
    return one == other or (one.exists() and other.exists() and one.samefile(other))


def _read(path: Path) -> "Session":
    from laminoscope_core.session import load_session

    return load_session(path)


def _write(path: Path, session: "Session", *, activations: bool = True) -> None:
    from laminoscope_core.session import save_session

    save_session(path, session, activations=activations)
