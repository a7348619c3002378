"""What the panels of details share: titles, numbers, and the help that was asked for."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QTextBrowser, QWidget

from laminoscope_resources import guide_text
from laminoscope_widgets.arranging import boxed, down
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import Panel, Workspace, plain_label
from laminoscope_widgets.translation import language, mark, tr

__all__ = ["SelectionPanel"]

_INDENT = 10
"""Pixels of a list in the narrow column."""


class SelectionPanel(Panel):
    """Numbers of the layer, then those of what else is selected, and a help text.

    Attributes
    ----------
    layer_title, selected_title, selected_values : QLabel
        For a subclass to fill.

    Signals: ``guide_wanted(topic)`` when a link of the help text is followed.
    """

    guide_wanted = Signal(str)

    title = mark("Details")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.layer_title = plain_label("", "panelTitle")
        self.selected_title = plain_label("", "panelTitle", wraps=True)
        self.selected_values = plain_label("", "muted", wraps=True)
        self.help = named(
            QTextBrowser(openExternalLinks=False, openLinks=False),
            tr("Help"),
            tr("What was last asked about with “What is this?”."),
        )
        self.help.anchorClicked.connect(self._follow)
        self.help.document().setDocumentMargin(0)
        self.help.document().setIndentWidth(_INDENT)

    def arrange(self, *of_layer: QWidget, topic: str) -> None:
        """Set what says the numbers of the layer between its title and what else is selected."""
        body = down(
            self.layer_title,
            *of_layer,
            self.selected_title,
            self.selected_values,
            (self.help, 1),
            margins=(10, 6, 10, 8),
        )
        self.set_body(boxed(body))
        self.show_help(topic)

    def _follow(self, url: QUrl) -> None:
        self.guide_wanted.emit(url.path().removesuffix(".md"))

    def show_help(self, topic: str) -> None:
        """Show one of the shipped help texts."""
        self.help.setMarkdown(guide_text(topic, language()))
