"""Numbers of a result that are computed once, however often it is shown."""

from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

__all__ = ["Once", "once"]

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Once(Generic[_P, _R]):
    """A function of a result that remembers what it made of it, as long as that lives."""

    def __init__(self, function: Callable[Concatenate[Any, _P], _R]) -> None:
        self._function = function
        self._found: WeakKeyDictionary[Any, dict[Hashable, _R]] = WeakKeyDictionary()
        update_wrapper(self, function)

    def __call__(self, result: Any, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """Return what the function makes of a result, made anew only the first time."""
        made = self._found.setdefault(result, {})
        if args not in made:
            made[args] = self._function(result, *args, **kwargs)
        return made[args]

    def is_made(self, result: Any, /, *args: _P.args, **_: _P.kwargs) -> bool:
        """Return whether a call would only look it up."""
        return args in self._found.get(result, {})


def once(function: Callable[Concatenate[Any, _P], _R]) -> Once[_P, _R]:
    """Let what a function makes of a result be made once, and be kept as long as the result.

    The function's further arguments must be positional, hashable, and of few values: everything
    that is made of them is kept.

    Examples
    --------
    >>> class Result:
    ...     pass
    >>> made = []
    >>> double = once(lambda result, number: made.append(number) or 2 * number)
    >>> result = Result()
    >>> double.is_made(result, 4), double(result, 4), double.is_made(result, 4)
    (False, 8, True)
    >>> double(result, 4), made
    (8, [4])
    """
    return Once(function)
