"""What the figures of the words task share: labels and columns of words and their pairs."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.similarity import SITES
from laminoscope_core.figures.plot_data import PlotData
from laminoscope_core.figures.text import figure_text

if TYPE_CHECKING:
    from laminoscope_core.analysis import similarity

__all__ = ["SCALES", "layer_number", "marked_pair", "pair_columns"]

SCALES = {
    "cosine": "cosine similarity",
    "cosine_z": "cosine similarity, z-scored",
    "pearson": "Pearson similarity",
    "spearman": "Spearman similarity",
    "negative_euclidean": "−Euclidean distance",
}
"""By measure: what similarities are called along an axis."""


def layer_number(n_layers: int, layer: int | None) -> int:
    """Return the index of a layer if it exists; of the middle one for None.

    Raises
    ------
    ValueError
        It does not.
    """
    if layer is None:
        return n_layers // 2
    if not 0 <= layer < n_layers:
        raise ValueError(f"there is no layer {layer}; layers run from 0 to {n_layers - 1}")
    return layer


def pair_columns(
    result: "similarity.Result",
    first: NDArray[np.intp],
    second: NDArray[np.intp],
    selected: tuple[int, int] | None,
) -> dict[str, NDArray[Any]]:
    """Return what says which words each pair consists of, and whether it is the selected one.

    Raises
    ------
    ValueError
        The selected pair is not among the words.
    """
    words, categories = _texts(result.words), _texts(result.categories)
    ends = (-1, -1) if selected is None else (min(selected), max(selected))
    if selected is not None and not 0 <= ends[0] < ends[1] < len(words):
        raise ValueError(f"there is no pair of words {selected}; there are {len(words)} words")
    return {
        "first": first,
        "second": second,
        "first_word": words[first],
        "second_word": words[second],
        "first_category": categories[first],
        "second_category": categories[second],
        "selected": (first == ends[0]) & (second == ends[1]),
    }


def marked_pair(plot: PlotData) -> str:
    """Return the selected pair and its similarities: ``galaxy – comet: Q 0.83, K 0.70, V 0.91``.

    Empty if none is selected.  The words are made safe.
    """
    columns = plot.table.columns
    found = np.flatnonzero(np.asarray(columns["selected"]))
    if not len(found):
        return ""
    at = int(found[0])
    names = " – ".join(figure_text(columns[name][at], 24) for name in ("first_word", "second_word"))
    values = {site: float(columns[site][at]) for site in SITES if site in columns}
    texts = (f"{site.upper()} {_two_places(value)}" for site, value in values.items())
    return f"{names}: {', '.join(texts)}"


def _two_places(value: float) -> str:
    return "undefined" if np.isnan(value) else f"{value:.2f}".replace("-", "−")


def _texts(values: tuple[str, ...]) -> NDArray[Any]:
    texts = np.empty(len(values), dtype=object)  # NumPy's own texts would lose NULs at their ends
    texts[:] = values
    return texts
