"""Data that Laminoscope ships: sample experiments, the model catalog, the guide, icons."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

__all__ = [
    "changelog",
    "experiment_names",
    "guide_text",
    "guide_topics",
    "resource",
    "sample_experiment",
    "tour_names",
]

_ROOT = files(__name__)


def resource(*parts: str) -> Traversable:
    """Return a shipped file, as ``resource("guide", "rsa.md")``."""
    return _ROOT.joinpath(*parts)


def experiment_names() -> tuple[str, ...]:
    """Return the names of the sample experiments, as ``"words-qkv"``."""
    return _names("experiments", ".toml")


def guide_topics() -> tuple[str, ...]:
    """Return the names of the pages of the guide, as ``"similarity"``."""
    return _names("guide", ".md")


def guide_text(topic: str, language: str = "en") -> str:
    """Return a page of the guide as Markdown, in English if there is none in a language."""
    other = resource("guide", language, f"{topic}.md")
    found = other if other.is_file() else resource("guide", f"{topic}.md")
    return found.read_text(encoding="utf-8")


def _names(folder: str, suffix: str) -> tuple[str, ...]:
    files = (file.name for file in resource(folder).iterdir())
    return tuple(sorted(name.removesuffix(suffix) for name in files if name.endswith(suffix)))


def sample_experiment(name: str) -> str:
    """Return the TOML text of a sample experiment.

    Raises
    ------
    KeyError
        There is none of that name.
    """
    if name not in experiment_names():
        raise KeyError(name)
    return resource("experiments", f"{name}.toml").read_text(encoding="utf-8")


def tour_names() -> tuple[str, ...]:
    """Return the names of the tours, as ``"first-look"``."""
    return _names("tours", ".toml")


def changelog() -> str:
    """Return the changelog as Markdown; empty if neither a package nor a checkout has it."""
    for file in (resource("CHANGELOG.md"), Path(__file__).parents[2] / "CHANGELOG.md"):
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return ""
