"""A sweep of four tiny models, one that cannot be opened, two carriers and two lists."""

import shutil

import pytest

from laminoscope_core.job import Job
from laminoscope_core.sweep.cell import run_cell
from laminoscope_core.sweep.run import run_sweep

MODELS = ("gpt2", "gpt_neox", "gemma3_text", "llama")
BROKEN = "./nothing"
EXPERIMENT = """
[words.categories]
own = ["a", "b", "c"]
[rsa]
sites = ["q", "k"]
"""
SWEEP = f"""
experiment = "experiment.toml"
models = {[f"./{name}" for name in (*MODELS[:2], BROKEN[2:], *MODELS[2:])]}
carriers = ["the next word is {{word}}", "a quiet {{word}}"]
[lists]
animals = "animals.csv"
"odd, = names" = "lists/others.csv"
"""
LISTS = {
    "animals.csv": "category,word\n"
    + "".join(f"{'pets' if n < 5 else 'wild'},animal{n}\n" for n in range(9)),
    "lists/others.csv": "-ing\nof\nor\nthe\nmoon\n",
}


@pytest.fixture(scope="session")
def sweep_file(tiny_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweep")
    for name in MODELS:
        shutil.copytree(tiny_folder(name), folder / name)
    (folder / "lists").mkdir()
    for name, text in {**LISTS, "experiment.toml": EXPERIMENT, "SWEEP.toml": SWEEP}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "SWEEP.toml"


def serially(cells, folder, command, job):
    """Run cells one after the other in this process."""
    failures = {}
    for cell in cells:
        job.report(0.0, cell.model)
        if message := run_cell(cell, str(folder), command):
            failures[cell.model] = message
    return failures


@pytest.fixture(scope="session")
def serial(sweep_file, tmp_path_factory):
    """The folder of the sweep run in this process, and how it ended."""
    out = tmp_path_factory.mktemp("serial") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("laminoscope_core.models.load.set_apart", lambda *_: None)
        return out, run_sweep(sweep_file, out, job=Job(), run_cells=serially)


def tables(out):
    """Return the content of all tables below a folder by their paths."""
    found = (path for path in out.rglob("*") if path.suffix in (".csv", ".parquet"))
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}
