"""What the plots of a sweep share: which list and sentence they show, and a model's curve."""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.rsa import MEAN
from laminoscope_core.analysis.swept import Swept, relative_depth
from laminoscope_core.plots.shown import Curve, Mark, Points
from laminoscope_core.text import how_many, visible_text

__all__ = ["chosen", "model_marks", "place_text"]

Key = tuple[str, str, str]


def chosen(keys: Iterable[Key], asked: Key) -> Key:
    """Return the list, sentence and site that are asked for, or else the first that are there.

    Of several sentences that is the mean.

    Examples
    --------
    >>> keys = [("birds", "a {word}", "q"), ("birds", "mean", "q")]
    >>> chosen(keys, ("", "", "")), chosen(keys, ("birds", "a {word}", "v"))
    (('birds', 'mean', 'q'), ('birds', 'a {word}', 'q'))
    """
    left = list(keys)
    if not left:
        return asked
    for place, wanted in enumerate(asked):
        there = [key[place] for key in left]
        fallback = MEAN if place == 1 and MEAN in there else there[0]
        value = wanted if wanted in there else fallback
        left = [key for key in left if key[place] == value]
    return left[0]


def place_text(swept: Swept, words: str, sentence: str) -> str:
    """Return list and sentence as a note says them."""
    parts = []
    if words in swept.words:
        parts.append(f"{visible_text(words, limit=30)}, {how_many(swept.words[words], 'word')}")
    if sentence == MEAN:
        parts.append(f"mean over {how_many(len(swept.carriers) - 1, 'carrier sentence')}")
    elif sentence:
        parts.append(f"in “{visible_text(sentence, limit=40)}”")
    return " · ".join(parts)


def model_marks(
    model: int,
    y: NDArray[np.float64],
    says: Callable[[int], str],
    alpha: float = 1.0,
    *,
    marked: bool = False,
) -> dict[str, Mark]:
    """Return a model's numbers (n_layers,) along relative depth, as a curve with its points.

    Parameters
    ----------
    model : int
        Which of the sweep's; a click on a point marks it.
    y : float64 array
    says : callable
        Of a layer.
    alpha : float
    marked : bool
        Whether it is the one that is marked.
    """
    x, colour = relative_depth(len(y)), "accent" if marked else "muted"
    return {
        f"model {model}": Curve(x=x, y=y, colour=colour, alpha=alpha, width=1.4 if marked else 0.7),
        f"points {model}": Points(
            x=x,
            y=y,
            size=0.8 if marked else 0.5,
            colour=colour,
            alpha=alpha,
            stands_for={"swept": np.full(len(y), model)},
            says=says,
        ),
    }
