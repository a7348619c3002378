"""What results of several carrier sentences share: their mean, and why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["MEAN", "first_reasons", "mean_over_carriers"]

MEAN = "mean"
"""What stands in the place of a carrier sentence where scores are a mean over several."""

R = TypeVar("R", bound=Any)


def first_reasons(several: Sequence[NDArray[np.str_]]) -> NDArray[np.str_]:
    """Return of arrays of reasons, place by place, the first that is not empty.

    Examples
    --------
    >>> first_reasons([np.array(["", "a"]), np.array(["b", "c"])]).tolist()
    ['b', 'a']
    """
    found = several[0]
    for each in several[1:]:
        found = np.where(found != "", found, each)
    return found


def mean_over_carriers(
    found: Sequence[R], numbers: Sequence[str], reasons: Sequence[str] = ("reasons",)
) -> R:
    """Return one result of those of several carrier sentences; the one, if it is alone.

    Parameters
    ----------
    found : sequence of Result
        Frozen dataclasses with ``carrier`` and ``by_carrier``, of the same words.
    numbers : sequence of str
        Fields whose means are taken, of arrays or of mappings to arrays: a mean is NaN where a
        sentence's number is.
    reasons : sequence of str
        Fields that say why: of each place the first sentence's reason.
    """
    if len(found) == 1:
        return found[0]
    means = {name: _each(found, name, lambda many: np.mean(many, axis=0)) for name in numbers}
    why = {name: _each(found, name, first_reasons) for name in reasons}
    result: R = replace(found[0], carrier=MEAN, **means, **why, by_carrier=tuple(found))
    return result


def _each(found: Sequence[Any], name: str, of: Any) -> Any:
    """Return what is made of a field of several results, by key where it is a mapping."""
    several = [getattr(each, name) for each in found]
    if isinstance(several[0], Mapping):
        return {key: of([each[key] for each in several]) for key in several[0]}
    return of(several)
