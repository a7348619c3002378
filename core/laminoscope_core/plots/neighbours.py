"""Neighbours: the tokens that a vector of a token, or a sum of words, is most like."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.inside import chosen_state, chosen_token, nothing_to_show
from laminoscope_core.plots.shown import (
    Axis,
    Bars,
    Entry,
    Floats,
    Frame,
    Mark,
    Rule,
    Shown,
    limits_around,
)
from laminoscope_core.plots.text import number
from laminoscope_core.recording.neighbours import MEASURES, VOCABULARIES
from laminoscope_core.run.near import VECTORS, NearRequest, NearTokens, sum_in
from laminoscope_core.tables import Table
from laminoscope_core.text import visible_text

__all__ = ["WAYS", "View", "show", "wanted"]

WAYS: Mapping[str, str] = {
    "unembedding dot": "product, output",
    "unembedding cosine": "cosine, output",
    "embedding dot": "product, input",
    "embedding cosine": "cosine, input",
}
"""The vocabulary and the measure that tokens are compared by: the rows at the model's output are
its unembedding, those at its input its embedding."""

_NOT_YET = "it is looked up while its model is open"
_NO_SUM = "no sum of words is asked for"
_LONGEST = 14


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        Whose vector it is.
    head : int or None
        Of ``head``; the first if None.
    tokens : tuple of int
        The last of these is the token whose vector it is; the text's last one if empty.
    of : str
        A key of `VECTORS`.
    by : str
        A key of `WAYS`.
    words : str
        Of ``sum``: as ``king - man + woman``; "" for the first that the experiment asks for.
    state : str
        ``"before"`` or, with interventions, ``"after"``.
    """

    layer: int | None = None
    head: int | None = None
    tokens: tuple[int, ...] = ()
    of: str = "stream"
    by: str = "unembedding cosine"
    words: str = ""
    state: str = "before"

    def __post_init__(self) -> None:
        check_choice("of", self.of, VECTORS)
        check_choice("by", self.by, WAYS)


def wanted(results: Mapping[str, Any], view: View) -> NearRequest:
    """Return what a view shows, as it is asked for."""
    lens = results["lens"]
    if view.of == "sum":
        return NearRequest("sum", (), 0, words=view.words)
    head = (view.head or 0) if view.of == "head" else 0
    return NearRequest(view.of, lens.token_ids, chosen_token(lens.shown, view.tokens), head)


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return the nearest tokens as bars; beside those of a sum or a token, control or followers."""
    near = _looked_up(results, view)
    if near is None:
        return nothing_to_show("near", _NO_SUM if view.of == "sum" else _NOT_YET)
    depth = -1 if near.depths[0] == near.depths[-1] or view.of == "sum" else view.layer or 0
    if depth not in near.depths:
        return nothing_to_show("near", f"layer {depth} does not have it")
    of = _name(results, near, depth)
    frames = {"near": _Lines.of(near, view, depth)}
    if near.control:
        frames["control"] = _Lines.of(near, view, -2)
    if near.follower_ids.size:
        frames["followers"] = _followers(near, frames["near"])
    note = f"{of}, n = {near.n_rows:,}"
    if near.control:
        note = f"{of}, control {visible_text(near.control, spaces=True)}"
    if near.follower_ids.size:
        shared = int(np.isin(near.follower_ids, frames["near"].ids).sum())
        note = f"{of}: {shared} of {len(near.follower_ids)} followers are near it"
    return Shown(
        {name: lines.frame() for name, lines in frames.items()},
        lambda: _table(frames),
        title=f"Tokens near {of}, by {WAYS[view.by]}",
        note=note,
        key=(
            Entry("near", "v", "band"),
            Entry("what went in", "muted", "band"),
            *([Entry("near and following", "category 1", "band")] if "followers" in frames else []),
        ),
        widest=110.0,
    )


def _looked_up(results: Mapping[str, Any], view: View) -> NearTokens | None:
    """Return what was looked up, of this token or, until that has come, of another one."""
    near: NearTokens | None = results.get("near")
    asked = wanted(results, view)
    if near is not None and near.request.of == view.of:
        if view.of == "sum" and near.request.words == view.words:
            return near
        if view.of != "sum" and near.request.token_ids == asked.token_ids:
            return near
    sums = results.get("neighbours")
    if view.of != "sum" or sums is None or sums.reading is None:
        return None
    words = view.words or sums.reading.query[0]
    if words not in sums.reading.query:
        return None
    return sum_in(sums.reading, NearRequest("sum", (), 0, words=words), sums.token_names)


def _name(results: Mapping[str, Any], near: NearTokens, depth: int) -> str:
    """Return what the vector is, in words."""
    request = near.request
    if request.of == "sum":
        return f"“{visible_text(request.words, limit=40)}”"
    after = visible_text(results["lens"].shown[request.token], spaces=True, limit=24)
    where = f"token {request.token}, {after}"
    if request.of == "embedding":
        return f"the embedding of {after}"
    if request.of == "head":
        return f"head {request.head}, layer {depth}, {where}"
    return f"{VECTORS[request.of]}, layer {depth}, {where}"


@dataclass(frozen=True, eq=False)
class _Lines:
    """One list of tokens with a number each, the first first."""

    title: str
    ids: NDArray[np.int64]
    values: Floats
    label: str
    names: Mapping[str, str]
    marked: Mapping[str, NDArray[np.bool_]]

    @classmethod
    def of(cls, near: NearTokens, view: View, depth: int) -> "_Lines":
        vocabulary, measure = view.by.split()
        at = (
            chosen_state(near.states, view.state),
            near.depths.index(depth),
            VOCABULARIES.index(vocabulary),
            MEASURES.index(measure),
        )
        ids = near.ids[at]
        inputs = np.isin(ids, near.inputs)
        shared = np.isin(ids, near.follower_ids) & ~inputs
        label = "cosine" if measure == "cosine" else "product"
        values = near.scores[at].astype(np.float64)
        marked = {"muted": inputs, "category 1": shared}
        title = "control" if depth == -2 else ""
        return cls(title, ids, values, label, near.token_names, marked)

    def frame(self) -> Frame:
        y = np.arange(len(self.ids), dtype=np.float64)
        texts = [visible_text(self.name(row), spaces=True, limit=_LONGEST) for row in range(len(y))]
        plain = ~np.any([*self.marked.values()], axis=0)
        marks: dict[str, Mark] = {
            colour: Bars(
                at=y[chosen], lengths=self.values[chosen], colour=colour, thickness=0.7,
                says=self.sayer(np.flatnonzero(chosen)),
            )
            for colour, chosen in {"v": plain, **self.marked}.items()
        }  # fmt: skip
        marks["zero"] = Rule(at=0.0, colour="muted")
        return Frame(
            Axis(*limits_around(self.values, np.zeros(1)), ticks=()),
            Axis(
                len(y) - 0.4, -0.6, mono=True,
                ticks=tuple(zip(y.tolist(), texts, strict=True)),
            ),
            marks,
            title=self.title,
            aspect=0.0,
            lines=1.2 * len(y) + 1,
            grid=False,
            beside=tuple((at, number(v), "text") for at, v in zip(y, self.values, strict=True)),
        )  # fmt: skip

    def name(self, row: int) -> str:
        return self.names.get(str(self.ids[row]), "")

    def sayer(self, rows: NDArray[np.intp]) -> Callable[[int], str]:
        """Return what says the bar of an index among some rows."""

        def says(at: int) -> str:
            row = int(rows[at])
            token = visible_text(self.name(row), spaces=True, limit=40)
            return f"{row + 1}  {token}  {self.label} {number(self.values[row], 3)}"

        return says


def _followers(near: NearTokens, own: _Lines) -> _Lines:
    shared = np.isin(near.follower_ids, own.ids)
    marked = {"muted": np.zeros_like(shared), "category 1": shared}
    names, ids = near.token_names, near.follower_ids
    return _Lines("most likely next", ids, near.followers, "probability", names, marked)


def _table(frames: Mapping[str, _Lines]) -> Table:
    plots = [name for name, lines in frames.items() for _ in lines.ids]
    values = np.concatenate([lines.values for lines in frames.values()])
    return Table(
        {
            "plot": plots,
            "rank": [rank + 1 for lines in frames.values() for rank in range(len(lines.ids))],
            "target": [lines.name(r) for lines in frames.values() for r in range(len(lines.ids))],
            "target_id": np.concatenate([lines.ids for lines in frames.values()]),
            "value": values,
            "is_input": np.concatenate([lines.marked["muted"] for lines in frames.values()]),
            "reason": np.where(np.isnan(values), "the vector is no direction", ""),
        }
    )
