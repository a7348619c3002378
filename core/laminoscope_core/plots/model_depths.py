"""How far models agree along their depth: layers of the same relative depth."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from laminoscope_core.analysis.across_models import EMBEDDING, ModelPair
from laminoscope_core.analysis.chance import stacked
from laminoscope_core.analysis.models_mean import at_same_depth
from laminoscope_core.analysis.rsa import MEAN
from laminoscope_core.analysis.rsa_models_tables import mean_reasons, pair_reasons
from laminoscope_core.plots.model_views import Compared, model_text
from laminoscope_core.plots.shown import (
    Axis,
    Band,
    Curve,
    Entry,
    Floats,
    Frame,
    Mark,
    Points,
    Rule,
    Shown,
    limits_around,
)
from laminoscope_core.plots.text import layer_axis, layer_rule
from laminoscope_core.plots.words import looks, two_places
from laminoscope_core.tables import Table
from laminoscope_core.theme import site_label

__all__ = ["depths_shown"]


def depths_shown(compared: Compared, view: Any) -> Shown:
    """Return how far the experiment's model agrees with the others along its depth, site by site.

    Each layer is compared with the others' layers of the same relative depth.  Of several other
    models that is the mean, with its interval and their noise ceiling; each of them stands faint
    behind.
    """
    result, at = compared.result, compared.at
    pairs = [pair for pair in at.pairs if pair.model == 0 < pair.other]
    sites = [site for site in result.sites if site != EMBEDDING]
    layers, drawn = np.arange(len(result.layers)), looks(sites)
    marks: dict[str, Mark] = {"zero": Rule(at=0.0, across="y", colour="grid", dashed=True)}
    marks |= layer_rule(view.layer)
    of_mean, faint = [_mean_line(compared, site) for site in sites], []
    if at.mean is not None:
        faint = [_model_line(compared, pair, site) for site in sites for pair in pairs]
    x = layers.astype(np.float64)
    for line in of_mean:
        low, high, ceiling_low, ceiling_high = line.ends
        marks[f"{line.site} ceiling"] = Band(
            x=x, low=ceiling_low, high=ceiling_high, colour=drawn[line.site].colour, alpha=0.1
        )
        marks[f"{line.site} band"] = Band(
            x=x, low=low, high=high, colour=drawn[line.site].colour, alpha=0.2
        )
    for line in faint:
        marks[f"{line.site} {line.model}"] = Curve(
            x=x, y=line.r, colour=drawn[line.site].colour, alpha=0.4, width=0.5
        )
    for line in of_mean:
        marks[line.site] = Curve(x=x, y=line.r, colour=drawn[line.site].colour)
        marks[f"{line.site} points"] = Points(
            x=x, y=line.r, marker=drawn[line.site].marker, colour=drawn[line.site].colour, size=0.8
        )
    lines = [*of_mean, *faint]
    numbers = [np.concatenate([line.r, *line.ends]) for line in lines]
    frame = Frame(
        layer_axis(len(layers)),
        Axis(*limits_around(np.zeros(1), *numbers), compared.score_label),
        marks,
        inside=next((line.undefined for line in of_mean if line.undefined), ""),
        aspect=0.4,
        says=lambda layer: "\n".join([f"layer {layer}", *(line.says(layer) for line in of_mean)]),
    )
    titles = [model_text(result.models[pair.other]) for pair in pairs]
    key = [
        Entry(site_label(site), drawn[site].colour, "line", drawn[site].marker) for site in sites
    ]
    no_interval = next((line.no_interval for line in of_mean if line.no_interval), "")
    if at.mean is not None:
        if not no_interval:
            key.append(Entry("95 % over models and words", "muted", "band"))
        key.append(Entry("one other model", "muted", "line"))
        key.append(Entry("noise ceiling", "muted", "band"))
    if view.layer is not None:
        key.append(Entry(f"layer {view.layer}", "accent", "upright", selection=True))
    with_others = f"mean over {len(pairs)} models" if at.mean is not None else f"with {titles[0]}"

    def rows() -> Table:
        columns = [line.columns(layers) for line in lines]
        return Table(stacked(columns))

    return Shown(
        {"depth": frame},
        rows,
        title=f"{compared.titles[0]} and {', '.join(titles)}, layers of the same relative depth",
        note=compared.note(f"{with_others}, layers of the same relative depth", no_interval),
        key=tuple(key),
    )


@dataclass(frozen=True, eq=False)
class _Line:
    """Scores along the depth of the experiment's model.

    Attributes
    ----------
    site : str
    model : str
        Whom it is compared with: a source, or ``mean``.
    r : float64 array (n_layers,)
    ends : tuple of float64 arrays (n_layers,)
        Of the interval, then of the noise ceiling; NaN where there are none.
    reasons : array (n_layers,) of str
        Why there is no score, or no interval.
    """

    site: str
    model: str
    r: Floats
    ends: tuple[Floats, Floats, Floats, Floats]
    reasons: Any

    @property
    def undefined(self) -> str:
        """Why there is nothing at all."""
        return str(self.reasons[0]) if np.isnan(self.r).all() else ""

    @property
    def no_interval(self) -> str:
        """Why a mean over models has no interval in any layer."""
        if self.model != MEAN or np.isfinite(self.ends[0]).any():
            return ""
        return next(filter(None, self.reasons), "")

    def says(self, layer: int) -> str:
        """Return the score at a layer, with its interval."""
        low, high = (two_places(float(end[layer])) for end in self.ends[:2])
        band = f", 95 % {low} to {high}" if np.isfinite(self.ends[0][layer]) else ""
        return f"{site_label(self.site)} {two_places(float(self.r[layer]))}{band}"

    def columns(self, layers: Any) -> dict[str, Any]:
        """Return it as lines of a table."""
        names = ("low", "high", "ceiling_low", "ceiling_high")
        return {
            "site": np.full(len(layers), self.site, dtype=object),
            "model": np.full(len(layers), self.model, dtype=object),
            "layer": layers,
            "r": self.r,
            **dict(zip(names, self.ends, strict=True)),
            "reason": self.reasons,
        }


def _mean_line(compared: Compared, site: str) -> _Line:
    """Return the mean with the other models, or the scores with the only one."""
    result, at = compared.result, compared.at
    reasons = mean_reasons(result, at, site)
    if at.mean is None:
        (pair,) = (pair for pair in at.pairs if pair.model == 0 < pair.other)
        line = _model_line(compared, pair, site)
        return replace(line, reasons=reasons)
    mean = at.mean[site]
    ends = (mean.low, mean.high, mean.ceiling_low, mean.ceiling_high)
    return _Line(site, MEAN, mean.r, ends, reasons)


def _model_line(compared: Compared, pair: ModelPair, site: str) -> _Line:
    where = at_same_depth(pair.r[site])
    r, unknown = pair.r[site][where], np.full(len(where[0]), np.nan)
    reasons = pair_reasons(compared.result, compared.at, pair, site)[where]
    reasons = np.where(reasons != "", reasons, "an interval is of the mean over models")
    source = compared.result.models[pair.other].source
    return _Line(site, source, r, (unknown,) * 4, reasons)
