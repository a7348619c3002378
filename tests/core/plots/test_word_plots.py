"""The plots of the words task show the results' numbers, and say why where there are none."""

import numpy as np
import pytest

from laminoscope_core.plots.distributions import View as DistributionsView
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.unity import View as UnityView

from ..figures.made_up import word_results


@pytest.fixture(scope="module")
def results():
    return word_results()


def columns(shown):
    return {name: np.asarray(column) for name, column in shown.table.columns.items()}


class TestDistributions:
    def test_densities_and_means_are_numpys(self, results):
        shown = PLOTS["distributions"].show(results, DistributionsView(6))
        found = columns(shown)
        categories = np.array(results["similarity"].categories)
        first, second = np.triu_indices(34, 1)
        within = categories[first] == categories[second]
        for column, site in enumerate(("q", "k", "v")):
            here = found["site"] == site
            edges = np.append(found["low"][here], found["high"][here][-1])
            values = results["similarity"].matrices[site][6][first, second].astype(np.float64)
            np.testing.assert_allclose(edges[[0, -1]], (values.min(), values.max()))
            marks = shown.frames[site].marks
            for name, chosen in (("within", within), ("across", ~within)):
                expected = np.histogram(values[chosen], edges, density=True)[0]
                np.testing.assert_allclose(found[name][here], expected)
                np.testing.assert_array_equal(marks[name].heights, found[name][here])
                assert marks[f"mean {name}"].at == pytest.approx(values[chosen].mean())
            d = results["separability"].cohens_d[6, column]
            assert shown.frames[site].inside == f"{site.upper()}   d = {d:.2f}"

    def test_groups_without_pairs_are_said_to_be_undefined(self):
        results = word_results(3, 2, categories=("a", "b", "c"), chance=False)
        frame = PLOTS["distributions"].show(results, DistributionsView(0)).frames["q"]
        assert frame.inside == "Q   d undefined: no category has two words"
        assert "mean within" not in frame.marks

    def test_a_layer_that_is_not_there_is_refused(self, results):
        with pytest.raises(ValueError, match="no layer 12"):
            PLOTS["distributions"].show(results, DistributionsView(12))


class TestUnity:
    def test_there_is_one_point_for_each_layer_and_pair(self, results):
        shown = PLOTS["unity"].show(results, UnityView(5))
        found, r = columns(shown), results["rsa"].r
        at = (found["layer"] == 7) & (found["pair"] == "q-v")
        assert (found["within"][at], found["across"][at]) == (r[7, 1, 1], r[7, 1, 2])
        assert sorted(set(found["layer"][found["selected"]])) == [5]

    def test_within_is_on_y_and_the_selected_layer_is_ringed(self, results):
        marks = PLOTS["unity"].show(results, UnityView(5)).frames["unity"].marks
        r = results["rsa"].r
        np.testing.assert_array_equal(marks["q-k"].y, r[:, 0, 1])
        np.testing.assert_array_equal(marks["q-k"].x, r[:, 0, 2])
        assert (marks["q-k selected"].x, marks["q-k selected"].y) == (r[5, 0, 2], r[5, 0, 1])
        assert marks["q-k"].stands_for["layer"][3] == 3
