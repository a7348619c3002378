"""Panels that show one plot: they hold a view, paint what that shows, and point at things."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields, replace
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laminoscope_core.analysis.registry import BEFORE, depending_on, plain
from laminoscope_core.plots.colouring import Coloured
from laminoscope_core.plots.registry import STATES, Plot, Spec, State
from laminoscope_core.plots.shown import Shown
from laminoscope_core.plots.states import has_cells
from laminoscope_core.selection import Selection
from laminoscope_widgets.key import Key
from laminoscope_widgets.labels import ReadOut
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import Panel, Workspace
from laminoscope_widgets.plot_cursor import PlotCursor
from laminoscope_widgets.plot_view import PlotView, Target
from laminoscope_widgets.state_choice import StateChoice
from laminoscope_widgets.steps import Step
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["HOVERED", "PlotPanel", "ViewPanel", "panel_of"]

HOVERED = {
    f.name.removeprefix("hovered_"): f.name
    for f in fields(Selection)
    if f.name.startswith("hovered_")
}
"""By field of the selection: the field for what is merely under the pointer."""


class ViewPanel(Panel):
    """One plot of the registry, whatever paints it: the results, and the view of them.

    Attributes
    ----------
    plot : Plot
        Its title, what it requires and its help text's name follow from it.
    choices : View
        What the user has chosen; fields that have the name of a field of the selection follow
        that instead.  It is what the session keeps.
    shown : object or None
        What is painted.
    controls_need : tuple of str
        Ids of results that only its controls look at.
    also_follows : tuple of str
        Fields of the selection that it follows, and its view has not.
    one_state : bool
        Whether it works on one model, the altered one or that as it is, and never shows both.
    state : str
        What it shows while the model is altered: one of `laminoscope_core.plots.states.STATES`.
    """

    plot: ClassVar[Plot]
    controls_need: ClassVar[tuple[str, ...]] = ()
    also_follows: ClassVar[tuple[str, ...]] = ()
    one_state: ClassVar[bool] = False

    view_changed = Signal(object)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "plot" in vars(cls):
            plot = cls.plot
            cls.id, cls.title, cls.help_topic = plot.id, plot.title, plot.id
            cls.requires = (*plot.requires, *plot.also, *plot.any_of, *cls.controls_need)
            cls.follows = (*plot.follows, *cls.also_follows)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.choices = self.plot.module.View()
        self.shown: Any = None
        self._asked_for: Any = None
        self._painted: tuple[Any, State, dict[str, Any]] = (None, "after", {})
        self.state: State = "after"
        self.state_choice = StateChoice(self.shown_title)
        self.state_choice.chosen.connect(self._choose_state)
        self.controls.addWidget(self.state_choice)
        if hasattr(self.choices, "categories"):
            self.category_names.changed.connect(self.schedule_update)

    @property
    def shown_title(self) -> str:
        """The plot's title in the language of the window."""
        return shown_text(self.title)

    @property
    def view(self) -> Any:
        """What is shown now: the user's choices with what is selected."""
        view = self.plot.view_of(self.choices, self.selection, self.results)
        if self.plot.has_states:
            view = replace(view, state="before" if self.shows_before else "after")
        if hasattr(view, "categories"):
            return replace(view, categories=self.category_names.names)
        return view

    def set_view(self, **changes: Any) -> None:
        """Choose otherwise, by fields of the plot's view.

        Raises
        ------
        TypeError, ValueError
            The view has no such field, or the field no such value.
        """
        choices = replace(self.choices, **changes)
        if choices != self.choices:
            self.choices = choices
            self.view_changed.emit(choices)
            self.schedule_update()

    def choose(self, step: str, **changes: Any) -> None:
        """Let a person choose otherwise, as `set_view` does; the step's name is for the menu."""
        self.set_view(**changes)
        self.changed.emit(Step(step))

    @property
    def shows_before(self) -> bool:
        """Whether the model as it is, is shown, altered or not."""
        return not self.altered or self.state == "before"

    def set_altered(self, *, altered: bool) -> None:
        """Notice whether there is an altered model to be shown, if the plot knows of any."""
        knows = self.plot.section != "inside" or self.plot.has_states
        super().set_altered(altered=altered and knows)
        self.state_choice.setVisible(self.altered and not self.one_state)
        self._name_state(self.state)

    def show_state(self, state: State) -> None:
        """Show the altered model, the model as it is, or the difference."""
        if state != self.state:
            self.state = state
            self._name_state(state)
            self.schedule_update()

    def _choose_state(self, state: State, text: str) -> None:
        self.show_state(state)
        self.changed.emit(Step(tr("Show {what}", what=text)))

    def _name_state(self, state: State) -> None:
        """Say which state is shown."""
        self.state_choice.show_state(state)
        if self.altered:
            self.name_state("after" if self.one_state else state)

    def wants(self, name: str) -> bool:
        """Return whether it is given a result, be that of the model as it is beside the altered."""
        return super().wants(name) or name.removeprefix(BEFORE) in self.requires

    def set_result(self, analysis: str, result: object) -> None:
        """Take a result, and let go of those that build on the one before."""
        state = BEFORE if analysis.startswith(BEFORE) else ""
        building = {state + plain(name) for name in depending_on(analysis.removeprefix(state))}
        for name in building - {analysis, *self.controls_need}:
            self.results.pop(name, None)
        if analysis not in self.requires:  # of the model as it is, beside that of the altered one
            self.results[analysis] = result
            self.schedule_update()
            return
        super().set_result(analysis, result)

    def is_stale(self, awaited: Mapping[str, int]) -> bool:
        """Return whether something that is shown will be replaced, or the rest of it is awaited."""
        lacks = not self.plot.fits(self.results)
        return super().is_stale(awaited) or (lacks and not awaited.keys().isdisjoint(self.requires))

    def update_view(self) -> None:
        """Paint what the view shows of the results, once all that are required are there.

        What takes long to make of them is made outside the window's thread first.
        """
        if not self.plot.fits(self.results):
            return
        view, state = self.view, self.state if self.altered else "before"
        show = partial(_shown, self.plot, dict(self.results), view, state, altered=self.altered)
        if not self.plot.is_ready(self.results, view, state) and view != self._asked_for:
            self._asked_for = view
            self.question_wanted.emit(show, self._draw_again)
            return
        self._asked_for = None
        if (moved := self._moved_from(view, state)) is not None:
            self.shown = moved
        else:
            asked_for = state
            self.shown, state = show()
            self._painted = (view, asked_for, dict(self.results))
            if self.altered:
                self.state_choice.offer_change(not self.plot.beside and has_cells(self.shown))
                self._name_state(state)
        self.set_note(shown_text(self.shown.note))
        self.paint(self.shown)
        self._make_ahead(view, state)

    def _make_ahead(self, view: Any, state: State) -> None:
        """Have what takes long made of the next layers, too, so that a step finds it there."""
        for there in self.plot.near(self.results, view, state):
            results = dict(self.results)
            show = partial(_shown, self.plot, results, there, state, altered=self.altered)
            self.question_wanted.emit(show, _nothing)

    def _moved_from(self, view: Any, state: State) -> Any:
        """Return what a view shows if only a line has moved since all was painted; else None."""
        before, state_before, results = self._painted
        if state != state_before or results.keys() != self.results.keys():
            return None
        if any(results[name] is not each for name, each in self.results.items()):
            return None
        return self.plot.at_layer(self.shown, before, view)

    def _draw_again(self, _: object) -> None:
        self.schedule_update()

    def paint(self, shown: Any) -> None:
        """Paint what is shown; for subclasses."""
        raise NotImplementedError

    def figure(self) -> Spec | None:
        """Return what is shown, as a plot of a figure."""
        if self.is_unread or not self.plot.fits(self.results):
            return None
        altered = self.altered and self.state != "before"
        return Spec(self.plot.id, self.view, altered, altered and self.state == "change")

    def save_state(self) -> dict[str, Any]:
        """Return the choices by name, without what follows the selection."""
        choices = asdict(self.choices).items()
        kept = {name: value for name, value in choices if name not in self.follows}
        return {**super().save_state(), **kept, "state": self.state}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` gave; what is no value of a field is left as it is."""
        super().restore_state(state)
        if state.get("state") in STATES:
            self.show_state(state["state"])
        for name in asdict(self.choices).keys() & state.keys() - {"state", *self.follows}:
            with suppress(ValueError, TypeError):  # of the view, which checks its fields
                self.set_view(**{name: _frozen(state[name])})

    def point_at(self, target: Target, modifiers: Qt.KeyboardModifier) -> None:
        """Select what a target stands for; with Shift, all tokens up to it."""
        for name, value in target.stands_for.items():
            if name == "token":
                self._select_token(value, modifiers)
            else:
                self.move_to(name, value)

    def move_to(self, name: str, value: Any) -> None:
        """Select a value, or choose it where it is a field of the view and of no selection."""
        if hasattr(self.selection, name):
            setattr(self.selection, name, value)
        elif getattr(self.choices, name) != value:
            self.set_view(**{name: value})
            self.changed.emit(Step(tr("Move along the plot"), field=name))

    def _select_token(self, token: int, modifiers: Qt.KeyboardModifier) -> None:
        selection, first = self.selection, self.selection.token
        if modifiers & Qt.KeyboardModifier.ShiftModifier and first is not None:
            low, high = sorted((first, token))
            selection.tokens = tuple(range(low, high + 1))
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            selection.tokens = tuple(sorted(set(selection.tokens) ^ {token}))
            selection.token = token if token in selection.tokens else None
        else:
            selection.token, selection.tokens = token, (token,)


class PlotPanel(ViewPanel):
    """A plot of frames and marks; a subclass adds controls, if there are choices.

    Attributes
    ----------
    key_below : bool
        Whether the key stands below the canvas, where it has more room than in the title bar.
    column : QVBoxLayout
        What holds both then.

    ``colours_wanted(panel, where)`` is emitted when the colour bar of a map is clicked whose
    colours can be chosen, ``silence_wanted()`` when the selected head is to be silenced.
    """

    key_below: ClassVar[bool] = False

    colours_wanted = Signal(object, QPoint)
    silence_wanted = Signal()

    shown: Shown | None
    column: QVBoxLayout

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.canvas = named(PlotView(self.theme), self.shown_title, _also_a_table())
        if isinstance(self.choices, Coloured):
            self.canvas.scale_tip = tr("Click to choose colours and limits.")
        self.canvas.dragged.connect(self.move_to)
        self.canvas.scene().sigMouseMoved.connect(self._moved)
        self.canvas.scene().sigMouseClicked.connect(self._clicked)
        self.read_out = ReadOut(self.canvas)
        self._cursor = PlotCursor(self.canvas, self._point, self.point_at)
        self._before_click: dict[
            str, Any
        ] = {}  # a double click, of which it is part, selects nothing
        self.key = Key(wraps=self.key_below)
        if not self.key_below:
            self.controls.addWidget(self.key)
        self.set_body(self.make_body())
        for name, hovered in HOVERED.items():
            event = getattr(self.selection.events, hovered)
            event.connect(partial(self._highlight, name))  # a lambda would be kept for ever

    def make_body(self) -> QWidget:
        """Return what stands below the title bar; a subclass may put more beside the canvas."""
        if not self.key_below:
            return self.canvas
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(6, 2, 6, 4)
        self.column.setSpacing(2)
        self.column.addWidget(self.canvas, 1)
        self.column.addWidget(self.key)
        return body

    def paint(self, shown: Shown) -> None:
        """Paint frames, marks and the key; frames that are not there yet are made one a turn."""
        if not self.canvas.prepare(shown):
            self.schedule_update()
            return
        self.canvas.paint(shown, self.theme)
        self._describe(shown)
        self.key.set_entries(shown.key, self.theme)

    def _describe(self, shown: Shown, target: Target | None = None) -> None:
        """Say what is drawn, and pointed at by the keyboard, to those who hear it."""
        parts = ("" if target is None else target.text, shown.note)
        said = [safe_text(shown_text(part), limit=None) for part in parts if part]
        description = ". ".join([*said, _also_a_table()])
        if description != self.canvas.accessibleDescription():
            self.canvas.setAccessibleDescription(description)
            event = QAccessibleEvent(self.canvas, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)

    def _point(self, target: Target | None, where: QPointF) -> None:
        """Show what the keyboard's cursor is at, and say it."""
        if self.shown is not None:
            self._show_target(target, where)
            self._describe(self.shown, target)

    def _highlight(self, name: str, value: Any) -> None:
        if self.shown is not None and self.isVisible():
            self.canvas.highlight(name, value)

    def _moved(self, position: QPointF) -> None:
        target = self.canvas.target_at(position) if self.shown is not None else None
        self._show_target(target, QPointF(self.canvas.mapFromScene(position)))

    def _show_target(self, target: Target | None, where: QPointF) -> None:
        """Say what is pointed at, beside it, and let linked panels mark it faintly."""
        found = {} if target is None else target.stands_for
        for name, hovered in HOVERED.items():
            setattr(self.selection, hovered, found.get(name))
        if target is None or not target.text:
            self.read_out.hide()
        else:
            text = "\n".join(
                safe_text(line, limit=None) for line in shown_text(target.text).split("\n")
            )
            self.read_out.show_at(where.toPoint(), text)

    def _clicked(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.shown is None:
            return
        if event.double():
            for name, value in self._before_click.items():
                setattr(self.selection, name, value)
            self.canvas.reset_zoom()
            return
        if self.canvas.scale_tip and self.canvas.is_scale(event.scenePos()):
            self.colours_wanted.emit(self, event.screenPos().toPoint())
            return
        target = self.canvas.target_at(event.scenePos())
        if target is not None:
            names = {*target.stands_for, "token", "tokens"} & vars(self.selection).keys()
            self._before_click = {name: getattr(self.selection, name) for name in names}
            self.point_at(target, event.modifiers())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.key.updateGeometry()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.read_out.hide()
        for hovered in HOVERED.values():
            setattr(self.selection, hovered, None)


def panel_of(plot: Plot) -> type[PlotPanel]:
    """Return the panel of a plot that offers no choices."""
    return type(f"{plot.title.title().replace(' ', '')}Panel", (PlotPanel,), {"plot": plot})


def _shown(
    plot: Plot, results: Mapping[str, Any], view: Any, state: State, *, altered: bool
) -> tuple[Any, State]:
    """Return what a plot shows, and of which state."""
    return plot.show_state(results, view, state) if altered else (plot.show(results, view), state)


def _nothing(_: object) -> None:
    """Take the answer to a question that was asked ahead."""


def _also_a_table() -> str:
    return tr("What it shows is also a table: in the panel's menu.")


def _frozen(value: Any) -> Any:
    """Return what JSON has made a list as the tuple that it was."""
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value
