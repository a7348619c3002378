"""Provenance is complete, JSON-able and says nothing about the person."""

import json
import platform
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from laminoscope_core import Experiment
from laminoscope_core.analysis import rsa_chance
from laminoscope_core.export.provenance import library_versions, provenance
from laminoscope_core.models.model import ModelInfo
from laminoscope_core.run.results import RunResult


def make_record():
    model = ModelInfo(
        source="smollm2-135m", title="SmolLM2", revision="sha256:b1", model_type="llama",
        n_layers=30, d_model=576, n_heads=9, n_kv_heads=3, d_head=64, vocab_size=49152,
        context_length=8192, n_parameters=134515008, dtype="float32", device="cpu",
        attention_kernel="sdpa", tokenizer="GPT2TokenizerFast",
    )  # fmt: skip
    experiment = Experiment.from_text('[words.categories]\nspace = ["sun"]\n[sampling]\nseed = 7')
    results = {
        "text": SimpleNamespace(token_ids=np.array([504, 1839])),
        "rsa-chance": SimpleNamespace(params=rsa_chance.Params(seed=11)),
    }
    return provenance(RunResult(model, experiment, results))


@pytest.fixture
def record():
    return make_record()


def test_it_survives_json(record):
    assert json.loads(json.dumps(record)) == record | {
        "experiment": json.loads(json.dumps(record["experiment"]))
    }


def test_everything_a_number_depends_on_is_there(record):
    model = record["model"]
    assert (model["source"], model["revision"]) == ("smollm2-135m", "sha256:b1")
    assert model["tokenizer"] == "GPT2TokenizerFast"
    assert (model["dtype"], model["device"], model["attention_kernel"]) == (
        "float32", "cpu", "sdpa",
    )  # fmt: skip
    assert record["experiment"]["words"]["categories"] == {"space": ["sun"]}
    assert record["experiment"]["sampling"]["seed"] == 7
    assert record["parameters"]["rsa-chance"]["seed"] == 11
    assert record["token_ids"] == [[504, 1839]]
    assert record["python"] == platform.python_version()
    assert record["libraries"]["numpy"] == np.__version__
    assert {"torch", "transformers", "scipy", "laminoscope"} <= set(record["libraries"])


def test_nothing_about_the_person_or_their_machine_is_there(monkeypatch, tmp_path):
    private = tmp_path / "zaphod"
    private.mkdir()
    monkeypatch.chdir(private)
    for name in ("HOME", "USER", "LOGNAME", "USERNAME", "USERPROFILE", "HOSTNAME"):
        monkeypatch.setenv(name, str(private))
    monkeypatch.setattr(platform, "node", lambda: "zaphods-laptop")
    assert "zaphod" not in json.dumps(make_record())


def test_versions_are_read_without_importing_the_libraries():
    code = (
        "import sys; from laminoscope_core.export.provenance import library_versions;"
        "library_versions(); print({'torch', 'transformers', 'scipy', 'statsmodels'}"
        " & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_libraries_that_are_not_installed_are_left_out(monkeypatch):
    monkeypatch.setattr(
        "laminoscope_core.export.provenance._LIBRARIES", ("numpy", "no-such-library")
    )
    assert library_versions() == {"numpy": np.__version__}
