"""Maps of heads against transformers' eager attention, seen where it takes its softmax."""

import families
import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM

from laminoscope_core import wrap_model
from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.capture import capture
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.head_maps import HeadMaps, HeadMapsReading, compatibility
from laminoscope_core.recording.rotation import rotations_of

IDS = [5, 17, 3, 17, 17, 41, 3, 17, 9, 5]
SHAPES = {
    "gpt2": {},
    "llama": {},
    "gemma3_text": {"sliding_window": 4, "layer_types": ["sliding_attention", "full_attention"]},
    "gemma2": {"sliding_window": 4, "attn_logit_softcapping": 1.5},
    "gpt_neox": {},
    "bloom": {},
    "qwen3": {},
}


def sharpened(hf: torch.nn.Module) -> torch.nn.Module:
    """The model with larger queries and keys, so that its softmax is not even."""
    with torch.no_grad():
        for name, parameter in hf.named_parameters():
            if parameter.ndim == 2 and any(f".{part}" in name for part in ("q_proj", "k_proj")):
                parameter.mul_(4)
            if "q_norm" in name or "k_norm" in name:
                parameter.add_(2)
            if parameter.ndim == 2 and ("c_attn" in name or "query_key_value" in name):
                parameter.mul_(3)
    return hf


def maps(model: Model, layer: int) -> HeadMapsReading:
    reducer = HeadMaps(layer, rotations_of(model, Job())[layer])
    return record(model, [IDS], [reducer])[reducer]


def eager(model: Model) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """By layer, what transformers gives to the softmax, and what comes of it, in float64."""
    hf = AutoModelForCausalLM.from_config(model.hf.config, attn_implementation="eager")
    hf.load_state_dict(model.hf.state_dict())
    given: list[torch.Tensor] = []
    plain = torch.nn.functional.softmax

    def softmax(scores: torch.Tensor, *args: object, **kwargs: object) -> torch.Tensor:
        given.append(scores.detach().double()[0])
        return plain(scores, *args, **kwargs)

    torch.nn.functional.softmax = softmax
    try:
        with torch.no_grad():
            output = hf.double().eval()(
                torch.tensor([IDS]), output_attentions=True, use_cache=False
            )
    finally:
        torch.nn.functional.softmax = plain
    weights = [layer[0].double().numpy() for layer in output.attentions]
    return [scores.numpy() for scores in given[-len(weights) :]], weights


@pytest.mark.parametrize("name", SHAPES)
def test_maps_are_those_of_eager_attention(name: str) -> None:
    model = wrap_model(sharpened(families.build_family(families.Family(name, SHAPES[name]))))
    scores, weights = eager(model)
    for layer, (given, expected) in enumerate(zip(scores, weights, strict=True)):
        reading = maps(model, layer)
        np.testing.assert_allclose(reading.weights, expected, rtol=1e-4, atol=1e-6)
        assert reading.reasons[0] == ""
        allowed = expected > 0
        rows = np.where(allowed, expected, np.nan)
        assert (np.nanmax(rows, -1) / np.nanmin(rows, -1)).max() > 1.5  # which is far from even
        for head in range(len(expected)):
            found = compatibility(
                reading.q[head], reading.k[head], float(reading.cap), float(reading.slope[head])
            )
            # ALiBi is written as a gain of nearness or a loss of distance: one number a query
            away = np.where(allowed[head], found - given[head], 0.0)
            own = away.diagonal() if name == "bloom" else np.zeros(len(IDS))
            np.testing.assert_allclose(away, np.where(allowed[head], own[:, None], 0.0), atol=2e-3)


def test_slopes_are_those_of_the_paper_and_the_cap_is_the_configurations() -> None:
    bloom = maps(wrap_model(sharpened(families.build("bloom"))), 0)
    np.testing.assert_allclose(bloom.slope, 2.0 ** -np.arange(2, 10, 2), rtol=1e-2)
    assert "not turned" in bloom.reasons[1]
    assert np.isnan(bloom.q_unturned).all()
    family = families.Family("gemma2", SHAPES["gemma2"])
    assert maps(wrap_model(families.build_family(family)), 1).cap == 1.5


def test_without_rotation_queries_meet_keys_as_their_projections_left_them() -> None:
    """Of Llama; Qwen 3 norms them before it turns them."""
    model = wrap_model(sharpened(families.build("llama")))
    whole = capture(model, [IDS], ["q", "k"])
    for layer in range(2):
        q, k = (whole.array(site, layer)[0].astype(np.float64) for site in ("q", "k"))
        reading = maps(model, layer)
        for head in range(4):
            expected = q[:, head] @ k[:, head // (4 // k.shape[1])].T * q.shape[-1] ** -0.5
            found = compatibility(reading.q_unturned[head], reading.k_unturned[head])
            np.testing.assert_allclose(found, expected, atol=1e-4)
            turned = compatibility(reading.q[head], reading.k[head])
            np.testing.assert_allclose(turned.diagonal(), found.diagonal(), atol=1e-4)
            assert np.abs(turned - found).max() > 0.01


def test_the_effect_of_a_donor_is_the_length_of_what_the_head_writes_for_it() -> None:
    """With grouped keys and values, one donor at a time and in plain numpy."""
    model = wrap_model(families.build("llama"))
    v = capture(model, [IDS], ["v"]).array("v", 1)[0].astype(np.float64)
    out = model.hf.model.layers[1].self_attn.o_proj.weight.detach().double().numpy()
    reading, width = maps(model, 1), v.shape[-1]
    for head in range(4):
        columns = out[:, width * head : width * (head + 1)]
        written = v[:, head // (4 // v.shape[1])] @ columns.T
        np.testing.assert_allclose(
            reading.written[head], np.linalg.norm(written, axis=-1), rtol=1e-4
        )


def test_what_is_not_known_has_a_reason() -> None:
    gated = maps(wrap_model(families.build("laguna")), 0)
    assert "output projection" in gated.reasons[2]
    assert np.isnan(gated.written).all()
    with pytest.raises(CaptureError, match="has no attention"):
        record(wrap_model(families.build("mamba2")), [IDS], [HeadMaps(0, "")])


def test_products_that_do_not_make_the_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from laminoscope_core.recording.reducers import head_maps

    monkeypatch.setattr(head_maps, "compatibility", lambda q, k, *_: (q @ k.T) ** 2)
    reading = maps(wrap_model(sharpened(families.build("llama"))), 0)
    assert "is not known" in reading.reasons[0]
    assert np.isnan(reading.q).all()


def test_the_pass_ends_at_the_layer_that_is_looked_at() -> None:
    model = wrap_model(families.build("llama"))
    rotations = rotations_of(model, Job())
    ran: list[int] = []
    handles = [
        block.register_forward_hook(lambda *_, n=n: ran.append(n))
        for n, block in enumerate(model.hf.model.layers)
    ]
    record(model, [IDS], [HeadMaps(0, rotations[0])])
    for handle in handles:
        handle.remove()
    assert ran == []  # not even the first block is run to its end
