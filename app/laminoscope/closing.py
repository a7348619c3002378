"""Closing the window: asked about once, if something would be lost."""

from PySide6.QtWidgets import QMessageBox

from laminoscope.message_bar import Cause
from laminoscope.parts import Parts
from laminoscope.save_question import closing_question, stopping_question
from laminoscope.session_files import SessionFiles
from laminoscope_widgets.translation import tr

__all__ = ["Closing"]


class Closing:
    """Says whether a window may close, and closes it when the user has answered."""

    def __init__(self, parts: Parts, files: SessionFiles) -> None:
        self._parts = parts
        self._window = parts.window
        self._files = files
        self._answered = False

    def may_close(self) -> bool:
        """Return whether the window may close now; if not, the user is being asked.

        That is so if changes would be lost, or files and models that are on their way.  What has
        only been computed can be computed again.
        """
        if self._answered:
            return True
        self._parts.forms.take_typed()
        live = self._parts.controller.jobs.live
        on_their_way = [entry.title for entry in live if not entry.run and entry.listed]
        if not (self._files.modified or on_their_way):
            return True
        if self._files.question is None and self._window.isEnabled():
            self._ask([entry.title for entry in live if entry.listed], on_their_way)
        return False

    def _ask(self, undone: list[str], on_their_way: list[str]) -> None:
        if self._files.modified:
            question = closing_question(self._files.name, undone, self._window)
        else:
            question = stopping_question(on_their_way, self._window)

        def answered(button: int) -> None:
            if button == QMessageBox.StandardButton.Save:
                self._files.save_before(self._close)
            elif button == QMessageBox.StandardButton.Ignore:
                self._window.setEnabled(False)  # what would be changed now would be kept nowhere
                self._files.keep(self._close, self._stay)
            elif button == QMessageBox.StandardButton.Discard:
                self._files.discard()
                self._close()

        self._files.ask(question, answered)

    def _stay(self, why: str) -> None:
        self._window.setEnabled(True)
        self._parts.messages.say(
            f"{tr('The session cannot be kept for later.')} {why}", about=Cause.KEEPING
        )

    def _close(self) -> None:
        self._answered = True
        self._window.close()
