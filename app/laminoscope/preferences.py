"""What the window remembers between starts: appearance, geometry, recent files."""

import secrets

from PySide6.QtCore import QByteArray, QSettings

__all__ = ["Preferences"]

_MAX_RECENT = 10
_LAYOUTS = "layouts-2"
"""Where layouts are; those under "layouts" may show two tasks at once."""


class Preferences:
    """Typed access to the user's settings.

    Everything goes through one `QSettings` in INI format, so that tests can send it elsewhere
    with ``QSettings.setPath``.
    """

    def __init__(self) -> None:
        self._settings = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "laminoscope", "laminoscope"
        )
        self._settings.remove("layouts")

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
        value = self._settings.value("recent")
        items = value if isinstance(value, list) else [value] if value else []
        return [str(item) for item in items][:_MAX_RECENT]

    def add_recent(self, source: str) -> None:
        """Put a file or model in front of `recent`."""
        rest = [item for item in self.recent if item != source]
        self._settings.setValue("recent", [source, *rest][:_MAX_RECENT])

    def forget_recent(self) -> None:
        """Empty the list of what was opened lately."""
        self._settings.remove("recent")

    @property
    def secret(self) -> bytes:
        """A key that no file from elsewhere knows, made at the first use."""
        value = self._settings.value("secret")
        if not isinstance(value, QByteArray) or value.size() != 32:
            value = QByteArray(secrets.token_bytes(32))
            self._settings.setValue("secret", value)
        return bytes(value.data())

    @property
    def geometry(self) -> QByteArray | None:
        """Size and place of the window."""
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("geometry", value)

    def state(self, task: str) -> QByteArray | None:
        """Return where a task's docks stood."""
        value = self._settings.value(f"{_LAYOUTS}/{task}")
        return value if isinstance(value, QByteArray) else None

    def set_state(self, task: str, state: QByteArray) -> None:
        """Save where a task's docks stand."""
        self._settings.setValue(f"{_LAYOUTS}/{task}", state)

    def forget_layouts(self) -> None:
        """Return to the built-in layouts."""
        self._settings.remove(_LAYOUTS)
