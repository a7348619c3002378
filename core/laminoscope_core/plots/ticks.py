"""How many marks along an axis are labelled."""

import math

__all__ = ["FEWEST_NAMES", "decades", "every", "wider"]

FEWEST_NAMES = 5
"""With fewer names along an axis than every fifth, numbers say more."""

_STEPS = (1, 2, 5)


def decades(low: float, high: float) -> tuple[tuple[float, str], ...]:
    """Return the ticks of an axis in decades: powers of ten, and 2 and 5 where these are few.

    Examples
    --------
    >>> decades(0.02, 30)
    ((0.1, '0.1'), (1.0, '1'), (10.0, '10'))
    >>> [text for _, text in decades(0.04, 0.6)]
    ['0.05', '0.1', '0.2', '0.5']
    """
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    inside = [
        (step, value)
        for power in powers
        for step in _STEPS
        if low <= (value := float(f"{step}e{power}")) <= high
    ]
    tens = [value for step, value in inside if step == 1]
    chosen = tens if len(tens) > 1 else [value for _, value in inside]
    return tuple((value, f"{value:g}") for value in chosen)


def every(count: int, room: int) -> int:
    """Return the smallest of 1, 2, 5, 10, 20 … by which ``count`` marks fit into ``room``.

    Examples
    --------
    >>> every(40, 50), every(90, 50), every(2000, 50)
    (1, 2, 50)
    """
    step, power = 1, 0
    while -(-count // step) > max(room, 1):
        power += 1
        step = _STEPS[power % 3] * 10 ** (power // 3)
    return step


def wider(spacing: float) -> float:
    """Return the next wider of the spacings … 0.1, 0.2, 0.5, 1, 2, 5 ….

    Examples
    --------
    >>> wider(0.2), wider(0.5), wider(20)
    (0.5, 1.0, 50.0)
    """
    power = math.floor(math.log10(spacing) + 1e-9)
    first = round(spacing / 10.0**power)
    following = next((step for step in _STEPS if step > first), 10)
    return float(f"{following}e{power}")
