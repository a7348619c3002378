"""Prompts as token ids, with the piece of text that each token stands for."""

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from laminoscope_core.errors import CaptureError
from laminoscope_core.models.encoding import EncodedText, encode_text
from laminoscope_core.models.foreign import foreign_errors
from laminoscope_core.models.model import Model
from laminoscope_core.models.tokenizing import write_tokens
from laminoscope_core.text import token_bytes

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["EncodedPrompt", "Prompt", "encode", "offsets_by_decoding", "shown_pieces"]

Prompt = str | Sequence[int]


@dataclass(frozen=True)
class EncodedPrompt:
    """One prompt as the model reads it.

    Attributes
    ----------
    token_ids : tuple of int
    pieces : tuple of str
        The text of each token with the space merged into it; tokens that share a character
        (bytes of one letter) each show it; special tokens show their name, and a space that is
        not in the text is one.
    offsets : tuple of (int, int) or None
        Character range ``[start, stop)`` of each token as the tokenizer reports it, empty for
        special tokens and for a space that is not in the text; None for a prompt of ids or a
        tokenizer that does not say.
    n_added : int
        How many tokens at the start the tokenizer has added.
    """

    token_ids: tuple[int, ...]
    pieces: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...] | None
    n_added: int = 0


def encode(model: Model, prompt: Prompt) -> EncodedPrompt:
    """Tokenise a prompt after the tokenizer's start tokens; no closing token is added.

    Parameters
    ----------
    model : Model
    prompt : str or sequence of int
        Token ids are taken as they are.

    Raises
    ------
    ExperimentError, ModelError
        The tokenizer cannot read the text.
    CaptureError
        An empty prompt, one longer than the context window, a token id that the model does not
        have, or text for a model without tokenizer.
    """
    if isinstance(prompt, str):
        encoded = _encode_text(model, prompt)
    else:
        encoded = _encode_ids(model, prompt)
    n_tokens, longest = len(encoded.token_ids), model.info.context_length
    if n_tokens == 0:
        raise CaptureError("A prompt is empty.", "It needs at least one token.")
    if longest is not None and longest < n_tokens:
        raise CaptureError(
            f"A prompt has {n_tokens:,} tokens, the model's context window {longest:,}.",
            "Shorten the text.",
        )
    n_rows = getattr(model.hf.get_input_embeddings(), "num_embeddings", model.info.vocab_size)
    for token_id in (min(encoded.token_ids), max(encoded.token_ids)):
        if not 0 <= token_id < n_rows:
            raise CaptureError(
                f"There is no token {token_id}.", f"The model's tokens are 0 to {n_rows - 1}."
            )
    return encoded


def _encode_ids(model: Model, ids: Sequence[int]) -> EncodedPrompt:
    try:
        token_ids = tuple(operator.index(token_id) for token_id in ids)
    except TypeError:
        raise CaptureError(f"A prompt must be text or a list of token ids, not {ids!r}.") from None
    if model.tokenizer is None:
        pieces = tuple(str(token_id) for token_id in token_ids)
    else:
        pieces = tuple(_decoded(model.tokenizer, [token_id]) for token_id in token_ids)
    return EncodedPrompt(token_ids, pieces, None)


def _encode_text(model: Model, text: str) -> EncodedPrompt:
    tokenizer = model.tokenizer
    if tokenizer is None:
        raise CaptureError(
            f"The model {model.info.title} has no tokenizer, so it cannot read text.",
            "Give token ids.",
        )
    if not text:
        raise CaptureError("A prompt is empty.", "It needs at least one token.")
    encoded = encode_text(tokenizer, text)
    if encoded.offsets is None:
        pieces = tuple(_decoded(tokenizer, [token_id]) for token_id in encoded.ids)
        return EncodedPrompt(encoded.ids, pieces, None, encoded.n_added)
    pieces = _pieces(text, encoded, encoded.offsets)
    return EncodedPrompt(encoded.ids, pieces, encoded.offsets, encoded.n_added)


def _pieces(text: str, encoded: EncodedText, offsets: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    pieces = list(encoded.names[: encoded.n_added])
    reached = 0
    own = zip(encoded.names, offsets, strict=True)
    for name, (start, stop) in list(own)[encoded.n_added :]:
        # Some tokenizers leave the space that they merged into a token out of its offsets.
        spaced = name.startswith(("Ġ", "▁", " "))
        if start > reached and spaced:
            start = reached
        pieces.append(text[start:stop] or (" " if spaced else ""))
        reached = max(reached, stop)
    return tuple(pieces)


def shown_pieces(model: Model, prompt: EncodedPrompt) -> tuple[str, ...]:
    """Return the pieces, those that are parts of a character as the names of their bytes.

    Joined, pieces that share a character would repeat it.
    """
    if model.tokenizer is None or prompt.offsets is None:
        return prompt.pieces
    shown = list(prompt.pieces)
    offsets = prompt.offsets
    for index, (start, stop) in enumerate(offsets):
        neighbours = [offsets[other] for other in (index - 1, index + 1) if 0 <= other < len(shown)]
        if any(max(start, first) < min(stop, last) for first, last in neighbours):
            name = model.tokenizer.convert_ids_to_tokens(prompt.token_ids[index])
            values = token_bytes(str(name))
            shown[index] = "".join(f"⟨0x{value:02X}⟩" for value in values) or shown[index]
    return tuple(shown)


def offsets_by_decoding(
    tokenizer: "PreTrainedTokenizerBase", text: str, token_ids: Sequence[int]
) -> tuple[tuple[int, int], ...] | None:
    """Find the character range of each token by decoding ever longer beginnings.

    For tokenizers that do not report offsets. Special tokens at the two ends get empty ranges.

    Returns
    -------
    tuple of (int, int) or None
        None unless every beginning decodes to a beginning of `text` and the whole to all of it.
    """
    special = set(tokenizer.all_special_ids)
    first, last = 0, len(token_ids)
    while first < last and token_ids[first] in special:
        first += 1
    while last > first and token_ids[last - 1] in special:
        last -= 1
    offsets = [(0, 0)] * len(token_ids)
    reached = 0
    for index in range(first, last):
        decoded = _decoded(tokenizer, token_ids[first : index + 1]).rstrip("\ufffd")
        if not text.startswith(decoded) or len(decoded) < reached:
            return None
        offsets[index] = (reached, len(decoded))
        reached = len(decoded)
    return tuple(offsets) if reached == len(text) else None


def _decoded(tokenizer: "PreTrainedTokenizerBase", token_ids: Sequence[int]) -> str:
    with foreign_errors("The tokenizer cannot write tokens as text", "Try another model."):
        return write_tokens(tokenizer, [token_ids])[0]
