"""Lens and followed tokens: what is drawn is what was read, token by token."""

from dataclasses import replace

import numpy as np
import pytest

from laminoscope_core.plots import followed, lens
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
    view = followed.View(tokens=(1, 4), quantity="probability")
    shown = followed.show(results, view)
    curves = [m for m in shown.frames["followed"].marks.values() if isinstance(m, Curve)]
    points = [m for m in shown.frames["followed"].marks.values() if isinstance(m, Points)]
    assert [curve.dashed for curve in curves] == [False, False, True, True]
    np.testing.assert_array_equal(curves[0].x, np.arange(-1, 5))
    np.testing.assert_array_equal(curves[1].y, result.reading.probability[0, :, 4, 1])
    np.testing.assert_array_equal(curves[2].y, result.reading.probability[1, :, 4, 0])
    assert points[0].stands_for["layer"].tolist() == [0, 0, 1, 2, 3, 4]
    assert "after token 4" in shown.note
    last = followed.show(results, followed.View(tokens=(99,))).note
    assert "after token 6" in last  # of a longer text: the last one of this


def test_a_model_without_a_lens_says_why(results):
    none = {"lens": replace(results["lens"], reading=None, reason="its blocks are unknown")}
    for plot in (lens, followed):
        shown = plot.show(none, plot.View())
        (frame,) = shown.frames.values()
        assert frame.inside == "Undefined: its blocks are unknown."
        assert shown.table.columns["reason"] == ["its blocks are unknown"]


def test_nothing_is_followed(results):
    empty = replace(results["lens"].watched, texts=(), ids=())
    reading = results["lens"].reading
    cut = {n: getattr(reading, n)[..., :0] for n in ("rank", "probability", "logit")}
    result = replace(results["lens"], watched=empty, reading=replace(reading, **cut))
    shown = followed.show({"lens": result}, followed.View())
    assert shown.note == "follow a token to see when it appears"
    assert len(shown.table) == 0
