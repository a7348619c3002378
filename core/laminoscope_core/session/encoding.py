"""Results as JSON and arrays, by the annotations of their types.

Nodes of the tree of continuations and sampler chains go to tables, because many results refer to
the same ones.
"""

import dataclasses
import math
from collections.abc import Callable, Mapping
from typing import Any, Literal, Union

import numpy as np
from pydantic import BaseModel

from laminoscope_core.errors import SessionError
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.generate import Node
from laminoscope_core.sampling.stages import Stage, Stages
from laminoscope_core.session.annotations import Tokenizer, fields_of, resolved
from laminoscope_core.session.arrays import LONG_LIST, ArrayWriter

__all__ = ["Encoder", "Tables"]

Tables = dict[str, list[Any]]
"""Chains and nodes, which results refer to by number."""


class Encoder:
    """Turns results into JSON values and puts their arrays into an archive.

    Parameters
    ----------
    arrays : ArrayWriter
        Where arrays go.
    tables : dict of str to list
        What the tables hold already.
    """

    def __init__(self, arrays: ArrayWriter, tables: Tables | None = None) -> None:
        self.tables: Tables = {"chains": [], "nodes": [], **(tables or {})}
        self._arrays = arrays
        self._numbers: dict[int, tuple[object, int]] = {}

    def value(self, value: Any, hint: Any, where: str) -> Any:
        """Return the JSON form of a value that is annotated with ``hint``.

        Raises
        ------
        SessionError
            The value is not what it is annotated to be.
        """
        kind, arguments = resolved(hint)
        if kind is Any:
            return _plain(value, where)
        if kind is Union and Tokenizer in arguments:
            return None
        if kind is Union:
            chosen = next((h for h in arguments if _fits(value, h)), arguments[0])
            return self.value(value, chosen, where)
        if kind is np.ndarray:
            return self._array(value, where)
        if kind is tuple:
            return self._tuple(value, arguments, where)
        if kind is frozenset:
            return sorted(self.value(entry, arguments[0], where) for entry in value)
        if kind is dict:
            return {
                _plain(name, where): self.value(entry, arguments[1], f"{where}.{name}")
                for name, entry in value.items()
            }
        if kind is Chain:
            return self._numbered(value, lambda: self._chain(value))
        if kind is Node:
            return self._nodes(value)
        if kind is Stages:
            return {
                "raw": self.value(value.raw, type(value.raw), f"{where}.raw"),
                "stages": self._tuple(tuple(value), (Stage, ...), where),
            }
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return value.model_dump(mode="json")
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            return {
                name: self.value(getattr(value, name), inner, f"{where}.{name}")
                for name, inner in fields_of(kind).items()
            }
        return _plain(value, where)

    def _array(self, value: Any, where: str) -> Any:
        array = np.asarray(value)
        if array.dtype.kind == "U":
            texts = tuple(array.reshape(-1).tolist())
            return {"shape": list(array.shape), "texts": self._tuple(texts, (str, ...), where)}
        return self._arrays.add(array)

    def _tuple(self, value: Any, arguments: tuple[Any, ...], where: str) -> Any:
        if arguments[-1:] == (...,):
            if arguments[0] is str and len(value) > LONG_LIST:
                return self._arrays.add_texts(tuple(value))
            arguments = (arguments[0],) * len(value)
        return [
            self.value(entry, hint, f"{where}[{number}]")
            for number, (entry, hint) in enumerate(zip(value, arguments, strict=True))
        ]

    def _chain(self, chain: Chain) -> int:
        items = _plain(chain.to_list(), "the chain")
        if items not in self.tables["chains"]:
            self.tables["chains"].append(items)
        return self.tables["chains"].index(items)

    def _nodes(self, last: Node) -> int:
        """Add a node and all before it, the first one first."""
        path = [last]
        while path[-1].parent is not None and id(path[-1]) not in self._numbers:
            path.append(path[-1].parent)
        for node in reversed(path):
            self._numbered(node, lambda node=node: self._node(node))  # type: ignore[misc]
        return self._numbers[id(last)][1]

    def _node(self, node: Node) -> int:
        entry = {
            name: self.value(getattr(node, name), hint, f"node.{name}")
            for name, hint in fields_of(Node).items()
            if name != "parent"
        }
        parent = None if node.parent is None else self._numbers[id(node.parent)][1]
        self.tables["nodes"].append({"parent": parent, **entry})
        return len(self.tables["nodes"]) - 1

    def _numbered(self, value: object, add: Callable[[], int]) -> int:
        if id(value) not in self._numbers:
            self._numbers[id(value)] = value, add()
        return self._numbers[id(value)][1]


def _fits(value: Any, hint: Any) -> bool:
    kind, _ = resolved(hint)
    if kind is Literal or kind is Any:
        return True
    if kind is dict:
        return isinstance(value, Mapping)
    if kind is float:
        return isinstance(value, (float, int, np.floating))
    if kind is int:
        return isinstance(value, (int, np.integer))
    return isinstance(value, kind)


def _plain(value: Any, where: str) -> Any:
    """Return a scalar, or scalars in lists and mappings, as JSON has them."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        number = float(value)
        return number if math.isfinite(number) else str(number)
    if isinstance(value, Mapping):
        return {str(name): _plain(entry, where) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry, where) for entry in value]
    raise SessionError(f"{where} is a {type(value).__name__}, which sessions cannot hold.")
