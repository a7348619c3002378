"""The questions that are asked before something would be lost."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from laminoscope_core.models.inventory import Listed
from laminoscope_core.models.memory import gigabytes
from laminoscope_widgets.text import safe_text

__all__ = ["changed_question", "delete_question", "save_question"]


_Button = QMessageBox.StandardButton


def save_question(name: str, parent: QWidget) -> QMessageBox:
    """Return a question whether to save the changes to ``name``; open it with ``open()``."""
    return _question(
        QMessageBox.Icon.Question,
        "Save changes?",
        f"Save the changes to {safe_text(name)}?",
        "Without saving they are lost.",
        (_Button.Save, _Button.Discard, _Button.Cancel),
        parent,
    )


def changed_question(name: str, parent: QWidget) -> QMessageBox:
    """Return a question whether to write over ``name``, which has changed; ``SaveAll`` is as."""
    question = _question(
        QMessageBox.Icon.Warning,
        "The file has changed",
        f"{safe_text(name)} has changed since it was opened here.",
        "Another window or program has written it. Write over it?",
        (_Button.SaveAll, _Button.Save, _Button.Cancel),
        parent,
    )
    question.button(_Button.Save).setText("Write over it")
    question.button(_Button.SaveAll).setText("Save as…")
    return question


def delete_question(listed: Listed, parent: QWidget) -> QMessageBox:
    """Return a question whether to delete what a cache holds of a model; ``Discard`` is yes."""
    files = "\n".join(safe_text(str(file), limit=300) for file in listed.files)
    if listed.kept_by == "hub":
        why = f"It lies in the cache of the hub, which other programs use too:\n{files}"
    else:
        why = f"It has to be fetched again before it can be opened. These folders go:\n{files}"
    question = _question(
        QMessageBox.Icon.Warning,
        "Delete a model?",
        f"Delete {safe_text(listed.title, limit=60)} ({gigabytes(listed.n_bytes)}) from the disk?",
        why,
        (_Button.Cancel, _Button.Discard),
        parent,
    )
    question.button(_Button.Discard).setText("Delete")
    return question


def _question(
    icon: QMessageBox.Icon,
    title: str,
    asks: str,
    why: str,
    buttons: tuple[QMessageBox.StandardButton, ...],
    parent: QWidget,
) -> QMessageBox:
    """Return a question of plain text; its first button is the one that Enter presses."""
    question = QMessageBox(icon, title, asks, parent=parent)
    for button in buttons:
        question.addButton(button)
    question.setTextFormat(Qt.TextFormat.PlainText)
    question.setInformativeText(why)
    question.setDefaultButton(buttons[0])
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return question
