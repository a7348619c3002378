"""What distance does to a head, against queries and keys that are turned as complex numbers."""

from dataclasses import replace

import numpy as np
import pytest

from laminoscope_core.plots import rotation

from ..figures.made_results import inside_results


@pytest.fixture(scope="module")
def results():
    return inside_results(n_states=2)


def turned(reading, state, layer, head, distance):
    """The products of a query and a key of each pair, the query turned as a complex number.

    A query of length 1 along the first dimension meets the key (even, odd) of its pair.
    """
    query = np.exp(1j * reading.frequency[state, layer] * distance)
    key = reading.even[state, layer, head] + 1j * reading.odd[state, layer, head]
    return (query.conj() * key).real


def test_pairs_stand_at_what_they_give_at_the_distance(results):
    reading = results["rotation"].reading
    view = rotation.View(layer=2, head=1, distance=17, state="after")
    shown = rotation.show(results, view)
    wanted = turned(reading, 1, 2, 1, 17)
    pairs = shown.frames["pairs"].marks
    np.testing.assert_allclose(pairs["now"].y, wanted, atol=1e-12)
    assert (pairs["range"].y[::3] <= wanted + 1e-9).all()
    assert (pairs["range"].y[1::3] >= wanted - 1e-9).all()
    curve = shown.frames["sum"].marks["head"]
    np.testing.assert_allclose(curve.y[17], wanted.sum() + reading.rest[1, 2, 1], atol=1e-12)
    assert shown.note.startswith("17 tokens away: ")
    assert shown.frames["pairs"].x.ticks[0] == (0.0, "6.3")  # 2π tokens


def test_the_map_of_pairs_moves_the_distance(results):
    reading = results["rotation"].reading
    shown = rotation.show(results, rotation.View(layer=1, head=3, opened="pairs"))
    image = shown.frames["map"].marks["map"]
    for distance in (0, 5, 255):
        wanted = turned(reading, 0, 1, 3, distance)
        np.testing.assert_allclose(image.values[:, distance], wanted, atol=1e-12)
    assert image.stands_for(2, 40) == {"distance": 40}


def test_the_reach_is_where_the_mean_falls_below_half_of_its_largest(results):
    result = results["rotation"]
    shown = rotation.show(results, rotation.View(layer=2, head=1, opened="reach"))
    values = shown.frames["reach"].marks["map"].values
    sums = [turned(result.reading, 0, 2, 1, at).sum() for at in range(1024)]
    at = int(np.argmax(sums))
    later = [n for n in range(at, 1024) if sums[n] < sums[at] / 2]
    assert values[2, 1] == later[0]
    assert np.isnan(values[4]).all()  # of the layer that is not turned
    assert set(np.asarray(shown.table.columns["reason"])[16:]) == {"it is not turned"}


def test_a_layer_that_is_not_turned_shows_what_its_places_do(results):
    places = results["rotation"].places
    shown = rotation.show(results, rotation.View(layer=4, head=2))
    np.testing.assert_array_equal(shown.frames["sum"].marks["head"].y, places.bias[0, 4, 2])
    assert shown.frames["pairs"].inside.startswith("its places are a bias that falls with distance")
    assert shown.note == "8 tokens away: −2.00 · layer 4, head 2, −0.2500 with each token"
    shown = rotation.show(results, rotation.View(layer=4, opened="pairs"))
    np.testing.assert_array_equal(shown.frames["map"].marks["map"].values, places.bias[0, 4])
    alone = replace(results["rotation"], reading=None, reach=None, largest=None, reason="no turn")
    slopes = rotation.show({"rotation": alone}, rotation.View(opened="reach")).frames["reach"]
    np.testing.assert_array_equal(slopes.marks["map"].values, places.slope[0])


def test_a_model_whose_places_cannot_be_seen_says_why(results):
    none = replace(
        results["rotation"], reading=None, reach=None, largest=None, places=None, reason="no places"
    )
    (frame,) = rotation.show({"rotation": none}, rotation.View()).frames.values()
    assert frame.inside == "Nothing to show: no places."
    kept = replace(results["rotation"], places=None)
    shown = rotation.show({"rotation": kept}, rotation.View(layer=4))
    assert shown.frames["pairs"].inside == "it is not turned"
    assert shown.note == "layer 4: it is not turned"


@pytest.mark.parametrize("distance", [-1, 256, 1.5, True])
def test_a_distance_is_a_whole_number_within_the_plot(distance):
    with pytest.raises(ValueError, match="distance must be 0 to 255"):
        rotation.View(distance=distance)
