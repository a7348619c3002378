"""What results of several carrier sentences share: their mean, and why there is none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.job import Job

__all__ = ["MEAN", "first_reasons", "in_each_carrier", "mean_over_carriers"]

MEAN = "mean"
"""What stands in the place of a carrier sentence where scores are a mean over several."""

R = TypeVar("R", bound=Any)
S = TypeVar("S")


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


def in_each_carrier(
    several: Sequence[S],
    of: Callable[[S, Job, Callable[[Callable[[], R]], None]], R],
    job: Job,
    numbers: Sequence[str],
    reasons: Sequence[str] = ("reasons",),
) -> R:
    """Return one result of several carrier sentences, computed one after the other.

    Parameters
    ----------
    several : sequence
        What is given of each sentence.
    of : callable
        Makes a sentence's result of that, with its part of the job; by the third argument it shows
        what it has so far, if it is given what makes that.
    job : Job
        Handed the mean over the sentences so far, as a result whose ``complete`` is false.
    numbers, reasons : sequence of str
        As of `mean_over_carriers`.
    """
    found: list[R] = []

    def mean(*more: R) -> R:
        return mean_over_carriers([*found, *more], numbers, reasons)

    def show(so_far: Callable[[], R]) -> None:
        job.show_partial(lambda: replace(mean(so_far()), complete=False))

    for each, part in zip(several, job.parts(len(several)), strict=True):
        found.append(of(each, part, show))
    return mean()


def _each(found: Sequence[Any], name: str, of: Any) -> Any:
    """Return what is made of a field of several results, by key where it is a mapping."""
    several = [getattr(each, name) for each in found]
    if isinstance(several[0], Mapping):
        return {key: of([each[key] for each in several]) for key in several[0]}
    return of(several)
