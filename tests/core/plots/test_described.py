"""What holds for every plot: its table has every number that is drawn, and names stay the same."""

from dataclasses import fields

import numpy as np
import pytest

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.shown import Boxes, Shown

from ..figures.made_results import prompt_results, text_results
from ..figures.made_up import word_results

COORDINATES = ("x", "y", "low", "high", "heights", "values")


@pytest.fixture(scope="module")
def results():
    return {**word_results(), **text_results(6, 40), **prompt_results()}


@pytest.fixture(params=list(PLOTS.values()), ids=lambda plot: plot.id)
def plot(request):
    return request.param


def described(plot, results):
    shown = plot.show(results)
    if not isinstance(shown, Shown):
        pytest.fail(f"{plot.id} is not described by frames and marks")
    return shown


def test_the_table_has_every_number_that_a_mark_draws(plot, results):
    shown = described(plot, results)
    columns = [np.asarray(column) for column in shown.table.columns.values()]
    numbers = np.concatenate([c.astype(float) for c in columns if c.dtype.kind in "fiub"])
    for frame in shown.frames.values():
        for name, mark in frame.marks.items():
            if isinstance(mark, Boxes):  # around cells, whose numbers are the map's
                continue
            for coordinate in COORDINATES:
                drawn = getattr(mark, coordinate, None)
                if isinstance(drawn, np.ndarray):
                    drawn = drawn[np.isfinite(drawn)]
                    assert np.isin(drawn, numbers).all(), (name, coordinate)


def test_every_colour_that_is_named_is_in_the_theme(plot, results):
    from laminoscope_core.theme import THEMES

    shown = described(plot, results)
    named = {m.colour for f in shown.frames.values() for m in f.marks.values()}
    named |= {entry.colour for entry in shown.key}
    for theme in THEMES.values():
        for name in named:
            assert theme.colour(name).startswith("#")


def test_a_layer_changes_what_is_shown_but_no_name(plot, results):
    if "layer" not in {field.name for field in fields(plot.module.View)}:
        return
    views = [plot.module.View(layer=layer) for layer in (1, 4)]
    first, second = (plot.show(results, view) for view in views)
    assert list(first.frames) == list(second.frames)
    for name, frame in first.frames.items():
        assert list(frame.marks) == list(second.frames[name].marks)
