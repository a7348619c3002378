"""Token text made visible: one line, every character accounted for, nothing that acts.

Tokens are hostile text: fragments of bytes, control characters, right-to-left marks, markup.
`visible_text` turns any string into one printable line in which invisible characters are shown
by name; it is the common ground of screen, figures and messages.
"""

import unicodedata

__all__ = ["visible_text"]

_NAMED = {"\n": "⏎", "\t": "⇥", "\r": "␍"}
_MAX_MARKS = 3
_JOINERS = "\u200d\ufe0e\ufe0f"


def visible_text(text: str, *, spaces: bool = True, limit: int | None = None) -> str:
    """Return ``text`` as one line without invisible or acting characters.

    Parameters
    ----------
    text : str
        Anything, lone surrogates included.
    spaces : bool
        Show spaces as a middle dot, as for tokens; False for words and sentences.
    limit : int, optional
        Shorten to so many characters, with an ellipsis.

    Returns
    -------
    str
        Newline, tab and carriage return as ⏎ ⇥ ␍; other control, format, private, surrogate and
        unassigned characters as ⟨U+200B⟩; a leading combining mark on a dotted circle; no more
        than three marks in a row; right-to-left runs isolated, so that they cannot reorder
        what stands beside them.  It may still contain ``<`` and ``&``: escape it for HTML.

    Examples
    --------
    >>> visible_text(" the\\n")
    '·the⏎'
    >>> visible_text("a\\u200bb\\x07")
    'a⟨U+200B⟩b⟨U+0007⟩'
    >>> visible_text("a cosy room", spaces=False, limit=7)
    'a cosy…'
    """
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…"
    shown: list[str] = []
    marks = 0
    right_to_left = False
    for position, character in enumerate(text):
        category = unicodedata.category(character)
        if category in ("Mn", "Mc", "Me") and character not in _JOINERS:
            marks += 1
            if position == 0:
                shown.append("◌")
            shown.append(character if marks <= _MAX_MARKS else f"⟨U+{ord(character):04X}⟩")
            continue
        marks = 0
        if character in _NAMED:
            shown.append(_NAMED[character])
        elif character == " ":
            shown.append("·" if spaces else " ")
        elif character in _JOINERS and position > 0 and _joins(text[position - 1]):
            shown.append(character)
        elif category[0] == "C" or category in ("Zl", "Zp") or character in _JOINERS:
            shown.append(f"⟨U+{ord(character):04X}⟩")
        else:
            right_to_left |= unicodedata.bidirectional(character) in ("R", "AL", "AN")
            shown.append(character)
    line = "".join(shown)
    return f"\u2068{line}\u2069" if right_to_left else line


def _joins(previous: str) -> bool:
    return unicodedata.category(previous) in ("So", "Sk") or previous in _JOINERS
