"""Relabelled scores against matrices whose rows and columns were really moved."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laminoscope_core.analysis import relabelled, rsa
from laminoscope_core.analysis.kendall import inversions
from laminoscope_core.analysis.relabelled import columns_of, products, products_on
from laminoscope_core.analysis.resampling import word_permutations
from laminoscope_core.analysis.word_pairs import SUBSETS, word_pairs
from laminoscope_core.job import Cancelled, Job

CATEGORIES = tuple("aaaabbbbbccc")
SITE_PAIRS = [(0, 1), (0, 2), (1, 2)]


@pytest.fixture
def matrices():
    """Symmetric matrices (n_layers, n_sites, 12, 12) with a few ties."""
    x = np.random.default_rng(0).normal(size=(2, 3, 12, 12)).round(1)
    return x + x.swapaxes(-1, -2)


@pytest.fixture
def columns(matrices):
    pairs = word_pairs(CATEGORIES)
    chosen = [pairs.of("within"), pairs.of("across")]
    return columns_of([each.vectors(matrices) for each in chosen], chosen, SITE_PAIRS, Job())


@pytest.fixture
def permutations():
    return word_permutations(CATEGORIES, 25, seed=1, inside=True)


def moved_products(matrices, permutations):
    pairs = word_pairs(CATEGORIES)
    found = np.empty((len(permutations), 2, len(SITE_PAIRS) * 2))
    for row, names in enumerate(permutations):
        moved = matrices[:, :, names][:, :, :, names]
        for number, subset in enumerate(("within", "across")):
            x, y = (pairs.of(subset).vectors(each) for each in (matrices, moved))
            found[row, number] = [(x[:, a] * y[:, b]).sum(axis=-1) for a, b in SITE_PAIRS] and [
                (x[layer, a] * y[layer, b]).sum() for a, b in SITE_PAIRS for layer in range(2)
            ]
    return found


def test_products_are_those_of_moved_matrices(matrices, columns, permutations, monkeypatch):
    monkeypatch.setattr(relabelled, "_ROWS", 5)
    expected = moved_products(matrices, permutations)
    np.testing.assert_allclose(products(columns, permutations), expected)


@pytest.mark.parametrize(
    "device",
    [
        "cpu",
        pytest.param(
            "cuda",
            marks=[
                pytest.mark.gpu,
                pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device"),
            ],
        ),
    ],
)
def test_a_torch_device_gives_the_same_products(
    device, matrices, columns, permutations, monkeypatch
):
    monkeypatch.setattr(relabelled, "_DEVICE_VALUES", 900)
    there = products_on(device, columns)
    np.testing.assert_allclose(there(permutations), moved_products(matrices, permutations))


def test_a_device_without_room_leaves_the_work_to_the_processor(columns, permutations, monkeypatch):
    def full(*_):
        raise torch.OutOfMemoryError

    monkeypatch.setattr(relabelled, "_WORTH_A_DEVICE", 0)
    monkeypatch.setattr(relabelled, "accelerator", lambda: torch.device("cpu"))
    for products_there in (full, lambda *_: full):
        monkeypatch.setattr(relabelled, "products_on", products_there)
        found = relabelled.multiplier(columns, Job())(permutations)
        np.testing.assert_array_equal(found, products(columns, permutations))


@pytest.mark.parametrize("most_compared", [1500, 0], ids=["compared", "one by one"])
@pytest.mark.parametrize("correlation", ["pearson", "spearman", "kendall_tau_a", "rho_a"])
def test_scores_are_those_of_moved_matrices(correlation, most_compared, matrices, monkeypatch):
    monkeypatch.setattr("laminoscope_core.analysis.kendall.MOST_COMPARED", most_compared)
    pairs = word_pairs(CATEGORIES)
    names = {
        subset: word_permutations(CATEGORIES, 15, seed=2, inside=subset != "all")
        for subset in SUBSETS
    }
    scores = np.full((15, 2, 3, 3), np.nan)
    vectors = {subset: pairs.of(subset).vectors(matrices) for subset in SUBSETS}
    tasks = relabelled.relabelling_tasks(
        vectors, pairs, SITE_PAIRS, correlation, names, scores, Job()
    )
    assert sum(task() for task in tasks) == scores.size
    for column, subset in enumerate(SUBSETS):
        for row, order in enumerate(names[subset]):
            moved = pairs.of(subset).vectors(matrices[:, :, order][:, :, :, order])
            for number, (a, b) in enumerate(SITE_PAIRS):
                expected = rsa.correlate(vectors[subset][:, a], moved[:, b], correlation)
                np.testing.assert_allclose(scores[row, :, number, column], expected, atol=1e-12)


def test_a_cancelled_job_stops_in_the_middle_of_a_task(columns, permutations):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        products(columns, permutations, job)


@given(arrays(np.int16, st.tuples(st.integers(0, 20), st.integers(1, 3))))
def test_inversions_are_counted(y):
    expected = [
        sum(column[i] > column[j] for j in range(len(y)) for i in range(j)) for column in y.T
    ]
    np.testing.assert_array_equal(inversions(y), expected)
