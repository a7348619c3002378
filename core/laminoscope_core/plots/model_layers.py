"""How far two models agree, layers with layers; and all models with each other at one depth."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from laminoscope_core.analysis.across_models import EMBEDDING
from laminoscope_core.analysis.models_mean import nearest_layers
from laminoscope_core.analysis.rsa_models_tables import pair_reasons
from laminoscope_core.plots.colouring import coloured
from laminoscope_core.plots.model_views import Compared, model_text
from laminoscope_core.plots.shown import (
    Axis,
    Boxes,
    Curve,
    Entry,
    Frame,
    Image,
    Mark,
    Scale,
    Shown,
)
from laminoscope_core.plots.words import two_places
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many
from laminoscope_core.theme import site_label

__all__ = ["layers_shown", "models_shown"]


def layers_shown(compared: Compared, view: Any) -> Shown:
    """Return a map of every layer of the one model with every layer of the other.

    Both axes run from the first layer to the last, so that the diagonal is of the same relative
    depth, ℓ/(L − 1).
    """
    site, pair, result = compared.layered, compared.pair, compared.result
    r = pair.r[site]
    reasons = pair_reasons(result, compared.at, pair, site)
    own, other = compared.titles
    near = nearest_layers(*r.shape)

    def says(row: int, column: int) -> str:
        score = two_places(float(r[column, row]), str(reasons[column, row]))
        return f"{own}, layer {column}\n{other}, layer {row}\n{compared.symbol} = {score}"

    def stands_for(row: int, column: int) -> Mapping[str, Any]:
        return {"layer": column, "other_layer": None if row == near[column] else row}

    ends = tuple((-0.5, n - 0.5) for n in r.shape)
    x, y = (np.array([[float(at)]]) for at in (compared.layer, compared.other_layer))
    cell = np.array([[-0.5, 0.5]])
    marks: dict[str, Mark] = {
        "map": Image(values=r.T, x=ends[0], y=ends[1], says=says, stands_for=stands_for),
        "depth": Curve(
            x=np.array([0.0, r.shape[0] - 1.0]), y=np.array([0.0, r.shape[1] - 1.0]),
            colour="on_map", dashed=True, alpha=0.8,
        ),
        "selected": Boxes(x=x + cell, y=y + cell, colour="accent", selection=True),
    }  # fmt: skip
    frame = Frame(
        Axis(*ends[0], f"layer of {own}", whole=True),
        Axis(*ends[1], f"layer of {other}", whole=True),
        marks,
        aspect=0.8,
        grid=False,
    )
    known = r[np.isfinite(r)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)

    def rows() -> Table:
        one, two = (axis.ravel() for axis in np.indices(r.shape))
        return Table(
            {
                "layer": one,
                "other_layer": two,
                "r": r.ravel(),
                "selected": (one == compared.layer) & (two == compared.other_layer),
                "reason": reasons.ravel(),
            }
        )

    n = len(result.words) * (len(result.words) - 1) // 2
    score = two_places(float(r[compared.layer, compared.other_layer]))
    here = f"layers {compared.layer} and {compared.other_layer}: {compared.symbol} = {score}"
    return Shown(
        {"layers": frame},
        rows,
        title=f"{own} and {other} at {site_label(site)}",
        note=compared.note(f"{_at(compared)}, {here}, n = {how_many(n, 'pair')}"),
        key=(Entry("same relative depth", "muted", "dashed"),),
        scale=coloured(Scale("sequential", low, max(high, low + 0.01), compared.score_label), view),
        widest=110.0,
    )


def models_shown(compared: Compared, view: Any) -> Shown:
    """Return a map of every model with every other, at the same relative depth."""
    result, at, site = compared.result, compared.at, compared.site
    n = len(result.models)
    layers = [0] * n
    if site != EMBEDDING:
        own = len(result.layers)
        layers = [nearest_layers(own, model.n_layers)[compared.layer] for model in result.models]
    values, reasons = np.full((n, n), np.nan), np.full((n, n), "", dtype=object)
    for pair in at.pairs:
        cell, depths = (pair.model, pair.other), (layers[pair.model], layers[pair.other])
        values[cell] = values[cell[::-1]] = pair.r[site][depths]
        why = pair_reasons(result, at, pair, site)[depths]
        reasons[cell] = reasons[cell[::-1]] = why
    for model in range(1, n):
        reasons[model, model] = result.reason(at, model, site, layers[model])
        values[model, model] = np.nan if reasons[model, model] else 1.0
    titles = tuple(model_text(model) for model in result.models)

    def says(row: int, column: int) -> str:
        score = two_places(float(values[row, column]), str(reasons[row, column]))
        return f"{titles[row]}\n{titles[column]}\n{compared.symbol} = {score}"

    def stands_for(row: int, column: int) -> Mapping[str, Any]:
        other = max(row, column)
        return {"other": result.models[other].source} if other and min(row, column) == 0 else {}

    ends = (-0.5, n - 0.5)
    rows_named = tuple((float(at), f"{title}  {at + 1}") for at, title in enumerate(titles))
    columns = tuple((float(at), str(at + 1)) for at in range(n))
    frame = Frame(
        Axis(*ends, ticks=columns),
        Axis(*ends[::-1], ticks=rows_named),
        {"map": Image(values=values, x=ends, y=ends, says=says, stands_for=stands_for)},
        aspect=1.0,
        square=True,
        grid=False,
    )
    apart = values[~np.eye(n, dtype=np.bool_)]
    known = apart[np.isfinite(apart)]
    low = float(known.min()) if known.size else 0.0
    where = site_label(site)
    if site != EMBEDDING:
        where = f"{where}, the depth of layer {compared.layer} of {titles[0]}"

    def rows() -> Table:
        one, other = np.triu_indices(n)
        sources = np.array([model.source for model in result.models], dtype=object)
        return Table(
            {
                "model": sources[one],
                "layer": np.array(layers)[one],
                "other_model": sources[other],
                "other_layer": np.array(layers)[other],
                "r": values[one, other],
                "reason": reasons[one, other],
            }
        )

    return Shown(
        {"models": frame},
        rows,
        title=f"Models at {where}",
        note=compared.note(where, f"n = {len(result.words)} words"),
        scale=coloured(Scale("sequential", min(low, 0.99), 1.0, compared.score_label), view),
        widest=90.0,
    )


def _at(compared: Compared) -> str:
    """Return at which site layers are compared; the embedding has none."""
    where = site_label(compared.layered)
    return f"{where} (the embedding has no layers)" if compared.site == EMBEDDING else where
