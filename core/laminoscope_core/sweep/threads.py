"""The same number of threads for every cell, so that its sums have the same order everywhere."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["THREADS", "fixed_threads"]

THREADS = 1
"""Of torch, of BLAS, and of our own blocks of work."""
_VARIABLE = "OMP_NUM_THREADS"


@contextmanager
def fixed_threads() -> Iterator[None]:
    """Compute with so many threads, whatever the process was started with."""
    import torch
    from threadpoolctl import threadpool_limits

    before, variable = torch.get_num_threads(), os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = str(THREADS)  # read by `analysis.threads`
    torch.set_num_threads(THREADS)
    try:
        with threadpool_limits(THREADS):
            yield
    finally:
        torch.set_num_threads(before)
        if variable is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = variable
