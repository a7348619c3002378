"""Nothing is left after 200 captures that were started and cancelled."""

import gc
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from laminoscope_core import Cancelled, Job, capture
from laminoscope_core.models.model import Model
from laminoscope_core.recording.store import Store

Run = Callable[..., dict[str, Any]]


def test_a_tiny_model_leaves_nothing_and_a_leak_would_be_seen(run_beside: Run) -> None:
    left = run_beside("leak_run.py", "tiny", "leak")
    assert (left["hooks"], left["threads"], left["files"]) == (0, 0, 0)
    assert left["megabytes"] < 20
    assert left["leaked megabytes"] > 20


@pytest.mark.slow
@pytest.mark.model
def test_the_default_model_leaves_nothing(run_beside: Run) -> None:
    left = run_beside("leak_run.py", "smollm2")
    assert (left["hooks"], left["threads"], left["files"]) == (0, 0, 0)
    assert left["megabytes"] < 20


def test_who_keeps_the_error_does_not_keep_the_activations(
    llama: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither what is stored nor what waits in a hook for the rest of its sum."""
    made: list[weakref.ref[object]] = []
    put, clone = Store._home, torch.Tensor.clone

    def stored(self: Store, *args: Any) -> np.ndarray:
        array = put(self, *args)
        made.append(weakref.ref(array))
        return array

    def held(self: torch.Tensor) -> torch.Tensor:
        tensor = clone(self)
        made.append(weakref.ref(tensor))
        return tensor

    monkeypatch.setattr(Store, "_home", stored)
    monkeypatch.setattr(torch.Tensor, "clone", held)
    job = Job(lambda _fraction, text: job.cancel() if text == "layer 1" else None)
    with pytest.raises(Cancelled) as kept:
        capture(llama, [[5, 17, 3]], ["q", "resid_mid", "logits"], job=job)
    gc.collect()
    assert kept.value.__traceback__ is not None
    assert len(made) > 2
    assert all(reference() is None for reference in made)
