"""Styles, letters, and rows that break where their plots would be too narrow."""

import numpy as np
import pytest

from laminoscope_core.figures import PRESETS, Spec, Style, compose
from laminoscope_core.figures.colour_maps import check_map
from laminoscope_core.figures.drawing import colours_of
from laminoscope_core.plots.shown import Scale
from laminoscope_core.theme import THEMES

from .legible import illegible
from .made_up import word_results


@pytest.fixture(scope="module")
def results():
    return word_results(6, 2, chance=False)


@pytest.mark.parametrize("name", ["jet", "rainbow", "turbo", "hsv", "gist_ncar", "nipy_spectral"])
def test_rainbows_are_refused(name):
    with pytest.raises(ValueError, match="misleads"):
        Style(sequential=f"matlab:{name}" if name == "hsv" else name)


@pytest.mark.parametrize("name", ["cividis", "viridis", "inferno", "crameri:batlow", "gray"])
def test_even_maps_are_taken(name):
    assert Style(sequential=name, depth=name).sequential == name


def test_the_default_maps_are_even():
    for style in PRESETS.values():
        check_map(style.sequential, "sequential")
        check_map(style.depth, "sequential")
        check_map(style.diverging, "diverging")


def test_a_diverging_map_is_no_sequential_one():
    with pytest.raises(ValueError, match="one direction"):
        Style(sequential="crameri:vik")
    with pytest.raises(ValueError, match="from its middle"):
        Style(diverging="viridis")


def test_unknown_maps_are_refused_by_name():
    with pytest.raises(ValueError, match="there is no colour map 'no such map'"):
        Style(depth="no such map")


@pytest.mark.parametrize(
    ("setting", "value"), [("width", 5), ("font_size", 90), ("dpi", 9), ("appearance", "sepia")]
)
def test_what_cannot_be_is_refused(setting, value):
    with pytest.raises(ValueError, match=setting):
        Style(**{setting: value})


def test_type_too_large_for_the_width_is_refused():
    with pytest.raises(ValueError, match="width must be 112 mm or more for a font_size of 14"):
        Style(width=88, font_size=14)


@pytest.mark.parametrize(("width", "size"), [(32, 4), (88, 11), (320, 40), (1000, 12)])
def test_the_narrowest_and_the_widest_figures_are_legible(results, width, size):
    style = Style(width=width, font_size=size, dpi=72)
    for kind in ("similarity", "laminar", "pairs", "distributions", "unity"):
        assert not illegible(compose(results, [[Spec(kind)]], style), style), kind


@pytest.mark.parametrize("appearance", THEMES)
def test_curves_stand_out_from_the_background_in_both_appearances(appearance):
    theme = THEMES[appearance]
    norm, colours = colours_of(Scale("depth", 0, 29, "layer"), Style(appearance=appearance))
    layers = [colour[:3] for colour in colours(norm(np.arange(30))).tolist()]
    for colour in (*theme.sites.values(), *theme.pairs.values(), *layers):
        assert contrast(colour, theme.surface) >= 1.5
    for colour in (theme.text, theme.muted):
        assert contrast(colour, theme.surface) >= 4.5


def test_letters_go_on_after_z(results):
    figure = compose(results, [[Spec("unity")]] * 28, Style(font_size=4))
    found = [text.get_text() for text in bold(figure)]
    assert found == [*"abcdefghijklmnopqrstuvwxyz", "aa", "ab"]


def test_a_single_plot_has_no_letter_nor_has_a_slide(results):
    assert not bold(compose(results, [[Spec("unity")]]))
    assert not bold(compose(results, [[Spec("unity")], [Spec("pairs")]], PRESETS["slide"]))


def test_a_row_breaks_where_its_plots_would_be_too_narrow(results):
    row = [Spec("pairs"), Spec("distributions"), Spec("unity")]
    wide = compose(results, [row], PRESETS["double column"])
    narrow = compose(results, [row], PRESETS["single column"])
    assert len(wide.subfigs) == 1
    assert len(narrow.subfigs) == 3


def test_without_plots_there_is_no_figure(results):
    with pytest.raises(ValueError, match="at least one plot"):
        compose(results, [[], []])


def bold(figure):
    from matplotlib.text import Text

    return [text for text in figure.findobj(Text) if text.get_weight() == "bold"]


def contrast(first, second):
    """Return the contrast of two colours as WCAG 2.2 defines it."""
    from matplotlib.colors import to_rgb

    def luminance(colour):
        values = np.array(to_rgb(colour))
        linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
        return linear @ (0.2126, 0.7152, 0.0722)

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)
