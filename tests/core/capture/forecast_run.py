"""Run a capture in a process of its own; print the forecast and the measured peak as JSON.

Arguments: ``smollm2`` or ``xl`` (the size of GPT-2 XL, constant weights), then ``words`` (rows
by spans) or ``text`` (every token of longer prompts).
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from transformers import GPT2Config, GPT2LMHeadModel

from laminoscope_core import capture, open_model, wrap_model
from laminoscope_core.capture.plan import forecast
from laminoscope_core.models.model import Model


def peak_memory() -> int:
    """Return this process's highest memory; that of the process that started it left out."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("the system does not tell")


def xl() -> Model:
    config = GPT2Config(n_embd=1600, n_layer=48, n_head=25)
    with torch.device("meta"):
        hf = GPT2LMHeadModel(config)
    hf = hf.to_empty(device="cpu").eval()
    hf.tie_weights()
    with torch.no_grad():
        for parameter in hf.parameters():
            parameter.fill_(0.01)
    return wrap_model(hf)


def main() -> None:
    model = xl() if sys.argv[1] == "xl" else open_model("smollm2-135m", device="cpu")
    if sys.argv[2] == "words":
        prompts = [[464, 1306, 1573, 318, 1000 + index] for index in range(34)]
        spans = np.array([[[4, 5], [1, 2]]] * 34)
        sites = ["q", "k", "v"]
    else:
        prompts = [[(7 * i + 13 * row) % 40_000 for i in range(400)] for row in range(8)]
        spans = None
        sites = ["q", "k", "v", "attn_out", "resid_out"]
    n_rows = None if spans is None else 2
    expected = forecast(model, prompts, sites, n_rows=n_rows)
    cap = capture(model, prompts, sites, spans=spans)
    peak = peak_memory()
    kept = sum(cap.array(site).nbytes for site in sites)
    print(json.dumps({"peak": peak, "kept": kept, "forecast": vars(expected)}))


if __name__ == "__main__":
    main()
