"""Start and cancel captures 200 times in a process of its own; print what is left as JSON.

A fresh process, because the heap of a long test run moves by tens of megabytes on its own.
Argument: ``tiny`` or ``smollm2``; with ``leak`` after it, as many that leak on purpose follow.
"""

import ctypes
import gc
import json
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import psutil
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from laminoscope_core import Cancelled, Job, capture, open_model, wrap_model
from laminoscope_core.models.model import Model
from laminoscope_core.recording.passes import Passes

CYCLES = 200
PROMPTS = [[50, 26, 31, 14, 86], [50, 26]]
SITES = ["q", "k", "v", "q_used", "attention", "resid_out"]


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


def held() -> int:
    """Return the memory in use; what the allocator keeps free for later does not count."""
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
    return int(psutil.Process().memory_info().rss)


def lowest(model: Model, n_cycles: int) -> int:
    """Run so many cycles; return the least memory in use after one of the last."""
    readings = []
    for index in range(n_cycles):
        cycle(model, PROMPTS, index % model.info.n_layers, 0 if index % 2 else None)
        if index >= n_cycles - 20:
            readings.append(held())
    return min(readings)


def leak() -> None:
    """Let every pass from now on leak a quarter of a megabyte."""
    leaked: list[torch.Tensor] = []
    original = Passes.run

    def leaky(self: Passes, *args: Any, **kwargs: Any) -> Any:
        leaked.append(torch.ones(64_000))
        return original(self, *args, **kwargs)

    Passes.run = leaky


def main() -> None:
    torch.set_num_threads(1)
    gc.collect()
    gc.freeze()  # what the libraries have made is not looked through at every reading
    if sys.argv[1] == "tiny":
        config = LlamaConfig(
            vocab_size=97, hidden_size=24, intermediate_size=40, num_hidden_layers=3,
            num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=32,
        )  # fmt: skip
        model = wrap_model(LlamaForCausalLM(config).eval())
    else:
        model = open_model("smollm2-135m", device="cpu")
    files = set(Path(tempfile.gettempdir()).glob("laminoscope-capture-*"))
    threads = threading.active_count()
    capture(model, PROMPTS, SITES)
    first = lowest(model, CYCLES // 5)  # caches fill
    last = lowest(model, CYCLES)
    left = {
        "hooks": sum(
            len(module._forward_hooks) + len(module._forward_pre_hooks)
            for module in model.hf.modules()
        ),
        "threads": threading.active_count() - threads,
        "files": len(set(Path(tempfile.gettempdir()).glob("laminoscope-capture-*")) - files),
        "megabytes": (last - first) / 1e6,
    }
    if "leak" in sys.argv:
        leak()
        left["leaked megabytes"] = (lowest(model, CYCLES) - last) / 1e6
    print(json.dumps(left))


if __name__ == "__main__":
    main()
