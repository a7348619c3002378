"""The dictionary of columns: nothing that is written stays unexplained."""

import json
from dataclasses import replace

import numpy as np
import pytest

from laminoscope_core.analysis import rsa
from laminoscope_core.export.columns import COLUMNS, OF_TABLE, column_of, dictionary_of, guide
from laminoscope_core.export.run_files import run_tables, write_run
from laminoscope_core.tables import Table

from ..session.conftest import tiny_run


@pytest.fixture(scope="module")
def run():
    """All sections, and so the tables of all analyses."""
    return tiny_run()


@pytest.fixture(scope="module")
def files(run):
    """All files that any parameters lead to."""
    files = dict(run_tables(run))
    for correlation in ("kendall_tau_a", "rho_a"):
        scores = replace(run.results["rsa"], params=rsa.Params(correlation))
        files[f"rsa/laminar.csv of {correlation}"] = rsa.tables(scores)["rsa/laminar.csv"]
    return files


def names_of(file):
    return list(file.columns if isinstance(file, Table) else file.arrays)


def test_every_column_of_every_table_is_explained(files):
    assert len(files) == 17
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
    of_layers = record["columns"]["rsa/chance.csv"]
    assert list(of_layers)[-1] == "reason"
    assert "all curves" in of_layers["q_all"]["meaning"]
    # the same letter means a site among the similarities, and not an adjusted p
    assert record["columns"]["rsa/similarity.npz"]["q"]["label"] == "similarities at Q"
    assert record["columns"]["adjustments/tokens.csv"]["surprisal"]["unit"] == "nats"


def test_the_guide_has_a_line_for_every_column(files):
    text = guide(files)
    for path, file in files.items():
        section = text.split(f"### `{path}`\n")[1].split("\n### ")[0]
        lines = [line for line in section.splitlines() if line.startswith("| `")]
        assert len(lines) == len(names_of(file))
        for line in lines:
            assert line.replace("\\|", "").count("|") == 4


def test_every_table_says_how_many_and_why_not(files):
    counts = {"n", "n_pairs", "n_words", "n_within", "n_permutations", "token_index", "index"}
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
