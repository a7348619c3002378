"""Sweeps over tiny models: on Dask with dying workers, gone on with, gathered."""

import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from laminoscope_core.analysis.references import with_reference
from laminoscope_core.analysis.rsa_models_tables import mean_table
from laminoscope_core.errors import ExperimentError
from laminoscope_core.experiment import Experiment
from laminoscope_core.job import Job
from laminoscope_core.sweep.cell import run_cell
from laminoscope_core.sweep.compare import compared_models
from laminoscope_core.sweep.complete import why_to_run
from laminoscope_core.sweep.file import read_sweep, safe_name
from laminoscope_core.sweep.plan import cells_of
from laminoscope_core.sweep.run import WrongPlace, run_sweep

from .conftest import BROKEN, MODELS, serially, tables

pytest.importorskip("distributed")


def lines(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(cells):
    """Return which file of a finished cell was written when."""
    found = {path: path.stat() for path in cells.glob("[!.]*/**/*")}
    return {path: (status.st_ino, status.st_mtime_ns) for path, status in found.items()}


class TestSerial:
    def test_a_model_that_cannot_be_opened_fails_alone(self, serial):
        out, outcome = serial
        assert (outcome.finished, outcome.status) == (4, 1)
        assert list(outcome.failures) == [BROKEN]
        (failure,) = lines(out / "failures.csv")
        assert failure["model"] == BROKEN
        assert "There is no file or folder" in failure["message"]
        assert not [path for path in (out / "cells").iterdir() if path.name.startswith(".")]

    def test_every_line_of_every_cell_is_gathered(self, serial):
        out, _ = serial
        found = lines(out / "sweep.csv")
        assert list(found[0])[:4] == ["model", "carrier", "list", "table"]
        models = [f"./{name}" for name in MODELS]
        assert list(dict.fromkeys(line["model"] for line in found)) == models
        names = {"animals": "animals", "odd, = names": safe_name("odd, = names")}
        for name, folder in names.items():
            for model in models:
                cell = out / "cells" / safe_name(model) / "lists" / folder
                for path in cell.rglob("*.csv"):
                    of = {"model": model, "list": name, "table": path.relative_to(cell).as_posix()}
                    mine = [line for line in found if of.items() <= line.items()]
                    assert len(mine) == len(lines(path)) > 0
                    for one, other in zip(mine, lines(path), strict=True):
                        assert other.items() <= one.items()

    def test_parquet_holds_the_same(self, serial):
        import pyarrow.parquet as pq

        out, _ = serial
        table = pq.read_table(out / "sweep.parquet").to_pydict()
        found = lines(out / "sweep.csv")
        assert list(table) == list(found[0])
        assert [f"'{word}" if word == "-ing" else word for word in table["word"]] == [
            line["word"] for line in found
        ]
        for name in ("r", "layer", "n_tokens"):
            numbers = [None if line[name] == "" else float(line[name]) for line in found]
            assert table[name] == numbers
        assert isinstance(table["layer"][-1], int)

    def test_scores_of_two_models_are_those_of_their_matrices(self, serial):
        out, _ = serial
        found = lines(out / "rsa/models.csv")
        a, b = "./gpt_neox", "./llama"
        asked = {
            "model": a, "other_model": b, "site": "k", "layer": "1", "other_layer": "2",
            "list": "animals",
        }  # fmt: skip
        mine = [line for line in found if asked.items() <= line.items()]
        assert [line["carrier"] for line in mine[:2]] == [
            "the next word is {word}",
            "a quiet {word}",
        ]
        pairs = np.triu_indices(9, 1)
        scores = []
        for at in range(2):
            x, y = (
                np.load(out / "cells" / safe_name(m) / "lists/animals/rsa/similarity.npz")["k"]
                for m in (a, b)
            )
            scores.append(np.corrcoef(x[at, 1][pairs], y[at, 2][pairs])[0, 1])
        expected = [*scores, np.mean(scores)]
        assert [float(line["r"]) for line in mine] == pytest.approx(expected, rel=1e-6)
        assert {line["n"] for line in mine} == {"36"}
        of_pairs = {(line["model"], line["other_model"]) for line in found}
        assert len(of_pairs) == 1 + 4 * 3 // 2

    def test_every_model_has_a_mean_with_the_others_as_if_it_were_the_first(self, serial):
        out, _ = serial
        found = [line for line in lines(out / "rsa/models_mean.csv") if line["list"] == "animals"]
        models = [f"./{name}" for name in MODELS]
        assert list(dict.fromkeys(line["model"] for line in found)) == models
        assert all(float(x["low"]) < float(x["r"]) < float(x["high"]) for x in found)
        for model in models:
            order = [model, *(other for other in models if other != model)]
            folders = [out / "cells" / safe_name(each) / "lists/animals" for each in order]
            result = compared_models(list(zip(order, folders, strict=True)))
            columns = mean_table(result).columns
            mine = [line for line in found if line["model"] == model]
            assert [line["layer"] for line in mine] == list(columns["layer"])
            for name in ("r", "low", "high", "ceiling_low", "ceiling_high"):
                numbers = [float(line[name]) for line in mine]
                np.testing.assert_allclose(numbers, columns[name], rtol=1e-9)
            again = mean_table(with_reference(result, 0, Job())).columns
            np.testing.assert_array_equal(again["low"], columns["low"])

    def test_a_cell_says_how_it_came_about(self, serial, sweep_file):
        out, _ = serial
        cell = out / "cells" / safe_name("./gpt2")
        experiment = Experiment.from_file(cell / "experiment.toml")
        assert experiment.model.source == str(sweep_file.parent / "gpt2")
        assert experiment.words.carriers == ("the next word is {word}", "a quiet {word}")
        assert (cell / "command.txt").read_text().startswith("laminoscope sweep ")
        of_list = Experiment.from_file(cell / "lists/animals/experiment.toml")
        assert len(of_list.words.words) == 9

    def test_a_cell_is_what_a_run_writes(self, serial, sweep_file, tmp_path):
        from laminoscope_core import open_model, run_experiment, write_run

        out, _ = serial
        folder = out / "cells" / safe_name("./llama") / "lists/animals"
        experiment = Experiment.from_file(folder / "experiment.toml")
        write_run(run_experiment(open_model(experiment.model.source), experiment), tmp_path)
        assert tables(tmp_path) == tables(folder)


class TestResume:
    def test_a_folder_that_is_not_empty_is_refused(self, serial, sweep_file):
        with pytest.raises(WrongPlace, match="not empty"):
            run_sweep(sweep_file, serial[0], run_cells=serially)

    def test_cells_that_match_are_not_touched(self, serial, sweep_file):
        out, _ = serial
        before = tables(out), written(out / "cells")
        again = run_sweep(sweep_file, out, resume=True, run_cells=serially)
        assert (again.finished, again.kept, again.status) == (4, 4, 1)
        assert before == (tables(out), written(out / "cells"))

    @pytest.mark.parametrize("harm", ["changed", "missing", "added", "unsealed"])
    def test_a_cell_that_is_not_what_was_written_is_run(self, harm, serial, sweep_file, tmp_path):
        cell = cells_of(read_sweep(sweep_file))[0]
        folder = shutil.copytree(serial[0] / "cells" / cell.name, tmp_path / "cell")
        assert why_to_run(cell, folder) == ""
        table = folder / "lists/animals/rsa/laminar.csv"
        if harm == "changed":
            table.write_bytes(table.read_bytes().replace(b"0", b"1", 1))
        elif harm == "missing":
            table.unlink()
        elif harm == "added":
            (folder / "more.csv").touch()
        else:
            (folder / "complete.json").unlink()
        assert why_to_run(cell, folder) == "its files are not what was written"

    def test_with_a_changed_file_only_what_differs_is_run(self, serial, sweep_file, tmp_path):
        out = shutil.copytree(serial[0], tmp_path / "out")
        text, other = sweep_file.read_text(), sweep_file.with_name("OTHER.toml")
        asked, said = [], []

        def none(cells, folder, command, job):
            asked.append([cell.model for cell in cells])
            return {cell.model: "not now" for cell in cells}

        other.write_text(text.replace("'./gpt2', ", "").replace("'./llama'", "'./llama', 'new'"))
        outcome = run_sweep(other, out, resume=True, run_cells=none, say=said.append)
        assert asked.pop() == [BROKEN, "new"]
        assert outcome.finished == 3
        assert "./llama: kept" in said
        assert any(safe_name("./gpt2") in text and "left as it is" in text for text in said)
        other.write_text(text.replace("a quiet {word}", "a loud {word}"))
        outcome = run_sweep(other, out, resume=True, run_cells=none, say=said.append)
        assert len(asked.pop()) == 5
        assert said[-1].endswith("the sweep asks for something else than was run")
        assert outcome.status == 2
        assert len(lines(out / "failures.csv")) == 5
        assert lines(out / "sweep.csv") == lines(out / "rsa/models.csv") == []


def workers():
    """Return the processes of this one that run cells."""
    found = []
    for process in psutil.Process().children():
        try:
            if "spawn_main" in " ".join(process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found


def kill_some(n, rng, longest, ended, killed):
    """Kill workers at random moments until there were so many, or the sweep has ended."""
    while len(killed) < n and not ended.wait(rng.uniform(0, longest)):
        if found := workers():
            victim = rng.choice(found)
            os.kill(victim.pid, signal.SIGKILL)
            killed.append(victim.pid)


def with_deaths(sweep_file, out, n, rng, longest, resume=False):
    ended, killed = threading.Event(), []
    killer = threading.Thread(target=kill_some, args=(n, rng, longest, ended, killed))
    killer.start()
    try:
        return run_sweep(sweep_file, out, workers=2, resume=resume), killed
    finally:
        ended.set()
        killer.join()


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
class TestWorkers:
    def test_a_killed_program_is_gone_on_with_while_workers_die(
        self, serial, sweep_file, tmp_path, run_seed
    ):
        out, first = tmp_path / "out", safe_name("./gpt2")
        options = ["--out", out, "--workers", "1"]  # each loads torch
        program = subprocess.Popen(
            [sys.executable, "-m", "laminoscope", "sweep", sweep_file, *options],
            stderr=subprocess.DEVNULL,
        )
        try:
            while not (out / "cells" / first).exists():
                assert program.poll() is None
                time.sleep(0.05)
        finally:
            program.kill()
            program.wait()
        cells = out / "cells"
        before = written(cells)
        there = {path.name for path in cells.glob("[!.]*")}
        outcome, killed = with_deaths(sweep_file, out, 1, random.Random(run_seed), 5.0, resume=True)
        assert killed
        assert outcome.kept == len(there) > 0
        assert before.items() <= written(cells).items()
        assert outcome.failures == serial[1].failures
        assert tables(out) == tables(serial[0])
        assert {path.name for path in cells.iterdir()} == {safe_name(f"./{m}") for m in MODELS}

    @pytest.mark.exhaustive
    def test_thirty_deaths_lose_no_cell(self, serial, sweep_file, tmp_path, run_seed):
        rng, n_killed, n_sweeps = random.Random(run_seed), 0, 0
        while n_killed < 30:
            out = tmp_path / str(n_sweeps)
            outcome, killed = with_deaths(sweep_file, out, 3, rng, 5.0)
            assert outcome == serial[1]
            assert tables(out) == tables(serial[0])
            n_killed, n_sweeps = n_killed + len(killed), n_sweeps + 1


class TestFile:
    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (("experiment = ", "experimant = "), "experiment: missing; experimant: unknown key"),
            (('"experiment.toml"', '"none.toml"'), "experiment: there is no file"),
            (('"experiment.toml"', "3"), "experiment: it must be a text, not 3"),
            (("'./gpt2', './gpt_neox'", "'./gpt2', './gpt2'"), "'./gpt2' appears twice"),
            (("models = ", "models = 'x' #"), "models: it must be a list, not 'x'"),
            (("models = ", "models = [] #"), "models: there are no models"),
            (("a quiet {word}", "a quiet"), "carriers: carriers: the carrier sentence must"),
            (('"animals.csv"', '"none.csv"'), "lists.animals: "),
            (('"animals.csv"', '"gpt2/config.json"'), "lists.animals: config.json cannot"),
            (('"animals.csv"', '""'), "the list 'animals' names no file"),
            (("[lists]", "[lists"), "is not valid TOML"),
        ],
    )
    def test_what_is_wrong_is_named(self, change, said, sweep_file):
        bad = sweep_file.with_name("BAD.toml")
        text = sweep_file.read_text()
        assert change[0] in text
        bad.write_text(text.replace(*change))
        with pytest.raises(ExperimentError) as error:
            read_sweep(bad)
        assert said in str(error.value)
        assert "BAD.toml" in str(error.value)

    def test_without_lists_the_words_of_the_experiment_are_one(self, sweep_file, tmp_path):
        (tmp_path / "SWEEP.toml").write_text('experiment = "words-qkv"\nmodels = ["gpt2"]')
        sweep = read_sweep(tmp_path / "SWEEP.toml")
        assert {name: len(words.words) for name, words in sweep.lists.items()} == {"words": 34}
        (cell,) = cells_of(sweep)
        assert (cell.name, cell.parts[0].folder) == ("gpt2", "lists/words")

    def test_what_is_of_no_words_is_a_part_of_its_own(self, tmp_path):
        (tmp_path / "e.toml").write_text(
            '[words.categories]\na = ["x", "y"]\n[text]\ncontent = "some text"\n'
            '[rsa]\nmodels = ["gpt2"]\n'
        )
        (tmp_path / "SWEEP.toml").write_text('experiment = "e.toml"\nmodels = ["m"]')
        (cell,) = cells_of(read_sweep(tmp_path / "SWEEP.toml"))
        words, texts = (Experiment.from_text(part.experiment) for part in cell.parts)
        assert (words.text, texts.words) == (None, None)
        assert words.rsa.models == ()  # the sweep compares its models itself
        assert [part.words for part in cell.parts] == ["words", ""]

    @pytest.mark.parametrize(
        ("one", "other"),
        [("a/b", "a-b"), ("Gpt2", "gpt2"), ("é", "e"), ("con", "con.x"), ("x" * 90, "x" * 91)],
    )
    def test_names_are_safe_and_distinct(self, one, other):
        names = [safe_name(text) for text in (one, other)]
        assert names[0].lower() != names[1].lower()
        for name in names:
            assert name.isascii()
            assert len(name) <= 60
            assert not {*'<>:"/\\|?* '} & {*name}
        assert Path(names[0]).stem != "con"

    def test_a_fault_of_ours_in_a_cell_is_its_message(self, sweep_file, tmp_path, monkeypatch):
        def fail(*_, **__):
            raise RuntimeError("no\nmore")

        monkeypatch.setattr("laminoscope_core.sweep.cell.open_model", fail)
        cell = cells_of(read_sweep(sweep_file))[0]
        assert run_cell(cell, str(tmp_path), "") == "Unexpected RuntimeError: no"
        assert not list(tmp_path.iterdir())
