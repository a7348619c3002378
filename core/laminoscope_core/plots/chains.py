"""Chains: what each of several chains leaves of the candidates, as a map with its edge."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.chains import PlaceChains, Result
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.prompts import line_table, probability, prompt_end, token_label
from laminoscope_core.plots.shown import Axis, Floats, Frame, Image, Scale, Shown
from laminoscope_core.text import visible_text

__all__ = ["View", "chain_ticks", "decades", "show"]

_TOKENS = 24
"""Candidates that the map has room for."""
_LEAST = 1e-4
"""The probability of the first colour."""
_LONGEST = 22  # characters of a chain's name
_COLUMNS: Mapping[str, Any] = {
    **{"plot": "", "row": -1, "chain": "", "token_id": -1, "token": "", "value": np.nan},
    **{"n_left": -1, "entropy": np.nan, "reason": ""},
}
_REMOVED = "removed by the chain"


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    prompt : int
        After which prompt, from 0.
    candidate : int or None
        The token that is marked.
    colours, between
        As of `Coloured`.
    """

    prompt: int = 0
    candidate: int | None = None


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return the model's best candidates after every chain; at its edge how many, and how open.

    The first row is the model alone.  What a chain removed is left bare.
    """
    result: Result = results["chains"]
    place = result.places[min(view.prompt, len(result.places) - 1)]
    names = ("model", *(chain.name for chain in result.chains))
    values = np.vstack((place.raw, place.probabilities))[:, :_TOKENS]
    n_rows, n_tokens = values.shape
    shown = tuple(token_label(text, limit=20) for text in place.tokens[:n_tokens])
    ids = place.token_ids[:n_tokens]
    after = prompt_end(place.prompt)

    def says(row: int, column: int) -> str:
        value = values[row, column]
        if np.isnan(value):
            return f"{shown[column]}: {place.reasons[row - 1]}"
        if value == 0:
            return f"{shown[column]}: removed by {names[row]}"
        return f"{shown[column]}: p = {probability(float(value))} after {names[row]}"

    def cells_of(field: str, value: Any) -> list[tuple[int, int]]:
        columns = np.flatnonzero(ids == value) if field == "candidate" else ()
        return [(row, int(column)) for column in columns for row in range(n_rows)]

    counts = (place.n_candidates, *place.n_left.tolist())
    entropies = (place.raw_entropy, *place.entropy.tolist())
    edge = tuple(
        (float(row), f"{n_left:,} · {entropy:.2f}" if n_left else "–", "text")
        for row, (n_left, entropy) in enumerate(zip(counts, entropies, strict=True))
    )
    frame = Frame(
        Axis(-0.5, n_tokens - 0.5, "candidate", whole=True, names=shown),
        Axis(n_rows - 0.5, -0.5, ticks=chain_ticks(names)),
        {
            "map": Image(
                values=np.where(values > 0, values, np.nan),
                x=(-0.5, n_tokens - 0.5), y=(-0.5, n_rows - 0.5), says=says, bare=True,
                stands_for=lambda _row, column: {"candidate": int(ids[column])},
                cells_of=cells_of,
            )
        },
        aspect=0.4, lines=1.5 * n_rows + 2, grid=False, beside=edge,
    )  # fmt: skip
    note = f"after {after}; right: candidates left · entropy in nats"
    return Shown(
        {"map": frame},
        lambda: line_table(_lines(place, names), _COLUMNS),
        title=f"What chains leave after {after}",
        note=note,
        scale=coloured(decades(values), view),
        widest=160.0,
    )


def decades(values: Floats) -> Scale:
    """Return the scale of probabilities in decades; those below 0.0001 share a colour."""
    known = values[np.isfinite(values) & (values > 0)]
    return Scale(
        "sequential", _LEAST, 1.0, "probability", log=True, under=bool((known < _LEAST).any())
    )


def chain_ticks(names: tuple[str, ...]) -> tuple[tuple[float, str], ...]:
    """Return what stands at the rows, as long as there is room."""
    shown = (visible_text(name, spaces=False, limit=_LONGEST) for name in names)
    return tuple((float(row), name) for row, name in enumerate(shown))


def _lines(place: PlaceChains, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield a line per cell of the map, then one per bar of its edge."""
    values = np.vstack((place.raw, place.probabilities))[:, :_TOKENS]
    reasons = ("", *place.reasons)
    for row, name in enumerate(names):
        for column, value in enumerate(values[row]):
            yield {
                "plot": "cell", "row": row, "chain": name,
                "token_id": int(place.token_ids[column]), "token": place.tokens[column],
                "value": float(value),
                "reason": _REMOVED if value == 0 else reasons[row],
            }  # fmt: skip
    for row, name in enumerate(names):
        n_left = place.n_candidates if row == 0 else int(place.n_left[row - 1])
        entropy = place.raw_entropy if row == 0 else float(place.entropy[row - 1])
        yield {
            "plot": "edge", "row": row, "chain": name, "n_left": n_left, "entropy": entropy,
            "reason": reasons[row],
        }  # fmt: skip
