"""What came of a sweep, in tables over all of its cells.

They depend on the cells and on the order of the sweep file only: no time, host or process is in
them, and sums are done by the same number of threads, so that they are the same to the byte
whoever ran the cells, in whatever order.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from laminoscope_core.analysis.across_models import Result
from laminoscope_core.analysis.references import with_reference
from laminoscope_core.analysis.rsa_models_tables import mean_table, models_table
from laminoscope_core.atomic import write_atomically
from laminoscope_core.job import Job
from laminoscope_core.sweep.compare import SIMILARITIES, compared_models
from laminoscope_core.sweep.places import CELLS, FAILURES, KINDS, MEANS, MODELS, TABLES
from laminoscope_core.sweep.plan import Cell, Part
from laminoscope_core.sweep.threads import fixed_threads
from laminoscope_core.tables import Table, csv_line, plain_text

__all__ = ["gather", "write_failures"]

_KEYS = ("model", "carrier", "list", "table")
_RANKS = ("int", "float", "text")
_MODELS_COLUMNS = (
    "model", "site", "layer", "other_model", "other_site", "other_layer", "r", "n_words", "n",
    "reason", "carrier", "list",
)  # fmt: skip
_MEANS_COLUMNS = (
    "model", "site", "layer", "r", "low", "high", "ceiling_low", "ceiling_high", "n_words", "n",
    "reason", "carrier", "list",
)  # fmt: skip


def gather(
    out: Path, cells: Sequence[Cell], failures: Mapping[str, str], job: Job | None = None
) -> None:
    """Write the tables over all cells that are there.

    ``sweep.csv`` and ``sweep.parquet`` hold every line of every table of every cell;
    ``rsa/models.csv`` the scores of every two models, ``rsa/models_mean.csv`` the mean score of
    each with the others and its interval over models and words; ``failures.csv`` why models are
    missing.

    Parameters
    ----------
    out : Path
        The folder of the sweep.
    cells : sequence of Cell
        In the order of the sweep file.
    failures : mapping of str to str
        Why, by model.
    job : Job, optional
    """
    job = job or Job()
    there = [cell for cell in cells if cell.model not in failures]
    (out / "rsa").mkdir(exist_ok=True)
    write_failures(out, {cell.model: failures[cell.model] for cell in cells if cell not in there})
    with fixed_threads():
        _write_long(out, there, job.part(0.0, 0.4))
        _write_models(out, there, job.part(0.4, 1.0))


def write_failures(out: Path, failures: Mapping[str, str]) -> None:
    """Write why models are missing, by model; no line if none is."""
    table = Table({"model": list(failures), "message": list(failures.values())})
    write_atomically(out / FAILURES, table.to_bytes())


def _write_long(out: Path, cells: Sequence[Cell], job: Job) -> None:
    parts = [(cell, part) for cell in cells for part in cell.parts]
    folders = [out / CELLS / cell.name / part.folder for cell, part in parts]
    tables = [json.loads((folder / KINDS).read_text(encoding="utf-8")) for folder in folders]
    kinds = _merged([columns for each in tables for columns in each.values()])
    jobs = job.parts(2)

    def lines(job: Job) -> Iterator[dict[str, str]]:
        for number, ((cell, part), folder) in enumerate(zip(parts, folders, strict=True)):
            job.report(number / len(parts), f"gathering {cell.model}")
            for path in tables[number]:
                yield from _lines(cell, part, folder, path)

    write_atomically(out / f"{TABLES}.csv", partial(_write_csv, kinds, lines(jobs[0])))
    write_atomically(out / f"{TABLES}.parquet", partial(_write_parquet, kinds, lines(jobs[1])))


def _merged(several: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the kinds of the columns of all tables: the wider one where they differ."""
    kinds = dict.fromkeys(_KEYS, "text")
    for columns in several:
        for name, kind in columns.items():
            kinds[name] = max(kinds.get(name, "int"), kind, key=_RANKS.index)
    return kinds


def _lines(cell: Cell, part: Part, folder: Path, path: str) -> Iterator[dict[str, str]]:
    """Yield the lines of a table as they stand in its file, with what they are of."""
    of = {"model": cell.model, "list": part.words, "table": path}
    with (folder / path).open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield {"carrier": "", **line, **of}


def _write_csv(kinds: Mapping[str, str], lines: Iterator[dict[str, str]], file: BinaryIO) -> None:
    file.write(csv_line(list(kinds)).encode())
    for line in lines:
        file.write(csv_line([line.get(name, "") for name in kinds]).encode())


def _write_parquet(
    kinds: Mapping[str, str], lines: Iterator[dict[str, str]], file: BinaryIO
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"text": pa.string(), "int": pa.int64(), "float": pa.float64()}
    schema = pa.schema([pa.field(name, types[kind]) for name, kind in kinds.items()])
    with pq.ParquetWriter(file, schema) as writer:
        for block in _blocks(lines):
            columns = [
                pa.array([_value(line.get(name, ""), kind) for line in block], types[kind])
                for name, kind in kinds.items()
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _blocks(lines: Iterator[dict[str, str]], size: int = 2**16) -> Iterator[list[dict[str, str]]]:
    block = []
    for line in lines:
        block.append(line)
        if len(block) == size:
            yield block
            block = []
    if block:
        yield block


def _value(cell: str, kind: str) -> Any:
    """Return what a cell of a CSV file holds; a number that is not there is None."""
    if kind == "text":
        return plain_text(cell)
    return None if not cell else int(cell) if kind == "int" else float(cell)


def _write_models(out: Path, cells: Sequence[Cell], job: Job) -> None:
    lists = list(dict.fromkeys(part.words for cell in cells for part in cell.parts if part.words))
    results = [
        (name, compared_models(_folders(out, cells, name), part))
        for name, part in zip(lists, job.part(0.0, 0.5).parts(len(lists)), strict=True)
    ]
    write_atomically(
        out / MODELS, partial(_write_tables, _MODELS_COLUMNS, _tables_of_pairs(results))
    )
    means = _tables_of_means(results, job.part(0.5, 1.0))
    write_atomically(out / MEANS, partial(_write_tables, _MEANS_COLUMNS, means))


def _folders(out: Path, cells: Sequence[Cell], words: str) -> list[tuple[str, Path]]:
    found = [
        (cell.model, out / CELLS / cell.name / part.folder)
        for cell in cells
        for part in cell.parts
        if part.words == words
    ]
    return [(model, folder) for model, folder in found if (folder / SIMILARITIES).exists()]


def _tables_of_pairs(results: Sequence[tuple[str, Result]]) -> Iterator[Table]:
    """Yield a table for every two models, so that not all are in memory at once."""
    for name, result in results:
        for at in result.all_scores:
            for pair in at.pairs:
                yield _of_list(models_table(result, [replace(at, pairs=(pair,))]), name)


def _tables_of_means(results: Sequence[tuple[str, Result]], job: Job) -> Iterator[Table]:
    """Yield a table for each model of three or more: its mean scores with the others."""
    for (name, result), part in zip(results, job.parts(len(results)), strict=True):
        if result.scores.mean is None:
            continue
        for at, step in enumerate(part.parts(len(result.models))):
            of_model = with_reference(result, at, step) if at else result
            table = mean_table(of_model)
            of = {"model": [result.models[at].source] * len(table)}
            yield _of_list(Table({**of, **table.columns}), name)


def _of_list(table: Table, name: str) -> Table:
    return Table({**table.columns, "list": [name] * len(table)})


def _write_tables(columns: Sequence[str], tables: Iterator[Table], file: BinaryIO) -> None:
    """Write tables with the same columns one below the other."""
    header = csv_line(columns)
    file.write(header.encode())
    for table in tables:
        assert tuple(table.columns) == tuple(columns)
        file.write(table.to_csv().removeprefix(header).encode("utf-8", "backslashreplace"))
