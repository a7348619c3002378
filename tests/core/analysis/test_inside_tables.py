"""The tables of the blocks' insides hold together, line by line."""

import csv
import io
from collections import defaultdict

import numpy as np
import pytest
import torch

from laminoscope_core import Cancelled, Experiment, Job, capture, run_experiment
from laminoscope_core.errors import CaptureError, ExperimentError
from laminoscope_core.export.provenance import provenance
from laminoscope_core.export.run_files import run_tables
from laminoscope_core.recording.plan import rows_together
from laminoscope_core.recording.reducers.heads import METRICS
from laminoscope_core.run.sections import forecast_section

from ..session.conftest import tiny_model

TEXT = "sun, suns"
EXPERIMENT = Experiment.model_validate({"inside": {"content": TEXT, "watch": ["s", ",", "n"]}})
COLUMNS = {
    "redundancy": "layer,head,other_layer,other_head,cka,correlation,n,reason",
    "heads": "layer,head,metric,value,n,reason",
    "ledger": "token_index,target,target_id,part,layer,head,contribution,reason",
    "balance": "layer,token_index,resid_in,attn_added,mlp_added,cos_attention,cos_mlp,reason",
    "neurons": "layer,token_index,neuron,activation,rank,share_active,participation,writes,reason",
}


@pytest.fixture(scope="module")
def model():
    return tiny_model()


@pytest.fixture(scope="module")
def tables(model):
    files = run_tables(run_experiment(model, EXPERIMENT))
    return {
        path.removeprefix("inside/").removesuffix(".csv"): list(
            csv.DictReader(io.StringIO(table.to_csv()))
        )
        for path, table in files.items()
        if path.startswith("inside/")
    }


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_those_that_were_settled(tables, name):
    assert ",".join(tables[name][0]) == COLUMNS[name]


def test_a_ledger_sums_to_the_logit_and_heads_to_their_attention(model, tables):
    sums = defaultdict(float)
    for line in tables["ledger"]:
        key = line["token_index"], line["target"], line["part"], line["layer"]
        sums[key] += float(line["contribution"])
    logits = capture(model, [TEXT], ["logits"]).logits[0]
    ids = {target: ord(target) - 33 for target in "s,n"}
    for token in range(len(TEXT)):
        for target in (*"s,n", "s − ,"):

            def of(part, layer="", token=token, target=target):
                return sums[str(token), target, part, str(layer)]

            whole = of("embedding") + of("bias")
            for layer in range(2):
                whole += of("attention", layer) + of("mlp", layer)
                of_heads = of("head", layer) + of("head_bias", layer)
                assert of_heads == pytest.approx(of("attention", layer), abs=1e-4)
            assert whole == pytest.approx(of("sum"), abs=1e-6)
            assert whole == pytest.approx(of("logit"), abs=1e-3)
            if target in ids:
                assert of("logit") == pytest.approx(float(logits[token, ids[target]]), abs=1e-4)
            else:
                assert of("logit") == pytest.approx(
                    of("logit", target="s") - of("logit", target=",")
                )


def test_every_part_of_a_ledger_has_its_line(tables):
    lines = [
        line for line in tables["ledger"] if (line["token_index"], line["target"]) == ("0", "s")
    ]
    block = ["attention", "head", "head", "head_bias", "mlp"]
    parts = ["embedding", *block, *block, "bias", "sum", "logit"]
    assert [line["part"] for line in lines] == parts
    assert [line["head"] for line in lines if line["part"] == "head"] == ["0", "1", "0", "1"]
    assert {line["target_id"] for line in tables["ledger"] if line["target"] == "s − ,"} == {""}


def test_without_watched_tokens_the_ledger_says_why_it_is_empty(model):
    bare = Experiment.model_validate({"inside": {"content": TEXT}})
    table = run_tables(run_experiment(model, bare))["inside/ledger.csv"]
    (line,) = csv.DictReader(io.StringIO(table.to_csv()))
    assert line["reason"] == "no token is watched"


def test_every_head_has_eleven_numbers_with_their_n(tables):
    lines = [line for line in tables["heads"] if (line["layer"], line["head"]) == ("0", "1")]
    assert [line["metric"] for line in lines] == list(METRICS)
    assert len(tables["heads"]) == 2 * 2 * 11
    n = {line["metric"]: int(line["n"]) for line in lines}
    # s u n , _ s u n s: four tokens have an earlier copy
    assert (n["entropy"], n["previous"], n["copies"]) == (len(TEXT), len(TEXT) - 1, 4)
    (repeat,) = (line for line in lines if line["metric"] == "induction_repeat")
    assert (repeat["value"], repeat["n"]) == ("", "0")
    assert repeat["reason"] == "no repeated random tokens were read"


def test_repeated_random_tokens_give_their_score_and_stand_in_the_record(model):
    asked = {"inside": {"content": TEXT, "induction": {"sequences": 2, "length": 6, "seed": 3}}}
    run = run_experiment(model, Experiment.model_validate(asked))
    lines = csv.DictReader(io.StringIO(run_tables(run)["inside/heads.csv"].to_csv()))
    repeats = [line for line in lines if line["metric"] == "induction_repeat"]
    assert {line["n"] for line in repeats} == {"12"}
    ids = provenance(run)["token_ids"][1:]
    weights = capture(model, ids, ["attention"]).array("attention", 1)[:, 0]
    expected = np.mean([[w[t, t - 5] for t in range(6, 12)] for w in weights])
    assert float(repeats[2]["value"]) == pytest.approx(expected, rel=1e-5)


ALTERED = {
    "content": TEXT,
    "watch": ["s", ","],
    "against": "sun; moon",
    "patch_heads": True,
    "interventions": [
        {"site": "attn_head", "layer": 1, "heads": [0], "action": "zero"},
        {"site": "mlp", "layer": 0, "action": "scale", "factor": 0.5, "tokens": [3, 4]},
    ],
}


@pytest.fixture(scope="module")
def altered_run(model):
    return run_experiment(model, Experiment.model_validate({"inside": ALTERED}))


def lines_of(run, name):
    return list(csv.DictReader(io.StringIO(run_tables(run)[f"inside/{name}.csv"].to_csv())))


@pytest.mark.parametrize("name", [*COLUMNS, "lens"])
def test_with_interventions_every_table_tells_before_from_after(altered_run, tables, name):
    lines = lines_of(altered_run, name)
    assert list(lines[0])[-2:] == ["state", "reason"]
    before = [line for line in lines if line["state"] == "before"]
    after = [line for line in lines if line["state"] == "after"]
    assert len(before) == len(after) == len(lines) // 2
    assert [list(line.values())[:-2] for line in before] != [
        list(line.values())[:-2] for line in after
    ]


def test_before_is_what_it_is_without_interventions(altered_run, tables):
    before = [line for line in lines_of(altered_run, "heads") if line["state"] == "before"]
    for one, other in zip(before, tables["heads"], strict=True):
        assert {k: v for k, v in one.items() if k != "state"} == other


@pytest.mark.parametrize(
    ("change", "heads", "sums"),
    [
        ({"site": "attn_head", "heads": [1], "action": "zero"}, True, True),
        ({"site": "mlp", "action": "skip"}, True, True),
        ({"site": "attention", "action": "scale", "factor": 0.5}, False, True),
        ({"site": "resid", "action": "steer", "along": ["n"]}, True, False),
    ],
)
def test_what_does_not_add_up_in_an_altered_model_is_left_out_with_the_reason(
    model, change, heads, sums
):
    inside = {"content": TEXT, "watch": ["s"], "interventions": [{"layer": 1, **change}]}
    lines = lines_of(run_experiment(model, Experiment.model_validate({"inside": inside})), "ledger")
    for state in ("before", "after"):
        whole = state == "before"
        own = [line for line in lines if line["state"] == state]
        sum_lines = [line for line in own if line["part"] == "sum"]
        logit_lines = [line for line in own if line["part"] == "logit"]
        for one, other in zip(sum_lines, logit_lines, strict=True):
            if sums or whole:
                assert float(one["contribution"]) == pytest.approx(
                    float(other["contribution"]), abs=1e-3
                )
            else:
                assert (one["contribution"], one["reason"]) == ("", "the stream itself is altered")
        of_heads = [line for line in own if line["part"] == "head" and line["layer"] == "1"]
        reason = "" if heads or whole else "what its attention gives to the stream is altered"
        assert {line["reason"] for line in of_heads} == {reason}


def test_effects_are_of_each_intervention_its_controls_and_all_together(altered_run):
    lines = lines_of(altered_run, "effects")
    assert ",".join(lines[0]) == (
        "intervention,metric,token_index,target,target_id,control,before,after,reason"
    )
    asked = [line for line in lines if not line["control"]]
    kinds = [(line["intervention"], line["metric"], line["target"]) for line in asked]
    assert kinds == [
        (name, metric, target)
        for name in ("0", "1", "all")
        for metric in ("probability", "logit")
        for target in ("s", ",")
    ]
    assert {line["token_index"] for line in lines} == {str(len(TEXT) - 1)}
    last = [
        line
        for line in lines_of(altered_run, "lens")
        if (line["layer"], line["token_index"], line["kind"]) == ("1", "8", "watch")
    ]
    for line in last:
        (found,) = (
            each
            for each in asked
            if (each["intervention"], each["metric"], each["target"])
            == ("all", "logit", line["target"])
        )
        assert float(found[line["state"]]) == pytest.approx(float(line["logit"]), abs=1e-5)


def test_the_patch_map_has_a_line_for_every_token_and_head(altered_run):
    lines = lines_of(altered_run, "patch")
    assert ",".join(lines[0]) == "layer,token_index,head,effect,reason"
    assert [line["head"] for line in lines[:3]] == ["", "0", "1"]
    assert len(lines) == 2 * len(TEXT) * 3
    whole = [line for line in lines if not line["head"]]
    assert float(whole[-1]["effect"]) == pytest.approx(1.0, abs=1e-4)
    assert [float(line["effect"]) for line in whole[:3]] == [0.0] * 3  # both begin alike


def test_without_interventions_and_second_text_there_are_no_such_files(model):
    bare = run_experiment(model, Experiment.model_validate({"inside": {"content": TEXT}}))
    assert not {"inside/effects.csv", "inside/patch.csv"} & set(run_tables(bare))


def test_texts_of_different_lengths_are_an_error_that_says_both(model):
    wrong = {"inside": {**ALTERED, "against": "sun"}}
    with pytest.raises(ExperimentError, match=r"The text has 9 tokens, the second one 3\."):
        run_experiment(model, Experiment.model_validate(wrong))


def test_equal_texts_leave_the_patch_map_undefined(model):
    same = {"inside": {"content": TEXT, "against": TEXT, "watch": ["s", ","]}}
    lines = lines_of(run_experiment(model, Experiment.model_validate(same)), "patch")
    assert {(line["effect"], line["reason"]) for line in lines} == {
        ("", "both texts give the same difference")
    }


@pytest.mark.parametrize("share", [0.1, 0.25, 0.37, 0.5])
def test_a_cancel_in_the_middle_leaves_the_model_as_it_was(model, share):
    """While the text is read, with interventions, for the effects and for the map."""
    plain = capture(model, [TEXT], ["logits"]).logits
    job = Job(lambda fraction, _: job.cancel() if fraction > share else None)
    with pytest.raises(Cancelled):
        run_experiment(model, Experiment.model_validate({"inside": ALTERED}), job=job)
    modules = model.hf.modules()
    assert not any(each._forward_hooks or each._forward_pre_hooks for each in modules)
    np.testing.assert_array_equal(capture(model, [TEXT], ["logits"]).logits, plain)


def test_the_forecast_knows_what_cannot_be_before_anything_runs(model):
    asked = Experiment.model_validate({"inside": ALTERED})
    alone = Experiment.model_validate({"inside": {"content": TEXT, "watch": ["s", ","]}})
    found, less = (forecast_section(model, each, "inside") for each in (asked, alone))
    assert found.batch == rows_together(model, len(TEXT)).n_bytes > less.batch
    assert found.peak > less.peak
    place = {"site": "mlp", "layer": 2, "action": "zero"}
    wrong = {"inside": {**ALTERED, "interventions": [place]}}
    with pytest.raises(CaptureError, match="Intervention 0 is in layer 2"):
        forecast_section(model, Experiment.model_validate(wrong), "inside")
    wrong = {"inside": {**ALTERED, "against": "sun"}}
    with pytest.raises(ExperimentError, match="the second one 3"):
        forecast_section(model, Experiment.model_validate(wrong), "inside")


def test_a_stream_is_steered_along_a_token_or_the_difference_of_two_texts(model):
    def after(**change):
        steer = {"site": "resid", "layer": 1, "action": "steer", "tokens": [8], **change}
        asked = {"content": TEXT, "watch": ["s", ","], "interventions": [steer]}
        run = run_experiment(model, Experiment.model_validate({"inside": asked}))
        return run.results["effects"].reading

    towards = after(along=["s"], strength=20.0)
    assert towards.after_probability[0, 0] > 2 * towards.before_probability[0]
    two = after(along=["moon", "sun"], strength=1.0)
    ends = [
        capture(model, [text], ["resid_out"]).array("resid_out", 1)[0, -1]
        for text in ("moon", "sun", TEXT)
    ]
    stream = torch.tensor(ends[2] + ends[0] - ends[1])
    with torch.no_grad():
        logits = model.hf.lm_head(model.hf.transformer.ln_f(stream))
    ids = [model.tokenizer(text)["input_ids"][0] for text in "s,"]
    np.testing.assert_allclose(two.after_logit[0], logits[ids], rtol=1e-4, atol=1e-5)


def test_ten_neurons_of_each_layer_and_token_are_named_with_what_they_write(tables):
    lines = tables["neurons"]
    assert len(lines) == 2 * len(TEXT) * 10
    assert [line["rank"] for line in lines[:10]] == [str(n) for n in range(1, 11)]
    sizes = [abs(float(line["activation"])) for line in lines[:10]]
    assert sizes == sorted(sizes, reverse=True)
    assert all(len(line["writes"]) >= 1 for line in lines)
