"""`safe_text`: the only way that token text, or any text of the user's, reaches a widget."""

import html

from laminoscope_core.text import visible_text

__all__ = ["safe_text"]


def safe_text(
    text: str, *, spaces: bool = False, limit: int | None = 80, rich: bool = False
) -> str:
    """Return text that a widget shows as it stands.

    Parameters
    ----------
    text : str
        A token, a word, a file name: anything.
    spaces : bool
        Show spaces as a middle dot, as for tokens.
    limit : int or None
        Longest result before it is shortened with an ellipsis.
    rich : bool
        Escape markup, for the places that read HTML: tooltips, pyqtgraph titles, axis labels
        and legends.  Elsewhere set the widget's text format to plain text.

    Examples
    --------
    >>> safe_text("<img src=x>", rich=True)
    '&lt;img src=x&gt;'
    """
    shown = visible_text(text, spaces=spaces, limit=limit)
    return html.escape(shown) if rich else shown
