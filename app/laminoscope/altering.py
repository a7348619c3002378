"""Interventions of a window: one set of them, made and cleared from any page."""

from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError
from PySide6.QtCore import QObject

from laminoscope.altering_bar import AlteringBar
from laminoscope.message_bar import Cause
from laminoscope.parts import Parts
from laminoscope.runs import Runs
from laminoscope.states import States
from laminoscope_core.analysis.registry import AFTER, SECTIONS
from laminoscope_core.inside_section import Intervention
from laminoscope_widgets.alter_menu import AlterMenu, in_words, silent
from laminoscope_widgets.translation import tr

if TYPE_CHECKING:
    from laminoscope_widgets.panels.inside import InsidePanel

__all__ = ["Altering"]


class Altering(QObject):
    """Connects the interventions of the form inside, the bar that names them, and what is shown.

    Attributes
    ----------
    menu : AlterMenu
        What alters the model on the page that is shown, and computes that.
    bar : AlteringBar
    """

    def __init__(self, parts: Parts, runs: Runs, states: States) -> None:
        super().__init__(parts.window)
        self._parts, self._runs, self._states = parts, runs, states
        self.bar = bar = AlteringBar()
        self.menu = AlterMenu(
            parts.selection, self._n_heads, lambda: bool(self._form.against_text), parts.window
        )
        self.menu.chosen.connect(self.alter)
        self.menu.wanted_other.connect(self.edit_new)
        bar.state_wanted.connect(self.show_altered)
        bar.compute_wanted.connect(runs.capture)
        bar.clear_wanted.connect(self.clear)
        controller = parts.controller
        parts.forms.changed.connect(self._forms_changed)
        for signal in (
            parts.pages.shown,
            states.changed,
            controller.result_ready,
            controller.results_dropped,
            controller.busy_changed,
        ):
            signal.connect(self._show)

    @property
    def _form(self) -> "InsidePanel":
        return cast("InsidePanel", self._parts.panels["inside"])

    def alter(self, intervention: Intervention) -> None:
        """Make one more intervention, and compute what it does on the page that is shown."""
        self._form.alter(intervention)
        self._start_with_altered()
        self._states.want(altered=True)
        self._runs.capture()

    def silence_head(self) -> None:
        """Set what the selected head gives to zero; say so where none is selected."""
        selection = self._parts.selection
        if selection.head is None:
            first = tr("Select a head first, as in the map of heads; then it is silenced.")
            self._parts.messages.say(first, about=Cause.PLACE)
            return
        self.alter(silent(selection.layer, selection.head))

    def edit_new(self) -> None:
        """Ask for one more intervention, and make it."""
        self._form.edit_intervention(-1, self.alter)

    def clear(self) -> None:
        """Take back all interventions; what is shown is the model as it is."""
        of_inside = self._states.has_altered("inside")
        self._form.alter_no_more()
        if of_inside:
            self._runs.capture_section("inside")

    def toggle(self) -> None:
        """Show the altered model, or the model as it is again."""
        self.show_altered(altered=not self._states.wanted)

    def show_altered(self, altered: bool) -> None:
        """Show the altered model on all pages, or the model as it is."""
        if altered:
            self._start_with_altered()
        self._states.want(altered=altered)
        self._show()

    def _start_with_altered(self) -> None:
        """Let every panel show the altered model first, where there is one."""
        from laminoscope_widgets.plot_panel import ViewPanel

        for panel in self._parts.panels.made().values():
            if isinstance(panel, ViewPanel):
                panel.show_state("after")

    def _n_heads(self) -> int:
        info = self._parts.controller.info
        return 0 if info is None else info.n_heads

    def _forms_changed(self) -> None:
        if not self._form.interventions and self._parts.controller.held.of_altered():
            self._parts.controller.alter_no_more()
        self._show()

    def _show(self, *_: Any) -> None:
        """Name what alters the page that is shown, or would alter it."""
        if "inside" not in self._parts.panels.made():
            return
        controller, section = self._parts.controller, self._parts.pages.task.section
        asked = self._form.interventions
        altered = AFTER + section
        in_pairs = altered in SECTIONS
        wanted = tuple(x for x in asked if x.anywhere) if in_pairs else asked
        stands = altered in controller.results.keys() - controller.held.unsettled()
        made = controller.results.get("altered") if stands else None
        there = made.interventions if made is not None else ()
        if not in_pairs and self._states.has_altered(section):
            captured = controller.experiment
            if captured is not None and captured.inside is not None:
                there = captured.inside.interventions
        under_way = (altered if in_pairs else section) in controller.awaited()
        has_both = bool(there)
        shown = there if has_both else wanted
        changed = has_both and there != wanted

        def said(*, whole: bool) -> str:
            text = ""
            if says := "; ".join(in_words(each, whole=whole) for each in shown):
                text = tr("Altered: {what}" if has_both else "Not computed yet: {what}", what=says)
            elif asked:
                text = tr(
                    "Altered in the text of Inside only: what is of its tokens, or put in there."
                )
            return tr("{text} · changed meanwhile", text=text) if changed else text

        self.bar.show_alterations(
            said(whole=False),
            said(whole=True),
            altered=self._states.wanted,
            has_both=has_both,
            can_compute=bool(wanted)
            and there != wanted
            and not under_way
            and self._can_run(section),
        )

    def _can_run(self, section: str) -> bool:
        try:
            self._parts.forms.experiment(section)
        except ValidationError:
            return False
        return True
