"""Writing a session file, straight from the arrays to the disk."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from laminoscope_core.errors import SessionError
from laminoscope_core.experiment import Experiment
from laminoscope_core.export.provenance import provenance
from laminoscope_core.models.model import ModelInfo
from laminoscope_core.run.results import RunResult
from laminoscope_core.selection import Selection
from laminoscope_core.session.archive import ArchiveWriter, write_archive
from laminoscope_core.session.arrays import ArrayWriter
from laminoscope_core.session.contents import RESULT_TYPES, check_together
from laminoscope_core.session.encoding import Encoder
from laminoscope_core.session.migrations import SCHEMA, Documents
from laminoscope_core.session.session import (
    NewerFile,
    Session,
    with_known_tokens,
    without_activations,
)
from laminoscope_core.session.text import dump_json

__all__ = ["save_session"]


_AGAIN = "Run the experiment again and save what it gives."


def save_session(path: str | Path, session: Session, *, activations: bool = True) -> None:
    """Write a session file, whole or not at all.

    Parameters
    ----------
    path : str or Path
        Usually ``NAME.laminoscope``.
    session : Session
        What to write.  Of one that was read from a newer version's file, what this version does
        not know is written again.
    activations : bool
        Whether to keep the vectors of the words, by far the largest part.

    Raises
    ------
    SessionError
        It cannot be written there, or holds something that a file cannot.
    """
    path = Path(path)
    run = session.run if activations or session.run is None else without_activations(session.run)
    try:
        if run is not None:
            check_together(run.model, run.experiment, run.results)
            run = with_known_tokens(run, session.selection.watched)
        write_archive(path, partial(_fill, session=session, run=run))
    except SessionError as error:
        raise SessionError(error.message, error.hint or _AGAIN) from error.__cause__
    except OSError as error:
        raise SessionError(
            f"{path} could not be saved: {_reason(error)}.",
            "Save it under another name or in another folder.",
        ) from error
    except MemoryError:
        raise SessionError(
            f"{path} could not be saved: there is not enough memory.",
            "Close other programs and try again.",
        ) from None


def _fill(archive: ArchiveWriter, session: Session, run: RunResult | None) -> None:
    newer = session.newer
    if newer is not None and not _is_as_read(newer, run):
        # what this version does not know belongs to results that are no longer there
        newer = None
    encoder = Encoder(ArrayWriter(archive), newer.documents.get("tables.json") if newer else None)
    documents: Documents = dict(newer.documents) if newer is not None else {}
    if newer is None and run is not None:
        documents |= _run_documents(run, encoder)
    if newer is None or session.experiment != newer.experiment:
        documents["experiment.toml"] = _toml(session.experiment)
    documents["session.json"] = _head(session, run, encoder, documents.get("session.json", {}))
    documents["tables.json"] = encoder.tables
    for name, document in documents.items():
        is_json = name.endswith(".json")
        archive.add_text(name, dump_json(document, name) if is_json else _utf8(document))
    for name, content in newer.members.items() if newer is not None else ():
        if name not in archive:
            archive.add_pieces(name, len(content), partial(_whole, content))


def _head(
    session: Session, run: RunResult | None, encoder: Encoder, former: Mapping[str, Any]
) -> dict[str, Any]:
    selection = encoder.value(session.selection, Selection, "selection")
    window = encoder.value(dict(session.window), Any, "window")
    return {
        "format": "laminoscope session",
        "schema": SCHEMA,
        "model": None if run is None else encoder.value(run.model, ModelInfo, "model"),
        **former,
        "selection": {**former.get("selection", {}), **selection},
        "window": {**former.get("window", {}), **window},
    }


def _run_documents(run: RunResult, encoder: Encoder) -> Documents:
    documents: Documents = {
        "run.toml": _toml(run.experiment),
        "provenance.json": encoder.value(provenance(run), Any, "provenance"),
    }
    for name, kind in RESULT_TYPES.items():
        if name in run.results:
            documents[f"results/{name}.json"] = encoder.value(run.results[name], kind, name)
    return documents


def _is_as_read(newer: NewerFile, run: RunResult | None) -> bool:
    results = {} if run is None else run.results
    return results.keys() == newer.results.keys() and all(
        _is_same(results[name], newer.results[name]) for name in results
    )


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_is_same, one, other))
    return one is other


def _toml(experiment: Experiment) -> str:
    text = experiment.to_toml()
    if Experiment.from_text(text) != experiment:
        raise SessionError(
            "The experiment cannot be saved: it does not come back from TOML.",
            "Correct its form and try again.",
        )
    return text


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        half = f"half a character (U+{ord(text[error.start]):04X})"
        raise SessionError(
            f"The experiment cannot be saved: a text holds {half}.", "Remove it."
        ) from None


def _whole(content: bytes) -> Iterator[memoryview]:
    yield memoryview(content)


def _reason(error: OSError) -> str:
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]
