"""The texts of a tokenizer's tokens, exactly as they stand in running text, and back."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from laminoscope_core.errors import ExperimentError, ModelError
from laminoscope_core.models.encoding import encode_text
from laminoscope_core.models.foreign import foreign_errors
from laminoscope_core.models.tokenizing import write_tokens
from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.text import named_bytes, token_bytes, visible_text

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["decoded_after_text", "exact_texts", "find_token", "stop_ids", "token_texts", "unread"]

_texts_of: "WeakKeyDictionary[PreTrainedTokenizerBase, tuple[str, ...]]" = WeakKeyDictionary()
_exact_of: "WeakKeyDictionary[PreTrainedTokenizerBase, tuple[str, ...]]" = WeakKeyDictionary()
_ids_of: "WeakKeyDictionary[PreTrainedTokenizerBase, dict[str, int]]" = WeakKeyDictionary()
_found_of: "WeakKeyDictionary[PreTrainedTokenizerBase, dict[str, tuple[int, int]]]"
_found_of = WeakKeyDictionary()


def token_texts(tokenizer: "PreTrainedTokenizerBase") -> tuple[str, ...]:
    """Return what every token adds to a text before it; kept as long as the tokenizer.

    A token alone would lose its space with tokenizers that drop the first one of a text
    (SentencePiece); so each is decoded behind another token, whose text is taken away.
    """
    if tokenizer not in _texts_of:
        anchor, before = _anchor(tokenizer)
        # Not the number of tokens: a vocabulary may have holes, and the last one's number counts.
        n_rows = max(tokenizer.get_vocab().values(), default=-1) + 1
        every = [[*anchor, token] for token in range(n_rows)]
        texts = _decoded(tokenizer, every)
        alone = [token for token, text in enumerate(texts) if not text.startswith(before)]
        for token, text in zip(
            alone, _decoded(tokenizer, [[token] for token in alone]), strict=True
        ):
            texts[token] = before + text
        _texts_of[tokenizer] = tuple(text[len(before) :] for text in texts)
    return _texts_of[tokenizer]


def exact_texts(tokenizer: "PreTrainedTokenizerBase") -> tuple[str, ...]:
    """Return `token_texts` with bytes that are no whole character by name, as ``⟨0xE2⟩``."""
    if tokenizer not in _exact_of:
        texts = list(token_texts(tokenizer))
        for token in [token for token, text in enumerate(texts) if "\ufffd" in text]:
            values = token_bytes(str(tokenizer.convert_ids_to_tokens(token)))
            texts[token] = named_bytes(values) or texts[token]
        _exact_of[tokenizer] = tuple(texts)
    return _exact_of[tokenizer]


def decoded_after_text(tokenizer: "PreTrainedTokenizerBase", tokens: Sequence[int]) -> str:
    """Return what tokens add to a text before them; a leading space is kept."""
    anchor, before = _anchor(tokenizer)
    whole, alone = _decoded(tokenizer, [[*anchor, *tokens], list(tokens)])
    return whole[len(before) :] if whole.startswith(before) else alone


def find_token(tokenizer: "PreTrainedTokenizerBase", text: str) -> tuple[int, int]:
    """Return the token of a text, or the first of several, and how many there are.

    Returns
    -------
    (int, int)
        ``(0, 0)`` for a text without tokens, as one with half a character, one that the tokenizer
        cannot read, or one that begins with what its vocabulary does not know.
        It is kept as long as the tokenizer; see `unread`.
    """
    found = _found_of.setdefault(tokenizer, {})
    if text not in found:
        try:
            found[text] = _token_of(tokenizer, text)
        except (ExperimentError, ModelError):
            found[text] = 0, 0
    return found[text]


def unread(
    tokenizers: "Iterable[PreTrainedTokenizerBase]", texts: Iterable[str]
) -> tuple[str, ...]:
    """Return the texts that some tokenizer would have to read for `find_token`.

    A stranger's tokenizer may take seconds for a text, so a window lets another thread read them.
    """
    known = [_found_of.get(tokenizer, {}) for tokenizer in tokenizers]
    return tuple(text for text in texts if any(text not in found for found in known))


def _token_of(tokenizer: "PreTrainedTokenizerBase", text: str) -> tuple[int, int]:
    ids = encode_text(tokenizer, text, special=False).ids
    if len(ids) == 1 and exact_texts(tokenizer)[ids[0]] == text:
        return int(ids[0]), 1
    # at the beginning of a text tokens may differ from those in its middle
    if tokenizer not in _ids_of:
        _ids_of[tokenizer] = {name: token for token, name in enumerate(exact_texts(tokenizer))}
    found = _ids_of[tokenizer].get(text) if text else None
    if found is not None:
        return found, 1
    if ids and ids[0] == getattr(tokenizer, "unk_token_id", None):
        return 0, 0
    return (int(ids[0]), len(ids)) if ids else (0, 0)


def stop_ids(
    entries: Iterable[int | str], tokenizer: "PreTrainedTokenizerBase | None", vocabulary: int
) -> frozenset[int]:
    """Return the ids of stop tokens that are given as ids or as texts of one token.

    Raises
    ------
    SamplingError
        An id that the model does not have, a text of no or several tokens, or a text without
        a tokenizer.
    """
    found = set()
    for entry in entries:
        if isinstance(entry, str):
            found.add(_single_token(entry, tokenizer))
        elif 0 <= entry < vocabulary:
            found.add(entry)
        else:
            raise SamplingError(
                f"There is no token {entry} to stop at; the model's are 0 to {vocabulary - 1}."
            )
    return frozenset(found)


def _single_token(text: str, tokenizer: "PreTrainedTokenizerBase | None") -> int:
    shown = visible_text(text, limit=40)
    if tokenizer is None:
        raise SamplingError(
            f"The stop token “{shown}” needs a tokenizer.", "Give the token's id instead."
        )
    try:
        token, n_tokens = _token_of(tokenizer, text)
    except (ExperimentError, ModelError) as error:
        said = error.message
        raise SamplingError(f"No stop token “{shown}”: {said}", "Give its id instead.") from error
    if not n_tokens:
        raise SamplingError(
            f"“{shown}” is no token of this model; a stop token is exactly one.",
            "Choose another text, or give a token by its id.",
        )
    if n_tokens != 1:
        raise SamplingError(
            f"“{shown}” is {n_tokens} tokens; a stop token is exactly one.",
            "Give one of them by its id.",
        )
    return token


def _anchor(tokenizer: "PreTrainedTokenizerBase") -> tuple[list[int], str]:
    """Return a token, and its text, behind which others show what they add; none if there is none.

    Only tokenizers of the tokenizers library are asked: others show their tokens alone.
    """
    if getattr(tokenizer, "backend_tokenizer", None) is None:
        return [], ""
    for letter in "aex1":
        try:
            ids = list(encode_text(tokenizer, letter, special=False).ids)
        except ModelError:
            continue
        if len(ids) == 1 and (text := _decoded(tokenizer, [ids])[0]).strip() == letter:
            return ids, text
    return [], ""


def _decoded(tokenizer: "PreTrainedTokenizerBase", rows: list[list[int]]) -> list[str]:
    with foreign_errors("The tokenizer cannot write tokens as text", "Try another model."):
        return write_tokens(tokenizer, rows)
