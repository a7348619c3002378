"""How many marks along an axis are labelled."""

__all__ = ["FEWEST_NAMES", "every"]

FEWEST_NAMES = 5
"""With fewer names along an axis than every fifth, numbers say more."""

_STEPS = (1, 2, 5)


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
