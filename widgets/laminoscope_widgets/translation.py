"""Texts in the language of the window.

The window's own texts go through `tr`. What core says stays English in results and files, and is
translated by `shown_text` where a widget shows it.
"""

from collections.abc import Iterable
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Formatter
from typing import Any
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from laminoscope_core.text import Verbatim
from laminoscope_resources import resource
from laminoscope_widgets.phrases import Phrases, set_apart

__all__ = [
    "LANGUAGES",
    "core_catalogue",
    "language",
    "language_for",
    "mark",
    "shown_text",
    "tr",
    "tr_n",
    "use_language",
]

LANGUAGES = ("en", "de")
"""What the window can speak; the first is the one of the sources."""

_spoken = [LANGUAGES[0]]
_translators: list[QTranslator] = []
_phrases: list[Phrases] = []  # of the language, none for English


class _Numbers(Formatter):
    """Puts values in, with thousands set apart as they are in other languages than English."""

    def format_field(self, value: Any, format_spec: str) -> str:
        said = format(value, format_spec)
        return set_apart(said) if "," in format_spec else said


_numbers = _Numbers()


def tr(text: str, /, **values: Any) -> str:
    """Return a text of the window in its language, with values put in for its places.

    Parameters
    ----------
    text : str
        English, as the catalogue has it: a literal, or one that was marked by `mark`.
    values
        By the names of the places, as ``n`` of ``"{n} words"``. Without any, braces stand as they
        are.
    """
    shown = QCoreApplication.translate("window", text)
    if not _phrases:
        return shown.format(**values) if values else shown
    # not to be looked up again with what is in it
    return Verbatim(_numbers.vformat(shown, (), values) if values else shown)


def tr_n(one: str, many: str, n: int, /, **values: Any) -> str:
    """Return the text of one or that of many, in which ``{n}`` is the number."""
    return tr(one if n == 1 else many, n=n, **values)


def mark(text: str) -> str:
    """Return the text itself: it goes into the catalogue, and through `tr` where it is shown."""
    return text


def shown_text(text: str) -> str:
    """Return a text that core made in the window's language, as far as it is known."""
    if not _phrases or isinstance(text, Verbatim):
        return text
    return _phrases[0].shown(text)


def language_for(wanted: str, system: Iterable[str]) -> str:
    """Return one of `LANGUAGES`.

    Parameters
    ----------
    wanted : str
        One of them, or anything else for what the system speaks.
    system : iterable of str
        What the system speaks, what it likes best first, as ``"de-AT"``.
    """
    if wanted in LANGUAGES:
        return wanted
    spoken = (name.partition("-")[0] for name in system)
    return next((name for name in spoken if name in LANGUAGES), LANGUAGES[0])


def language() -> str:
    """Return which of `LANGUAGES` the application speaks."""
    return _spoken[-1]


def use_language(language: str) -> None:
    """Let the application speak one of `LANGUAGES`; widgets that are there keep their texts."""
    _spoken[:] = [language]
    _phrases.clear()
    while _translators:
        QCoreApplication.removeTranslator(_translators.pop())
    if language == LANGUAGES[0]:
        return
    of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ours = resource("translations", f"laminoscope_{language}.qm")
    for file in (Path(of_qt) / f"qtbase_{language}.qm", ours):  # the last is asked first
        translator = QTranslator()
        if translator.load(str(file)):
            QCoreApplication.installTranslator(translator)
            _translators.append(translator)
    _phrases.append(Phrases(core_catalogue(resource("translations", f"laminoscope_{language}.ts"))))


def core_catalogue(catalogue: Traversable) -> dict[str, str]:
    """Return the templates of core in a catalogue, which a compiled one does not list."""
    contexts = ElementTree.fromstring(catalogue.read_text(encoding="utf-8")).iter("context")
    of_core = next(each for each in contexts if each.findtext("name") == "core")
    return {
        message.findtext("source", ""): message.findtext("translation", "")
        for message in of_core.iter("message")
    }
