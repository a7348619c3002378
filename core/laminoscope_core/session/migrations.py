"""Old session files in today's form: one function per schema that was left behind.

A session's documents are its members of text by name: JSON already parsed, TOML as text.  When a
change of a result, of a table or of ``session.json`` would make an older file unreadable, raise
`SCHEMA` by one, add a function that turns documents of the former schema into the new one to
`MIGRATIONS`, and keep a file of the former one in ``tests/core/session/released``.  A field that
has a default needs no such step: where an older file lacks it, it is read as that.
"""

from collections.abc import Callable, Mapping
from typing import Any

from laminoscope_core.errors import SessionError
from laminoscope_core.session.schema_1 import with_new_fields

__all__ = ["MIGRATIONS", "SCHEMA", "Documents", "migrated", "schema_of"]

Documents = dict[str, Any]

SCHEMA = 3
"""What this version writes."""

_CHOICES: Mapping[str, Mapping[str, str]] = {
    "fit": {"view": "check"},
    "laminar": {"shows_z": "fisher_z"},
}
"""By panel: choices of schema 1 whose fields in the plot's view have another name now."""


def _to_views(documents: Documents) -> Documents:
    """Keep what a panel shows as the fields of its plot's view."""
    session = dict(documents["session.json"])
    window = dict(session.get("window") or {})
    panels = dict(window.get("panels") or {})
    for panel, renamed in _CHOICES.items():
        if isinstance(panels.get(panel), dict):
            panels[panel] = {renamed.get(old, old): v for old, v in panels[panel].items()}
    if panels:
        session["window"] = {**window, "panels": panels}
    if isinstance(session.get("selection"), dict):
        session["selection"] = {"carrier": None, **session["selection"]}
    return {**with_new_fields(documents), "session.json": session}


def _by_carrier(documents: Documents) -> Documents:
    """Leave out what schema 3 knows otherwise.

    That is how words were resampled for the interval over models, and of several carrier sentences
    the correlations that were not kept for each, which `reading` computes anew.
    """
    found = dict(documents)
    models = found.get("results/rsa-models.json")
    if models is not None:
        kept = {n: v for n, v in models["params"].items() if n not in ("n_resamples", "seed")}
        found["results/rsa-models.json"] = {**models, "params": kept}
    scores = found.get("results/rsa.json")
    for name in ("results/direct.json", "results/cka.json"):
        if name in found and scores and scores["by_carrier"] and "by_carrier" not in found[name]:
            del found[name]
    return found


MIGRATIONS: Mapping[int, Callable[[Documents], Documents]] = {1: _to_views, 2: _by_carrier}
"""By schema: how to get to the next one."""


def schema_of(documents: Documents) -> int:
    """Return the schema that a file says it has.

    Raises
    ------
    SessionError
        It does not say.
    """
    session = documents.get("session.json")
    schema = session.get("schema") if isinstance(session, dict) else None
    if not isinstance(session, dict) or session.get("format") != "laminoscope session":
        raise SessionError("The file is not a session of Laminoscope.")
    if type(schema) is not int or schema < 1:
        raise SessionError("The session does not say which schema it has.")
    return schema


def migrated(
    documents: Documents,
    migrations: Mapping[int, Callable[[Documents], Documents]] = MIGRATIONS,
    target: int = SCHEMA,
) -> Documents:
    """Return the documents in today's schema; those of a newer one stay as they are.

    Raises
    ------
    SessionError
        There is no way from its schema to today's, or a step on it fails.

    Examples
    --------
    >>> old = {"session.json": {"format": "laminoscope session", "schema": 1, "layer": 3}}
    >>> def renamed(documents):
    ...     session = dict(documents["session.json"])
    ...     session["selection"] = {"layer": session.pop("layer")}
    ...     return {**documents, "session.json": session}
    >>> migrated(old, {1: renamed}, target=2)["session.json"]["selection"]
    {'layer': 3}
    """
    while (schema := schema_of(documents)) < target:
        if schema not in migrations:
            raise SessionError(
                f"There is no way to read a session of schema {schema} any more.",
                "Open it with the version of Laminoscope that wrote it.",
            )
        try:
            documents = migrations[schema](documents)
        except (AttributeError, LookupError, OverflowError, TypeError, ValueError) as error:
            raise SessionError(f"The session of schema {schema} is damaged: {error}.") from None
        session = {**documents["session.json"], "schema": schema + 1}
        documents = {**documents, "session.json": session}
    return documents
