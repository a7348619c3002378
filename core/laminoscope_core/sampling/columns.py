"""Columns of a comparison: which prompt, read by which model, with which template and chain."""

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.places import Place

__all__ = ["CURRENT_CHAIN", "MODEL_ALONE", "Column", "Reading", "letter", "renumbered"]

MODEL_ALONE, CURRENT_CHAIN = "model", "chain"


@dataclass(frozen=True)
class Column:
    """What one column of a comparison shows.

    Attributes
    ----------
    prompt : int
        Which prompt, from 0.
    model : str
        Source of another model than the open one, as `open_model` takes it; empty for the open
        one.
    chat : bool or None
        Whether the prompt goes through the model's chat template; None as the prompt has it.
    chain : str
        ``"model"``: the model alone; ``"chain"``: after the experiment's chain; else the name of
        a preset, or of the chain in ``samplers``.
    samplers : tuple of dict
        The chain, as `Chain.from_list` takes it, if it is no preset.
    """

    prompt: int = 0
    model: str = ""
    chat: bool | None = None
    chain: str = MODEL_ALONE
    samplers: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, eq=False)
class Reading:
    """A prompt's text read once more: by another model, or through another template.

    Attributes
    ----------
    prompt : int
    model : str
        Source of the model; empty for the open one.
    chat : bool
    generated : tuple of int
        What the open model had generated after the prompt; the same text is read here.
    title : str
        The model, for people.
    place : Place or None
        None if it could not be read.
    texts : tuple of str
        The exact text of every token of this model.
    chain : Chain or None
        No sampler at all, with the tokenizer of this model.
    reason : str
        Why it could not be read; else empty.
    """

    prompt: int
    model: str
    chat: bool
    generated: tuple[int, ...]
    title: str
    place: Place | None = None
    texts: tuple[str, ...] = ()
    chain: Chain | None = None
    reason: str = ""


def letter(column: int) -> str:
    """Return the name of a column: A … Z, then A1, B1, ….

    Examples
    --------
    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'A1')
    """
    times, place = divmod(column, 26)
    return string.ascii_uppercase[place] + (str(times) if times else "")


def renumbered(
    columns: Iterable[Column], numbers: Mapping[int, int], n_prompts: int
) -> tuple[Column, ...]:
    """Return columns of prompts that have other numbers by now; none if fewer than two are left.

    Parameters
    ----------
    columns : iterable of Column
    numbers : mapping of int to int
        The new numbers of prompts that are there still, by their old ones.  A prompt that was
        rewritten keeps its number; the column of one that was removed goes.
    n_prompts : int
        How many there are now.

    Examples
    --------
    >>> [each.prompt for each in renumbered((Column(0), Column(1)), {0: 0, 1: 2}, 3)]
    [0, 2]
    >>> renumbered((Column(0), Column(1)), {1: 0}, 1)
    ()
    """
    others = {number: number for number in range(n_prompts) if number not in numbers.values()}
    known = {**others, **numbers}
    left = [
        replace(column, prompt=known[column.prompt]) for column in columns if column.prompt in known
    ]
    return tuple(left) if len(left) > 1 else ()
