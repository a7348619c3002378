"""Laminar curves: how correlation, RSA and separability run through the layers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import (
    causal,
    direct,
    rsa,
    rsa_chance,
    separability,
    separability_chance,
)
from laminoscope_core.analysis.chance import both_reasons
from laminoscope_core.analysis.registry import BEFORE
from laminoscope_core.analysis.statistics import fisher_z
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.shown import Axis, Band, Curve, Entry, Frame, Mark, Points, Rule, Shown
from laminoscope_core.plots.words import CORRELATIONS, MARKERS, chance_text, two_places
from laminoscope_core.tables import Table
from laminoscope_core.theme import PAIR_LABELS

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
    """

    layer: int | None = None
    position: Literal["target", "context"] = "target"
    fisher_z: bool = False

    def __post_init__(self) -> None:
        check_choice("position", self.position, POSITIONS)
        if not isinstance(self.fisher_z, bool):
            raise TypeError("fisher_z is true or false")


@dataclass(frozen=True)
class _Line:
    """One quantity over layers, and what chance says of it where that was asked."""

    name: str
    values: Floats
    reasons: NDArray[np.str_]
    chance: rsa_chance.Result | separability_chance.Result | None = None
    at: Any = None
    shown: Callable[[Any], Any] = np.asarray
    change: causal.Change | None = None
    before: Floats | None = None

    @property
    def significant(self) -> NDArray[np.bool_]:
        """Where q < .05: of the change from before, if there is a before, else of the value."""
        return (self.tested("q") if self.before is None else self.changed("q")) < _SIGNIFICANT

    def changed(self, what: str) -> Floats:
        """Return p or q of the change from before; NaN where there is none."""
        if self.change is None:
            return np.full(len(self.values), np.nan)
        return np.asarray(getattr(self.change, what)[self.at])

    def tested(self, what: str) -> Floats:
        """Return p, q, or an end of the band by name; NaN where there is none."""
        if self.chance is None:
            return np.full(len(self.values), np.nan)
        found = getattr(self.chance, what)[self.at]
        return np.asarray(self.shown(found) if what in ("low", "high") else found)

    def missing(self, what: str) -> NDArray[np.str_]:
        """Return why there is no p (``reasons``) or no band (``band_reasons``)."""
        if self.chance is None:
            return np.full(len(self.values), "")
        return np.where(np.isnan(self.values), "", getattr(self.chance, what)[self.at])

    def untested(self, *, direct: bool) -> NDArray[np.str_] | str:
        """Return why there is no p or no band, layer by layer."""
        if self.chance is None:
            made = "no test is made of direct correlations"
            return made if direct else "chance was not computed"
        return both_reasons(self.missing("reasons"), self.missing("band_reasons"))

    def says(self, layer: int) -> str:
        """Return its value at a layer, and what chance says of it."""
        text = f"{_NAMES[self.name]}  {two_places(self.values[layer], str(self.reasons[layer]))}"
        if self.before is not None and np.isfinite(self.before[layer]):
            text = f"{text}, before {two_places(self.before[layer], '')}"
            p, q = self.changed("p")[layer], self.changed("q")[layer]
            return text if np.isnan(p) else f"{text}, p of the change {p:.3f}, q {q:.3f}"
        if self.chance is None or np.isnan(self.values[layer]):
            return text
        at = tuple(layer if isinstance(each, slice) else each for each in self.at)
        return f"{text}  {chance_text(self.chance, at, self.chance.params.confidence, self.shown)}"


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return five small multiples: direct correlation, RSA over three subsets, separability.

    Markers are filled where a test gave q < .05, and hollow where it did not or where none was
    made, as of direct correlations; bands are drawn wherever they were computed.  The curves of the
    altered model have those of the model as it is faintly behind them, and markers filled where the
    change has q < .05.
    """
    scores: rsa.Result = results["rsa"]
    chance: rsa_chance.Result | None = results.get("rsa-chance")
    layers = np.array(scores.layers)
    as_z = view.fisher_z and scores.params.correlation in ("pearson", "spearman")
    lines = _lines(results, view.position, as_z)
    if BEFORE + "rsa" in results:
        lines = _with_before(lines, results, view.position, as_z)
    label = "Fisher z" if as_z else CORRELATIONS[scores.params.correlation]
    corrected = ["RSA scores are block-corrected"] if scores.params.block_corrected else []
    notes = "; ".join([*corrected, *_reservations(lines)])
    copies = results["direct"].note(view.position)
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
            inside=_undefined(each) or (copies if name == "direct" else ""),
            says=_said(each, name),
        )
        for name, each in lines.items()
    }
    return Shown(
        frames,
        lambda: _table(lines, layers),
        title=notes,
        note=notes,
        key=_key(lines, chance, view),
        arranged="flow",
        narrowest=38.0,
    )


def _lines(results: Mapping[str, Any], position: str, as_z: bool) -> dict[str, list[_Line]]:
    """Return the curves of each frame."""
    scores, chance = results["rsa"], results.get("rsa-chance")
    return {
        "direct": _direct(results["direct"], position),
        **{subset: _scores(scores, chance, subset, as_z) for subset in _SUBSETS},
        "d": _separability(results["separability"], results.get("separability-chance")),
    }


def _with_before(
    lines: Mapping[str, list[_Line]], results: Mapping[str, Any], position: str, as_z: bool
) -> dict[str, list[_Line]]:
    """Return the altered model's curves with those of the model as it is, and p of the change."""
    own = {name: results.get(BEFORE + name) for name in ("direct", "rsa", "separability")}
    if any(result is None for result in own.values()):
        return dict(lines)
    before = _lines(own, position, as_z)
    moved: causal.Result | None = results.get("causal")

    def change(frame: str) -> causal.Change | None:
        if moved is None or frame == "direct":
            return None
        return moved.separability if frame == "d" else moved.rsa

    return {
        frame: [
            replace(line, before=old.values, change=change(frame))
            for line, old in zip(each, before[frame], strict=True)
        ]
        for frame, each in lines.items()
    }


def _direct(result: direct.Result, position: str) -> list[_Line]:
    at = result.positions.index(position)
    return [
        _Line(pair, result.r[:, row, at], result.reasons[:, row, at])
        for row, pair in enumerate(result.site_pairs)
    ]


def _scores(
    result: rsa.Result, chance: rsa_chance.Result | None, subset: Any, as_z: bool
) -> list[_Line]:
    shown: Callable[[Any], Any] = fisher_z if as_z else np.asarray
    column = result.subsets.index(subset)
    places = [(slice(None), row, column) for row in range(len(result.site_pairs))]
    return [
        _Line(pair, shown(result.r[at]), result.reasons[at], chance, at, shown)
        for pair, at in zip(result.site_pairs, places, strict=True)
    ]


def _separability(
    result: separability.Result, chance: separability_chance.Result | None
) -> list[_Line]:
    places = [(slice(None), column) for column in range(len(result.sites))]
    return [
        _Line(site, result.cohens_d[at], result.reasons[at], chance, at)
        for site, at in zip(result.sites, places, strict=True)
    ]


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
            x=x, low=line.tested("low"), high=line.tested("high"), colour=line.name, alpha=0.2
        )
    for line in lines:
        if line.before is not None:
            marks[f"{line.name} before"] = Curve(
                x=x, y=line.before, colour=line.name, alpha=0.45, dashed=True
            )
    for line in lines:
        marks[line.name] = Curve(x=x, y=line.values, colour=line.name)
        marks[f"{line.name} points"] = Points(
            x=x, y=line.values, marker=MARKERS[line.name], colour=line.name,
            size=0.7 if len(layers) > _MANY else 0.85, filled=line.significant,
        )  # fmt: skip
    return marks


def _limits(lines: list[_Line], low: float, high: float) -> tuple[float, float]:
    """Return what an axis shows: at least from ``low`` to ``high``, and all that is finite."""
    ends = [line.tested(end) for line in lines for end in ("low", "high")]
    before = [line.before for line in lines if line.before is not None]
    numbers = np.concatenate([*ends, *before, *(line.values for line in lines)])
    known = numbers[np.isfinite(numbers)]
    low, high = min(low, known.min(initial=low)), max(high, known.max(initial=high))
    high = high if high > low else low + 1.0
    return float(low - 0.04 * (high - low)), float(high + 0.04 * (high - low))


def _titles(results: Mapping[str, Any], position: Any) -> dict[str, str]:
    flat: direct.Result = results["direct"]
    scores: rsa.Result = results["rsa"]
    effect: separability.Result = results["separability"]
    token = flat.token(position)
    place = f"at “{token}”" if token else POSITIONS[position]
    counts = dict(zip(scores.subsets, scores.n_pairs.tolist(), strict=True))
    return {
        "direct": f"Direct {place}, n = {flat.n_words}",
        **{subset: f"RSA {subset}, n = {counts[subset]} pairs" for subset in _SUBSETS},
        "d": f"Separability, {effect.n_within} + {effect.n_across} pairs",
    }


def _undefined(lines: list[_Line]) -> str:
    """Return why nothing is drawn, if nothing is."""
    if any(np.isfinite(line.values).any() for line in lines):
        return ""
    return next((str(why) for line in lines for why in line.reasons if why), "")


def _reservations(lines: Mapping[str, list[_Line]]) -> list[str]:
    """Return each reason once why curves have no test or no band, and that more is to come."""
    every = [line for each in lines.values() for line in each]
    found = [
        f"no {kind}: {why}"
        for what, kind in (("reasons", "p"), ("band_reasons", "band"))
        for line in every
        for why in line.missing(what).tolist()
        if why
    ]
    coming = any(line.chance is not None and not line.chance.complete for line in every)
    return [*dict.fromkeys(found), *(["chance so far"] if coming else [])]


def _said(lines: list[_Line], frame: str) -> Callable[[int], str]:
    """Return what says all curves' values at a layer, with what chance says of them."""

    def says(layer: int) -> str:
        texts = [f"layer {layer}", *(line.says(layer) for line in lines)]
        return "\n".join([*texts, "not tested"] if frame == "direct" else texts)

    return says


def _key(
    lines: Mapping[str, list[_Line]], chance: rsa_chance.Result | None, view: View
) -> tuple[Entry, ...]:
    every = [line for each in lines.values() for line in each]
    entries = [
        Entry(_NAMES[name], name, "line", MARKERS[name])
        for name in dict.fromkeys(line.name for line in every)
    ]
    if any(line.before is not None for line in every):
        entries.append(Entry("before", "muted", "dashed"))
    if any(np.isfinite(line.changed("q")).any() for line in every):
        entries.append(Entry("q of the change < .05", "muted", "marker", "circle"))
        entries.append(Entry("q ≥ .05 or not tested", "muted", "hollow", "circle"))
    elif any(np.isfinite(line.tested("q")).any() for line in every):
        entries.append(Entry("q < .05", "muted", "marker", "circle"))
        entries.append(Entry("q ≥ .05 or not tested", "muted", "hollow", "circle"))
    else:
        entries.append(Entry("not tested", "muted", "hollow", "circle"))
    if any(np.isfinite(line.tested("low")).any() for line in every) and chance is not None:
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
        "value": np.concatenate([line.values for _, line in each]),
        **{
            name: np.concatenate([line.tested(name) for _, line in each])
            for name in ("low", "high", "p", "q")
        },
    }
    if any(line.before is not None for _, line in each):
        unknown = np.full(n_layers, np.nan)
        numbers |= {
            "before": np.concatenate(
                [unknown if line.before is None else line.before for _, line in each]
            ),
            "p_change": np.concatenate([line.changed("p") for _, line in each]),
            "q_change": np.concatenate([line.changed("q") for _, line in each]),
        }
    reasons = [
        np.where(np.isnan(line.values), line.reasons, line.untested(direct=plot == "direct"))
        for plot, line in each
    ]
    return Table({**labels, **numbers, "reason": np.concatenate(reasons)})
