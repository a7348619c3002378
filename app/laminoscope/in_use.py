"""Preferences put to use: colours, text size, threads, what statistics compute by default."""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from laminoscope.preferences import Preferences
from laminoscope_core.analysis.threads import n_threads
from laminoscope_widgets.theme import DARK, LIGHT, Theme
from laminoscope_widgets.translation import language_for, use_language

__all__ = [
    "THREADS_VARIABLE",
    "asked_threads",
    "chance_params",
    "chosen_theme",
    "use_font",
    "use_threads",
    "use_wanted_language",
]

THREADS_VARIABLE = "OMP_NUM_THREADS"
_ASKED = os.environ.get(THREADS_VARIABLE, "")
_DESKTOP = "desktopFont"


def chosen_theme(preferences: Preferences) -> Theme:
    """Return the theme of the appearance that is wanted, with the colour maps that are."""
    dark = preferences.appearance == "dark"
    if preferences.appearance == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    theme = DARK if dark else LIGHT
    wanted = replace(theme, sequential=preferences.sequential, diverging=preferences.diverging)
    return theme if wanted == theme else wanted


def use_font(preferences: Preferences) -> bool:
    """Give the application's text the size that is wanted; return whether it had another."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if app.property(_DESKTOP) is None:
        app.setProperty(_DESKTOP, app.font())
    font = QFont(app.property(_DESKTOP))
    if preferences.font_size:
        font.setPointSize(preferences.font_size)
    if font == app.font():
        return False
    app.setFont(font)
    return True


def asked_threads() -> str:
    """Return what the environment said of threads when the program began; empty for nothing."""
    return _ASKED


def use_wanted_language(preferences: Preferences) -> None:
    """Let widgets that are made from now on speak the language that is wanted."""
    use_language(language_for(preferences.language, QLocale.system().uiLanguages()))


def use_threads(preferences: Preferences) -> None:
    """Let libraries compute with as many threads as are wanted, unless the environment says it."""
    if _ASKED:
        return
    if preferences.threads:
        os.environ[THREADS_VARIABLE] = str(preferences.threads)
    else:
        os.environ.pop(THREADS_VARIABLE, None)
    set_for_torch = getattr(sys.modules.get("torch"), "set_num_threads", None)
    if set_for_torch is not None:  # before it is imported, the environment tells it
        set_for_torch(n_threads())


def chance_params(preferences: Preferences) -> Mapping[str, Any]:
    """Return the parameters of the analyses of chance, by their ids."""
    from laminoscope_core.analysis.rsa_chance import Params

    params = Params(preferences.permutations or None, preferences.resamples)
    return {"rsa-chance": params, "separability-chance": params}
