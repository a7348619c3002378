"""The plots of the words task show the results' numbers, and say why where there are none."""

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest

from laminoscope_core.analysis.rsa import Params as RsaParams
from laminoscope_core.plots.distributions import View as DistributionsView
from laminoscope_core.plots.laminar import View as LaminarView
from laminoscope_core.plots.pairs import View as PairsView
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.shown import Band
from laminoscope_core.plots.similarity import View as SimilarityView
from laminoscope_core.plots.unity import View as UnityView

from ..figures.made_up import word_results


@pytest.fixture(scope="module")
def results():
    return word_results()


def columns(shown):
    return {name: np.asarray(column) for name, column in shown.table.columns.items()}


class TestSimilarity:
    def test_every_similarity_of_the_layer_is_in_the_table(self, results):
        found = columns(PLOTS["similarity"].show(results, SimilarityView(3)))
        result = results["similarity"]
        for site in ("q", "k", "v"):
            matrix = result.matrices[site][3]
            first, second = found["first"], found["second"]
            np.testing.assert_array_equal(found[site], matrix[first, second])
            np.testing.assert_array_equal(found[site], matrix[second, first])
        assert len(found["first"]) == 34 * 35 / 2
        assert found["first_word"][40] == result.words[found["first"][40]]
        assert found["second_category"][40] == result.categories[found["second"][40]]

    @pytest.mark.parametrize(("limits", "chosen"), [("layer", slice(3, 4)), ("all", slice(None))])
    def test_colours_span_the_pairs_of_the_layer_or_of_all_layers(self, results, limits, chosen):
        matrices = results["similarity"].matrices
        different = ~np.eye(34, dtype=bool)
        values = [m[different] for site in matrices.values() for m in site[chosen]]
        scale = PLOTS["similarity"].show(results, SimilarityView(3, limits)).scale
        assert (scale.low, scale.high) == pytest.approx((np.min(values), np.max(values)))
        assert scale.over

    def test_a_cell_says_and_stands_for_its_pair_and_the_diagonal_for_its_word(self, results):
        marks = PLOTS["similarity"].show(results, SimilarityView(5)).frames["k"].marks
        cell, matrices = marks["map"], results["similarity"].matrices
        q, k, v = (f"{matrices[s][5][2, 20]:.2f}".replace("-", "−") for s in ("q", "k", "v"))
        for row, column in ((2, 20), (20, 2)):
            said = f"word2 – word20, across space and fruit\nQ {q}, K {k}, V {v}"
            assert cell.says(row, column) == said
            assert cell.stands_for(row, column) == {"pair": (2, 20), "site": "k"}
        assert cell.cells_of("pair", (2, 20)) == [(2, 20), (20, 2)]
        assert cell.cells_of("pair", (2, 99)) == []
        assert (cell.says(4, 4), cell.stands_for(4, 4)["word"]) == ("word4", 4)

    def test_both_cells_of_the_selected_pair_and_the_lines_of_the_word_are_outlined(self, results):
        shown = PLOTS["similarity"].show(results, SimilarityView(5, pair=(2, 7), word=3))
        marks = shown.frames["v"].marks
        assert marks["selected"].x.tolist() == [[1.5, 2.5], [6.5, 7.5]]
        assert marks["selected"].y.tolist() == [[6.5, 7.5], [1.5, 2.5]]
        assert marks["word"].x.tolist() == [[2.5, 3.5], [-0.5, 33.5]]
        assert marks["word"].y.tolist() == [[-0.5, 33.5], [2.5, 3.5]]

    def test_words_and_categories_stand_along_the_axes_first_word_on_top(self, results):
        frame = PLOTS["similarity"].show(results).frames["q"]
        assert frame.x.names == frame.y.names == results["similarity"].words
        assert frame.y.low > frame.y.high
        assert [(name, start) for name, start, _ in frame.x.groups] == [
            ("space", 0), ("furniture", 9), ("fruit", 18), ("musical instruments", 26),
        ]  # fmt: skip

    def test_a_layer_a_pair_and_limits_that_are_not_there_are_refused(self, results):
        with pytest.raises(ValueError, match="no layer 12; layers run from 0 to 11"):
            PLOTS["similarity"].show(results, SimilarityView(12))
        with pytest.raises(ValueError, match="no pair of words"):
            PLOTS["similarity"].show(results, SimilarityView(0, pair=(3, 99)))
        with pytest.raises(ValueError, match="limits must be one of layer, all"):
            SimilarityView(0, "row")

    @pytest.mark.parametrize("kind", ["similarity", "similarity-layers"])
    def test_map_and_limits_chosen_at_the_map_are_those_of_its_scale(self, results, kind):
        view = PLOTS[kind].module.View(colours="cividis", between=(-0.25, 0.5))
        scale = PLOTS[kind].show(results, view).scale
        assert (scale.colours, scale.low, scale.high) == ("cividis", -0.25, 0.5)
        assert (scale.over, scale.under) == (True, True)  # as other numbers lie beyond
        assert PLOTS[kind].show(results).scale.colours == ""

    @pytest.mark.parametrize(
        "wrong", [{"colours": "jet"}, {"between": (1.0, 0.0)}, {"between": (0.0, float("inf"))}]
    )
    def test_a_map_that_misleads_and_limits_that_are_none_are_refused(self, wrong):
        with pytest.raises(ValueError, match=r"colours must be one of|between must be two numbers"):
            SimilarityView(**wrong)

    def test_maps_of_all_layers_have_the_limits_of_all(self, results):
        shown = PLOTS["similarity-layers"].show(results)
        matrices = results["similarity"].matrices
        assert list(shown.frames)[:13] == [*(f"q {layer}" for layer in range(12)), "k 0"]
        for name, frame in shown.frames.items():
            site, layer = name.split()
            np.testing.assert_array_equal(frame.marks["map"].values, matrices[site][int(layer)])
        together = PLOTS["similarity"].show(results, SimilarityView(0, "all")).scale
        assert shown.scale == together

    def test_groups_have_the_colours_of_their_names_at_the_edges(self, results):
        view = SimilarityView(3, categories=("fruit", "gone", "space"))
        axis = PLOTS["similarity"].show(results, view).frames["q"].x
        colours = dict(zip((name for name, *_ in axis.groups), axis.group_colours, strict=True))
        assert colours["fruit"] == "category 0"
        assert colours["space"] == "category 2"
        assert colours["furniture"] == "category 3"  # after those that are known


class TestPairs:
    def test_a_category_keeps_its_colour_whatever_stands_before_it(self, results):
        view = PairsView(4, categories=("fruit", "gone", "space"))
        shown = PLOTS["pairs"].show(results, view)
        entries = {entry.text: entry.colour for entry in shown.key}
        assert entries["within fruit"] == "category 0"
        assert entries["within space"] == "category 2"
        assert shown.frames["pairs"].marks["within 0"].colour == "category 0"

    def test_points_are_the_upper_triangles_of_two_sites(self, results):
        found = columns(PLOTS["pairs"].show(results, PairsView(4, "q-v")))
        above = np.triu_indices(34, 1)
        for site in ("q", "v"):
            np.testing.assert_array_equal(
                found[site], results["similarity"].matrices[site][4][above]
            )
        categories = np.array(results["similarity"].categories)
        same = categories[found["first"]] == categories[found["second"]]
        np.testing.assert_array_equal(found["within"], same)

    def test_each_point_says_and_stands_for_its_own_pair(self, results):
        marks = PLOTS["pairs"].show(results, PairsView(4, "q-v")).frames["pairs"].marks
        matrices, words = results["similarity"].matrices, results["similarity"].words
        seen = []
        for name in [name for name in marks if name.startswith(("across", "within"))]:
            mark = marks[name]
            for index, (first, second) in enumerate(mark.stands_for["pair"]):
                assert mark.x[index] == matrices["q"][4, first, second]
                assert mark.y[index] == matrices["v"][4, first, second]
                group = name.split()[0]
                assert mark.says(index).startswith(f"{words[first]} – {words[second]}, {group} ")
                seen.append((first, second))
        assert sorted(seen) == sorted(zip(*np.triu_indices(34, 1), strict=True))

    def test_the_note_inside_states_the_correlation_of_the_points(self, results):
        shown = PLOTS["pairs"].show(results, PairsView(4, "q-v"))
        found = columns(shown)
        r = np.corrcoef(found["q"], found["v"])[0, 1]
        assert shown.frames["pairs"].inside == f"r = {r:.2f}, n = 561"
        assert shown.title == "Q–V, layer 4"

    def test_the_selected_pair_and_word_are_ringed(self, results):
        shown = PLOTS["pairs"].show(results, PairsView(4, "q-k", (2, 7), word=5))
        found, marks = columns(shown), shown.frames["pairs"].marks
        at = found["selected"]
        assert (found["first"][at], found["second"][at]) == (2, 7)
        assert (marks["selected"].x, marks["selected"].y) == (found["q"][at], found["k"][at])
        touched = (found["first"] == 5) | (found["second"] == 5)
        np.testing.assert_array_equal(marks["word"].x, found["q"][touched])
        assert next(entry.text for entry in shown.key if entry.selection) == "with word5"

    def test_beyond_ten_thousand_pairs_all_are_counted_once(self):
        results = word_results(150, 1, chance=False)
        shown = PLOTS["pairs"].show(results, PairsView(0))
        found, image = columns(shown), shown.frames["pairs"].marks["density"]
        assert np.nansum(image.values) == 150 * 149 / 2
        expected, _, _ = np.histogram2d(found["k"], found["q"], 160)
        np.testing.assert_array_equal(np.nan_to_num(image.values), expected)
        assert (shown.scale.low, shown.scale.log) == (1, True)

    def test_a_bin_with_one_pair_is_that_pair_and_a_fuller_one_its_count(self):
        results = word_results(150, 1, chance=False)
        image = PLOTS["pairs"].show(results, PairsView(0)).frames["pairs"].marks["density"]
        row, column = np.argwhere(image.values == 1)[0]
        pair = image.stands_for(row, column)["pair"]
        assert image.cells_of("pair", tuple(pair)) == [(row, column)]
        assert image.says(row, column).startswith(f"word{pair[0]} – word{pair[1]}, ")
        row, column = np.argwhere(image.values > 1)[0]
        assert image.says(row, column) == f"{image.values[row, column]:.0f} pairs"
        assert image.stands_for(row, column) == {}

    @pytest.mark.parametrize(
        ("plot", "view"), [("pairs", PairsView), ("distributions", DistributionsView)]
    )
    def test_many_pairs_are_ready_once_they_were_counted_and_the_next_layers_are_named(
        self, plot, view
    ):
        results, plot = word_results(150, 3, chance=False), PLOTS[plot]
        assert not plot.is_ready(results, view(0), "before")
        before = columns(plot.show(results, view(0)))
        assert plot.is_ready(results, view(0), "before")
        assert [each.layer for each in plot.near(results, view(0), "before")] == [1]
        assert [each.layer for each in plot.near(results, view(1), "before")] == [2]
        again = columns(plot.show(results, view(0)))
        for name, values in before.items():
            np.testing.assert_array_equal(again[name], values)
        few = word_results(20, 3, chance=False)
        assert plot.is_ready(few, view(0), "before")
        assert plot.near(few, view(0), "before") == []

    def test_what_is_kept_of_pairs_lets_their_similarities_go(self):
        results = word_results(150, 1, chance=False)
        PLOTS["pairs"].show(results, PairsView(0))
        kept = weakref.ref(results["similarity"])
        del results
        gc.collect()
        assert kept() is None

    def test_unknown_words_are_refused_and_the_first_sites_shown_for_unknown_ones(self, results):
        with pytest.raises(ValueError, match="no pair of words"):
            PLOTS["pairs"].show(results, PairsView(0, "q-k", (3, 99)))
        shown = PLOTS["pairs"].show(results, PairsView(0, "k-resid_out"))
        assert shown.title == "Q–K, layer 0"


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
            ((_, beside, colour),) = shown.frames[site].beside
            assert (beside, colour) == (f"{site.upper()}  d = {d:.2f}", site)

    def test_the_selected_word_and_pair_are_marked_at_their_similarities(self, results):
        view = PLOTS["distributions"].module.View(6, pair=(2, 7), word=4)
        shown = PLOTS["distributions"].show(results, view)
        similar = results["similarity"].matrices
        others = [word for word in range(34) if word != 4]
        for site in ("q", "k", "v"):
            marks = shown.frames[site].marks
            matrix = similar[site][6].astype(np.float64)
            assert marks["selected"].at == matrix[2, 7]
            assert marks["selected"].selection
            assert sorted(marks["word"].x) == sorted(matrix[4, others])
            pairs = [tuple(pair) for pair in marks["word"].stands_for["pair"].tolist()]
            assert pairs == [tuple(sorted((4, word))) for word in others]
        assert [entry.text for entry in shown.key if entry.selection][1].startswith("with ")
        plain = PLOTS["distributions"].show(results, PLOTS["distributions"].module.View(6))
        assert "selected" not in plain.frames["q"].marks
        assert not plain.frames["q"].marks["word"].x.size

    def test_groups_without_pairs_are_said_to_be_undefined(self):
        results = word_results(3, 2, categories=("a", "b", "c"), chance=False)
        frame = PLOTS["distributions"].show(results, DistributionsView(0)).frames["q"]
        assert frame.inside == "d undefined: no category has two words"
        assert frame.beside[0][1] == "Q"
        assert "mean within" not in frame.marks

    def test_a_layer_that_is_not_there_is_refused(self, results):
        with pytest.raises(ValueError, match="no layer 12"):
            PLOTS["distributions"].show(results, DistributionsView(12))


class TestLaminar:
    def test_curves_bands_and_tests_are_the_results(self, results):
        found = columns(PLOTS["laminar"].show(results, LaminarView(position="context")))
        scores, chance = results["rsa"], results["rsa-chance"]
        effect, tested = results["separability"], results["separability-chance"]

        def line(plot, series, column):
            return found[column][(found["plot"] == plot) & (found["series"] == series)]

        np.testing.assert_array_equal(line("within", "q-v", "value"), scores.r[:, 1, 1])
        np.testing.assert_array_equal(line("direct", "k-v", "value"), results["direct"].r[:, 2, 0])
        np.testing.assert_array_equal(line("d", "k", "value"), effect.cohens_d[:, 1])
        for name in ("low", "high", "p", "q"):
            np.testing.assert_array_equal(
                line("within", "q-v", name), getattr(chance, name)[:, 1, 1]
            )
            np.testing.assert_array_equal(line("d", "k", name), getattr(tested, name)[:, 1])
            assert np.isnan(line("direct", "k-v", name)).all()

    def test_every_band_is_drawn_and_inside_the_axis(self, results):
        frames = PLOTS["laminar"].show(results, LaminarView()).frames
        for name, frame in frames.items():
            bands = [mark for mark in frame.marks.values() if isinstance(mark, Band)]
            assert len(bands) == 3
            for band in bands:
                assert np.isfinite(band.low).any() == (name != "direct")
                known = np.concatenate([band.low, band.high])
                known = known[np.isfinite(known)]
                assert ((frame.y.low < known) & (known < frame.y.high)).all()

    def test_only_what_a_test_found_is_filled(self, results):
        chance = results["rsa-chance"]
        q = chance.q.copy()
        q[:6, 0, 0], q[6:, 0, 0] = 0.04, np.nan
        made = {**results, "rsa-chance": replace(chance, q=q)}
        frames = PLOTS["laminar"].show(made, LaminarView()).frames
        assert frames["all"].marks["q-k points"].filled.tolist() == [True] * 6 + [False] * 6
        for pair in ("q-k", "q-v", "k-v"):
            assert not frames["direct"].marks[f"{pair} points"].filled.any()

    def test_without_any_test_the_key_says_so(self):
        made = word_results(12, 3, chance=False)
        texts = [entry.text for entry in PLOTS["laminar"].show(made, LaminarView()).key]
        assert texts[-1] == "not tested"
        assert not any("q <" in text or "band" in text for text in texts)

    def test_pointing_at_a_layer_says_all_curves_with_their_tests(self, results):
        frames = PLOTS["laminar"].show(results, LaminarView(4)).frames
        scores, chance = results["rsa"], results["rsa-chance"]
        first, *lines = frames["across"].says(7).split("\n")
        assert first == "layer 7"
        for row, (line, pair) in enumerate(zip(lines, ("Q–K", "Q–V", "K–V"), strict=True)):
            at = (7, row, 2)
            numbers = scores.r[at], chance.low[at], chance.high[at]
            r, low, high = (f"{number:.2f}".replace("-", "−") for number in numbers)
            tested = f"p {chance.p[at]:.3f}, q {chance.q[at]:.3f}"
            assert line == f"{pair}  {r}  {tested}, 95 % {low} to {high}"
        assert frames["direct"].says(0).endswith("not tested")

    def test_what_is_undefined_is_said_in_words(self):
        made = word_results(3, 2, categories=("a", "b", "c"), chance=False)
        frames = PLOTS["laminar"].show(made, LaminarView()).frames
        assert "Q–K  undefined: no category has two words" in frames["within"].says(1)
        assert "Q  undefined: no category has two words" in frames["d"].says(0)

        assert frames["within"].inside == "no category has two words"

    def test_why_there_is_no_test_and_no_band_is_said(self):
        made = word_results(6, 2, chance=True)
        shown = PLOTS["laminar"].show(made, LaminarView())
        reason = "a band needs at least 9 words, here there are 6"
        assert f"no band: {reason}" in shown.note
        assert shown.note == shown.title
        assert reason in shown.frames["all"].says(0)
        found = columns(shown)
        here = (found["plot"] == "d") & (found["series"] == "q")
        assert all(reason in text for text in found["reason"][here])
        assert not any(entry.sign == "band" for entry in shown.key)

    def test_partial_chance_is_marked(self, results):
        partial = replace(results["rsa-chance"], complete=False)
        shown = PLOTS["laminar"].show({**results, "rsa-chance": partial}, LaminarView())
        assert shown.note == "chance so far"
        assert PLOTS["laminar"].show(results, LaminarView()).note == ""

    def test_the_token_of_the_direct_correlation_is_named(self, results):
        frames = PLOTS["laminar"].show(results, LaminarView(position="context")).frames
        assert frames["direct"].title == "Direct at “ next”, n = 34"

    def test_infinite_fisher_z_is_explained(self):
        made = word_results(12, 3, chance=False)
        r = made["rsa"].r.copy()
        r[1, 0, 0] = 1.0
        made["rsa"] = replace(made["rsa"], r=r)
        shown = PLOTS["laminar"].show(made, LaminarView(fisher_z=True))
        y = shown.frames["all"].marks["q-k points"].y
        np.testing.assert_allclose(y, [np.arctanh(r[0, 0, 0]), np.inf, np.arctanh(r[2, 0, 0])])
        assert np.isfinite(shown.frames["all"].y.high)
        assert shown.frames["all"].y.label == "Fisher z"
        assert shown.key[-1].text == "at the edge: infinite"

    @pytest.mark.parametrize(
        ("correlation", "label"),
        [("spearman", "Fisher z"), ("kendall_tau_a", "Kendall τₐ"), ("rho_a", "ρₐ")],
    )
    def test_fisher_z_is_taken_of_an_r_only(self, results, correlation, label):
        scores = replace(results["rsa"], params=RsaParams(correlation))
        shown = PLOTS["laminar"].show({**results, "rsa": scores}, LaminarView(fisher_z=True))
        assert shown.frames["all"].y.label == label
        y = shown.frames["all"].marks["q-k points"].y
        same = np.array_equal(y, scores.r[:, 0, 0])
        assert same == (label != "Fisher z")

    def test_copies_are_said_to_be_copies(self, results):
        result = results["direct"]
        distinct = np.ones_like(result.distinct_rows)
        made = {**results, "direct": replace(result, distinct_rows=distinct)}
        frame = PLOTS["laminar"].show(made, LaminarView(position="context")).frames["direct"]
        assert frame.inside == "34 identical rows: effective n = 1"

    def test_a_position_that_is_not_there_is_refused(self):
        with pytest.raises(ValueError, match="position must be one of target, context"):
            LaminarView(position="last")


class TestUnity:
    def test_there_is_one_point_for_each_layer_and_pair(self, results):
        shown = PLOTS["unity"].show(results, UnityView(5))
        found, r = columns(shown), results["rsa"].r
        at = (found["layer"] == 7) & (found["pair"] == "q-v")
        assert (found["within"][at], found["across"][at]) == (r[7, 1, 1], r[7, 1, 2])
        assert sorted(set(found["layer"][found["selected"]])) == [5]

    def test_a_point_says_its_contrast_and_how_far_it_may_be_chance(self, results):
        shown = PLOTS["unity"].show(results, UnityView(5))
        found, contrast = columns(shown), results["rsa-chance"].contrast
        np.testing.assert_allclose(found["difference"], found["within"] - found["across"])
        said = shown.frames["unity"].marks["q-v"].says(7)
        score, low, high = (
            f"{x[7, 1]:.2f}".replace("-", "−")
            for x in (contrast.score, contrast.low, contrast.high)
        )
        tested = f"p {contrast.p[7, 1]:.3f}, q {contrast.q[7, 1]:.3f}"
        assert said.endswith(f"within − across {score}, {tested}, 95 % {low} to {high}")

    def test_within_is_on_y_and_the_selected_layer_is_ringed(self, results):
        marks = PLOTS["unity"].show(results, UnityView(5)).frames["unity"].marks
        r = results["rsa"].r
        np.testing.assert_array_equal(marks["q-k"].y, r[:, 0, 1])
        np.testing.assert_array_equal(marks["q-k"].x, r[:, 0, 2])
        assert (marks["q-k selected"].x, marks["q-k selected"].y) == (r[5, 0, 2], r[5, 0, 1])
        assert marks["q-k"].stands_for["layer"][3] == 3
