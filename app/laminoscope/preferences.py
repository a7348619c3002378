"""What the window remembers between starts: appearance, geometry, recent files."""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from laminoscope_core.paths import settings_folder
from laminoscope_core.theme import DIVERGING_MAPS, SEQUENTIAL_MAPS
from laminoscope_widgets.translation import mark

__all__ = [
    "FONT_SIZES",
    "LANGUAGES",
    "PERMUTATIONS",
    "RESAMPLES",
    "THREADS",
    "Preferences",
    "keep_in_settings_folder",
]

FONT_SIZES = range(7, 25)
THREADS = range(1, 257)
PERMUTATIONS = range(99, 100_001)
RESAMPLES, RESAMPLES_AT_FIRST = range(99, 100_001), 1000
LANGUAGES = {"system": mark("As the system"), "en": "English", "de": "Deutsch"}
"""What can be wanted of the window's language; each calls itself by its own name."""
_MAX_RECENT = 10
_FILES, _MODELS = "recent-files", "recent-models"


def keep_in_settings_folder() -> None:
    """Let Qt put what its own dialogs remember where ours is, not into the user's home."""
    native, user = QSettings.Format.NativeFormat, QSettings.Scope.UserScope
    QSettings.setPath(native, user, str(settings_folder()))


class Preferences:
    """Typed access to the user's settings, which are one file of the settings folder."""

    def __init__(self) -> None:
        file = settings_folder() / "laminoscope.ini"
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)
        for old in ("layouts", "layouts-2", "secret", "recent"):
            self._settings.remove(old)

    @property
    def appearance(self) -> str:
        """``"system"``, ``"light"`` or ``"dark"``."""
        value = str(self._settings.value("appearance", "system"))
        return value if value in ("system", "light", "dark") else "system"

    @appearance.setter
    def appearance(self, value: str) -> None:
        self._settings.setValue("appearance", value)

    @property
    def font_size(self) -> int:
        """Points of the window's text; 0 for the desktop's own."""
        return self._whole("font-size", 0, FONT_SIZES)

    @font_size.setter
    def font_size(self, value: int) -> None:
        self._settings.setValue("font-size", value)

    @property
    def sequential(self) -> str:
        """Colour map of numbers without a sign, one of `SEQUENTIAL_MAPS`."""
        return self._one_of("sequential", SEQUENTIAL_MAPS)

    @sequential.setter
    def sequential(self, value: str) -> None:
        self._settings.setValue("sequential", value)

    @property
    def diverging(self) -> str:
        """Colour map of numbers about zero, one of `DIVERGING_MAPS`."""
        return self._one_of("diverging", DIVERGING_MAPS)

    @diverging.setter
    def diverging(self, value: str) -> None:
        self._settings.setValue("diverging", value)

    @property
    def threads(self) -> int:
        """How many threads compute; 0 for one a core."""
        return self._whole("threads", 0, THREADS)

    @threads.setter
    def threads(self, value: int) -> None:
        self._settings.setValue("threads", value)

    @property
    def permutations(self) -> int:
        """Relabellings behind a p; 0 for as many as the layers ask for."""
        return self._whole("permutations", 0, PERMUTATIONS)

    @permutations.setter
    def permutations(self, value: int) -> None:
        self._settings.setValue("permutations", value)

    @property
    def resamples(self) -> int:
        """Bootstrap resamples behind a band."""
        return self._whole("resamples", RESAMPLES_AT_FIRST, RESAMPLES)

    @resamples.setter
    def resamples(self, value: int) -> None:
        self._settings.setValue("resamples", value)

    @property
    def language(self) -> str:
        """One of `LANGUAGES`."""
        return self._one_of("language", tuple(LANGUAGES))

    @language.setter
    def language(self, value: str) -> None:
        self._settings.setValue("language", value)

    def _whole(self, key: str, first: int, allowed: range) -> int:
        """Return a whole number; the first one if there is none, or one that is not allowed."""
        text = str(self._settings.value(key, first))
        value = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else first
        return value if value in allowed or value == 0 == first else first

    def _one_of(self, key: str, allowed: Sequence[str]) -> str:
        """Return one of some texts, by default the first."""
        value = str(self._settings.value(key, allowed[0]))
        return value if value in allowed else allowed[0]

    @property
    def recent_files(self) -> list[str]:
        """Whole paths of the sessions and experiments opened lately, newest first."""
        return self._list(_FILES)

    @property
    def recent_models(self) -> list[str]:
        """Sources of the models opened lately, newest first."""
        return self._list(_MODELS)

    def add_recent_file(self, path: Path) -> None:
        """Put a session or an experiment in front of `recent_files`."""
        self._put_first(_FILES, str(path.absolute()))

    def add_recent_model(self, source: str) -> None:
        """Put a model in front of `recent_models`."""
        self._put_first(_MODELS, source)

    def forget_recent(self) -> None:
        """Empty both lists of what was opened lately."""
        for key in (_FILES, _MODELS):
            self._settings.remove(key)

    def _list(self, key: str) -> list[str]:
        value = self._settings.value(key)
        items = value if isinstance(value, list) else [value] if value else []
        return [str(item) for item in items][:_MAX_RECENT]

    def _put_first(self, key: str, item: str) -> None:
        rest = [other for other in self._list(key) if other != item]
        self._settings.setValue(key, [item, *rest][:_MAX_RECENT])

    @property
    def has_begun(self) -> bool:
        """Whether the first example has been run behind the start page."""
        return str(self._settings.value("begun", "no")) == "yes"

    @has_begun.setter
    def has_begun(self, value: bool) -> None:
        self._settings.setValue("begun", "yes" if value else "no")

    @property
    def geometry(self) -> QByteArray | None:
        """Size and place of the window."""
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("geometry", value)

    def page(self, task: str) -> Any:
        """Return how a task's page was arranged; None if that is not known."""
        with suppress(ValueError):
            return json.loads(str(self._settings.value(f"pages/{task}", "null")))
        return None

    def set_page(self, task: str, state: dict[str, Any]) -> None:
        """Save how a task's page is arranged."""
        self._settings.setValue(f"pages/{task}", json.dumps(state))
