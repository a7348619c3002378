"""Interventions against changed weights and plain hooks, and the model as it was afterwards."""

from typing import Any

import families
import numpy as np
import pytest
import torch

from laminoscope_core import Cancelled, Job, capture, wrap_model
from laminoscope_core.errors import CaptureError
from laminoscope_core.inside_section import Intervention
from laminoscope_core.models.model import Model
from laminoscope_core.recording.effects import N_CONTROLS, effects_of, patch_map
from laminoscope_core.recording.interventions import altered, changes_of, checked
from laminoscope_core.recording.probe import layout_of

IDS = [5, 17, 3, 88, 41, 3]
OTHER = [5, 60, 3, 88, 41, 3]
FAMILIES = ("gpt2", "llama", "gemma3_text", "gpt_neox", "granite", "bloom", "opt", "mixtral")


def one(site: str, action: str, layer: int = 1, **more: Any) -> Intervention:
    if site == "attn_head":
        more.setdefault("heads", (2,))
    if site == "neuron":
        more.setdefault("neurons", (3, 7))
    return Intervention(site=site, layer=layer, action=action, **more)


def captured(model: Model, interventions: list[Intervention], *sites: str, **more: Any) -> Any:
    changes = changes_of(model, interventions, job=Job(), **more)
    with altered(changes, Job()):
        return capture(model, [IDS], list(sites))


def logits(model: Model, *interventions: Intervention, **more: Any) -> np.ndarray:
    return captured(model, list(interventions), "logits", **more).logits[0]


def hooks_of(model: Model) -> int:
    return sum(len(m._forward_hooks) + len(m._forward_pre_hooks) for m in model.hf.modules())


@pytest.mark.parametrize("name", FAMILIES)
def test_factor_one_changes_no_bit(name: str) -> None:
    model = wrap_model(families.build(name))
    plain = capture(model, [IDS], ["logits"]).logits[0]
    sites = ["attn_head", "attention", "mlp", "resid"]
    if "neurons" in layout_of(model.hf).blocks[1].sources:
        sites.append("neuron")
    for site in sites:
        for tokens in (None, (1, 4)):
            found = logits(model, one(site, "scale", factor=1.0, tokens=tokens))
            np.testing.assert_array_equal(found, plain)
    assert hooks_of(model) == 0


@pytest.mark.parametrize("factor", [0.0, 0.5, -2.0])
def test_a_scaled_head_is_that_of_scaled_columns(llama: Model, factor: float) -> None:
    action = one("attn_head", "scale", factor=factor) if factor else one("attn_head", "zero")
    found = logits(llama, action)
    with torch.no_grad():
        llama.hf.model.layers[1].self_attn.o_proj.weight[:, 16:24] *= factor
    np.testing.assert_allclose(found, capture(llama, [IDS], ["logits"]).logits[0], atol=1e-4)


def test_a_silenced_head_leaves_the_bias_of_the_projection(gpt2: Model) -> None:
    projection = gpt2.hf.transformer.h[1].attn.c_proj
    with torch.no_grad():
        projection.bias.normal_()
    found = captured(gpt2, [one("attn_head", "zero", heads=(0, 1, 2, 3))], "attn_out")
    bias = projection.bias.detach().numpy()
    np.testing.assert_allclose(found.array("attn_out", 1)[0], np.tile(bias, (6, 1)), atol=1e-6)


def test_silenced_neurons_are_those_of_zeroed_columns(llama: Model) -> None:
    found = logits(llama, one("neuron", "zero"))
    with torch.no_grad():
        llama.hf.model.layers[1].mlp.down_proj.weight[:, [3, 7]] = 0
    np.testing.assert_allclose(found, capture(llama, [IDS], ["logits"]).logits[0], atol=1e-4)


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize(("site", "added"), [("attention", "attn_added"), ("mlp", "mlp_added")])
def test_what_the_stream_receives_is_changed_at_chosen_tokens_only(
    name: str, site: str, added: str
) -> None:
    model = wrap_model(families.build(name))
    plain = capture(model, [IDS], [added]).array(added, 1)[0]
    zeroed = captured(model, [one(site, "zero", tokens=(1, 4))], added).array(added, 1)[0]
    kept = [0, 2, 3, 5]
    np.testing.assert_array_equal(zeroed[kept], plain[kept])
    np.testing.assert_array_equal(zeroed[[1, 4]], 0)
    mean = captured(model, [one(site, "mean")], added).array(added, 1)[0]
    np.testing.assert_allclose(mean, np.tile(plain.mean(0), (6, 1)), atol=1e-4)
    vector = torch.linspace(-1, 1, 32)
    steering = one(site, "steer", along=("x",), strength=2.0, tokens=(3,))
    steered = captured(model, [steering], added, vectors=[vector]).array(added, 1)[0]
    np.testing.assert_allclose(steered[3], plain[3] + 2 * vector.numpy(), atol=1e-4)
    np.testing.assert_array_equal(steered[:3], plain[:3])


@pytest.mark.parametrize("name", FAMILIES)
def test_a_skipped_residual_leaves_what_was_added_alone(name: str) -> None:
    model = wrap_model(families.build(name))
    sites = ("resid_in", "resid_mid", "resid_out", "attn_added", "mlp_added")
    plain = capture(model, [IDS], list(sites))
    parallel = layout_of(model.hf).blocks[1].parallel
    whole = captured(model, [one("resid", "skip")], "resid_out").array("resid_out", 1)
    rest = plain.array("resid_out", 1) - plain.array("resid_in", 1)
    np.testing.assert_allclose(whole, rest, atol=1e-4)
    if parallel:
        for site in ("attention", "mlp"):
            found = captured(model, [one(site, "skip")], "resid_out").array("resid_out", 1)
            np.testing.assert_allclose(found, rest, atol=1e-4)
        return
    found = captured(model, [one("mlp", "skip")], "resid_out").array("resid_out", 1)
    np.testing.assert_allclose(found, plain.array("mlp_added", 1), atol=1e-4)
    found = captured(model, [one("attention", "skip")], "resid_mid").array("resid_mid", 1)
    np.testing.assert_allclose(found, plain.array("attn_added", 1), atol=1e-4)


@pytest.mark.parametrize("name", FAMILIES)
def test_the_whole_last_stream_of_another_text_gives_its_logits(name: str) -> None:
    model = wrap_model(families.build(name))
    found = logits(model, one("resid", "patch"), against=OTHER)
    np.testing.assert_allclose(found, capture(model, [OTHER], ["logits"]).logits[0], atol=1e-5)
    heads = one("attn_head", "patch", layer=0, heads=(0, 1, 2, 3), tokens=(1,))
    z = captured(model, [heads], "attn_out", against=OTHER).array("attn_out", 0)[0]
    plain, other = (capture(model, [x], ["attn_out"]).array("attn_out", 0)[0] for x in (IDS, OTHER))
    np.testing.assert_allclose(z[1], other[1], atol=1e-5)
    np.testing.assert_allclose(z[2:], plain[2:], atol=1e-6)


def test_two_interventions_are_made_one_after_the_other(llama: Model) -> None:
    halves = [one("mlp", "scale", factor=0.5), one("mlp", "scale", factor=0.5)]
    quarter = [one("mlp", "scale", factor=0.25)]
    first, second = (
        captured(llama, each, "mlp_added").array("mlp_added", 1) for each in (halves, quarter)
    )
    np.testing.assert_allclose(first, second, rtol=1e-6)


@pytest.mark.parametrize("error", [RuntimeError, Cancelled])
def test_after_an_error_or_a_cancel_the_model_is_what_it_was(
    llama: Model, error: type[Exception]
) -> None:
    plain = capture(llama, [IDS], ["logits"]).logits
    changes = changes_of(llama, [one("resid", "zero"), one("mlp", "skip")], job=Job())

    def stop(_fraction: float, text: str) -> None:
        if text == "layer 2":
            raise error

    with pytest.raises(error), altered(changes, Job()):
        capture(llama, [IDS], ["logits"], job=Job(stop))
    assert hooks_of(llama) == 0
    np.testing.assert_array_equal(capture(llama, [IDS], ["logits"]).logits, plain)


@pytest.mark.parametrize(
    ("intervention", "said"),
    [
        (one("mlp", "zero", layer=7), "layers are 0 to 2"),
        (one("attn_head", "zero", heads=(4,)), "at head 4. There are 0 to 3"),
        (one("neuron", "zero", neurons=(40,)), "at neuron 40. There are 0 to 39"),
        (one("mlp", "zero", tokens=(6,)), "at token 6. The tokens are 0 to 5"),
    ],
)
def test_a_place_that_is_not_there_is_named(
    llama: Model, intervention: Intervention, said: str
) -> None:
    with pytest.raises(CaptureError, match=said):
        checked(llama, [intervention], 6, Job())


def test_experts_have_no_neurons_to_alter() -> None:
    model = wrap_model(families.build("mixtral"))
    with pytest.raises(CaptureError, match="cannot be made at neuron: its MLP does not end"):
        checked(model, [one("neuron", "zero")], 6, Job())


def test_effects_stand_beside_those_of_seeded_random_heads(llama: Model) -> None:
    asked = [one("attn_head", "zero", heads=(0, 2)), one("mlp", "zero")]
    changes = [changes_of(llama, [each], job=Job()) for each in asked]
    found = effects_of(llama, IDS, (3, 5), asked, changes, (), Job())
    again = effects_of(llama, IDS, (3, 5), asked, changes, (), Job())
    assert found.names == ("0",) * (1 + N_CONTROLS) + ("1", "all")
    assert found.controls == again.controls
    assert [bool(control) for control in found.controls] == [False, True, True, True, False, False]
    np.testing.assert_array_equal(found.after_logit, again.after_logit)
    plain = capture(llama, [IDS], ["logits"]).logits[0, -1]
    np.testing.assert_allclose(found.before_logit, plain[[3, 5]], rtol=1e-5)
    p = torch.tensor(plain).double().softmax(-1).numpy()
    np.testing.assert_allclose(found.before_probability, p[[3, 5]], rtol=1e-5)
    for row, interventions in ((0, asked[:1]), (4, asked[1:]), (5, asked)):
        expected = logits(llama, *interventions)[-1, [3, 5]]
        np.testing.assert_allclose(found.after_logit[row], expected, rtol=1e-5)
    seed, heads = found.controls[1].split(": ")
    assert seed == "seed 0"
    others = [
        one("attn_head", "zero", layer=int(name.split(".")[0]), heads=(int(name.split(".")[1]),))
        for name in heads.split(", ")
    ]
    assert len(others) == 2
    assert not any(each.layer == 1 and each.heads[0] in (0, 2) for each in others)
    np.testing.assert_allclose(found.after_logit[1], logits(llama, *others)[-1, [3, 5]], rtol=1e-5)


def test_the_patch_map_is_that_of_plain_hooks(tiny: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laminoscope_core.recording.effects._MOST_TOKENS", 20)  # three rows
    found = patch_map(tiny, IDS, OTHER, (3, 5), True, Job())
    hf: Any = tiny.hf
    blocks = hf.transformer.h if hasattr(hf, "transformer") else hf.model.layers
    with torch.no_grad():
        clean, corrupt = (hf(torch.tensor([x])).logits[0, -1] for x in (IDS, OTHER))
    assert found.clean == pytest.approx(float(clean[3] - clean[5]), rel=1e-4)
    assert found.corrupt == pytest.approx(float(corrupt[3] - corrupt[5]), rel=1e-4)
    streams = capture(tiny, [IDS], ["resid_out"])
    for layer, token in ((0, 1), (1, 0), (1, 5), (2, 5)):
        stream = torch.from_numpy(streams.array("resid_out", layer)[0, token].copy())

        def put(_m: Any, _a: Any, output: Any, token: int = token, new: Any = stream) -> Any:
            whole = output[0] if isinstance(output, tuple) else output
            whole = whole.clone()
            whole[0, token] = new
            return (whole, *output[1:]) if isinstance(output, tuple) else whole

        handle = blocks[layer].register_forward_hook(put)
        with torch.no_grad():
            scores = hf(torch.tensor([OTHER]), use_cache=False).logits[0, -1]
        handle.remove()
        expected = float(scores[3] - scores[5])
        assert found.stream[layer, token] == pytest.approx(expected, abs=1e-4)
    assert found.stream[-1, -1] == pytest.approx(found.clean, abs=1e-4)
    assert found.heads.shape == (3, 6, 4)
    patching = one("attn_head", "patch", layer=1, heads=(2,), tokens=(5,))
    changes = changes_of(tiny, [patching], against=IDS, job=Job())
    with altered(changes, Job()):
        scores = capture(tiny, [OTHER], ["logits"]).logits[0, -1]
    assert found.heads[1, 5, 2] == pytest.approx(float(scores[3] - scores[5]), abs=1e-4)
    assert hooks_of(tiny) == 0
