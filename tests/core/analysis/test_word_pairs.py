"""Pairs of words and their subsets."""

from itertools import combinations

import numpy as np
import pytest

from laminoscope_core.analysis.word_pairs import word_pairs


def test_the_articles_list_has_561_178_and_383_pairs(sample_categories):
    pairs = word_pairs(sample_categories)
    counts = [int(pairs.mask(subset).sum()) for subset in ("all", "within", "across")]
    assert counts == [561, 178, 383]


def test_pairs_by_definition_whatever_the_order_of_the_categories():
    categories = ["b", "a", "b", "c", "a", "b"]
    pairs = word_pairs(categories)
    expected = list(combinations(range(6), 2))
    assert list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)) == expected
    assert pairs.within.tolist() == [categories[i] == categories[j] for i, j in expected]
    names = [frozenset((categories[i], categories[j])) for i, j in expected]
    for a, b in combinations(range(15), 2):
        assert (pairs.block[a] == pairs.block[b]) == (names[a] == names[b])


@pytest.mark.parametrize("subset", ["all", "within", "across"])
def test_masks_select_what_vectors_hold(subset, sample_categories):
    pairs = word_pairs(sample_categories)
    matrix = np.random.default_rng(0).normal(size=(2, 34, 34))
    selected = matrix[:, pairs.mask(subset)]
    np.testing.assert_array_equal(pairs.vectors(matrix)[:, pairs.positions(subset)], selected)
    assert not pairs.mask(subset)[np.tril_indices(34)].any()
