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


def test_pairs_of_a_word_and_of_two_words_are_where_they_are():
    pairs = word_pairs(["a"] * 7)
    for word in range(7):
        expected = np.flatnonzero((pairs.first == word) | (pairs.second == word))
        np.testing.assert_array_equal(pairs.with_word(word), expected)
    for number, both in enumerate(zip(pairs.first, pairs.second, strict=True)):
        assert pairs.with_both(*both).tolist() == [number]
    assert (
        len(pairs.with_word(None)) == len(pairs.with_word(7)) == len(pairs.with_both(-1, -1)) == 0
    )
