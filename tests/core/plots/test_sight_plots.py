"""Predictors, contrast, word map, the order of maps, and the pairs that agree least."""

import numpy as np
import pytest

from laminoscope_core.analysis import rsa_predictors
from laminoscope_core.plots import pairs
from laminoscope_core.plots.clear import name_boxes
from laminoscope_core.plots.registry import PLOTS, Spec

from ..figures.made_up import altered_results, word_results


@pytest.fixture(scope="module")
def results():
    return word_results(24, 5)


@pytest.fixture(scope="module")
def of_carriers():
    return word_results(24, 5, carriers=("The next word is {word}", "I wrote {word}"))


def shown(results, plot, **view):
    return PLOTS[plot].show(results, PLOTS[plot].module.View(**view))


class TestPredictors:
    @pytest.mark.parametrize("quantity", ["r", "partial_r", "delta_r2"])
    def test_curves_are_the_scores_and_filled_where_q_is_small(self, results, quantity):
        result = results["rsa-predictors"]
        plot = shown(results, "rsa-predictors", quantity=quantity, layer=2)
        assert list(plot.frames) == ["q", "k", "v"]
        q = result.q if quantity == "r" else result.partial_q
        for row, frame in enumerate(plot.frames.values()):
            for column, name in enumerate(result.predictors):
                values = getattr(result, quantity)[:, row, column]
                np.testing.assert_array_equal(frame.marks[name].y, values)
                filled = frame.marks[f"{name} points"].filled
                np.testing.assert_array_equal(filled, q[:, row, column] < 0.05)

    def test_one_site_can_be_shown_alone(self, results):
        assert list(shown(results, "rsa-predictors", only="k").frames) == ["k"]
        assert list(shown(results, "rsa-predictors", only="embedding").frames) == ["q", "k", "v"]

    def test_a_layer_says_every_predictor_and_why_one_is_constant(self, results):
        text = shown(results, "rsa-predictors", layer=3).frames["q"].says(3)
        r, p = (getattr(results["rsa-predictors"], name)[3, 0, 0] for name in ("r", "p"))
        assert f"same category  {r:.2f}".replace("-", "−") in text
        assert f"p {p:.3f}" in text
        assert "number of tokens  undefined: all words have the same number of tokens" in text

    def test_the_table_is_the_analysis_own_of_the_sites_shown(self, results):
        table = shown(results, "rsa-predictors", only="v").table.columns
        whole = rsa_predictors.lines_of(results["rsa-predictors"])
        for name, column in whole.items():
            np.testing.assert_array_equal(table[name], column[whole["site"] == "v"])

    def test_a_mean_has_each_carrier_behind_it_and_one_can_be_chosen(self, of_carriers):
        result = of_carriers["rsa-predictors"]
        marks = shown(of_carriers, "rsa-predictors").frames["k"].marks
        for number, one in enumerate(result.by_carrier):
            faint = marks[f"category carrier {number}"]
            np.testing.assert_array_equal(faint.y, one.r[:, 1, 0])
        chosen = shown(of_carriers, "rsa-predictors", carrier=1).frames["k"].marks
        np.testing.assert_array_equal(chosen["category"].y, result.by_carrier[1].r[:, 1, 0])

    def test_a_quantity_that_is_not_there_is_refused(self):
        with pytest.raises(ValueError, match="quantity must be one of"):
            PLOTS["rsa-predictors"].module.View(quantity="z")


class TestContrast:
    def test_curves_are_within_less_across_with_their_band(self, results):
        scores, contrast = results["rsa"], results["rsa-chance"].contrast
        marks = shown(results, "rsa-contrast", layer=1).frames["contrast"].marks
        for column, pair in enumerate(scores.site_pairs):
            expected = scores.r[:, column, 1] - scores.r[:, column, 2]
            np.testing.assert_allclose(marks[pair].y, expected)
            np.testing.assert_array_equal(marks[f"{pair} band"].low, contrast.low[:, column])
            filled = marks[f"{pair} points"].filled
            np.testing.assert_array_equal(filled, contrast.q[:, column] < 0.05)

    def test_without_chance_nothing_is_filled_and_the_table_says_why(self, results):
        alone = {"rsa": results["rsa"]}
        plot = shown(alone, "rsa-contrast")
        assert not plot.frames["contrast"].marks["q-k points"].filled.any()
        assert set(plot.table.columns["reason"]) == {"chance was not computed"}

    def test_the_altered_model_has_the_model_as_it_is_behind_it(self, results):
        plot = PLOTS["rsa-contrast"]
        both = altered_results(results)
        after, state = plot.show_state(both, plot.module.View(), "after")
        assert state == "after"
        marks = after.frames["contrast"].marks
        np.testing.assert_array_equal(marks["q-v before"].y, results["rsa"].contrast[:, 1])
        np.testing.assert_array_equal(marks["q-v"].y, both["rsa"].contrast[:, 1])

    def test_carriers_stand_behind_their_mean_and_below_it_in_the_table(self, of_carriers):
        plot = shown(of_carriers, "rsa-contrast")
        one = of_carriers["rsa"].by_carrier[1]
        marks = plot.frames["contrast"].marks
        np.testing.assert_array_equal(marks["k-v carrier 1"].y, one.contrast[:, 2])
        table = plot.table.columns
        rows = (np.asarray(table["carrier"]) == "I wrote {word}") & (table["pair"] == "k-v")
        np.testing.assert_array_equal(np.asarray(table["difference"])[rows], one.contrast[:, 2])


class TestMap:
    def test_every_word_is_a_point_of_its_category(self, results):
        result = results["rsa-map"]
        marks = shown(results, "rsa-map", layer=2, site="k").frames["map"].marks
        seen = []
        for number, name in enumerate(dict.fromkeys(result.categories)):
            points = marks[f"category {number}"]
            words = np.asarray(points.stands_for["word"])
            assert {result.categories[word] for word in words} == {name}
            places = result.places["k"][2][words]
            np.testing.assert_array_equal(np.stack([points.x, points.y], axis=1), places)
            assert points.says(0) == f"{result.words[words[0]]}\n{name}"
            seen += words.tolist()
        assert sorted(seen) == list(range(24))

    def test_a_length_is_as_long_along_x_as_along_y(self, results):
        for layer in range(5):
            frame = shown(results, "rsa-map", layer=layer).frames["map"]
            wide, tall = (axis.high - axis.low for axis in (frame.x, frame.y))
            assert tall / wide == pytest.approx(frame.aspect)
            assert frame.square
            places = results["rsa-map"].places["q"][layer]
            for axis, values in ((frame.x, places[:, 0]), (frame.y, places[:, 1])):
                assert axis.low < values.min() < values.max() < axis.high

    def test_selected_words_are_marked_and_named_first(self, results):
        marks = shown(results, "rsa-map", word=7, pair=(3, 9)).frames["map"].marks
        names = results["rsa-map"].words
        assert marks["names"].texts[:3] == (names[7], names[3], names[9])
        assert set(marks["names"].texts) == set(names)
        assert len(marks["pair"].x) == 2
        few = shown(results, "rsa-map", word=7, names=False).frames["map"].marks["names"]
        assert few.texts == (names[7],)

    def test_a_site_that_was_not_compared_gives_way_to_the_first(self, results):
        plot = shown(results, "rsa-map", site="resid_out", layer=1)
        np.testing.assert_array_equal(
            plot.table.columns["x"], results["rsa-map"].places["q"][1][:, 0]
        )

    def test_the_note_says_how_well_it_fits_or_why_there_is_none(self, results):
        stress = results["rsa-map"].stress["v"][4]
        assert shown(results, "rsa-map", site="v", layer=4).note.endswith(f"stress {stress:.2f}")
        broken = word_results(12, 3, broken=1)
        plot = shown(broken, "rsa-map", site="k", layer=1)
        assert "first in layer 1" in plot.frames["map"].inside
        assert all("first in layer 1" in why for why in plot.table.columns["reason"])


class TestOrder:
    @pytest.mark.parametrize("order", ["list", "category", "q", "k"])
    def test_cells_names_selection_and_table_follow_the_order(self, results, order):
        result = results["similarity"]
        plot = shown(results, "similarity", order=order, layer=2, pair=(3, 9), word=5)
        frame = plot.frames["v"]
        names = list(frame.x.names)
        assert sorted(names) == sorted(result.words)
        words = [result.words.index(name) for name in names]
        if order in ("q", "k"):
            assert words == results["dendrogram"].order[order][2].tolist()
            assert plot.note.endswith(f"dendrogram of {order.upper()}")
        image = frame.marks["map"]
        for row in (0, 4, 23):
            for column in (1, 4, 20):
                first, second = sorted((words[row], words[column]))
                assert image.values[row, column] == result.matrices["v"][2][first, second]
                found = image.stands_for(row, column)
                expected = {"word": first} if row == column else {"pair": (first, second)}
                assert expected.items() <= found.items()
        row, column = words.index(3), words.index(9)
        assert sorted(image.cells_of("pair", (3, 9))) == sorted([(row, column), (column, row)])
        boxes = frame.marks["selected"]
        assert {tuple(x) for x in boxes.x} == {(at - 0.5, at + 0.5) for at in (row, column)}
        assert (words.index(5) - 0.5, words.index(5) + 0.5) in {
            tuple(x) for x in frame.marks["word"].x
        }
        table = plot.table.columns
        assert (np.asarray(table["first"]) <= np.asarray(table["second"])).all()
        assert table["first_word"][0] == table["second_word"][0] == names[0]
        assert int(np.sum(table["selected"])) == 1
        values = result.matrices["v"][2][table["first"], table["second"]]
        np.testing.assert_array_equal(table["v"], values)

    def test_categories_are_together_and_only_coloured_in_a_dendrogram(self, results):
        axis = shown(results, "similarity", order="category").frames["q"].x
        assert axis.parted
        assert len(axis.groups) == len(set(results["similarity"].categories))
        axis = shown(results, "similarity", order="q", layer=0).frames["q"].x
        assert not axis.parted
        for (name, start, stop), _ in zip(axis.groups, axis.group_colours, strict=True):
            for word in axis.names[start:stop]:
                at = results["similarity"].words.index(word)
                assert results["similarity"].categories[at] == name

    def test_an_order_that_is_not_there_is_said(self, results):
        without = {"similarity": results["similarity"]}
        plot = shown(without, "similarity", order="k")
        assert plot.note.endswith("as listed: no dendrogram of K")
        assert plot.frames["q"].x.names == results["similarity"].words
        with pytest.raises(ValueError, match="order must be one of"):
            PLOTS["similarity"].module.View(order="size")


class TestLeast:
    def test_residuals_are_those_of_statsmodels(self, results):
        import statsmodels.api as sm

        table = shown(results, "pairs", layer=1, sites="q-v").table.columns
        fit = sm.OLS(table["v"], sm.add_constant(table["q"])).fit()
        np.testing.assert_allclose(table["residual"], fit.resid / np.sqrt(fit.mse_resid), atol=1e-6)

    def test_the_five_farthest_pairs_are_ringed_and_named(self, results):
        plot = shown(results, "pairs", layer=1, sites="q-v")
        table, marks = plot.table.columns, plot.frames["pairs"].marks
        order = np.argsort(-np.abs(table["residual"]))[:5]
        ringed = [tuple(pair) for pair in np.asarray(marks["least"].stands_for["pair"]).tolist()]
        assert ringed == [(table["first"][at], table["second"][at]) for at in order]
        named = [f"{table['first_word'][at]} – {table['second_word'][at]}" for at in order]
        assert list(marks["least names"].texts) == named
        assert f"residual {table['residual'][order[0]]:.2f}".replace("-", "−") in marks[
            "least"
        ].says(0)
        bare = shown(results, "pairs", layer=1, sites="q-v", named=False)
        assert bare.frames["pairs"].marks["least names"].texts == ()

    @pytest.mark.parametrize(
        ("x", "y"), [([1, 1, 1, 1], [1, 2, 3, 4]), ([1, 2, 3], [2, 4, 6]), ([1, 2], [2, 1])]
    )
    def test_without_a_line_nothing_is_off_it(self, x, y):
        assert np.isnan(pairs.residuals(np.array(x, float), np.array(y, float))).all()


def test_names_cover_neither_each_other_nor_points_and_stay_inside():
    random = np.random.default_rng(0)
    points, sizes = random.uniform(0, 300, (120, 2)), random.uniform((20, 10), (60, 14), (120, 2))
    boxes = name_boxes(points, sizes, 6.0, np.array([0.0, 0, 300, 250]))
    kept = np.flatnonzero(np.isfinite(boxes[:, 0]))
    assert 10 < len(kept) < 120
    assert np.isnan(boxes[points[:, 1] > 250]).all()
    for at in kept:
        left, top, right, bottom = boxes[at]
        assert left >= 0
        assert top >= 0
        assert right <= 300
        assert bottom <= 250
        np.testing.assert_allclose((right - left, bottom - top), sizes[at])
        x, y = points.T
        assert not ((x > left) & (x < right) & (y > top) & (y < bottom)).any()
        away = max(left - x[at], x[at] - right, top - y[at], y[at] - bottom)
        assert away == pytest.approx(6.0)
        for other in kept[kept > at]:
            a, b, c, d = boxes[other]
            assert left >= c or right <= a or top >= d or bottom <= b
    alone = name_boxes(points[:1], sizes[:1], 6.0, np.array([0.0, 0, 300, 300]))
    assert np.isfinite(alone).all()


def test_the_difference_of_maps_in_a_dendrograms_order_is_of_the_same_words(results):
    """The altered model's first word stands elsewhere than that of the model as it is."""
    other = word_results(24, 5, seed=4)
    both = {**results, **{f"after-{name}": found for name, found in other.items()}}
    view = PLOTS["similarity"].module.View(order="q", layer=2)
    plot = Spec("similarity", view, altered=True, change=True).shown(both)
    order, before = (each["dendrogram"].order["q"][2] for each in (other, results))
    assert order[0] != before[0]
    for site in ("q", "k"):
        after, then = (each["similarity"].matrices[site][2] for each in (other, results))
        expected = (after.astype(float) - then)[np.ix_(order, order)]
        np.testing.assert_allclose(plot.frames[site].marks["map"].values, expected)
    assert plot.scale.map == "diverging"
