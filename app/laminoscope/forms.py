"""The forms of a window, taken together as the experiment that it would run now."""

from collections.abc import Container
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError
from PySide6.QtCore import QObject, Signal

from laminoscope.window.panels import Panels
from laminoscope_core.experiment import Experiment, InsideSection, ModelSection, RsaSection
from laminoscope_widgets.panel import InputPanel, Panel
from laminoscope_widgets.panels import FORMS

if TYPE_CHECKING:
    from laminoscope_widgets.panels.inside import InsidePanel
    from laminoscope_widgets.panels.words import WordsPanel

__all__ = ["Forms"]


class Forms(QObject):
    """One form for each section, and what no form shows; the forms are made at the first use.

    ``changed()`` is emitted when a form has been edited.

    Attributes
    ----------
    model : ModelSection
        The model that is wanted.
    known : Experiment
        What was shown last, with the sections that have no form.
    filling : bool
        Whether forms are being filled, so that a change is not the user's.
    """

    changed = Signal()

    def __init__(self, panels: Panels, parent: QObject) -> None:
        super().__init__(parent)
        self.model = ModelSection()
        self._rsa = RsaSection()
        self.known = Experiment()
        self.filling = False
        self._panels = panels
        panels.each(self._follow)

    @cached_property
    def _forms(self) -> dict[str, InputPanel]:
        """The forms by section."""
        forms = (self._panels[name] for name in FORMS)
        return {form.section_name: form for form in forms if isinstance(form, InputPanel)}

    @property
    def rsa(self) -> RsaSection:
        """Which representations of the words are compared; the form of words shows the sites."""
        return self._rsa

    @rsa.setter
    def rsa(self, rsa: RsaSection) -> None:
        self._rsa = rsa
        cast("WordsPanel", self._forms["words"]).sites.show_sites(rsa.sites)

    def _follow(self, panel: Panel) -> None:
        if isinstance(panel, InputPanel):
            panel.changed.connect(self._form_changed)

    def _form_changed(self, _step: object) -> None:
        self.changed.emit()

    def show(self, experiment: Experiment) -> None:
        """Show an experiment's sections and remember those that have no form."""
        self.model, self.rsa, self.known = experiment.model, experiment.rsa, experiment
        self.filling = True
        for name, form in self._forms.items():
            if section := getattr(experiment, name):
                form.set_section(section)
        if experiment.inside is None:
            self._inside.set_interventions(experiment.interventions or ())
        self.filling = False

    def empty(self) -> None:
        """Empty all forms; the model stays."""
        self.known, self.rsa = Experiment(model=self.model), RsaSection()
        self.filling = True
        for form in self._forms.values():
            form.empty()
        self.filling = False

    def choose_rsa(self, rsa: RsaSection) -> None:
        """Want other representations to be compared."""
        self.rsa = rsa
        self.changed.emit()

    def is_filled(self, section: str) -> bool:
        """Return whether a section's form makes one."""
        try:
            self._forms[section].section()
        except ValidationError:
            return False
        return True

    def take_typed(self) -> None:
        """Enter what is still being typed: a command takes it as it stands."""
        for form in self._forms.values():
            form.take_typed()

    def experiment(self, needed: str) -> Experiment:
        """Return what would be run now; other forms than the needed one may be unfinished.

        Raises
        ------
        pydantic.ValidationError
            The needed section's form does not make one.
        """
        changes: dict[str, Any] = {"model": self.model, "rsa": self.rsa}
        for name, form in self._forms.items():
            try:
                changes[name] = form.section()
            except ValidationError:
                if name == needed:
                    raise
        return self.known.model_copy(update={**changes, **self._altered(changes.get("inside"))})

    def _altered(self, inside: InsideSection | None) -> dict[str, Any]:
        """Return what alters the model, said once: by the section inside, if there is one."""
        asked = self._inside.interventions
        return {"interventions": asked or None if inside is None else None}

    @property
    def _inside(self) -> "InsidePanel":
        return cast("InsidePanel", self._forms["inside"])

    def kept(self) -> Experiment:
        """Return what would be run now, with what forms that cannot be read said last."""
        changes: dict[str, Any] = {"model": self.model, "rsa": self.rsa}
        for name, form in self._forms.items():
            if (section := form.last_section()) is not None:
                changes[name] = section
        return self.known.model_copy(update={**changes, **self._altered(changes.get("inside"))})

    def open_file(self, section: str, path: Path) -> None:
        """Fill a section's form from a file."""
        self._forms[section].open_file(path)

    def compare(self, captured: Experiment | None, sections: Container[str]) -> None:
        """Let every form say whether it differs from what was captured in some sections."""
        for name, form in self._forms.items():
            if name not in sections:
                continue
            try:
                same = getattr(captured, name) == form.section()
                if name == "words" and captured is not None:
                    same &= captured.rsa.sites == self.rsa.sites
            except ValidationError:
                same = False
            form.set_edited(not same)
