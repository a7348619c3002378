"""Reading a session file, of which nothing is believed before it has been checked."""

import tomllib
from collections.abc import Mapping, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from laminoscope_core.analysis import cka, direct
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.errors import ExperimentError, SessionError
from laminoscope_core.experiment import Experiment
from laminoscope_core.job import Job
from laminoscope_core.models.model import ModelInfo
from laminoscope_core.run.results import RunResult
from laminoscope_core.selection import Selection
from laminoscope_core.session.archive import Archive, open_archive
from laminoscope_core.session.arrays import ArrayReader
from laminoscope_core.session.contents import RESULT_TYPES, check_together, fitting_selection
from laminoscope_core.session.decoding import Decoder
from laminoscope_core.session.migrations import SCHEMA, Documents, migrated, schema_of
from laminoscope_core.session.session import NewerFile, Session
from laminoscope_core.session.text import MAX_ITEMS, load_json, most_items

__all__ = ["load_session"]

_HEAD = {"format", "schema", "model", "selection", "window"}
_DOCUMENTS = {"session.json", "experiment.toml", "run.toml", "provenance.json", "tables.json"}
_ENVIRONMENT = ("libraries", "python", "platform", "recomputed")
_STORED = ("arrays/", "lists/")
_ANOTHER = "Open another copy of it, or run its experiment again."


def load_session(path: str | Path) -> Session:
    """Read a session file.

    Parameters
    ----------
    path : str or Path
        What `save_session` wrote, of this version or an older one.  A newer file is read as far
        as it can be understood; `Session.newer` then holds the rest.

    Raises
    ------
    SessionError
        It is missing, damaged, not a session, or does not belong together.
    """
    path = Path(path)
    try:
        with open_archive(path) as archive:
            return _read(archive)
    except SessionError as error:
        named = path.name in error.message
        said = error.message if named else f"{path.name} cannot be read. {error.message}"
        raise SessionError(said, error.hint or _ANOTHER) from error.__cause__
    except MemoryError:
        raise SessionError(
            f"There is not enough memory to read {path.name}.",
            "Close other programs and try again.",
        ) from None


def _read(archive: Archive) -> Session:
    written = _documents(archive)
    documents = migrated(written)
    head = documents["session.json"]
    unknown = documents.keys() - _DOCUMENTS - {f"results/{name}.json" for name in RESULT_TYPES}
    newer = schema_of(documents) > SCHEMA or any(name.startswith("results/") for name in unknown)
    if not newer and (unknown := unknown | (head.keys() - _HEAD)):
        raise SessionError(f"It has {min(unknown)[:80]!r}, which no session has.")
    decoder = Decoder(
        ArrayReader(archive),
        documents.get("tables.json"),
        newer=newer,
        older=schema_of(written) < SCHEMA,
    )
    experiment = _experiment(documents, "experiment.toml", newer=newer)
    run = _run(documents, decoder, newer=newer)
    if run is not None:
        anew = _computed_anew(run.results, written.keys() - documents.keys())
        run = replace(run, results={**run.results, **anew})
    n_layers, results = (0, {}) if run is None else (run.model.n_layers, run.results)
    selection = decoder.value(head.get("selection"), Selection, "selection")
    if not isinstance(head.get("window"), dict):
        raise SessionError("It does not say how the window stood.")
    return Session(
        experiment=experiment,
        run=run,
        selection=fitting_selection(selection, n_layers, results),
        window=head["window"],
        newer=NewerFile(documents, _members(archive), experiment, dict(results)) if newer else None,
    )


def _computed_anew(results: Mapping[str, Any], left_out: Set[str]) -> dict[str, Any]:
    """Return the results that an older file has too little of, from the words that it holds."""
    if "words" not in results:
        return {}
    inputs = Inputs(words=results["words"], results=results)
    return {
        name: analysis.run(inputs, analysis.Params(), Job())
        for name, analysis in (("direct", direct), ("cka", cka))
        if f"results/{name}.json" in left_out
    }


def _documents(archive: Archive) -> Documents:
    documents: Documents = {}
    n_items = 0
    for name in sorted(archive.names):
        if name.startswith(_STORED):
            continue
        content = archive.read(name)
        if name.endswith(".json"):
            n_items += most_items(content)
            if n_items > MAX_ITEMS:
                raise SessionError("It has more values than a session can have.")
            documents[name] = load_json(content, name)
        else:
            try:
                documents[name] = content.decode()
            except UnicodeDecodeError:
                raise SessionError(f"{name} is not text.") from None
    return documents


def _members(archive: Archive) -> dict[str, bytes]:
    names = [name for name in archive.names if name.startswith(_STORED)]
    return {name: archive.read(name, archive.size(name)) for name in sorted(names)}


def _run(documents: Documents, decoder: Decoder, *, newer: bool) -> RunResult | None:
    data = documents["session.json"].get("model")
    if data is None:
        return None
    model: ModelInfo = decoder.value(data, ModelInfo, "model")
    experiment = _experiment(documents, "run.toml", newer=newer)
    results: dict[str, Any] = {}
    for name, kind in RESULT_TYPES.items():
        if f"results/{name}.json" in documents:
            results[name] = decoder.value(documents[f"results/{name}.json"], kind, name)
    check_together(model, experiment, results)
    provenance = documents.get("provenance.json")
    if not isinstance(provenance, dict) or not isinstance(provenance.get("libraries"), dict):
        raise SessionError("It does not say where its results come from.")
    origin = {name: provenance[name] for name in _ENVIRONMENT if name in provenance}
    return RunResult(model, experiment, results, origin)


def _experiment(documents: Documents, name: str, *, newer: bool) -> Experiment:
    text = documents.get(name)
    if not isinstance(text, str):
        raise SessionError(f"It has no {name}.")
    try:
        return _without_unknown_keys(text) if newer else Experiment.from_text(text, name)
    except (ExperimentError, ValidationError, ValueError, RecursionError) as error:
        message = error.message if isinstance(error, ExperimentError) else f"{name} is not valid."
        raise SessionError(message) from None


def _without_unknown_keys(text: str) -> Experiment:
    """Read what is known of an experiment that a newer version may have written."""
    content = tomllib.loads(text)
    try:
        return Experiment.model_validate(content)
    except ValidationError as error:
        for problem in error.errors():
            if problem["type"] == "extra_forbidden":
                *path, last = problem["loc"]
                place: Any = content
                for step in path:
                    place = place[step]
                del place[last]
    return Experiment.model_validate(content)
