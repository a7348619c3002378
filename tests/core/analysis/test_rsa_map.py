"""Maps and orders of words: against scikit-learn and scipy, and against what must stay the same."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import linalg
from scipy.optimize import isotonic_regression

from laminoscope_core.analysis import dendrogram, rsa_map, similarity
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.rsa import MEAN
from laminoscope_core.analysis.rsa_map import Params
from laminoscope_core.job import Job


@pytest.fixture(scope="module")
def words(as_words):
    random = np.random.default_rng(0)
    member = np.repeat(np.arange(3), 10)
    centres = random.normal(size=(4, 3, 12))
    rows = [centres[:, member] + random.normal(size=(4, 30, 12)) for _ in range(3)]
    return as_words(*rows, categories=tuple("abc"[number] for number in member))


@pytest.fixture(scope="module")
def results(words, analyse):
    return analyse(words, "similarity", "rsa-map", "dendrogram")


def distances(places):
    return np.linalg.norm(places[:, None] - places[None], axis=-1)


def test_classical_scaling_is_scikit_learns_kernel_pca_of_the_same_distances(results):
    from sklearn.decomposition import KernelPCA

    matrix = results["similarity"].matrices["q"][1].astype(float)
    unlike = rsa_map.dissimilarities(matrix, "cosine")
    kernel = -0.5 * unlike**2  # which it centres: Torgerson's products
    expected = KernelPCA(2, kernel="precomputed", eigen_solver="dense").fit_transform(kernel)
    np.testing.assert_allclose(distances(rsa_map.classical(unlike)), distances(expected), atol=1e-8)


def test_points_of_a_plane_are_found_again():
    places = np.random.default_rng(1).normal(size=(20, 2))
    found = rsa_map.classical(distances(places))
    np.testing.assert_allclose(distances(found), distances(places), atol=1e-9)
    turned = rsa_map.turned_onto(found, places - places.mean(axis=0))
    np.testing.assert_allclose(turned, places - places.mean(axis=0), atol=1e-9)


def test_turning_is_scipys_procrustes_without_its_scaling(results):
    from scipy.linalg import orthogonal_procrustes

    places, onto = np.random.default_rng(2).normal(size=(2, 15, 2))
    expected = places @ orthogonal_procrustes(places, onto)[0]
    np.testing.assert_allclose(rsa_map.turned_onto(places, onto), expected, atol=1e-12)


def test_nonmetric_scaling_has_no_more_stress_than_scikit_learns(results):
    from sklearn.isotonic import IsotonicRegression
    from sklearn.manifold import smacof

    upper = np.triu_indices(30, 1)
    for site in ("q", "k"):
        matrix = results["similarity"].matrices[site][0].astype(float)
        unlike = rsa_map.dissimilarities(matrix, "cosine")
        start = rsa_map.classical(unlike)
        found, stress = rsa_map.nonmetric(unlike, start)
        theirs, _ = smacof(
            unlike, metric=False, init=start, n_init=1, max_iter=500, eps=1e-7,
            normalized_stress=True,
        )  # fmt: skip

        def kruskal(places, unlike=unlike):
            apart, wanted = distances(places)[upper], unlike[upper]
            ordered = IsotonicRegression().fit_transform(wanted, apart)
            return np.sqrt(((apart - ordered) ** 2).sum() / (apart**2).sum())

        assert stress == pytest.approx(kruskal(found), abs=1e-9)
        assert stress <= kruskal(theirs) * 1.03
        assert stress < kruskal(start)
        size = (distances(found)[upper] ** 2).sum()
        assert size == pytest.approx((unlike[upper] ** 2).sum())


def test_nonmetric_scaling_of_monotone_distances_has_no_stress():
    places = np.random.default_rng(3).normal(size=(12, 2))
    unlike = distances(places) ** 3
    _, stress = rsa_map.nonmetric(unlike, places)
    assert stress < 1e-9


def test_equal_dissimilarities_stand_in_the_order_of_their_distances():
    random = np.random.default_rng(5)
    wanted, distances = random.integers(0, 9, 200).astype(float), random.uniform(size=200)
    order = np.argsort(wanted)
    rank = np.append(0, np.cumsum(np.diff(wanted[order]) > 0))
    expected, sorted_by_both = np.empty(200), np.lexsort((distances, wanted))
    expected[sorted_by_both] = isotonic_regression(distances[sorted_by_both]).x
    np.testing.assert_array_equal(rsa_map._in_order(distances, order, rank), expected)


def test_equal_dissimilarities_may_become_different_distances():
    places = np.random.default_rng(4).normal(size=(10, 2))
    unlike = np.round(distances(places) * 2)
    _, stress = rsa_map.nonmetric(unlike, places)
    assert stress < 0.01


@pytest.mark.parametrize("method", rsa_map.METHODS)
def test_every_layer_is_turned_onto_the_one_before_and_keeps_its_distances(words, results, method):
    result = rsa_map.run(Inputs(words, results=results), Params(method), Job())
    upper = np.triu_indices(30, 1)
    for site in ("q", "k", "v"):
        for layer in range(4):
            matrix = results["similarity"].matrices[site][layer]
            unlike = rsa_map.dissimilarities(matrix, "cosine")
            alone = rsa_map.classical(unlike)
            if method == "nonmetric":
                alone, stress = rsa_map.nonmetric(unlike, alone)
            else:
                apart = distances(alone)[upper]
                stress = np.sqrt(((apart - unlike[upper]) ** 2).sum() / (apart**2).sum())
            found = result.places[site][layer]
            np.testing.assert_allclose(distances(found), distances(alone), atol=1e-9)
            assert result.stress[site][layer] == pytest.approx(stress)
            if layer:
                before = result.places[site][layer - 1]
            else:
                before = result.places["q"][0]
            away = ((found - before) ** 2).sum()
            for angle in np.linspace(0, 2 * np.pi, 24):
                turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
                for other in (found @ turn, found @ turn * [1, -1]):
                    assert away <= ((other - before) ** 2).sum() + 1e-9


def test_the_leaves_are_in_scipys_optimal_order(results):
    from scipy.cluster.hierarchy import dendrogram as drawn
    from scipy.cluster.hierarchy import linkage, optimal_leaf_ordering
    from scipy.spatial.distance import squareform

    for site, orders in results["dendrogram"].order.items():
        for layer, order in enumerate(orders):
            matrix = results["similarity"].matrices[site][layer].astype(float)
            apart = squareform(1 - matrix, checks=False)
            joins = optimal_leaf_ordering(linkage(apart, "average"), apart)
            leaves = drawn(joins, no_plot=True)["leaves"]
            assert order.tolist() in (leaves, leaves[::-1])


def test_distances_are_kept_where_similarity_is_minus_the_distance():
    places = np.random.default_rng(5).normal(size=(1, 8, 3))
    matrix = similarity.similarity_matrices(places, "negative_euclidean")[0]
    np.testing.assert_allclose(
        rsa_map.dissimilarities(matrix, "negative_euclidean"), distances(places[0]), atol=1e-6
    )


def test_what_cannot_be_laid_out_has_a_reason(words, as_words, analyse):
    rows = words.target["k"].copy()
    rows[2] = np.nan
    broken = analyse(
        replace(words, target={**words.target, "k": rows}), "similarity", "rsa-map", "dendrogram"
    )
    result = broken["rsa-map"]
    assert np.isnan(result.places["k"][2]).all()
    assert "first in layer 2" in result.reasons["k"][2]
    assert np.isfinite(result.places["k"][[0, 1, 3]]).all()
    assert "first in layer 2" in broken["dendrogram"].reasons["k"][2]
    assert broken["dendrogram"].order["k"][2].tolist() == list(range(30))
    lines = rsa_map.tables(result)["rsa/map.csv"].columns
    assert (np.isnan(lines["x"]) == (lines["reason"] != "")).all()
    two = analyse(as_words(np.eye(2)[None], categories="ab"), "similarity", "rsa-map")["rsa-map"]
    assert two.reasons["q"] == ("a map needs at least 3 words, here there are 2",)
    same = analyse(as_words(np.ones((1, 4, 2)), categories="aabb"), "similarity", "rsa-map")
    assert same["rsa-map"].reasons["q"] == ("the pairs are all equally similar at Q",)


def test_several_carriers_have_a_map_each_and_one_of_their_mean(words, analyse):
    random = np.random.default_rng(6)
    rows = {
        site: random.normal(size=each.shape).astype("f4") for site, each in words.target.items()
    }
    other = replace(words, carrier="I wrote {word}", target=rows)
    both = analyse(replace(words, others=(other,)), "similarity", "rsa-map", "dendrogram")
    alone = analyse(other, "similarity", "rsa-map", "dendrogram")
    result = both["rsa-map"]
    assert [one.carrier for one in result.by_carrier] == [words.carrier, other.carrier]
    assert result.carrier == MEAN
    np.testing.assert_array_equal(result.by_carrier[1].places["v"], alone["rsa-map"].places["v"])
    mean = np.mean([each.matrices["v"][3] for each in both["similarity"].of_carriers], axis=0)
    expected = rsa_map.classical(rsa_map.dissimilarities(mean, "cosine"))
    np.testing.assert_allclose(distances(result.places["v"][3]), distances(expected), atol=1e-6)
    orders = both["dendrogram"].of_carriers
    np.testing.assert_array_equal(orders[1].order["q"], alone["dendrogram"].order["q"])
    lines = dendrogram.tables(both["dendrogram"])["rsa/dendrogram.csv"].columns
    assert len(lines["word"]) == 2 * 3 * 4 * 30


@pytest.mark.parametrize("n_carriers", [1, 2])
def test_maps_of_an_altered_model_lie_on_those_of_the_model_as_it_is(words, analyse, n_carriers):
    random = np.random.default_rng(8)

    def noisy(one):
        rows = {
            name: x + random.normal(size=x.shape).astype("f4") for name, x in one.target.items()
        }
        return replace(one, target=rows)

    words = replace(words, others=tuple(noisy(words) for _ in range(n_carriers - 1)))
    altered = replace(noisy(words), others=tuple(noisy(one) for one in words.others))
    before, alone = (analyse(each, "similarity", "rsa-map") for each in (words, altered))
    inputs = Inputs(altered, results=alone, before=Inputs(words, results=before))
    found, known = rsa_map.run(inputs, Params(), Job()), before["rsa-map"]
    assert len(found.by_carrier) == len(known.by_carrier) == (n_carriers if n_carriers > 1 else 0)
    for turned, onto in zip((found, *found.by_carrier), (known, *known.by_carrier), strict=True):
        for site, layer in (("q", 0), ("q", 3), ("v", 2)):
            both = turned.places[site][layer], onto.places[site][layer]
            best, _ = linalg.orthogonal_procrustes(*both)
            np.testing.assert_allclose(best, np.eye(2), atol=1e-9)
    for site, layer in (("q", 1), ("v", 3)):  # turned, and nothing else
        apart = [distances(each.places[site][layer]) for each in (found, alone["rsa-map"])]
        np.testing.assert_allclose(*apart, atol=1e-9)
