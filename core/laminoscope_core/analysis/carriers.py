"""What results of several carrier sentences share."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["first_reasons"]


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
