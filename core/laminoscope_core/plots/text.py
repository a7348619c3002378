"""What the plots of a running text share: sites, colour limits, tokens and numbers in words."""

from collections.abc import Mapping

import numpy as np

from laminoscope_core.analysis.adjustments import Result
from laminoscope_core.plots.shown import Axis, Floats, Rule
from laminoscope_core.text import visible_text

__all__ = [
    "SITES",
    "colour_limits",
    "counted",
    "layer_axis",
    "layer_rule",
    "number",
    "reason_of",
    "token_text",
]

SITES: Mapping[str, str] = {
    "attn_out": "attention output",
    "attn_added": "attention, as added",
    "mlp_out": "MLP output",
    "resid_out": "residual stream",
}
"""Whose lengths are shown, for people."""


def colour_limits(values: Floats, tail: float) -> tuple[float, float]:
    """Return the percentiles ``tail`` and 100 − ``tail`` of what is finite, never equal.

    Examples
    --------
    >>> colour_limits(np.arange(101.0), 1)
    (1.0, 99.0)
    >>> colour_limits(np.array([2.0, np.nan]), 1), colour_limits(np.empty(0), 1)
    ((1.5, 2.5), (0.0, 1.0))
    """
    known = values[np.isfinite(values)]
    if not known.size:
        return 0.0, 1.0
    low, high = (float(edge) for edge in np.percentile(known, (tail, 100 - tail)))
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def counted(norms: Result) -> str:
    """Return how many tokens the distributions have, and how many were left out."""
    drop = norms.params.drop
    several = f", without the first {drop}" if drop > 1 else ", without the first"
    left_out = several if drop else ""
    return f"n = {norms.n:,} token{'' if norms.n == 1 else 's'}{left_out}"


def reason_of(reasons: tuple[str, ...]) -> str:
    """Return why layers are undefined: one reason, with its layer unless all have it.

    Examples
    --------
    >>> reason_of(("", "it is zero", "")), reason_of(("too few", "too few")), reason_of(("",))
    ('layer 1: it is zero', 'too few', '')
    """
    if len(set(reasons)) == 1:
        return reasons[0]
    return next((f"layer {at}: {reason}" for at, reason in enumerate(reasons) if reason), "")


def token_text(norms: Result, token: int) -> str:
    """Return a token's number and its text as one safe line."""
    return f"{token}  {visible_text(norms.shown[token], spaces=True, limit=24)}"


def number(value: float, decimals: int = 2) -> str:
    """Return a number with a true minus sign, a dash where it is undefined."""
    return "–" if np.isnan(value) else f"{value:.{decimals}f}".replace("-", "−")


def layer_axis(n_layers: int, margin: float = 0.6) -> Axis:
    """Return the axis of layers, on which pointing anywhere points at a layer."""
    return Axis(-margin, n_layers - 1 + margin, "layer", whole=True, selects="layer")


def layer_rule(layer: int | None) -> dict[str, Rule]:
    """Return the line through the selected layer, if there is one."""
    if layer is None:
        return {}
    return {"layer": Rule(at=layer, colour="accent", width=0.9, drags="layer", selection=True)}
