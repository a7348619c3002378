"""The last card of a chain: what is left end to end, the seed, the draw, and where a run ends."""

import math

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame

from laminoscope_core.plots.chain import chooser
from laminoscope_core.plots.prompts import probability, token_label
from laminoscope_core.sampling.candidates import Draw
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.stages import Stages
from laminoscope_widgets.arranging import across, down
from laminoscope_widgets.integer_box import IntegerBox
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.plots.bars import SeedStrip
from laminoscope_widgets.proportion import at_each_text_size, in_proportion
from laminoscope_widgets.stop_tokens import StopTokens
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["DrawCard"]


class DrawCard(QFrame):
    """Shows the final draw; its seed and stop tokens are there to be listened to.

    Parameters
    ----------
    theme : Theme

    Attributes
    ----------
    seed : IntegerBox
    stop_tokens : StopTokens
    drawn : QLabel
        The token, its rank and probability, and the random number.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        at_each_text_size(self, lambda: self.setFixedWidth(in_proportion(170)))
        self._strip = SeedStrip(theme)
        self._strip.setToolTip(
            tr(
                "The candidates that are left, best first;"
                " the mark is where the seed's number lands."
            )
        )
        self.drawn = plain_label("", wraps=True)
        self.seed = IntegerBox()
        self.seed.setToolTip(tr("Any whole number; the same seed chooses the same tokens."))
        self.seed.setAccessibleName(tr("Seed"))
        self._chooser = plain_label("", "muted", wraps=True)
        self.stop_tokens = StopTokens()
        self.setLayout(
            down(
                plain_label(tr("Draw"), "panelTitle"),
                self._strip,
                self.drawn,
                across(plain_label(tr("seed")), (self.seed, 1)),
                self._chooser,
                self.stop_tokens,
                1,
                margins=(8, 6, 8, 6),
                spacing=4,
            )
        )

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), self.heightForWidth(self.width())))

    def set_draw(self, stages: Stages, draw: Draw, tokens: NextTokens) -> None:
        """Show where the seed's number lands, and the token there."""
        self._strip.set_draw(stages, draw, tokens)
        token = token_label(tokens.text_of(draw.token), limit=24)
        where = tr("nothing to draw") if math.isnan(draw.u) else f"u = {draw.u:.4f}"
        self.drawn.setText(
            tr(
                "{token}\nrank {rank}, p = {probability}\n{where}",
                token=token,
                rank=draw.rank,
                probability=probability(draw.probability),
                where=where,
            )
        )
        title = shown_text(chooser(stages))
        self._chooser.setText(tr("{sampler} takes over the final choice.", sampler=title))
        self._chooser.setVisible(bool(title))

    def clear_draw(self) -> None:
        """Show that nothing has been drawn."""
        self._strip.clear()
        self.drawn.clear()
        self._chooser.hide()

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._strip.apply_theme(theme)
