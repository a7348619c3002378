"""Characters of a text that make no difference to its tokens, so that the model never sees them.

A tokenizer whose vocabulary has no space may drop spaces, one that cuts a text into words keeps
no more of a line break than that a word ends there, and a normaliser may take out marks or control
characters.  The text can be read all the same, but what was left out is said.

A character is left out if the text has the same tokens without it; a space of any other kind is
read as a plain one if the text has the same tokens with that in its place.  Both are asked of a
few words around it.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from laminoscope_core.errors import ModelError
from laminoscope_core.models.encoding import EncodedText, read_safely
from laminoscope_core.models.lost_characters import is_gone
from laminoscope_core.text import token_bytes

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["LeftOut", "left_out"]

_AROUND = 16
_MOST_PLACES = 256
_MOST_IN_A_RUN = 8
_BYTE_NAME = "<0x"


@dataclass(frozen=True)
class LeftOut:
    """What a model does not see of a text.

    Attributes
    ----------
    characters : tuple of str
        Of which at least one is left out somewhere, in their order.
    as_spaces : tuple of str
        Spaces of other kinds, line breaks too, that are read as plain ones.
    """

    characters: tuple[str, ...] = ()
    as_spaces: tuple[str, ...] = ()


def left_out(tokenizer: "PreTrainedTokenizerBase", text: str, encoded: EncodedText) -> LeftOut:
    """Return the characters of a text that a tokenizer reads no differently without them.

    Parameters
    ----------
    tokenizer : PreTrainedTokenizerBase
    text : str
    encoded : EncodedText
        The text's tokens.
    """
    if _spells(encoded.names[encoded.n_added :], text):
        return LeftOut()
    gone: dict[str, None] = {}
    plain: dict[str, None] = {}
    for before, run, after in _places(tokenizer, text, encoded):
        ids = _read(tokenizer, before + run + after)

        def same(other: str, before: str = before, after: str = after, ids: object = ids) -> bool:
            return _read(tokenizer, before + other + after) == ids

        if same(""):
            gone.update(dict.fromkeys(run))
            continue
        kept = run
        for place in reversed(range(min(len(run), _MOST_IN_A_RUN))):
            shorter = kept[:place] + kept[place + 1 :]
            if shorter and same(shorter):
                gone[kept[place]] = None
                kept = shorter
        others = [character for character in kept if character.isspace() and character != " "]
        plain.update(dict.fromkeys(c for c in others if same(kept.replace(c, " "))))
    return LeftOut(tuple(gone), tuple(plain))


def _read(tokenizer: "PreTrainedTokenizerBase", text: str) -> list[int] | None:
    """Return a text's tokens; None where the tokenizer cannot read it."""
    try:
        return read_safely(tokenizer, text, special=False)[0]
    except ModelError:
        return None


def _spells(names: tuple[str, ...], text: str) -> bool:
    """Return whether names of tokens make up a text, every space of it too.

    Names are of bytes, or texts with ``▁`` for a space and one of them before the whole text.
    """
    if b"".join(map(token_bytes, names)) in (text.encode(), b" " + text.encode()):
        return True
    pieces = [
        token_bytes(name) if name.startswith(_BYTE_NAME) else name.replace("▁", " ").encode()
        for name in names
    ]
    spelled = text.replace("▁", " ").encode()
    return b"".join(pieces) in (spelled, b" " + spelled)


def _places(
    tokenizer: "PreTrainedTokenizerBase", text: str, encoded: EncodedText
) -> Iterator[tuple[str, str, str]]:
    """Yield runs of characters that may be left out, with what stands around each.

    Those between the same two characters are asked for once.
    """
    doubtful = [
        character.isspace()
        or unicodedata.category(character)[0] in "CM"
        or is_gone(tokenizer, character)
        for character in text
    ]
    if encoded.offsets is not None:
        held = {place for start, stop in encoded.offsets for place in range(start, stop)}
        doubtful = [doubt or place not in held for place, doubt in enumerate(doubtful)]
    for place in range(len(text) - 1, 0, -1):  # a letter may go with its mark
        doubtful[place - 1] |= unicodedata.category(text[place])[0] == "M"
    asked: set[str] = set()
    stop = 0
    while stop < len(text) and len(asked) < _MOST_PLACES:
        start = next((at for at in range(stop, len(text)) if doubtful[at]), len(text))
        stop = next((at for at in range(start, len(text)) if not doubtful[at]), len(text))
        kind = text[max(0, start - 1) : stop + 1]
        if start < stop and kind not in asked:
            asked.add(kind)
            yield text[max(0, start - _AROUND) : start], text[start:stop], text[stop:][:_AROUND]
