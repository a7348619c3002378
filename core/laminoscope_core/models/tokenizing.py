"""What is done with a tokenizer's program and a chat template: the one door to either.

A tokenizer that was read from a stranger's files is used in a process of its own (`apart.py`),
any other here; what comes of it is the same.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from laminoscope_core.models.apart import apart

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["fill_template", "read_text", "write_tokens"]

_ROWS = 4096  # that a child writes at a time
_SECONDS, _PER_SECOND = 5.0, 10_000  # and that many characters or tokens in each further one
_SECONDS_TO_FILL = 15.0  # of which the library that does it takes some


def read_text(
    tokenizer: "PreTrainedTokenizerBase", text: str, *, special: bool
) -> tuple[list[int], list[tuple[int, int]] | None]:
    """Return a text's token ids and the characters of each; no ranges if it does not say.

    Parameters
    ----------
    tokenizer : PreTrainedTokenizerBase
    text : str
    special : bool
        Whether the tokenizer may add its own.

    Raises
    ------
    ModelError
        Its process had to be ended.
    BaseException
        Whatever it raises on the text.
    """
    if (child := apart(tokenizer)) is not None:
        request = {"do": "read", "text": text, "special": special}
        seconds, doing = _SECONDS + len(text) / _PER_SECOND, f"reading {text[:40]!r}"
        ids, offsets = child.ask(tokenizer, request, doing=doing, seconds=seconds)
        return ids, offsets
    found = tokenizer(text, add_special_tokens=special, return_offsets_mapping=tokenizer.is_fast)
    return found["input_ids"], found.get("offset_mapping")


def write_tokens(tokenizer: "PreTrainedTokenizerBase", rows: Sequence[Sequence[int]]) -> list[str]:
    """Return sequences of token ids as texts, special tokens written out.

    Raises
    ------
    ModelError, BaseException
        As `read_text`.
    """
    lists = [[int(token) for token in row] for row in rows]
    if (child := apart(tokenizer)) is not None:
        texts: list[str] = []
        for start in range(0, len(lists), _ROWS):
            part = lists[start : start + _ROWS]
            texts += child.ask(
                tokenizer,
                {"do": "write", "rows": part},
                doing="writing tokens as text",
                seconds=_SECONDS + sum(map(len, part)) / _PER_SECOND,
            )
        return texts
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is not None:  # writes all at once, outside Python
        return list(backend.decode_batch(lists, skip_special_tokens=False))
    return [str(tokenizer.decode(row, clean_up_tokenization_spaces=False)) for row in lists]


def fill_template(tokenizer: "PreTrainedTokenizerBase", messages: Sequence[dict[str, Any]]) -> str:
    """Return messages in a tokenizer's chat template, with the beginning of the next one.

    Raises
    ------
    ModelError, BaseException
        As `read_text`.
    """
    if (child := apart(tokenizer)) is None:
        return str(
            tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        )
    said = sum(len(str(message["content"])) for message in messages)
    request = {
        "do": "fill",
        "template": tokenizer.get_chat_template(),
        "special": tokenizer.special_tokens_map,
        "messages": list(messages),
    }
    # It may write what day it is, so what it wrote once is not kept.
    return str(
        child.ask(
            tokenizer,
            request,
            doing="filling its chat template",
            seconds=_SECONDS_TO_FILL + said / _PER_SECOND,
            lasting=False,
        )
    )
