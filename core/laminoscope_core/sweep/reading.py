"""The folder of a sweep, as it is shown: its cells, and what the models have in common.

Whatever is missing or damaged, because the sweep runs or because somebody changed a file, is said
beside what is there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from laminoscope_core.analysis.models_mean import nearest_layers
from laminoscope_core.analysis.swept import Floats, MeanCurve, Swept
from laminoscope_core.job import Job
from laminoscope_core.sweep.file import read_sweep_file
from laminoscope_core.sweep.lines import Damaged, correlation, count, layer_of, parsed_lines
from laminoscope_core.sweep.places import FAILURES, MEANS, MODELS, SWEEP_FILE
from laminoscope_core.sweep.row import Row, ShownCell, read_cell
from laminoscope_core.tables import plain_text
from laminoscope_core.text import how_many

__all__ = ["SweepFolder", "read_folder"]

_MOST_SCORES = 2**28
"""Bytes of ``rsa/models.csv`` that are read for the map of models."""
_COLUMNS = ("model", "site", "layer", "other_model", "other_layer", "r", "carrier", "list")
_ENDS = ("r", "low", "high", "ceiling_low", "ceiling_high")
_MEAN_COLUMNS = ("model", "site", "layer", *_ENDS, "n", "reason", "carrier", "list")
_BEFORE = -1
"""Where the embedding is, which is before all layers."""
Key = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class SweepFolder:
    """The folder of a sweep.

    Attributes
    ----------
    path : Path
    rows : tuple of Row
        In the order of the sweep file.
    scores : Swept
    faults : tuple of str
        Which of the sweep's own tables cannot be read, and why, in sentences.
    """

    path: Path
    rows: tuple[Row, ...]
    scores: Swept
    faults: tuple[str, ...]


def read_folder(path: Path, job: Job | None = None) -> SweepFolder:
    """Read what a sweep has written; cells may be missing, damaged, or of an older sweep file.

    Raises
    ------
    ExperimentError
        Its sweep file is not valid, without which nothing is known of it.
    """
    job = job or Job()
    _, file = read_sweep_file(path / SWEEP_FILE)
    faults = []
    try:
        failures = dict(parsed_lines(path, FAILURES, ("model", "message"), _failure))
    except Damaged as error:
        failures = {}
        faults.append(f"{error}.")
    cells = []
    for at, model in enumerate(file.models):
        job.report(0.5 * at / len(file.models), f"reading {model}")
        if model in failures:
            cells.append(ShownCell(Row(model, "failed", message=failures[model]), {}))
        else:
            cells.append(read_cell(path, model, file))
    shown = [cell for cell in cells if cell.curves]
    try:
        agreement, note = _agreement(path, shown, job)
    except Damaged as error:
        agreement, note = {}, f"{MODELS} cannot be read"
        faults.append(f"{error}.")
    try:
        means = _means(path, shown)
    except Damaged as error:
        means = {}
        faults.append(f"{error}.")
    rows = tuple(cell.row for cell in cells)
    return SweepFolder(path, rows, _swept(shown, agreement, means, note), tuple(faults))


def _failure(line: Mapping[str, str]) -> tuple[str, str]:
    return plain_text(line["model"]), plain_text(line["message"])


def _swept(
    cells: Sequence[ShownCell],
    agreement: Mapping[Key, Floats],
    means: Mapping[Key, Mapping[int, MeanCurve]],
    note: str,
) -> Swept:
    none = np.full(1, np.nan)
    curves: dict[tuple[str, str, str, str], list[Floats]] = {}
    for at, cell in enumerate(cells):
        for name, of_list in cell.curves.items():
            for key, curve in of_list.items():
                curves.setdefault((name, *key), [none] * len(cells))[at] = curve
    carriers = tuple(dict.fromkeys(carrier for _, carrier, _, _ in curves))
    words = {name: n for cell in cells for name, n in (cell.row.words or {}).items()}
    of_models = {key: tuple(each) for key, each in curves.items()}
    return Swept(
        tuple(cell.row.model for cell in cells), words, carriers, of_models, agreement, means, note
    )


def _agreement(folder: Path, cells: Sequence[ShownCell], job: Job) -> tuple[dict[Key, Floats], str]:
    """Return mean scores over layers of the same relative depth, and what they lack.

    See `swept.Swept`.  The scores are written when a sweep ends: while it runs they may be those
    of an older sweep file, of which the models and lists that are not shown are passed over.
    """
    path = folder / MODELS
    if not path.exists():
        return {}, f"{MODELS} is written when the sweep ends"
    if path.stat().st_size > _MOST_SCORES:
        return {}, f"{MODELS} is too large to be shown"
    n = len(cells)
    places = {cell.row.model: at for at, cell in enumerate(cells)}
    n_layers = [cell.row.n_layers for cell in cells]
    near = [[nearest_layers(one, other) for other in n_layers] for one in n_layers]
    lists = {name for cell in cells for name in cell.curves}
    sums: dict[Key, Floats] = {}
    counts: dict[Key, Floats] = {}

    def add(line: Mapping[str, str]) -> None:
        one, other = (places.get(plain_text(line[name])) for name in ("model", "other_model"))
        key = plain_text(line["list"]), plain_text(line["carrier"]), line["site"]
        if one is None or other is None or key[0] not in lists:
            return
        if line["layer"] or line["other_layer"]:  # the embedding has none
            layer = layer_of(line["layer"], n_layers[one])
            if near[one][other][layer] != layer_of(line["other_layer"], n_layers[other]):
                return
        r = correlation(line["r"])
        sums.setdefault(key, np.zeros((n, n)))[one, other] += r
        counts.setdefault(key, np.zeros((n, n)))[one, other] += 1

    for number, _ in enumerate(parsed_lines(folder, MODELS, _COLUMNS, add)):
        if number % 100_000 == 0:
            job.report(0.5, "reading scores of models")
    known = np.zeros((n, n), dtype=np.bool_)
    for key in sums:
        known |= counts[key] > 0
        with np.errstate(invalid="ignore"):
            upper = np.triu(sums[key] / counts[key], 1)
        sums[key] = upper + upper.T + np.eye(n)
    np.fill_diagonal(known, False)
    n_lacking = int(n - (known | known.T).any(axis=0).sum()) if n > 1 else 0
    return sums, f"{MODELS} lacks {how_many(n_lacking, 'model')}" if n_lacking else ""


def _means(folder: Path, cells: Sequence[ShownCell]) -> dict[Key, dict[int, MeanCurve]]:
    """Return the mean scores of models with the others; of models and lists that are shown."""
    places = {cell.row.model: at for at, cell in enumerate(cells)}
    lists = {name for cell in cells for name in cell.curves}
    found: dict[tuple[Key, int], dict[int, tuple[list[float], int, str]]] = {}

    def add(line: Mapping[str, str]) -> None:
        at = places.get(plain_text(line["model"]))
        key = plain_text(line["list"]), plain_text(line["carrier"]), line["site"]
        if at is None or key[0] not in lists:
            return
        layer = layer_of(line["layer"], cells[at].row.n_layers) if line["layer"] else _BEFORE
        numbers = [correlation(line[name]) for name in _ENDS]
        of_layer = numbers, count(line["n"]), plain_text(line["reason"])
        found.setdefault((key, at), {})[layer] = of_layer

    for _ in parsed_lines(folder, MEANS, _MEAN_COLUMNS, add):
        pass
    means: dict[Key, dict[int, MeanCurve]] = {}
    for (key, at), by_layer in found.items():
        layers, n_layers = sorted(by_layer), cells[at].row.n_layers
        if layers not in ([_BEFORE], list(range(n_layers))):
            have = f"a curve has {len(layers)} of {n_layers} layers"
            raise Damaged(f"{MEANS} cannot be read: {have}")
        lines = [by_layer[layer] for layer in layers]
        r, low, high, ceiling_low, ceiling_high = np.array([x for x, _, _ in lines]).T
        reasons = tuple(reason for _, _, reason in lines)
        of_model = MeanCurve(r, low, high, ceiling_low, ceiling_high, lines[0][1], reasons)
        means.setdefault(key, {})[at] = of_model
    return means
