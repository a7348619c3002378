"""What the tables of the blocks' insides have in common."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.tables import Table

__all__ = ["nothing", "state_column"]


def nothing(columns: Iterable[str], reason: str) -> Table:
    """Return a table of one line that says why there is nothing."""
    return Table({**dict.fromkeys(columns, ("",)), "reason": (reason,)})


def state_column(states: Sequence[str], index: NDArray[np.int64]) -> dict[str, list[str]]:
    """Return the column that says which state each line is of, if there is more than one."""
    return {"state": [states[number] for number in index]} if len(states) > 1 else {}
