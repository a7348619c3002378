"""Text as token ids: a tokenizer's start tokens, no closing ones, and ranges that are true.

Tokenizers may close a text with a special token (T5's ``</s>``, BERT's ``[SEP]``, a flag of a GGUF
file).  A text that is to be continued, or whose last word is to be read, does not end there, so
nothing of ours is ever closed.  And those of SentencePiece put a space before a text that is not
in it: where that becomes a token of its own, it holds no character, whatever range it is given.
"""

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from laminoscope_core.errors import ExperimentError, LaminoscopeError, ModelError
from laminoscope_core.models.foreign import first_line
from laminoscope_core.models.lost_characters import refuse_lost_characters
from laminoscope_core.models.tokenizing import read_text
from laminoscope_core.text import half_character

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["EncodedText", "doubled_start", "encode_text", "read_safely"]

_SPACES = frozenset("▁Ġ ")
_PANIC = "PanicException"  # of a library written in Rust; no `Exception`


@dataclass(frozen=True)
class EncodedText:
    """A text's tokens.

    Attributes
    ----------
    ids : tuple of int
    names : tuple of str
        What the tokenizer calls each token.
    offsets : tuple of (int, int) or None
        Characters ``[start, stop)`` of which each token holds a part; empty for tokens that hold
        none.  None if the tokenizer does not say.
    n_added : int
        How many tokens at the start the tokenizer has added.
    """

    ids: tuple[int, ...]
    names: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...] | None
    n_added: int


def encode_text(
    tokenizer: "PreTrainedTokenizerBase", text: str, *, special: bool = True
) -> EncodedText:
    """Return a text's tokens after the special ones that the tokenizer puts before a text.

    Parameters
    ----------
    tokenizer : PreTrainedTokenizerBase
    text : str
        Special tokens that are written out in it are taken as such, at its end too.
    special : bool
        Whether the tokenizer may add its start tokens.

    Raises
    ------
    ExperimentError
        The text holds half a character, or one that the tokenizer leaves out.
    ModelError
        The tokenizer cannot read it.
    """
    if half := half_character(text):
        raise ExperimentError(f"The text {half}.", "Remove it.")
    added = _start_tokens(tokenizer, text) if special else []
    own_ids, own_offsets = read_safely(tokenizer, text, special=False)
    ids = (*added, *(int(token) for token in own_ids))
    names = tuple(str(name) for name in tokenizer.convert_ids_to_tokens(list(ids)))
    refuse_lost_characters(tokenizer, text, own_ids, names[len(added) :], own_offsets)
    offsets = None
    if own_offsets is not None:
        own = zip(names[len(added) :], own_offsets, strict=True)
        ranges = [_true_range(name, text, start, stop) for name, (start, stop) in own]
        offsets = (*((0, 0) for _ in added), *ranges)
    return EncodedText(ids, names, offsets, len(added))


def doubled_start(encoded: EncodedText) -> str:
    """Return the name of a start token that a text begins with and the tokenizer adds; else "".

    Llama's tokenizer makes ``<s><s>Hello`` of ``<s>Hello``.
    """
    first, typed = encoded.ids[encoded.n_added - 1 :][:1], encoded.ids[encoded.n_added :][:1]
    return encoded.names[encoded.n_added] if encoded.n_added and first == typed else ""


def _start_tokens(tokenizer: "PreTrainedTokenizerBase", text: str) -> list[int]:
    """Return the special tokens that are put before a text.

    They are looked for around a letter, which is none itself; around the text where the
    vocabulary has no such letter.
    """
    for probe in (*"a1.", text):
        try:
            whole, plain = (
                [int(token) for token in read_safely(tokenizer, probe, special=way)[0]]
                for way in (True, False)
            )
        except ModelError:
            continue
        if plain:
            starts = range(len(whole) - len(plain) + 1)
            return whole[: next((n for n in starts if whole[n : n + len(plain)] == plain), 0)]
    return []


def read_safely(
    tokenizer: "PreTrainedTokenizerBase", text: str, *, special: bool
) -> tuple[list[int], list[tuple[int, int]] | None]:
    """Return what `tokenizing.read_text` does; what a tokenizer raises becomes a `ModelError`."""
    try:
        return read_text(tokenizer, text, special=special)
    except (LaminoscopeError, MemoryError):
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
            raise
        said = first_line(error).removesuffix(".")
        raise ModelError(
            f"The tokenizer cannot read {text[:40]!r}: {said}.", "Try another text or model."
        ) from error


def _true_range(name: str, text: str, start: int, stop: int) -> tuple[int, int]:
    """Return what a token holds of the characters that a tokenizer gives it.

    A space that is not in the text has the range of the character after it.
    """
    if not set(name) <= _SPACES or name in text[start:stop]:
        return start, stop
    while start < stop and not _blank(text[stop - 1]) and text[stop - 1] not in name:
        stop -= 1
    return start, stop


def _blank(character: str) -> bool:
    return character.isspace() or unicodedata.category(character)[0] in "CZ"
