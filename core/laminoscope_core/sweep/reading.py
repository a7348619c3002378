"""The folder of a sweep, as it is shown: its cells, and what the models have in common."""

import csv
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import ValidationError

from laminoscope_core.analysis.models_mean import nearest_layers
from laminoscope_core.analysis.swept import Floats, Swept
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.job import Job
from laminoscope_core.section import problems
from laminoscope_core.sweep.file import OWN_WORDS, SweepFile, safe_name
from laminoscope_core.sweep.places import (
    CELLS,
    COMPLETE,
    FAILURES,
    MODELS,
    SESSION,
    SWEEP_FILE,
)
from laminoscope_core.sweep.plan import folder_of
from laminoscope_core.tables import plain_text
from laminoscope_core.text_files import read_text

__all__ = ["Row", "State", "SweepFolder", "read_folder"]

State = Literal["done", "failed", "missing"]

_LARGEST = 2**24
_MOST_SCORES = 2**28
"""Bytes of ``rsa/models.csv`` that are read for the map of models."""
_CURVES = "rsa/laminar.csv"


@dataclass(frozen=True)
class Row:
    """A cell as the folder shows it.

    Attributes
    ----------
    model : str
        As the sweep file names it.
    state : str
        ``"done"``, ``"failed"`` or ``"missing"``.
    n_layers : int
        0 if that is not known.
    words : mapping of str to int
        How many words it read, by list.
    message : str
        Why it failed.
    sessions : mapping of str to Path
        Files that the window opens, by list; that of what is of no words by an empty name.
    """

    model: str
    state: State
    n_layers: int = 0
    words: Mapping[str, int] | None = None
    message: str = ""
    sessions: Mapping[str, Path] | None = None


@dataclass(frozen=True, eq=False)
class SweepFolder:
    """The folder of a sweep.

    Attributes
    ----------
    path : Path
    rows : tuple of Row
        In the order of the sweep file.
    scores : Swept
    """

    path: Path
    rows: tuple[Row, ...]
    scores: Swept


def read_folder(path: Path, job: Job | None = None) -> SweepFolder:
    """Read what a sweep has written; cells may still be missing.

    Raises
    ------
    LaminoscopeError
        It is no folder of a sweep, or what is in it is not what a sweep writes.
    """
    job = job or Job()
    try:
        content = tomllib.loads(read_text(path / SWEEP_FILE, _LARGEST))
        file = SweepFile.model_validate(content)
        lists = tuple(file.lists) or (OWN_WORDS,)
        failures = {line["model"]: plain_text(line["message"]) for line in _lines(path / FAILURES)}
        rows = tuple(_row(path, model, lists, failures) for model in file.models)
        return SweepFolder(path, rows, _scores(path, rows, lists, job))
    except ValidationError as error:
        raise _damaged(path, problems(error)) from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _damaged(path, str(error) or type(error).__name__) from error


def _damaged(path: Path, why: str) -> LaminoscopeError:
    return LaminoscopeError(
        f"The sweep in {path} cannot be read: {why}.", "Run it again with --resume."
    )


def _row(path: Path, model: str, lists: Sequence[str], failures: Mapping[str, str]) -> Row:
    folder = path / CELLS / safe_name(model)
    if model in failures:
        return Row(model, "failed", message=failures[model])
    if not (folder / COMPLETE).is_file():
        return Row(model, "missing")
    sessions, words, n_layers = {}, {}, 0
    for name, part in _parts(folder, lists):
        record = json.loads(read_text(part / "provenance.json", 2**26))
        n_layers = int(record["model"]["n_layers"])
        if name:
            categories = record["experiment"]["words"]["categories"]
            words[name] = sum(map(len, categories.values()))
        if (part / SESSION).is_file():
            sessions[name] = part / SESSION
    return Row(model, "done", n_layers, words, "", sessions)


def _parts(cell: Path, lists: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield the name of each list that a cell has and the folder of its part."""
    places = [(name, cell / folder_of(name)) for name in (*lists, "")]
    return ((name, place) for name, place in places if place.is_dir())


def _scores(path: Path, rows: Sequence[Row], lists: Sequence[str], job: Job) -> Swept:
    done = [row for row in rows if row.state == "done"]
    places = {row.model: at for at, row in enumerate(done)}
    curves: dict[tuple[str, str, str, str], list[Floats]] = {}
    for at, row in enumerate(done):
        job.report(0.5 * at / len(done), f"reading {row.model}")
        for name, part in _parts(path / CELLS / safe_name(row.model), lists):
            for key, curve in _curves(part / _CURVES).items():
                curves.setdefault((name, *key), [np.full(1, np.nan)] * len(done))[at] = curve
    note, agreement = "", {}
    if (path / MODELS).is_file() and (path / MODELS).stat().st_size > _MOST_SCORES:
        note = f"{MODELS} is too large to be shown"
    else:
        agreement = _agreement(path / MODELS, places, [row.n_layers for row in done], job)
    carriers = tuple(dict.fromkeys(carrier for _, carrier, _, _ in curves))
    words = {name: n for row in done for name, n in (row.words or {}).items()}
    of_models = {key: tuple(each) for key, each in curves.items()}
    return Swept(tuple(places), words, carriers, of_models, agreement, note)


def _curves(path: Path) -> dict[tuple[str, str, str], Floats]:
    found: dict[tuple[str, str, str], dict[int, float]] = {}
    for line in _lines(path):
        key = plain_text(line["carrier"]), line["pair"], line["subset"]
        found.setdefault(key, {})[int(line["layer"])] = _number(line["r"])
    return {key: np.array([by[at] for at in sorted(by)]) for key, by in found.items()}


def _agreement(
    path: Path, places: Mapping[str, int], n_layers: Sequence[int], job: Job
) -> dict[tuple[str, str, str], Floats]:
    """Return mean scores over layers of the same relative depth; see `swept.Swept`."""
    n = len(places)
    sums: dict[tuple[str, str, str], Floats] = {}
    counts: dict[tuple[str, str, str], Floats] = {}
    near = [[nearest_layers(one, other) for other in n_layers] for one in n_layers]
    for number, line in enumerate(_lines(path)):
        if number % 100_000 == 0:
            job.report(0.5, "reading scores of models")
        one, other = (places[plain_text(line[name])] for name in ("model", "other_model"))
        if line["layer"] and near[one][other][int(line["layer"])] != int(line["other_layer"]):
            continue
        key = plain_text(line["list"]), plain_text(line["carrier"]), line["site"]
        cell = one, other
        sums.setdefault(key, np.zeros((n, n)))[cell] += _number(line["r"])
        counts.setdefault(key, np.zeros((n, n)))[cell] += 1
    for key in sums:
        with np.errstate(invalid="ignore"):
            upper = np.triu(sums[key] / counts[key], 1)
        sums[key] = upper + upper.T + np.eye(n)
    return sums


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a table, none if it is not there."""
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _number(cell: str) -> float:
    return float(cell) if cell else float("nan")
