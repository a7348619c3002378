"""Both states of a model in one plot: what was there stands behind, maps have a difference."""

from dataclasses import replace

import numpy as np
import pytest

from laminoscope_core.plots import adjustments, attention, donors, heads, lens
from laminoscope_core.plots.registry import PLOTS, Spec
from laminoscope_core.plots.shown import Bars, Curve, Image
from laminoscope_core.plots.states import behind, changed
from laminoscope_core.tables import Table

from ..figures.made_results import inside_results, text_results


@pytest.fixture(scope="module")
def results():
    return inside_results(n_states=2)


def both(results, plot, **view):
    module = PLOTS[plot].module
    return [module.show(results, module.View(state=s, **view)) for s in ("after", "before")]


def test_a_map_shows_what_the_alteration_changes_of_every_cell(results):
    view = lens.View(quantity="entropy")
    shown = Spec("lens", view, altered=True, change=True).shown(results)
    entropy = results["lens"].reading.entropy
    image = shown.frames["map"].marks["map"]
    np.testing.assert_array_equal(image.values, entropy[1] - entropy[0])
    most = np.abs(image.values).max()
    assert (shown.scale.map, shown.scale.low, shown.scale.high) == ("diverging", -most, most)
    assert shown.note.startswith("what the alteration changes")
    said = image.says(2, 3)
    after, before = (
        s.frames["map"].marks["map"] for s in both(results, "lens", quantity="entropy")
    )
    assert set(said.split("\n")) > set(after.says(2, 3).split("\n"))
    assert set(before.says(2, 3).split("\n")) < set(said.split("\n")) | {"as it is"}
    table = shown.table.columns
    is_change = table["state"] == "change"
    np.testing.assert_array_equal(table["change"][is_change], image.values.ravel())
    for number, state in enumerate(("before", "after")):
        np.testing.assert_array_equal(
            table["value"][table["state"] == state], entropy[number].ravel()
        )


def test_curves_and_bars_stand_before_those_of_the_model_as_it_is(results):
    shown = Spec("balance", altered=True).shown(results)
    for name, frame in shown.frames.items():
        plain = Spec("balance").shown(results).frames[name]
        for called, mark in plain.marks.items():
            if isinstance(mark, Curve):
                faint = frame.marks[f"{called} before"]
                np.testing.assert_array_equal(faint.y, mark.y)
                assert faint.dashed
                assert faint.alpha < frame.marks[called].alpha
                low, high = frame.y.ends
                assert low <= np.nanmin(mark.y)
                assert np.nanmax(mark.y) <= high
    assert "before" in [entry.text for entry in shown.key]
    values = shown.table.columns
    plain = Spec("balance").shown(results).table.columns["value"]
    np.testing.assert_array_equal(values["value"][values["state"] == "before"], plain)


def test_a_bar_stands_beside_that_of_the_same_name(results):
    after, before = both(results, "ledger", opened="largest")
    frame = behind(after, before).frames["largest"]
    faint, old = frame.marks["bars before"], before.frames["largest"]
    assert isinstance(faint, Bars)
    lengths = dict(zip([n for _, n in old.y.ticks], old.marks["bars"].lengths, strict=True))
    names = dict(frame.y.ticks)
    assert len(faint.at) > 1
    for row, (at, length) in enumerate(zip(faint.at, faint.lengths, strict=True)):
        assert length == lengths[names[at]]
        assert names[at] in faint.says(row)


def test_cells_are_compared_with_what_stands_for_the_same():
    """The altered model sorts its tokens otherwise."""
    made = text_results(4, 12)["adjustments"]
    shuffled = np.random.default_rng(3).normal(size=made.log_norms.shape)
    other = replace(made, log_norms=made.log_norms + shuffled)
    view = adjustments.View(order="layer", layer=2)
    results = {"adjustments": made, "after-adjustments": other}
    shown = Spec("adjustments", view, altered=True, change=True).shown(results)
    (image,) = [m for f in shown.frames.values() for m in f.marks.values() if isinstance(m, Image)]
    for row in range(image.values.shape[0]):
        for column in range(image.values.shape[1]):
            cell = image.stands_for(row, column)
            assert image.values[row, column] == pytest.approx(
                shuffled[cell["layer"], cell["token"]]
            )


def test_a_text_has_a_difference_too(results):
    shown = Spec("donors", altered=True, change=True).shown(results)
    after, before = both(results, "donors")
    drawn, known = shown.values, np.isfinite(after.values)
    expected = after.values[known] - before.values[known]
    np.testing.assert_array_equal(np.nan_to_num(drawn[known]), expected)
    assert shown.ends == (shown.ends[1].replace("+", "−"), shown.ends[1])
    np.testing.assert_array_equal(shown.table.columns["before"], before.values)


def test_what_cannot_be_compared_is_shown_altered(results):
    after, before = both(results, "lens")
    smaller = lens.show(inside_results(n_tokens=3, n_states=2), lens.View())
    assert changed(after, smaller) is None
    scatter = heads.View(against="entropy")
    shown = Spec("heads", scatter, altered=True, change=True).shown(results)
    assert shown.note.startswith("in the altered model")
    assert behind(after, before) is after  # a map covers what is behind it
    assert isinstance(shown.table, Table)


def test_a_map_of_a_long_text_is_ready_once_it_was_made():
    made = inside_results(n_layers=3, n_tokens=12)["attention"]
    reading = made.reading
    n = 600
    rng = np.random.default_rng(5)
    weights = np.tril(rng.uniform(size=(1, 4, n, n))).astype(np.float32)
    wide = [rng.normal(size=(1, 4, n, 3)).astype(np.float32) for _ in range(4)]
    long = replace(
        made, token_ids=tuple(range(n)), shown=("a",) * n, tokens=("a",) * n,
        reading=replace(
            reading, weights=weights, q=wide[0], k=wide[1], q_unturned=wide[2], k_unturned=wide[3],
            written=np.ones((1, 4, n)),
        ),
    )  # fmt: skip
    for plot, view in (
        (PLOTS["attention"], attention.View(kind="compatibility", head=1)),
        (PLOTS["donors"], donors.View()),
    ):
        assert plot.is_ready({"attention": made}, view, "before")
        assert not plot.is_ready({"attention": long}, view, "before")
        plot.show({"attention": long}, view)
        assert plot.is_ready({"attention": long}, view, "before")
        assert not plot.is_ready({"attention": replace(long)}, view, "change")
