"""The question that is asked before changes would be lost."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from laminoscope_widgets.text import safe_text

__all__ = ["save_question"]


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
