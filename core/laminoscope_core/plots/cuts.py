"""Cuts: which chains would have forbidden which tokens of a text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.cuts import Result, why_none
from laminoscope_core.plots.chains import chain_ticks, decades
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.inside import nothing_to_show
from laminoscope_core.plots.prompts import line_table, probability, token_label
from laminoscope_core.plots.shown import Axis, Frame, Image, Mark, Points, Shown
from laminoscope_core.sampling.cuts import Cuts
from laminoscope_core.text import how_many

__all__ = ["View", "show"]

_ABSENT = "press Read the text to see which chains would have cut it"
_COLUMNS: Mapping[str, Any] = {
    **{"plot": "", "row": -1, "chain": "", "token_index": -1, "token_id": -1, "token": ""},
    **{"value": np.nan, "kept": np.nan, "rank": -1, "removed_by": "", "n_cut": np.nan},
    **{"reason": ""},
}


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    prompt : int
        With which prompt the text begins, from 0.
    colours, between
        As of `Coloured`.
    """

    prompt: int = 0


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return the tokens of a text under every chain: its probability, and a cross where it is cut.

    The first row is the model alone.
    """
    result: Result = results["cuts"]
    cuts = next((each for each in result.texts if each.prompt == view.prompt), None)
    if cuts is None:
        return nothing_to_show("cuts", _ABSENT)
    names = ("model", *(chain.name for chain in cuts.chains))
    values = np.vstack((cuts.raw, cuts.probability))
    n_rows, n_tokens = values.shape
    shown = tuple(token_label(text, limit=20) for text in cuts.tokens)

    def says(row: int, token: int) -> str:
        if row and cuts.kept[row - 1, token] == 0:
            return f"{shown[token]}: cut by {cuts.remover(row - 1, token)} of {names[row]}"
        if np.isnan(values[row, token]):
            return f"{shown[token]}: {why_none(cuts, row - 1, token)}"
        p = probability(float(values[row, token]))
        return f"{shown[token]}: p = {p} after {names[row]}, rank {cuts.rank[token]:,}"

    at_chain, at_token = np.nonzero(cuts.kept == 0)
    marks: dict[str, Mark] = {
        "map": Image(
            values=np.where(values > 0, values, np.nan),
            x=(-0.5, n_tokens - 0.5), y=(-0.5, n_rows - 0.5), says=says, bare=True,
        ),
        "cut": Points(
            x=at_token.astype(np.float64), y=at_chain.astype(np.float64) + 1.0,
            marker="square", size=0.8, colour="accent",
        ),
    }  # fmt: skip
    frame = Frame(
        Axis(-0.5, n_tokens - 0.5, "token", whole=True, names=shown),
        Axis(n_rows - 0.5, -0.5, ticks=chain_ticks(names)),
        marks,
        aspect=0.3, lines=1.5 * n_rows + 2, grid=False,
        beside=tuple((float(row), said, "text") for row, said in enumerate(_counted(cuts))),
    )  # fmt: skip
    return Shown(
        {"cuts": frame},
        lambda: line_table(_lines(cuts, names), _COLUMNS),
        title="Which chains would have cut this text",
        note=f"n = {how_many(n_tokens - 1, 'token')}; right: tokens that a chain cuts",
        scale=coloured(decades(values), view),
    )


def _counted(cuts: Cuts) -> tuple[str, ...]:
    """Return how many tokens each chain would have cut, in the order of the rows."""
    n = len(cuts.tokens) - 1
    known = [not reason for reason in cuts.reasons]
    lost = np.nansum(1 - cuts.kept, axis=1)
    return ("", *(f"{lost[at]:.3g} of {n}" if fits else "–" for at, fits in enumerate(known)))


def _lines(cuts: Cuts, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield a line per token and row of the map, then one per chain."""
    for row, name in enumerate(names):
        for token, text in enumerate(cuts.tokens):
            chain = row - 1
            yield {
                "plot": "cell", "row": row, "chain": name, "token_index": token,
                "token_id": cuts.token_ids[token], "token": text,
                "value": float(cuts.raw[token] if row == 0 else cuts.probability[chain, token]),
                "kept": float(cuts.kept[chain, token]) if row else 1.0 if token else np.nan,
                "rank": int(cuts.rank[token]),
                "removed_by": "" if row == 0 else cuts.remover(chain, token),
                "reason": why_none(cuts, chain, token) if row or not token else "",
            }  # fmt: skip
    for row, name in enumerate(names[1:], start=1):
        reason = cuts.reasons[row - 1]
        n_cut = np.nan if reason else float(np.nansum(1 - cuts.kept[row - 1]))
        yield {"plot": "edge", "row": row, "chain": name, "n_cut": n_cut, "reason": reason}
