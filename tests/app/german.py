"""What a window says, and what of that is English although German is wanted."""

import re
from pathlib import Path
from runpy import run_path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QTabWidget,
    QTreeWidget,
    QWidget,
)

_TRANSLATE = run_path(str(Path(__file__).parents[2] / "packaging" / "translate.py"))
_ENGLISH = re.compile(
    r"\b(the|of|and|to|is|are|with|for|from|by|not|this|that|what|which|it|its|be|or|at|each|has"
    r"|have|on|no|yet|as)\b"
)
"""Words that no German sentence has, and hardly any English one does without."""
_PATH = re.compile(r"\S*/\S*")


def catalogue():
    """German by context and English."""
    return _TRANSLATE["read"](_TRANSLATE["CATALOGUE"])


def english_only():
    """The texts of the catalogue that are others in German, without their keys."""
    return {_plain(text) for (_, text), german in catalogue().items() if text != german}


def said_by(window, *, but=()):
    """Every text of a window and of what it owns, with what says it.

    Parameters
    ----------
    but : tuple of type
        Widgets that are left out, with all that is in them.
    """
    for thing in [window, *window.findChildren(QObject)]:
        if not any(isinstance(above, but) for above in (thing, *_above(thing))):
            for text in _texts(thing):
                yield type(thing).__name__, text


def is_english(text, sources):
    """Whether a text, or one of its lines or parts, is English."""
    parts = {_plain(part) for part in re.split(r"\n| · |<br>", text)} | {_plain(text)}
    return bool(_ENGLISH.search(_PATH.sub("", text))) or any(part in sources for part in parts)


def _plain(text):
    return text.replace("&", "").strip()


def _above(thing):
    while (thing := thing.parent()) is not None:
        yield thing


def _texts(thing):
    if isinstance(thing, QAction):
        yield from (thing.text(), thing.toolTip(), thing.statusTip())
    if not isinstance(thing, QWidget):
        return
    yield from (thing.windowTitle(), thing.toolTip(), thing.statusTip(), thing.whatsThis())
    yield from (thing.accessibleName(), thing.accessibleDescription())
    match thing:
        case QMessageBox():
            yield from (thing.text(), thing.informativeText())
        case QAbstractButton() | QLabel():
            yield thing.text()
        case QLineEdit():
            yield thing.placeholderText()
        case QGroupBox() | QMenu():
            yield thing.title()
        case QComboBox():
            yield from (thing.itemText(index) for index in range(thing.count()))
        case QTabWidget():
            yield from (thing.tabText(index) for index in range(thing.count()))
        case QListWidget():
            yield from (thing.item(row).text() for row in range(thing.count()))
        case QTreeWidget():
            yield from _tree_texts(thing)


def _tree_texts(tree):
    columns = range(tree.columnCount())
    items = [tree.headerItem()]
    items += tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    for item in items:
        for column in columns:
            yield from (item.text(column), item.toolTip(column))
