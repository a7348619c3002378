"""How often each of several chains would have cut the token that really stood in a text."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.errors import AnalysisError
from laminoscope_core.job import Job
from laminoscope_core.sampling.cuts import Cuts
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables", "why_none"]

_FIRST = "nothing stands before the first token"


@dataclass(frozen=True)
class Params:
    """There is nothing to choose."""


@dataclass(frozen=True, eq=False)
class Result:
    """What the chains would have done.

    Attributes
    ----------
    texts : tuple of Cuts
        In the order of the prompts; empty where it has not been asked for.
    params : Params
    """

    texts: tuple[Cuts, ...]
    params: Params


def run(inputs: Inputs, params: Params, job: Job) -> Result:  # noqa: ARG001
    """Return what was read; it is computed while the model reads the text."""
    if inputs.prompts is None:
        raise AnalysisError(
            "This analysis needs prompts.", "Add a [[prompts]] section to the experiment."
        )
    return Result(inputs.prompts.cuts, params)


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``continuation/cuts.csv``, every token under every chain; none if no text was read."""
    if not result.texts:
        return {}
    rows: dict[str, list[Any]] = {
        name: []
        for name in (
            *("text", "chain", "token_index", "token", "rank", "probability", "kept"),
            *("raw_probability", "removed_by", "n", "reason"),
        )
    }
    for cuts in result.texts:
        for chain, named in enumerate(cuts.chains):
            for token, text in enumerate(cuts.tokens):
                line = {
                    "text": cuts.prompt, "chain": named.name, "token_index": token, "token": text,
                    "rank": int(cuts.rank[token]),
                    "probability": float(cuts.probability[chain, token]),
                    "kept": float(cuts.kept[chain, token]),
                    "raw_probability": float(cuts.raw[token]),
                    "removed_by": cuts.remover(chain, token),
                    "n": len(cuts.tokens) - 1,
                    "reason": why_none(cuts, chain, token),
                }  # fmt: skip
                for name, value in line.items():
                    rows[name].append(value)
    return {"continuation/cuts.csv": Table(rows)}


def why_none(cuts: Cuts, chain: int, token: int) -> str:
    """Return why there is no number of a token under a chain; empty if there is one."""
    if token == 0:
        return _FIRST
    return cuts.reasons[chain] if np.isnan(cuts.kept[chain, token]) else ""
