"""Errors whose message is meant for the person at the screen.

Every error that a user can cause derives from `LaminoscopeError`.  Its text names what was
wrong, with the value, and what to do; window and command line show it as it stands.
"""

__all__ = [
    "AnalysisError",
    "CaptureError",
    "ExperimentError",
    "LaminoscopeError",
    "ModelError",
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


class ExperimentError(LaminoscopeError):
    """An experiment file or its content is not valid."""


class AnalysisError(LaminoscopeError):
    """An analysis cannot be computed from what it was given."""


class SessionError(LaminoscopeError):
    """A session file cannot be read or written."""
