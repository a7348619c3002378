"""The folder of a sweep as the window shows it, while the sweep runs or after it was damaged."""

import csv
import os
import re
import shutil

import numpy as np
import pytest

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.sweep.file import safe_name
from laminoscope_core.sweep.reading import read_folder

from .conftest import BROKEN

CELL = f"cells/{safe_name('./gpt2')}"
LIST = f"{CELL}/lists/animals"
FILES = (
    "SWEEP.toml", "failures.csv", "rsa/models.csv", "rsa/models_mean.csv", f"{CELL}/complete.json",
    f"{LIST}/provenance.json", f"{LIST}/rsa/laminar.csv",
)  # fmt: skip
HARMS = {
    "emptied": lambda content: b"",
    "cut": lambda content: content[: len(content) * 2 // 3],
    "other bytes": lambda content: os.urandom(5000),
    "NULs": lambda content: content[:50] + b"\0\n\0" + content[50:],
    "a huge cell": lambda content: content + b"x" * 200_000 + b",1\n",
    "nested": lambda content: b"[" * 100_000,
    "another kind": lambda content: b"[1, 2]",
    "no quote ends": lambda content: content.replace(b"\n", b'\n"', 1),
    "a line more": lambda content: content + b"a,b,c\n",
    "digits": lambda content: re.sub(rb"\d+", b"9" * 5000, content),
    "far numbers": lambda content: re.sub(rb"\b[12]\b", b"1e999", content),
    "below zero": lambda content: re.sub(rb"\b[12]\b", b"-1", content),
    "other words": lambda content: content.replace(b"e", b"o"),
}
INTERNALS = re.compile(
    r"codec|Error|object|literal|NoneType|subscriptable|recursion|limit|\bindex\b|line 0|attribute"
)
"""What Python says of itself."""


@pytest.fixture(scope="module")
def copied(serial, tmp_path_factory):
    return shutil.copytree(serial[0], tmp_path_factory.mktemp("copy") / "out")


@pytest.fixture
def out(copied):
    """The folder of the sweep, in which `FILES` may be changed."""
    before = {name: (copied / name).read_bytes() for name in FILES}
    yield copied
    for name, content in before.items():
        if (copied / name).is_dir():
            (copied / name).rmdir()
        (copied / name).write_bytes(content)


def states(folder):
    return {row.model: row.state for row in folder.rows}


@pytest.mark.parametrize("name", FILES)
def test_what_is_damaged_is_said_beside_what_is_there(name, out):
    file = out / name
    content = file.read_bytes()
    for harm, harmed in HARMS.items():
        file.write_bytes(harmed(content))
        try:
            folder = read_folder(out)
        except LaminoscopeError as error:
            said = [error.message]
            assert name == "SWEEP.toml", harm
        else:
            said = [row.message for row in folder.rows if row.state == "damaged"]
            said += folder.faults
            if name != "SWEEP.toml":
                others = ("./gpt_neox", "./gemma3_text", "./llama")
                assert {states(folder)[model] for model in others} == {"done"}, harm
        assert not [text for text in said if INTERNALS.search(text)], harm


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("failures.csv", (b"message", b"reason"), "it has no column message."),
        ("failures.csv", (b",", b";"), "it has no column model."),
        ("rsa/models.csv", (b",k,1,", b",k,9,"), "line 12: 9 is none of 3 layers."),
        ("rsa/models_mean.csv", (b",3,,the", b",x,,the"), "line 2: x is no number of things."),
        ("rsa/models_mean.csv", (b",q,1,", b",q,0,"), "a curve has 2 of 3 layers."),
        ("rsa/models.csv", (b"\n", b"\n\n"), "line 2: it has 0 cells under 12 columns."),
        (f"{LIST}/rsa/laminar.csv", (b"\n0,", b"\nx,"), "line 2: x is none of 3 layers."),
        (f"{LIST}/rsa/laminar.csv", (b"\n0,q-k,all,", b"\n0,q-k,other,"), "has 1 of 3 layers."),
        (f"{LIST}/provenance.json", (b'"n_layers": 3', b'"n_layers": 0'), "not 0."),
        (f"{LIST}/provenance.json", (b'"words": {', b'"words": null, "a": {'), "it has no words."),
        (f"{LIST}/provenance.json", (b"{", b""), "it is not JSON."),
        (f"{CELL}/complete.json", (b'"files"', b'"hashes"'), "not as it was written."),
    ],
)
def test_the_place_is_named(name, change, said, out):
    content = (out / name).read_bytes()
    assert change[0] in content
    (out / name).write_bytes(content.replace(*change, 1))
    folder = read_folder(out)
    (text,) = [*folder.faults, *(row.message for row in folder.rows if row.state == "damaged")]
    assert text.endswith(said)
    assert name.rpartition("/")[2] in text


@pytest.mark.parametrize("name", FILES[1:])
def test_a_file_that_is_gone_or_a_folder_is_said(name, out):
    (out / name).unlink()
    gone = read_folder(out)
    (out / name).mkdir()
    other = read_folder(out)
    for folder in (gone, other):
        damaged = [row.message for row in folder.rows if row.state == "damaged"]
        assert bool(damaged) == name.startswith("cells")
    assert bool(other.faults) == (not name.startswith("cells"))


def test_the_mean_of_each_model_with_the_others_is_read(out):
    lines = list(csv.DictReader((out / "rsa/models_mean.csv").open(newline="")))
    scores = read_folder(out).scores
    assert scores.models == ("./gpt2", "./gpt_neox", "./gemma3_text", "./llama")
    asked = {"list": "animals", "carrier": "a quiet {word}", "site": "k"}
    of_models = scores.means[tuple(asked.values())]
    assert list(of_models) == [0, 1, 2, 3]
    for at, model in enumerate(scores.models):
        mine = [line for line in lines if {**asked, "model": model}.items() <= line.items()]
        for name in ("r", "low", "high", "ceiling_low", "ceiling_high"):
            numbers = [float(line[name]) for line in mine]
            assert getattr(of_models[at], name).tolist() == numbers
        assert of_models[at].n_models == 3


def test_a_cell_that_is_gone_leaves_the_others(out):
    before = read_folder(out)
    away = (out / CELL).rename(out / "cells/.away")
    folder = read_folder(out)
    away.rename(out / CELL)
    assert states(folder) == {**states(before), "./gpt2": "missing"}
    assert folder.scores.models == before.scores.models[1:]
    for key, r in before.scores.agreement.items():
        np.testing.assert_array_equal(folder.scores.agreement[key], r[1:, 1:])
    assert folder.scores.note == ""


def test_while_a_changed_sweep_runs_the_old_cells_are_shown(out):
    file = out / "SWEEP.toml"
    text = file.read_text()
    file.write_text(text.replace("'./gpt2', './gpt_neox'", "'./gpt_neox', './new'"))
    folder = read_folder(out)
    assert states(folder) == {
        "./gpt_neox": "done", "./new": "missing", BROKEN: "failed",
        "./gemma3_text": "done", "./llama": "done",
    }  # fmt: skip
    assert {r.shape for r in folder.scores.agreement.values()} == {(3, 3)}
    file.write_text(text.replace('"odd, = names"', '"more"'))
    folder = read_folder(out)
    messages = {row.message for row in folder.rows if row.state == "missing"}
    assert messages == {"It was run without the list more."}
    assert set(folder.scores.words) == {key[0] for key in folder.scores.agreement} == {"animals"}
    file.write_text(text.replace("animals", "birds").replace('"odd, = names"', '"more"'))
    folder = read_folder(out)
    assert {row.message for row in folder.rows[:2]} == {"It was run with other word lists."}
    assert folder.scores.models == ()
    file.write_text(text.replace("a quiet", "a loud"))
    assert "other carrier sentences" in read_folder(out).rows[0].message


def test_models_that_were_finished_since_the_scores_were_written_are_counted(out):
    table = out / "rsa/models.csv"
    lines = table.read_text().splitlines(keepends=True)
    table.write_text("".join(line for line in lines if "./llama" not in line))
    folder = read_folder(out)
    assert folder.scores.note == "rsa/models.csv lacks 1 model"
    (r, *_) = folder.scores.agreement.values()
    assert np.isnan(r[-1, :-1]).all()
    assert np.isfinite(r[:-1, :-1]).all()
    table.unlink()
    assert read_folder(out).scores.note == "rsa/models.csv is written when the sweep ends"
