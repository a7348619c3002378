"""Interventions against changed weights and plain hooks, and the model as it was afterwards."""

from dataclasses import replace
from typing import Any

import families
import numpy as np
import pytest
import torch

from laminoscope_core import Cancelled, Job, capture, wrap_model
from laminoscope_core.errors import CaptureError
from laminoscope_core.inside_section import Intervention
from laminoscope_core.models.model import Model
from laminoscope_core.recording.effects import N_CONTROLS, effects_of
from laminoscope_core.recording.interventions import Bound, changes_of, checked
from laminoscope_core.recording.patching import patch_map, tokens_read
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.rewriting import last_logits, rewritten
from laminoscope_core.run.altering import bind

IDS = [5, 17, 3, 88, 41, 3]
OTHER = [5, 60, 3, 88, 41, 3]
FAMILIES = ("gpt2", "llama", "gemma3_text", "gpt_neox", "granite", "bloom", "opt", "mixtral")


def one(site: str, action: str, layer: int = 1, **more: Any) -> Intervention:
    if site == "attn_head":
        more.setdefault("heads", (2,))
    if site == "neuron":
        more.setdefault("neurons", (3, 7))
    return Intervention(site=site, layer=layer, action=action, **more)


def bound(
    model: Model, *interventions: Intervention, against: Any = (), vector: Any = None
) -> tuple[Bound, ...]:
    if vector is None:
        return bind(model, tuple(enumerate(interventions)), IDS, against, Job())
    layout = layout_of(model.hf)
    return tuple(
        replace(checked(number, each, layout, len(IDS)), given=(vector,))
        for number, each in enumerate(interventions)
    )


def captured(model: Model, interventions: list[Intervention], *sites: str, **more: Any) -> Any:
    changes = changes_of(bound(model, *interventions, **more))
    with rewritten(layout_of(model.hf), changes, Job()):
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


WHERE = {
    # blocks, and in them: what heads enter, what the stream receives of the attention, what
    # neurons enter, what the stream receives of the MLP
    "gpt2": ("transformer.h", "attn.c_proj", "attn.c_proj", "mlp.c_proj", "mlp.c_proj"),
    "llama": ("model.layers", *["self_attn.o_proj"] * 2, *["mlp.down_proj"] * 2),
    "gemma3_text": (
        *("model.layers", "self_attn.o_proj", "post_attention_layernorm"),
        *("mlp.down_proj", "post_feedforward_layernorm"),
    ),
    "gpt_neox": ("gpt_neox.layers", *["attention.dense"] * 2, *["mlp.dense_4h_to_h"] * 2),
    "bloom": ("transformer.h", *["self_attention.dense"] * 2, *["mlp.dense_4h_to_h"] * 2),
}


def by_hand(model: Model, module: Any, side: str, change: Any) -> np.ndarray:
    """The logits of a plain run in which one hook writes into a copy of one tensor."""

    def on_input(_module: Any, args: Any) -> Any:
        return (change(args[0].clone()), *args[1:])

    def on_output(_module: Any, _args: Any, output: Any) -> Any:
        if isinstance(output, tuple):
            return (change(output[0].clone()), *output[1:])
        return change(output.clone())

    add = module.register_forward_pre_hook if side == "input" else module.register_forward_hook
    handle = add(on_input if side == "input" else on_output)
    try:
        with torch.no_grad():
            found: np.ndarray = model.hf(torch.tensor([IDS]), use_cache=False).logits[0].numpy()
    finally:
        handle.remove()
    return found


@pytest.mark.parametrize("name", WHERE)
def test_every_action_is_what_a_plain_hook_at_a_module_of_that_name_does(name: str) -> None:
    model = wrap_model(families.build(name))
    blocks, head, attention, neuron, mlp = WHERE[name]
    block = model.hf.get_submodule(blocks)[1]
    part = {
        "attn_head": (block.get_submodule(head), "input"),
        "attention": (block.get_submodule(attention), "output"),
        "neuron": (block.get_submodule(neuron), "input"),
        "mlp": (block.get_submodule(mlp), "output"),
        "resid": (block, "output"),
    }
    vector = torch.linspace(-1, 1, 32)
    other: dict[str, torch.Tensor] = {}
    for site, (module, side) in part.items():

        def look(_m: Any, args: Any, output: Any, site: str = site, side: str = side) -> None:
            value = args[0] if side == "input" else output
            other[site] = (value[0] if isinstance(value, tuple) else value).clone()

        handle = module.register_forward_hook(look)
        with torch.no_grad():
            model.hf(torch.tensor([OTHER]), use_cache=False)
        handle.remove()
    columns = {"attn_head": list(range(16, 24)), "neuron": [3, 7]}
    for site, (module, side) in part.items():
        own: Any = columns.get(site, slice(None))

        def altered(action: str, value: torch.Tensor, site: str = site, own: Any = own) -> Any:
            for token in (1, 4):
                if action == "zero":
                    value[:, token, own] = 0
                elif action == "scale":
                    value[:, token, own] *= -1.5
                elif action == "patch":
                    value[:, token, own] = other[site][:, token, own]
                elif action == "steer":
                    value[:, token] += 3 * vector
            return value

        actions = ["zero", "scale", "patch"] + ["steer"] * (site not in columns)
        for action in actions:
            more = {"scale": {"factor": -1.5}, "steer": {"along": ("x",), "strength": 3.0}}
            asked = one(site, action, tokens=(1, 4), **more.get(action, {}))
            found = logits(
                model, asked, against=OTHER, vector=vector if action == "steer" else None
            )
            expected = by_hand(model, module, side, lambda value, do=action: altered(do, value))
            np.testing.assert_allclose(found, expected, atol=1e-5, err_msg=f"{site} {action}")

        def mean(value: torch.Tensor, own: Any = own) -> torch.Tensor:
            value[..., own] = value[..., own].mean(1, keepdim=True)
            return value

        found, expected = logits(model, one(site, "mean")), by_hand(model, module, side, mean)
        np.testing.assert_allclose(found, expected, atol=1e-5, err_msg=f"{site} mean")


def test_what_enters_and_is_skipped_is_what_others_have_made_of_it(llama: Model) -> None:
    """In whatever order they are named, the MLP reads what the silenced attention leaves."""
    both = [one("mlp", "skip"), one("attention", "zero"), one("mlp", "scale", factor=2.0)]
    found = captured(llama, both, "resid_in", "resid_out")
    layer = llama.hf.model.layers[1]
    with torch.no_grad():
        entering = torch.tensor(found.array("resid_in", 1))
        doubled = 2 * (layer.mlp(layer.post_attention_layernorm(entering)) - entering)
        alone = layer.mlp(layer.post_attention_layernorm(entering))
    assert not np.allclose(doubled + entering, alone, atol=1e-2)
    np.testing.assert_allclose(found.array("resid_out", 1), doubled + entering, atol=1e-4)
    last = captured(llama, [both[1], both[0]], "resid_out").array("resid_out", 1)
    np.testing.assert_allclose(last, alone, atol=1e-4)


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
    steered = captured(model, [steering], added, vector=vector).array(added, 1)[0]
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
            with pytest.raises(CaptureError, match=r"have one residual\. Skip it at resid"):
                bound(model, one(site, "skip"))
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
    changes = changes_of(bound(llama, one("resid", "zero"), one("mlp", "skip")))

    def stop(_fraction: float, text: str) -> None:
        if text == "layer 2":
            raise error

    with pytest.raises(error), rewritten(layout_of(llama.hf), changes, Job()):
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
        bound(llama, intervention)


def test_experts_have_no_neurons_to_alter() -> None:
    model = wrap_model(families.build("mixtral"))
    with pytest.raises(CaptureError, match="cannot be made at neuron: its MLP does not end"):
        bound(model, one("neuron", "zero"))


def test_effects_stand_beside_those_of_seeded_random_heads(llama: Model) -> None:
    asked = [one("attn_head", "zero", heads=(0,)), one("mlp", "zero")]
    found = effects_of(llama, IDS, (3, 5), bound(llama, *asked), Job())
    controls = found.controls[1:-2]
    assert found.names == (*["0"] * (1 + len(controls)), "1", "all")
    assert [found.controls[row] for row in (0, -2, -1)] == ["", "", ""]
    assert len(controls) == min(N_CONTROLS, 3)  # of four heads three are others
    plain = capture(llama, [IDS], ["logits"]).logits[0, -1]
    np.testing.assert_allclose(found.before_logit, plain[[3, 5]], rtol=1e-5)
    p = torch.tensor(plain).double().softmax(-1).numpy()
    np.testing.assert_allclose(found.before_probability, p[[3, 5]], rtol=1e-5)
    for row, interventions in ((0, asked[:1]), (-2, asked[1:]), (-1, asked)):
        expected = logits(llama, *interventions)[-1]
        np.testing.assert_allclose(found.after_logit[row], expected[[3, 5]], rtol=1e-5)
        p = torch.tensor(expected).double().softmax(-1).numpy()
        np.testing.assert_allclose(found.after_probability[row], p[[3, 5]], rtol=1e-4)
    drawn = [int(np.random.default_rng(int(seed)).choice([1, 2, 3], 1)[0]) for seed in controls]
    assert sorted(drawn) == [1, 2, 3]
    for row, head in enumerate(drawn, start=1):
        expected = logits(llama, one("attn_head", "zero", heads=(head,)))[-1, [3, 5]]
        np.testing.assert_allclose(found.after_logit[row], expected, rtol=1e-5)


def test_where_too_few_other_heads_are_left_there_is_no_control_and_it_says_so(
    llama: Model,
) -> None:
    asked = one("attn_head", "zero", heads=(0, 1, 3))
    found = effects_of(llama, IDS, (3, 5), bound(llama, asked), Job())
    assert found.reasons == ("", "its layer has 1 other heads only", "")
    assert found.controls == ("", "0", "")
    assert np.isnan(found.after_logit[1]).all()
    np.testing.assert_array_equal(found.after_logit[0], found.after_logit[2])


def test_the_patch_map_is_that_of_plain_hooks(tiny: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laminoscope_core.recording.plan.MOST_TOKENS", 20)  # three rows
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
    changes = changes_of(bound(tiny, patching, against=IDS))
    scores = last_logits(tiny, [OTHER], changes, Job())[0]
    assert found.heads[1, 5, 2] == pytest.approx(float(scores[3] - scores[5]), abs=1e-4)
    assert hooks_of(tiny) == 0


def test_a_patch_map_leaves_out_the_blocks_that_are_as_they_were(
    llama: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("laminoscope_core.recording.plan.MOST_TOKENS", 6)  # one row
    calls = [0, 0, 0]
    blocks: Any = llama.hf.model.layers
    for layer, block in enumerate(blocks):

        def counted(
            *args: Any, _layer: int = layer, _own: Any = block.mlp.forward, **kwargs: Any
        ) -> Any:
            calls[_layer] += 1
            return _own(*args, **kwargs)

        monkeypatch.setattr(block.mlp, "forward", counted)
    patch_map(llama, IDS, OTHER, (3, 5), False, Job())
    assert calls[0] < calls[1] < calls[2]
    assert not any("forward" in vars(block) for block in blocks)


def test_the_tokens_that_a_patch_map_reads_are_counted(tiny: Model) -> None:
    assert tokens_read(tiny, 6, with_heads=False) == 3 * 6 * 6
    assert tokens_read(tiny, 6, with_heads=True) == 3 * (1 + 4) * 6 * 6
