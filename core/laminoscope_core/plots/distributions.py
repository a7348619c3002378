"""Distributions: similarities of pairs within a category against pairs across categories."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import separability, similarity
from laminoscope_core.plots.density import MOST_POINTS
from laminoscope_core.plots.histograms import common_edges, histogram_density
from laminoscope_core.plots.once import once
from laminoscope_core.plots.shown import Axis, Entry, Frame, Mark, Points, Rule, Shown, Steps
from laminoscope_core.plots.words import (
    SCALES,
    in_carrier,
    layer_number,
    pair_names,
    pair_said,
    pair_text,
    pairs_of,
    selected_pair,
    the_carrier,
    two_places,
)
from laminoscope_core.tables import Table
from laminoscope_core.theme import site_label

__all__ = ["View", "is_ready", "show"]

_HEADROOM = 1.08
"""Of a row, in heights of its densities."""
_ON_AXIS = 0.06
"""Where the pairs of the selected word stand, in heights of the densities."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    layer : int or None
        By index; None for the middle one.
    pair : tuple of int or None
        The pair whose similarity is marked.
    word : int or None
        The word whose pairs are marked.
    carrier : int or None
        One of several carrier sentences; None for the first.
    """

    layer: int | None = None
    pair: tuple[int, int] | None = None
    word: int | None = None
    carrier: int | None = None


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a row per site: filled within, outlined across, upright lines at the means.

    The pairs of the selected word stand on the axis, the selected pair is a line.
    """
    result: similarity.Result = in_carrier(results["similarity"], view.carrier)
    effect: separability.Result | None = results.get("separability")
    effect = None if effect is None else the_carrier(effect, view.carrier or 0)
    layer = layer_number(len(result.layers), view.layer)
    pairs = pairs_of(result)
    pair = selected_pair(result.words, view.pair)
    touched, here = pairs.with_word(view.word), pairs.with_both(*pair)
    both = np.stack([pairs.first[touched], pairs.second[touched]], axis=-1)
    n_within = int(pairs.within.sum())
    counts = n_within, len(pairs.within) - n_within
    label = f"{SCALES[result.params.measure]}, n = {counts[0]} + {counts[1]} pairs"
    frames: dict[str, Frame] = {}
    densities: dict[str, tuple[Any, ...]] = {}
    for site in result.sites:
        matrix = result.matrices[site][layer]
        edges, (within, across), means = _histograms(result, site, layer)
        densities[site] = (
            edges,
            within if np.isfinite(means[0]) else np.full(within.shape, np.nan),
            across if np.isfinite(means[1]) else np.full(across.shape, np.nan),
        )
        top = max(float(within.max()), float(across.max()), 1e-9)
        marks: dict[str, Mark] = {
            "within": Steps(edges=edges, heights=within, colour=site, filled=True),
            "across": Steps(edges=edges, heights=across, colour="muted"),
        }
        for name, mean, colour in zip(("within", "across"), means, (site, "muted"), strict=True):
            if np.isfinite(mean):
                marks[f"mean {name}"] = Rule(
                    at=mean, top=top, colour=colour, width=1, dashed=name == "across"
                )
        marks["word"] = Points(
            x=matrix[both[:, 0], both[:, 1]].astype(np.float64),
            y=np.full(touched.size, _ON_AXIS * top),
            size=0.55, colour="accent", selection=True, stands_for={"pair": both},
            says=lambda index: pair_said(result, layer, both[index].tolist()),
        )  # fmt: skip
        for position in here:
            at = float(matrix[pairs.first[position], pairs.second[position]])
            marks["selected"] = Rule(at=at, top=top, colour="accent", width=1.4, selection=True)
        d, undefined = _effect(effect, layer, site)
        margin = 0.02 * (edges[-1] - edges[0])
        frames[site] = Frame(
            Axis(edges[0] - margin, edges[-1] + margin, label),
            Axis(0, top * _HEADROOM, ticks=()),
            marks,
            beside=((top / 2, f"{site_label(site)}  {d}".rstrip(), site),),
            inside=undefined,
            aspect=0.2,
            grid=False,
        )

    def reasons(site: str) -> str:
        if found := result.reasons[site][layer]:
            return found
        missing = [name for name, n in zip(("within", "across"), counts, strict=True) if not n]
        return f"there are no pairs {' or '.join(missing)} categories" if missing else ""

    def rows() -> Table:
        sizes = [len(each[1]) for each in densities.values()]
        return Table(
            {
                "site": np.repeat(list(densities), sizes),
                "low": np.concatenate([each[0][:-1] for each in densities.values()]),
                "high": np.concatenate([each[0][1:] for each in densities.values()]),
                "within": np.concatenate([each[1] for each in densities.values()]),
                "across": np.concatenate([each[2] for each in densities.values()]),
                "reason": np.repeat([reasons(site) for site in densities], sizes),
            }
        )

    return Shown(
        frames,
        rows,
        title=f"Layer {result.layers[layer]}",
        key=(
            *_selected(result, layer, view),
            Entry(f"within, n = {counts[0]}", "muted", "band"),
            Entry(f"across, n = {counts[1]}", "muted", "outline"),
            Entry("mean within", "muted", "line"),
            Entry("mean across", "muted", "dashed"),
        ),
        arranged="stack",
        widest=110.0,
    )


def is_ready(results: Mapping[str, Any], view: View) -> bool:
    """Return whether `show` only has to look up what it draws, or has little to make of it."""
    result: similarity.Result = in_carrier(results["similarity"], view.carrier)
    n_words = len(result.words)
    if n_words * (n_words - 1) / 2 <= MOST_POINTS:
        return True
    layer = layer_number(len(result.layers), view.layer)
    return all(_histograms.is_made(result, site, layer) for site in result.sites)


@once
def _histograms(
    result: similarity.Result, site: str, layer: int
) -> tuple[Floats, tuple[Floats, Floats], tuple[float, float]]:
    """Return bin edges, and the densities and means of the pairs within and across categories.

    Densities are zero and means NaN where there are no pairs.
    """
    pairs = pairs_of(result)
    values = pairs.vectors(result.matrices[site][layer])
    edges, known = common_edges(values), np.isfinite(values)
    within, across = values[known & pairs.within], values[known & ~pairs.within]
    densities = histogram_density(within, edges), histogram_density(across, edges)
    return edges, densities, (_mean(within), _mean(across))


def _mean(values: Floats) -> float:
    return float(values.mean()) if values.size else np.nan


def _selected(result: similarity.Result, layer: int, view: View) -> tuple[Entry, ...]:
    """Return what the key says of the selected pair and word."""
    entries = []
    if view.pair is not None:
        entries.append(Entry(pair_text(result, layer, view.pair), "accent", "line", "", True))
    if view.word is not None:
        name = pair_names(result, (view.word,))
        entries.append(Entry(f"with {name}", "accent", "marker", "circle", selection=True))
    return tuple(entries)


def _effect(effect: separability.Result | None, layer: int, site: str) -> tuple[str, str]:
    """Return d for beside the row, or why there is none, for inside."""
    if effect is None:
        return "", ""
    at = (layer, effect.sites.index(site))
    d = float(effect.cohens_d[at])
    return (
        ("", f"d undefined: {effect.reasons[at]}") if np.isnan(d) else (f"d = {two_places(d)}", "")
    )
