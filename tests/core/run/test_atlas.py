"""Heads over many texts and over random tokens: every query of all of them counts the same."""

import csv
import io

import numpy as np
import pytest

from laminoscope_core import Experiment, run_experiment
from laminoscope_core.errors import CaptureError, ExperimentError
from laminoscope_core.export.run_files import run_tables
from laminoscope_core.recording.capture import capture
from laminoscope_core.recording.reducers.heads import METRICS

from ..session.conftest import tiny_model

TEXTS = ["sun, suns, sun; moon", "a fig", "no star is like another star"]
LENGTH = 12
ZERO = {"site": "attn_head", "layer": 0, "heads": [0], "action": "zero"}


@pytest.fixture(scope="module")
def model():
    return tiny_model()


def run_of(model, **asked):
    return run_experiment(model, Experiment.model_validate({"inside": {"content": "sun", **asked}}))


@pytest.fixture(scope="module")
def run(model):
    induction = {"sequences": 3, "length": 5}
    return run_of(model, atlas={"texts": TEXTS, "length": LENGTH}, induction=induction)


def plain_means(model, texts):
    """Means over all queries of all texts, by layer and head, from whole weights."""
    totals = dict.fromkeys(("sink", "distance", "copies", "previous"), 0.0)
    counts = dict.fromkeys(totals, 0)
    for ids in texts:
        captured = capture(model, [ids], ["attention"])
        weights = np.stack([captured.array("attention", layer)[0] for layer in range(2)])
        place = np.arange(len(ids))
        earlier = np.tril(np.equal.outer(ids, ids), -1)
        having = earlier.any(-1)
        totals["sink"] += weights[..., 0].sum(-1)
        totals["distance"] += (weights * (place[:, None] - place)).sum((-2, -1))
        totals["copies"] += (weights * earlier).sum(-1)[..., having].sum(-1)
        totals["previous"] += np.diagonal(weights, -1, -2, -1).sum(-1)
        added = {"sink": len(ids), "distance": len(ids), "copies": having.sum()}
        for name, n in (*added.items(), ("previous", len(ids) - 1)):
            counts[name] += int(n)
    return {name: total / counts[name] for name, total in totals.items()}, counts


@pytest.mark.parametrize("over", ["texts", "random"])
def test_the_means_are_over_the_queries_of_all_texts(model, run, over):
    if over == "texts":
        texts = [list(text.encode()) for text in TEXTS]
        ids = [model.tokenizer(text)["input_ids"][:LENGTH] for text in TEXTS]
        assert [len(each) for each in ids] == [min(len(text), LENGTH) for text in texts]
    else:
        ids = [list(each) for each in run.results["inside"].repeated_ids]
    expected, counts = plain_means(model, ids)
    reading = getattr(run.results["atlas"], over)
    for name, values in expected.items():
        place = METRICS.index(name)
        np.testing.assert_allclose(reading.value[0, :, place], values, atol=1e-6, err_msg=name)
        assert reading.n[0, place] == counts[name]


def test_tables_say_how_many_texts_and_the_texts_own_table_stays(model, run):
    tables = run_tables(run)
    lines = list(csv.DictReader(io.StringIO(tables["inside/atlas-texts.csv"].to_csv())))
    assert {line["n_texts"] for line in lines} == {"3"}
    assert len(lines) == 2 * 2 * len(METRICS)
    repeat = [line for line in lines if line["metric"] == "induction_repeat"]
    assert {line["reason"] for line in repeat} == {"no repeated random tokens were read"}
    assert {line["value"] for line in repeat} == {""}
    random = list(csv.DictReader(io.StringIO(tables["inside/atlas-random.csv"].to_csv())))
    own = list(csv.DictReader(io.StringIO(tables["inside/heads.csv"].to_csv())))
    of = {(e["layer"], e["head"], e["metric"]): e["value"] for e in random}
    for line in own:
        if line["metric"] == "induction_repeat":
            assert line["value"] == of[line["layer"], line["head"], "induction_repeat"]
    bare = run_tables(run_of(model))
    assert {path for path in tables if path not in bare} == {
        "inside/atlas-texts.csv",
        "inside/atlas-random.csv",
    }
    assert tables["inside/heads.csv"].columns.keys() == bare["inside/heads.csv"].columns.keys()


def test_the_altered_model_reads_them_too_unless_tokens_of_the_text_are_altered(model):
    atlas = {"texts": TEXTS, "length": LENGTH}
    both = run_of(model, atlas=atlas, interventions=[ZERO]).results["atlas"]
    sink = both.texts.value[:, 1, METRICS.index("sink")]
    assert not np.array_equal(*sink)
    there = run_of(model, atlas=atlas, interventions=[{**ZERO, "tokens": [0]}]).results["atlas"]
    np.testing.assert_array_equal(there.texts.value[0], both.texts.value[0])
    assert np.isnan(there.texts.value[1]).all()
    assert there.texts.reasons[1, 0, 0].startswith("what is altered are tokens of the text")


def test_a_folder_stands_for_the_texts_in_it(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in {"b.txt": "two\r\nlines", "a.txt": "one", "c.md": "x", "d.txt": ""}.items():
        (folder / name).write_bytes(text.encode())
    file = tmp_path / "e.toml"
    file.write_text('[inside]\ncontent = "sun"\natlas = { folder = "texts", length = 8 }\n')
    found = Experiment.from_file(file)
    assert found.inside.atlas.texts == ("one", "two\nlines")
    assert Experiment.from_text(found.to_toml()) == found
    with pytest.raises(ExperimentError, match=r"atlas\.folder"):
        Experiment.from_text(file.read_text())
    file.write_text('[inside]\ncontent = "sun"\natlas = { folder = "nowhere" }\n')
    with pytest.raises(ExperimentError, match="is not a folder"):
        Experiment.from_file(file)


def test_more_tokens_than_the_context_window_are_refused(model):
    with pytest.raises(CaptureError, match="context window is 96"):
        run_of(model, atlas={"texts": TEXTS, "length": 97})
