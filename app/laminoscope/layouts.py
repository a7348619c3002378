"""The tasks, and where each one's panels stand at first; afterwards they are the user's."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from laminoscope_core.plots.registry import section_rows
from laminoscope_widgets.translation import mark, tr

__all__ = ["TASKS", "Task", "task_of"]


@dataclass(frozen=True)
class Task:
    """A way of working: one section of the experiment, and the panels that show it.

    Attributes
    ----------
    id : str
        For preferences.
    name : str
        Its title in English.
    section : str
        Section of the experiment that Capture runs.
    inputs, details : str
        Panels at the left and at the right.
    rows : tuple of tuple of str
        Panels between them, row by row.
    widths : tuple of int
        First widths of inputs, rows and details.
    heights, least : tuple of int
        First and least heights of the rows, which are higher where a panel shows all of it; in a
        page lower than all of them, the rows scroll.
    tabs : tuple of tuple of str
        Panels that share a place; the first of each stands in front.
    by_layer : bool
        Whether one layer of the model is looked at.
    """

    id: str
    name: str
    section: str
    inputs: str
    details: str
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, int, int]
    heights: tuple[int, ...]
    least: tuple[int, ...]
    tabs: tuple[tuple[str, ...], ...] = ()
    by_layer: bool = True

    @property
    def title(self) -> str:
        """What it is called, for toolbar, menu and palette."""
        return tr(self.name)

    @property
    def keys(self) -> str:
        """The shortcut that shows it."""
        return f"Alt+{TASKS.index(self) + 1}"

    @property
    def panels(self) -> tuple[str, ...]:
        """All panels of the task."""
        rows = (name for row in self.rows for name in row)
        return (self.inputs, *rows, self.details, *_behind(self.tabs))


def _behind(tabs: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the panels that stand behind another one."""
    return tuple(name for together in tabs for name in together[1:])


def _task(id: str, name: str, section: str, inputs: str, details: str, **sizes: Any) -> Task:
    """Return a task whose rows are those of its section's plots."""
    behind = _behind(sizes.get("tabs", ()))
    rows = (
        tuple(plot.id for plot in row if plot.id not in {details, *behind})
        for row in section_rows(section)
    )
    return Task(id, name, section, inputs, details, tuple(row for row in rows if row), **sizes)


TASKS: tuple[Task, ...] = (
    _task(
        "words", mark("Words"), "words", "words", "details",
        widths=(286, 850, 252), heights=(300, 260, 240), least=(140, 140, 140),
        tabs=(
            ("laminar", "rsa-heads", "rsa-depth", "rsa-models", "rsa-predictors", "rsa-map"),
            ("unity", "rsa-contrast"),
        ),
    ),
    _task(
        "tokens", mark("Tokens"), "text", "text", "token-details",
        widths=(270, 840, 280), heights=(164, 214, 186, 240), least=(104, 140, 130, 184),
        tabs=(("fit", "token-compare"),),
    ),
    _task(
        "continuation", mark("Continuation"), "prompts", "prompts", "watch",
        widths=(218, 940, 234), heights=(200, 300, 300), least=(110, 294, 150),
        tabs=(("compare", "chains", "cuts", "loops"),), by_layer=False,
    ),
    _task(
        "inside", mark("Inside"), "inside", "inside", "inside-details",
        widths=(250, 900, 250), heights=(84, 280, 220, 240), least=(76, 165, 172, 190),
        tabs=(
            ("heads", "redundancy"),
            ("lens", "patch"),
            ("followed", "balance", "neurons", "normalisation"),
            ("rotation", "neighbours", "effects"),
        ),
    ),
)  # fmt: skip


def task_of(panel: str) -> Task:
    """Return the task that has the panel of an id."""
    return next(task for task in TASKS if panel in task.panels)
