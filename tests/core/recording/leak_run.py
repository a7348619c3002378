"""Start and cancel captures 200 times in a process of its own; print what is left as JSON.

A fresh process, because the heap of a long test run moves by tens of megabytes on its own.
Argument: ``tiny`` or ``smollm2``; with ``leak`` after it every capture leaks on purpose.
"""

import ctypes
import gc
import json
import sys
import tempfile
import threading
from pathlib import Path

import psutil
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from laminoscope_core import Cancelled, Job, capture, open_model, wrap_model
from laminoscope_core.models.model import Model
from laminoscope_core.recording.passes import Passes

CYCLES = 200
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


def main() -> None:
    if sys.argv[1] == "tiny":
        config = LlamaConfig(
            vocab_size=97, hidden_size=24, intermediate_size=40, num_hidden_layers=3,
            num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=32,
        )  # fmt: skip
        model = wrap_model(LlamaForCausalLM(config).eval())
    else:
        model = open_model("smollm2-135m", device="cpu")
    prompts = [[50, 26, 31, 14, 86], [50, 26]]
    leaked: list[torch.Tensor] = []
    if "leak" in sys.argv:
        original = Passes.run

        def leaky(self: Passes, *args, **kwargs):
            leaked.append(torch.ones(64_000))  # a quarter of a megabyte
            return original(self, *args, **kwargs)

        Passes.run = leaky
    files = set(Path(tempfile.gettempdir()).glob("laminoscope-capture-*"))
    threads = threading.active_count()
    capture(model, prompts, SITES)
    lows = []
    for n_cycles in (CYCLES // 5, CYCLES):  # caches fill during the first
        readings = []
        for index in range(n_cycles):
            cycle(model, prompts, index % model.info.n_layers, 0 if index % 2 else None)
            if index >= n_cycles - 20:
                readings.append(held())
        lows.append(min(readings))
    left = {
        "hooks": sum(
            len(module._forward_hooks) + len(module._forward_pre_hooks)
            for module in model.hf.modules()
        ),
        "threads": threading.active_count() - threads,
        "files": len(set(Path(tempfile.gettempdir()).glob("laminoscope-capture-*")) - files),
        "megabytes": (lows[1] - lows[0]) / 1e6,
    }
    print(json.dumps(left))


if __name__ == "__main__":
    main()
