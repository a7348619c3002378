"""Figures as files: with the numbers that they show, and where those come from."""

import json

import numpy as np
import pytest

from laminoscope_core import (
    Experiment,
    Spec,
    Style,
    figure_files,
    open_model,
    run_experiment,
    write_plot_data,
)
from laminoscope_core.analysis import rsa_chance, separability_chance
from laminoscope_core.export.folder import changed_files
from laminoscope_core.export.provenance import provenance
from laminoscope_core.export.run_files import write_run
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.plots import laminar

ROWS = [[Spec("laminar", laminar.View(layer=2))], [Spec("unity")]]


@pytest.fixture(scope="module")
def run(tiny_folder):
    experiment = Experiment.from_text("""
        [words.categories]
        space = ["galaxy", "comet", "moon"]
        furniture = ["sofa", "lamp", "door"]
    """)
    params = {
        "rsa-chance": rsa_chance.Params(19, 19),
        "separability-chance": separability_chance.Params(19),
    }
    model = open_model(str(tiny_folder("gpt2")), device="cpu")
    return run_experiment(model, experiment, params=params)


def test_a_figure_is_its_pictures_and_the_data_of_its_plots(run):
    files = figure_files(run, ROWS, Style(dpi=72), ("svg", "png"), ("csv", "json"))
    assert list(files) == [
        "figures/figure.svg", "figures/figure.png", "figures/1-laminar.csv",
        "figures/1-laminar.json", "figures/2-unity.csv", "figures/2-unity.json",
    ]  # fmt: skip
    assert files == figure_files(run, ROWS, Style(dpi=72), ("svg", "png"), ("csv", "json"))
    data = json.loads(files["figures/2-unity.json"])
    columns = {column["name"]: column["values"] for column in data["columns"]}
    within = run.results["rsa"].r[..., run.results["rsa"].subsets.index("within")]
    np.testing.assert_array_equal(np.array(columns["within"], np.float64), within.ravel())


def test_the_data_say_what_is_shown_of_which_run(run, tmp_path):
    path = write_plot_data(run, ROWS[0][0], tmp_path / "laminar.csv")
    comment = path.read_text(encoding="utf-8").splitlines()[0]
    record = json.loads(comment.removeprefix("# laminoscope: "))
    (shown,) = record.pop("figure")
    assert (shown["kind"], shown["view"]["layer"]) == ("laminar", 2)
    assert shown["labels"]["y direct"] == "Pearson r"
    assert record == json.loads(json.dumps(provenance(run)))


def test_the_files_of_a_figure_stand_in_the_record_of_the_folder(run, tmp_path):
    write_run(run, tmp_path, figure_files(run, ROWS, Style(dpi=72), ("png",)))
    record = json.loads((tmp_path / "provenance.json").read_text(encoding="utf-8"))
    assert {"figures/figure.png", "figures/2-unity.csv"} <= set(record["files"])
    assert changed_files(tmp_path) == ()


class TestStopping:
    def test_a_figure_reports_every_plot_and_is_the_same_however_long_it_is_watched(self, run):
        said = []
        job = Job(lambda fraction, text: said.append((fraction, text)))
        watched = figure_files(run, ROWS, Style(dpi=72), ("png",), job=job)
        assert watched == figure_files(run, ROWS, Style(dpi=72), ("png",))
        assert [text for _, text in said] == [
            *["drawing plot 1 of 2", "drawing plot 2 of 2"] * 2, "writing PNG",
            *["writing the data"] * 2,
        ]  # fmt: skip
        assert [fraction for fraction, _ in said] == sorted({fraction for fraction, _ in said})

    @pytest.mark.parametrize("at", range(6))
    def test_a_figure_can_be_cancelled_at_each_of_its_steps(self, run, at):
        said = []
        job = Job(lambda *report: said.append(report) or len(said) <= at or job.cancel())
        with pytest.raises(Cancelled):
            figure_files(run, ROWS, Style(dpi=72), ("png",), job=job)

    def test_a_cancelled_export_writes_nothing(self, run, tmp_path):
        job = Job(lambda *_: job.cancel())
        with pytest.raises(Cancelled):
            write_run(run, tmp_path / "out", job=job)
        assert not (tmp_path / "out").exists()
