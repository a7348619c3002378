"""Contrast: how much more two sites agree within categories than across them, layer by layer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import rsa, rsa_chance
from laminoscope_core.analysis.chance import both_reasons
from laminoscope_core.plots.belonging import rsa_chance_of
from laminoscope_core.plots.over_layers import Series, frame_of, key_of, limits_of
from laminoscope_core.plots.shown import Axis, Shown
from laminoscope_core.plots.words import correlation_label, looks, the_carrier
from laminoscope_core.tables import Table
from laminoscope_core.theme import pair_label

__all__ = ["View", "show"]

_FAINT = "chance is that of the mean over carrier sentences"
_UNKNOWN: Any = {"constant_values": np.nan}


@dataclass(frozen=True)
class View:
    """What is shown: all layers; ``layer`` is marked if there is one.

    ``carrier`` is one of several carrier sentences; None for their mean.
    """

    layer: int | None = None
    carrier: int | None = None


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a curve a pair of sites, with its band; markers are filled where q < .05.

    The contrast is that of the scores themselves, never of Fisher's z.
    """
    scores: rsa.Result = the_carrier(results["rsa"], view.carrier)
    chance = rsa_chance_of(results, view.carrier)
    layers = np.array(scores.layers)
    curves = _curves(scores, chance)
    counts = dict(zip(scores.subsets, scores.n_pairs.tolist(), strict=True))
    y = Axis(*limits_of(curves), "contrast")
    n = f"n = {counts['within']} and {counts['across']} pairs"
    coming = chance is not None and not chance.complete
    band = "" if chance is None else f"{chance.params.confidence:.0%} bootstrap band"
    return Shown(
        {"contrast": frame_of(curves, layers, view.layer, y)},
        lambda: _table(curves, scores),
        title=f"RSA score within less across categories, {correlation_label(scores.params)}",
        note=f"{n}; chance so far" if coming else n,
        key=key_of(curves, view.layer, band),
    )


def _curves(scores: rsa.Result, chance: rsa_chance.Result | None) -> list[Series]:
    drawn = looks(scores.site_pairs)
    why = both_reasons(*(_of(scores, scores.reasons, subset) for subset in ("within", "across")))
    unknown = np.full(scores.contrast.shape, np.nan)
    contrast = None if chance is None else chance.contrast
    untested = np.full(why.shape, "chance was not computed")
    if contrast is not None:
        untested = both_reasons(contrast.reasons, contrast.band_reasons)

    def tested(name: str, column: int) -> NDArray[np.float64]:
        found = unknown if contrast is None else getattr(contrast, name)
        return np.asarray(found[:, column])

    return [
        Series(
            pair,
            pair_label(pair),
            drawn[pair],
            scores.contrast[:, column],
            p=tested("p", column),
            q=tested("q", column),
            reasons=why[:, column],
            untested=untested[:, column],
            low=tested("low", column),
            high=tested("high", column),
            each=tuple(one.contrast[:, column] for one in scores.by_carrier),
        )
        for column, pair in enumerate(scores.site_pairs)
    ]


def _of(scores: rsa.Result, values: NDArray[Any], subset: Any) -> NDArray[Any]:
    return values[..., scores.subsets.index(subset)]


def _table(curves: list[Series], scores: rsa.Result) -> Table:
    """Return one line per pair of sites and layer; those of single carrier sentences come after."""
    layers, n_curves = scores.layers, len(curves)
    rows = [(one, one.values, scores.carrier) for one in curves]
    rows += [
        (one, values, each.carrier)
        for one in curves
        for values, each in zip(one.each, scores.by_carrier, strict=True)
    ]

    def column(name: str) -> NDArray[np.float64]:
        """Return numbers that only the curves themselves have."""
        found = [getattr(one, name) for one in curves]
        return np.pad(np.concatenate(found), (0, n_lines - len(layers) * n_curves), **_UNKNOWN)

    n_lines = len(rows) * len(layers)
    reasons = [
        np.where(one.reasons != "", one.reasons, one.untested if row < n_curves else _FAINT)
        for row, (one, *_) in enumerate(rows)
    ]
    columns = {
        "layer": np.tile(layers, len(rows)),
        "pair": np.repeat([one.name for one, *_ in rows], len(layers)),
        "difference": np.concatenate([values for _, values, _ in rows]),
        **{name: column(name) for name in ("low", "high", "p", "q")},
    }
    counts = dict(zip(scores.subsets, scores.n_pairs.tolist(), strict=True))
    return Table(
        {
            **columns,
            "n_within": np.full(n_lines, counts["within"]),
            "n_across": np.full(n_lines, counts["across"]),
            "reason": np.concatenate(reasons),
            "carrier": np.repeat([carrier for *_, carrier in rows], len(layers)),
        }
    )
