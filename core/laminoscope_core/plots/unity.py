"""Unity: RSA within categories against RSA across categories, one point a layer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis import rsa
from laminoscope_core.analysis.chance import both_reasons
from laminoscope_core.plots.belonging import rsa_chance_of
from laminoscope_core.plots.shown import (
    Axis,
    Entry,
    Frame,
    Mark,
    Points,
    Rule,
    Scale,
    Shown,
    limits_around,
)
from laminoscope_core.plots.words import (
    chance_text,
    correlation_label,
    looks,
    the_carrier,
    two_places,
)
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many
from laminoscope_core.theme import pair_label

__all__ = ["View", "show"]


@dataclass(frozen=True)
class View:
    """What is shown: all layers; ``layer`` is ringed if there is one.

    ``carrier`` is one of several carrier sentences; None for their mean.
    """

    layer: int | None = None
    carrier: int | None = None


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a point per layer and pair of sites; those on the line agree as much both ways."""
    result: rsa.Result = the_carrier(results["rsa"], view.carrier)
    chance = rsa_chance_of(results, view.carrier)
    drawn = looks(result.site_pairs)
    of_subsets = [result.subsets.index(subset) for subset in ("within", "across")]
    within, across = (result.r[..., subset] for subset in of_subsets)
    n_pairs = dict(zip(result.subsets, result.n_pairs.tolist(), strict=True))
    layers = np.array(result.layers)
    marks: dict[str, Mark] = {"unity": Rule(across="unity", colour="grid", dashed=True)}
    for column, pair in enumerate(result.site_pairs):
        x, y = across[:, column], within[:, column]

        def says(row: int, x: Any = x, y: Any = y, column: int = column) -> str:
            label = pair_label(result.site_pairs[column])
            inside, between = two_places(y[row]), two_places(x[row])
            text = f"layer {layers[row]}  {label}  within {inside}, across {between}"
            if chance is None:
                return text
            contrast, confidence = chance.contrast, chance.params.confidence
            difference = two_places(contrast.score[row, column])
            said = chance_text(contrast, (row, column), confidence)
            return f"{text}\nwithin − across {difference}, {said}"

        marks[pair] = Points(
            x=x, y=y, marker=drawn[pair].marker, shade=layers.astype(float),
            stands_for={"layer": layers}, says=says,
        )  # fmt: skip
        here = layers == view.layer
        marks[f"{pair} selected"] = Points(
            x=x[here], y=y[here], marker=drawn[pair].marker, size=2.0, filled=False,
            colour="accent", selection=True,
        )  # fmt: skip

    def rows() -> Table:
        layer, pair = (axis.ravel() for axis in np.indices(within.shape))
        contrast = within - across if chance is None else chance.contrast.score
        reasons = both_reasons(*(result.reasons[..., subset] for subset in of_subsets))
        tested = {}
        if chance is not None:
            names = ("p", "q", "low", "high")
            tested = {name: getattr(chance.contrast, name).ravel() for name in names}
            untested = both_reasons(chance.contrast.reasons, chance.contrast.band_reasons)
            reasons = np.where(reasons == "", untested, reasons)
        return Table(
            {
                "layer": layers[layer],
                "pair": np.array(result.site_pairs)[pair],
                "within": within.ravel(),
                "across": across.ravel(),
                "difference": contrast.ravel(),
                **tested,
                "selected": layers[layer] == view.layer,
                "reason": reasons.ravel(),
            }
        )

    first, last = int(layers.min()), int(layers.max())
    key = [Entry(pair_label(pair), "muted", "marker", drawn[pair].marker) for pair in drawn]
    if view.layer is not None:
        key.append(Entry(f"layer {view.layer}", "accent", "hollow", "circle", selection=True))
    frame = Frame(
        Axis(*limits_around(across), f"across, n = {how_many(n_pairs['across'], 'pair')}"),
        Axis(*limits_around(within), f"within, n = {how_many(n_pairs['within'], 'pair')}"),
        marks,
        aspect=1.0,
    )
    return Shown(
        {"unity": frame},
        rows,
        title=f"RSA score, {correlation_label(result.params)}",
        key=tuple(key),
        scale=Scale("depth", first, max(last, first + 1), "layer", whole=True),
        widest=75.0,
    )
