"""The layer that is looked at: asked for in an experiment, or of a run that is there."""

import csv
import io

import numpy as np
import pytest

from laminoscope_core import Experiment, run_experiment
from laminoscope_core.errors import CaptureError
from laminoscope_core.export.run_files import run_tables
from laminoscope_core.recording.capture import capture
from laminoscope_core.run.replay import measured, requests
from laminoscope_core.run.requests import AttentionRequest

from ..session.conftest import tiny_model

TEXT = "sun, suns"
ZERO = {"site": "attn_head", "layer": 0, "heads": [0], "action": "zero"}


def run_of(model, **asked):
    return run_experiment(model, Experiment.model_validate({"inside": {"content": TEXT, **asked}}))


@pytest.fixture(scope="module")
def model():
    return tiny_model()


def test_heads_that_are_asked_for_are_written_whole(model):
    run = run_of(model, attention={"layer": 1, "heads": [1]})
    table = run_tables(run)["inside/attention.csv"]
    lines = list(csv.DictReader(io.StringIO(table.to_csv())))
    ids = run.results["inside"].token_ids
    weights = capture(model, [ids], ["attention"]).array("attention", 1)[0][1]
    assert len(lines) == len(ids) * (len(ids) + 1) // 2
    for line in lines:
        assert (line["layer"], line["head"]) == ("1", "1")
        expected = weights[int(line["target_index"]), int(line["donor_index"])]
        assert float(line["weight"]) == pytest.approx(float(expected), rel=1e-5)
    assert "inside/attention.csv" not in run_tables(run_of(model))
    with pytest.raises(CaptureError, match="Layer 1 has no head 9"):
        run_of(model, attention={"layer": 1, "heads": [9]})
    with pytest.raises(CaptureError, match="There is no layer 7"):
        run_of(model, attention={"layer": 7})


def test_another_layer_is_looked_at_afterwards_with_what_is_altered(model):
    run = run_of(model, interventions=[ZERO])
    assert run.results["attention"].reading is None
    assert not list(requests(run))
    looked = measured(model, run, AttentionRequest(1))
    result = looked.results["attention"]
    whole = run_of(model, interventions=[ZERO], attention={"layer": 1}).results["attention"]
    assert result.states == ("before", "after")
    np.testing.assert_array_equal(result.reading.weights, whole.reading.weights)
    assert np.abs(np.subtract(*result.reading.weights)).max() > 0
    assert "inside/attention.csv" not in run_tables(looked)
    assert list(requests(looked)) == [AttentionRequest(1)]
