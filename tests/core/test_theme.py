"""The colours that are offered can be read by everyone."""

from itertools import combinations

import numpy as np
import pytest

from laminoscope_core.figures.colour_maps import check_map
from laminoscope_core.theme import DIVERGING_MAPS, SEQUENTIAL_MAPS, THEMES


@pytest.mark.parametrize("name", SEQUENTIAL_MAPS)
def test_sequential_maps_grow_steadily_lighter_or_darker(name):
    check_map(name, "sequential")


@pytest.mark.parametrize("name", DIVERGING_MAPS)
def test_diverging_maps_do_so_from_their_middle(name):
    check_map(name, "diverging")


# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear sRGB.
SEEN_BY = {
    "most": np.eye(3),
    "deuteranopes": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopes": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
}  # fmt: skip
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colour, eye="most"):
    """CIE 1976 L*a*b* (D65) of a colour as some people see it."""
    srgb = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(SEEN_BY[eye] @ linear, 0, 1)
    x, y, z = np.cbrt(XYZ @ seen / (0.9505, 1.0, 1.089))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
class TestCategories:
    @pytest.mark.parametrize("eye", SEEN_BY)
    def test_everyone_can_tell_them_apart(self, theme, eye):
        for one, other in combinations(theme.categories, 2):
            assert np.linalg.norm(lab(one, eye) - lab(other, eye)) > 20, (one, other)

    def test_none_is_near_the_colour_of_a_site_a_pair_or_the_selection(self, theme):
        for taken in (*theme.sites.values(), *theme.pairs.values(), theme.accent):
            for colour in theme.categories:
                assert np.linalg.norm(lab(colour) - lab(taken)) > 20, (colour, taken)
