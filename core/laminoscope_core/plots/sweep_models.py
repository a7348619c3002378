"""Sweep: how far every two models of a sweep agree on which words are alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.swept import Swept
from laminoscope_core.plots.colouring import Coloured, coloured
from laminoscope_core.plots.shown import Axis, Boxes, Frame, Image, Mark, Scale, Shown
from laminoscope_core.plots.sweep_views import chosen, place_text
from laminoscope_core.plots.words import two_places
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many, visible_text
from laminoscope_core.theme import site_label

__all__ = ["View", "show"]

_LONGEST = 22


@dataclass(frozen=True)
class View(Coloured):
    """What is shown.

    Attributes
    ----------
    words : str
        A word list; empty for the first.
    sentence : str
        A carrier sentence, or ``mean``; empty for the mean, or the one.
    place : str
        A site; empty for the first.
    swept : int or None
        A model that is marked.
    colours, between
        As of `Coloured`.
    """

    words: str = ""
    sentence: str = ""
    place: str = ""
    swept: int | None = None


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a map of models × models: RSA scores, the mean over layers of one relative depth."""
    swept: Swept = results["sweep"]
    words, sentence, site = chosen(swept.agreement, (view.words, view.sentence, view.place))
    n = len(swept.models)
    values = swept.agreement.get((words, sentence, site), np.full((n, n), np.nan))
    names = tuple(visible_text(model, limit=_LONGEST) for model in swept.models)

    def says(row: int, column: int) -> str:
        return f"{names[row]}\n{names[column]}\n{two_places(float(values[row, column]))}"

    def stands_for(row: int, _column: int) -> Mapping[str, Any]:
        return {"swept": row}

    ends = (-0.5, n - 0.5)
    marks: dict[str, Mark] = {
        "map": Image(values=values, x=ends, y=ends, says=says, stands_for=stands_for)
    }
    if view.swept is not None and view.swept < n:
        y = np.array([[view.swept - 0.5, view.swept + 0.5]])
        marks["selected"] = Boxes(x=np.array([ends]), y=y, colour="accent", selection=True)
    frame = Frame(
        Axis(*ends, whole=True, names=names),
        Axis(*ends[::-1], ticks=tuple((float(at), name) for at, name in enumerate(names))),
        marks,
        inside="" if swept.agreement else "the sweep has no scores of models with models",
        aspect=1.0,
        square=True,
        grid=False,
    )
    known = values[~np.eye(n, dtype=np.bool_) & np.isfinite(values)]
    low = float(known.min()) if known.size else 0.0

    def rows() -> Table:
        one, other = np.triu_indices(n)
        models = np.array(swept.models, dtype=object)
        r = values[one, other]
        reason = np.where(np.isnan(r), "see rsa/models.csv of the sweep", "")
        return Table({"model": models[one], "other_model": models[other], "r": r, "reason": reason})

    where = site_label(site) if site else ""
    return Shown(
        {"models": frame},
        rows,
        title=f"{how_many(n, 'model')} at {where}",
        note=" · ".join(filter(None, (where, place_text(swept, words, sentence), swept.note))),
        scale=coloured(Scale("sequential", min(low, 0.99), 1.0, "RSA score"), view),
        widest=110.0,
    )
