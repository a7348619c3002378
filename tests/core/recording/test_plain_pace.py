"""One short pass of a model as it is, and the time that it takes."""

import families

from laminoscope_core import Job, wrap_model
from laminoscope_core.recording import plain_pace


def test_a_plain_pass_is_timed_and_counts_every_token(monkeypatch):
    model, seen = wrap_model(families.build("llama")), []
    clock = iter((10.0, 18.0))
    monkeypatch.setattr(plain_pace.time, "perf_counter", lambda: next(clock))
    with_ids = model.hf.register_forward_pre_hook(lambda _, args: seen.append(args[0]))
    assert plain_pace.seconds_per_token(model, Job()) == 8.0 / seen[0].numel()
    with_ids.remove()
    assert len(seen) == 1
    assert not model.hf._forward_pre_hooks
