"""What is new in this version, as the changelog says it."""

import re

from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from laminoscope_resources import changelog
from laminoscope_widgets.explained import explained
from laminoscope_widgets.named import named
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.translation import LANGUAGES, language, tr

__all__ = ["ChangesDialog", "newest_changes", "newest_section"]

_INDENT = 20
_ENTRY = re.compile(r"^- \*\*(.+?)\*\*[^:]*: (.+?)(?=\n- \*\*|\Z)", re.MULTILINE | re.DOTALL)
_SENTENCE = re.compile(r"(.+?[^.\d])(?:[.:;]\s|\Z)", re.DOTALL)


def newest_section() -> str:
    """Return the changelog's first section as Markdown; empty if there is no changelog."""
    parts = re.split(r"^(?=## )", changelog(), flags=re.MULTILINE)
    return parts[1].strip() if len(parts) > 1 else ""


def newest_changes() -> list[tuple[str, str]]:
    """Return what has changed in this version: in a word, and in a sentence.

    Examples
    --------
    >>> all(what and said for what, said in newest_changes())
    True
    """
    entries = _ENTRY.findall(newest_section())
    plain = [(what, re.sub(r"[*`]|\s+", _plain, said)) for what, said in entries]
    return [(what, said[: found.end(1)] if (found := _SENTENCE.match(said)) else said)
            for what, said in plain]  # fmt: skip


def _plain(found: re.Match[str]) -> str:
    return " " if found[0].isspace() else ""


class ChangesDialog(QDialog):
    """All of what is new in this version."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("New in this version"))
        explained(self, "start-page")
        self.resize(760, 560)
        text = named(
            QTextBrowser(openExternalLinks=False, openLinks=False),
            tr("New in this version"),
            tr("What has changed, as the changelog says it."),
        )
        text.document().setIndentWidth(_INDENT)
        text.setMarkdown(newest_section())
        column = QVBoxLayout(self)
        if language() != LANGUAGES[0]:
            column.addWidget(plain_label(tr("The changelog is written in English."), "muted"))
        column.addWidget(text)
