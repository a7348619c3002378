"""Token text and numbers as labels of figures, and how much room they take."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.figures.text import MONO_FAMILY, figure_text, text_width
from laminoscope_core.plots.ticks import every

if TYPE_CHECKING:
    from matplotlib.axis import Axis

__all__ = [
    "decades",
    "plain_numbers",
    "positions",
    "probability",
    "prompt_end",
    "token_label",
    "token_width",
    "whole_numbers",
]


def token_label(text: str, limit: int | None = 24) -> str:
    """Return the exact text of a token as one safe line for the monospaced face.

    Examples
    --------
    >>> token_label(" a"), token_label("")
    ('·a', '(no token)')
    """
    return figure_text(text, limit, spaces=True, family=MONO_FAMILY) or "(no token)"


def token_width(label: str, size: float) -> float:
    """Return the width in points of a `token_label` at a size in points."""
    return text_width(label, size, MONO_FAMILY) * 72


def probability(p: float) -> str:
    """Return a probability with the digits it deserves.

    Examples
    --------
    >>> probability(0.62077), probability(0.0000123), probability(0.0), probability(float("nan"))
    ('0.6208', '1.2e-05', '0', '–')
    """
    if np.isnan(p):
        return "–"
    if p == 0:
        return "0"
    return f"{p:.4f}" if p >= 0.0005 else f"{p:.1e}"


def positions(count: int, room: int) -> NDArray[np.int64]:
    """Return which of ``count`` marks are labelled if there is ``room`` for so many."""
    return np.arange(0, count, every(count, room))


def whole_numbers(axis: "Axis") -> None:
    """Let an axis have ticks at whole numbers only, as for layers."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator("auto", integer=True, steps=[1, 2, 5, 10]))


def plain_numbers(axis: "Axis", most: int = 6) -> None:
    """Let an axis have few ticks, each with its whole number: no offset, no common factor."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}".replace("-", "−")))


def decades(axis: "Axis", most: int = 5) -> None:
    """Let a logarithmic axis have few ticks, at powers of ten and written out."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

    def written(value: float, _: object) -> str:
        shown = f"{value:,.0f}" if value >= 1 else f"{value:g}"
        return shown.replace("-", "−")

    axis.set_major_locator(LogLocator(numticks=most))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(written))


def prompt_end(text: str, limit: int = 24) -> str:
    """Return the end of a prompt in quotation marks, safe, so that it is known which is meant."""
    end = text.strip()
    count = min(limit, len(end))
    while count > 1 and len(figure_text(end[-count:], None)) > limit + 2:  # names of characters
        count -= 1
    shown = figure_text(end[-count:], limit + 8) if end else ""
    return f"“…{shown}”" if len(end) > count else f"“{shown}”"
