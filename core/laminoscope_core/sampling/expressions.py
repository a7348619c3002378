"""Formulas that a user types: read with care, and computed without Python's own evaluation.

A formula is checked word by word, then parsed by `ast`, and every node of the tree must be on the
list below; the tree is walked here, over float64 arrays.  Nothing of it is ever compiled or run.
"""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.sampling.parameters import SamplingError

__all__ = ["LONGEST", "Expression", "ExpressionError", "Values", "parsed"]

LONGEST = 300
"""Characters of a formula, at most."""

_DEEPEST = 30

Values = NDArray[Any]
"""Numbers or truths, (n,) or a single one."""

_WORD = re.compile(
    r"(?P<space>[ \t]+)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_.]))"
    r"|(?P<sign>\*\*|<=|>=|==|!=|/(?!/)|<(?!<)|>(?!>)|[-+*%(),])"
)
_JOINING = frozenset(("and", "or", "not"))

_BINARY: Mapping[type[ast.operator], Callable[[Values, Values], Values]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Mod: np.mod,
    ast.Pow: np.power,
}
_COMPARED: Mapping[type[ast.cmpop], Callable[[Values, Values], Values]] = {
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
    ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
}


def _extreme(
    pairwise: Callable[[Values, Values], Values], over_all: Callable[[Values], Values]
) -> Callable[..., Values]:
    """Return min or max: of one argument over the candidates, of two candidate by candidate."""

    def function(*given: Values) -> Values:
        return over_all(given[0]) if len(given) == 1 else pairwise(*given)

    return function


def _chosen(truth: Values, one: Values, other: Values) -> Values:
    return np.where(truth != 0, one, other)


_FUNCTIONS: Mapping[str, tuple[frozenset[int], Callable[..., Values]]] = {
    "exp": (frozenset((1,)), np.exp),
    "ln": (frozenset((1,)), np.log),
    "sqrt": (frozenset((1,)), np.sqrt),
    "abs": (frozenset((1,)), np.abs),
    "min": (frozenset((1, 2)), _extreme(np.minimum, np.min)),
    "max": (frozenset((1, 2)), _extreme(np.maximum, np.max)),
    "where": (frozenset((3,)), _chosen),
    "sum": (frozenset((1,)), np.sum),
    "cumsum": (frozenset((1,)), np.cumsum),
}
"""By name: with how many arguments, and what is computed.

Single numbers stand for as many equal ones where a function takes all candidates together.
"""

_OVER_ALL = frozenset(("min", "max", "sum", "cumsum"))


class ExpressionError(SamplingError):
    """A formula that cannot be read.

    Attributes
    ----------
    problem : str
        What is wrong, without the place.
    position : int
        At which character, from 0.
    """

    def __init__(self, problem: str, position: int, hint: str = "") -> None:
        super().__init__(f"Character {position + 1} of the rule: {problem}.", hint)
        self.problem, self.position = problem, position


@dataclass(frozen=True)
class Expression:
    """A formula that has been read; see `parsed`.

    Attributes
    ----------
    tree : ast.expr
        Made of allowed nodes only.
    """

    tree: ast.expr

    def value(self, names: Mapping[str, Callable[[], Values]], size: int) -> Values:
        """Compute it in float64; what has no value is NaN or infinite, and nothing is raised.

        Parameters
        ----------
        names : mapping of str to callable
            What each name stands for: numbers (size,) or a single one, made when they are used.
        size : int
            How many candidates there are.

        Returns
        -------
        ndarray of float64 or bool, (size,) or ()
        """
        with np.errstate(all="ignore"):
            return _value(self.tree, names, size)

    def bound(self) -> tuple[str, "Expression"] | None:
        """Return the name and the limit of a formula ``name >= limit``; None if it is another."""
        tree = self.tree
        if (
            isinstance(tree, ast.Compare)
            and len(tree.ops) == 1
            and isinstance(tree.ops[0], (ast.GtE, ast.Gt))
            and isinstance(tree.left, ast.Name)
        ):
            return tree.left.id, Expression(tree.comparators[0])
        return None


@lru_cache(maxsize=256)
def parsed(text: str, names: frozenset[str]) -> Expression:
    """Read a formula.

    Parameters
    ----------
    text : str
        Of `names`, numbers, ``+ - * / ** %``, comparisons, ``and or not``, and the functions
        ``exp ln sqrt abs min max where sum cumsum``.
    names : frozenset of str

    Raises
    ------
    ExpressionError
        Anything else, or too long or too deep; it says at which character.

    Examples
    --------
    >>> parsed("p >= q", frozenset("p"))
    Traceback (most recent call last):
        ...
    laminoscope_core.sampling.expressions.ExpressionError: Character 6 of the rule: \
q is not known. Known are p, and abs, cumsum, exp, ln, max, min, sqrt, sum, where.
    """
    if len(text) > LONGEST:
        raise ExpressionError(f"a formula has at most {LONGEST} characters", LONGEST)
    _check_words(text, names)
    start = len(text) - len(text.lstrip())
    if start == len(text):
        raise ExpressionError("the formula is missing", len(text))
    try:
        tree = ast.parse(text[start:], mode="eval").body
    except SyntaxError as error:
        # 0 is the end of the text
        at = error.offset + start - 1 if error.offset else len(text)
        raise ExpressionError("this is not a formula", at) from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionError("the formula is nested too deeply", start) from None
    _check(tree, start, 0)
    return Expression(tree)


def _check_words(text: str, names: frozenset[str]) -> None:
    """Refuse all words and signs that no formula has, before anything is parsed."""
    at = 0
    while at < len(text):
        found = _WORD.match(text, at)
        if found is None:
            raise ExpressionError("this has no place in a formula", at)
        word = found.group("name")
        if word is not None and word not in names | _JOINING | _FUNCTIONS.keys():
            known = f"Known are {', '.join(sorted(names))}, and {', '.join(sorted(_FUNCTIONS))}."
            raise ExpressionError(f"{word[:40]} is not known", at, known)
        at = found.end()


def _check(node: ast.expr, start: int, depth: int) -> None:
    """Refuse a tree that has anything but numbers, names, operators and known functions."""
    at = start + node.col_offset
    if depth > _DEEPEST:
        raise ExpressionError("the formula is nested too deeply", at)
    match node:
        case ast.Constant(value=value) if type(value) in (int, float):
            parts: list[ast.expr] = []
        case ast.Name(id=name) if name not in _FUNCTIONS:
            parts = []
        case ast.Name(id=name):
            raise ExpressionError(f"{name} needs brackets and what it is of", at)
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _BINARY:
            parts = [left, right]
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Not(), operand=operand):
            parts = [operand]
        case ast.BoolOp(values=values):
            parts = values
        case ast.Compare(left=left, ops=ops, comparators=others) if all(
            type(op) in _COMPARED for op in ops
        ):
            parts = [left, *others]
        case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]) if name in _FUNCTIONS:
            counts, _ = _FUNCTIONS[name]
            if len(parts) not in counts:
                needed = " or ".join(map(str, sorted(counts)))
                raise ExpressionError(f"{name} takes {needed}, not {len(parts)}", at)
        case _:
            raise ExpressionError("this has no place in a formula", at)
    for part in parts:
        _check(part, start, depth + 1)


def _value(node: ast.expr, names: Mapping[str, Callable[[], Values]], size: int) -> Values:
    def of(part: ast.expr) -> Values:
        return _value(part, names, size)

    match node:
        case ast.Constant(value=int() | float() as number):
            return np.asarray(_as_float(number))
        case ast.Name(id=name):
            return names[name]()
        case ast.BinOp(left=left, op=operator, right=right):
            return np.asarray(_BINARY[type(operator)](_numbers(of(left)), _numbers(of(right))))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return np.asarray(of(operand) == 0)
        case ast.UnaryOp(op=sign, operand=operand):
            number_or_more = _numbers(of(operand))
            return -number_or_more if isinstance(sign, ast.USub) else number_or_more
        case ast.BoolOp(op=joining, values=values):
            joined = np.logical_and if isinstance(joining, ast.And) else np.logical_or
            truths = [of(each) != 0 for each in values]
            return np.asarray(reduce(joined, truths))
        case ast.Compare(left=left, ops=ops, comparators=others):
            before, truth = of(left), np.asarray(True)
            for op, other in zip(ops, map(of, others), strict=True):
                truth = np.asarray(np.logical_and(truth, _COMPARED[type(op)](before, other)))
                before = other
            return truth
        case ast.Call(func=ast.Name(id=name), args=args):
            given = [_numbers(of(part)) for part in args]
            if name in _OVER_ALL and len(given) == 1:
                given = [np.broadcast_to(given[0], (size,))]
            return np.asarray(_FUNCTIONS[name][1](*given))
    raise AssertionError("a formula is checked before it is computed")


def _numbers(values: Values) -> Values:
    """Return truths as 1 and 0, so that they can be counted with."""
    return np.asarray(values, dtype=np.float64)


def _as_float(number: int | float) -> float:
    try:
        return float(number)
    except OverflowError:
        return np.inf
