"""the pages of the guide in German: as many as in English, each with the same parts."""

import os
import re

import pytest

from laminoscope.guide import Guide
from laminoscope_resources import guide_text, guide_topics, resource
from laminoscope_widgets.translation import shown_text, use_language

INTRODUCTION = """## Spalten der Tabellen

Was jede Spalte enthält, die Laminoscope schreibt. Die Namen stehen hier wie in den Dateien: auf
Englisch. Eine Zelle ist leer, wo eine Zahl nicht definiert ist; die Spalte `reason` sagt, warum.
Dasselbe Wörterbuch steht in der Herkunft jeder Datei.
"""
HEADINGS = {"Files of a run": "Dateien eines Laufs", "Data of plots": "Daten der Diagramme"}
CELLS = re.compile(r"(?<!\\)\|")


@pytest.fixture
def german(qapp):
    use_language("de")
    yield
    use_language("en")


def shape(text):
    """Its headings, paragraphs, and what stands out in it, counted."""
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    return [re.match("#*", part)[0] for part in paragraphs], text.count("**"), text.count("`")


@pytest.mark.parametrize("topic", [topic for topic in guide_topics() if topic != "columns"])
def test_every_page_has_a_german_one_with_the_same_parts(topic):
    german = guide_text(topic, "de")
    assert german != guide_text(topic)
    assert shape(german) == shape(guide_text(topic))


def test_no_german_page_is_of_nothing():
    files = resource("guide", "de").iterdir()
    assert {file.name.removesuffix(".md") for file in files} == set(guide_topics())


def test_a_page_that_is_not_translated_is_english():
    assert guide_text("words", "fr") == guide_text("words")


def in_german(line):
    """A line of the page of columns, with its meanings and headings translated."""
    if line.startswith("### ") and " (" in line:
        title, name = line.removeprefix("### ").rsplit(" (", 1)
        return f"### {shown_text(title)} ({name}"
    if line.startswith("## "):
        return f"## {HEADINGS[line.removeprefix('## ')]}"
    if line.startswith("| column"):
        return "| Spalte | Name | Einheit | Bedeutung |"
    if line.startswith("| "):
        *cells, meaning, _ = CELLS.split(line)
        meaning = shown_text(meaning.strip().replace("\\|", "|")).replace("|", "\\|")
        return "|".join((*cells, f" {meaning} ", ""))
    return line


def test_the_german_page_of_columns_is_the_dictionary(german):
    english = guide_text("columns")
    tables = english[english.index("## Files of a run") :].splitlines()
    page = "\n".join([INTRODUCTION, *map(in_german, tables), ""])
    file = resource("guide", "de", "columns.md")
    if os.environ.get("LAMINOSCOPE_WRITE_GUIDE"):
        file.write_text(page, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == page


def test_the_guide_shows_german_pages(german, window):
    guide = Guide(window)
    guide.open_at("unity")
    assert guide.topics.currentItem().text() == "Diagonale"
    assert "gestrichelten Linie" in guide.page.toPlainText()
    guide.close()
