"""Prompts as the model reads them: plain or through the chat template, as text and token ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.models.encoding import encode_text
from laminoscope_core.models.foreign import foreign_errors
from laminoscope_core.models.model import Model
from laminoscope_core.models.tokenizing import fill_template, write_tokens
from laminoscope_core.sampling.parameters import SamplingError

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["RenderedPrompt", "render_prompt"]

_WRITTEN_PARTS = ("{'type'", '{"type"')  # of a template that takes parts for a text
_OTHER_MODEL = "Try another text or model."


@dataclass(frozen=True)
class RenderedPrompt:
    """What is really given to the model.

    Attributes
    ----------
    text : str
        With the chat template and the special tokens written out; empty for a prompt of ids
        to a model without tokenizer.
    token_ids : tuple of int
        At least one.
    """

    text: str
    token_ids: tuple[int, ...]


def render_prompt(
    model: Model,
    prompt: str | Sequence[int],
    *,
    chat: bool = False,
    system: str = "",
    second: bool = False,
) -> RenderedPrompt:
    """Turn a prompt into token ids.

    Parameters
    ----------
    model : Model
    prompt : str or sequence of int
        Text, or token ids that are taken as they are.
    chat : bool
        Put the text as the user's message into the tokenizer's chat template and open the
        model's answer.
    system : str
        With ``chat``: the system message; none if empty.
    second : bool
        Whether it is the second prompt of guidance, and is called so where it is too long.

    Returns
    -------
    RenderedPrompt
        An empty plain prompt is the tokenizer's start token alone.  No closing token is added.

    Raises
    ------
    ExperimentError, ModelError
        The tokenizer cannot read the text.
    SamplingError
        Text without a tokenizer, no chat template or one that fails, nothing to start from,
        a token id that the model does not have, or no room left in the context window.
    """
    text: str | None
    if not isinstance(prompt, str):
        ids, text = tuple(int(token) for token in prompt), None
    elif model.tokenizer is None:
        raise SamplingError(
            f"{model.info.title} has no tokenizer.", "Give the prompt as a list of token ids."
        )
    elif chat:
        text = _through_template(model, model.tokenizer, prompt, system)
        ids = encode_text(model.tokenizer, text, special=False).ids
    else:
        ids = encode_text(model.tokenizer, prompt).ids
        if not ids and model.tokenizer.bos_token_id is not None:
            ids = (int(model.tokenizer.bos_token_id),)
        text = None
    _check(model, ids, second=second)
    if text is None:
        text = "" if model.tokenizer is None else _decoded(model.tokenizer, ids)
    return RenderedPrompt(text, ids)


def _through_template(
    model: Model, tokenizer: "PreTrainedTokenizerBase", prompt: str, system: str
) -> str:
    if not tokenizer.chat_template:
        raise SamplingError(
            f"{model.info.title} has no chat template.", "Switch the chat template off."
        )
    messages = [("system", system)] if system else []
    messages.append(("user", prompt))
    with foreign_errors(
        f"The chat template of {model.info.title} fails",
        "Switch the chat template off.",
        SamplingError,
    ):
        return _filled(tokenizer, messages)


def _filled(tokenizer: "PreTrainedTokenizerBase", messages: Sequence[tuple[str, str]]) -> str:
    """Return messages in a chat template, their content as text, or as parts if it wants parts.

    A template that walks the parts of a content makes letters of a text, or nothing, or fails; so
    what was said must be found in what comes out.
    """
    failed = None
    plain = ""
    for in_parts in (False, True):
        conversation = [
            {"role": role, "content": [{"type": "text", "text": text}] if in_parts else text}
            for role, text in messages
        ]
        try:
            filled = fill_template(tokenizer, conversation)
        except LaminoscopeError:
            raise
        except Exception as error:
            failed = failed or error
            continue
        written_out = in_parts and any(mark in filled for mark in _WRITTEN_PARTS)
        if all(text.strip() in filled for _, text in messages) and not written_out:
            return filled
        plain = plain or ("" if in_parts else filled)
    if failed is not None and not plain:
        raise failed
    return plain


def _decoded(tokenizer: "PreTrainedTokenizerBase", ids: Sequence[int]) -> str:
    with foreign_errors("The tokenizer cannot write tokens as text", _OTHER_MODEL, SamplingError):
        return write_tokens(tokenizer, [ids])[0]


def _check(model: Model, ids: Sequence[int], *, second: bool) -> None:
    if not ids:
        raise SamplingError(
            "The prompt is empty, and the tokenizer has no start token.",
            "Type at least one character.",
        )
    window = model.info.context_length
    if window is not None and len(ids) > window:
        said = f"The prompt has {len(ids):,} tokens; the model's context window is {window:,}."
        if second:
            said = (
                f"The second prompt has {len(ids):,} tokens; the model's context "
                f"window is {window:,}."
            )
        raise SamplingError(said, "Shorten it.")
    worst = next((token for token in ids if not 0 <= token < model.info.vocab_size), None)
    if worst is not None:
        raise SamplingError(
            f"There is no token {worst}.", f"The model's are 0 to {model.info.vocab_size - 1}."
        )
