"""What the annotations of results ask for."""

import collections.abc
import dataclasses
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, Union

__all__ = ["Tokenizer", "defaults_of", "fields_of", "resolved"]


class Tokenizer:
    """Stands for the tokenizer of a model, which is not kept in a session."""


@cache
def fields_of(kind: Any) -> Mapping[str, Any]:
    """Return the annotations of a dataclass, by field."""
    hints = typing.get_type_hints(kind, localns={"PreTrainedTokenizerBase": Tokenizer})
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


@cache
def defaults_of(kind: Any) -> frozenset[str]:
    """Return the names of a dataclass's fields that need not be given."""
    absent = dataclasses.MISSING
    return frozenset(
        field.name
        for field in dataclasses.fields(kind)
        if field.default is not absent or field.default_factory is not absent
    )


@cache
def resolved(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return what kind of thing an annotation asks for, and its arguments.

    Examples
    --------
    >>> resolved(Mapping[str, int])
    (<class 'dict'>, (<class 'str'>, <class 'int'>))
    """
    origin = typing.get_origin(hint) or hint
    if origin is types.UnionType:
        origin = Union
    if origin in (Mapping, collections.abc.Mapping):
        origin = dict
    return origin, typing.get_args(hint)
