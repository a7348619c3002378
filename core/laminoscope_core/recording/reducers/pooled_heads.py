"""Numbers of heads over many texts: means over the queries of all of them."""

from collections.abc import Sequence

import numpy as np

from laminoscope_core.recording.reducers.heads import HeadsReading

__all__ = ["pooled"]


def pooled(readings: Sequence[HeadsReading]) -> HeadsReading:
    """Return one reading of several texts of one model.

    Every query counts the same, so that a long text counts for more than a short one, and a text
    in which a number is undefined counts for nothing there.

    Parameters
    ----------
    readings : sequence of HeadsReading
        At least one.

    Examples
    --------
    >>> def of(value, n):
    ...     shape = np.full((1, 1, 1), value)
    ...     return HeadsReading(("sink",), shape, np.array([n]), np.array([1]), np.array([[""]]))
    >>> both = pooled([of(0.2, 3), of(0.6, 1), of(np.nan, 0)])
    >>> both.value.round(3).item(), both.n.item()
    (0.3, 4)
    """
    first = readings[0]
    counts = np.stack([each.n for each in readings]).astype(np.float64)[:, None, :, None]
    values = np.stack([each.value for each in readings])
    there = (counts > 0) & np.isfinite(values)
    n = np.where(there, counts, 0.0).sum(axis=0)
    total = np.where(there, values * counts, 0.0).sum(axis=0)
    mean = np.divide(total, n, out=np.full_like(total, np.nan), where=n > 0)
    # a text without earlier copies is no reason where others have some
    known = np.isfinite(mean).any(axis=-1)
    reasons = np.where(known, "", first.reasons)
    return HeadsReading(
        first.metrics, mean, np.sum([each.n for each in readings], axis=0), first.n_heads, reasons
    )
