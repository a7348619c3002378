"""Texts that tokenizers have to read before a panel can show where they stand."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from laminoscope_core.sampling.vocabulary import find_token, unread
from laminoscope_widgets.panel import Panel

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["read_or_ask"]


def read_or_ask(
    panel: Panel, tokenizers: "Sequence[PreTrainedTokenizerBase]", texts: Iterable[str]
) -> tuple[str, ...]:
    """Return the texts that all tokenizers have read; the panel is drawn again with the others.

    A stranger's tokenizer may take seconds for a text: that must not be the window's thread.
    """
    texts = tuple(texts)
    missing = unread(tokenizers, texts)
    if missing:

        def read() -> None:
            for tokenizer in tokenizers:
                for text in missing:
                    find_token(tokenizer, text)

        panel.question_wanted.emit(read, lambda _: panel.schedule_update())
    return tuple(text for text in texts if text not in missing)
