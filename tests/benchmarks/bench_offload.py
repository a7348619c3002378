"""A model with blocks on disk: what a pass takes beside the same model in memory, and its memory.

Makes a random model of the size of GPT-2 XL (1.56 billion parameters, 6.2 GB in float32) in a
temporary folder, opens it with room for half of its blocks, and captures norms, next-token
statistics, and what a lens and a ledger read of a short text.

    python tests/benchmarks/bench_offload.py [LAYERS]
"""

import sys
import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import psutil
import torch
from transformers import GPT2Config, GPT2LMHeadModel

from laminoscope_core import capture
from laminoscope_core.models import devices, offload
from laminoscope_core.models.load import open_model
from laminoscope_core.recording.plan import forecast
from laminoscope_core.recording.reducers.whole import Whole

PROMPT = [list(range(5, 133))]
SITES = ["q", "k", "v", "attn_added", "mlp_added", "resid_out"]


class Peak:
    """The highest memory of this process while it is entered, less the pages that are of files.

    Those are given back when others need room.
    """

    def __enter__(self):
        self.bytes, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def _watch(self):
        process = psutil.Process()
        while not self._over.wait(0.005):
            used = process.memory_info()
            self.bytes = max(self.bytes, used.rss - getattr(used, "shared", 0))

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()


def made(folder, n_layers):
    config = GPT2Config(n_embd=1600, n_head=25, n_layer=n_layers, n_positions=1024)
    with torch.no_grad():
        model = GPT2LMHeadModel(config).to(torch.bfloat16)
    model.save_pretrained(folder, max_shard_size="500MB")
    return config


def timed(model):
    reducer = Whole(tuple(SITES))
    started = time.perf_counter()
    expected = forecast(model, PROMPT, [reducer])
    with Peak() as peak:
        found = capture(model, PROMPT, SITES)
    return time.perf_counter() - started, expected, peak.bytes, found


def main():
    n_layers = int(sys.argv[1]) if len(sys.argv) > 1 else 48
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "model"
        made(folder, n_layers)
        room = offload.spread(
            GPT2Config.from_pretrained(folder).to_dict(), "the model", "float32", {"cpu": 10**12}
        )
        assert not room.on_disk
        blocks = n_layers * 4 * 12 * 1600**2
        outside = 4 * (50257 + 1024) * 1600
        devices.free_memory = lambda: int((outside + blocks / 2) / offload._SHARE)
        with Peak() as opening:
            model = open_model(folder, "offload", "float32")
        held, brought = offload.held_bytes(model.hf), offload.brought_bytes(model.hf)
        print(f"{model.info.n_parameters / 1e9:.2f} billion parameters in float32:")
        print(f"  {held / 1e9:.2f} GB in memory, {brought / 1e9:.2f} GB on disk")
        print(f"  highest memory while it is opened: {opening.bytes / 1e9:.2f} GB")
        times = SimpleNamespace(parts=[], plain=[])
        for _ in range(3):
            seconds, expected, peak, parts = timed(model)
            times.parts.append(seconds)
            started = time.perf_counter()
            with torch.inference_mode():
                model.hf(torch.tensor(PROMPT), use_cache=False)
            times.plain.append(time.perf_counter() - started)
        print(
            f"  capture: {min(times.parts):.2f} s, {min(times.parts) / min(times.plain):.2f} of a"
        )
        print(f"  plain pass of the same ({min(times.plain):.2f} s)")
        print(f"  memory: {peak / 1e9:.2f} GB, forecast {expected.peak / 1e9:.2f} GB")
        del model, parts


if __name__ == "__main__":
    main()
