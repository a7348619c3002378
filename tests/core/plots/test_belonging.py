"""What is of other scores than those that are shown is not shown beside them."""

from dataclasses import replace

import numpy as np
import pytest

from laminoscope_core.plots.belonging import change_of, rsa_chance_of, separability_chance_of
from laminoscope_core.plots.registry import PLOTS

from ..figures.made_up import altered_results, word_results

CHANCE = ("rsa-chance", "separability-chance")


@pytest.fixture(scope="module")
def results():
    return word_results(12, 4)


@pytest.fixture(scope="module")
def newer():
    """Return the scores of other words."""
    made = word_results(12, 4, seed=1, chance=False)
    return {name: made[name] for name in ("direct", "rsa", "separability")}


def p_in(plot, results):
    return np.asarray(PLOTS[plot].show(results).table.columns["p"], dtype=float)


@pytest.mark.parametrize("plot", ["laminar", "rsa-contrast"])
def test_p_of_other_scores_is_shown_in_no_plot(results, newer, plot):
    assert np.isfinite(p_in(plot, results)).any()
    assert not np.isfinite(p_in(plot, {**results, **newer})).any()


def test_points_of_unity_say_p_of_their_own_scores_only(results, newer):
    own, other = (
        PLOTS["unity"].show(made).frames["unity"].marks["q-k"].says(0)
        for made in (results, {**results, **newer})
    )
    assert ", p 0." in own
    assert ", p " not in other


def test_chance_is_of_these_sites(results):
    fewer = replace(results["rsa"], site_pairs=("q-k",), r=results["rsa"].r[:, :1])
    assert rsa_chance_of(results) is results["rsa-chance"]
    assert rsa_chance_of({**results, "rsa": fewer}) is None
    assert separability_chance_of(results) is results["separability-chance"]
    fewer_d = replace(results["separability"], sites=("q", "k", "x"))
    assert separability_chance_of({**results, "separability": fewer_d}) is None


def test_curves_stand_without_those_before_that_are_of_other_sites(results):
    altered = altered_results(results)
    pairs = results["rsa"].site_pairs
    before = replace(
        altered["before-rsa"], site_pairs=pairs[1:], r=altered["before-rsa"].r[:, 1:],
        reasons=altered["before-rsa"].reasons[:, 1:],
        ceiling_low=altered["before-rsa"].ceiling_low[:, 1:],
        ceiling_high=altered["before-rsa"].ceiling_high[:, 1:],
    )  # fmt: skip
    assert change_of(altered) is altered["causal"]
    mixed = {**altered, "before-rsa": before}
    assert change_of(mixed) is None
    table = PLOTS["laminar"].show(mixed).table.columns
    of_all = table["plot"] == "all"
    for pair in pairs:
        rows = of_all & (table["series"] == pair)
        known = np.isfinite(table["before"][rows].astype(float))
        assert known.all() == known.any() == (pair in pairs[1:])
    assert not np.isfinite(table["p_change"].astype(float)).any()
