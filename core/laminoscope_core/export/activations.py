"""Whole activations of a run's texts as files that anyone can read: safetensors, and an index.

``activations/`` holds shards and ``index.parquet`` (``index.csv`` where pyarrow is missing).  A
shard is a safetensors file of the texts of one section: an array a site, float32, of shape
``(n_layers, n_rows, …)``, or ``(n_rows, …)`` of a site without layers, where a row is a token and
the last axes are ``(n_heads, d_head)`` for q, k and v and ``(d_model,)`` for streams; and beside
them, int64 by row, ``prompt`` (counted in the section), ``token_index`` and ``token_id``.  Where
the layers of a model have a site in different widths there is an array a layer, named
``site/layer``.  The index has a line a row, with the text's carrier sentence and word, the token,
the shard and the row there.  The provenance is in every shard's metadata, under ``laminoscope``.
"""

import json
import re
import shutil
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import CaptureError
from laminoscope_core.export.formats import table_bytes
from laminoscope_core.export.provenance import provenance
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.models.temporary import temporary_folder
from laminoscope_core.recording.capture import capture
from laminoscope_core.recording.captured import Capture
from laminoscope_core.recording.plan import forecast
from laminoscope_core.recording.reducers.whole import Whole
from laminoscope_core.recording.sites import SITES, checked_sites
from laminoscope_core.run.results import RunResult
from laminoscope_core.run.sections import SECTIONS
from laminoscope_core.strict_json import json_ready
from laminoscope_core.tables import Table
from laminoscope_core.text import visible_text

__all__ = ["FOLDER", "check_place", "kept_sites", "write_activations"]

FOLDER = "activations"
_SHARD = 2**28
"""Bytes of a shard, as far as one text does not take more."""
_NOT_ROWS = ("attention",)
_INDICES = ("index.parquet", "index.csv")
_SHARD_NAME = re.compile(r"[a-z]+-[0-9]+\.safetensors")


@dataclass(frozen=True)
class _Text:
    """One text as the model received it."""

    section: str
    number: int
    carrier: str
    word: str
    ids: tuple[int, ...]


def kept_sites(text: str) -> tuple[str, ...]:
    """Read the names of sites, with commas between them.

    Raises
    ------
    CaptureError
        One is no site, or one that has no row for each token.

    Examples
    --------
    >>> kept_sites("q, resid_out")
    ('q', 'resid_out')
    """
    names = [name.strip() for name in text.split(",")]
    sites = checked_sites(names)
    for site in sites:
        if site in _NOT_ROWS:
            raise CaptureError(
                f"{site} is of pairs of tokens and not kept.",
                "Leave it out, or keep q_used and k_used.",
            )
    return sites


def check_place(folder: str | Path) -> Path:
    """Return where activations go in a folder of results, if nothing of somebody else is there.

    Raises
    ------
    CaptureError
        There is a file or a link, or a folder with anything but activations of an earlier run.
    """
    place = Path(folder) / FOLDER
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise CaptureError(
            f"{place} is not a folder, and activations need one of that name.",
            "Move it away, or choose another folder for the results.",
        )
    others = [file.name for file in place.iterdir() if not _is_ours(file)] if place.exists() else []
    if others:
        raise CaptureError(
            f"The folder {place} holds {visible_text(min(others), limit=60)}, which is no"
            " activations.",
            "Move it away, or choose another folder for the results.",
        )
    return place


def _is_ours(file: Path) -> bool:
    """Whether an earlier run has written a file: an index, or a shard that says so."""
    if file.is_symlink() or not file.is_file():
        return False
    return file.name in _INDICES or (
        _SHARD_NAME.fullmatch(file.name) is not None and "laminoscope" in _metadata(file)
    )


def _metadata(shard: Path) -> Mapping[str, str]:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(shard, "np") as opened:
            return opened.metadata() or {}
    except (SafetensorError, OSError):
        return {}


def write_activations(
    model: Model,
    run: RunResult,
    folder: str | Path,
    sites: Sequence[str],
    job: Job | None = None,
) -> list[Path]:
    """Capture all texts of a run once more, whole, and write what there is at some sites.

    What is read is the model as it is, without interventions.

    Parameters
    ----------
    model : Model
        The one of the run.
    run : RunResult
        Its texts are those of its sections, each word in every carrier sentence.
    folder : str or Path
        Gets a folder ``activations``, in place of that of an earlier run.
    sites : sequence of str
        As from `kept_sites`.
    job : Job, optional
        Told of every layer; can be cancelled there, and then nothing has been written.

    Returns
    -------
    list of Path
        The shards, and the index last.

    Raises
    ------
    CaptureError
        The model does not have a site, or the place is taken: see `check_place`.
    Cancelled
        The job was cancelled.
    OSError
        A file cannot be written.
    """
    job, final = job or Job(), check_place(folder)
    record = provenance(run)
    shards = list(_shards(model, list(_texts(run)), tuple(sites)))
    lines: list[tuple[Any, ...]] = []
    final.parent.mkdir(parents=True, exist_ok=True)
    with temporary_folder(final.parent) as place:
        counts: Counter[str] = Counter()
        for texts, part in zip(shards, job.parts(len(shards)), strict=True):
            section = texts[0].section
            name = f"{section}-{counts[section]}.safetensors"
            counts[section] += 1
            found = capture(model, [text.ids for text in texts], sites, job=part)
            _write(place / name, _arrays(texts, found), json.dumps(json_ready(record)))
            lines += _index_lines(texts, found, name)
        index, content = _index_file(lines, record)
        (place / index).write_bytes(content)
        _open_as(place / index)
        if final.exists():
            shutil.rmtree(final)
        place.rename(final)
    return [*sorted(final.glob("*.safetensors")), final / index]


_INDEX = (
    "section", "prompt", "carrier", "word", "token_index", "token_id", "token", "file", "row",
)  # fmt: skip


def _texts(run: RunResult) -> Iterator[_Text]:
    for name, section in SECTIONS.items():
        if name not in run.results or section.altered or name == "models":
            continue
        found = run.results[name]
        number = 0
        for part in found.of_carriers if name == "words" else (found,):
            words = part.words if name == "words" else None
            for at, ids in enumerate(section.token_ids(part)):
                carrier, word = (part.carrier, words[at]) if words else ("", "")
                yield _Text(name, number, carrier, word, tuple(int(token) for token in ids))
                number += 1


def _shards(
    model: Model, texts: Sequence[_Text], sites: tuple[str, ...]
) -> Iterator[Sequence[_Text]]:
    """Divide the texts, in their order, so that a shard is of one section and not too large."""
    if not texts:
        raise CaptureError("There are no texts to keep activations of.", "Run a section first.")
    each = forecast(model, [texts[0].ids], [Whole(sites)]).kept / len(texts[0].ids)
    shard: list[_Text] = []
    longest = 0
    for text in texts:
        longest = max(longest, len(text.ids))
        # the capture has room for the longest in each text
        full = (len(shard) + 1) * longest * each > _SHARD
        if shard and (full or text.section != shard[0].section):
            yield shard
            shard, longest = [], len(text.ids)
        shard.append(text)
    yield shard


def _arrays(texts: Sequence[_Text], found: Capture) -> dict[str, NDArray[Any]]:
    """Return a capture's arrays with a row for each token of each text."""
    lengths = [len(text.ids) for text in texts]
    arrays: dict[str, NDArray[Any]] = {
        "prompt": np.repeat([text.number for text in texts], lengths).astype(np.int64),
        "token_index": np.concatenate([np.arange(n) for n in lengths]).astype(np.int64),
        "token_id": np.array([token for text in texts for token in text.ids], np.int64),
    }
    for site in found.sites:
        if not SITES[site].by_layer:
            arrays[site] = _joined(found.array(site), lengths)
        elif _alike(found, site):
            arrays[site] = np.stack(
                [_joined(found.array(site, at), lengths) for at in found.layers]
            )
        else:
            for layer in found.layers:
                arrays[f"{site}/{layer}"] = _joined(found.array(site, layer), lengths)
    return arrays


def _joined(values: NDArray[np.float32], lengths: Sequence[int]) -> NDArray[np.float32]:
    """Return the rows (n_rows, …) of the tokens of all texts (n_texts, n_tokens, …)."""
    return np.concatenate([rows[:n] for rows, n in zip(values, lengths, strict=True)])


def _alike(found: Capture, site: str) -> bool:
    return len({found.array(site, layer).shape for layer in found.layers}) == 1


def _write(path: Path, arrays: Mapping[str, NDArray[Any]], record: str) -> None:
    from safetensors.numpy import save_file

    save_file(dict(arrays), path, metadata={"laminoscope": record})


def _open_as(index: Path) -> None:
    """Give a private folder and its shards the rights that its index has, as any new file."""
    mode = stat.S_IMODE(index.stat().st_mode)
    for file in index.parent.iterdir():
        file.chmod(mode)
    index.parent.chmod(mode | 0o300 | (mode & 0o444) >> 2)


def _index_lines(texts: Sequence[_Text], found: Capture, file: str) -> Iterator[tuple[Any, ...]]:
    row = 0
    for text, pieces in zip(texts, found.tokens, strict=True):
        for at, (token, piece) in enumerate(zip(text.ids, pieces, strict=True)):
            yield text.section, text.number, text.carrier, text.word, at, token, piece, file, row
            row += 1


def _index_file(lines: Sequence[tuple[Any, ...]], record: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the index's name and content: Parquet, or CSV where pyarrow is missing."""
    table = Table(dict(zip(_INDEX, map(list, zip(*lines, strict=True)), strict=True)))
    kind = "parquet" if find_spec("pyarrow") is not None else "csv"
    return f"index.{kind}", table_bytes(table, kind, record)
