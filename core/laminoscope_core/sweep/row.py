"""A cell as the folder of a sweep shows it: what there is of it, or what is wrong with it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel, Field, ValidationError

from laminoscope_core.analysis.swept import Floats
from laminoscope_core.errors import ExperimentError
from laminoscope_core.export.folder import PROVENANCE
from laminoscope_core.section import problems
from laminoscope_core.sweep.complete import missing_files
from laminoscope_core.sweep.file import OWN_WORDS, SweepFile, safe_name
from laminoscope_core.sweep.lines import Damaged, correlation, layer_of, parsed_lines
from laminoscope_core.sweep.places import CELLS, COMPLETE, SESSION
from laminoscope_core.sweep.plan import folder_of
from laminoscope_core.tables import plain_text
from laminoscope_core.text_files import read_bytes
from laminoscope_core.words_section import WordsSection

__all__ = ["Row", "ShownCell", "State", "read_cell"]

State = Literal["done", "failed", "missing", "damaged"]
Key = tuple[str, str, str]

_LARGEST_RECORD = 2**26
_MOST_LAYERS = 10_000
_CURVES = "rsa/laminar.csv"
_COLUMNS = ("layer", "pair", "subset", "carrier", "r")


@dataclass(frozen=True)
class Row:
    """A line of the table of cells.

    Attributes
    ----------
    model : str
        As the sweep file names it.
    state : str
        ``"done"``, ``"failed"``, ``"missing"`` (also if it was run for another sweep file) or
        ``"damaged"``.
    n_layers : int
        0 if that is not known.
    words : mapping of str to int
        How many words it read, by list.
    message : str
        Why it is not done, in words; may be empty.
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
class ShownCell:
    """What there is of a cell.

    Attributes
    ----------
    row : Row
    curves : mapping of str to mapping of (carrier, pair of sites, subset) to float64 array
        By list, RSA scores (n_layers,); empty if nothing of the cell can be shown.
    """

    row: Row
    curves: Mapping[str, Mapping[Key, Floats]]


class _Model(BaseModel, strict=True):
    n_layers: int = Field(ge=1, le=_MOST_LAYERS)


class _Experiment(BaseModel):
    words: WordsSection | None


class _Record(BaseModel):
    """What is read of the record of a run."""

    model: _Model
    experiment: _Experiment


def read_cell(path: Path, model: str, file: SweepFile) -> ShownCell:
    """Return what the folder of a sweep has of a model, as far as its sweep file asks for it.

    Files are looked for, and read where they are shown; their hashes are not computed.
    """
    folder = path / CELLS / safe_name(model)
    if not folder.is_dir():
        return ShownCell(Row(model, "missing"), {})
    try:
        return _read(folder, model, file)
    except Damaged as error:
        return ShownCell(Row(model, "damaged", message=f"{error}."), {})


def _read(folder: Path, model: str, file: SweepFile) -> ShownCell:
    try:
        gone = missing_files(folder)
    except ExperimentError:
        raise Damaged(f"{COMPLETE} is missing, or not as it was written") from None
    if gone:
        raise Damaged(f"{gone[0]} is missing")
    lists = tuple(file.lists) or (OWN_WORDS,)
    places = {name: folder_of(name) for name in (*lists, "")}
    records = {
        name: _record(folder, f"{place}/{PROVENANCE}", has_words=bool(name))
        for name, place in places.items()
        if (folder / place).is_dir()
    }
    if not records:
        return ShownCell(Row(model, "missing", message="It was run with other word lists."), {})
    n_layers = next(iter(records.values())).model.n_layers
    message = _difference(file, records)
    row = Row(
        model,
        state="missing" if message else "done",
        n_layers=n_layers,
        words={
            name: len(record.experiment.words.words)
            for name, record in records.items()
            if record.experiment.words is not None
        },
        message=message,
        sessions={
            name: folder / places[name] / SESSION
            for name in records
            if (folder / places[name] / SESSION).is_file()
        },
    )
    curves = {name: _curves(folder, f"{places[name]}/{_CURVES}", n_layers) for name in records}
    return ShownCell(row, curves)


def _record(folder: Path, name: str, *, has_words: bool) -> _Record:
    try:
        record = _Record.model_validate_json(read_bytes(folder / name, _LARGEST_RECORD))
    except ValidationError as error:
        is_json = error.errors()[0]["type"] != "json_invalid"
        why = problems(error) if is_json else "it is not JSON"
        raise Damaged(f"{name} cannot be read: {why}") from None
    except ExperimentError as error:
        raise Damaged(error.message.removesuffix(".")) from None
    if has_words and record.experiment.words is None:
        raise Damaged(f"{name} cannot be read: it has no words")
    return record


def _difference(file: SweepFile, records: Mapping[str, _Record]) -> str:
    """Return what the sweep file asks for otherwise than a cell was run; may be empty."""
    for name in file.lists:
        if name not in records:
            return f"It was run without the list {name}."
    several = (record.experiment.words for record in records.values())
    if file.carriers and any(words and words.sentences != file.carriers for words in several):
        return "It was run with other carrier sentences."
    return ""


def _curves(folder: Path, name: str, n_layers: int) -> dict[Key, Floats]:
    found: dict[Key, Floats] = {}
    n_known: Counter[Key] = Counter()

    def add(line: Mapping[str, str]) -> None:
        key = plain_text(line["carrier"]), line["pair"], line["subset"]
        curve = found.setdefault(key, np.full(n_layers, np.nan))
        curve[layer_of(line["layer"], n_layers)] = correlation(line["r"])
        n_known[key] += 1

    for _ in parsed_lines(folder, name, _COLUMNS, add):
        pass
    for n in n_known.values():
        if n != n_layers:
            raise Damaged(f"{name} cannot be read: a curve has {n} of {n_layers} layers")
    return found
