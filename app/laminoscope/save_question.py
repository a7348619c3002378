"""The questions that are asked before something would be lost."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from laminoscope_widgets.text import safe_text

__all__ = ["changed_question", "save_question"]


def save_question(name: str, parent: QWidget) -> QMessageBox:
    """Return a question whether to save the changes to ``name``; open it with ``open()``."""
    buttons = QMessageBox.StandardButton
    question = QMessageBox(
        QMessageBox.Icon.Question,
        "Save changes?",
        f"Save the changes to {safe_text(name)}?",
        buttons.Save | buttons.Discard | buttons.Cancel,
        parent,
    )
    question.setTextFormat(Qt.TextFormat.PlainText)
    question.setInformativeText("Without saving they are lost.")
    question.setDefaultButton(buttons.Save)
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return question


def changed_question(name: str, parent: QWidget) -> QMessageBox:
    """Return a question whether to write over ``name``, which has changed; ``SaveAll`` is as."""
    buttons = QMessageBox.StandardButton
    question = QMessageBox(
        QMessageBox.Icon.Warning,
        "The file has changed",
        f"{safe_text(name)} has changed since it was opened here.",
        buttons.Save | buttons.SaveAll | buttons.Cancel,
        parent,
    )
    question.setTextFormat(Qt.TextFormat.PlainText)
    question.setInformativeText("Another window or program has written it. Write over it?")
    question.button(buttons.Save).setText("Write over it")
    question.button(buttons.SaveAll).setText("Save as…")
    question.setDefaultButton(buttons.SaveAll)
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return question
