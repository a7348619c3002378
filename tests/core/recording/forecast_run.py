"""Run a capture in a process of its own; print the forecast and the measured peak as JSON.

Arguments: ``smollm2`` or ``xl`` (GPT-2 XL's sizes, constant weights), then ``words`` (rows
by spans), ``tokens`` (every token of longer prompts), or ``section`` and its name: an experiment
with its analyses, as the window runs it.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import GPT2Config, GPT2LMHeadModel

from laminoscope_core import capture, open_model, wrap_model
from laminoscope_core.experiment import Experiment
from laminoscope_core.job import Job
from laminoscope_core.models.load import find_model
from laminoscope_core.models.model import Model
from laminoscope_core.models.source import resolve
from laminoscope_core.recording.plan import Forecast, forecast
from laminoscope_core.recording.reducers.rows import Rows
from laminoscope_core.recording.reducers.whole import Whole
from laminoscope_core.run.run import run_experiment
from laminoscope_core.run.sections import forecast_section

SENTENCE = "The harbour lay still under a thin moon, and nobody on the quay said a word. "
SECTIONS: dict[str, dict[str, Any]] = {
    "words": {
        "words": {"categories": {"sky": ["moon", "star", "comet"], "home": ["sofa", "lamp", "rug"]}}
    },
    "text": {"text": {"content": SENTENCE * 60}},
    "prompts": {"prompts": [{"text": SENTENCE * 20 + name} for name in ("White", "Brown")]},
}


def section(name: str) -> dict[str, Any]:
    """Return an experiment with a section; ``models``: words, and the model itself as another."""
    if name != "models":
        return SECTIONS[name]
    located = find_model(resolve("smollm2-135m"), Job())
    assert located is not None
    return SECTIONS["words"] | {"rsa": {"models": [str(located.folder)]}}


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
    # one block's weights serve all 48, so that an ordinary machine has room
    for block in hf.transformer.h[1:]:
        for name, module in hf.transformer.h[0].named_modules():
            place = block.get_submodule(name)
            for own, parameter in module.named_parameters(recurse=False):
                setattr(place, own, parameter)
    with torch.no_grad():
        for parameter in hf.parameters():
            parameter.fill_(0.01)
    return wrap_model(hf)


def rows(model: Model, work: str) -> tuple[Forecast, int]:
    """Capture rows by spans, or every token of longer prompts; return what is kept as well."""
    if work == "words":
        prompts = [[464, 1306, 1573, 318, 1000 + index] for index in range(34)]
        spans = np.array([[[4, 5], [1, 2]]] * 34)
        sites = ["q", "k", "v"]
    else:
        prompts = [[(7 * i + 13 * row) % 40_000 for i in range(400)] for row in range(8)]
        spans = None
        sites = ["q", "k", "v", "attn_out", "resid_out"]
    whole = Whole(tuple(sites)) if spans is None else Rows(tuple(sites), spans=spans)
    expected = forecast(model, prompts, [whole])
    cap = capture(model, prompts, sites, spans=spans)
    return expected, sum(cap.array(site).nbytes for site in sites)


def main() -> None:
    torch.set_num_threads(1)
    model = xl() if sys.argv[1] == "xl" else open_model("smollm2-135m", device="cpu")
    kept = None
    if sys.argv[2] == "section":
        experiment = Experiment.model_validate(section(sys.argv[3]))
        expected = forecast_section(model, experiment, sys.argv[3])
        assert expected is not None
        run_experiment(model, experiment)
    else:
        expected, kept = rows(model, sys.argv[2])
    print(json.dumps({"peak": peak_memory(), "kept": kept, "forecast": vars(expected)}))


if __name__ == "__main__":
    main()
