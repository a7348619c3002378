"""What the window remembers between starts: appearance, geometry, recent files."""

from PySide6.QtCore import QByteArray, QSettings

__all__ = ["Preferences"]

_MAX_RECENT = 10


class Preferences:
    """Typed access to the user's settings.

    Everything goes through one `QSettings` in INI format, so that tests can send it elsewhere
    with ``QSettings.setPath``.
    """

    def __init__(self) -> None:
        self._settings = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "laminoscope", "laminoscope"
        )

    @property
    def appearance(self) -> str:
        """``"system"``, ``"light"`` or ``"dark"``."""
        value = str(self._settings.value("appearance", "system"))
        return value if value in ("system", "light", "dark") else "system"

    @appearance.setter
    def appearance(self, value: str) -> None:
        self._settings.setValue("appearance", value)

    @property
    def recent(self) -> list[str]:
        """Experiment files and models opened lately, newest first."""
        value = self._settings.value("recent", [])
        items = [value] if isinstance(value, str) else list(value or [])
        return [str(item) for item in items][:_MAX_RECENT]

    def add_recent(self, source: str) -> None:
        """Put a file or model in front of `recent`."""
        rest = [item for item in self.recent if item != source]
        self._settings.setValue("recent", [source, *rest][:_MAX_RECENT])

    def window(self) -> tuple[QByteArray, QByteArray] | None:
        """Return the saved geometry and dock state, if there are any."""
        geometry, state = self._settings.value("geometry"), self._settings.value("state")
        if isinstance(geometry, QByteArray) and isinstance(state, QByteArray):
            return geometry, state
        return None

    def set_window(self, geometry: QByteArray, state: QByteArray) -> None:
        """Save geometry and dock state."""
        self._settings.setValue("geometry", geometry)
        self._settings.setValue("state", state)

    def forget_window(self) -> None:
        """Return to the built-in layout at the next start."""
        self._settings.remove("geometry")
        self._settings.remove("state")
