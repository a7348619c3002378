"""What the plots of prompts share: the place after one, its end as a name, probabilities."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from laminoscope_core.analysis.continuation import PlaceResult, Result
from laminoscope_core.sampling.samplers import SAMPLERS
from laminoscope_core.tables import Table
from laminoscope_core.text import visible_text

__all__ = ["line_table", "place_after", "probability", "prompt_end", "stage_title", "token_label"]


def place_after(result: Result, prompt: int) -> PlaceResult:
    """Return what comes after a prompt, or after the last one if there are fewer."""
    return result.places[min(prompt, len(result.places) - 1)]


def line_table(lines: Iterable[Mapping[str, Any]], missing: Mapping[str, Any]) -> Table:
    """Return lines that say unlike things as one table.

    Parameters
    ----------
    lines : iterable of mapping of str to object
        By column, what a line says.
    missing : mapping of str to object
        All columns in order, and what stands where a line has nothing.
    """
    found = list(lines)
    return Table({name: [line.get(name, none) for line in found] for name, none in missing.items()})


def probability(p: float) -> str:
    """Return a probability with the digits it deserves.

    Examples
    --------
    >>> probability(0.62077), probability(0.0000123), probability(0.0), probability(float("nan"))
    ('0.6208', '1.2e-05', '0', '–')
    """
    if np.isnan(p):
        return "–"
    if p == 0:
        return "0"
    return f"{p:.4f}" if p >= 0.0005 else f"{p:.1e}"


def prompt_end(text: str, limit: int = 24) -> str:
    """Return the end of a prompt in quotation marks, so that it is known which is meant.

    Examples
    --------
    >>> prompt_end("The white hare sat upon the snow", 8)
    '“…the snow”'
    """
    end = text.strip()
    count = min(limit, len(end))
    while count > 1 and len(visible_text(end[-count:], spaces=False)) > limit + 2:
        count -= 1
    shown = visible_text(end[-count:], spaces=False) if end else ""
    return f"“…{shown}”" if len(end) > count else f"“{shown}”"


def token_label(text: str, limit: int = 40) -> str:
    """Return a token's text as one safe line; a logit without a token is named so.

    Examples
    --------
    >>> token_label(" a"), token_label("")
    ('·a', '(no token)')
    """
    return visible_text(text, limit=limit) or "(no token)"


def stage_title(label: str) -> str:
    """Return what people call a stage of a chain, by its label in `Stages.labels`.

    Examples
    --------
    >>> stage_title("top_k"), stage_title("min_p 2"), stage_title("model")
    ('Top-k', 'Min-p (2)', 'model')
    """
    name, _, number = label.partition(" ")
    title = SAMPLERS[name].title if name in SAMPLERS else name
    return f"{title} ({number})" if number else title
