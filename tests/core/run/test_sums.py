"""Sums of words: what they mean, and the tokens that are nearest to them."""

import csv
import io

import numpy as np
import pytest

from laminoscope_core import Experiment, Job, run_experiment
from laminoscope_core.errors import ExperimentError
from laminoscope_core.export.run_files import run_tables
from laminoscope_core.run.sums import Sum, neighbours_of, sum_of

from ..session.conftest import tiny_model


@pytest.fixture(scope="module")
def model():
    return tiny_model()


def ids_of(model, text):
    return tuple(model.tokenizer(text)["input_ids"])


def test_a_sum_is_words_between_signs_that_stand_apart(model):
    assert sum_of(model, "s - u + n") == Sum(ids_of(model, "sun"), (1, -1, 1))
    assert sum_of(model, " s − u ") == Sum(ids_of(model, "su"), (1, -1))
    assert sum_of(model, "-") == Sum(ids_of(model, "-"), (1,))
    with pytest.raises(ExperimentError, match="The word “sun” is 3 tokens"):
        sum_of(model, "s + sun")


@pytest.mark.parametrize("text", ["s - ", "s -", "+ s", "- s", "s - - u", "s + + ", "- -", ""])
def test_a_sum_that_lacks_a_word_says_so(model, text):
    with pytest.raises(ExperimentError) as caught:
        sum_of(model, text)
    said = f"The sum “{text.strip().replace(' ', '·')}” lacks a word before or after a sign."
    assert caught.value.message == said


def test_the_nearest_are_those_of_the_summed_rows_beside_a_control(model):
    found = neighbours_of(model, ["s - u + n", "s"], Job())
    again = neighbours_of(model, ["s - u + n", "s"], Job())
    np.testing.assert_array_equal(found.ids, again.ids)
    rows = model.hf.transformer.wte.weight.detach().double().numpy()
    s, u, n = ids_of(model, "sun")
    vector = rows[s] - rows[u] + rows[n]
    cosines = rows @ vector / np.linalg.norm(rows, axis=1) / np.linalg.norm(vector)
    place = list(
        zip(found.query, found.vocabulary, found.measure, found.control, strict=True)
    ).index(("s - u + n", "embedding", "cosine", ""))
    np.testing.assert_array_equal(found.ids[place], np.argsort(-cosines)[:10])
    np.testing.assert_allclose(found.scores[place], np.sort(cosines)[:-11:-1], rtol=1e-5)
    controls = [bool(control) for control in found.control]
    assert controls == [False, True, False] * 4
    assert found.inputs[0] == (s, u, n)
    assert found.inputs[1][1:] == (u, n)


def test_the_table_marks_what_went_in(model):
    asked = {"inside": {"content": "sun", "neighbours": ["s - u + n"]}}
    table = run_tables(run_experiment(model, Experiment.model_validate(asked)))
    lines = list(csv.DictReader(io.StringIO(table["inside/neighbours.csv"].to_csv())))
    assert len(lines) == 2 * 4 * 10
    marked = {line["target"] for line in lines if line["is_input"] == "True"}
    assert {"s", "n"} <= marked
    bare = run_tables(
        run_experiment(model, Experiment.model_validate({"inside": {"content": "s"}}))
    )
    assert "inside/neighbours.csv" not in bare
