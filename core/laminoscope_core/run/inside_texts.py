"""The texts to look inside the blocks with, and the tokens to follow, as a model reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

from laminoscope_core.analysis.inside import Watched
from laminoscope_core.errors import CaptureError, ExperimentError
from laminoscope_core.experiment import InsideSection
from laminoscope_core.inside_section import Atlas
from laminoscope_core.models.encoding import encode_text
from laminoscope_core.models.model import Model
from laminoscope_core.recording.prompts import EncodedPrompt, encode
from laminoscope_core.recording.repeated import repeated_tokens
from laminoscope_core.sampling.vocabulary import exact_texts, find_token
from laminoscope_core.text import how_many, visible_text

__all__ = ["CHARACTERS", "Texts", "token_of", "watched_tokens"]

_MOST_NAMED = 12
"""Tokens of a text that an error names."""
CHARACTERS = 32
"""Characters of a further text that are tokenised for each token that is read of it."""


@dataclass(frozen=True, eq=False)
class Texts:
    """What the model reads.

    Attributes
    ----------
    prompt : EncodedPrompt
        The text.
    watched : Watched
    against_ids : tuple of int
        The second text; empty if there is none.
    repeated : tuple of tuple of int
        Random sequences whose end is read twice.
    length : int
        How many tokens are read twice.
    many : tuple of tuple of int
        The beginnings of further texts.
    """

    prompt: EncodedPrompt
    watched: Watched
    against_ids: tuple[int, ...]
    repeated: tuple[tuple[int, ...], ...]
    length: int
    many: tuple[tuple[int, ...], ...] = ()

    @classmethod
    def of(cls, model: Model, section: InsideSection) -> "Texts":
        """Return what a section asks for, as the model reads it.

        Raises
        ------
        ExperimentError
            A watched text is not one token, or the two texts differ in their number of tokens.
        CaptureError
            A text has no tokens, or more than the context window.
        """
        watched = watched_tokens(model, section.watch)
        prompt, asked = encode(model, section.content), section.induction
        against = encode(model, section.against).token_ids if section.against else ()
        if against and len(against) != len(prompt.token_ids):
            raise ExperimentError(
                f"The text has {how_many(len(prompt.token_ids), 'token')}, the second one "
                f"{len(against):,}.",
                "To patch one from the other they need the same number; without patching, leave the"
                " second one (against) empty.",
            )
        repeated: tuple[tuple[int, ...], ...] = ()
        if asked is not None:
            repeated = repeated_tokens(model, asked.sequences, asked.length, asked.seed)
        length = 0 if asked is None else asked.length
        return cls(prompt, watched, against, repeated, length, _beginnings(model, section.atlas))

    @property
    def token_ids(self) -> tuple[int, ...]:
        """Of the text."""
        return self.prompt.token_ids


def _beginnings(model: Model, atlas: Atlas | None) -> tuple[tuple[int, ...], ...]:
    """Return the first tokens of further texts, start tokens included."""
    if atlas is None:
        return ()
    if model.tokenizer is None:
        raise ExperimentError(
            f"{model.info.title} has no tokenizer, so texts are no tokens.",
            "Open a model with a tokenizer.",
        )
    longest = model.info.context_length or atlas.length
    if atlas.length > longest:
        raise CaptureError(
            f"Of further texts {atlas.length} tokens are to be read; the context window is "
            f"{longest}.",
            "Make length smaller.",
        )
    beginnings = (text[: CHARACTERS * atlas.length] for text in atlas.texts)
    return tuple(encode_text(model.tokenizer, text).ids[: atlas.length] for text in beginnings)


def watched_tokens(model: Model, texts: Sequence[str]) -> Watched:
    """Return the tokens of texts of one token each.

    Raises
    ------
    ExperimentError
        A text is several tokens, which are named, or none.
    """
    ids = tuple(token_of(model, text, "watched text") for text in texts)
    return Watched(tuple(texts), ids)


def token_of(model: Model, text: str, what: str) -> int:
    """Return the token of a text.

    Parameters
    ----------
    model : Model
    text : str
    what : str
        What the text is, for the error.

    Raises
    ------
    ExperimentError
        It is several tokens, which are named, or none.
    """
    if model.tokenizer is None:
        raise ExperimentError(
            f"{model.info.title} has no tokenizer, so texts are no tokens.",
            "Open a model with a tokenizer.",
        )
    token, n_tokens = find_token(model.tokenizer, text)
    if not n_tokens:
        raise ExperimentError(
            f"The {what} “{visible_text(text, limit=40)}” is no token of this model.",
            "Choose another text, with the space before it.",
        )
    if n_tokens != 1:
        texts = exact_texts(model.tokenizer)
        own = [texts[each] for each in encode_text(model.tokenizer, text, special=False).ids]
        shown = [f"“{visible_text(each, spaces=True, limit=40)}”" for each in own[:_MOST_NAMED]]
        names = ", ".join([*shown, "…"] if len(own) > _MOST_NAMED else shown)
        raise ExperimentError(
            f"The {what} “{visible_text(text, limit=40)}” is {n_tokens} tokens: {names}.",
            "Give texts of one token each, with the space before them.",
        )
    return token
