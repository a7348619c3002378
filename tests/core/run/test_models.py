"""The words of an experiment read by other models, one after the other."""

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM

from laminoscope_core import Experiment, Job, open_model, run_experiment
from laminoscope_core.analysis import rsa_chance, separability_chance
from laminoscope_core.errors import ModelError
from laminoscope_core.export.provenance import provenance
from laminoscope_core.job import Cancelled
from laminoscope_core.models import load
from laminoscope_core.models.foreseen import foresee
from laminoscope_core.run.models import capture_models, forecast_models
from laminoscope_core.run.sections import SECTIONS, forecast_section
from laminoscope_core.run.words import forecast_words

WORDS = {"categories": {"a": ["moon", "star", "sun"], "b": ["bed", "lamp", "door"]}}
SITES = ("q", "resid_out")
QUICK = {
    "rsa-chance": rsa_chance.Params(19, 19),
    "separability-chance": separability_chance.Params(19),
}


@pytest.fixture(scope="module")
def folders(tiny_folder):
    """Models of three families; two have the depth and the tokenizer of the first."""
    return [str(tiny_folder(family)) for family in ("gpt2", "gpt_neox", "gemma3_text")]


@pytest.fixture(scope="module")
def model(folders):
    return open_model(folders[0], device="cpu")


def asked(*models, **words):
    content = {"words": WORDS | words, "rsa": {"sites": SITES, "models": models}}
    return Experiment.model_validate(content)


@pytest.fixture(scope="module")
def captured(model, folders):
    """What two other models read in two carrier sentences, and the models that they were."""
    opened, open_one = [], load.open_model

    def watched(*arguments, **named):
        gc.collect()
        assert not [ref for ref, _ in opened if ref() is not None], "one is still open"
        found = open_one(*arguments, **named)
        opened.append((weakref.ref(found.hf), found.info))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "open_model", watched)
        experiment = asked(*folders[1:], carriers=["A {word}", "One more {word}"])
        found = capture_models(model, experiment, SITES)
    return found, opened


def test_each_model_reads_the_words_at_the_sites_that_are_compared(captured, model, folders):
    found, opened = captured
    assert [one.source for one in found.models] == folders[1:]
    for folder, words, (_, info) in zip(folders[1:], found.read, opened, strict=True):
        other = AutoModelForCausalLM.from_pretrained(folder)
        assert words.sites == SITES
        assert words.model == info
        assert [each.carrier for each in words.of_carriers] == ["A {word}", "One more {word}"]
        for each in words.of_carriers:
            assert each.target.keys() == {*SITES, "embedding"}
            for row, ids in enumerate(each.token_ids):
                with torch.inference_mode():
                    out = other(torch.tensor([ids]), output_hidden_states=True)
                    weights = other.get_input_embeddings()(torch.tensor([ids[-1]]))[0]
                stream = out.hidden_states[1][0, -1]  # each word stands last
                np.testing.assert_allclose(each.target["resid_out"][0, row], stream, atol=1e-5)
                np.testing.assert_array_equal(each.target["embedding"][1, row], weights)
    assert found.embedding.target.keys() == {"embedding"}
    assert found.embedding.model == model.info


def test_a_model_is_let_go_of_before_the_next_is_opened(captured):
    gc.collect()
    assert [ref() for ref, _ in captured[1]] == [None, None]


def test_what_cannot_be_opened_has_a_reason_that_names_it(model, folders):
    found = capture_models(model, asked("no/such", folders[1], folders[0]), SITES)
    assert [one.words is None for one in found.models] == [True, False, True]
    assert "no/such" in found.models[0].reason
    assert found.models[2].reason == f"{folders[0]} is the model of the experiment itself"


def test_it_is_cancelled_while_a_model_is_opened(model, folders, monkeypatch):
    job = Job()

    def slow(*_, job: Job, **__):
        cancelled.cancel()
        job.check()
        raise AssertionError("not reached")

    cancelled = job
    monkeypatch.setattr(load, "open_model", slow)
    with pytest.raises(Cancelled):
        capture_models(model, asked(*folders[1:]), SITES, job)


def test_an_experiment_is_run_with_other_models(model, folders, monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection")

    monkeypatch.setattr("socket.socket.connect", refuse)
    run = run_experiment(model, asked(folders[1]), params=QUICK)
    result = run.results["rsa-models"]
    assert [each.source for each in result.models] == folders[:2]
    assert result.sites == ("embedding", *SITES)
    described = provenance(run)
    assert [each["source"] for each in described["models"]] == folders[1:2]
    table = SECTIONS["models"].tables(run.results["models"])["rsa/words_by_model.csv"]
    assert len(table) == 6


def test_without_other_models_nothing_is_compared(model):
    run = run_experiment(model, asked(), params=QUICK)
    assert "models" not in run.results
    assert "rsa-models" not in run.results
    assert forecast_section(model, asked(), "models") is None


def test_the_forecast_has_the_largest_of_the_other_models(model, folders):
    alone = forecast_words(model, asked().words, ("embedding",), besides=())
    each = [forecast_models(model, asked(folder), SITES) for folder in folders[1:]]
    both = forecast_models(model, asked(*folders[1:], "no/such"), SITES)
    for folder, one in zip(folders[1:], each, strict=True):
        other = AutoModelForCausalLM.from_pretrained(folder)
        weights = sum(p.numel() * 4 for p in other.parameters())
        assert alone.peak + weights < one.peak < alone.peak + weights + 10e6
        assert foresee(folder, "cpu", "auto").n_layers == 3
    assert max(one.peak for one in each) <= both.peak < sum(one.peak for one in each)
    assert both.fits
    # the experiment's own is not opened again
    assert forecast_models(model, asked(model.info.source), SITES).kept == alone.kept


def test_a_model_too_large_is_told_before(model, folders, monkeypatch):
    found = foresee(folders[1], "cpu", "auto")
    monkeypatch.setattr(
        "laminoscope_core.run.models.foresee", lambda *_: replace(found, weights=2**50)
    )
    advice = forecast_models(model, asked(folders[1]), SITES).advice
    assert advice.startswith(f"{folders[1]} takes")


def test_a_model_of_the_catalogue_that_is_not_here_is_foreseen_by_its_size(monkeypatch):
    monkeypatch.setattr("laminoscope_core.models.foreseen.find_model", lambda *_: None)
    assert foresee("gpt2", "cpu", "auto").weights == pytest.approx(4 * 124e6, rel=0.01)
    assert foresee("some/other", "cpu", "auto") is None
    with pytest.raises(ModelError):
        foresee("./no/such/folder", "cpu", "auto")
