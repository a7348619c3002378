"""What holds for every plot: its table has every number that is drawn, and names stay the same."""

from dataclasses import fields

import numpy as np
import pytest

from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.shown import Shown

from ..figures.made_results import prompt_results, text_results
from ..figures.made_up import word_results

COORDINATES = ("x", "y", "low", "high", "heights", "values")


@pytest.fixture(scope="module")
def results():
    return {**word_results(), **text_results(6, 40), **prompt_results()}


@pytest.fixture(params=list(PLOTS.values()), ids=lambda plot: plot.id)
def plot(request):
    return request.param


def drawn_numbers(shown):
    """Every array of numbers that is drawn, by what draws it."""
    if isinstance(shown, Shown):
        parts = {
            (frame_name, name, coordinate): getattr(mark, coordinate, None)
            for frame_name, frame in shown.frames.items()
            for name, mark in frame.marks.items()
            for coordinate in COORDINATES
        }
    else:
        parts = {field.name: getattr(shown, field.name) for field in fields(shown)}
    return {where: each for where, each in parts.items() if isinstance(each, np.ndarray)}


def test_the_table_has_every_number_that_is_drawn(plot, results):
    shown = plot.show(results)
    columns = [np.asarray(column) for column in shown.table.columns.values()]
    numbers = np.concatenate([c.astype(float) for c in columns if c.dtype.kind in "fiub"])
    drawn = drawn_numbers(shown)
    assert drawn
    for where, each in drawn.items():
        each = each[np.isfinite(each)]
        assert np.isin(each, numbers).all(), where


def test_texts_and_limits_say_what_the_numbers_are(plot, results):
    shown = plot.show(results)
    assert shown.labels
    assert all(low != high for low, high in shown.limits.values())


def test_every_colour_that_is_named_is_in_the_theme(plot, results):
    from laminoscope_core.theme import THEMES

    shown = plot.show(results)
    if not isinstance(shown, Shown):
        assert shown.scale.map == "ground", "its colours are those of its scale"
        return
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
    if not isinstance(first, Shown):
        assert first.tokens == second.tokens
        assert not np.array_equal(first.values, second.values)
        return
    assert list(first.frames) == list(second.frames)
    for name, frame in first.frames.items():
        assert list(frame.marks) == list(second.frames[name].marks)
