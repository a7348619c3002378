"""The curves of the laminar plot: each quantity over layers, with what chance says of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

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
from laminoscope_core.plots.belonging import change_of, rsa_chance_of, separability_chance_of
from laminoscope_core.plots.words import chance_text, the_carrier, two_places
from laminoscope_core.theme import pair_label

__all__ = ["SUBSETS", "Line", "lines_of", "of_carrier"]

SUBSETS = ("all", "within", "across")
_SIGNIFICANT = 0.05  # largest q whose marker is filled

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """One quantity over layers, and what chance says of it where that was asked.

    ``each`` holds it in every carrier sentence, if it is a mean over them, and ``ceiling`` the
    noise ceiling.
    """

    name: str
    values: Floats
    reasons: NDArray[np.str_]
    chance: rsa_chance.Result | separability_chance.Result | None = None
    at: Any = None
    shown: Callable[[Any], Any] = np.asarray
    change: causal.Change | None = None
    before: Floats | None = None
    each: tuple[Floats, ...] = ()
    ceiling: tuple[Floats, Floats] | None = None

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

    def faint(self, values: Floats) -> "Line":
        """Return the same quantity in one carrier sentence, of which no more is drawn."""
        return Line(self.name, values, self.reasons)

    def says(self, layer: int) -> str:
        """Return its value at a layer, and what chance says of it."""
        text = (
            f"{pair_label(self.name)}  {two_places(self.values[layer], str(self.reasons[layer]))}"
        )
        if self.before is not None and np.isfinite(self.before[layer]):
            text = f"{text}, before {two_places(self.before[layer], '')}"
            p, q = self.changed("p")[layer], self.changed("q")[layer]
            return text if np.isnan(p) else f"{text}, p of the change {p:.3f}, q {q:.3f}"
        if self.chance is None or np.isnan(self.values[layer]):
            return text
        at = tuple(layer if isinstance(each, slice) else each for each in self.at)
        return f"{text}  {chance_text(self.chance, at, self.chance.params.confidence, self.shown)}"


_SCORES = ("direct", "rsa", "separability")


def of_carrier(results: Mapping[str, Any], carrier: int | None) -> dict[str, Any]:
    """Return results with the scores in one carrier sentence in place of their mean.

    What chance says of other scores than those is left out.
    """
    chosen = dict(results)
    for name in (*_SCORES, *(BEFORE + name for name in _SCORES)):
        if chosen.get(name) is not None:
            chosen[name] = the_carrier(chosen[name], carrier)
    chosen["rsa-chance"] = rsa_chance_of(results, carrier)
    chosen["separability-chance"] = separability_chance_of(results, carrier)
    chosen["causal"] = change_of(chosen)
    return chosen


def lines_of(results: Mapping[str, Any], position: str, *, as_z: bool) -> dict[str, list[Line]]:
    """Return the curves of each frame, those of the altered model with what was before.

    Parameters
    ----------
    results : mapping of str to object
        As from `of_carrier`.
    position : str
        Token of the direct correlation.
    as_z : bool
        Whether RSA scores are shown as atanh(r).
    """
    lines = _lines(results, position, as_z)
    return _with_before(lines, results, position, as_z) if BEFORE + "rsa" in results else lines


def _lines(results: Mapping[str, Any], position: str, as_z: bool) -> dict[str, list[Line]]:
    scores, chance = results["rsa"], results.get("rsa-chance")
    return {
        "direct": _direct(results["direct"], position),
        **{subset: _scores(scores, chance, subset, as_z) for subset in SUBSETS},
        "d": _separability(results["separability"], results.get("separability-chance")),
    }


def _with_before(
    lines: Mapping[str, list[Line]], results: Mapping[str, Any], position: str, as_z: bool
) -> dict[str, list[Line]]:
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

    found = {}
    for frame, each in lines.items():
        # while other sites are computed, one of both may have pairs that the other has not
        old = {line.name: line.values for line in before[frame]}
        found[frame] = [
            replace(line, before=old[line.name], change=change(frame)) if line.name in old else line
            for line in each
        ]
    return found


def _direct(result: direct.Result, position: str) -> list[Line]:
    at = result.positions.index(position)
    return [
        Line(
            pair, result.r[:, row, at], result.reasons[:, row, at],
            each=tuple(one.r[:, row, at] for one in result.by_carrier),
        )
        for row, pair in enumerate(result.site_pairs)
    ]  # fmt: skip


def _scores(
    result: rsa.Result, chance: rsa_chance.Result | None, subset: Any, as_z: bool
) -> list[Line]:
    shown: Callable[[Any], Any] = fisher_z if as_z else np.asarray
    column = result.subsets.index(subset)
    places = [(slice(None), row, column) for row in range(len(result.site_pairs))]
    lines = []
    for pair, at in zip(result.site_pairs, places, strict=True):
        each = tuple(shown(one.r[at]) for one in result.by_carrier)
        ends = shown(result.ceiling_low[at]), shown(result.ceiling_high[at])
        ceiling = ends if result.by_carrier and np.isfinite(ends).any() else None
        values, reasons = shown(result.r[at]), result.reasons[at]
        lines.append(Line(pair, values, reasons, chance, at, shown, each=each, ceiling=ceiling))
    return lines


def _separability(
    result: separability.Result, chance: separability_chance.Result | None
) -> list[Line]:
    places = [(slice(None), column) for column in range(len(result.sites))]
    return [
        Line(
            site, result.cohens_d[at], result.reasons[at], chance, at,
            each=tuple(one.cohens_d[at] for one in result.by_carrier),
        )
        for site, at in zip(result.sites, places, strict=True)
    ]  # fmt: skip
