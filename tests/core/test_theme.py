"""The colours that are offered can be read by everyone."""

import pytest

from laminoscope_core.figures.colour_maps import check_map
from laminoscope_core.theme import DIVERGING_MAPS, SEQUENTIAL_MAPS


@pytest.mark.parametrize("name", SEQUENTIAL_MAPS)
def test_sequential_maps_grow_steadily_lighter_or_darker(name):
    check_map(name, "sequential")


@pytest.mark.parametrize("name", DIVERGING_MAPS)
def test_diverging_maps_do_so_from_their_middle(name):
    check_map(name, "diverging")
