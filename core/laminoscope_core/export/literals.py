"""Values as Python source: safe whatever a text holds, and laid out as ``ruff format`` does.

Texts come from strangers.  Here they become string literals in which nothing can end the literal
early, and in which every character that is not plainly visible (controls, line separators, marks
that reverse the direction of writing, halves of characters) is an escape.

>>> print(text_literal('say "hi"\\n'))
'say "hi"\\n'
>>> print(source({"k": [40, float("inf")]}, Imports()))
{"k": [40, float("inf")]}
"""

import math
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from importlib import import_module
from typing import Any

import numpy as np

__all__ = ["WIDTH", "Imports", "source", "text_block", "text_literal"]

WIDTH = 88
_INDENT = 4
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass
class Imports:
    """The names that a script imports, by module.

    Attributes
    ----------
    names : dict of str to dict of str to str
        By module: name in the module, and what the script calls it.
    reserved : frozenset of str
        Names that the script uses itself.
    """

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    reserved: frozenset[str] = frozenset()

    def add(self, module: str, name: str) -> str:
        """Note an import and return what the script calls it.

        >>> imports = Imports()
        >>> imports.add("a.analysis", "rsa"), imports.add("a.figures", "rsa")
        ('rsa', 'rsa_figures')
        """
        known = self.names.setdefault(module, {})
        if name not in known:
            taken = {alias for others in self.names.values() for alias in others.values()}
            taken |= self.reserved
            known[name] = f"{name}_{module.rpartition('.')[2]}" if name in taken else name
        return known[name]

    def lines(self) -> list[str]:
        """Return the import statements, in ruff's order."""
        return [
            _import(module, group)
            for module, names in sorted(self.names.items())
            for group in _groups(names)
        ]


def text_literal(text: str) -> str:
    """Return a one-line string literal that evaluates to a text."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    inside = "".join(f"\\{c}" if c == quote else _visible(c) for c in text)
    return f"{quote}{inside}{quote}"


def text_block(text: str) -> str:
    """Return a literal that evaluates to a text of several lines and shows them as lines."""
    if not text.endswith("\n") or '"""' in text:
        return text_literal(text)
    inside = "".join(c if c == "\n" else _visible(c) for c in text)
    return f'"""\\\n{inside}"""'


def source(value: Any, imports: Imports, indent: int = 0, beside: int = 0) -> str:
    """Return an expression that evaluates to a value.

    Parameters
    ----------
    value : object
        None, bool, int, float, str, list, tuple, frozenset, mapping, or a dataclass of them,
        which is written as a call with the fields that differ from their defaults.
    imports : Imports
        Told of the classes that the expression names.
    indent : int
        Of the line that the expression begins in.
    beside : int
        Further characters of that line.

    Raises
    ------
    TypeError
        The value is none of these.
    """
    line = _flat(value, imports)
    opening, items, closing = _parts(value, imports)
    if not items or indent + beside + _width(line) <= WIDTH:
        return line
    inner = indent + _INDENT
    lines = [
        f"{' ' * inner}{prefix}{source(item, imports, inner, _width(prefix) + 1)},\n"
        for prefix, item in items
    ]
    return f"{opening}\n{''.join(lines)}{' ' * indent}{closing}"


def _flat(value: Any, imports: Imports) -> str:
    match value:
        case np.generic():
            return _flat(value.item(), imports)
        case None | bool() | int():
            return repr(value)
        case float():
            return repr(float(value)) if math.isfinite(value) else f'float("{value}")'
        case str():
            return text_literal(value)
    opening, items, closing = _parts(value, imports)
    inside = ", ".join(prefix + _flat(item, imports) for prefix, item in items)
    return opening + inside + ("," if opening == "(" and len(items) == 1 else "") + closing


def _parts(value: Any, imports: Imports) -> tuple[str, list[tuple[str, Any]], str]:
    """Return the brackets of a value and what stands in them, item by item with its name."""
    match value:
        case None | bool() | int() | float() | str() | np.generic():
            return "", [], ""
        case list():
            return "[", [("", item) for item in value], "]"
        case frozenset():
            return "frozenset(", [("", sorted(value))] if value else [], ")"
        case tuple():
            return "(", [("", item) for item in value], ")"
        case Mapping():
            return "{", [(f"{_flat(k, imports)}: ", item) for k, item in value.items()], "}"
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"a {type(value).__name__} cannot be written as source")
    return f"{_class_name(type(value), imports)}(", _arguments(value), ")"


def _width(text: str) -> int:
    """Return at most how many columns a text takes: characters of other scripts may take two."""
    return sum(1 if character.isascii() else 2 for character in text)


def _arguments(value: Any) -> list[tuple[str, Any]]:
    """Return the arguments that make a dataclass, without those that it fills in by itself."""
    entries = [entry for entry in fields(value) if entry.init]
    needed = [e.name for e in entries if e.default is MISSING and e.default_factory is MISSING]
    unchanged = type(value)(**{name: getattr(value, name) for name in needed})
    named = [("" if len(needed) == 1 else f"{name}=", getattr(value, name)) for name in needed]
    return named + [
        (f"{entry.name}=", getattr(value, entry.name))
        for entry in entries
        if entry.name not in needed and getattr(value, entry.name) != getattr(unchanged, entry.name)
    ]


def _class_name(cls: type, imports: Imports) -> str:
    """Return a class by the shortest public way: the interface, its package, its module."""
    package, _, module = cls.__module__.rpartition(".")
    for home in ("laminoscope_core", package):
        if getattr(import_module(home), cls.__name__, None) is cls:
            return imports.add(home, cls.__name__)
    return f"{imports.add(package, module)}.{cls.__name__}"


def _visible(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _groups(names: Mapping[str, str]) -> list[list[str]]:
    """Return what stands in one statement each: all plain names, and every renamed one."""
    plain = sorted((name for name, alias in names.items() if name == alias), key=_order)
    renamed = [[f"{name} as {alias}"] for name, alias in names.items() if name != alias]
    return sorted([*renamed, *([plain] if plain else [])], key=lambda group: _order(group[0]))


def _import(module: str, names: list[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= WIDTH or len(names) == 1:
        return line
    return f"from {module} import (\n    " + ",\n    ".join(names) + ",\n)"


def _order(name: str) -> tuple[int, str]:
    """Return the key by which ruff sorts names: constants, classes, then the others."""
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2), name
