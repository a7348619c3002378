"""Plots of the insides of blocks: what is drawn is what was read, token by token."""

from dataclasses import replace

import numpy as np
import pytest

from laminoscope_core.analysis.inside import STATES
from laminoscope_core.figures import Style, compose
from laminoscope_core.plots import (
    attention,
    balance,
    donors,
    effects,
    followed,
    heads,
    ledger,
    lens,
    neighbours,
    neurons,
    normalisation,
    patch,
    redundancy,
)
from laminoscope_core.plots.registry import PLOTS, Spec, composed_rows
from laminoscope_core.plots.shown import Curve, Image, Points

from ..figures.made_results import inside_results


@pytest.fixture(scope="module")
def results():
    return inside_results(n_states=2)


def test_a_cell_is_the_likeliest_token_and_its_probability(results):
    reading = results["lens"].reading
    image = lens.show(results, lens.View()).frames["map"].marks["map"]
    assert isinstance(image, Image)
    assert image.values[3, 2] == reading.top_probability[0, 3, 2]
    name = results["lens"].token_names[str(reading.top_ids[0, 3, 2])]
    assert image.texts[3][2] == name
    assert image.stands_for(3, 2) == {"token": 2, "layer": 2}
    assert image.stands_for(0, 2) == {"token": 2, "layer": 0}  # the embedding is of no layer
    assert image.says(3, 2).startswith("layer 2, after ")
    assert image.says(0, 2).startswith("embedding, after ")


@pytest.mark.parametrize("kind", [p.id for p in PLOTS.values() if hasattr(p.module.View, "state")])
def test_a_figure_of_the_altered_model_says_so(results, kind):
    said = "in the altered model"
    of_both = {state: Spec(kind, PLOTS[kind].module.View(state=state)) for state in STATES}
    assert of_both["after"].shown(results).note.startswith(said)
    assert said not in of_both["before"].shown(results).note
    assert said not in of_both["after"].shown(inside_results(n_states=1)).note


@pytest.mark.parametrize("state", [0, 1])
def test_a_followed_token_is_shown_instead_and_in_the_altered_model(results, state):
    result = results["lens"]
    target = result.watched.texts[1]
    names = result.states
    for quantity in ("probability", "rank"):
        view = lens.View(quantity=quantity, target=target, state=names[state])
        image = lens.show(results, view).frames["map"].marks["map"]
        wanted = getattr(result.reading, quantity)[state, :, :, 1]
        np.testing.assert_array_equal(image.values, wanted)
    assert lens.show(results, lens.View(target="not followed")).title.startswith(
        "Probability of the likeliest token"
    )


def test_curves_go_from_the_embedding_to_the_end_after_the_selected_token(results):
    result = results["lens"]
    view = followed.View(tokens=(1, 4), quantity="probability", state="after")
    shown = followed.show(results, view)
    curves = [m for m in shown.frames["followed"].marks.values() if isinstance(m, Curve)]
    points = [m for m in shown.frames["followed"].marks.values() if isinstance(m, Points)]
    assert [curve.dashed for curve in curves] == [True, True, False, False]
    np.testing.assert_array_equal(curves[0].x, np.arange(-1, 5))
    np.testing.assert_array_equal(curves[1].y, result.reading.probability[0, :, 4, 1])
    np.testing.assert_array_equal(curves[2].y, result.reading.probability[1, :, 4, 0])
    assert points[0].stands_for["layer"].tolist() == [0, 0, 1, 2, 3, 4]
    assert "after token 4" in shown.note
    alone = followed.show(results, replace(view, state="before"))
    assert set(alone.table.columns["state"]) == {"before"}
    last = followed.show(results, followed.View(tokens=(99,))).note
    assert "after token 6" in last  # of a longer text: the last one of this


def test_the_figure_of_the_section_has_what_there_is_something_of(results):
    drawn = [spec.kind for row in composed_rows("inside", results) for spec in row]
    assert drawn == [plot.id for plot in PLOTS.values() if plot.section == "inside"]
    unseen = replace(results["attention"], reading=None)
    without = {**results, "attention": unseen, "patch": replace(results["patch"], reading=None)}
    left = [spec.kind for row in composed_rows("inside", without) for spec in row]
    assert set(drawn) - set(left) == {"donors", "attention", "patch"}


def test_a_model_without_a_lens_says_why(results):
    why = "its blocks are unknown"
    read = {name: made for name, made in results.items() if hasattr(made, "reading")}
    none = {name: replace(made, reading=None, reason=why) for name, made in read.items()}
    for plot in (lens, followed, ledger, balance, heads, effects, patch, neurons, redundancy):
        shown = plot.show(none, plot.View())
        (frame,) = shown.frames.values()
        assert frame.inside == "Nothing to show: its blocks are unknown."
        assert shown.table.columns["reason"] == ["its blocks are unknown"]


def test_nothing_is_followed(results):
    empty = replace(results["lens"].watched, texts=(), ids=())
    reading = results["lens"].reading
    cut = {n: getattr(reading, n)[..., :0] for n in ("rank", "probability", "logit")}
    result = replace(results["lens"], watched=empty, reading=replace(reading, **cut))
    shown = followed.show({"lens": result}, followed.View())
    assert "no token is followed" in shown.frames["followed"].inside
    assert shown.table.columns["reason"] == ["no token is followed"]


def test_bars_of_a_ledger_sum_to_the_logit_and_name_their_layers(results):
    made = results["ledger"]
    reading = made.reading
    shown = ledger.show(results, ledger.View(tokens=(3,)))
    bars = shown.frames["largest"].marks["bars"]
    difference = reading.logit[0, 3, 0] - reading.logit[0, 3, 1]
    np.testing.assert_allclose(bars.lengths[:-1].sum(), difference, atol=1e-9)
    np.testing.assert_allclose(bars.lengths[-1], difference, atol=1e-9)
    assert (np.diff(np.abs(bars.lengths[:8])) <= 0).all()
    labels = [text for _, text in shown.frames["largest"].y.ticks]
    layer = reading.mlp[0, :, 3, 0] - reading.mlp[0, :, 3, 1]
    at = labels.index(f"MLP {np.abs(layer).argmax()}")
    np.testing.assert_allclose(bars.lengths[at], layer[np.abs(layer).argmax()])
    assert bars.stands_for["layer"][at] == np.abs(layer).argmax()
    first = ledger.show(results, ledger.View(tokens=(3,), target=made.watched.texts[0]))
    np.testing.assert_allclose(
        first.frames["largest"].marks["bars"].lengths[-1], reading.logit[0, 3, 0]
    )


def test_notes_begin_with_what_no_control_says(results):
    assert lens.show(results, lens.View()).note.split(" tokens")[0].isdigit()
    sum_of_parts, remainder = ledger.show(results, ledger.View()).note.split(" · ")[0].split(", ")
    assert float(sum_of_parts.replace("−", "-"))
    assert remainder.startswith("remainder ")


def test_a_ledger_layer_by_layer_ends_at_the_logit(results):
    reading = results["ledger"].reading
    target = results["ledger"].watched.texts[1]
    shown = ledger.show(results, ledger.View(opened="layers", target=target, state="after"))
    running = shown.frames["so far"].marks["curve"].y
    np.testing.assert_allclose(running[-1], reading.logit[1, -1, 1])
    added = shown.frames["added"].marks["attention curve"].y
    np.testing.assert_array_equal(added, reading.attention[1, :, -1, 1])


def test_a_cell_of_a_ledgers_heads_selects_the_head(results):
    reading = results["ledger"].reading
    target = results["ledger"].watched.texts[0]
    view = ledger.View(opened="heads", target=target, layer=2, head=1)
    frame = ledger.show(results, view).frames["heads"]
    np.testing.assert_array_equal(frame.marks["map"].values, reading.heads[0, :, :, -1, 0])
    assert frame.marks["map"].stands_for(2, 1) == {"layer": 2, "head": 1}
    np.testing.assert_array_equal(frame.marks["selected"].x, [[0.5, 1.5]])
    np.testing.assert_array_equal(frame.marks["selected"].y, [[1.5, 2.5]])


def test_balance_shows_lengths_and_cosines_of_the_selected_token(results):
    reading = results["balance"].reading
    shown = balance.show(results, balance.View(tokens=(2,)))
    lengths, cosines = shown.frames["lengths"].marks, shown.frames["cosines"].marks
    np.testing.assert_array_equal(lengths["mlp_added curve"].y, reading.mlp_added[0, :, 2])
    np.testing.assert_array_equal(cosines["cos_mlp curve"].y, reading.cos_mlp[0, :, 2])
    assert "token 2" in shown.note


def test_a_map_of_heads_and_a_scatter_of_two_numbers_of_them(results):
    reading = results["heads"].reading
    shown = heads.show(results, heads.View(layer=3, head=2, metric="previous", state="after"))
    marks = shown.frames["heads"].marks
    np.testing.assert_array_equal(marks["map"].values, reading.value[1, :, 1])
    np.testing.assert_array_equal(marks["selected"].x, [[1.5, 2.5]])
    assert "n = 6 queries" in shown.note
    shown = heads.show(results, heads.View(metric="entropy", against="previous"))
    points = shown.frames["scatter"].marks["heads"]
    np.testing.assert_array_equal(points.y, reading.value[0, :, 1].ravel())
    assert points.stands_for["head"].tolist() == [0, 1, 2, 3] * 5
    empty = heads.show(results, heads.View(metric="copies"))
    assert empty.frames["heads"].inside == "no token has an earlier copy"
    unasked = heads.show(results, heads.View(metric="induction_repeat"))
    assert unasked.frames["heads"].inside == "no random sequences were asked for"


def test_bars_of_effects_are_changes_and_controls_stand_apart(results):
    reading = results["effects"].reading
    target = results["effects"].watched.texts[1]
    shown = effects.show(results, effects.View(metric="probability", target=target))
    marks = shown.frames["effects"].marks
    wanted = reading.after_probability[:, 1] - reading.before_probability[1]
    np.testing.assert_allclose(marks["asked"].lengths, wanted[[0, 2]])
    np.testing.assert_allclose(marks["control"].lengths, wanted[[1]])
    assert marks["control"].says(0).startswith("random heads for 0, seed 7")


def test_a_patch_map_is_the_share_of_the_way_back(results):
    made = results["patch"]
    image = patch.show(results, patch.View()).frames["patch"].marks["map"]
    np.testing.assert_allclose(image.values, (made.reading.stream + 0.5) / 2.0)
    same = replace(made, reading=replace(made.reading, corrupt=1.5))
    shown = patch.show({"patch": same}, patch.View())
    assert shown.note == "both texts give the same difference"
    assert set(shown.table.columns["reason"]) == {"both texts give the same difference"}


def test_the_selected_head_is_large_beside_small_maps_of_all(results):
    result = results["attention"]
    view = attention.View(layer=2, head=3, tokens=(4,), state="after")
    shown = attention.show(results, view)
    small, large = (shown.frames[name] for name in ("heads", "head"))
    allowed = np.tril(np.ones((7, 7), bool))
    expected = np.where(allowed, result.reading.weights[1, 3], np.nan)
    np.testing.assert_array_equal(large.marks["map"].values, expected)
    assert large.marks["map"].stands_for(4, 2) == {"head": 3, "token": 4}
    np.testing.assert_array_equal(large.marks["selected"].y, [[3.5, 4.5]])
    assert (
        large.marks["map"].says(4, 2).startswith("head 3, 4 ·the takes from 2 ·keeper\nweight 0.")
    )
    assert large.marks["map"].says(2, 4) == ""
    tiles = small.marks["maps"]
    step = tiles.values.shape[1] - 7  # two by two
    np.testing.assert_array_equal(tiles.values[step:, step:], expected)
    assert tiles.stands_for(step + 1, step + 1) == {"head": 3}
    assert tiles.stands_for(0, step + 6) == {"head": 1}


@pytest.mark.parametrize(("times", "fit"), [(1, True), (16, False)])
def test_numbers_of_small_maps_have_room_in_a_figure_or_are_not_there(
    results, monkeypatch, times, fit
):
    small = attention._small_maps(results["attention"], 0, "weight")
    many = np.tile(small, (times, 1, 1))
    monkeypatch.setattr(attention, "_small_maps", lambda *_: many)
    figure = compose(results, [[Spec("attention")]], Style(width=60))
    numbers = [text for axes in figure.axes for text in axes.texts if text.get_text().isdigit()]
    assert len(numbers) == (len(many) if fit else 0)


@pytest.mark.parametrize("kind", attention.NAMES)
def test_each_kind_of_map_is_what_it_says(results, kind):
    reading = results["attention"].reading
    q, k = reading.q[0, 1].astype(float), reading.k[0, 1].astype(float)
    still = reading.q_unturned[0, 1].astype(float) @ reading.k_unturned[0, 1].T.astype(float)
    expected = {
        "weight": reading.weights[0, 1],
        "compatibility": q @ k.T,
        "unturned": still,
        "effect": reading.weights[0, 1] * reading.written[0, 1],
    }[kind]
    shown = attention.show(results, attention.View(head=1, kind=kind))
    found = shown.frames["head"].marks["map"].values
    rows = np.tril_indices(7)
    np.testing.assert_allclose(found[rows], expected[rows], rtol=1e-6)
    assert np.isnan(found[np.triu_indices(7, 1)]).all()
    table = shown.table.columns
    np.testing.assert_allclose(np.asarray(table[kind])[: len(rows[0])], expected[rows], rtol=1e-6)
    assert shown.scale.map == ("sequential" if kind in ("weight", "effect") else "diverging")


def test_small_maps_of_a_long_text_keep_what_is_furthest_from_zero(monkeypatch):
    monkeypatch.setattr(attention, "_FINEST", 12)
    result = inside_results(n_tokens=40)["attention"]
    shown = attention.show({"attention": result}, attention.View(kind="compatibility"))
    tile = shown.frames["heads"].marks["maps"].values[:12, :12]
    whole = shown.frames["head"].marks["map"].values
    begins = np.linspace(0, 40, 13).astype(int)
    for row, column in ((0, 0), (9, 7), (11, 11), (5, 5)):
        rows, columns = (slice(begins[at], begins[at + 1]) for at in (row, column))
        block = whole[rows, columns]
        assert tile[row, column] == block.flat[np.nanargmax(np.abs(block))]
    assert np.isnan(tile[7, 9])


def test_another_layer_than_the_one_kept_is_said_to_be_missing(results):
    note = attention.show(results, attention.View(layer=4)).note
    assert note.startswith("layer 2; layer 4 is not there yet · head 0")
    none = replace(results["attention"], reading=None, layer=-1)
    shown = attention.show({"attention": none}, attention.View())
    assert shown.frames["attention"].inside == "Nothing to show: no layer has been looked at yet."
    unturned = replace(results["attention"].reading, reasons=("", "they are not turned", ""))
    still = {"attention": replace(results["attention"], reading=unturned)}
    shown = attention.show(still, attention.View(kind="unturned"))
    assert shown.frames["attention"].inside == "Nothing to show: they are not turned."


def test_the_text_is_coloured_by_what_the_selected_token_takes(results):
    reading = results["attention"].reading
    shown = donors.show(results, donors.View(tokens=(4,), head=2, kind="effect"))
    expected = reading.weights[0, 2, 4] * reading.written[0, 2]
    np.testing.assert_allclose(shown.values[:5], expected[:5], rtol=1e-6)
    assert np.isnan(shown.values[5:]).all()
    assert shown.muted == {5, 6}
    assert shown.selected == {4}
    assert shown.scale.high == pytest.approx(expected.max())
    assert shown.says(1).startswith("4 ·the takes from 1 ·old\nlength of what it writes ")
    mean = donors.show(results, donors.View())
    np.testing.assert_allclose(mean.values, reading.weights[0, :, 6].mean(axis=0), rtol=1e-5)
    assert "mean of 4 heads · 6" in mean.note


def test_bars_are_the_nearest_tokens_of_the_layer_and_grey_is_the_token_itself(results):
    near = results["near"]
    view = neighbours.View(layer=2, tokens=(6,), by="embedding dot")
    marks = neighbours.show(results, view).frames["near"].marks
    at = near.depths.index(2)
    order = np.argsort(np.concatenate([marks["v"].at, marks["muted"].at]))
    lengths = np.concatenate([marks["v"].lengths, marks["muted"].lengths])[order]
    np.testing.assert_array_equal(lengths, near.scores[0, at, 0, 0].astype(float))
    for bars, own in ((marks["muted"], True), (marks["v"], False)):
        rows = bars.at.astype(int)
        assert ((near.ids[0, at, 0, 0, rows] == 6) == own).all()


def test_what_was_not_looked_up_yet_says_so(results):
    for view in (neighbours.View(of="mlp"), neighbours.View(of="sum")):
        (frame,) = neighbours.show(results, view).frames.values()
        assert frame.inside.startswith("Nothing to show: ")
    other = replace(results["lens"], token_ids=(9, 9))
    (frame,) = neighbours.show({**results, "lens": other}, neighbours.View()).frames.values()
    assert frame.inside == "Nothing to show: it is looked up while its model is open."


def test_heads_that_do_the_same_are_shown_in_the_layer_like_one_and_with_all(results):
    reading = results["redundancy"].reading
    view = redundancy.View(layer=3, head=1, measure="correlation", state="after")
    shown = redundancy.show(results, view)
    image = shown.frames["pairs"].marks["map"]
    np.testing.assert_array_equal(image.values, reading.correlation[1, 12:16, 12:16])
    assert image.stands_for(0, 2) == {"layer": 3, "head": 2}
    np.testing.assert_array_equal(shown.frames["pairs"].marks["selected"].x, [[0.5, 1.5]])
    shown = redundancy.show(results, replace(view, among="head", measure="cka"))
    image = shown.frames["pairs"].marks["map"]
    np.testing.assert_array_equal(image.values, reading.cka[1, 13].reshape(5, 4))
    assert image.values[3, 1] == 1.0
    assert image.says(0, 2).startswith("layer 3, head 1\nlayer 0, head 2\n")
    every = redundancy.show(results, replace(view, among="all"))
    assert every.frames["pairs"].marks["map"].values.shape == (20, 20)
    assert every.note == "all heads, n = 7 tokens"


def test_bars_are_the_largest_neurons_and_beside_them_what_they_write(results):
    result = results["neurons"]
    shown = neurons.show(results, neurons.View(layer=1, tokens=(2,)))
    frame = shown.frames["neurons"]
    np.testing.assert_array_equal(frame.marks["bars"].lengths, result.reading.activation[0, 1, 2])
    ids = result.reading.ids[0, 1, 2]
    assert [text for _, text in frame.y.ticks] == [str(each) for each in ids]
    written = [result.token_names[str(each)] for each in result.reading.writes[0, 1, 2]]
    assert shown.table.columns["writes"] == written
    assert frame.marks["bars"].says(3).startswith(f"neuron {ids[3]}  ")
    curves = neurons.show(results, neurons.View(layer=1, tokens=(2,), opened="layers")).frames
    share, part = (curves[name].marks["curve"].y for name in ("share_active", "participation"))
    np.testing.assert_allclose(share, 100 * result.reading.share_active[0, :, 2])
    np.testing.assert_array_equal(part, result.reading.participation[0, :, 2])


def test_heads_may_be_of_further_texts_or_of_random_tokens(results):
    of = {over: heads.show(results, heads.View(over=over)) for over in heads.OVER}
    values = {name: shown.frames["heads"].marks["map"].values for name, shown in of.items()}
    reading = results["atlas"].texts
    place = reading.metrics.index("previous")
    np.testing.assert_array_equal(values["texts"], reading.value[0, :, place])
    assert of["text"].note.endswith("queries")
    assert of["texts"].note.endswith("n = 3,000 queries of 500 texts")
    assert of["random"].note.endswith("of 4 random sequences")
    alone = heads.show({"heads": results["heads"]}, heads.View(over="texts"))
    assert alone.frames["heads"].inside == "Nothing to show: no further texts were read."


def test_a_token_is_shown_before_and_after_the_norm_that_is_chosen(results):
    reading = results["normalisation"].reading
    view = normalisation.View(layer=1, tokens=(3,), norm="mlp", state="after")
    frames = normalisation.show(results, view).frames
    for side in ("before", "after"):
        rms = getattr(reading, f"rms_{side}")[1, :, 1, 3]
        share = getattr(reading, f"share_{side}")[1, :, 1, 3]
        np.testing.assert_array_equal(frames["rms"].marks[f"{side} curve"].y, rms)
        np.testing.assert_allclose(frames["share"].marks[f"{side} curve"].y, 100 * share)
    dimensions = ", ".join(str(each) for each in reading.largest_after[1, 2, 1, 3])
    said = frames["share"].marks["after points"].says(2)
    assert said.endswith(f"largest dimensions {dimensions}")
    reasons = normalisation.show(results, view).table.columns["reason"]
    assert set(np.asarray(reasons)[4::5]) == {"nothing normalises what it reads"}
