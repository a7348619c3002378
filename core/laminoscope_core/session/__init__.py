"""Sessions: a run with its results, selection and window in one file, and back."""

from laminoscope_core.session.reading import load_session
from laminoscope_core.session.session import (
    NewerFile,
    Session,
    has_activations,
    without_activations,
)
from laminoscope_core.session.writing import save_session

__all__ = [
    "NewerFile",
    "Session",
    "has_activations",
    "load_session",
    "save_session",
    "without_activations",
]
