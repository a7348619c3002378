"""The tours: what the resources hold of them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from laminoscope_resources import resource, tour_names

__all__ = ["TOURS", "Step", "Tour", "tour_named"]


@dataclass(frozen=True)
class Step:
    """One step of a tour.

    Attributes
    ----------
    target : str
        Object name of what it points at; a panel is brought to the front.
    texts : mapping of str to str
        What it says, by language.
    waits : str
        Id of the result that is to be seen there; empty for none.
    """

    target: str
    texts: Mapping[str, str]
    waits: str = ""


@dataclass(frozen=True)
class Tour:
    """Some steps through the window.

    Attributes
    ----------
    name : str
        Of its file in the resources.
    titles : mapping of str to str
        What it is called, by language.
    example : str
        Name of the example that it is shown with.
    steps : tuple of Step
    """

    name: str
    titles: Mapping[str, str]
    example: str
    steps: tuple[Step, ...]


def _read(name: str) -> Tour:
    told = tomllib.loads(resource("tours", f"{name}.toml").read_text(encoding="utf-8"))
    steps = tuple(
        Step(step.pop("target"), waits=step.pop("waits", ""), texts=step) for step in told["steps"]
    )
    return Tour(name, told["title"], told["example"], steps)


TOURS = tuple(map(_read, tour_names()))
"""In the order in which they are offered."""


def tour_named(name: str) -> Tour:
    """Return the tour of a name."""
    return next(tour for tour in TOURS if tour.name == name)
