"""What holds for every plot: its table has every number that is drawn, and names stay the same."""

from dataclasses import fields, replace

import numpy as np
import pytest

from laminoscope_core.analysis.registry import OfState
from laminoscope_core.plots.registry import OF_SWEEPS, PLOTS, Spec
from laminoscope_core.plots.running_text import RunningText
from laminoscope_core.plots.shown import Boxes, Shown, Texts
from laminoscope_core.theme import THEMES

from ..figures.made_models import model_results
from ..figures.made_results import inside_results, prompt_results, text_results
from ..figures.made_sweep import sweep_results
from ..figures.made_up import word_results

COORDINATES = ("x", "y", "low", "high", "heights", "lengths", "values")


@pytest.fixture(scope="module")
def results():
    made = {**word_results(), **text_results(6, 40), **prompt_results(), **inside_results()}
    return {**made, **across_models(), **sweep_results()}


def across_models(**made):
    return {"rsa-models": model_results((12, 8, 6), n_words=34, **made)["rsa-models"]}


@pytest.fixture(params=[*PLOTS.values(), *OF_SWEEPS.values()], ids=lambda plot: plot.id)
def plot(request):
    return request.param


def marks_of(shown):
    """By frame and name: the marks whose coordinates are numbers.

    A text only names them, and a box is around cells of a map.
    """
    return {
        (frame, name): mark
        for frame, each in shown.frames.items()
        for name, mark in each.marks.items()
        if not isinstance(mark, Texts | Boxes)
    }


def numbers_of(table):
    columns = [np.asarray(column) for column in table.columns.values()]
    return np.concatenate([c.astype(float) for c in columns if c.dtype.kind in "fiub"])


def test_the_table_has_every_number_that_is_drawn(plot, results):
    shown = plot.show(results)
    numbers = numbers_of(shown.table)
    if isinstance(shown, RunningText):
        assert list(shown.table.columns["token"]) == list(shown.tokens)
        assert np.isin(shown.values[np.isfinite(shown.values)], numbers).all()
        return
    assert isinstance(shown, Shown)
    for where, mark in marks_of(shown).items():
        for coordinate in COORDINATES:
            drawn = getattr(mark, coordinate, None)
            if isinstance(drawn, np.ndarray):
                drawn = drawn[np.isfinite(drawn)]
                assert np.isin(drawn, numbers).all(), (where, coordinate)


def test_texts_and_limits_say_what_the_numbers_are(plot, results):
    shown = plot.show(results)
    assert shown.labels
    assert all(low != high for low, high in shown.limits.values())


def test_places_that_have_names_are_numbered_by_whole_numbers_where_these_have_no_room(
    plot, results
):
    frames = getattr(plot.show(results), "frames", {})
    axes = [axis for frame in frames.values() for axis in (frame.x, frame.y)]
    assert all(axis.whole for axis in axes if axis.names and not axis.groups)


def test_every_colour_that_is_named_is_in_the_theme(plot, results):
    shown = plot.show(results)
    if isinstance(shown, RunningText):
        assert shown.scale.map == "ground"
        return
    named = {mark.colour for mark in marks_of(shown).values()} | {e.colour for e in shown.key}
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
        of_one_layer = "is not there yet" in first.note
        assert of_one_layer or not np.array_equal(first.values, second.values)
        return
    assert list(first.frames) == list(second.frames)
    for name, frame in first.frames.items():
        assert list(frame.marks) == list(second.frames[name].marks)


def numbers_and_looks(mark):
    return {name: each for name, each in vars(mark).items() if not callable(each)}


def test_what_moves_to_another_layer_is_as_if_it_were_shown_there(plot, results):
    if not hasattr(plot.module, "at_layer"):
        return
    one, other = (plot.module.View(layer=layer) for layer in (1, 4))
    moved, shown = plot.at_layer(plot.show(results, one), one, other), plot.show(results, other)
    assert (moved.key, moved.note) == (shown.key, shown.note)
    assert list(moved.frames) == list(shown.frames)
    for name, frame in shown.frames.items():
        assert list(moved.frames[name].marks) == list(frame.marks)
        for called, mark in frame.marks.items():
            found = moved.frames[name].marks[called]
            assert type(found) is type(mark)
            np.testing.assert_equal(numbers_and_looks(found), numbers_and_looks(mark))
    for column, values in shown.table.columns.items():
        np.testing.assert_array_equal(moved.table.columns[column], values)
    switch = next(field.name for field in fields(other) if field.default is False)
    assert plot.at_layer(shown, one, replace(other, **{switch: True})) is None
    assert plot.at_layer(shown, one, replace(other, layer=None)) is None


@pytest.mark.parametrize("lacking", [str, "after-{}".format], ids=["own", "altered"])
def test_what_a_run_in_parts_lacks_is_asked_for_before_it_is_shown(plot, results, lacking):
    both = {**results, **{f"after-{name}": each for name, each in results.items()}}
    assert Spec(plot.id, altered=True).fits(both)
    for name in (*plot.requires, *plot.also, *plot.any_of):
        parts = {key: each for key, each in both.items() if key != lacking(name)}
        for altered, change in ((False, False), (True, False), (True, True)):
            spec = Spec(plot.id, altered=altered, change=change)
            if spec.fits(parts):
                spec.shown(parts)
        in_a_panel = OfState(parts, altered=True)
        if plot.fits(in_a_panel):
            _, state = plot.show_state(in_a_panel, plot.module.View(), "before")
            if not plot.has_states:
                assert (state == "before") == plot.fits(parts)
        if name in plot.requires and not plot.has_states:
            assert not Spec(plot.id, altered=lacking is not str).fits(parts)


@pytest.fixture(scope="module")
def undefined():
    """Results with holes: categories of one word, layers that are not finite, too few tokens."""
    words = word_results(5, 4, words=tuple("abcde"), categories=tuple("xxxyz"), broken=2)
    made = {**words, **text_results(6, 3, broken=4), **prompt_results(), **inside_results()}
    return {**made, **across_models(broken=2), **sweep_results()}


def kinds_of(table):
    """What kind of mark each line of a table is; lines of other kinds have other columns."""
    kinds = [table.columns[name] for name in ("mark", "plot", "part") if name in table.columns]
    return np.asarray(kinds[0]) if kinds else np.full(len(table), "")


def test_no_number_of_a_table_is_missing_without_a_reason(plot, results, undefined):
    whole, broken = plot.show(results).table, plot.show(undefined).table
    whole_kinds, kinds = kinds_of(whole), kinds_of(broken)
    reasons = np.asarray(broken.columns.get("reason", np.full(len(broken), "")))
    assert broken.columns.get("reason") is not None or plot.id == "candidates"
    for name, column in broken.columns.items():
        column = np.asarray(column)
        if column.dtype.kind != "f":
            continue
        for kind in dict.fromkeys(kinds.tolist()):
            of_kind = np.asarray(whole.columns.get(name, []), dtype=float)[whole_kinds == kind]
            if of_kind.size and np.isnan(of_kind).all():
                continue  # marks of this kind have no such number
            missing = np.isnan(column) & (kinds == kind)
            assert (reasons[missing] != "").all(), (name, kind)
