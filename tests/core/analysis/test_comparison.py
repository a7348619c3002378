"""Columns side by side, against distributions written out here and plain forward passes."""

import csv
import io

import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon

from laminoscope_core.analysis import comparison, continuation
from laminoscope_core.analysis.comparison import NOT_READ
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.experiment import PromptSection
from laminoscope_core.job import Job
from laminoscope_core.sampling import Chain, RenderedPrompt
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.columns import Column, Reading
from laminoscope_core.sampling.next_tokens import NextTokens, Place

LOGITS = np.array([[0.5, 3.0, -1.0, 2.0, 1.0], [2.5, 0.0, 1.5, 2.0, -2.0]])
TEXTS = (" a", "b", "c,d", "=e", "\n")
OTHER_TEXTS = ("b", " a", "zz", " a")
OTHER = np.array([1.0, 2.0, 0.5, -1.0])


def softmax(x):
    weights = np.exp(x - x.max())
    return weights / weights.sum()


def place(logits, text="p", chat=False):
    prompt = PromptSection(text=text, chat=chat)
    return Place(prompt, RenderedPrompt(text, (4, 1)), Candidates.from_logits(logits))


def captured(chain=(), readings=(), count=2):
    places = tuple(place(LOGITS[n], f"prompt {n}") for n in range(count))
    chain = Chain.from_list(list(chain))
    return NextTokens(places, TEXTS, chain, 3, frozenset(), readings=tuple(readings))


def compared(tokens, *columns, n_listed=300):
    applied = continuation.run(Inputs(prompts=tokens), continuation.Params(), Job())
    inputs = Inputs(prompts=tokens, results={"continuation": applied})
    return comparison.run(inputs, comparison.Params(columns, n_listed), Job())


def other_reading(**changes):
    given = {
        "prompt": 0,
        "model": "other",
        "chat": False,
        "generated": (),
        "title": "Other",
        "place": place(OTHER),
        "texts": OTHER_TEXTS,
        "chain": Chain(()),
    }
    return Reading(**(given | changes))


def test_every_prompt_is_a_column_at_first():
    result = compared(captured())
    assert [each.column for each in result.columns] == [Column(0), Column(1)]
    alone = compared(captured([{"sampler": "top_k", "k": 2}], count=1))
    assert [each.column for each in alone.columns] == [Column(0), Column(0, chain="chain")]


def test_ranks_probabilities_and_the_largest_difference_first():
    result = compared(captured())
    p = np.array([softmax(row) for row in LOGITS])
    order = np.argsort(-np.abs(p[1] - p[0]))
    assert list(result.ids) == list(order)
    assert list(result.texts) == [TEXTS[token] for token in order]
    np.testing.assert_allclose(result.probability, p[:, order].T)
    np.testing.assert_allclose(result.difference[:, 1], (p[1] - p[0])[order])
    ranks = 1 + (LOGITS[:, None, :] > LOGITS[:, :, None]).sum(axis=2)
    np.testing.assert_array_equal(result.rank, ranks[:, order].T)
    assert result.columns[0].distance == 0
    assert result.columns[1].distance == pytest.approx(jensenshannon(p[0], p[1]))
    short = compared(captured(), n_listed=2)
    assert list(short.ids) == list(order[:2])


def test_a_chain_of_its_own_and_the_experiments_are_applied():
    tokens = captured([{"sampler": "top_k", "k": 2}])
    own = Column(0, chain="mine", samplers=({"sampler": "temperature", "temperature": 2.0},))
    result = compared(tokens, Column(0, chain="chain"), own, Column(0, chain="greedy"))
    chain, warm, greedy = (each.probabilities for each in result.columns)
    np.testing.assert_allclose(chain[[1, 3]], softmax(LOGITS[0, [1, 3]]))
    assert chain[[0, 2, 4]].sum() == 0
    np.testing.assert_allclose(warm, softmax(LOGITS[0] / 2))
    np.testing.assert_array_equal(greedy, [0, 1, 0, 0, 0])
    row = list(result.ids).index(4)
    assert list(result.rank[row]) == [0, 3, 0]


def test_a_chain_that_acts_by_chance_counts_with_both_its_ways():
    tokens = captured([{"sampler": "xtc", "probability": 0.25, "threshold": 0.05}])
    result = compared(tokens, Column(0), Column(0, chain="chain"))
    p = softmax(LOGITS[0])
    above = np.flatnonzero(p >= 0.05)
    least = above[np.argmin(p[above])]
    acted = np.where((p >= 0.05) & (np.arange(5) != least), 0, p)
    np.testing.assert_allclose(
        result.columns[1].probabilities, 0.25 * acted / acted.sum() + 0.75 * p
    )


def test_columns_that_cannot_be_shown_say_why_and_leave_the_others():
    failed = other_reading(place=None, reason="It needs 9 GB and 1 GB are free.")
    tokens = captured(readings=[failed])
    result = compared(tokens, Column(0), Column(7), Column(0, chat=True), Column(0, model="other"))
    reasons = [each.reason for each in result.columns]
    assert reasons == ["", "there is no prompt 8", NOT_READ, failed.reason]
    assert [standing.n_tokens for standing in result.standing("p")[1:]] == [0, 0, 0]
    assert result.unread == (Column(0, chat=True),)
    assert result.tokenizers == ()
    assert np.isnan([each.distance for each in result.columns[1:]]).all()
    np.testing.assert_allclose(result.probability[:, 0], np.sort(softmax(LOGITS[0]))[::-1])
    assert np.isnan(result.probability[:, 1:]).all()
    empty = compared(tokens, Column(7))
    assert (empty.texts, empty.rank.shape) == ((), (0, 1))


def test_another_vocabulary_is_matched_by_text_without_a_distance():
    result = compared(captured(readings=[other_reading()]), Column(0), Column(0, model="other"))
    assert result.by_text
    assert result.ids.size == 0
    q = softmax(OTHER)
    rows = {text: row for row, text in enumerate(result.texts)}
    assert set(rows) == {*TEXTS, "zz"}
    assert result.probability[rows[" a"], 1] == pytest.approx(q[1] + q[3])
    assert result.rank[rows[" a"], 1] == 1
    assert np.isnan(result.probability[rows["zz"], 0])
    assert result.rank[rows["zz"]].tolist() == [-1, 3]
    assert np.isnan(result.columns[1].distance)
    assert result.columns[1].why_no_distance == "the vocabularies differ: 5 and 4 tokens"
    assert result.columns[1].model == "Other"


def test_a_vocabulary_of_the_same_size_with_other_tokens_has_no_distance():
    texts = (*OTHER_TEXTS, "x")
    reading = other_reading(place=place(LOGITS[1]), texts=texts)
    result = compared(captured(readings=[reading]), Column(0), Column(0, model="other"))
    assert result.columns[1].why_no_distance == "the vocabularies have different tokens"
    same = other_reading(place=place(LOGITS[1]), texts=tuple(TEXTS))
    result = compared(captured(readings=[same]), Column(0), Column(0, model="other"))
    assert result.columns[1].distance == pytest.approx(
        jensenshannon(softmax(LOGITS[0]), softmax(LOGITS[1]))
    )


def test_the_table_leaves_cells_empty_where_there_is_nothing():
    tokens = captured(readings=[other_reading()])
    table = comparison.tables(compared(tokens, Column(0), Column(0, model="other")))
    text = table["continuation/comparison.csv"].to_csv()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == 6 * 2
    found = {(row["token"], row["column"]): row for row in rows}
    assert found["zz", "1"]["rank"] == found["zz", "1"]["probability"] == ""
    assert found["zz", "2"]["rank"] == "3"
    assert found["'=e", "1"]["model"] == ""


@pytest.mark.model
def test_snow_after_a_white_and_a_brown_hare(default_model):
    """The question of the sample experiment, answered by plain forward passes."""
    import torch

    from laminoscope_core.experiment import Experiment
    from laminoscope_core.export.run_files import run_tables
    from laminoscope_core.run.run import run_experiment

    texts = ("White hare upon", "Brown hare upon")
    run = run_experiment(
        default_model, Experiment(prompts=tuple(PromptSection(text=text) for text in texts))
    )
    standing = run.results["comparison"].standing(" snow")
    (token,) = default_model.tokenizer.encode(" snow")
    for text, found in zip(texts, standing, strict=True):
        with torch.inference_mode():
            inputs = default_model.tokenizer(text, return_tensors="pt")
            p = torch.softmax(default_model.hf(**inputs).logits[0, -1].double(), dim=-1)
        assert (found.token, found.n_tokens) == (token, 1)
        assert found.rank == int((p > p[token]).sum()) + 1
        assert found.probability == pytest.approx(float(p[token]), rel=1e-4)
    assert "continuation/comparison.csv" in run_tables(run)
