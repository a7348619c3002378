"""Errors whose message is meant for the person at the screen.

Every error that a user can cause derives from `LaminoscopeError`.  Its text names what was
wrong, with the value, and what to do; window and command line show it as it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "AnalysisError",
    "CaptureError",
    "ExperimentError",
    "LaminoscopeError",
    "ModelError",
    "Offer",
    "OutOfMemory",
    "SessionError",
]


class LaminoscopeError(Exception):
    """Base of all errors that are shown to the user as they are.

    Parameters
    ----------
    message : str
        What went wrong, in one or two sentences, with the offending value.
    hint : str
        What the user can do about it; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class ModelError(LaminoscopeError):
    """A model cannot be found, fetched, read or used."""


class CaptureError(LaminoscopeError):
    """A forward pass cannot give what was asked of it."""


@dataclass(frozen=True)
class Offer:
    """Something smaller that would fit into memory.

    Attributes
    ----------
    what : {"batch_size", "n_prompts", "n_tokens", "n_layers", "device"}
        What to change: prompts that run together, prompts in all, tokens of the longest prompt,
        layers, or where the model runs.
    value : int or str
        To what: the largest that fits, or the name of a device.
    """

    what: Literal["batch_size", "n_prompts", "n_tokens", "n_layers", "device"]
    value: int | str


class OutOfMemory(CaptureError):
    """There is not enough memory for what was asked; what was taken has been given back.

    Parameters
    ----------
    message, hint : str
        As for `LaminoscopeError`.
    offers : sequence of Offer
        What would fit, the mildest change first; may be empty.
    """

    def __init__(self, message: str, hint: str = "", offers: Sequence[Offer] = ()) -> None:
        super().__init__(message, hint)
        self.offers = tuple(offers)


class ExperimentError(LaminoscopeError):
    """An experiment file or its content is not valid."""


class AnalysisError(LaminoscopeError):
    """An analysis cannot be computed from what it was given."""


class SessionError(LaminoscopeError):
    """A session file cannot be read or written."""
