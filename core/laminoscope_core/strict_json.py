"""Values as strict JSON holds them: every number finite, every text whole, every name once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from laminoscope_core.text import sound_text

__all__ = ["json_ready", "without_repetition"]


def json_ready(value: Any) -> Any:
    """Return a value as strict JSON holds it: NaN as None, infinities by name, sets as lists.

    Examples
    --------
    >>> json_ready({"p": (0.5, float("nan"), float("-inf")), 1: np.int64(2)})
    {'p': [0.5, None, '-inf'], '1': 2}
    """
    if isinstance(value, Mapping):
        return {sound_text(str(key)): json_ready(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, range)):
        return [json_ready(item) for item in value]
    if isinstance(value, frozenset):
        return json_ready(sorted(value))
    if isinstance(value, np.ndarray):
        return json_ready(value.tolist())
    if isinstance(value, np.generic):
        return json_ready(value.item())
    if isinstance(value, float) and not np.isfinite(value):
        return None if np.isnan(value) else str(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return sound_text(str(value))


def without_repetition(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON, as ``object_pairs_hook``; of two equal names one would be lost.

    Raises
    ------
    ValueError
        A name stands in it twice.

    Examples
    --------
    >>> import json
    >>> json.loads('{"k": 3, "k": 4}', object_pairs_hook=without_repetition)
    Traceback (most recent call last):
        ...
    ValueError: 'k' stands in it twice
    """
    pairs = list(pairs)
    found = dict(pairs)
    if len(found) != len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise ValueError(f"{twice!r} stands in it twice")
    return found
