"""The menu of files and models that were opened lately."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from laminoscope_widgets.text import safe_text

if TYPE_CHECKING:
    from laminoscope.main_window import MainWindow

__all__ = ["RecentMenu"]


class RecentMenu(QMenu):
    """Filled when it is opened; files that are gone stay in it and say so."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__("Open recent", window)
        self._window = window
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List what was opened lately, the latest first."""
        self.clear()
        for source in self._window.preferences.recent:
            path = Path(source)
            is_file = path.is_absolute()
            text = path.name if is_file else source
            missing = is_file and not path.exists()
            shown = safe_text(text, limit=60).replace("&", "&&")
            action = self.addAction(f"{shown} (not found)" if missing else shown)
            action.setToolTip(safe_text(source, limit=200, rich=True))
            action.triggered.connect(lambda _=False, chosen=source: self._open(chosen))
        if self.isEmpty():
            self.addAction("Nothing yet").setEnabled(False)
            return
        self.addSeparator()
        self.addAction("Clear this list", self._window.preferences.forget_recent)

    def _open(self, source: str) -> None:
        path = Path(source)
        if not path.is_absolute():
            self._window.open_model(source)
        elif path.exists():
            self._window.open_path(path)
        else:
            self._window.show_message(
                f"There is no {path.name} in {path.parent} any more; it was moved or deleted."
            )
