"""Which results panels see: those of the model as it is, or those of the altered model.

Both come by their ids, those of the altered model with `AFTER` before them.  A panel knows one id
only, and is given the results of the state that its task shows.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from laminoscope_core.analysis.registry import AFTER, ANALYSES, SECTIONS, OfState, plain

__all__ = ["States", "in_both"]

_ASKED = ("generation", "loops", "echo")
"""What panels of the prompts ask for by name."""
_BOTH_IN_ONE = ("inside",)
"""Sections whose results hold both states."""
_SECTION_OF = {
    **{analysis.id: plain(analysis.section) for analysis in ANALYSES},
    **{section: plain(section) for section in SECTIONS},
    **dict.fromkeys(_ASKED, "prompts"),
}


class States(QObject):
    """What is shown of each section that can be altered.

    Signals: ``changed(section)`` when its other state is shown.

    Attributes
    ----------
    wanted : bool
        Whether the altered model is shown where there are results of it.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.wanted = True
        self._there: set[str] = set()

    def is_altered(self, section: str) -> bool:
        """Return whether a section's panels show the altered model."""
        return self.wanted and section in self._there

    def has_altered(self, section: str) -> bool:
        """Return whether there are results of the altered model."""
        return section in self._there

    def want(self, altered: bool) -> None:
        """Show the altered model or the model as it is, everywhere."""
        if altered != self.wanted:
            self.wanted = altered
            for section in sorted(self._there):
                self.changed.emit(section)

    def came(self, name: str, result: Any) -> None:
        """Notice a result; the first of an altered section shows that."""
        if name in _BOTH_IN_ONE:
            self._note(name, there=_holds_altered(result))
        elif name.startswith(AFTER) and name in SECTIONS:
            self._note(plain(name), there=True)

    def went(self, results: Mapping[str, Any]) -> None:
        """Notice which results are left."""
        for section in sorted(self._there):
            altered = (
                _holds_altered(results.get(section))
                if section in _BOTH_IN_ONE
                else (AFTER + section in results)
            )
            self._note(section, there=altered)

    def _note(self, section: str, *, there: bool) -> None:
        """Remember whether there are results of a section's altered model."""
        if there == (section in self._there):
            return
        (self._there.add if there else self._there.remove)(section)
        if self.wanted:
            self.changed.emit(section)

    def shown_as(self, name: str) -> str | None:
        """Return the id by which panels get a result now; None if they do not get it."""
        if not in_both(name):
            return name
        altered = self.is_altered(section_of(name))
        if name.startswith(AFTER) and not altered:
            return None
        return OfState.name_of(name, altered=altered)


def in_both(name: str) -> bool:
    """Return whether a result is there of the model as it is and of the altered one."""
    return section_of(name) not in ("", *_BOTH_IN_ONE)


def _holds_altered(result: Any) -> bool:
    return len(getattr(result, "states", ())) > 1


def section_of(name: str) -> str:
    """Return the plain section that a result belongs to; empty if it is of none."""
    return _SECTION_OF.get(name) or _SECTION_OF.get(plain(name), "")
