"""Texts, tokens and messages on which a stranger's tokenizer and chat template are tried."""

import string
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from laminoscope_core.errors import ModelError
from laminoscope_core.models.foreign import first_line

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["strain"]

_RUN = 2000
_LETTERS = (*string.printable, *"éßñœ中語한עא𝕏😀👩‍🚀‮​﻿\u0301\u0000\ufdfa\ufffd▁Ġ")
_WORDS = "The quick brown fox's naïve café — 12,345.67 “quoted” e-mail@host <b>&amp;</b> "
_MOST_TOKENS_PER_CHARACTER = 64
_MOST_CHARACTERS_PER_TOKEN = 1 << 14
_LONGEST_SEQUENCE = 1 << 16
_LONGEST_PROMPT = 1 << 20
_HINT = "It cannot be used safely; fetch the model again, from its publisher."


def strain(tokenizer: "PreTrainedTokenizerBase", title: str, tell: Callable[[str], None]) -> None:
    """Do with a tokenizer what a window does, and worse.

    What it raises on single texts is borne: it will be an error of ours where it is met.

    Raises
    ------
    ModelError
        It reads no text at all, or makes far more of texts, tokens or messages than they hold.
    """
    tell("reading texts with its tokenizer")
    failed = None
    worked = False
    for text in _texts(tokenizer):
        try:
            ids = tokenizer(text, return_special_tokens_mask=True)["input_ids"]
            tokenizer.encode(text, add_special_tokens=False)
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as error:
            failed = failed or error
            continue
        worked = True
        if len(ids) > _MOST_TOKENS_PER_CHARACTER * (len(text) + 16):
            raise ModelError(
                f"The tokenizer of {title} makes {len(ids):,} tokens of {len(text):,} characters.",
                _HINT,
            )
    if failed is not None and not worked:
        raise ModelError(
            f"The tokenizer of {title} reads no text: {first_line(failed)}.",
            "Fetch the model again.",
        ) from failed
    tell("writing all tokens of its tokenizer as text")
    _strain_decoder(tokenizer, title)
    tell("filling its chat template")
    _strain_template(tokenizer, title)


def _texts(tokenizer: "PreTrainedTokenizerBase") -> Iterator[str]:
    yield from ("", " ", _WORDS, _WORDS * 100, "\n" * 50 + _WORDS, _WORDS.upper(), _WORDS[::-1])
    for letter in _LETTERS:
        yield letter
        yield letter * _RUN + "!"
        yield f"{letter} " * (_RUN // 2)
    yield from ("".join(map(chr, range(start, start + 256))) for start in range(0, 0x3000, 256))
    special = [str(token) for token in tokenizer.all_special_tokens][:50]
    yield from (token * 50 for token in special)


def _strain_decoder(tokenizer: "PreTrainedTokenizerBase", title: str) -> None:
    n_tokens = max(tokenizer.get_vocab().values(), default=-1) + 1
    everything = list(range(n_tokens))
    rows = [[token] for token in everything]
    # Single tokens, each between others, and a window full of them.
    between = [[everything[token - 1], token, everything[token - 2]] for token in everything]
    starts = range(0, n_tokens, _LONGEST_SEQUENCE)
    windows = [everything[start : start + _LONGEST_SEQUENCE] for start in starts]
    repeated = [[token] * 256 for token in everything[:512]]
    for group in (rows, between, windows, repeated):
        try:
            texts = _decoded(tokenizer, group)
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException:  # an error of ours where it is met
            continue
        for ids, text in zip(group, texts, strict=True):
            if len(text) > _MOST_CHARACTERS_PER_TOKEN * max(len(ids), 1):
                raise ModelError(
                    f"The tokenizer of {title} makes {len(text):,} characters of {len(ids):,} "
                    "tokens.",
                    _HINT,
                )


def _decoded(tokenizer: "PreTrainedTokenizerBase", rows: list[list[int]]) -> Sequence[str]:
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is not None:
        return list(backend.decode_batch(rows, skip_special_tokens=False))
    return [str(tokenizer.decode(row)) for row in rows]


def _strain_template(tokenizer: "PreTrainedTokenizerBase", title: str) -> None:
    template = getattr(tokenizer, "chat_template", None)
    if not template:
        return
    for prompt in ("", "Hello.", _WORDS * 20):
        for system in ("", "Be brief."):
            for parts in (False, True):
                _render(tokenizer, title, prompt, system, parts=parts)


def _render(
    tokenizer: "PreTrainedTokenizerBase", title: str, prompt: str, system: str, *, parts: bool
) -> None:
    def content(text: str) -> Any:
        return [{"type": "text", "text": text}] if parts else text

    messages = [{"role": "system", "content": content(system)}] if system else []
    messages.append({"role": "user", "content": content(prompt)})
    try:
        text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # an error of ours where it is met
        return
    if len(str(text)) > _LONGEST_PROMPT:
        raise ModelError(
            f"The chat template of {title} writes {len(str(text)):,} characters for a short "
            "message.",
            _HINT,
        )
