"""What a screen reader is told: each control has a name, and says what it does."""

import re

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QWidget,
)

from laminoscope import layouts
from laminoscope.export_dialog import ExportDialog
from laminoscope.guide import Guide
from laminoscope.palette import Palette
from laminoscope.preferences_dialog import PreferencesDialog
from laminoscope.window.shortcuts import Shortcuts
from laminoscope_core.sampling import SAMPLERS
from laminoscope_core.tables import Table
from laminoscope_core.word_lists.word_list import WordList
from laminoscope_widgets.data_view import DataView
from laminoscope_widgets.word_list_dialog import WordListDialog

CONTROLS = (QAbstractButton, QAbstractScrollArea, QAbstractSpinBox, QComboBox, QLineEdit)
WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox, QTabBar)
"""Made of several widgets by Qt; a reader takes each for one control."""


def controls(window: QWidget) -> list[QWidget]:
    """All widgets below one that can be worked, seen now or not; no parts that are Qt's own."""
    found = [widget for widget in window.findChildren(QWidget) if isinstance(widget, CONTROLS)]
    return [
        widget
        for widget in found
        if not isinstance(widget, QScrollArea)  # holds controls, and is none
        and not isinstance(widget, QHeaderView)
        and not widget.objectName().startswith("qt_")
        and not any(isinstance(above, WHOLE) for above in ancestors(widget))
    ]


def ancestors(widget: QObject) -> list[QObject]:
    above = []
    while (widget := widget.parent()) is not None:
        above.append(widget)
    return above


def name_of(widget: QWidget, window: QWidget) -> str:
    """Its own name, else its text, else the label that is its buddy."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    labels = (label.text() for label in window.findChildren(QLabel) if label.buddy() is widget)
    return widget.accessibleName() or text or next(labels, "")


def lacking(window: QWidget) -> list[str]:
    """The controls without a name in words, or that do not say what they do."""
    said = []
    for widget in controls(window):
        name = name_of(widget, window)
        where = next(
            (above.windowTitle() for above in ancestors(widget) if above.windowTitle()), ""
        )
        what = f"{type(widget).__name__} “{name}” of “{where}”"
        if not re.search(r"\w\w", name):
            said.append(f"{what} has no name")
        if not (widget.accessibleDescription() or widget.toolTip()) and not isinstance(
            widget, QPushButton
        ):
            said.append(f"{what} has no description")
    return said


def test_every_control_of_the_window_has_a_name_and_says_what_it_does(window):
    for name in SAMPLERS:
        window.panels["chain"].add(name)
    window.messages.say("Something asks.", offers={"Open it": lambda: None})
    for task in layouts.TASKS:
        window.runs.show_task(task)
    assert len(controls(window)) > 100
    said = lacking(window)
    assert not said, "\n".join(said)


def browser_of(window):
    window.opening.browse_models()
    return window.opening.browser


@pytest.mark.parametrize(
    "kind",
    ["export", "palette", "data", "word list", "models", "preferences", "guide", "shortcuts"],
)
def test_every_control_of_a_dialog_has_a_name_and_says_what_it_does(window, qtbot, kind):
    words = WordList(("a", "b"), ("x", "y"), "One word a line")
    dialog = {
        "export": lambda: ExportDialog(window.exporting.drawings, None, {}, {}, set(), {}, window),
        "palette": lambda: Palette([], window),
        "guide": lambda: Guide(window),
        "shortcuts": lambda: Shortcuts(window),
        "data": lambda: DataView("Unity", Table({"x": (1, 2)}), window),
        "models": lambda: browser_of(window),
        "preferences": lambda: PreferencesDialog(window.preferences, str, window),
        "word list": lambda: WordListDialog(words, "words.csv", 30, window),
    }[kind]()
    qtbot.addWidget(dialog)
    assert controls(dialog)
    said = lacking(dialog)
    assert not said, "\n".join(said)


@pytest.mark.model
def test_what_comes_with_results_has_names_too(window, qtbot, default_model):
    window.controller.model = default_model
    window.controller.model_opened.emit(default_model.info)
    before = len(controls(window))
    with qtbot.waitSignal(window.controller.finished, timeout=60_000):
        window.runs.show_task(next(t for t in layouts.TASKS if t.section == "prompts"))
    qtbot.wait_until(window.updates.idle)
    assert len(controls(window)) > before  # stop tokens, compared columns
    said = lacking(window)
    assert not said, "\n".join(said)
