"""What the sections of an experiment have in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from laminoscope_core.text import half_character

__all__ = ["Section", "as_tuple", "whole"]


class Section(BaseModel):
    """A part of an experiment: it cannot be changed, and unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def as_tuple(value: Any) -> Any:
    """Return a list, as TOML has them, as the tuple that a section keeps."""
    return tuple(value) if isinstance(value, list) else value


def whole(text: str, what: str) -> str:
    """Return a text that a tokenizer can read: one without halves of characters.

    Raises
    ------
    ValueError
        It has one.
    """
    if half := half_character(text):
        raise ValueError(f"{what} {half}")
    return text
