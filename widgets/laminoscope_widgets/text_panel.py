"""Panels that show a running text, its colour scale, and what a token under the pointer is."""

from PySide6.QtCore import QPoint

from laminoscope_core.plots.running_text import RunningText
from laminoscope_widgets.labels import ReadOut
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.plot_panel import ViewPanel
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.text_view import TextView
from laminoscope_widgets.tint_bar import TintBar
from laminoscope_widgets.translation import shown_text

__all__ = ["TextPlotPanel", "TokenTextPanel"]


class TextPlotPanel(ViewPanel):
    """A plot that is a `RunningText`; a subclass puts `text` into its body.

    Parameters
    ----------
    workspace : Workspace
    follows_end : bool
        As of `TextView`.
    """

    shown: RunningText | None

    def __init__(self, workspace: Workspace, *, follows_end: bool = False) -> None:
        super().__init__(workspace)
        self.text = TextView(self.theme, follows_end=follows_end)
        self.scale = TintBar()
        self.controls.addWidget(self.scale)
        self.read_out = ReadOut(self)
        self.text.hovered.connect(self._hovered)

    def paint(self, shown: RunningText) -> None:
        """Paint the text and its scale."""
        self.text.paint(shown, self.theme)
        self.scale.set_scale(shown.scale, shown.ends, self.theme)

    def _hovered(self, place: int, position: QPoint) -> None:
        self.text.point_at(place)
        said = "" if place < 0 or self.shown is None else self.shown.says(place)
        if not said:
            self.read_out.hide()
            return
        window = self.window()  # a box of many lines may be larger than the panel
        if self.read_out.parentWidget() is not window:
            self.read_out.setParent(window)
        lines = (safe_text(line, limit=None) for line in shown_text(said).split("\n"))
        self.read_out.show_at(self.text.viewport().mapTo(window, position), "\n".join(lines))


class TokenTextPanel(TextPlotPanel):
    """A running text of the selection's tokens: they are selected and pointed at in it."""

    shows_all = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.set_body(self.text)
        self.text.chosen.connect(self._chosen)
        self.text.hovered.connect(self._hover)
        self.selection.events.hovered_token.connect(self._point)

    def _chosen(self, tokens: tuple[int, ...], current: int) -> None:
        self.selection.tokens = tokens
        self.selection.token = current if current >= 0 else None

    def _hover(self, token: int, _position: object) -> None:
        self.selection.hovered_token = token if token >= 0 else None

    def _point(self, token: int | None) -> None:
        if self.shown is not None and self.isVisible():
            self.text.point_at(-1 if token is None else token)
