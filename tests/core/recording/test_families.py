"""Every family: right values, or a reason; the table that says so is generated here.

With ``LAMINOSCOPE_WRITE_FAMILIES=1`` the run writes the table; otherwise it checks that the one
in the package is current.
"""

import copy
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import families
import numpy as np
import pytest
import scipy.special
import torch
from recomputing import IDS, compare_layer, inputs_of, looks_of

from laminoscope_core import Capture, Job, capture, wrap_model
from laminoscope_core.errors import CaptureError
from laminoscope_core.inside_section import Intervention
from laminoscope_core.models.model import Model
from laminoscope_core.recording import layout, prefix, sites
from laminoscope_core.recording.interventions import SOURCES, changes_of
from laminoscope_core.recording.lens import read_lens
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.readout import readout_of
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.heads import METRICS, Heads
from laminoscope_core.recording.reducers.ledger import Ledger
from laminoscope_core.recording.rewriting import last_logits
from laminoscope_core.recording.verify import verify
from laminoscope_core.run.altering import bind

BLOCK_SITES = [name for name, site in sites.SITES.items() if site.by_layer]
COLUMNS = [*BLOCK_SITES, "rebuilt", "shared beginning", "lens", "ledger", "heads"]
TABLE = Path(layout.__file__).with_name("FAMILIES.md")


@pytest.fixture(scope="module")
def outcomes() -> Iterator[dict[str, dict[str, str]]]:
    """What each row gave, by site: "" if it works, else the reason."""
    yield (found := {})
    if set(found) == set(families.FAMILIES) and os.environ.get("LAMINOSCOPE_WRITE_FAMILIES"):
        TABLE.write_text(table_of(found), encoding="utf-8")


@pytest.mark.parametrize("name", families.FAMILIES)
def test_family(
    name: str, outcomes: dict[str, dict[str, str]], family_model: Callable[[str], Model]
) -> None:
    family = families.FAMILIES[name]
    model = family_model(name)
    if family.no_blocks:
        with pytest.raises(CaptureError, match=r"blocks of .* cannot be found"):
            capture(model, [IDS], ["resid_out"])
        outcomes[name] = dict.fromkeys(COLUMNS, "its blocks cannot be found")
        return
    blocks = layout_of(model.hf).blocks
    works = [site for site in BLOCK_SITES if any(site in block.sources for block in blocks)]
    outcomes[name] = {
        site: "" if site in works else blocks[-1].missing[site] for site in BLOCK_SITES
    }
    outcomes[name]["shared beginning"] = shared_beginning(model, works)
    assert set(BLOCK_SITES) - set(works) == set(family.lacks), outcomes[name]
    for site in family.lacks:
        with pytest.raises(CaptureError, match=f"{site} cannot be captured in layer 0: "):
            capture(model, [IDS], [site])

    with inputs_of([block.module for block in blocks]) as x:
        cap = capture(model, [IDS], [*works, "logits"])
    with torch.no_grad():
        plain = model.hf(torch.tensor([IDS]), use_cache=False).logits.numpy()
    np.testing.assert_array_equal(cap.logits, plain)
    assert verify(model).summary == "capture verified"

    rebuilt = []
    for layer, block in enumerate(blocks):
        got = {site: cap.array(site, layer)[0] for site in works if site in block.sources}
        if compare_layer(family, block.module, layer, got, x):
            rebuilt.append(layer)
    outcomes[name]["rebuilt"] = not_rebuilt(family, works, rebuilt)
    leaves_every_bit_that_is_not_altered(model)
    outcomes[name]["lens"] = no_lens(model, cap)
    outcomes[name]["ledger"] = no_ledger(model, cap)
    outcomes[name]["heads"] = no_heads(model, cap)


def shared_beginning(model: Model, works: list[str]) -> str:
    """Return "" if words in a carrier are computed after a beginning that is run once."""
    chosen = [site for site in works if site in prefix.SHARED_SITES]
    if chosen:
        capture(model, [[*IDS, 60], [*IDS, 9], [*IDS, 71]], chosen, spans=[[[7, 8]]] * 3)
    return "" if prefix.shares(model.hf) else "each prompt is run whole"


def not_rebuilt(family: families.Family, works: list[str], rebuilt: list[int]) -> str:
    """Return "" if `attn_out` was rebuilt, or why it was not."""
    if family.rebuilt:
        return family.rebuilt
    lacking = [site for site in ("attn_out", "attention", "v") if site not in works]
    assert bool(rebuilt) != bool(lacking)
    return f"{lacking[0]} cannot be captured" if lacking else ""


def leaves_every_bit_that_is_not_altered(model: Model) -> None:
    """Scale by 1, and put in what is there, at all sites of all layers together; then alter one."""
    blocks = layout_of(model.hf).blocks
    parts = {"attn_head": {"heads": (0,)}, "neuron": {"neurons": (0,)}}
    there = [
        {"site": site, "layer": layer, **parts.get(site, {})}
        for layer, block in enumerate(blocks)
        for site, source in SOURCES.items()
        if source in block.sources
    ]
    same = [Intervention(**place, action="scale", factor=1.0) for place in there]
    same += [Intervention(**place, action="patch") for place in there]
    plain = last_logits(model, [IDS], (), Job())
    changes = changes_of(bind(model, tuple(enumerate(same)), IDS, IDS, Job()))
    assert torch.equal(last_logits(model, [IDS], changes, Job()), plain)
    for place in there[-1:]:
        nothing = Intervention(**place, action="zero")
        changes = changes_of(bind(model, [(0, nothing)], IDS, (), Job()))
        assert not torch.equal(last_logits(model, [IDS], changes, Job()), plain)
    assert torch.equal(last_logits(model, [IDS], (), Job()), plain)


def no_lens(model: Model, cap: Capture) -> str:
    """Return "" if the lens of the last layer gives the model's logits, or why there is none."""
    try:
        readout = readout_of(model)
    except CaptureError as error:
        return error.message
    lens = read_lens(model, readout, cap.array("resid_out")[:, 0], [3, 5], Job())
    largest = np.abs(cap.logits).max()
    np.testing.assert_allclose(lens.logit[-1], cap.logits[0][:, [3, 5]], atol=1e-4 * largest)
    expected = scipy.special.softmax(cap.logits[0].astype(float), axis=-1)
    np.testing.assert_allclose(lens.probability[-1], expected[:, [3, 5]], rtol=1e-3, atol=1e-7)
    return ""


def no_ledger(model: Model, cap: Capture) -> str:
    """Return "" if the parts add up to the logits, or why there are none."""
    try:
        ledger = Ledger(readout_of(model), (3, 5))
        reading = record(model, [IDS], [ledger])[ledger]
    except CaptureError as error:
        return error.message
    parts = reading.embedding + reading.attention.sum(0) + reading.mlp.sum(0) + reading.bias
    np.testing.assert_allclose(parts, reading.logit, rtol=1e-4, atol=1e-4)
    capped = not np.isnan(reading.logit_capped).all()
    final = reading.logit_capped if capped else reading.logit
    np.testing.assert_allclose(final, cap.logits[0][:, [3, 5]], rtol=1e-4, atol=1e-4)
    if not reading.no_heads:
        of_heads = reading.heads.sum(1) + np.nan_to_num(reading.head_bias)
        np.testing.assert_allclose(of_heads, reading.attention, rtol=1e-4, atol=1e-4)
    return ""


def no_heads(model: Model, cap: Capture) -> str:
    """Return "" if heads in numbers are those of the weights, or why there are none."""
    heads = Heads()
    try:
        (reading,) = record(model, [IDS], [heads])[heads]
    except CaptureError as error:
        return error.message
    having = [
        n for n, block in enumerate(layout_of(model.hf).blocks) if "attention" in block.sources
    ]
    for layer in having:
        weights = cap.array("attention", layer)[0].astype(float)
        expected, _ = looks_of(weights, IDS, len(IDS))
        for metric in set(expected) - {"entropy_relative"}:
            found = reading.value[layer, METRICS.index(metric), : len(weights)]
            np.testing.assert_allclose(found, expected[metric], rtol=1e-4, atol=1e-6)
    return "" if having else str(reading.reasons[0, METRICS.index("entropy")])


def test_layers_without_attention_are_nan_and_say_so_when_asked_for() -> None:
    model = wrap_model(families.build("jamba"))
    cap = capture(model, [IDS], ["q", "resid_out"])
    assert cap.layers == (0, 1)
    assert np.isnan(cap.array("q", 0)).all()
    assert not np.isnan(cap.array("q", 1)).any()
    assert not np.isnan(cap.array("resid_out")).any()
    with pytest.raises(CaptureError, match="q cannot be captured in layer 0: it has no attention"):
        capture(model, [IDS], ["q"], layers=[0, 1])


def test_of_two_attentions_in_one_block_none_is_taken_for_the_other() -> None:
    hf = families.build("llama")
    for block in hf.model.layers:
        block.second_attn = copy.deepcopy(block.self_attn)
    model = wrap_model(hf)
    for site in ("q", "attention", "attn_out"):
        with pytest.raises(CaptureError, match=f"{site} .* its block has more than one attention"):
            capture(model, [IDS], [site])
    assert capture(model, [IDS], ["resid_out"]).array("resid_out").shape == (2, 1, 7, 32)


def test_weights_of_more_than_the_tokens_are_refused() -> None:
    """DeepSeek V4 also attends to a summary of every few tokens, once there are so many."""
    summing = {"layer_types": ["heavily_compressed_attention"] * 2, "compress_rate_hca": 16}
    hf = families.build_family(families.Family("deepseek_v4", summing))
    model = wrap_model(hf)
    capture(model, [IDS], ["attention", "k_used"])
    with pytest.raises(CaptureError, match="attends to more than the tokens"):
        capture(model, [[5 + i for i in range(40)]], ["attention"])
    with pytest.raises(CaptureError, match=r"k_used .* not computed token by token"):
        capture(model, [[5 + i for i in range(40)]], ["k_used"])


def table_of(outcomes: dict[str, dict[str, str]]) -> str:
    lines = [
        "# What can be captured from which family",
        "",
        "Generated by the tests from tiny random models; do not edit.  `yes`: captured; q, k and v",
        "equal what the weights give in float64, the streams add up, the logits are those of the",
        "plain model bit for bit.  A number: see the reasons below.",
        "",
        "`rebuilt`: in every layer with an attention, softmax weights recomputed in float64 from",
        "q_used and k_used equal `attention`, and they times v, through whatever the family has",
        "between its kernel and its output projection (a gate, a norm, clipping) and through the",
        "projection, give `attn_out` to 1e-4.  `shared beginning`: what the prompts of a word",
        "experiment have in common is run once.  `lens`: final norm and unembedding of the last",
        "stream give the logits, so that other layers can be read with them.  `ledger`: what",
        "embedding, attentions, MLPs and biases add sums to the logits, and heads to attentions.",
        "`heads`: what heads look at, in numbers, equals plain loops over the weights.",
        "",
        "A type that is not listed works or says what cannot be captured and why.",
        "",
        "| family | " + " | ".join(COLUMNS) + " |",
        "|---|" + "---|" * len(COLUMNS),
    ]
    reasons: list[str] = []
    for name in families.FAMILIES:
        cells = []
        for site in COLUMNS:
            reason = outcomes[name][site]
            if reason and reason not in reasons:
                reasons.append(reason)
            cells.append(str(reasons.index(reason) + 1) if reason else "yes")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines += ["", "Reasons:", ""]
    lines += [f"{index}. {reason}" for index, reason in enumerate(reasons, 1)]
    return "\n".join(lines) + "\n"


def test_there_are_at_least_sixty_model_types_that_give_q_k_and_v() -> None:
    giving = {f.model_type for f in families.FAMILIES.values() if not {"q", "k", "v"} & f.lacks}
    assert len(giving) >= 60


def test_the_table_in_the_package_is_current(outcomes: dict[str, dict[str, str]]) -> None:
    if set(outcomes) != set(families.FAMILIES):
        pytest.skip("needs the whole family run before it")
    if not os.environ.get("LAMINOSCOPE_WRITE_FAMILIES"):
        assert TABLE.read_text(encoding="utf-8") == table_of(outcomes)
