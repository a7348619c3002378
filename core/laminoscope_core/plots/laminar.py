"""Laminar curves: how correlation, RSA and separability run through the layers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import direct, rsa, rsa_chance, separability
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.laminar_lines import SUBSETS, Line, lines_of, of_carrier
from laminoscope_core.plots.shown import Axis, Band, Curve, Entry, Frame, Mark, Points, Rule, Shown
from laminoscope_core.plots.words import CORRELATIONS, Look, looks
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many
from laminoscope_core.theme import pair_label

__all__ = ["POSITIONS", "View", "at_layer", "show"]

POSITIONS = {"target": "at the word", "context": "at the context"}
"""Tokens at which Q, K and V are correlated directly, for people."""

_MANY = 24  # layers beyond which markers are drawn smaller
_FEW = 4  # curves of a frame, up to which each carrier sentence and the noise ceiling are drawn

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
    carrier : int or None
        One of several carrier sentences; None for their mean.
    only : str
        A site: RSA scores of pairs with it alone, and its separability; empty for all.
    """

    layer: int | None = None
    position: Literal["target", "context"] = "target"
    fisher_z: bool = False
    carrier: int | None = None
    only: str = ""

    def __post_init__(self) -> None:
        check_choice("position", self.position, POSITIONS)
        if not isinstance(self.fisher_z, bool):
            raise TypeError("fisher_z is true or false")


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return five small multiples: direct correlation, RSA over three subsets, separability.

    Markers are filled where a test gave q < .05, and hollow where it did not or where none was
    made, as of direct correlations; bands are drawn wherever they were computed.  The curves of the
    altered model have those of the model as it is faintly behind them, and markers filled where the
    change has q < .05.  A mean over carrier sentences has each of them faintly behind it, and the
    noise ceiling above.
    """
    results = of_carrier(results, view.carrier)
    scores: rsa.Result = results["rsa"]
    chance: rsa_chance.Result | None = results.get("rsa-chance")
    layers = np.array(scores.layers)
    as_z = view.fisher_z and scores.params.correlation in ("pearson", "spearman")
    lines = _with_site(lines_of(results, view.position, as_z=as_z), view.only)
    label = "Fisher z" if as_z else CORRELATIONS[scores.params.correlation]
    corrected = ["RSA scores are block-corrected"] if scores.params.block_corrected else []
    carriers = _carrier_note(results, view.carrier)
    notes = "; ".join([*corrected, *carriers, *_reservations(lines)])
    copies = results["direct"].note(view.position)
    drawn = looks(list(dict.fromkeys(line.name for each in lines.values() for line in each)))
    of_scores = [line for subset in SUBSETS for line in lines[subset]]
    ranges = {
        "direct": Axis(*_limits(lines["direct"], -0.5, 1.0), "Pearson r"),
        **dict.fromkeys(SUBSETS, Axis(*_limits(of_scores, 0.0, 1.0), label, zooms_with="score")),
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
            _marks(each, layers, view, drawn),
            titles[name],
            inside=_undefined(each) or (copies if name == "direct" else ""),
            says=_said(each, name),
        )
        for name, each in lines.items()
    }
    return Shown(
        frames,
        lambda: _table(lines, layers, tuple(one.carrier for one in scores.by_carrier)),
        title=notes,
        note=notes,
        key=_key(lines, chance, view, drawn),
        arranged="flow",
        narrowest=38.0,
    )


def at_layer(shown: Shown, layer: int) -> Shown:
    """Return what `show` gave for a layer as it gives it for another: only the line moves."""
    line = {"layer": _layer_line(layer)}
    frames = {
        name: replace(frame, marks={**frame.marks, **line}) for name, frame in shown.frames.items()
    }
    key = (
        replace(entry, text=f"layer {layer}") if entry.selection else entry for entry in shown.key
    )
    return replace(shown, frames=frames, key=tuple(key))


def _with_site(lines: dict[str, list[Line]], site: str) -> dict[str, list[Line]]:
    """Return the curves of one site; all if none has it."""
    found = {
        frame: [line for line in each if frame == "direct" or site in line.name.split("-")]
        for frame, each in lines.items()
    }
    return found if all(found.values()) else lines


def _carrier_note(results: Mapping[str, Any], carrier: int | None) -> list[str]:
    scores: rsa.Result = results["rsa"]
    if scores.by_carrier:
        return [f"mean over {len(scores.by_carrier)} carrier sentences"]
    return [] if carrier is None else [f"in “{scores.carrier}”"]


def _marks(
    lines: list[Line], layers: NDArray[np.int64], view: View, drawn: Mapping[str, Look]
) -> dict[str, Mark]:
    """Return bands behind curves behind markers, on a line at zero and the layer's own."""
    x = layers.astype(np.float64)
    marks: dict[str, Mark] = {"zero": Rule(at=0.0, across="y", colour="grid", dashed=True)}
    if view.layer is not None:
        marks["layer"] = _layer_line(view.layer)
    few = len(lines) <= _FEW
    for line in lines:
        marks[f"{line.name} band"] = Band(
            x=x, low=line.tested("low"), high=line.tested("high"),
            colour=drawn[line.name].colour, alpha=0.2 if few else 0.08,
        )  # fmt: skip
        if not few:
            continue
        if line.ceiling is not None:
            low, high = line.ceiling
            marks[f"{line.name} ceiling"] = Band(
                x=x, low=low, high=high, colour=drawn[line.name].colour, alpha=0.12
            )
        for number, values in enumerate(line.each):
            marks[f"{line.name} carrier {number}"] = Curve(
                x=x, y=values, colour=drawn[line.name].colour, alpha=0.35, width=0.5
            )
    for line in lines:
        if line.before is not None:
            marks[f"{line.name} before"] = Curve(
                x=x, y=line.before, colour=drawn[line.name].colour, alpha=0.45, dashed=True
            )
    for line in lines:
        colour, marker = drawn[line.name].colour, drawn[line.name].marker
        marks[line.name] = Curve(x=x, y=line.values, colour=colour)
        marks[f"{line.name} points"] = Points(
            x=x, y=line.values, marker=marker, colour=colour,
            size=0.7 if len(layers) > _MANY else 0.85, filled=line.significant,
        )  # fmt: skip
    return marks


def _layer_line(layer: int) -> Rule:
    return Rule(at=float(layer), colour="accent", width=0.6, drags="layer", selection=True)


def _limits(lines: list[Line], low: float, high: float) -> tuple[float, float]:
    """Return what an axis shows: at least from ``low`` to ``high``, and all that is finite."""
    ends = [line.tested(end) for line in lines for end in ("low", "high")]
    before = [line.before for line in lines if line.before is not None]
    drawn = lines if len(lines) <= _FEW else []
    others = [values for line in drawn for values in (*line.each, *(line.ceiling or ()))]
    numbers = np.concatenate([*ends, *before, *others, *(line.values for line in lines)])
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
        "direct": f"Direct {place}, n = {flat.n_words:,}",
        **{subset: f"RSA {subset}, n = {how_many(counts[subset], 'pair')}" for subset in SUBSETS},
        "d": f"Separability, {effect.n_within:,} + {effect.n_across:,} pairs",
    }


def _undefined(lines: list[Line]) -> str:
    """Return why nothing is drawn, if nothing is."""
    if any(np.isfinite(line.values).any() for line in lines):
        return ""
    return next((str(why) for line in lines for why in line.reasons if why), "")


def _reservations(lines: Mapping[str, list[Line]]) -> list[str]:
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


def _said(lines: list[Line], frame: str) -> Callable[[int], str]:
    """Return what says all curves' values at a layer, with what chance says of them."""

    def says(layer: int) -> str:
        texts = [f"layer {layer}", *(line.says(layer) for line in lines)]
        return "\n".join([*texts, "not tested"] if frame == "direct" else texts)

    return says


def _key(
    lines: Mapping[str, list[Line]],
    chance: rsa_chance.Result | None,
    view: View,
    drawn: Mapping[str, Look],
) -> tuple[Entry, ...]:
    every = [line for each in lines.values() for line in each]
    entries = [
        Entry(pair_label(name), look.colour, "line", look.marker) for name, look in drawn.items()
    ]
    few = [line for each in lines.values() for line in each if len(each) <= _FEW]
    if any(line.each for line in few):
        entries.append(Entry("one carrier sentence", "muted", "line"))
    if any(line.ceiling is not None for line in few):
        entries.append(Entry("noise ceiling", "muted", "band"))
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


def _table(
    lines: Mapping[str, list[Line]], layers: NDArray[np.int64], carriers: tuple[str, ...]
) -> Table:
    """Return one line per plot, curve and layer; those of single carrier sentences come after."""
    drawn = [(plot, "", line) for plot, found in lines.items() for line in found]
    faint = [
        (plot, carrier, line.faint(values))
        for plot, _, line in drawn
        for carrier, values in zip(carriers, line.each, strict=False)
    ]
    each = [line for *_, line in (*drawn, *faint)]
    labels = {
        "plot": np.repeat([plot for plot, *_ in (*drawn, *faint)], len(layers)),
        "series": np.repeat([line.name for line in each], len(layers)),
        "layer": np.tile(layers, len(each)),
    }
    if faint:
        of_lines = [carrier or rsa.MEAN * bool(line.each) for _, carrier, line in (*drawn, *faint)]
        labels["carrier"] = np.repeat(of_lines, len(layers))
    numbers = {
        "value": np.concatenate([line.values for line in each]),
        **{
            name: np.concatenate([line.tested(name) for line in each])
            for name in ("low", "high", "p", "q")
        },
    }
    unknown = np.full(len(layers), np.nan)
    if any(line.ceiling is not None for line in each):
        ends = [line.ceiling or (unknown, unknown) for line in each]
        for name, values in zip(
            ("ceiling_low", "ceiling_high"), zip(*ends, strict=True), strict=True
        ):
            numbers[name] = np.concatenate(values)
    if any(line.before is not None for line in each):
        before = [unknown if line.before is None else line.before for line in each]
        numbers |= {
            "before": np.concatenate(before),
            "p_change": np.concatenate([line.changed("p") for line in each]),
            "q_change": np.concatenate([line.changed("q") for line in each]),
        }
    reasons = [
        np.where(np.isnan(line.values), line.reasons, line.untested(direct=plot == "direct"))
        for plot, _, line in (*drawn, *faint)
    ]
    return Table({**labels, **numbers, "reason": np.concatenate(reasons)})
