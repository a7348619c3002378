"""A table as a file: CSV, TSV, JSON, NPZ or Parquet, with the provenance of its numbers inside.

Every format keeps numbers to the bit.  Where the provenance goes:

- CSV, TSV: one line before the header line, ``# laminoscope: {…}``; skip one line to read the
  table (``skiprows=1``).  A comma or semicolon inside its texts is written as an escape, so that
  a spreadsheet, which splits the line at them, finds no formula in it.
- JSON: the key ``provenance``, beside ``labels`` and ``columns``.  NaN is null, an infinity is
  the text ``"inf"`` or ``"-inf"``.
- NPZ: the member ``provenance``, JSON text; ``labels`` likewise.
- Parquet: the key ``laminoscope`` of the file's metadata.

Examples
--------
>>> table = Table({"word": ["sun"], "r": [0.1]})
>>> print(table_bytes(table, "csv", {"model": "gpt2"}).decode(), end="")
# laminoscope: {"model": "gpt2"}
word,r
sun,0.1
"""

import json
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.export.columns import labels_of
from laminoscope_core.strict_json import json_ready
from laminoscope_core.tables import Arrays, Table
from laminoscope_core.text import sound_text

__all__ = ["FORMATS", "ExportError", "column_array", "table_bytes", "write_table"]

FORMATS = ("csv", "tsv", "json", "npz", "parquet")

_LONGEST_TEXTS = 2**28
_OURS = ("labels", "provenance")


class ExportError(LaminoscopeError):
    """A table cannot be written as it was asked for."""


def write_table(
    table: Table | Arrays,
    path: str | Path,
    provenance: Mapping[str, Any] | None = None,
    *,
    mark: bool = False,
) -> Path:
    """Write a table, whole or not at all; the suffix says the format.

    Parameters
    ----------
    table : Table or Arrays
        Arrays can be written as NPZ only.
    path : str or Path
        Ends in one of `FORMATS`.
    provenance : mapping, optional
        As from `laminoscope_core.export.provenance.provenance`; goes into the file.
    mark : bool
        Begin CSV and TSV with a byte order mark, without which Excel takes them for another
        encoding.

    Returns
    -------
    Path
        Where it was written.

    Raises
    ------
    ExportError
        There is no such format, pyarrow is missing, or the table does not fit the format.
    OSError
        The file cannot be written.
    """
    path = Path(path)
    content = table_bytes(table, path.suffix.lower().removeprefix("."), provenance)
    if mark and path.suffix.lower() in (".csv", ".tsv"):
        content = BOM_UTF8 + content
    write_atomically(path, content)
    return path


def table_bytes(
    table: Table | Arrays, file_format: str, provenance: Mapping[str, Any] | None = None
) -> bytes:
    """Return the content of the file that `write_table` writes: the same bytes each time.

    Raises
    ------
    ExportError
        See `write_table`.
    """
    if file_format not in FORMATS:
        raise ExportError(
            f"Tables are not written as {file_format!r}.", f"Choose one of {', '.join(FORMATS)}."
        )
    if isinstance(table, Arrays):
        if file_format != "npz":
            raise ExportError(f"Arrays are not written as {file_format.upper()}.", "Choose NPZ.")
        return _npz(table.arrays, {}, provenance)
    if file_format in ("csv", "tsv"):
        text = table.to_csv() if file_format == "csv" else table.to_tsv()
        return (_comment(provenance) + text).encode("utf-8", "backslashreplace")
    if file_format == "json":
        return _json(table, provenance)
    columns = {name: column_array(column) for name, column in table.columns.items()}
    if file_format == "npz":
        return _npz(columns, labels_of(table), provenance)
    return _parquet(columns, labels_of(table), provenance)


def column_array(column: Sequence[Any] | NDArray[Any]) -> NDArray[Any]:
    """Return a column as an array: texts as objects, which keep every character.

    NumPy's own texts would lose NULs at their ends, and there is a token that is one.
    """
    if isinstance(column, np.ndarray) and column.dtype.kind in "biuf":
        return column
    values = column.tolist() if isinstance(column, np.ndarray) else list(column)
    if all(isinstance(value, str) for value in values):
        texts = np.empty(len(values), dtype=object)
        texts[:] = [sound_text(value) for value in values]
        return texts
    array = np.asarray(values)
    if array.dtype.kind not in "biuf":
        kinds = sorted({type(value).__name__ for value in values})
        raise ExportError(
            f"A column holds {', '.join(kinds)}; it cannot be written.", "Choose CSV or JSON."
        )
    return array


def _comment(provenance: Mapping[str, Any] | None) -> str:
    if provenance is None:
        return ""
    # a newline, which JSON never holds, stands for the commas of the structure meanwhile
    line = json.dumps(json_ready(provenance), separators=("\n", ": "), allow_nan=False)
    for sign in ",;=@|":
        line = line.replace(sign, f"\\u{ord(sign):04x}")
    return "# laminoscope: " + line.replace("\n", ", ") + "\n"


def _json(table: Table, provenance: Mapping[str, Any] | None) -> bytes:
    columns = []
    for name, column in table.columns.items():
        array = column_array(column)
        dtype = "str" if array.dtype == object else str(array.dtype)
        columns.append({"name": name, "dtype": dtype, "values": _json_values(array)})
    head = {"labels": labels_of(table), "provenance": provenance or {}}
    lines = [f'"{key}": {json.dumps(json_ready(value))}' for key, value in head.items()]
    content = ",\n".join(json.dumps(json_ready(c), ensure_ascii=False) for c in columns)
    return ("{\n" + ",\n".join([*lines, f'"columns": [\n{content}\n]']) + "\n}\n").encode()


def _json_values(array: NDArray[Any]) -> list[Any]:
    if array.dtype.kind == "f" and array.dtype != np.float64:
        return [float(str(value)) for value in array]  # its own shortest digits
    return list(array.tolist())


def _npz(
    arrays: Mapping[str, NDArray[Any]],
    labels: Mapping[str, str],
    provenance: Mapping[str, Any] | None,
) -> bytes:
    members: dict[str, NDArray[Any]] = {}
    for name, array in arrays.items():
        if name in _OURS:
            raise ExportError(
                f"An array must not be called {name!r} in an NPZ file.", "Choose another format."
            )
        members |= _texts(name, array) if array.dtype == object else {name: array}
    for name, value in zip(_OURS, (labels, provenance), strict=True):
        if value:
            members[name] = np.array(json.dumps(json_ready(value)))
    return Arrays(members).to_bytes()


def _texts(name: str, texts: NDArray[Any]) -> dict[str, NDArray[Any]]:
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    if 4 * lengths.size * lengths.max(initial=0) > _LONGEST_TEXTS:
        raise ExportError(
            f"The texts of the column {name!r} are too long for NPZ, which gives all of them the "
            "room of the longest.",
            "Choose CSV, JSON or Parquet.",
        )
    array = np.array(texts.tolist(), dtype=np.str_)
    if array.size and (np.char.str_len(array) != lengths).any():
        return {name: array, f"{name}_lengths": lengths}  # some end in NULs
    return {name: array}


def _parquet(
    columns: Mapping[str, NDArray[Any]],
    labels: Mapping[str, str],
    provenance: Mapping[str, Any] | None,
) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise ExportError(
            "Parquet files need the library pyarrow, which is not installed.",
            "Install laminoscope[parquet], or choose another format.",
        ) from None
    arrays = [
        pa.array(array, type=pa.string() if array.dtype == object else None)
        for array in columns.values()
    ]
    fields = [
        pa.field(name, array.type, metadata={"label": labels[name]} if name in labels else None)
        for name, array in zip(columns, arrays, strict=True)
    ]
    record = json.dumps({"labels": json_ready(labels), "provenance": json_ready(provenance or {})})
    table = pa.Table.from_arrays(arrays, schema=pa.schema(fields, {"laminoscope": record}))
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return bytes(sink.getvalue().to_pybytes())
