"""What the panels of the words task hand out as figures is what they show."""

import numpy as np
import pytest

from laminoscope_core.figures import FIGURES

pytestmark = pytest.mark.model

KINDS = ("similarity", "laminar", "pairs", "distributions", "unity")


def test_a_panel_without_results_has_no_figure(window):
    for kind in KINDS:
        assert window.panels[kind].figure() is None


def test_figures_show_what_the_panels_show(running, qtbot):
    selection, panels = running.selection, running.panels
    selection.layer, selection.pair = 17, (3, 20)
    panels["similarity"].set_view(limits="all")
    panels["pairs"].set_view(sites="k-v")
    panels["laminar"].position, panels["laminar"].shows_z = "context", True
    qtbot.wait_until(running.updates.idle)
    specs = {kind: panels[kind].figure() for kind in KINDS}
    assert {kind: spec.kind for kind, spec in specs.items()} == {kind: kind for kind in KINDS}
    assert specs["laminar"].view.fisher_z
    assert specs["laminar"].view.position == "context"
    plots = {kind: spec.data(running.controller.results) for kind, spec in specs.items()}
    columns = {
        kind: {name: np.asarray(column) for name, column in plot.table.columns.items()}
        for kind, plot in plots.items()
    }

    for name, layer_plot in panels["laminar"].plots.items():
        for series, curve in layer_plot._drawn.items():
            chosen = columns["laminar"]["plot"] == name
            chosen &= columns["laminar"]["series"] == series
            values = columns["laminar"]["value"][chosen]
            shown = np.where(np.isfinite(values), values, np.nan)
            np.testing.assert_array_equal(curve.line.getData()[1], shown)


def test_every_figure_of_the_window_needs_only_what_it_has(running):
    for kind in KINDS:
        assert FIGURES[kind].fits(running.controller.results)
