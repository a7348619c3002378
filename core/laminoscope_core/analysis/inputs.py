"""What an analysis is given: captured activations and the results of earlier analyses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import AnalysisError

__all__ = ["Activations", "Inputs", "not_finite"]

ResultT = TypeVar("ResultT")


class Activations(Protocol):
    """Q, K and V of every word, as `laminoscope_core.run.words.capture_words` returns them.

    Attributes
    ----------
    words, categories : tuple of str
        The words and the category of each.
    target, context : mapping of str to float32 array (n_layers, n_words, heads, d_head)
        By site ("q", "k", "v"): at the word itself, and at the context token.
    """

    @property
    def words(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def categories(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def target(self) -> Mapping[str, NDArray[np.float32]]: ...  # noqa: D102

    @property
    def context(self) -> Mapping[str, NDArray[np.float32]]: ...  # noqa: D102


@dataclass(frozen=True, eq=False)
class Inputs:
    """The activations of a run and what has been computed from them so far.

    Attributes
    ----------
    words : Activations or None
        The word experiment, if there is one.
    text : object or None
        What was captured for the running text, if there is one.
    prompts : object or None
        What was captured for the prompts to continue, if there are any.
    results : mapping of str to object
        Results by analysis id.
    """

    words: Activations | None = None
    text: Any = None
    prompts: Any = None
    results: Mapping[str, Any] = field(default_factory=dict)

    def word_activations(self) -> Activations:
        """Return `words`, or raise `AnalysisError` if there are none, or none of their vectors."""
        if self.words is None:
            raise AnalysisError(
                "This analysis needs a word experiment.", "Add a [words] section to the experiment."
            )
        if not all(len(rows) for rows in self.words.target.values()):
            raise AnalysisError(
                "This needs the activations of the words, which the session was saved without.",
                "Press Capture to run the model again.",
            )
        return self.words

    def result(self, analysis_id: str, kind: type[ResultT]) -> ResultT:
        """Return the result of an earlier analysis, or raise `AnalysisError` if it is missing."""
        result = self.results.get(analysis_id)
        if not isinstance(result, kind):
            raise AnalysisError(f"This analysis needs the result of {analysis_id!r}.")
        return result


def not_finite(rows: NDArray[np.floating], site: str) -> NDArray[np.str_]:
    """Return, for each layer (n_layers,), what to say if its activations are not finite.

    Parameters
    ----------
    rows : array (n_layers, …)
        Activations of one site.
    site : str
        Its name.

    Examples
    --------
    >>> not_finite(np.array([[1.0, 2.0], [1.0, np.inf]]), "q").tolist()
    ['', 'Q holds values that are not finite, first in layer 1']
    """
    broken = ~np.isfinite(rows).reshape(len(rows), -1).all(axis=-1)
    reason = f"{site.upper()} holds values that are not finite, first in layer {np.argmax(broken)}"
    return np.where(broken, reason, "")
