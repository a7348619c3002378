"""Token text as labels of figures, and how much room they take."""

from laminoscope_core.figures.text import MONO_FAMILY, figure_text, text_width

__all__ = ["token_label", "token_width"]


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
