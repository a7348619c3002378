"""All plots, in the order in which they are written; a new one is a module and one line here.

Pages of the window, figures of the command line, menus and tests follow from this table; a plot's
module is imported when it is first shown.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from importlib import import_module
from typing import Any, Literal, Protocol, cast

from laminoscope_core.analysis.registry import OfState
from laminoscope_core.selection import Selection

__all__ = ["PLOTS", "Plot", "Spec", "available", "composed_rows", "of_altered", "section_rows"]

Section = Literal["words", "text", "prompts", "inside"]

_POINTED_AT = frozenset(field.name for field in fields(Selection))


class _Module(Protocol):
    @property
    def View(self) -> type[Any]: ...

    def show(self, results: Mapping[str, Any], view: Any) -> Any: ...


@dataclass(frozen=True)
class Plot:
    """One plot.

    Attributes
    ----------
    id : str
        Also the id of its panel, and the name of its module, its help text and its file.
    title : str
        Its name for people.
    section : str
        Section of the experiment whose results it shows.
    row : int or None
        Row of the section's page and composed figure in which it stands; None for neither.
    requires : tuple of str
        Ids of the results without which it cannot be drawn.
    also : tuple of str
        Ids of results that it shows where they are there.
    any_of : tuple of str
        The same, but it needs one of them if it names any.
    wide : bool
        Whether a composed figure gives it a row of its own.
    composed : bool
        Whether a composed figure has it: not what says something only beside another run.
    """

    id: str
    title: str
    section: Section
    row: int | None
    requires: tuple[str, ...]
    also: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    wide: bool = False
    composed: bool = True

    @cached_property
    def module(self) -> _Module:
        """Where ``View()`` and ``show(results, view)`` are."""
        name = self.id.replace("-", "_")
        return cast(_Module, import_module(f"laminoscope_core.plots.{name}"))

    def fits(self, results: Container[str]) -> bool:
        """Return whether it can be drawn from the results of some ids."""
        chosen = not self.any_of or any(name in results for name in self.any_of)
        return chosen and all(name in results for name in self.requires)

    @cached_property
    def follows(self) -> tuple[str, ...]:
        """The fields of its view that have the name of a field of the selection, and follow it."""
        return tuple(f.name for f in fields(self.module.View) if f.name in _POINTED_AT)

    def show(self, results: Mapping[str, Any], view: Any = None) -> Any:
        """Return what it shows of results; the view's defaults if there is none.

        That is a `laminoscope_core.plots.shown.Shown`, or another frozen dataclass with a
        ``table``, ``labels``, ``limits``, a ``title`` and a ``note``.

        Raises
        ------
        ValueError
            The results do not have what the view names: a layer, a pair of words, a predictor.
        """
        return self.module.show(results, self.module.View() if view is None else view)

    def view_of(self, choices: Any, selection: Selection, results: Mapping[str, Any]) -> Any:
        """Return a view with what is selected, as far as the results have it.

        Parameters
        ----------
        choices : View
            What the user has chosen otherwise.
        selection : Selection
            What is pointed at, perhaps in other results: a word of another list.
        results : mapping of str to object
            What will be shown.
        """
        fitting = {name: _fitting(name, getattr(selection, name), results) for name in self.follows}
        return replace(choices, **fitting)


def available(results: Mapping[str, Any]) -> tuple[Plot, ...]:
    """Return the plots that can be drawn from some results."""
    return tuple(plot for plot in PLOTS.values() if plot.fits(results))


def section_rows(section: str) -> list[list[Plot]]:
    """Return the rows of a section's page."""
    rows: dict[int, list[Plot]] = {}
    for plot in PLOTS.values():
        if plot.section == section and plot.row is not None:
            rows.setdefault(plot.row, []).append(plot)
    return [rows[number] for number in sorted(rows)]


def composed_rows(section: str, results: Container[str]) -> "list[list[Spec]]":
    """Return the rows of a section's composed figure: the plots that the results allow."""
    rows = []
    for row in section_rows(section):
        there = [plot for plot in row if plot.composed and plot.fits(results)]
        beside = [Spec(plot.id) for plot in there if not plot.wide]
        rows += [beside] if beside else []
        rows += [[Spec(plot.id)] for plot in there if plot.wide]
    return rows


def _fitting(name: str, value: Any, results: Mapping[str, Any]) -> Any:
    """Return a selected value, or the nearest that the results have."""
    if name == "layer":
        counts = [len(r.layers) for r in results.values() if hasattr(r, "layers")]
        return min(value, min(counts) - 1) if counts else value
    if name in ("pair", "word"):
        counts = [len(r.words) for r in results.values() if hasattr(r, "words")]
        largest = max(value) if isinstance(value, tuple) else value
        return value if largest is None or not counts or largest < min(counts) else None
    if name == "tokens":
        counts = [len(r.shown) for r in results.values() if hasattr(r, "shown")]
        return tuple(token for token in value if not counts or token < min(counts))
    return value


PLOTS: Mapping[str, Plot] = {
    plot.id: plot
    for plot in (
        Plot("similarity", "Similarity", "words", 0, ("similarity",)),
        Plot("similarity-layers", "Similarity in all layers", "words", None, ("similarity",)),
        Plot(
            "laminar", "Laminar curves", "words", 1, ("rsa", "separability", "direct"),
            also=(
                "rsa-chance", "separability-chance",
                "causal", "before-rsa", "before-separability", "before-direct",
            ),
        ),
        Plot("pairs", "Pairs", "words", 2, ("similarity", "rsa")),
        Plot(
            "distributions", "Within and across", "words", 2, ("similarity",),
            also=("separability",),
        ),
        Plot("unity", "Unity", "words", 2, ("rsa",), also=("rsa-chance",)),
        Plot("tokens", "Tokens", "text", 0, ("adjustments",), also=("regression",)),
        Plot("adjustments", "Adjustments", "text", 1, ("adjustments",)),
        Plot(
            "strip", "Layers", "text", 2, ("adjustments",), also=("before-adjustments",),
        ),
        Plot("spread", "Distributions", "text", 2, ("adjustments",)),
        Plot("regression", "Regression", "text", 3, ("regression",), also=("adjustments",)),
        Plot("fit", "Fit", "text", 3, ("regression", "adjustments")),
        Plot(
            "token-compare", "Compare runs", "text", 3, ("regression", "adjustments"),
            composed=False,
        ),
        Plot("writing", "Continuation", "prompts", 0, ("continuation",)),
        Plot("chain", "Sampler chain", "prompts", 1, ("continuation",)),
        Plot(
            "candidates", "Candidates", "prompts", 2, ("continuation",),
            also=("before-continuation",),
        ),
        Plot(
            "compare", "Compare prompts", "prompts", 2, ("comparison",),
            also=("continuation",), wide=True,
        ),
        Plot("watch", "Watched tokens", "prompts", 3, ("continuation",)),
        Plot(
            "loops", "Loop laboratory", "prompts", 4, ("continuation",), any_of=("echo", "loops"),
        ),
        Plot("donors", "Donors", "inside", 0, ("attention",), composed=False),
        Plot("heads", "Heads", "inside", 1, ("heads",), also=("atlas",)),
        Plot("redundancy", "Redundancy", "inside", 1, ("redundancy",)),
        Plot("attention", "Attention", "inside", 1, ("attention",), composed=False),
        Plot("lens", "Lens", "inside", 2, ("lens",)),
        Plot("patch", "Patch map", "inside", 2, ("patch",)),
        Plot("ledger", "Ledger", "inside", 2, ("ledger",)),
        Plot("followed", "Followed tokens", "inside", 3, ("lens",)),
        Plot("balance", "Balance", "inside", 3, ("balance",)),
        Plot("neurons", "Neurons", "inside", 3, ("neurons",)),
        Plot("normalisation", "Norms", "inside", 3, ("normalisation",)),
        Plot("rotation", "Rotation", "inside", 3, ("rotation",)),
        Plot("neighbours", "Neighbours", "inside", 3, ("lens",), also=("near", "neighbours")),
        Plot("effects", "Effects", "inside", 3, ("effects",)),
    )
}  # fmt: skip
"""By id."""


@dataclass(frozen=True)
class Spec:
    """One plot of a figure: its kind and what it shows.

    Attributes
    ----------
    kind : str
        A key of `PLOTS`.
    view : dataclass
        The kind's ``View``; its defaults if left out.
    altered : bool
        Whether it shows the altered model.

    Raises
    ------
    ValueError
        There is no such kind, or the view is another kind's.
    """

    kind: str
    view: Any = None
    altered: bool = False

    def __post_init__(self) -> None:
        if self.kind not in PLOTS:
            raise ValueError(f"there is no figure {self.kind!r}; there are {', '.join(PLOTS)}")
        wanted = PLOTS[self.kind].module.View
        if self.view is None:
            object.__setattr__(self, "view", wanted())
        elif not isinstance(self.view, wanted):
            raise ValueError(f"a view of {type(self.view).__module__} does not fit {self.kind!r}")

    def shown(self, results: Mapping[str, Any]) -> Any:
        """Return what the plot shows; its ``table`` has every number."""
        plot = PLOTS[self.kind]
        shown = plot.show(OfState(results, altered=self.altered), self.view)
        chosen = getattr(self.view, "state", "")  # of what has both states in one result
        both = (getattr(results[name], "states", ()) for name in plot.requires if name in results)
        altered = self.altered or (chosen == "after" and any(chosen in states for states in both))
        return of_altered(shown) if altered else shown


def of_altered(shown: Any) -> Any:
    """Return what a plot shows, with a note that says that it is of the altered model."""
    return replace(shown, note=" · ".join(filter(None, ("in the altered model", shown.note))))
