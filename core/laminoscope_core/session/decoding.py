"""Results from JSON and arrays, by the annotations of their types.

A file never names a type.  What a member holds follows from where it stands: the result of an
analysis is that analysis' ``Result``, its fields are what they are annotated to be, and whatever
is not exactly that is refused.  Nothing is imported, called or evaluated on a file's word.
"""

import dataclasses
import math
import typing
from typing import Any, Literal, Union

import numpy as np
from pydantic import BaseModel, ValidationError

from laminoscope_core.errors import LaminoscopeError, SessionError
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.generate import Node
from laminoscope_core.sampling.stages import Stage, Stages
from laminoscope_core.session.annotations import defaults_of, fields_of, resolved
from laminoscope_core.session.arrays import ArrayReader
from laminoscope_core.session.shapes import check_shapes

__all__ = ["Decoder"]

_LEAST, _MOST = -(2**63), 2**63 - 1
_NOT_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class Decoder:
    """Turns JSON values from a file into what an annotation says, or refuses them.

    Parameters
    ----------
    arrays : ArrayReader
        Where arrays come from.
    tables : object
        Chains and nodes as the file has them.
    newer : bool
        Whether the file is from a newer version, whose unknown fields are passed over.
    older : bool
        Whether it is of an older schema, which may lack fields that have a default.

    Raises
    ------
    SessionError
        The tables are not valid.
    """

    def __init__(
        self, arrays: ArrayReader, tables: Any, *, newer: bool = False, older: bool = False
    ) -> None:
        self._arrays = arrays
        self._newer, self._older = newer, older
        self._chains: list[Chain] = []
        self._nodes: list[Node] = []
        if not isinstance(tables, dict):
            raise SessionError("The tables of the session are not valid.")
        for items in _list(tables.get("chains", []), "the chains"):
            try:
                self._chains.append(Chain.from_list(_list(items, "a chain")))
            except LaminoscopeError as error:
                raise SessionError(f"A chain of the session is not valid: {error}") from None
        for number, entry in enumerate(_list(tables.get("nodes", []), "the nodes")):
            self._nodes.append(self._node(entry, f"node {number}"))

    def value(self, data: Any, hint: Any, where: str) -> Any:
        """Return what ``data`` stands for, of the type ``hint``.

        Raises
        ------
        SessionError
            It is something else.
        """
        kind, arguments = resolved(hint)
        if kind is Any:
            return data
        if kind is Union:
            return self._union(data, arguments, where)
        if kind is Literal:
            if not any(type(data) is type(one) and data == one for one in arguments):
                raise SessionError(f"{where} is none of {', '.join(map(str, arguments))}.")
            return data
        if kind is np.ndarray:
            return self._array(data, arguments, where)
        if kind is tuple:
            return self._tuple(data, arguments, where)
        if kind is frozenset:
            return frozenset(self.value(e, arguments[0], where) for e in _list(data, where))
        if kind is dict:
            pairs = _dict(data, where).items()
            return {name: self.value(e, arguments[1], f"{where}.{name}") for name, e in pairs}
        if kind is Chain:
            return _entry(self._chains, data, where)
        if kind is Node:
            return _entry(self._nodes, data, where)
        if kind is Stages:
            return self._stages(data, where)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            try:
                return kind.model_validate(data)
            except ValidationError:
                raise SessionError(f"{where} is not valid.") from None
        if dataclasses.is_dataclass(kind):
            return self._dataclass(data, kind, where)
        return _scalar(data, kind, where)

    def _union(self, data: Any, arguments: tuple[Any, ...], where: str) -> Any:
        if data is None and type(None) in arguments:
            return None
        problem = SessionError(f"{where} is missing.")
        for hint in arguments:
            if hint is not type(None):
                try:
                    return self.value(data, hint, where)
                except SessionError as error:
                    problem = error
        raise problem

    def _array(self, data: Any, arguments: tuple[Any, ...], where: str) -> Any:
        (wanted,) = typing.get_args(arguments[1])
        if wanted is np.str_:
            entry = _dict(data, where)
            texts = self._tuple(entry.get("texts"), (str, ...), where)
            shape = self._tuple(entry.get("shape"), (int, ...), where)
            if min(shape, default=0) < 0 or math.prod(shape) != len(texts):
                raise SessionError(f"{where} does not have the shape {shape}.")
            return np.array(texts, dtype=np.str_).reshape(shape)
        array = self._arrays.array(data, where)
        if not np.issubdtype(array.dtype, wanted):
            raise SessionError(f"{where} holds {array.dtype}, not {np.dtype(wanted)}.")
        return array

    def _tuple(self, data: Any, arguments: tuple[Any, ...], where: str) -> tuple[Any, ...]:
        if arguments[-1:] == (...,):
            if arguments[0] is str and isinstance(data, dict):
                return self._arrays.texts(data, where)
            if arguments[0] in (int, str, bool) and {*map(type, _list(data, where))} <= {
                arguments[0]
            }:
                if arguments[0] is int and not all(_LEAST <= entry <= _MOST for entry in data):
                    raise SessionError(f"{where} is too large.")  # of layers and tokens, for arrays
                return tuple(data)
            arguments = (arguments[0],) * len(_list(data, where))
        if len(_list(data, where)) != len(arguments):
            raise SessionError(f"{where} has {len(data)} entries, not {len(arguments)}.")
        return tuple(
            self.value(entry, hint, f"{where}[{number}]")
            for number, (entry, hint) in enumerate(zip(data, arguments, strict=True))
        )

    def _dataclass(self, data: Any, kind: Any, where: str) -> Any:
        hints, entry = fields_of(kind), _dict(data, where)
        unknown = [name for name in entry if name not in hints]
        if unknown and not self._newer:
            raise SessionError(f"{where} has a field {unknown[0][:80]!r} that is not known.")
        by_default = defaults_of(kind) if self._older else frozenset()
        missing = [name for name in hints if name not in entry and name not in by_default]
        if missing:
            raise SessionError(f"{where} has no {missing[0]}.")
        known = [name for name in hints if name in entry]
        values = {n: self.value(entry[n], hints[n], f"{where}.{n}") for n in known}
        try:
            made = kind(**values)
        except ValueError as error:
            raise SessionError(f"{where} is not valid: {error}.") from None
        check_shapes(made, where)
        return made

    def _stages(self, data: Any, where: str) -> Stages:
        hints = typing.get_type_hints(Stages.__init__)
        raw = self.value(_dict(data, where).get("raw"), hints["raw"], f"{where}.raw")
        stages = Stages(raw, self._tuple(data.get("stages"), (Stage, ...), where))
        check_shapes(stages, where)
        return stages.united()

    def _node(self, data: Any, where: str) -> Node:
        entry = _dict(data, where)
        parent = entry.get("parent")
        before = None if parent is None else _entry(self._nodes, parent, where)
        node: Node = self._dataclass({**entry, "parent": parent}, Node, where)
        if (before is None) != (node.token is None):
            raise SessionError(f"{where} is neither a prompt nor a token after one.")
        if before is not None and node.n_tokens != before.n_tokens + 1:
            raise SessionError(f"{where} does not follow its parent.")
        return node


def _scalar(data: Any, kind: Any, where: str) -> Any:
    if kind is float:
        if isinstance(data, str) and data in _NOT_FINITE:
            return _NOT_FINITE[data]
        if type(data) in (int, float):
            try:
                return float(data)
            except OverflowError:
                raise SessionError(f"{where} is too large.") from None
    if kind not in (int, str, bool) or type(data) is not kind:
        raise SessionError(f"{where} is not of the kind {getattr(kind, '__name__', kind)}.")
    return data


def _list(data: Any, where: str) -> list[Any]:
    if not isinstance(data, list):
        raise SessionError(f"{where} is not a list.")
    return data


def _dict(data: Any, where: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise SessionError(f"{where} is not a set of named values.")
    return data


def _entry(table: list[Any], number: Any, where: str) -> Any:
    if type(number) is not int or not 0 <= number < len(table):
        raise SessionError(f"{where} refers to nothing.")
    return table[number]
