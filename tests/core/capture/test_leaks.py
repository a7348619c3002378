"""Nothing is left after captures that were started and cancelled, again and again."""

import ctypes
import gc
import sys
import tempfile
import threading
from pathlib import Path

import psutil
import pytest

from laminoscope_core import Cancelled, Job, capture
from laminoscope_core.models.model import Model

CYCLES = 200
SITES = ["q", "k", "v", "q_used", "attention", "resid_out"]


def hooks_of(model: Model) -> int:
    return sum(
        len(module._forward_hooks) + len(module._forward_pre_hooks) for module in model.hf.modules()
    )


def cycle(model: Model, prompts: list[list[int]], layer: int, memory: int | None) -> None:
    """Start a capture in a thread, as the window does, and cancel it at a layer."""
    outcome: list[BaseException | None] = []

    def on_report(_fraction: float, text: str) -> None:
        if text.startswith(f"layer {layer}"):
            job.cancel()

    job = Job(on_report)

    def work() -> None:
        try:
            capture(model, prompts, SITES, job=job, memory=memory)
            outcome.append(None)
        except BaseException as error:
            outcome.append(error)

    thread = threading.Thread(target=work, name="laminoscope-test")
    thread.start()
    thread.join()
    assert isinstance(outcome[0], Cancelled)


def held(process: psutil.Process) -> int:
    """Return the memory in use; what the allocator keeps free for later does not count."""
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
    return int(process.memory_info().rss)


def check_cycles(model: Model, prompts: list[list[int]]) -> None:
    folder = Path(tempfile.gettempdir())
    files = set(folder.glob("laminoscope-capture-*"))
    threads = threading.active_count()
    n_layers = model.info.n_layers
    process = psutil.Process()
    for index in range(CYCLES // 10):  # the allocator settles first
        cycle(model, prompts, index % n_layers, None)
    before = held(process)
    for index in range(CYCLES):
        cycle(model, prompts, index % n_layers, 0 if index % 2 else None)
    drift = held(process) - before
    assert hooks_of(model) == 0
    assert threading.active_count() == threads
    assert set(folder.glob("laminoscope-capture-*")) == files
    assert drift < 20e6, f"memory grew by {drift / 1e6:.1f} MB"


def test_two_hundred_cancelled_captures_of_a_tiny_model_leave_nothing(tiny: Model) -> None:
    check_cycles(tiny, [[5, 17, 3, 88, 41], [9, 2]])


@pytest.mark.slow
@pytest.mark.model
def test_two_hundred_cancelled_captures_of_the_default_model_leave_nothing(smollm2: Model) -> None:
    check_cycles(smollm2, [[504, 2630, 3159, 314, 8612], [504, 2630]])
