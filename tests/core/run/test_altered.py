"""The altered model in every section: what it reads, and the model as it was afterwards."""

import json
from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest
import torch

from laminoscope_core import Experiment, Job, run_experiment
from laminoscope_core.analysis import continuation
from laminoscope_core.errors import CaptureError
from laminoscope_core.export.figure_files import figure_files
from laminoscope_core.export.provenance import provenance
from laminoscope_core.export.run_files import write_run
from laminoscope_core.figures import Spec, Style
from laminoscope_core.job import Cancelled
from laminoscope_core.plots import lens
from laminoscope_core.plots.registry import available
from laminoscope_core.recording.interventions import changes_of
from laminoscope_core.recording.positions import positions_of
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.rows import Rows
from laminoscope_core.recording.rewriting import last_logits, rewritten
from laminoscope_core.run import requests
from laminoscope_core.run.altering import altered_model, bind
from laminoscope_core.run.inside_parts import ELSEWHERE
from laminoscope_core.run.replay import passages, write_again
from laminoscope_core.run.run import capture_section
from laminoscope_core.run.words import word_prompts

from ..session.conftest import EXPERIMENT, tiny_model

SECTIONS = ("words", "text", "prompts")
MEAN = {"site": "mlp", "layer": 0, "action": "mean"}
ZERO = {"site": "attn_head", "layer": 1, "heads": [0], "action": "zero"}
AT_A_TOKEN = {"site": "mlp", "layer": 0, "action": "zero", "tokens": [1]}
PATCH = {"site": "resid", "layer": 0, "action": "patch"}


def experiment(*interventions):
    inside = EXPERIMENT.inside.model_dump(mode="json") | {"interventions": list(interventions)}
    return Experiment.model_validate(
        EXPERIMENT.model_dump(exclude={"inside"}) | {"inside": json_to_section(inside)}
    )


def json_to_section(inside):
    return {name: value for name, value in inside.items() if value is not None}


@pytest.fixture(scope="module")
def model():
    return tiny_model()


def state_of(model):
    weights = {name: tensor.clone() for name, tensor in model.hf.state_dict().items()}
    hooks = sum(len(m._forward_hooks) + len(m._forward_pre_hooks) for m in model.hf.modules())
    ids = torch.tensor([[5, 17, 3, 88, 41, 3]])
    with torch.no_grad():
        return weights, hooks, model.hf(ids).logits


def same(one, other):
    return (
        all(torch.equal(one[0][name], other[0][name]) for name in one[0])
        and one[1] == other[1]
        and torch.equal(one[2], other[2])
    )


@pytest.mark.parametrize("action", [ZERO, MEAN])
def test_words_are_those_of_each_sentence_read_alone(model, action):
    asked = experiment(action)
    before, after = (
        capture_section(model, asked, name, Job()) for name in ("words", "after-words")
    )
    prompts = word_prompts(model, asked.words)
    bound = bind(model, asked.altered, (), (), Job())
    for number, ids in enumerate(prompts.token_ids):
        rows = Rows(("q",), spans=prompts.spans[number : number + 1])
        with rewritten(layout_of(model.hf), changes_of(bound), Job()):
            alone = record(model, [ids], [rows])[rows].array("q")
        np.testing.assert_allclose(after.target["q"][:, number], alone[:, 0, 0], atol=1e-5)
    np.testing.assert_allclose(before.target["v"][0], after.target["v"][0], atol=1e-5)
    assert np.allclose(before.target["v"][1], after.target["v"][1], atol=1e-5) == (action is ZERO)


def test_layers_up_to_the_altered_one_are_not_tested(model):
    found = run_experiment(model, experiment(MEAN), sections=("words", "after-words"))
    reasons = found.results["after-causal"].rsa.reasons
    assert set(reasons[0, :, 0]) == {"what is altered does not reach this layer"}
    assert set(reasons[1, :, 0]) == {""}


def test_texts_and_prompts_are_read_by_the_altered_model(model):
    asked = experiment(ZERO, MEAN)
    changes = changes_of(bind(model, asked.altered, (), (), Job()))
    prompts = capture_section(model, asked, "after-prompts", Job())
    for place in prompts.places:
        expected = last_logits(model, [place.rendered.token_ids], changes, Job())[0].numpy()
        found = np.empty_like(expected)
        found[place.raw.ids] = place.raw.logits
        np.testing.assert_allclose(found, expected, atol=1e-5)
    text = capture_section(model, asked, "after-text", Job())
    whole = last_logits(model, [text.token_ids[:-1]], changes, Job())[0].double().log_softmax(-1)
    own = capture_section(model, asked, "text", Job())
    # the mean is of the whole text, so that only the last token of a shorter one can differ
    assert text.surprisal[1] != own.surprisal[1]
    assert np.isfinite(float(whole[text.token_ids[-1]]))


def test_a_text_is_written_as_if_each_token_were_read_from_the_start(model):
    for action in (ZERO, MEAN):
        asked = experiment(action)
        reading = altered_model(model, asked, Job())
        tokens = capture_section(model, asked, "after-prompts", Job())
        made = {}
        request = requests.GenerationRequest(tokens, 0, None, continuation.Params(), n_tokens=4)
        requests.write(reading, request, Job(), made.__setitem__)
        place = made["prompts"].places[0]
        ids = (*place.rendered.token_ids, *place.generated)
        changes = changes_of(bind(model, asked.altered, (), (), Job()))
        expected = last_logits(model, [ids], changes, Job())[0].numpy()
        found = np.empty_like(expected)
        found[place.raw.ids] = place.raw.logits
        np.testing.assert_allclose(found, expected, atol=1e-4)


@pytest.mark.parametrize("section", SECTIONS)
def test_factor_1_is_the_model_bit_for_bit(model, section):
    asked = experiment({"site": "resid", "layer": 0, "action": "scale", "factor": 1.0})
    before, after = (
        capture_section(model, asked, name, Job()) for name in (section, f"after-{section}")
    )
    if section == "words":
        assert all(np.array_equal(before.target[s], after.target[s]) for s in before.target)
    elif section == "text":
        assert all(np.array_equal(before.norms[s], after.norms[s]) for s in before.norms)
        assert np.array_equal(before.surprisal, after.surprisal, equal_nan=True)
    else:
        for one, other in zip(before.places, after.places, strict=True):
            assert np.array_equal(one.raw.logits, other.raw.logits)


@pytest.mark.parametrize("section", SECTIONS)
def test_nothing_is_left_after_an_end_an_error_and_a_cancel(model, section, monkeypatch):
    asked, before = experiment(ZERO, MEAN), state_of(model)
    capture_section(model, asked, f"after-{section}", Job())
    assert same(state_of(model), before)

    def broken(*_args, **_kwargs):
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patched:
        patched.setattr(model.hf.transformer.h[0].mlp, "forward", broken)
        with pytest.raises(Exception, match="in the middle"):
            capture_section(model, asked, f"after-{section}", Job())
    assert same(state_of(model), before)
    if section != "prompts":  # those are looked at between prompts only
        job = Job()
        stopping = Job(lambda fraction, _: job.cancel() if fraction > 0.3 else None)
        stopping._cancelled = job._cancelled
        with pytest.raises(Cancelled):
            capture_section(model, asked, f"after-{section}", stopping)
        assert same(state_of(model), before)


def test_what_belongs_to_one_text_is_not_made_in_others(model):
    asked = experiment(AT_A_TOKEN, ZERO, PATCH)
    assert [number for number, _ in asked.altered] == [1]
    found = run_experiment(model, experiment(AT_A_TOKEN), sections=("words",))
    assert "altered" not in found.results
    wrong = experiment(AT_A_TOKEN, {**ZERO, "layer": 9})
    with pytest.raises(CaptureError, match="Intervention 1 is in layer 9"):
        capture_section(model, wrong, "after-words", Job())


def test_a_run_writes_both_models_and_says_which_is_which(model, tmp_path):
    run = run_experiment(model, experiment(ZERO), sections=("words", "after-words"))
    plain = run_experiment(model, experiment(ZERO), sections=("words",))
    write_run(run, tmp_path / "both")
    write_run(plain, tmp_path / "one")
    for path in sorted((tmp_path / "one").rglob("*.csv")):
        name = path.relative_to(tmp_path / "one")
        assert (tmp_path / "both" / name).read_bytes() == path.read_bytes()
        assert (tmp_path / "both" / "altered" / name).exists()
    assert (tmp_path / "both" / "altered" / "rsa" / "causal.csv").exists()
    record = json.loads((tmp_path / "both" / "provenance.json").read_text())
    assert record["altered"][0]["heads"] == [0]
    assert "altered" not in json.loads((tmp_path / "one" / "provenance.json").read_text())


def test_records_name_what_alters_the_lines_of_inside(model):
    run = run_experiment(model, experiment(ZERO, AT_A_TOKEN), sections=("inside",))
    made = provenance(run)["altered_inside"]
    assert [(one["site"], one["tokens"]) for one in made] == [("attn_head", None), ("mlp", [1])]
    plain = run_experiment(model, experiment(), sections=("inside",))
    assert "altered_inside" not in provenance(plain)
    for result, altered in ((run, True), (plain, False)):
        drawn = {plot.id for plot in available(result.results, altered=True)}
        assert ("lens" in drawn) == altered
        assert "patch" not in drawn
    view = lens.View(state="after")
    for spec in (Spec("lens", view), Spec("lens", altered=True)):
        (shown,) = json.loads(
            figure_files(run, [[spec]], Style(dpi=40), (), ("json",))["figures/1-lens.json"]
        )["provenance"]["figure"]
        assert shown["altered"] is True


def test_learned_places_are_those_of_the_altered_model_too(model):
    """Of a model whose weights are zero where the intervention says zero."""
    zero = {"site": "mlp", "layer": 0, "action": "zero"}
    inside = capture_section(model, experiment(zero), "inside", Job())
    without = deepcopy(model.hf)
    with torch.no_grad():
        for parameter in without.transformer.h[0].mlp.c_proj.parameters():
            parameter.zero_()
    ids = inside.token_ids
    for state, hf in enumerate((model.hf, without)):
        own = positions_of(replace(model, hf=hf), ids, Job())
        np.testing.assert_allclose(inside.places.bias[state], own.bias, atol=1e-5)
    assert not np.allclose(inside.places.bias[0, 1], inside.places.bias[1, 1], atol=1e-3)
    elsewhere = capture_section(model, experiment(AT_A_TOKEN), "inside", Job()).places
    assert np.isnan(elsewhere.bias[1]).all()
    assert set(elsewhere.reasons[1]) == {ELSEWHERE}
    assert np.isfinite(elsewhere.bias[0]).any()


def test_what_the_altered_model_wrote_is_written_again(model):
    asked = experiment(ZERO)
    sections = ("prompts", "after-prompts")
    run = run_experiment(model, asked, sections=sections)
    reading, results = altered_model(model, asked, Job()), dict(run.results)
    request = requests.GenerationRequest(
        results["after-prompts"], 1, None, continuation.Params(seed=4), n_tokens=3
    )
    made = {}
    requests.write(reading, request, Job(), made.__setitem__)
    results["after-prompts"] = made["prompts"]
    written = passages(type(run)(run.model, asked, results), altered=True)
    again = write_again(model, run, written, altered=True)
    assert again.results["after-prompts"].places[1].generated == made["prompts"].places[1].generated
    assert again.results["prompts"].places[1].generated == ()


def test_a_patch_map_that_is_too_large_is_not_begun_and_says_so(model, monkeypatch):
    monkeypatch.setattr("laminoscope_core.run.altering.MOST_READ", 100)
    inside = capture_section(model, EXPERIMENT, "inside", Job())
    assert inside.patch is None
    n = len(inside.token_ids)
    assert inside.missing["patch"].startswith(f"a map of {n} tokens would read")
