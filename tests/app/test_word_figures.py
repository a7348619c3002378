"""What the panels of the words task hand out as figures is what they show."""

import numpy as np
import pytest

from laminoscope_core.plots.registry import PLOTS

pytestmark = pytest.mark.model

KINDS = ("similarity", "laminar", "pairs", "distributions", "unity")


def test_a_panel_without_results_has_no_figure(window):
    for kind in KINDS:
        assert window.panels[kind].figure() is None


def test_figures_are_of_what_is_selected_and_chosen(running, qtbot):
    selection, panels = running.selection, running.panels
    selection.layer, selection.pair = 17, (3, 20)
    panels["similarity"].set_view(limits="all")
    panels["pairs"].set_view(sites="k-v")
    panels["laminar"].set_view(position="context", fisher_z=True)
    qtbot.wait_until(running.updates.idle)
    for kind in KINDS:
        spec = panels[kind].figure()
        assert (spec.kind, spec.view.layer) == (kind, 17)
        drawn, shown = spec.shown(running.controller.results).table, panels[kind].shown.table
        for name, column in drawn.columns.items():
            np.testing.assert_array_equal(column, shown.columns[name])
    assert panels["similarity"].figure().view.pair == (3, 20)
    assert panels["pairs"].figure().view.sites == "k-v"
    assert panels["laminar"].figure().view.fisher_z


def test_every_figure_of_the_window_needs_only_what_it_has(running):
    for kind in KINDS:
        assert PLOTS[kind].fits(running.controller.results)
