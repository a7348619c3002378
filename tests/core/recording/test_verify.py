"""The parity check passes on good models and says what differs on bad ones."""

import pytest
import torch

from laminoscope_core.models.model import Model
from laminoscope_core.recording.verify import verify


def test_good_models_are_verified(tiny: Model) -> None:
    report = verify(tiny)
    assert report.summary == "capture verified"
    assert [check.name for check in report.checks] == [
        "logits",
        "padded row",
        "resid_in + attn_added + mlp_added = resid_out",
        "attention · v through the output projection = attn_out",
    ]
    assert report.missing == {}


def test_a_model_whose_hooks_change_its_output_is_not(llama: Model) -> None:
    """A model that answers differently each time stands for hooks that disturb it."""
    calls = []

    def drift(_module: torch.nn.Module, _args: object, output: torch.Tensor) -> torch.Tensor:
        calls.append(1)
        return output + 0.01 * len(calls)

    llama.hf.lm_head.register_forward_hook(drift)
    report = verify(llama)
    assert not report.verified
    assert report.summary.startswith("capture differs: logits: up to")


def test_an_attention_that_mixes_otherwise_is_seen(llama: Model) -> None:
    """Once the probe is over, the output projection of layer 1 is given something else."""
    assert verify(llama).verified

    original = llama.hf.model.layers[1].self_attn.o_proj.forward
    outer = llama.hf.model.layers[1].self_attn

    def wrapped(*args: object, **kwargs: object) -> object:
        outer.o_proj.forward = lambda x: original(x * 1.01)
        try:
            return type(outer).forward(outer, *args, **kwargs)
        finally:
            outer.o_proj.forward = original

    outer.forward = wrapped
    report = verify(llama)
    assert not report.verified
    assert "output projection = attn_out" in report.summary


@pytest.mark.model
def test_the_default_model_is_verified(smollm2: Model) -> None:
    assert verify(smollm2).summary == "capture verified"
