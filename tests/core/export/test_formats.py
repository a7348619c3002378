"""Every format gives back every number to the bit and every text, and says where they come from.

The readers here are the formats' own: csv, json, numpy and pyarrow.
"""

import csv
import io
import json
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from pyarrow import parquet

from laminoscope_core.export.formats import FORMATS, ExportError, table_bytes, write_table
from laminoscope_core.tables import Arrays, Table, plain_text

RECORD = {"model": {"source": "gpt2"}, "words": ("sun", "x,=1+1;=2+2"), "p": float("nan")}
AS_JSON = {"model": {"source": "gpt2"}, "words": ["sun", "x,=1+1;=2+2"], "p": None}
DTYPES = {"x": np.float64, "y": np.float32, "n": np.int64, "b": np.bool_}

texts = st.text(st.characters(codec="utf-8"), max_size=8)


@st.composite
def tables(draw):
    n = draw(st.integers(1, 6))
    columns = {name: draw(arrays.arrays(dtype, n)) for name, dtype in DTYPES.items()}
    return Table({**columns, "word": draw(st.lists(texts, min_size=n, max_size=n))})


def from_csv(content, dialect="excel"):
    lines = io.StringIO(content.decode("utf-8"), newline="")
    comment = lines.readline()
    names, *rows = csv.reader(lines, dialect, strict=True)
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    found = {
        name: np.array([cell or "nan" for cell in columns[name]]).astype(dtype)
        for name, dtype in DTYPES.items()
        if name != "b"
    }
    found["b"] = np.array([cell == "True" for cell in columns["b"]])
    found["word"] = [plain_text(cell) for cell in columns["word"]]
    return found, json.loads(comment.removeprefix("# laminoscope: "))


def from_tsv(content):
    return from_csv(content, "excel-tab")


def _refuse(name):
    raise AssertionError(f"{name} is not strict JSON")


def from_json(content):
    file = json.loads(content, parse_constant=_refuse)
    found = {}
    for column in file["columns"]:
        values = column["values"]
        if column["dtype"] != "str":
            values = [np.nan if value is None else value for value in values]
            values = np.array(values, dtype=column["dtype"])
        found[column["name"]] = values
    return found, file["provenance"]


def from_npz(content):
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        found = {name: file[name] for name in file.files}
    words = found["word"].tolist()
    if "word_lengths" in found:
        lengths = found["word_lengths"]
        words = [word.ljust(n, "\0") for word, n in zip(words, lengths, strict=True)]
    return {**found, "word": words}, json.loads(str(found["provenance"]))


def from_parquet(content):
    table = parquet.read_table(io.BytesIO(content))
    found = {name: table[name].to_numpy() for name in DTYPES}
    record = json.loads(table.schema.metadata[b"laminoscope"])
    return {**found, "word": table["word"].to_pylist()}, record["provenance"]


READERS = {
    "csv": from_csv, "tsv": from_tsv, "json": from_json, "npz": from_npz, "parquet": from_parquet,
}  # fmt: skip


def test_every_format_has_a_reader_here():
    assert set(READERS) == set(FORMATS)


def same_bits(a, b):
    """NaN equals NaN whatever its payload; −0 differs from 0."""
    assert a.dtype == b.dtype
    return np.array_equal(np.isnan(a), np.isnan(b)) and (
        a[~np.isnan(a)].tobytes() == b[~np.isnan(b)].tobytes()
    )


@pytest.mark.parametrize("file_format", FORMATS)
@settings(deadline=None)
@given(table=tables())
def test_every_number_and_every_text_comes_back(file_format, table):
    found, record = READERS[file_format](table_bytes(table, file_format, RECORD))
    for name in DTYPES:
        assert same_bits(np.asarray(found[name]), table.columns[name])
    assert found["word"] == table.columns["word"]
    assert record == AS_JSON


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_same_table_is_the_same_bytes(file_format):
    table = Table({"word": ["sun"], "r": [0.1]}, {"r": "Pearson r"})
    assert table_bytes(table, file_format, RECORD) == table_bytes(table, file_format, RECORD)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_spreadsheet_finds_a_formula_in_the_provenance(separator):
    hostile = {"words": ["a,=1+1", "a;=1+1", "a\t=1+1", "=1", "x,@y", "|calc"], "n": -1}
    first_line = table_bytes(Table({"r": [1.0]}), "csv", hostile).decode().splitlines()[0]
    cells = [cell.strip('" []{}') for cell in first_line.split(separator)]
    assert not any(cell.startswith(("=", "+", "@", "|")) for cell in cells)
    assert json.loads(first_line.removeprefix("# laminoscope: ")) == hostile


@pytest.mark.parametrize("file_format", FORMATS)
def test_labels_with_units_stay_with_the_columns_where_the_format_has_room(file_format):
    labels = {"r": "RSA score (Pearson r)"}
    content = table_bytes(Table({"r": [0.5]}, labels), file_format)
    if file_format == "json":
        assert json.loads(content)["labels"] == labels
    elif file_format == "npz":
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            assert json.loads(str(file["labels"])) == labels
    elif file_format == "parquet":
        field = parquet.read_table(io.BytesIO(content)).schema.field("r")
        assert field.metadata == {b"label": labels["r"].encode()}
    else:
        assert content == b"r\n0.5\n"


@pytest.mark.parametrize("file_format", FORMATS)
def test_half_a_character_is_written_out(file_format):
    assert b"\\ud800" in table_bytes(Table({"w": ["a\ud800"]}), file_format).replace(b"\0", b"")


def test_a_table_without_lines_keeps_its_columns():
    table = Table({"word": [], "r": np.empty(0)})
    assert table_bytes(table, "csv") == b"word,r\n"
    columns = json.loads(table_bytes(table, "json"))["columns"]
    assert [(c["name"], c["dtype"], c["values"]) for c in columns] == [
        ("word", "str", []), ("r", "float64", []),
    ]  # fmt: skip


def test_the_suffix_says_the_format(tmp_path):
    table = Table({"r": [0.5]})
    assert write_table(table, tmp_path / "a.TSV").read_bytes() == b"r\n0.5\n"
    with pytest.raises(ExportError, match="not written as 'xls'"):
        write_table(table, tmp_path / "a.xls")
    assert [file.name for file in tmp_path.iterdir()] == ["a.TSV"]


def test_arrays_are_written_as_npz_with_their_provenance_only(tmp_path):
    path = write_table(Arrays({"q": np.eye(2)}), tmp_path / "q.npz", {"model": "gpt2"})
    with np.load(path, allow_pickle=False) as file:
        assert file["q"].tolist() == [[1, 0], [0, 1]]
        assert json.loads(str(file["provenance"])) == {"model": "gpt2"}
    with pytest.raises(ExportError, match="not written as CSV"):
        write_table(Arrays({}), tmp_path / "q.csv")


def test_what_npz_cannot_hold_is_refused():
    with pytest.raises(ExportError, match="must not be called 'provenance'"):
        table_bytes(Table({"provenance": [1]}), "npz")
    with pytest.raises(ExportError, match="too long for NPZ"):
        table_bytes(Table({"prompt": ["x" * 100_000] * 1000}), "npz")


def test_a_column_of_several_kinds_is_refused():
    with pytest.raises(ExportError, match="holds NoneType, str"):
        table_bytes(Table({"w": ["a", None]}), "json")


def test_without_pyarrow_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"Install laminoscope\[parquet\]"):
        table_bytes(Table({"r": [0.5]}), "parquet")


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_mark_is_written_where_it_is_asked_for_and_means_something(tmp_path, file_format):
    table = Table({"word": ["梨"], "r": [0.5]})
    plain = write_table(table, tmp_path / f"plain.{file_format}").read_bytes()
    marked = write_table(table, tmp_path / f"marked.{file_format}", mark=True).read_bytes()
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert marked == (b"\xef\xbb\xbf" if file_format in ("csv", "tsv") else b"") + plain
