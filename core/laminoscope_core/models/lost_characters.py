"""Characters for which a tokenizer has no token, and which it leaves out of a text.

A vocabulary of pieces without an unknown token, and without one for each byte, drops what it does
not know, and the ranges of all later tokens then belong to other characters.  Such a text is not
what the model would read, nor can its words be found in it.
"""

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from laminoscope_core.errors import ExperimentError
from laminoscope_core.models.tokenizing import read_text
from laminoscope_core.text import token_bytes, visible_text

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["is_gone", "refuse_lost_characters"]

_SPACES = "▁Ġ "
_MOST_NAMED = 5

_Fate = Literal["kept", "gone", "torn"]
_fates: "WeakKeyDictionary[PreTrainedTokenizerBase, dict[str, _Fate]]" = WeakKeyDictionary()


def refuse_lost_characters(
    tokenizer: "PreTrainedTokenizerBase",
    text: str,
    ids: list[int],
    names: tuple[str, ...],
    offsets: list[tuple[int, int]] | None,
) -> None:
    """Refuse a text some of whose characters have no token, or only for some of their bytes.

    What a normaliser takes out on purpose is no loss: the ranges of the tokens after it say so.
    That, and spaces, are what `left_out` finds.

    Parameters
    ----------
    tokenizer : PreTrainedTokenizerBase
    text : str
    ids, names, offsets
        The text's tokens, without special ones, as the tokenizer gives them.

    Raises
    ------
    ExperimentError
        Some are lost; they are named.
    """
    if _spells(names, text):
        return
    fates = {character: _fate(tokenizer, character) for character in dict.fromkeys(text)}
    lost = [character for character, fate in fates.items() if fate != "kept"]
    if not lost:
        return
    rest = "".join(character for character in text if fates[character] != "gone")
    seen = any(unicodedata.category(character)[0] != "C" for character in lost)
    held = {place for start, stop in offsets or () for place in range(start, stop)}
    if (
        "torn" in fates.values()
        or any(fates[text[place]] == "gone" for place in held)
        or any(_shifts(tokenizer, c, fates) for c in lost)
        or (seen and read_text(tokenizer, rest, special=False) == (ids, offsets))
    ):
        shown = ", ".join(f"“{visible_text(c, spaces=False)}”" for c in lost[:_MOST_NAMED])
        more = ", …" if len(lost) > _MOST_NAMED else ""
        raise ExperimentError(
            f"The tokenizer has no token for {shown}{more} and would leave it out of "
            f"“{visible_text(text, spaces=False, limit=40)}”.",
            "Write the text without it, or open another model.",
        )


def _spells(names: tuple[str, ...], text: str) -> bool:
    """Return whether names of tokens make up a text, but for spaces."""
    if b"".join(map(token_bytes, names)).strip() == text.encode().strip():
        return True
    spelled = "".join(names).translate(dict.fromkeys(map(ord, _SPACES)))
    return spelled == "".join(text.split()).translate(dict.fromkeys(map(ord, _SPACES)))


def is_gone(tokenizer: "PreTrainedTokenizerBase", character: str) -> bool:
    """Return whether a character that stands alone leaves nothing; never so of spaces and marks."""
    return _fate(tokenizer, character) == "gone"


def _shifts(
    tokenizer: "PreTrainedTokenizerBase", character: str, fates: Mapping[str, _Fate]
) -> bool:
    """Return whether a character's place goes to a token of the one that is put behind it."""
    kept = (c for c, fate in fates.items() if fate == "kept" and c.isalnum())
    ids, offsets = read_text(tokenizer, character + next(kept, ""), special=False)
    names = tokenizer.convert_ids_to_tokens(ids)
    return any(
        start == 0 < stop and not set(name) <= set(_SPACES)
        for name, (start, stop) in zip(names, offsets or (), strict=False)
    )


def _fate(tokenizer: "PreTrainedTokenizerBase", character: str) -> _Fate:
    """Return what becomes of a character that stands alone.

    Spaces may be lost between words, and marks be part of the letter before them.
    """
    if character.isspace() or unicodedata.category(character)[0] == "M":
        return "kept"
    fates = _fates.setdefault(tokenizer, {})
    if character not in fates:
        ids, _ = read_text(tokenizer, character, special=False)
        names = [str(name) for name in tokenizer.convert_ids_to_tokens(ids)]
        if all(set(name) <= set(_SPACES) for name in names):
            fates[character] = "gone"
        else:
            fates[character] = "kept" if _is_whole(names) else "torn"
    return fates[character]


def _is_whole(names: list[str]) -> bool:
    """Return whether names of bytes, if that is what they are, make whole characters."""
    values = [token_bytes(name) for name in names]
    try:
        return not all(values) or bool(b"".join(values).decode())
    except UnicodeDecodeError:
        return False
