"""All plots, in the order in which they are written; a new one is a module and one line here.

Pages of the window, figures of the command line, menus and tests follow from this table; a plot's
module is imported when it is first shown.
"""

from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

from laminoscope_core.analysis.registry import BEFORE, OfState
from laminoscope_core.selection import Selection

if TYPE_CHECKING:
    from laminoscope_core.tables import Table

__all__ = [
    "OF_SWEEPS",
    "PLOTS",
    "STATES",
    "Plot",
    "Spec",
    "State",
    "available",
    "composed_rows",
    "of_altered",
    "section_rows",
]

Section = Literal["words", "text", "prompts", "inside", "sweep"]

State = Literal["after", "before", "change"]

STATES: tuple[State, ...] = ("after", "before", "change")
"""What a plot may show of an altered model: that, the model as it is, or the difference."""

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
    beside : bool
        Whether it shows by itself what the model as it is gives, beside the altered one, or
        nothing that could stand there.
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
    beside: bool = False

    @cached_property
    def module(self) -> _Module:
        """Where ``View()`` and ``show(results, view)`` are."""
        name = self.id.replace("-", "_")
        return cast(_Module, import_module(f"laminoscope_core.plots.{name}"))

    def fits(self, results: Container[str]) -> bool:
        """Return whether it can be drawn from the results of some ids."""
        chosen = not self.any_of or any(name in results for name in self.any_of)
        return chosen and all(name in results for name in self.requires)

    def has_something(self, results: Mapping[str, Any]) -> bool:
        """Return whether it can be drawn from some results, and more than why there is nothing."""
        return self.fits(results) and not any(
            getattr(results[name], "reading", results[name]) is None for name in self.requires
        )

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

    @cached_property
    def has_states(self) -> bool:
        """Whether its results hold both states of a model, of which its view names one."""
        return any(field.name == "state" for field in fields(self.module.View))

    def has_after(self, results: Mapping[str, Any]) -> bool:
        """Return whether results that can hold both states have the altered one."""
        both = (getattr(results[name], "states", ()) for name in self.requires if name in results)
        return self.has_states and any("after" in states for states in both)

    def show_state(self, results: Mapping[str, Any], view: Any, state: State) -> tuple[Any, State]:
        """Return what it shows of an altered model, and which state that is.

        Parameters
        ----------
        results : mapping of str to object
            Of both, as `OfState` names them where the altered model is shown.
        view : View
        state : str
            ``"after"``: of the altered model, with what was there before behind it, if that is no
            map; ``"before"``: of the model as it is; ``"change"``: the difference, which maps and
            texts have.  What cannot be had of the model as it is is ``"after"`` instead.

        Raises
        ------
        ValueError
            As of `show`.
        """
        own = results if self.has_states else _of_before(results)
        has_before = self.fits(own)
        before = replace(view, state="before") if self.has_states else view
        if state == "before" and has_before:
            return self.show(own, before), state
        after = self.show(results, replace(view, state="after") if self.has_states else view)
        if self.beside or not has_before:
            return after, "after"
        from laminoscope_core.plots.states import behind, changed, takes_behind

        if state == "after" and not takes_behind(after):
            return after, state
        shown = self.show(own, before)
        if state == "change" and (difference := changed(after, shown)) is not None:
            return difference, state
        return behind(after, shown), "after"

    def at_layer(self, shown: Any, before: Any, view: Any) -> Any:
        """Return what it shows at another layer, by moving what it showed.

        Parameters
        ----------
        shown : Shown
            Of the same results, and as ``before`` says.
        before, view : View

        Returns
        -------
        Shown or None
            None if more than the layer is another, or more than a line would move.
        """
        move = getattr(self.module, "at_layer", None)
        if move is None or before is None or None in (before.layer, view.layer):
            return None
        return move(shown, view.layer) if replace(before, layer=view.layer) == view else None

    def is_ready(self, results: Mapping[str, Any], view: Any, state: State) -> bool:
        """Return whether `show_state` is quick: what takes long to make of the results is made."""
        is_ready = getattr(self.module, "is_ready", None)
        if is_ready is None:
            return True
        if not self.has_states:
            before = _of_before(results)
            both = (
                before if self.fits(before) else results,
                *(() if state == "before" else (results,)),
            )
            return all(is_ready(each, view) for each in both)
        states = ("before", "after") if state == "change" else (state,)
        return all(is_ready(results, replace(view, state=each)) for each in states)

    def near(self, results: Mapping[str, Any], view: Any, state: State) -> list[Any]:
        """Return the views of the next layer and the one before for which `is_ready` is false."""
        found: list[Any] = []
        if getattr(view, "layer", None) is not None and hasattr(self.module, "is_ready"):
            for layer in (view.layer + 1, view.layer - 1):
                there = replace(view, layer=layer)
                with suppress(ValueError):  # there is no such layer
                    if not self.is_ready(results, there, state):
                        found.append(there)
        return found

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


def available(results: Mapping[str, Any], *, altered: bool = False) -> tuple[Plot, ...]:
    """Return the plots that can be drawn from some results; of the altered model, if asked for."""
    if not altered:
        return tuple(plot for plot in PLOTS.values() if plot.fits(results))
    own = OfState(results, altered=True)
    return tuple(
        plot
        for plot in PLOTS.values()
        if (plot.has_after(results) if plot.has_states else plot.fits(own))
    )


def section_rows(section: str) -> list[list[Plot]]:
    """Return the rows of a section's page."""
    rows: dict[int, list[Plot]] = {}
    for plot in PLOTS.values():
        if plot.section == section and plot.row is not None:
            rows.setdefault(plot.row, []).append(plot)
    return [rows[number] for number in sorted(rows)]


def composed_rows(section: str, results: Mapping[str, Any]) -> "list[list[Spec]]":
    """Return the rows of a section's composed figure: the plots that the results allow.

    What has nothing to show but why is left out, as a layer's attention where none was looked at.
    """
    rows = []
    for row in section_rows(section):
        there = [plot for plot in row if plot.composed and plot.has_something(results)]
        beside = [Spec(plot.id) for plot in there if not plot.wide]
        rows += [beside] if beside else []
        rows += [[Spec(plot.id)] for plot in there if plot.wide]
    return rows


def _of_before(results: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the model as it is, by their own ids."""
    return {name.removeprefix(BEFORE): results[name] for name in results if name.startswith(BEFORE)}


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
        Plot("similarity", "Similarity", "words", 0, ("similarity",), also=("dendrogram",)),
        Plot("similarity-layers", "Similarity in all layers", "words", None, ("similarity",)),
        Plot(
            "laminar", "Laminar curves", "words", 1, ("rsa", "separability", "direct"),
            also=(
                "rsa-chance", "separability-chance",
                "causal", "before-rsa", "before-separability", "before-direct",
            ),
            beside=True,
        ),
        Plot("rsa-heads", "Heads", "words", 1, ("rsa-heads",), wide=True),
        Plot("rsa-depth", "Depth", "words", 1, ("rsa-depth",), wide=True),
        Plot("rsa-models", "Models", "words", 1, ("rsa-models",), wide=True),
        Plot("rsa-predictors", "Predictors", "words", 1, ("rsa-predictors",), wide=True),
        Plot("rsa-map", "Word map", "words", 1, ("rsa-map",), wide=True),
        Plot("pairs", "Pairs", "words", 2, ("similarity", "rsa")),
        Plot(
            "distributions", "Within and across", "words", 2, ("similarity",),
            also=("separability",),
        ),
        Plot("unity", "Unity", "words", 2, ("rsa",), also=("rsa-chance",)),
        Plot("rsa-contrast", "Contrast", "words", 2, ("rsa",), also=("rsa-chance",), wide=True),
        Plot("tokens", "Tokens", "text", 0, ("adjustments",), also=("regression",)),
        Plot("adjustments", "Adjustments", "text", 1, ("adjustments",)),
        Plot(
            "strip", "Layers", "text", 2, ("adjustments",), also=("before-adjustments",),
            beside=True,
        ),
        Plot("spread", "Distributions", "text", 2, ("adjustments",)),
        Plot("regression", "Regression", "text", 3, ("regression",), also=("adjustments",)),
        Plot("fit", "Fit", "text", 3, ("regression", "adjustments")),
        Plot(
            "token-compare", "Compare runs", "text", 3, ("regression", "adjustments"),
            composed=False, beside=True,
        ),
        Plot("writing", "Continuation", "prompts", 0, ("continuation",), beside=True),
        Plot("chain", "Sampler chain", "prompts", 1, ("continuation",), beside=True),
        Plot(
            "candidates", "Candidates", "prompts", 2, ("continuation",),
            also=("before-continuation",), beside=True,
        ),
        Plot(
            "compare", "Compare prompts", "prompts", 2, ("comparison",),
            also=("continuation",), wide=True, beside=True,
        ),
        Plot("chains", "Chain map", "prompts", 2, ("chains",), wide=True, beside=True),
        Plot("cuts", "Cuts", "prompts", 2, ("cuts",), wide=True, beside=True),
        Plot("watch", "Watched tokens", "prompts", 3, ("continuation",), beside=True),
        Plot(
            "loops", "Loop laboratory", "prompts", 4, ("continuation",), any_of=("echo", "loops"),
            beside=True,
        ),
        Plot("donors", "Donors", "inside", 0, ("attention",)),
        Plot("heads", "Heads", "inside", 1, ("heads",), also=("atlas",)),
        Plot("redundancy", "Redundancy", "inside", 1, ("redundancy",)),
        Plot("attention", "Attention", "inside", 1, ("attention",)),
        Plot("lens", "Lens", "inside", 2, ("lens",)),
        Plot("patch", "Patch map", "inside", 2, ("patch",), beside=True),
        Plot("ledger", "Ledger", "inside", 2, ("ledger",)),
        Plot("followed", "Followed tokens", "inside", 3, ("lens",), beside=True),
        Plot("balance", "Balance", "inside", 3, ("balance",)),
        Plot("neurons", "Neurons", "inside", 3, ("neurons",)),
        Plot("normalisation", "Norms", "inside", 3, ("normalisation",)),
        Plot("rotation", "Rotation", "inside", 3, ("rotation",)),
        Plot("neighbours", "Neighbours", "inside", 3, ("lens",), also=("near", "neighbours")),
        Plot("effects", "Effects", "inside", 3, ("effects",), beside=True),
    )
}  # fmt: skip
"""By id."""

OF_SWEEPS: Mapping[str, Plot] = {
    plot.id: plot
    for plot in (
        Plot("sweep-curves", "All models", "sweep", None, ("sweep",)),
        Plot("sweep-means", "One with the others", "sweep", None, ("sweep",)),
        Plot("sweep-models", "Models with models", "sweep", None, ("sweep",)),
    )
}
"""Plots of the page of a sweep, which are of no single run."""


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
    change : bool
        Whether it shows what that changes of the model as it is, where it is a map or a text.

    Raises
    ------
    ValueError
        There is no such kind, or the view is another kind's.
    """

    kind: str
    view: Any = None
    altered: bool = False
    change: bool = False

    def __post_init__(self) -> None:
        if self.kind not in PLOTS and self.kind not in OF_SWEEPS:
            raise ValueError(f"there is no figure {self.kind!r}; there are {', '.join(PLOTS)}")
        wanted = self.plot.module.View
        if self.view is None:
            object.__setattr__(self, "view", wanted())
        elif not isinstance(self.view, wanted):
            raise ValueError(f"a view of {type(self.view).__module__} does not fit {self.kind!r}")

    @property
    def plot(self) -> Plot:
        """The plot of its kind."""
        return PLOTS.get(self.kind) or OF_SWEEPS[self.kind]

    @property
    def is_altered(self) -> bool:
        """Whether it shows the altered model, by its view perhaps."""
        return self.altered or getattr(self.view, "state", "") == "after"

    def fits(self, results: Mapping[str, Any]) -> bool:
        """Return whether the results that it shows are there, of the model that it shows."""
        return self.plot.fits(self._own(results))

    def shown(self, results: Mapping[str, Any]) -> Any:
        """Return what the plot shows; its ``table`` has every number."""
        plot, own = self.plot, self._own(results)
        if not self.is_altered or (plot.has_states and not plot.has_after(results)):
            return plot.show(own, self.view)
        shown, state = plot.show_state(own, self.view, "change" if self.change else "after")
        return of_altered(shown, change=state == "change")

    def _own(self, results: Mapping[str, Any]) -> OfState:
        """Return the results by the ids that the plot knows."""
        altered = self.is_altered and not self.plot.has_states
        return OfState(results, altered=altered)


def of_altered(shown: Any, *, change: bool = False) -> Any:
    """Return what a plot shows, whose title, note and table say that it is of the altered model.

    Parameters
    ----------
    shown : Shown or RunningText
    change : bool
        Whether it is the difference to the model as it is.
    """
    said = "what the alteration changes" if change else "in the altered model"
    title = f"{shown.title}, {'difference' if change else 'altered'}" if shown.title else ""
    state, rows = "change" if change else "after", shown.rows

    def with_state() -> "Table":
        from laminoscope_core.tables import Table

        table = rows()
        n = len(next(iter(table.columns.values()), ()))
        return Table({"state": [state] * n, **table.columns}, table.labels)

    note = " · ".join(filter(None, (said, shown.note)))
    return replace(shown, title=title, note=note, rows=with_state)
