"""The menu of files and models that were opened lately."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from laminoscope.preferences import Preferences
from laminoscope_widgets.text import safe_text

__all__ = ["RecentMenu"]


class RecentMenu(QMenu):
    """Filled when it is opened; files that are gone stay in it and say so.

    Parameters
    ----------
    parent : QWidget
        The window.
    preferences : Preferences
        Remember what was opened.
    choose : callable
        Called with the file's path or the model's name.
    """

    def __init__(
        self, parent: QWidget, preferences: Preferences, choose: Callable[[str], None]
    ) -> None:
        super().__init__("Open recent", parent)
        self._preferences = preferences
        self._choose = choose
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List what was opened lately, the latest first."""
        self.clear()
        for source in self._preferences.recent:
            path = Path(source)
            is_file = path.is_absolute()
            text = path.name if is_file else source
            missing = is_file and not path.exists()
            shown = safe_text(text, limit=60).replace("&", "&&")
            action = self.addAction(f"{shown} (not found)" if missing else shown)
            action.setToolTip(safe_text(source, limit=200, rich=True))
            action.triggered.connect(lambda _=False, chosen=source: self._choose(chosen))
        if self.isEmpty():
            self.addAction("Nothing yet").setEnabled(False)
            return
        self.addSeparator()
        self.addAction("Clear this list", self._preferences.forget_recent)
