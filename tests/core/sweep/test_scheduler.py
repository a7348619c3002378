"""Cells on a scheduler that somebody else has started."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from laminoscope_core.job import Job
from laminoscope_core.sweep import workers
from laminoscope_core.sweep.file import read_sweep, safe_name
from laminoscope_core.sweep.plan import cells_of
from laminoscope_core.sweep.run import run_sweep

from .conftest import serially, tables

pytest.importorskip("distributed")

MODELS = ("./gpt2", "./llama")


@pytest.fixture
def scheduler():
    """The address of a scheduler whose one worker has two threads."""
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("scheduler.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        yield process.stdout.readline().strip()
        process.stdin.close()
    assert process.returncode == 0


@pytest.fixture
def two_models(sweep_file):
    """A sweep file with two of the models."""
    text = sweep_file.read_text()
    start, stop = text.index("models = "), text.index("carriers = ")
    file = sweep_file.with_name("TWO.toml")
    file.write_text(f"{text[:start]}models = {list(MODELS)}\n{text[stop:]}")
    return file


def test_tables_are_those_of_a_serial_run(serial, two_models, scheduler, tmp_path):
    expected, out, told = tmp_path / "serial", tmp_path / "out", []
    for model in MODELS:
        cell = Path("cells", safe_name(model))
        shutil.copytree(serial[0] / cell, expected / cell)
    kept = run_sweep(two_models, expected, resume=True, run_cells=serially)
    assert kept.kept == 2
    job = Job(lambda fraction, text: told.append((fraction, text)))
    outcome = run_sweep(two_models, out, scheduler=scheduler, job=job)
    assert (outcome.finished, outcome.failures) == (2, {})
    assert tables(out) == tables(expected)
    assert any("./gpt2 (" in text for _, text in told)  # which step it is at
    assert [fraction for fraction, _ in told] == sorted(fraction for fraction, _ in told)


def running(workers_there, on_gpu=frozenset()):
    """Cells that are to be given to workers, and a client that tells of those."""
    there = {f"tcp://{at}": worker for at, worker in enumerate(workers_there)}
    client = SimpleNamespace(scheduler_info=lambda: {"workers": there})
    return workers._Running(Path(), "", set(on_gpu), False, lambda: None), client


@pytest.mark.parametrize("limits", [(), (0,), (4e9, 0), (4e9, 20e9)])
def test_a_cell_that_no_worker_has_room_for_is_not_given_to_one(limits, sweep_file, monkeypatch):
    cells = cells_of(read_sweep(sweep_file))
    needed = dict.fromkeys((cell.model for cell in cells), 3 * 10**9) | {"./llama": 24 * 10**9}
    monkeypatch.setattr(workers, "memory_needed", lambda cell: needed[cell.model])
    given, client = running([{"memory_limit": limit, "resources": {}} for limit in limits])
    fitting = given._fitting(client, cells)
    known = bool(limits) and 0 not in limits
    assert len(fitting) == len(cells) - known
    assert list(given.failures) == ["./llama"] * known
    if known:
        said = "It may take 24 GB of memory; the largest worker may take 20 GB."
        assert given.failures["./llama"] == said


@pytest.mark.parametrize("offered", [None, {}, {"GPU": 1}])
def test_a_cell_that_asks_for_a_gpu_does_not_wait_where_none_is_offered(
    offered, sweep_file, monkeypatch
):
    cells = cells_of(read_sweep(sweep_file))
    monkeypatch.setattr(workers, "memory_needed", lambda cell: 1)
    there = [] if offered is None else [{"memory_limit": 0, "resources": offered}]
    given, client = running(there, on_gpu=["./llama"])
    fitting = given._fitting(client, cells)
    assert (len(cells) - len(fitting), list(given.failures)) == (
        (1, ["./llama"]) if offered == {} else (0, [])
    )


def test_models_that_run_are_named_before_those_that_wait(sweep_file):
    cells, told = cells_of(read_sweep(sweep_file)), []
    given, _ = running([])
    job = Job(lambda fraction, text: told.append((round(fraction, 3), text)))
    given._report(5, cells, job)
    given._hear((0.0, ("./gemma3_text", 0.5, "layer 2")))
    given._report(5, cells, job)
    given._report(5, cells[3:4], job)
    names = "./gpt2, ./gpt_neox, ./nothing, …"
    assert told == [
        (0.0, f"5 models to go, none has begun: {names}"),
        (0.1, "5 models to go: ./gemma3_text (layer 2), ./gpt2, ./gpt_neox, …"),
        (0.9, "1 model to go: ./gemma3_text (layer 2)"),
    ]
