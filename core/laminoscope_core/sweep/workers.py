"""Cells on Dask: processes of this machine, or the workers of a scheduler that is running.

What crosses the scheduler are the cells, which are texts, and the messages of those that failed.
A worker process runs one cell at a time and is started again when it dies; Dask gives its cell to
another one.
"""

import logging
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from laminoscope_core.analysis.threads import n_cores
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import Experiment
from laminoscope_core.job import Job
from laminoscope_core.models.memory import gigabytes
from laminoscope_core.sweep.cell import tries
from laminoscope_core.sweep.interrupts import interrupts_held
from laminoscope_core.sweep.plan import Cell, memory_needed, side_by_side
from laminoscope_core.sweep.steps import TOPIC, run_in_worker
from laminoscope_core.sweep.threads import THREADS
from laminoscope_core.text import how_many

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["TRIES_AGAIN", "in_workers"]

TRIES_AGAIN = 3
"""How often a cell is tried again whose worker died."""
_POLL_SECONDS = 0.5
_CONNECT_SECONDS = 20
_MOST_NAMES = 3
_GONE_SECONDS = 60.0
"""Without a worker of ours before all are started anew: one that died is back sooner."""
_CONFIGURATION = {
    "distributed.scheduler.allowed-failures": TRIES_AGAIN,
    "distributed.nanny.pre-spawn-environ.OMP_NUM_THREADS": THREADS,
    "distributed.nanny.pre-spawn-environ.MKL_NUM_THREADS": THREADS,
    "distributed.nanny.pre-spawn-environ.OPENBLAS_NUM_THREADS": THREADS,
    "distributed.deploy.lost-worker-timeout": "600s",  # it is being started again
    "distributed.scheduler.http.routes": [],
}


class _WorkersGone(Exception):
    """A process died while it was started."""


class _RunCells(Protocol):
    def __call__(
        self, cells: Sequence[Cell], folder: Path, command: str, job: Job
    ) -> dict[str, str]: ...


def in_workers(workers: int | None, scheduler: str | None) -> _RunCells:
    """Return what runs cells by Dask; see `run.run_sweep` for the arguments.

    Raises
    ------
    LaminoscopeError
        Dask is not there, or not that scheduler.
    """
    _require_dask()
    if scheduler is not None:
        with interrupts_held(), _connected(scheduler):
            pass  # it answers

    def run_cells(cells: Sequence[Cell], folder: Path, command: str, job: Job) -> dict[str, str]:
        on_gpu = {cell.model for cell in cells if _wants_gpu(cell)}
        with interrupts_held() as check:
            running = _Running(folder.absolute(), command, on_gpu, scheduler is None, check)
            left: Sequence[Cell] = cells
            for _ in range(TRIES_AGAIN + 1):
                with (
                    suppress(_WorkersGone),
                    _client(left, workers, scheduler, bool(on_gpu), job) as client,
                ):
                    left = running.run(client, left, job)
                check()
                if not left:
                    return running.failures
        raise LaminoscopeError(
            "The processes of the sweep died as they were started.",
            "Go on with --resume; fewer --workers take less memory.",
        )

    return run_cells


def _require_dask() -> None:
    try:
        import distributed  # noqa: F401 - it needs dask
    except ImportError:
        raise LaminoscopeError(
            "A sweep needs the libraries dask and distributed, which are not installed.",
            'Install them with pip install "laminoscope[cluster]".',
        ) from None


def _wants_gpu(cell: Cell) -> bool:
    from laminoscope_core.models.devices import choose_device

    device = Experiment.from_text(cell.experiment).model.device
    try:
        return choose_device(device).type != "cpu"
    except LaminoscopeError:  # it is not here, but may be where the cell runs
        return device.startswith("cuda")


@contextmanager
def _client(
    cells: Sequence[Cell], workers: int | None, scheduler: str | None, gpu: bool, job: Job
) -> Iterator["Client"]:
    import dask
    from distributed import Client, LocalCluster

    if scheduler is not None:
        job.report(0.0, f"connecting to {scheduler}")
        with _connected(scheduler) as client:
            yield client
        return
    most = min(workers or n_cores(), len(cells))
    n = 1 if gpu else side_by_side(cells, most)
    job.report(0.0, f"starting {n} processes" if n > 1 else "starting a process")
    with dask.config.set(_CONFIGURATION):
        try:
            cluster = LocalCluster(
                n_workers=n,
                threads_per_worker=1,
                processes=True,
                memory_limit=0,  # what fits together has been decided
                dashboard_address="127.0.0.1:0",  # without one it takes a port that others want
                security=True,  # nobody else on this machine gets in
                silence_logs=logging.CRITICAL,
                resources={"GPU": 1} if gpu else None,
            )
        except RuntimeError as error:
            raise _WorkersGone from error
        with cluster, Client(cluster) as client:
            yield client


@contextmanager
def _connected(scheduler: str) -> Iterator["Client"]:
    from distributed import Client

    try:
        client = Client(scheduler, timeout=_CONNECT_SECONDS)
    except (OSError, TimeoutError, ValueError, ImportError) as error:
        raise LaminoscopeError(
            f"There is no Dask scheduler at {scheduler}: {str(error) or 'no answer'}.",
            "Start one with dask scheduler, and workers with dask worker.",
        ) from None
    with client:
        yield client


@dataclass
class _Running:
    """Cells that are given to workers.

    Attributes
    ----------
    folder : Path
        That of the cells.
    command : str
    on_gpu : set of str
        Models that take a GPU.
    is_local : bool
        Whether the workers are ours: then some must be there.
    check : callable
        Raises `KeyboardInterrupt` if there was an interrupt.
    failures : dict of str to str
        Filled as cells fail.
    steps : dict of str to (float, str)
        How far models are that run, as their workers tell it.
    """

    folder: Path
    command: str
    on_gpu: set[str]
    is_local: bool
    check: Callable[[], None]
    failures: dict[str, str] = field(default_factory=dict)
    steps: dict[str, tuple[float, str]] = field(default_factory=dict)

    def run(self, client: "Client", cells: Sequence[Cell], job: Job) -> list[Cell]:
        """Run cells; return those that are left when all workers have gone for good."""
        from distributed import wait

        self.check()
        client.subscribe_topic(TOPIC, self._hear)
        if not self.is_local:
            cells = self._fitting(client, cells)
        running = {self._submit(client, cell): cell for cell in cells}
        seen = monotonic()
        try:
            while running:
                self.check()
                self._report(len(cells), running.values(), job)
                with suppress(TimeoutError):
                    for future in wait(list(running), _POLL_SECONDS, "FIRST_COMPLETED").done:
                        cell = running.pop(future)
                        if again := _end(future, cell, self.folder, self.failures):
                            running[self._submit(client, again)] = again
                if not self.is_local or client.scheduler_info()["workers"]:
                    seen = monotonic()
                elif monotonic() - seen > _GONE_SECONDS:
                    return list(running.values())
        finally:
            client.cancel(list(running), force=True)
        return []

    def _fitting(self, client: "Client", cells: Sequence[Cell]) -> list[Cell]:
        """Return the cells that a worker can take, as far as workers are there and tell."""
        workers = client.scheduler_info()["workers"].values()
        largest = max((each["memory_limit"] or math.inf for each in workers), default=math.inf)
        no_gpu = workers and not any(each["resources"].get("GPU") for each in workers)
        fitting = []
        for cell in cells:
            if (needed := memory_needed(cell)) > largest:
                self.failures[cell.model] = (
                    f"It may take {gigabytes(needed)} of memory; "
                    f"the largest worker may take {gigabytes(int(largest))}."
                )
            elif no_gpu and cell.model in self.on_gpu:
                self.failures[cell.model] = (
                    "It asks for a GPU, and no worker offers one; "
                    "start workers with --resources GPU=1, or give the experiment the device cpu."
                )
            else:
                fitting.append(cell)
        return fitting

    def _submit(self, client: "Client", cell: Cell) -> "Future":
        self.steps.pop(cell.model, None)
        needs: dict[str, Any] = {"resources": {"GPU": 1}} if cell.model in self.on_gpu else {}
        return client.submit(
            run_in_worker, cell, str(self.folder), self.command, pure=False, **needs
        )

    def _hear(self, event: tuple[float, tuple[str, float, str]]) -> None:
        _, (model, fraction, text) = event
        self.steps[model] = fraction, text

    def _report(self, n: int, left: Collection[Cell], job: Job) -> None:
        steps = [self.steps.get(cell.model, (0.0, "")) for cell in left]
        done = n - len(left) + sum(fraction for fraction, _ in steps)
        begun = [
            f"{cell.model} ({text})" for cell, (_, text) in zip(left, steps, strict=True) if text
        ]
        waiting = [cell.model for cell, (_, text) in zip(left, steps, strict=True) if not text]
        names = ", ".join([*begun, *waiting][:_MOST_NAMES]) + ", …" * (len(left) > _MOST_NAMES)
        none = "" if begun or done else ", none has begun"
        job.report(done / n, f"{how_many(len(left), 'model')} to go{none}: {names}")


def _end(future: "Future", cell: Cell, folder: Path, failures: dict[str, str]) -> Cell | None:
    """Note how a cell ended; return it if it is to be tried again."""
    from distributed import KilledWorker

    try:
        message = future.result()
    except KilledWorker:
        # Dask also counts the deaths of workers to which a cell was given and that never began it
        if tries(folder, cell.name) <= TRIES_AGAIN:
            return cell
        message = f"The process that ran it died {TRIES_AGAIN + 1} times."
    except Exception as error:  # the worker lacks our package, or its scheduler has gone
        message = f"It could not be run: {type(error).__name__}: {error}"
    if message:
        failures[cell.model] = message
    return None
