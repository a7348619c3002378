"""The figures of the words task: their numbers are the results', and all of them legible."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.text import Text

from laminoscope_core.figures import (
    PRESETS,
    Spec,
    Style,
    compose,
)
from laminoscope_core.figures.colour_maps import colour_map
from laminoscope_core.plots import distributions, laminar, pairs, similarity, unity
from laminoscope_core.plots.registry import composed_rows

from .legible import illegible
from .made_up import word_results

KINDS = ("similarity", "similarity-layers", "laminar", "pairs", "distributions", "unity")


@pytest.fixture(scope="module")
def results():
    return word_results()


def columns(plot):
    return {name: np.asarray(column) for name, column in plot.table.columns.items()}


class TestSimilarity:
    def test_maps_have_the_colours_of_their_numbers(self, results):
        figure = compose(results, [[Spec("similarity", similarity.View(5))]])
        drawn = [axes.images[0].get_array() for axes in all_axes(figure) if axes.images]
        low, high = Spec("similarity", similarity.View(5)).shown(results).limits["scale"]
        for site, image in zip(("q", "k", "v"), drawn[:3], strict=True):
            matrix = results["similarity"].matrices[site][5]
            share = np.clip((matrix - low) / (high - low), 0, 1)
            expected = colour_map("magma")(share, bytes=True)
            assert np.abs(image.astype(int) - expected.astype(int)).max() <= 1

    def test_the_marked_pair_is_named_with_its_values(self, results):
        specs = [[Spec("similarity", similarity.View(5, pair=(2, 7)))]]
        values = [results["similarity"].matrices[site][5][2, 7] for site in ("q", "k", "v")]
        q, k, v = (f"{value:.2f}".replace("-", "−") for value in values)
        assert f"word2 – word7: Q {q}, K {k}, V {v}" in all_text(compose(results, specs))
        assert "word7" not in all_text(compose(results, specs, Style(marks=False)))

    @pytest.mark.parametrize(
        ("n_words", "named"), [(12, True), (34, False)], ids=["few words", "many words"]
    )
    def test_words_are_named_where_each_has_room(self, n_words, named):
        figure = compose(word_results(n_words, 2, chance=False), [[Spec("similarity")]])
        assert ("word11" in all_text(figure)) == named
        assert "furniture" in all_text(figure)

    def test_what_is_undefined_is_said_in_words(self):
        results = word_results(8, 3, chance=False)
        made = results["similarity"]
        reasons = {**made.reasons, "k": ("", "K is not finite from layer 1 on", "")}
        results["similarity"] = replace(made, reasons=reasons)
        figure = compose(results, [[Spec("similarity", similarity.View(1))]])
        texts = [text.get_text() for text in figure.findobj(Text)]
        assert " ".join(texts).count("K undefined: K is not finite") == 1

    def test_every_map_of_every_layer_is_drawn(self):
        results = word_results(8, 5, chance=False)
        figure = compose(results, [[Spec("similarity-layers")]])
        assert sum(bool(axes.images) for axes in all_axes(figure)) == 3 * 5 + 1  # and the scale
        assert {"Q 0", "K 0", "V 0"} <= {text.get_text() for text in figure.findobj(Text)}


class TestPairs:
    def test_all_points_are_drawn_and_no_others(self, results):
        shown = Spec("pairs", pairs.View(4)).shown(results)
        found, rings = columns(shown), shown.frames["pairs"].marks["least"]
        figure = compose(results, [[Spec("pairs", pairs.View(4))]])
        drawn = np.concatenate(
            [c.get_offsets() for axes in all_axes(figure) for c in axes.collections]
        )
        expected = np.stack([found["q"], found["k"]], axis=-1)
        ringed = np.stack([rings.x, rings.y], axis=-1)
        assert sorted(map(tuple, drawn)) == sorted(map(tuple, [*expected, *ringed]))

    def test_beyond_ten_thousand_pairs_the_scale_runs_in_decades(self):
        results = word_results(150, 1, chance=False)
        text = all_text(compose(results, [[Spec("pairs", pairs.View(0))]]))
        assert "pairs per bin" in text
        assert "10" in text.split()


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize(("n_words", "n_layers"), [(2, 1), (34, 12), (34, 60), (300, 2)])
def test_nothing_overlaps_and_nothing_is_cut_off(preset, n_words, n_layers):
    made = word_results(n_words, n_layers, chance=n_words == 34 and n_layers == 12)
    style = PRESETS[preset]
    views = {
        "similarity": similarity.View(0, pair=(0, 1)),
        "similarity-layers": None,
        "laminar": laminar.View(0, "context"),
        "pairs": pairs.View(0, pair=(0, 1)),
        "distributions": distributions.View(0),
        "unity": unity.View(0),
    }
    for kind in KINDS:
        figure = compose(made, [[Spec(kind, views[kind])]], style)
        assert not illegible(figure, style), kind
    whole = compose(made, composed_rows("words", made), style)
    assert not illegible(whole, style)


def all_axes(figure):
    from matplotlib.axes import Axes

    return figure.findobj(Axes)


def all_text(figure):
    return "\n".join(text.get_text() for text in figure.findobj(Text)).replace("\n", " ")
