"""The dictionary of columns: nothing that is written stays unexplained."""

import json
import os
from collections.abc import Collection
from dataclasses import fields, replace

import numpy as np
import pytest

from laminoscope_core.analysis import cuts, regression, rsa
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.export.columns import (
    ALTERED,
    COLUMNS,
    OF_TABLE,
    column_of,
    dictionary_of,
    guide,
    labels_of,
    plot_path,
)
from laminoscope_core.export.figure_files import figure_files
from laminoscope_core.export.plot_columns import OF_PLOT
from laminoscope_core.export.run_files import run_tables, write_run
from laminoscope_core.figures import Spec
from laminoscope_core.job import Job
from laminoscope_core.plots.registry import OF_SWEEPS, PLOTS
from laminoscope_core.tables import Table
from laminoscope_resources import resource

from ..figures.made_models import model_results
from ..figures.made_results import inside_results, prompt_results, text_results
from ..figures.made_sweep import sweep_results
from ..figures.made_up import altered_results, word_results
from ..session.conftest import tiny_run


@pytest.fixture(scope="module")
def run():
    """All sections, and so the tables of all analyses."""
    return tiny_run()


@pytest.fixture(scope="module")
def files(run):
    """All files that any parameters lead to; those of the altered model have the same columns."""
    tables = run_tables(run)
    files = {path.removeprefix(ALTERED): table for path, table in tables.items()}
    for correlation in ("kendall_tau_a", "rho_a"):
        scores = replace(run.results["rsa"], params=rsa.Params(correlation))
        files[f"rsa/laminar.csv of {correlation}"] = rsa.tables(scores)["rsa/laminar.csv"]
    of_carriers = word_results(12, 2, carriers=("{word}", "A {word}"), chance=False)["rsa"]
    files["rsa/laminar.csv of carriers"] = rsa.tables(of_carriers)["rsa/laminar.csv"]
    return files | cuts.tables(prompt_results()["cuts"])


def views_of(plot):
    """Views with every value that a field may have: those of the module's that it accepts."""
    view = plot.module.View()
    yield view
    given = [each for each in vars(plot.module).values() if isinstance(each, Collection)]
    values = {value for each in given for value in each if isinstance(value, str) and value}
    values |= {"q-v"} if plot.id == "pairs" else set()
    for field in fields(view):
        if isinstance(getattr(view, field.name), str):
            for value in sorted(values):
                try:
                    yield replace(view, **{field.name: value})
                except ValueError:
                    continue


@pytest.fixture(scope="module")
def plots():
    """For every plot, a table with the columns of all its views."""
    made = {**text_results(6, 60), **prompt_results(n_written=3), **inside_results()}
    results = {**word_results(), **made, **across_models(), **sweep_results()}
    every = regression.Params(predictors=("surprisal", "entropy", "position"))
    inputs = Inputs(results={"adjustments": results["adjustments"]})
    results["regression"] = regression.run(inputs, every, Job())
    joined, altered = {}, {**results, **altered_results(results)}
    of_both = {f"after-{name}": result for name, result in results.items()}
    both = {**results, **of_both, **inside_results(n_states=2)}
    of_carriers = word_results(12, 2, carriers=("{word}", "A {word}"))
    for name, plot in (PLOTS | OF_SWEEPS).items():
        columns = {}
        for view in views_of(plot):
            columns |= dict.fromkeys(plot.show(results, view).table.columns, ())
            if plot.section == "words" and plot.fits(of_carriers):
                columns |= dict.fromkeys(plot.show(of_carriers, view).table.columns, ())
            if plot.section in ("words", "prompts"):
                columns |= dict.fromkeys(plot.show(altered, view).table.columns, ())
            for change in (False, True):
                shown = Spec(name, view, altered=True, change=change).shown(both)
                columns |= dict.fromkeys(shown.table.columns, ())
        joined[plot_path(name)] = Table(columns)
    return joined


def across_models():
    return {"rsa-models": model_results((12, 8, 6), n_words=34)["rsa-models"]}


def names_of(file):
    return list(file.columns if isinstance(file, Table) else file.arrays)


def test_every_column_of_every_table_is_explained(files):
    assert len(files) == 46
    unknown = {
        (path, name)
        for path, file in files.items()
        for name in names_of(file)
        if column_of(name, path) is None
    }
    assert not unknown


def test_nothing_is_explained_that_is_not_written(files):
    written = {name for file in files.values() for name in names_of(file)}
    assert COLUMNS.keys() <= written
    assert OF_TABLE.keys() <= files.keys()
    for path, columns in OF_TABLE.items():
        assert columns.keys() <= set(names_of(files[path]))


def test_the_record_of_a_folder_holds_the_dictionary(run, tmp_path):
    write_run(run, tmp_path)
    record = json.loads((tmp_path / "provenance.json").read_text(encoding="utf-8"))
    assert record["columns"] == dictionary_of(run_tables(run))
    of_layers = record["columns"]["rsa/laminar.csv"]
    assert list(of_layers)[-1] == "reason"
    assert "all curves" in of_layers["q_all"]["meaning"]
    # the same letter means a site among the similarities, and not an adjusted p
    assert record["columns"]["rsa/similarity.npz"]["q"]["label"] == "similarities at Q"
    assert record["columns"]["adjustments/tokens.csv"]["surprisal"]["unit"] == "nats"


def test_the_guide_has_a_line_for_every_column(files):
    text = guide(files)
    for path, file in files.items():
        section = text.split(f"### {path}\n")[1].split("\n### ")[0]
        lines = [line for line in section.splitlines() if line.startswith("| `")]
        assert len(lines) == len(names_of(file))
        for line in lines:
            assert line.replace("\\|", "").count("|") == 5


def test_every_table_says_how_many_and_why_not(files):
    counts = {"n", "n_pairs", "n_words", "n_within", "n_permutations", "token_index", "index"}
    counts.add("target_index")
    for path, file in files.items():
        if isinstance(file, Table) and not path.startswith("continuation/"):
            assert counts & file.columns.keys(), path
        if isinstance(file, Table):
            numbers = [np.asarray(column) for column in file.columns.values()]
            undefined = np.zeros(len(file), dtype=bool)
            for column in numbers:
                if column.dtype.kind == "f":
                    undefined |= np.isnan(column)
            if undefined.any():
                reasons = np.array(file.columns["reason"])
                assert (reasons[undefined] != "").all(), path


def test_every_column_of_every_plot_is_explained(plots):
    assert plots.keys() == {plot_path(name) for name in PLOTS | OF_SWEEPS}
    unknown = {
        (path, name)
        for path, table in plots.items()
        for name in table.columns
        if column_of(name, path) is None
    }
    assert not unknown


def test_no_column_of_a_plot_is_explained_that_it_has_not(plots):
    for name, columns in OF_PLOT.items():
        assert columns.keys() <= plots[plot_path(name)].columns.keys(), name


def test_a_column_of_a_plot_is_not_taken_for_one_of_a_file(plots):
    """Both q and K, V, model and chain mean other things there."""
    of_pairs = labels_of(plots["plots/pairs"], "plots/pairs")
    assert of_pairs["q"] == "similarity at Q"
    of_candidates = labels_of(plots["plots/candidates"], "plots/candidates")
    assert of_candidates["model"] == "probability of the model"
    assert labels_of(plots["plots/laminar"], "plots/laminar")["q"].startswith("p, adjusted")


def test_the_data_of_a_figure_says_what_its_columns_hold(run):
    files = figure_files(run, [[Spec("pairs")]], formats=(), data_formats=("csv", "json"))
    head = files["figures/1-pairs.csv"].decode().splitlines()[0]
    record = json.loads(head.removeprefix("# laminoscope: "))
    (shown,) = record["figure"]
    names = files["figures/1-pairs.csv"].decode().splitlines()[1].split(",")
    assert list(shown["columns"]) == names
    assert shown["columns"]["q"]["label"] == "similarity at Q"
    labels = json.loads(files["figures/1-pairs.json"])["labels"]
    assert labels["q"] == "similarity at Q"


INTRODUCTION = """## Columns of tables

What every column holds that Laminoscope writes. A cell is empty where a number is undefined; the
column `reason` says why. The same dictionary is in the provenance of each file.
"""


def test_the_page_of_the_help_menu_is_the_dictionary(files, plots):
    ours = {path: file for path, file in files.items() if " of " not in path}
    scores = (*ours["rsa/laminar.csv"].columns, "tau_a", "rho_a", "ceiling_low", "ceiling_high")
    ours["rsa/laminar.csv"] = Table(dict.fromkeys(scores, ()))
    titles = {
        plot_path(name): f"{plot.title} ({name})" for name, plot in (PLOTS | OF_SWEEPS).items()
    }
    runs, drawn = guide(ours), guide(plots, titles)
    page = f"{INTRODUCTION}\n## Files of a run\n\n{runs}\n## Data of plots\n\n{drawn}"
    file = resource("guide", "columns.md")
    if os.environ.get("LAMINOSCOPE_WRITE_GUIDE"):
        file.write_text(page, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == page
