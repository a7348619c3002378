"""Work cut into blocks that several threads do at once.

numpy and BLAS let go of the interpreter while they compute, so that threads are enough.  How work
is cut never depends on the number of threads, and every block writes to a place of its own: the
numbers are the same whoever computes them.

BLAS has threads of its own, which wait for work by spinning.  Two kinds of threads on the same
cores cost up to ten times the time of either, so that BLAS gets one while blocks are worked on.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from laminoscope_core.job import Job

__all__ = ["fill", "in_threads", "n_cores", "n_threads"]

T = TypeVar("T")

_LONGEST_WAIT = 0.05
"""Seconds after which a cancelled job is noticed at the latest, if the blocks notice it too."""


def n_threads() -> int:
    """Return how many threads compute: ``OMP_NUM_THREADS``, or as many as there are cores."""
    asked = os.environ.get("OMP_NUM_THREADS", "")
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    return n_cores()


def n_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # a container may have fewer than the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_threads(
    tasks: Iterable[Callable[[], T]], job: Job, threads: int | None = None
) -> Iterator[T]:
    """Yield what the tasks return, in their order, while threads work some tasks ahead.

    Parameters
    ----------
    tasks : iterable of callable
        Taken one by one, in the calling thread, when there is room for another.
    job : Job
        Checked at least every 50 ms; a task that takes longer should check it too.
    threads : int, optional
        `n_threads` by default.

    Raises
    ------
    Cancelled
        The job was cancelled.  Tasks that have begun are waited for, the others are dropped.

    Examples
    --------
    >>> list(in_threads([lambda: 1, lambda: 2, lambda: 3], Job(), threads=2))
    [1, 2, 3]
    """
    from threadpoolctl import threadpool_limits

    threads = threads or n_threads()
    begun: deque[Future[T]] = deque()
    with (
        threadpool_limits(1, user_api="blas"),
        ThreadPoolExecutor(threads, thread_name_prefix="laminoscope-block") as pool,
    ):
        try:
            for task in tasks:
                job.check()
                begun.append(pool.submit(_checked, task, job))
                if len(begun) >= 2 * threads:
                    yield _result(begun.popleft(), job)
            while begun:
                yield _result(begun.popleft(), job)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def fill(
    size: int,
    tasks: Iterable[Callable[[], int]],
    job: Job,
    text: str,
    so_far: Callable[[], object],
    span: tuple[float, float] = (0.0, 1.0),
) -> None:
    """Let threads fill in numbers; tell how far they are, and hand out what there is so far.

    Parameters
    ----------
    size : int
        How many numbers there are in all.
    tasks : iterable of callable
        Each fills in some of them and returns how many.
    job : Job
        Told after every task.
    text : str
        What is being done.
    so_far : callable
        Makes the partial result.
    span : pair of float
        The part of the job that this is.
    """
    start, stop = span
    done = 0
    for n_filled in in_threads(tasks, job):
        done += n_filled
        job.report(start + (stop - start) * done / max(size, 1), text)
        job.show_partial(so_far)


def _checked(task: Callable[[], T], job: Job) -> T:
    job.check()
    return task()


def _result(future: Future[T], job: Job) -> T:
    while not future.done():
        job.check()
        wait([future], timeout=_LONGEST_WAIT)
    return future.result()
