"""What a sampler can be told: parameters with ranges, and the error for a bad one."""

import math
import numbers
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.text import half_character

__all__ = ["DEFAULT_BREAKERS", "Parameter", "SamplingError"]

_LONGEST_TEXT = 20_000

DEFAULT_BREAKERS: tuple[str, ...] = ("\n", ":", '"', "*")


class SamplingError(LaminoscopeError):
    """A chain, its parameters, its logits or a generation are not usable."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a sampler, enough to build a control from.

    Attributes
    ----------
    name : str
        The key in a chain's list.
    kind : {"float", "int", "breakers", "text"}
        What it holds; `breakers` are texts or lists of token ids.
    default : float, int or tuple
        The value when a chain does not give one.
    minimum, maximum : float
        The accepted range, both ends included.
    usual : (float, float)
        The range that a slider should offer.
    help : str
        One sentence.
    reads : callable or None
        Of a text: raises a `SamplingError` if it means nothing.
    """

    name: str
    kind: Literal["float", "int", "breakers", "text"]
    default: Any
    minimum: float
    maximum: float
    usual: tuple[float, float]
    help: str
    reads: Callable[[str], object] | None = None

    @property
    def title(self) -> str:
        """Its name for people."""
        return self.name.replace("_", " ")

    def checked(self, sampler: str, value: Any) -> Any:
        """Return ``value`` in its own type.

        Raises
        ------
        SamplingError
            Not of the kind, or out of range; the message names parameter, range and value.

        Examples
        --------
        >>> Parameter("k", "int", 40, -1, 1000, (0, 200), "How many.").checked("top_k", 2.5)
        Traceback (most recent call last):
            ...
        laminoscope_core.sampling.parameters.SamplingError: top_k: k must be a whole number \
from -1 to 1000, not 2.5.
        """
        if self.kind == "breakers":
            return _checked_breakers(sampler, self.name, value)
        if self.kind == "text":
            return self._checked_text(sampler, value)
        number = _number(value)
        whole = self.kind == "int"
        in_range = number is not None and self.minimum <= number <= self.maximum
        if number is None or not in_range or (whole and number != int(number)):
            kind = "a whole number" if whole else "a number"
            raise SamplingError(
                f"{sampler}: {self.name} must be {kind} from {self.minimum:.10g} "
                f"to {self.maximum:.10g}, not {value!r}."
            )
        return int(number) if whole else float(number)

    def _checked_text(self, sampler: str, value: Any) -> str:
        if not isinstance(value, str) or half_character(value) or len(value) > _LONGEST_TEXT:
            raise SamplingError(
                f"{sampler}: {self.name} must be a whole text of at most {_LONGEST_TEXT} "
                f"characters, not {str(value)[:40]!r}."
            )
        if self.reads is not None and value.strip():
            self.reads(value)
        return value


def _number(value: Any) -> int | float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real) and math.isfinite(value):
        return float(value)
    return None


def _checked_breakers(
    sampler: str, name: str, value: Any
) -> tuple[str, ...] | tuple[tuple[int, ...], ...]:
    if isinstance(value, (list, tuple)):
        if value and all(isinstance(entry, str) and _is_text(entry) for entry in value):
            return tuple(value)
        if all(_is_id_list(entry) for entry in value):
            return tuple(tuple(int(token) for token in entry) for entry in value)
    raise SamplingError(
        f"{sampler}: {name} must be a list of whole texts, or a list of lists of token ids "
        f"(0 or more), none of them empty, not {value!r}."
    )


def _is_text(entry: str) -> bool:
    return bool(entry) and not half_character(entry)


def _is_id_list(entry: Any) -> bool:
    if not isinstance(entry, (list, tuple)) or not entry:
        return False
    tokens = [_number(token) for token in entry]
    return all(isinstance(token, int) and token >= 0 for token in tokens)
