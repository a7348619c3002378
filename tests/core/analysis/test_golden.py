"""The sample experiment on the default model, against values computed independently."""

from pathlib import Path

import numpy as np
import pytest

from laminoscope_core import Experiment, open_model
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.registry import ANALYSES
from laminoscope_core.job import Job
from laminoscope_core.run.words import capture_words

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "resources" / "laminoscope_resources" / "experiments" / "words-qkv.toml"

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def results():
    section = Experiment.from_file(SAMPLE).words
    assert section is not None
    words = capture_words(open_model("smollm2-135m", device="cpu", dtype="float32"), section)
    results = {"words": words}
    for analysis in ANALYSES:
        if analysis.id in ("similarity", "direct", "rsa", "separability"):
            inputs = Inputs(words, results=results)
            results[analysis.id] = analysis.module.run(inputs, analysis.module.Params(), Job())
    return results


def test_the_words_are_those_of_the_golden_file(results, golden):
    words = results["words"]
    pairs = [list(pair) for pair in zip(words.categories, words.words, strict=True)]
    assert pairs == golden["words"]


def test_direct_correlation_at_the_context_token(results, golden):
    direct = results["direct"]
    actual = direct.r[:, :, direct.positions.index("context")]
    np.testing.assert_allclose(actual, golden["results"]["direct"], atol=1e-3)


def test_the_context_rows_are_copies(results):
    direct = results["direct"]
    assert direct.note("context") == "34 identical rows: effective n = 1"
    assert direct.note("target") == ""


@pytest.mark.parametrize(("subset", "name"), [("all", "rsa"), ("within",) * 2, ("across",) * 2])
def test_rsa_scores_of_every_layer(results, golden, subset, name):
    actual = np.stack([results["rsa"].curve(p, subset) for p in ("q-k", "q-v", "k-v")], axis=1)
    np.testing.assert_allclose(actual, golden["results"][name], atol=1e-3)


def test_separability_of_every_layer(results, golden):
    np.testing.assert_allclose(results["separability"].cohens_d, golden["results"]["d"], atol=1e-3)
