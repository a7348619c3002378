"""The cells of a sweep: one for each model, with all that it runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import Experiment
from laminoscope_core.models.foreseen import foresee
from laminoscope_core.models.memory import free_memory
from laminoscope_core.recording.plan import MOST_BYTES, SMALL_PROCESS
from laminoscope_core.sweep.file import Sweep, safe_name

__all__ = ["Cell", "Part", "cells_of", "folder_of", "memory_needed", "side_by_side"]

_SESSION_AND_TABLES = 2
"""How often the similarities of a list are in memory while they are written."""


@dataclass(frozen=True)
class Part:
    """What a cell runs at once.

    Attributes
    ----------
    words : str
        The name of the word list; empty for what is of no words.
    folder : str
        Inside the cell's folder.
    experiment : str
        As TOML.
    """

    words: str
    folder: str
    experiment: str


@dataclass(frozen=True)
class Cell:
    """One model of a sweep; small enough to be sent to the process that runs it.

    Attributes
    ----------
    model : str
        As the sweep file names it.
    name : str
        Of its folder, made of `model` alone.
    experiment : str
        As TOML: the experiment with this model and the carrier sentences, and its own words.
    parts : tuple of Part
        One for each word list, and one for all that is of no words.
    """

    model: str
    name: str
    experiment: str
    parts: tuple[Part, ...]


def cells_of(sweep: Sweep) -> tuple[Cell, ...]:
    """Return the cells of a sweep, in the order of its models.

    Raises
    ------
    LaminoscopeError
        There is nothing to run.
    """
    return tuple(
        _cell(sweep, model, source)
        for model, source in zip(sweep.models, sweep.sources, strict=True)
    )


def _cell(sweep: Sweep, model: str, source: str) -> Cell:
    section = sweep.experiment.model.model_copy(update={"source": source})
    experiment = sweep.experiment.model_copy(update={"model": section})
    altering = tuple(one for _, one in experiment.altered) or None
    alone = {"text": None, "prompts": (), "inside": None, "interventions": altering}
    parts = []
    for name, words in sweep.lists.items():
        of_list = experiment.model_copy(update={**alone, "words": words})
        parts.append(Part(name, folder_of(name), of_list.to_toml()))
    if experiment.text or experiment.prompts or experiment.inside:
        of_texts = experiment.model_copy(update={"words": None})
        parts.append(Part("", folder_of(""), of_texts.to_toml()))
    if not parts:
        raise LaminoscopeError(
            "The sweep has nothing to run.",
            "Give its experiment a section to run, or the sweep [lists] of words.",
        )
    return Cell(model, safe_name(model), experiment.to_toml(), tuple(parts))


def folder_of(words: str) -> str:
    """Return where in a cell's folder a list has its own; an empty name is of what has no words."""
    return f"lists/{safe_name(words)}" if words else "texts"


def side_by_side(cells: Sequence[Cell], most: int) -> int:
    """Return how many cells fit into main memory together, whichever they are; at least one."""
    largest = sorted(map(memory_needed, cells), reverse=True)[:most]
    free = free_memory()
    n = len(largest)
    while n > 1 and sum(largest[:n]) > free:
        n -= 1
    return max(n, 1)


def memory_needed(cell: Cell) -> int:
    """Return the bytes that the process of a cell is expected to take at most.

    A model of which nothing is known before it is fetched counts as the process alone.
    """
    experiment = Experiment.from_text(cell.experiment)
    model = experiment.model
    taken = int(SMALL_PROCESS) + 2 * MOST_BYTES
    try:
        found = foresee(model.source, model.device, model.dtype)
    except LaminoscopeError:
        return taken  # it ends with its message
    if found is None:
        return taken
    kept = 0
    for part in cell.parts:
        words = Experiment.from_text(part.experiment).words
        if words is not None:
            n, n_sites = len(words.words), len(experiment.rsa.sites)
            rows = 2 * n * max(found.d_model, found.d_heads)
            each = rows + _SESSION_AND_TABLES * n * n
            kept = max(kept, 4 * each * found.n_layers * n_sites * len(words.sentences))
    return taken + found.weights + kept
