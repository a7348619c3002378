"""The figures of the articles: what the guide says to press for each leads to it in few clicks."""

import re

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QTabBar

from laminoscope.examples import EXAMPLES
from laminoscope.layouts import TASKS
from laminoscope_resources import guide_text
from laminoscope_widgets.translation import shown_text, tr, use_language


def pressed(page, window, names):
    """Press controls by their names, as the guide writes them; return how many clicks that took."""
    clicks = 0
    for name in names:
        cards = [card for card in page.cards if card.accessibleName() == name]
        tabs = [
            (bar, index)
            for bar in window.pages.page.findChildren(QTabBar)
            for index in range(bar.count())
            if bar.isVisible() and bar.isTabVisible(index) and bar.tabText(index) == name
        ]
        boxes = [
            (box, box.findText(name))
            for box in window.pages.page.findChildren(QComboBox)
            if box.isVisible() and box.findText(name) >= 0
        ]
        if window.pages.at_start:
            (card,) = cards
            QTest.mouseClick(card, Qt.MouseButton.LeftButton)
            clicks += 1
        elif tabs:
            ((bar, index),) = tabs
            QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(index).center())
            clicks += 1
        else:
            ((box, index),) = boxes
            box.setCurrentIndex(index)
            box.activated.emit(index)
            clicks += 2  # one opens it, one chooses
    return clicks


def ways(spoken):
    """What to press for each figure of the articles, and the panel that shows it."""
    row = r"^\| .* \| (\*\*.*\*\*) \| \[.*?\]\(([\w-]+)\.md\)"
    found = re.findall(row, guide_text("articles", spoken), re.MULTILINE)
    return [(re.findall(r"\*\*(.+?)\*\*", names), panel) for names, panel in found]


def test_each_figure_of_the_articles_is_three_clicks_away(furnished, monkeypatch):
    window, opened = furnished, set()
    monkeypatch.setattr(window.runs, "capture", window.pages.leave_start)
    monkeypatch.setattr(window.opening._files, "before_leaving", lambda then: then())
    assert len(ways("en")) == 32
    for names, panel in ways("en"):
        for task in TASKS:
            window.pages.make(task).reset()
        window.pages.show_start()
        assert pressed(window.start, window, names) <= 3
        assert window.panels[panel].isVisible(), (names, panel)
        opened.add(window.opening.example)
    assert opened == {example.name for example in EXAMPLES}


def test_in_german_the_ways_have_the_names_of_the_german_window(qapp):
    use_language("de")
    try:
        german = [
            ([shown_text(name) if tr(name) == name else tr(name) for name in names], panel)
            for names, panel in ways("en")
        ]
    finally:
        use_language("en")
    assert ways("de") == german
