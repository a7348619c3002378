"""Laminar curves: how correlation, RSA and separability run through the layers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.statistics import fisher_z
from laminoscope_core.plots.shown import Axis, Band, Curve, Entry, Frame, Mark, Points, Rule, Shown
from laminoscope_core.plots.words import CORRELATIONS, MARKERS, two_places
from laminoscope_core.tables import Table
from laminoscope_core.theme import PAIR_LABELS

if TYPE_CHECKING:
    from laminoscope_core.analysis import (
        direct,
        rsa,
        rsa_chance,
        separability,
        separability_chance,
    )

__all__ = ["POSITIONS", "View", "show"]

POSITIONS = {"target": "at the word", "context": "at the context"}
"""Tokens at which Q, K and V are correlated directly, for people."""

_NAMES = {**PAIR_LABELS, "q": "Q", "k": "K", "v": "V"}
_SUBSETS = ("all", "within", "across")
_SIGNIFICANT = 0.05  # largest q whose marker is filled
_MANY = 24  # layers beyond which markers are drawn smaller

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked.
    position : str
        Token of the direct correlation: ``"target"`` or ``"context"``.
    fisher_z : bool
        RSA scores as atanh(r), where they are an r: τ_a and ρ_a stay as they are.

    Raises
    ------
    ValueError
        There is no such position.
    """

    layer: int | None = None
    position: Literal["target", "context"] = "target"
    fisher_z: bool = False

    def __post_init__(self) -> None:
        if self.position not in POSITIONS:
            raise ValueError(f"position must be 'target' or 'context', not {self.position!r}")
        if not isinstance(self.fisher_z, bool):
            raise TypeError("fisher_z is true or false")


@dataclass(frozen=True)
class _Line:
    """One quantity over layers: its values with their tests, NaN where there are none."""

    name: str
    values: Floats
    reasons: NDArray[np.str_]
    low: Floats
    high: Floats
    p: Floats
    q: Floats


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return five small multiples: direct correlation, RSA over three subsets, separability.

    Markers are filled where a test gave q < .05, and hollow where it did not or where none was
    made, as of direct correlations; bands are drawn wherever they were computed.
    """
    scores: rsa.Result = results["rsa"]
    chance: rsa_chance.Result | None = results.get("rsa-chance")
    layers = np.array(scores.layers)
    as_z = view.fisher_z and scores.params.correlation in ("pearson", "spearman")
    lines = {
        "direct": _direct(results["direct"], view.position),
        **{subset: _scores(scores, chance, subset, as_z) for subset in _SUBSETS},
        "d": _separability(results["separability"], results.get("separability-chance")),
    }
    label = "Fisher z" if as_z else CORRELATIONS[scores.params.correlation]
    corrected = "RSA scores are block-corrected" if scores.params.block_corrected else ""
    of_scores = [line for subset in _SUBSETS for line in lines[subset]]
    ranges = {
        "direct": Axis(*_limits(lines["direct"], -0.5, 1.0), "Pearson r"),
        **dict.fromkeys(_SUBSETS, Axis(*_limits(of_scores, 0.0, 1.0), label, zooms_with="score")),
        "d": Axis(*_limits(lines["d"], 0.0, 0.0), "Cohen's d"),
    }
    margin = max(0.04 * float(np.ptp(layers)), 0.5)
    x = Axis(
        float(layers.min()) - margin, float(layers.max()) + margin, "layer", whole=True,
        selects="layer", zooms_with="layer",
    )  # fmt: skip
    titles = _titles(results, view.position)
    frames = {
        name: Frame(
            x,
            ranges[name],
            _marks(each, layers, view),
            titles[name],
            inside=results["direct"].note(view.position) if name == "direct" else "",
            says=_said(each, name),
        )
        for name, each in lines.items()
    }
    return Shown(
        frames,
        lambda: _table(lines, layers),
        title=corrected,
        note=corrected,
        key=_key(lines, chance, view),
        arranged="flow",
        narrowest=38.0,
    )


def _direct(result: "direct.Result", position: str) -> list[_Line]:
    at = result.positions.index(position)
    none = np.full(len(result.layers), np.nan)
    return [
        _Line(pair, result.r[:, row, at], result.reasons[:, row, at], none, none, none, none)
        for row, pair in enumerate(result.site_pairs)
    ]


def _scores(
    result: "rsa.Result", chance: "rsa_chance.Result | None", subset: Any, as_z: bool
) -> list[_Line]:
    shown: Callable[[Any], Any] = fisher_z if as_z else np.asarray
    none, column = np.full(len(result.layers), np.nan), result.subsets.index(subset)
    lines = []
    for row, pair in enumerate(result.site_pairs):
        at = (slice(None), row, column)
        tested = (
            (none, none, none, none)
            if chance is None
            else (shown(chance.low[at]), shown(chance.high[at]), chance.p[at], chance.q[at])
        )
        lines.append(_Line(pair, shown(result.r[at]), result.reasons[at], *tested))
    return lines


def _separability(
    result: "separability.Result", chance: "separability_chance.Result | None"
) -> list[_Line]:
    none = np.full(len(result.layers), np.nan)
    lines = []
    for column, site in enumerate(result.sites):
        at = (slice(None), column)
        tested = (
            (none, none, none, none)
            if chance is None
            else (chance.low[at], chance.high[at], chance.p[at], chance.q[at])
        )
        lines.append(_Line(site, result.cohens_d[at], result.reasons[at], *tested))
    return lines


def _marks(lines: list[_Line], layers: NDArray[np.int64], view: View) -> dict[str, Mark]:
    """Return bands behind curves behind markers, on a line at zero and the layer's own."""
    x = layers.astype(np.float64)
    marks: dict[str, Mark] = {"zero": Rule(at=0.0, across="y", colour="grid", dashed=True)}
    if view.layer is not None:
        marks["layer"] = Rule(
            at=float(view.layer), colour="accent", width=0.6, drags="layer", selection=True
        )
    for line in lines:
        marks[f"{line.name} band"] = Band(
            x=x, low=line.low, high=line.high, colour=line.name, alpha=0.2
        )
    for line in lines:
        marks[line.name] = Curve(x=x, y=line.values, colour=line.name)
        marks[f"{line.name} points"] = Points(
            x=x, y=line.values, marker=MARKERS[line.name], colour=line.name,
            size=0.7 if len(layers) > _MANY else 0.85, filled=line.q < _SIGNIFICANT,
        )  # fmt: skip
    return marks


def _limits(lines: list[_Line], low: float, high: float) -> tuple[float, float]:
    """Return what an axis shows: at least from ``low`` to ``high``, and all that is finite."""
    numbers = np.concatenate(
        [each for line in lines for each in (line.values, line.low, line.high)]
    )
    known = numbers[np.isfinite(numbers)]
    low, high = min(low, known.min(initial=low)), max(high, known.max(initial=high))
    high = high if high > low else low + 1.0
    return float(low - 0.04 * (high - low)), float(high + 0.04 * (high - low))


def _titles(results: Mapping[str, Any], position: str) -> dict[str, str]:
    flat: direct.Result = results["direct"]
    scores: rsa.Result = results["rsa"]
    effect: separability.Result = results["separability"]
    counts = dict(zip(scores.subsets, scores.n_pairs.tolist(), strict=True))
    return {
        "direct": f"Direct {POSITIONS[position]}, n = {flat.n_words}",
        **{subset: f"RSA {subset}, n = {counts[subset]} pairs" for subset in _SUBSETS},
        "d": f"Separability, {effect.n_within} + {effect.n_across} pairs",
    }


def _said(lines: list[_Line], frame: str) -> Callable[[int], str]:
    """Return what says all curves' values at a layer, with what a test gave."""

    def says(layer: int) -> str:
        texts = [f"layer {layer}"]
        for line in lines:
            text = (
                f"{_NAMES[line.name]}  {two_places(line.values[layer], str(line.reasons[layer]))}"
            )
            if np.isfinite(line.low[layer]) and np.isfinite(line.high[layer]):
                text += f"  [{two_places(line.low[layer])}, {two_places(line.high[layer])}]"
            if np.isfinite(line.p[layer]):
                text += f"  p {line.p[layer]:.3f}, q {line.q[layer]:.3f}"
            texts.append(text)
        return "\n".join([*texts, "not tested"] if frame == "direct" else texts)

    return says


def _key(
    lines: Mapping[str, list[_Line]], chance: "rsa_chance.Result | None", view: View
) -> tuple[Entry, ...]:
    every = [line for each in lines.values() for line in each]
    entries = [
        Entry(_NAMES[name], name, "line", MARKERS[name])
        for name in dict.fromkeys(line.name for line in every)
    ]
    if any(np.isfinite(line.q).any() for line in every):
        entries.append(Entry("q < .05", "muted", "marker", "circle"))
        entries.append(Entry("q ≥ .05 or not tested", "muted", "hollow", "circle"))
    else:
        entries.append(Entry("not tested", "muted", "hollow", "circle"))
    if chance is not None:
        text = f"{chance.params.confidence:.0%} bootstrap band"
        entries.append(Entry(text, "muted", "band"))
    if view.layer is not None:
        entries.append(Entry(f"layer {view.layer}", "accent", "upright", selection=True))
    if any(np.isinf(line.values).any() for line in every):
        entries.append(Entry("at the edge: infinite", "muted", "marker", "diamond"))
    return tuple(entries)


def _table(lines: Mapping[str, list[_Line]], layers: NDArray[np.int64]) -> Table:
    """Return one line per plot, curve and layer."""
    each = [(plot, line) for plot, found in lines.items() for line in found]
    n_layers = len(layers)
    labels = {
        "plot": np.repeat([plot for plot, _ in each], n_layers),
        "series": np.repeat([line.name for _, line in each], n_layers),
        "layer": np.tile(layers, len(each)),
    }
    numbers = {
        name: np.concatenate([getattr(line, attribute) for _, line in each])
        for name, attribute in (
            ("value", "values"), ("low", "low"), ("high", "high"), ("p", "p"), ("q", "q"),
            ("reason", "reasons"),
        )
    }  # fmt: skip
    return Table({**labels, **numbers})
