"""What the plot of words across models shows, against the numbers it is made of."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.plots.rsa_models import KINDS, View, show

from ..figures.made_models import model_inputs, model_results


@pytest.fixture(scope="module")
def results():
    return model_results((12, 8, 5), n_words=12)


def rows_of(results, model, site, layer):
    words = results["words"] if model == 0 else results["models"].models[model - 1].words
    rows = words.target[site][layer].reshape(len(words.words), -1).astype(float)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit @ unit.T


def test_maps_are_standardised_over_the_pairs_of_each_model(results):
    shown = show(results, View(place="v", layer=6, pair=(1, 4)))
    first, second = np.triu_indices(12, 1)
    for name, model, layer in (("model", 0, 6), ("other", 1, 4)):
        similarity = rows_of(results, model, "v", layer)
        pairs = similarity[first, second]
        expected = (similarity - pairs.mean()) / pairs.std()
        np.testing.assert_allclose(shown.frames[name].marks["map"].values, expected, atol=1e-4)
    assert shown.frames["model"].title == "Model-0, layer 6"
    assert shown.frames["other"].title == "Model-1, layer 4"
    points = [m for n, m in shown.frames["pairs"].marks.items() if n.startswith(("within", "acr"))]
    assert sum(len(mark.x) for mark in points) == 66
    assert stats.pearsonr(shown.table.columns["model"], shown.table.columns["other"])[0] < 1


def test_the_embedding_is_shown_whatever_layer_is_selected(results):
    one, other = (show(results, View(layer=layer)).table.columns["other"] for layer in (0, 9))
    np.testing.assert_array_equal(one, other)


def test_words_stand_in_the_order_of_their_scores_and_split_ones_are_marked(results):
    shown = show(results, View(kind="words", place="q", layer=6, other="model-2"))
    table, frame = shown.table.columns, shown.frames["words"]
    assert (np.diff(table["r"]) <= 0).all()
    near = 2  # of 0–4 for layer 6 of 0–11
    x, y = rows_of(results, 0, "q", 6), rows_of(results, 2, "q", near)
    for place, word in enumerate(frame.x.values):
        expected = stats.pearsonr(np.delete(x[word], word), np.delete(y[word], word))[0]
        assert table["r"][place] == pytest.approx(expected, abs=1e-5)
        assert frame.x.names[place] == results["words"].words[word]
    bars = [mark for name, mark in frame.marks.items() if name.startswith("category")]
    assert all(mark.upright for mark in bars)
    assert sum(len(mark.at) for mark in bars) == 12
    split = {frame.x.values[int(at)] for at in frame.marks["split"].x}
    assert split == {word for word in range(12) if word % 2 == 1}
    assert "2 tokens in Model-2" in frame.says(1)


def test_layers_run_along_both_axes_and_the_same_depth_lets_the_other_follow(results):
    shown = show(results, View(kind="layers", place="v", layer=6, other_layer=1))
    r = results["rsa-models"].pair(0, 1).r["v"]
    image = shown.frames["layers"].marks["map"]
    np.testing.assert_array_equal(image.values, r.T)
    assert image.stands_for(1, 6) == {"layer": 6, "other_layer": 1}
    assert image.stands_for(4, 6) == {"layer": 6, "other_layer": None}
    assert f"layers 6 and 1: r = {r[6, 1]:.2f}" in shown.note
    embedding = show(results, View(kind="layers", layer=6))
    assert "(the embedding has no layers)" in embedding.note


def test_depth_shows_the_mean_with_its_interval_and_each_model(results):
    shown = show(results, View(kind="depth", layer=3))
    mean = results["rsa-models"].scores.mean["q"]
    marks = shown.frames["depth"].marks
    np.testing.assert_array_equal(marks["q"].y, mean.r)
    np.testing.assert_array_equal(marks["q band"].low, mean.low)
    np.testing.assert_array_equal(marks["q ceiling"].high, mean.ceiling_high)
    each = [marks[f"q model-{number}"].y for number in (1, 2)]
    np.testing.assert_allclose(np.mean(each, axis=0), mean.r)
    two = show(model_results((12, 8)), View(kind="depth"))
    assert np.isnan(two.frames["depth"].marks["q band"].low).all()
    assert two.note.startswith("with Model-1")


def test_models_are_compared_at_one_depth(results):
    shown = show(results, View(kind="models", place="q", layer=11))
    values = shown.frames["models"].marks["map"].values
    result = results["rsa-models"]
    assert (np.diag(values) == 1).all()
    assert values[0, 2] == values[2, 0] == result.pair(0, 2).r["q"][11, 4]
    assert values[1, 2] == result.pair(1, 2).r["q"][7, 4]
    frame = shown.frames["models"]
    assert [text for _, text in frame.x.ticks] == ["1", "2", "3"]
    titles = [model.title for model in result.models]
    assert [text for _, text in frame.y.ticks] == [f"{t}  {n}" for n, t in enumerate(titles, 1)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_may_be_compared_with_itself(results, kind):
    shown = show(results, View(kind=kind, other="model-0", place="q", layer=4))
    if kind == "words":
        assert "agrees with itself" in shown.frames["words"].inside
    if kind == "maps":
        maps = [shown.frames[name].marks["map"].values for name in ("model", "other")]
        np.testing.assert_array_equal(*maps)


def test_where_nothing_could_be_read_the_reason_stands():
    inputs = model_inputs((3, 3))
    result = model_results((3, 3))["rsa-models"]
    alone = replace(result, models=result.models[:1])
    shown = show({**inputs.results, "rsa-models": alone}, View())
    (frame,) = shown.frames.values()
    assert "no/such: There is no such model." in frame.inside
