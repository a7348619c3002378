"""The table of the logit lens, from an experiment to its lines."""

import csv
import io

import numpy as np
import pytest

from laminoscope_core import Experiment, capture, run_experiment
from laminoscope_core.errors import ExperimentError
from laminoscope_core.export.run_files import run_tables
from laminoscope_core.run.inside_texts import token_of

from ..session.conftest import tiny_model

TEXT = "sun, suns"
EXPERIMENT = Experiment.model_validate({"inside": {"content": TEXT, "watch": ["s", ","]}})


@pytest.fixture(scope="module")
def model():
    return tiny_model()


@pytest.fixture(scope="module")
def lines(model):
    table = run_tables(run_experiment(model, EXPERIMENT))["inside/lens.csv"]
    return list(csv.DictReader(io.StringIO(table.to_csv())))


def test_every_layer_and_token_has_its_watched_tokens_and_the_likeliest(lines):
    assert list(lines[0]) == [
        "layer", "token_index", "kind", "target", "target_id", "rank", "probability", "logit",
        "reason",
    ]  # fmt: skip
    kinds = [(line["layer"], line["token_index"], line["kind"], line["target"]) for line in lines]
    assert kinds[:2] == [("-1", "0", "watch", "s"), ("-1", "0", "watch", ",")]
    assert [kind[2] for kind in kinds] == ["watch", "watch", "top"] * (3 * len(TEXT))
    assert all(line["rank"] == "1" for line in lines if line["kind"] == "top")


def test_the_last_layer_is_what_the_model_says(model, lines):
    logits = capture(model, [TEXT], ["logits"]).logits[0]
    for line in lines:
        if line["layer"] == "1":
            row, target = logits[int(line["token_index"])], int(line["target_id"])
            assert float(line["logit"]) == pytest.approx(float(row[target]), abs=1e-5)
            assert int(line["rank"]) == 1 + (row > row[target]).sum()
            if line["kind"] == "top":
                assert target == row.argmax()


def test_a_watched_text_of_several_tokens_is_an_error_that_names_them(model):
    wrong = Experiment.model_validate({"inside": {"content": TEXT, "watch": ["s", "sun"]}})
    with pytest.raises(ExperimentError, match="“sun” is 3 tokens: “s”, “u”, “n”"):
        run_experiment(model, wrong)
    with pytest.raises(ExperimentError, match=r"27 tokens: (“.”, ){12}…"):
        token_of(model, "sun" * 9, "word")


def test_without_the_section_nothing_of_it_runs(model):
    run = run_experiment(model, Experiment.model_validate({"text": {"content": TEXT}}))
    assert not {"inside", "lens"} & set(run.results)
    assert not any(path.startswith("inside/") for path in run_tables(run))


def test_no_watched_tokens_leave_the_likeliest(model):
    run = run_experiment(model, Experiment.model_validate({"inside": {"content": TEXT}}))
    assert run.results["lens"].reading.rank.shape == (1, 3, len(TEXT), 0)
    assert np.isfinite(run.results["lens"].reading.kl).all()
    assert len(run_tables(run)["inside/lens.csv"]) == 3 * len(TEXT)
