"""Predictors: how well what is known of the words says which are alike, layer by layer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from laminoscope_core.analysis import rsa_predictors
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.over_layers import Series, frame_of, key_of, limits_of
from laminoscope_core.plots.shown import Axis, Shown
from laminoscope_core.plots.words import looks, the_carrier
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many
from laminoscope_core.theme import site_label

__all__ = ["LABELS", "QUANTITIES", "View", "show"]

QUANTITIES: Mapping[str, str] = {
    "r": "r",
    "partial_r": "partial r",
    "delta_r2": "ΔR²",
}
"""What curves may show: the score, the same given the other predictors, the unique variance."""

LABELS: Mapping[str, str] = {
    "category": "same category",
    "n_tokens": "number of tokens",
    "length": "number of characters",
}
"""In what respect words are alike, for people."""

_LOOKS = looks(rsa_predictors.PREDICTORS)
_ASPECT = 0.8
"""Of three sites beside each other each is still tall enough to be read."""
_AXES = {
    "r": "Pearson r",
    "partial_r": "partial r",
    "delta_r2": "ΔR²",
}


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        The layer that is marked.
    quantity : str
        A key of `QUANTITIES`.
    only : str
        The one site that is shown; all that were compared, if it is not among them.
    carrier : int or None
        One of several carrier sentences; None for their mean.
    """

    layer: int | None = None
    quantity: str = "r"
    only: str = ""
    carrier: int | None = None

    def __post_init__(self) -> None:
        check_choice("quantity", self.quantity, QUANTITIES)


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a frame a site with a curve a predictor; markers are filled where q < .05.

    A mean over carrier sentences has each of them behind it.
    """
    result = the_carrier(results["rsa-predictors"], view.carrier)
    layers = np.array(result.layers)
    sites = (view.only,) if view.only in result.sites else result.sites
    curves = {site: _curves(result, site, view.quantity) for site in sites}
    every = [one for each in curves.values() for one in each]
    y = Axis(*limits_of(every), _AXES[view.quantity], zooms_with="score")
    done = f"p from {result.n_permutations} relabellings"
    parts = [
        f"n = {how_many(result.n_pairs, 'pair')}",
        done,
        *(["chance so far"] * (not result.complete)),
    ]
    if result.by_carrier:
        parts.append(f"mean over {len(result.by_carrier)} carrier sentences")
    note = "; ".join(parts)
    return Shown(
        {
            site: replace(frame_of(each, layers, view.layer, y, site_label(site)), aspect=_ASPECT)
            for site, each in curves.items()
        },
        lambda: _table(result, sites),
        title=f"Predictors, {QUANTITIES[view.quantity]}",
        note=note,
        key=key_of(next(iter(curves.values())), view.layer),
        arranged="flow",
        narrowest=38.0,
    )


def _curves(result: rsa_predictors.Result, site: str, quantity: str) -> list[Series]:
    row = result.sites.index(site)
    given = "" if quantity == "r" else "partial_"
    found = []
    for column, name in enumerate(result.predictors):
        at = (slice(None), row, column)
        reasons = getattr(result, f"{given}reasons")[at]
        values = getattr(result, quantity)[at]
        found.append(
            Series(
                name,
                LABELS[name],
                _LOOKS[name],
                values,
                p=getattr(result, f"{given}p")[at],
                q=getattr(result, f"{given}q")[at],
                reasons=np.where(np.isnan(values), reasons, ""),
                untested=getattr(result, f"{given}p_reasons")[at],
                each=tuple(getattr(one, quantity)[at] for one in result.by_carrier),
            )
        )
    return found


def _table(result: rsa_predictors.Result, sites: tuple[str, ...]) -> Table:
    """Return the lines of the analysis's table that are of the sites shown."""
    columns = rsa_predictors.lines_of(result)
    here = np.isin(columns["site"], sites)
    return Table({name: column[here] for name, column in columns.items()})
