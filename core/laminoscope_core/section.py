"""What the sections of an experiment have in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from laminoscope_core.text import half_character, visible_text

__all__ = ["Section", "as_tuple", "problems", "reasons", "shown_value", "whole"]

_MOST_PROBLEMS = 8
_NEEDED = {
    "tuple_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "string_type": "a text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
}


class Section(BaseModel):
    """A part of an experiment: it cannot be changed, and unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def as_tuple(value: Any) -> Any:
    """Return a list, as TOML has them, as the tuple that a section keeps."""
    return tuple(value) if isinstance(value, list) else value


def whole(text: str, what: str) -> str:
    """Return a text that a tokenizer can read: one without halves of characters.

    Raises
    ------
    ValueError
        It has one.
    """
    if half := half_character(text):
        raise ValueError(f"{what} {half}")
    return text


def shown_value(value: Any) -> str:
    """Return a value as a message shows it, as short as that."""
    return visible_text(repr(list(value) if isinstance(value, tuple) else value), limit=40)


def problems(error: ValidationError) -> str:
    """Return what is wrong with an experiment: where, what is there, and what is needed."""
    found = []
    entries = error.errors(include_url=False)[:_MOST_PROBLEMS]
    for entry, what in zip(entries, reasons(error), strict=True):
        where = visible_text(".".join(str(part) for part in entry["loc"]), limit=200)
        found.append(f"{where}: {what}" if where else what)
    if (n_more := error.error_count() - _MOST_PROBLEMS) > 0:
        found.append(f"and {n_more} more")
    return "; ".join(found)


def reasons(error: ValidationError) -> list[str]:
    """Return what is there and what is needed, without where: for a form that is in sight."""
    return [
        _problem(entry["type"], entry["msg"], entry.get("ctx", {}), entry["input"])
        for entry in error.errors(include_url=False)[:_MOST_PROBLEMS]
    ]


def _problem(kind: str, said: str, limits: dict[str, Any], value: Any) -> str:
    if kind == "extra_forbidden":
        return "unknown key"
    if kind == "missing":
        return "missing"
    if kind == "string_too_short":
        return "it is empty"
    needed = _NEEDED.get(kind, "")
    if kind == "literal_error":
        needed = str(limits["expected"])
    elif kind == "greater_than_equal":
        needed = f"{limits['ge']} or more"
    elif kind == "less_than_equal":
        needed = f"{limits['le']} or less"
    if needed:
        return f"it must be {needed}, not {shown_value(value)}"
    return f"{said[:1].lower()}{said[1:]}".removeprefix("value error, ")
