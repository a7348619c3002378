"""Maps of heads and of depth show their results' numbers, and what stands for what."""

from dataclasses import replace

import numpy as np
import pytest

from laminoscope_core.analysis import rsa_depth, rsa_heads
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.job import Job
from laminoscope_core.plots.registry import PLOTS, Spec, composed_rows
from laminoscope_core.plots.rsa_depth import View as DepthView
from laminoscope_core.plots.rsa_heads import View as HeadsView

from ..figures.made_up import word_results
from ..made_words import made_words

N_LAYERS = 5


@pytest.fixture(scope="module")
def results():
    """Of six query heads that read two key/value heads; a word has no V in two layers."""
    random = np.random.default_rng(0)
    target = {
        site: random.normal(size=(N_LAYERS, 12, n, 6)).astype("f4")
        for site, n in (("q", 6), ("k", 2), ("v", 2))
    }
    target["v"][3, 7, 1] = 0
    target["v"][4, 7] = 0
    of_words = word_results(12, N_LAYERS, chance=False)
    words = made_words(target, of_words["words"].categories, of_words["words"].words)
    found = {"words": words}
    for name in ("similarity", "rsa"):
        module = __import__(f"laminoscope_core.analysis.{name}", fromlist=[name])
        found[name] = module.run(Inputs(words, results=found), module.Params(), Job())
    found["rsa-heads"] = rsa_heads.run(Inputs(words, results=found), rsa_heads.Params(), Job())
    found["rsa-depth"] = rsa_depth.run(Inputs(words, results=found), rsa_depth.Params(), Job())
    return found


def lines(shown, **chosen):
    """The lines of a table that have some values."""
    columns = {name: np.asarray(column) for name, column in shown.table.columns.items()}
    here = np.all([columns[name] == value for name, value in chosen.items()], axis=0)
    return {name: column[here] for name, column in columns.items()}


class TestHeads:
    def test_the_maps_are_agreement_with_the_layer_and_the_heads_of_one(self, results):
        shown = PLOTS["rsa-heads"].show(results, HeadsView(layer=2))
        r = results["rsa-heads"].r["q"]
        layers, heads = (shown.frames[name].marks["map"].values for name in ("layers", "heads"))
        np.testing.assert_array_equal(layers, r[:, :, 6].T)
        np.testing.assert_array_equal(heads, r[2, :, :6])
        found = lines(shown, plot="layers", layer=4, head=1)
        assert found["value"].tolist() == [r[4, 1, 6]]
        found = lines(shown, plot="heads", head=3, other_head=5)
        assert found["value"].tolist() == [r[2, 3, 5]]

    def test_d_has_a_scale_of_its_own_beside_that_of_scores(self, results):
        shown = PLOTS["rsa-heads"].show(results, HeadsView(layer=1, value="d", heads_of="k"))
        d = results["rsa-heads"].cohens_d["k"]
        np.testing.assert_array_equal(shown.frames["layers"].marks["map"].values, d.T)
        assert shown.scale.label == "Cohen's d"
        assert shown.scale.low <= d.min() <= d.max() == shown.scale.high
        own = shown.frames["heads"].scale
        assert (own.low, own.high) == (min(0, results["rsa-heads"].r["k"].min()), 1)
        assert shown.frames["heads"].title.startswith("Pearson r ")
        assert shown.frames["heads"].title.endswith(" to 1.00")

    def test_a_key_value_head_stands_for_its_first_query_head_and_is_marked_by_each(self, results):
        for head, marked in ((0, 0), (2, 0), (3, 1), (5, 1)):
            shown = PLOTS["rsa-heads"].show(results, HeadsView(2, head, heads_of="k"))
            marks = shown.frames["heads"].marks
            assert marks["head x"].at == marks["head y"].at == marked
            box = shown.frames["layers"].marks["head"]
            assert box.y.tolist() == [[marked - 0.5, marked + 0.5]]
        assert shown.frames["layers"].marks["map"].stands_for(1, 4) == {"layer": 4, "head": 3}
        assert shown.frames["heads"].marks["map"].stands_for(0, 1) == {"layer": 2, "head": 3}
        assert "2 key/value heads, each read by 3 query heads" in shown.note
        said = shown.frames["layers"].marks["map"].says(1, 4)
        r = results["rsa-heads"].r["k"][4, 1, 2]
        value = f"{r:.2f}".replace("-", "−")
        assert said == f"layer 4, key/value head 1 of query heads 3 to 5\nr = {value}"

    def test_an_undefined_head_says_why(self, results):
        shown = PLOTS["rsa-heads"].show(results, HeadsView(3, heads_of="v"))
        says = shown.frames["layers"].marks["map"].says(1, 3)
        assert says.endswith("undefined: the V vector of “word7” has no direction")
        found = lines(shown, plot="heads", head=0, other_head=1)
        assert found["reason"].tolist() == ["the V vector of “word7” has no direction"]

    def test_a_head_or_site_that_is_not_there_marks_nothing_and_shows_another(self, results):
        shown = PLOTS["rsa-heads"].show(results, HeadsView(2, 99, heads_of="resid_out"))
        assert [*shown.frames["heads"].marks] == ["map"]
        assert shown.frames["layers"].marks["map"].values.shape == (6, N_LAYERS)
        bare = replace(results["rsa-heads"], sites=())
        shown = PLOTS["rsa-heads"].show({"rsa-heads": bare}, HeadsView())
        assert "none of the sites" in shown.frames["layers"].inside
        with pytest.raises(ValueError, match="value must be"):
            HeadsView(value="mean")
        with pytest.raises(ValueError, match="heads_of must be"):
            HeadsView(heads_of="attention")


class TestDepth:
    def test_the_map_has_the_layers_of_the_first_site_as_rows(self, results):
        shown = PLOTS["rsa-depth"].show(results, DepthView(1, first="k", second="v"))
        result = results["rsa-depth"]
        of_both = result.r[1, :, 2]
        cells = shown.frames["map"].marks["map"]
        np.testing.assert_array_equal(cells.values, of_both)
        assert cells.stands_for(4, 0) == {"layer": 4}
        value = f"{of_both[4, 0]:.2f}".replace("-", "−")
        assert cells.says(4, 0) == f"K layer 4 – V layer 0\nr = {value}"
        found = lines(shown, layer=4, other_layer=0)
        assert found["value"].tolist() == [of_both[4, 0]]

    def test_the_curves_are_the_diagonal_and_the_marked_row(self, results):
        shown = PLOTS["rsa-depth"].show(results, DepthView(4, first="q", second="k"))
        curves = shown.frames["curves"].marks
        laminar = results["rsa"].curve("q-k", "all")
        np.testing.assert_allclose(curves["diagonal"].y, laminar, atol=1e-12)
        np.testing.assert_array_equal(curves["row"].y, results["rsa-depth"].r[0, 4, 1])
        assert shown.frames["map"].marks["layer"].at == curves["layer"].at == 4
        assert "Q layer 4 – K layer 2" in shown.frames["curves"].says(2)

    def test_a_site_with_itself_has_1_on_its_diagonal_and_undefined_layers_say_why(self, results):
        shown = PLOTS["rsa-depth"].show(results, DepthView(0, first="v", second="v"))
        values = shown.frames["map"].marks["map"].values
        diagonal = np.diagonal(values)
        np.testing.assert_allclose(diagonal[:4], 1, atol=1e-12)
        assert "has no direction" in shown.frames["map"].marks["map"].says(4, 0)
        with pytest.raises(ValueError, match="second must be"):
            DepthView(second="attention")
        so_far = replace(results["rsa-depth"], complete=False)
        shown = PLOTS["rsa-depth"].show({**results, "rsa-depth": so_far}, DepthView(0))
        assert shown.note.endswith("more pairs to come")
        shown = PLOTS["rsa-depth"].show(results, DepthView(0, first="resid_mid"))
        assert shown.frames["map"].y.label == "layer of Q"


def test_a_composed_figure_leaves_the_laminar_curves_a_row_of_their_own():
    results = {**word_results(6, 3, chance=False)}
    rows = [[spec.kind for spec in row] for row in composed_rows("words", results)]
    assert rows[1:4] == [["laminar"], ["rsa-heads"], ["rsa-depth"]]


def test_the_difference_of_an_altered_model_has_a_scale_for_each_map(results):
    own = results["rsa-heads"]
    moved = replace(
        own,
        r={site: values + 0.25 for site, values in own.r.items()},
        cohens_d={site: values - 2.0 for site, values in own.cohens_d.items()},
    )
    both = {"rsa-heads": own, "after-rsa-heads": moved}
    view = HeadsView(layer=2, value="d")
    shown = Spec("rsa-heads", view, altered=True, change=True).shown(both)
    heads = shown.frames["heads"]
    np.testing.assert_allclose(shown.frames["layers"].marks["map"].values, -2)
    np.testing.assert_allclose(heads.marks["map"].values, 0.25)
    assert (shown.scale.low, shown.scale.high) == pytest.approx((-2, 2))
    assert (heads.scale.low, heads.scale.high) == pytest.approx((-0.25, 0.25))
    assert heads.title == "Pearson r, difference −0.25 to 0.25"
