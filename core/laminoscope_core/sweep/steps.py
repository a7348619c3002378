"""A cell as a worker of Dask runs it: it tells how far it is, in few small messages."""

from collections.abc import Callable

from laminoscope_core.job import Job
from laminoscope_core.sweep.cell import run_cell
from laminoscope_core.sweep.plan import Cell

__all__ = ["TOPIC", "few_messages", "run_in_worker"]

TOPIC = "laminoscope-steps"
"""Under which workers tell the model, the fraction that is done (0 to 1), and what is done."""
_LEAST = 0.02
"""By how much a fraction has grown before it is told: a cell sends fifty messages at most."""
_LONGEST = 80


def run_in_worker(cell: Cell, cells: str, command: str) -> str:
    """Run a cell, as `cell.run_cell` does, and tell the scheduler of its steps."""
    from distributed import get_worker

    worker = get_worker()

    def tell(fraction: float, text: str) -> None:
        worker.log_event(TOPIC, (cell.model, fraction, text))

    return run_cell(cell, cells, command, Job(few_messages(tell)))


def few_messages(tell: Callable[[float, str], None]) -> Callable[[float, str], None]:
    """Return what passes on only reports that are far enough from the one before.

    Examples
    --------
    >>> report = few_messages(print)
    >>> for at in range(100):
    ...     report(at / 2000, f"step {at}")
    0.0 step 0
    0.02 step 40
    0.04 step 80
    """
    last = -1.0

    def report(fraction: float, text: str) -> None:
        nonlocal last
        if fraction >= last + _LEAST:
            last = fraction
            tell(fraction, text[:_LONGEST])

    return report
