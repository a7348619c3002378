"""The values that a field of a view may have."""

from collections.abc import Collection

__all__ = ["check_choice"]


def check_choice(field: str, value: object, choices: Collection[str]) -> None:
    """Raise ValueError if a field of a view has none of its values.

    Examples
    --------
    >>> check_choice("site", "x", ("q", "k", "v"))
    Traceback (most recent call last):
        ...
    ValueError: site must be one of q, k, v, not 'x'
    """
    if value not in choices:
        raise ValueError(f"{field} must be one of {', '.join(choices)}, not {value!r}")
