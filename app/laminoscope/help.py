"""The commands of the Help menu: the guide at what has focus, examples, shortcuts, this program."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from laminoscope.jobs.errands import Errands
from laminoscope.opening import Opening
from laminoscope.parts import Parts
from laminoscope_core.job import Job
from laminoscope_widgets.explained import WINDOW, topic_of
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr

if TYPE_CHECKING:
    from laminoscope.guide import Guide

__all__ = ["Help"]

_START = "start-page"


class Help:
    """What the Help menu does.

    Attributes
    ----------
    guide : Guide or None
        Its window, once it has been opened.
    """

    def __init__(self, parts: Parts, opening: Opening) -> None:
        self.guide: Guide | None = None
        self._parts = parts
        self._opening = opening
        self._errands = Errands(
            parts.controller.jobs, lambda _: None, self._answer, parent=parts.window
        )

    def show_guide(self) -> None:
        """Open the guide at what has the keyboard."""
        topic = topic_of(QApplication.focusWidget())
        at_start = self._parts.pages.at_start
        self.open_guide(_START if at_start and topic == WINDOW else topic)

    def open_guide(self, topic: str) -> None:
        """Open the guide at a page."""
        from laminoscope.guide import Guide

        if self.guide is None:
            self.guide = Guide(self._parts.window)
        self.guide.open_at(topic)

    def show_about_example(self) -> None:
        """Open the guide at the example that was opened last; at all of them if none was."""
        self.open_guide(self._opening.example or "articles")

    def show_columns(self) -> None:
        """Open the dictionary of columns."""
        self.open_guide("columns")

    def show_changes(self) -> None:
        """Say what is new in this version."""
        from laminoscope.changes import ChangesDialog

        dialog = ChangesDialog(self._parts.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def check_for_update(self) -> None:
        """Ask the package index for a newer version, once, and say what it answers."""

        def ask(job: Job) -> str:
            from laminoscope_core.models.newest import what_is_newest

            return what_is_newest(job)

        title = tr("Check for an update")
        self._errands.do(title, ask, self._answer, lane="network", key="update")

    def _answer(self, text: str, _details: str = "") -> None:
        box = QMessageBox(
            QMessageBox.Icon.Information,
            tr("Check for an update"),
            safe_text(shown_text(text), limit=600),
            QMessageBox.StandardButton.Ok,
            self._parts.window,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def show_shortcuts(self) -> None:
        """List all shortcuts."""
        from laminoscope.window.shortcuts import Shortcuts

        Shortcuts(self._parts.window).show()

    def show_about(self) -> None:
        """Say what this is."""
        from importlib.metadata import version

        what = tr("A desktop microscope for causal language models.")
        title = tr("&About Laminoscope").replace("&", "")
        text = f"Laminoscope {version('laminoscope')}\n{what}"
        QMessageBox.about(self._parts.window, title, text)
