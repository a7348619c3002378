"""Numbers of a result that are computed once, however often it is shown."""

from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

__all__ = ["once"]

_P = ParamSpec("_P")
_R = TypeVar("_R")


def once(function: Callable[Concatenate[Any, _P], _R]) -> Callable[Concatenate[Any, _P], _R]:
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
    >>> double(result, 4), double(result, 4), made
    (8, 8, [4])
    """
    found: WeakKeyDictionary[Any, dict[Hashable, _R]] = WeakKeyDictionary()

    def kept(result: Any, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        made = found.setdefault(result, {})
        if args not in made:
            made[args] = function(result, *args, **kwargs)
        return made[args]

    return update_wrapper(kept, function)
