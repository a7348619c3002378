"""What the plots of words share: names of scales, markers, layers that exist."""

from collections.abc import Mapping

import numpy as np

from laminoscope_core.plots.shown import Marker

__all__ = ["MARKERS", "SCALES", "layer_number", "two_places"]

MARKERS: Mapping[str, Marker] = {
    "q": "square", "k": "circle", "v": "triangle",
    "q-k": "square", "q-v": "circle", "k-v": "triangle",
}  # fmt: skip
"""A marker shape beside each colour, for those who cannot tell the colours."""

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


def two_places(value: float) -> str:
    """Return a number with two decimals and a true minus sign."""
    return "undefined" if np.isnan(value) else f"{value:.2f}".replace("-", "−")
