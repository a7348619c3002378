"""Where names of many points have room: beside their point, clear of other points and names.

Lengths are of whatever unit they are painted in, y running down; a box is its left, upper, right
and lower end.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["name_boxes"]

Floats = NDArray[np.float64]

_SIDES = ((-0.5, -1.0, 0, -1), (-0.5, 0.0, 0, 1), (0.0, -0.5, 1, 0), (-1.0, -0.5, -1, 0))
"""Above, below, right, left: where a box begins, in its sizes and in gaps from the point."""
_FINE = 4
"""Cells in the height of a name: overlaps are looked up in a grid, however many names there are."""


def name_boxes(points: Floats, sizes: Floats, gap: float, bounds: Floats) -> Floats:
    """Return where names stand (n, 4): above, below, right or left of their point.

    The first names are placed first; those for which no side is free are left out.

    Parameters
    ----------
    points, sizes : float64 arrays (n, 2)
        Where the points are, and the width and height of each name.
    gap : float
        Between a point and its name, at least half the height of names.
    bounds : float64 array (4,)
        In which names are; those of points outside are left out.

    Returns
    -------
    float64 array (n, 4)
        NaN for those left out.

    Examples
    --------
    >>> points, sizes = np.array([[5.0, 4], [6, 4], [9, 9]]), np.full((3, 2), [4.0, 2])
    >>> name_boxes(points, sizes, 1, np.array([0.0, 0, 10, 8])).tolist()
    [[3.0, 1.0, 7.0, 3.0], [4.0, 5.0, 8.0, 7.0], [nan, nan, nan, nan]]
    """
    boxes = np.full((len(points), 4), np.nan)
    low, high = bounds[:2], bounds[2:]
    inside = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    if not inside.size:
        return boxes
    cell = sizes[:, 1].min() / _FINE
    taken = np.zeros(np.ceil((high - low) / cell).astype(int) + 1, dtype=np.bool_)
    taken[tuple(((points[inside] - low) / cell).astype(int).T)] = True
    room = (high - low).tolist()
    for at in inside.tolist():
        (x, y), (width, height) = (points[at] - low).tolist(), sizes[at].tolist()
        for across, down, right, below in _SIDES:
            left, top = x + across * width + right * gap, y + down * height + below * gap
            if not right:  # above and below, a name may be shifted into the bounds
                left = min(max(left, 0.0), room[0] - width)
            if min(left, top) < 0 or left + width > room[0] or top + height > room[1]:
                continue
            cells = taken[
                int(left / cell) : int((left + width) / cell) + 1,
                int(top / cell) : int((top + height) / cell) + 1,
            ]
            if not cells.any():
                cells[:] = True
                boxes[at] = left, top, left + width, top + height
                break
    return boxes + np.tile(low, 2)
