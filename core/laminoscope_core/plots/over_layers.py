"""Quantities over layers as curves: what the plots of predictors and of contrasts share."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.plots.shown import Axis, Band, Curve, Entry, Frame, Mark, Points, Rule
from laminoscope_core.plots.words import Look, two_places

__all__ = ["Series", "frame_of", "key_of", "limits_of"]

_SIGNIFICANT = 0.05  # largest q whose marker is filled
_MANY = 24  # layers beyond which markers are drawn smaller

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Series:
    """One quantity over layers, and what chance says of it.

    Attributes
    ----------
    name, label : str
        Of its marks, and for people.
    look : Look
    values : float64 array (n_layers,)
    p, q : float64 arrays (n_layers,)
        NaN where nothing was tested.
    reasons, untested : str arrays (n_layers,)
        Why there is no value, and why there is no p or no band.
    low, high : float64 arrays (n_layers,)
        The band; empty if there is none for any layer.
    each : tuple of float64 array (n_layers,)
        The same in every carrier sentence, if it is a mean over them.
    """

    name: str
    label: str
    look: Look
    values: Floats
    p: Floats
    q: Floats
    reasons: NDArray[np.str_]
    untested: NDArray[np.str_]
    low: Floats = field(default_factory=lambda: np.empty(0))
    high: Floats = field(default_factory=lambda: np.empty(0))
    each: tuple[Floats, ...] = ()

    def says(self, layer: int) -> str:
        """Return its value at a layer, and what chance says of it."""
        text = f"{self.label}  {two_places(self.values[layer], str(self.reasons[layer]))}"
        if np.isfinite(self.p[layer]):
            text = f"{text}, p {self.p[layer]:.3f}, q {self.q[layer]:.3f}"
        if self.low.size and np.isfinite(self.low[layer]):
            ends = (two_places(end[layer]) for end in (self.low, self.high))
            text = f"{text}, band {' to '.join(ends)}"
        return text


def frame_of(
    series: Sequence[Series],
    layers: NDArray[np.int64],
    layer: int | None,
    y: Axis,
    title: str = "",
) -> Frame:
    """Return curves over layers: bands behind curves behind markers, filled where q < .05."""
    x = layers.astype(np.float64)
    marks: dict[str, Mark] = {"zero": Rule(at=0.0, across="y", colour="grid", dashed=True)}
    if layer is not None:
        marks["layer"] = Rule(
            at=float(layer), colour="accent", width=0.6, drags="layer", selection=True
        )
    for one in series:
        colour = one.look.colour
        if one.low.size:
            marks[f"{one.name} band"] = Band(
                x=x, low=one.low, high=one.high, colour=colour, alpha=0.2
            )
        for number, values in enumerate(one.each):
            marks[f"{one.name} carrier {number}"] = Curve(
                x=x, y=values, colour=colour, alpha=0.35, width=0.5
            )
    for one in series:
        marks[one.name] = Curve(x=x, y=one.values, colour=one.look.colour)
        marks[f"{one.name} points"] = Points(
            x=x, y=one.values, marker=one.look.marker, colour=one.look.colour,
            size=0.7 if len(layers) > _MANY else 0.85, filled=one.q < _SIGNIFICANT,
        )  # fmt: skip

    def says(layer: int) -> str:
        return "\n".join([f"layer {layer}", *(one.says(layer) for one in series)])

    known = any(np.isfinite(one.values).any() for one in series)
    why = next((str(why) for one in series for why in one.reasons if why), "")
    margin = max(0.04 * float(np.ptp(layers)), 0.5)
    along = Axis(
        float(layers.min()) - margin, float(layers.max()) + margin, "layer", whole=True,
        selects="layer", zooms_with="layer",
    )  # fmt: skip
    return Frame(along, y, marks, title, inside="" if known else why, says=says)


def limits_of(series: Sequence[Series], low: float = 0.0, high: float = 0.0) -> tuple[float, float]:
    """Return what an axis shows: at least from ``low`` to ``high``, and all that is finite."""
    numbers = [x for one in series for x in (one.values, one.low, one.high, *one.each)]
    known = np.concatenate(numbers) if numbers else np.empty(0)
    known = known[np.isfinite(known)]
    low, high = min(low, known.min(initial=low)), max(high, known.max(initial=high))
    high = high if high > low else low + 1.0
    return float(low - 0.04 * (high - low)), float(high + 0.04 * (high - low))


def key_of(series: Sequence[Series], layer: int | None, band: str = "") -> tuple[Entry, ...]:
    """Return a line for every curve, and what else needs explaining."""
    entries = [Entry(one.label, one.look.colour, "line", one.look.marker) for one in series]
    if any(one.each for one in series):
        entries.append(Entry("one carrier sentence", "muted", "line"))
    if any(np.isfinite(one.q).any() for one in series):
        entries.append(Entry("q < .05", "muted", "marker", "circle"))
        entries.append(Entry("q ≥ .05 or not tested", "muted", "hollow", "circle"))
    else:
        entries.append(Entry("not tested", "muted", "hollow", "circle"))
    if band and any(np.isfinite(one.low).any() for one in series):
        entries.append(Entry(band, "muted", "band"))
    if layer is not None:
        entries.append(Entry(f"layer {layer}", "accent", "upright", selection=True))
    return tuple(entries)
