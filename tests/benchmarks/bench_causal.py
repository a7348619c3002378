"""What interventions cost: all laminar curves of an altered model, and a patch map.

Run ``python tests/benchmarks/bench_causal.py``.  It prints, for the default model and the sample's
34 words with one head silenced, the seconds until the curves have moved and until each change has
its p (aim: two seconds on two cores), with a capture and its curves as they are beside it; then a
patch map, and how many times longer it would take with all blocks in every run.
"""

import time
from contextlib import nullcontext
from unittest import mock

from laminoscope_core import Experiment, Job, open_model
from laminoscope_core.run.run import altered_of, analyse, capture_section
from laminoscope_resources import sample_experiment

CURVES = ("similarity", "rsa", "separability")
HARES = "The white hare sat upon the", "The brown hare sat upon the"


class Clock:
    """Seconds on the wall and of processors since the last look."""

    def __init__(self):
        self.look()

    def look(self):
        now = time.perf_counter(), time.process_time()
        before = getattr(self, "_before", now)
        self._before = now
        wall, worked = (b - a for a, b in zip(before, now, strict=True))
        return f"{wall:5.2f} s, {worked:5.2f} s of processors"


def causal(model):
    words = Experiment.from_text(sample_experiment("words-qkv"))
    silent = {"site": "attn_head", "layer": 5, "heads": (3,), "action": "zero"}
    experiment = Experiment.model_validate({**words.model_dump(), "interventions": (silent,)})
    results = {"altered": altered_of(experiment)}

    def run(section, ids):
        results[section] = capture_section(model, experiment, section, Job())
        analyse(ids, results, params={}, job=Job(), on_result=results.__setitem__)

    run("words", CURVES)  # the model is probed once
    clock = Clock()
    run("words", CURVES)
    print(f"34 words, their curves:     {clock.look()}")
    run("after-words", [f"after-{name}" for name in CURVES])
    print(f"one head silenced:          {clock.look()}")
    analyse(["after-causal"], results, params={}, job=Job(), on_result=results.__setitem__)
    print(f"  p of every change:        {clock.look()}")


def patching(model):
    from laminoscope_core.recording import patching
    from laminoscope_core.recording.prompts import encode

    clean, corrupt = (encode(model, text).token_ids for text in HARES)

    def run():
        patching.patch_map(model, clean, corrupt, (1000, 2000), False, Job())

    run()
    clock = Clock()
    run()
    print(f"patch map of {len(clean)} tokens:     {clock.look()}")
    with mock.patch.object(patching, "skipped", side_effect=lambda *_: nullcontext()):
        run()
    print(f"  with all blocks:          {clock.look()}")


if __name__ == "__main__":
    opened = open_model("smollm2-135m")
    causal(opened)
    patching(opened)
