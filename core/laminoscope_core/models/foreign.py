"""What a library raises over a stranger's files, whatever its class, as an error of ours."""

import contextlib
from collections.abc import Iterator

from laminoscope_core.errors import LaminoscopeError, ModelError
from laminoscope_core.job import Cancelled

__all__ = ["first_line", "foreign_errors"]

_PASSED_ON = (LaminoscopeError, Cancelled, KeyboardInterrupt, SystemExit, GeneratorExit)


@contextlib.contextmanager
def foreign_errors(
    what: str, hint: str, kind: type[LaminoscopeError] = ModelError
) -> Iterator[None]:
    """Turn anything that is raised inside into one of our errors.

    A panic of a library in Rust is a ``BaseException`` that is no ``Exception``; it too is
    turned.  Our own errors, a cancelled job and an interrupt pass.

    Parameters
    ----------
    what : str
        What could not be done, without a full stop; what was raised is added.
    hint : str
        What to do about it.
    kind : type
        The error to raise.

    Examples
    --------
    >>> with foreign_errors("The template fails", "Switch it off."):
    ...     1 / 0
    Traceback (most recent call last):
        ...
    laminoscope_core.errors.ModelError: The template fails: division by zero. Switch it off.
    """
    try:
        yield
    except _PASSED_ON:
        raise
    except BaseException as error:
        raise kind(f"{what}: {first_line(error).removesuffix('.')}.", hint) from error


def first_line(error: BaseException) -> str:
    """Return the first line of what an error says, or the name of its class.

    One that ends in a colon is followed by the next; a `KeyError` says no more than its key.

    Examples
    --------
    >>> first_line(ValueError("odd\\nvery odd")), first_line(KeyError()), first_line(KeyError("x"))
    ('odd', 'KeyError', "there is no 'x'")
    >>> first_line(ValueError("of the field:\\n  not a number"))
    'of the field: not a number'
    """
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = lines[0] if lines else ""
    if said.endswith(":"):
        said = " ".join(lines[:2])
    if said and isinstance(error, KeyError):
        said = f"there is no {said}"
    return said[:300] or type(error).__name__
