"""The questions that are asked before something would be lost."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

if TYPE_CHECKING:
    from laminoscope_core.models.inventory import Listed

__all__ = [
    "changed_question",
    "clear_question",
    "closing_question",
    "delete_question",
    "move_question",
    "save_question",
    "stopping_question",
]


_Button = QMessageBox.StandardButton


def save_question(name: str, parent: QWidget) -> QMessageBox:
    """Return a question whether to save the changes to ``name``; open it with ``open()``."""
    return _question(
        QMessageBox.Icon.Question,
        tr("Save changes?"),
        tr("Save the changes to {file}?", file=safe_text(name)),
        tr("Without saving they are lost."),
        (_Button.Save, _Button.Discard, _Button.Cancel),
        parent,
    )


def closing_question(name: str, undone: Sequence[str], parent: QWidget) -> QMessageBox:
    """Return a question what to do with the changes to ``name`` on closing; ``Ignore`` keeps them.

    Parameters
    ----------
    name : str
    undone : sequence of str
        The jobs that closing ends.
    parent : QWidget
    """
    kept = tr("What is kept for later needs no file; the next start offers it.")
    return _question(
        QMessageBox.Icon.Question,
        tr("Save changes?"),
        tr("Save the changes to {file}?", file=safe_text(name)),
        "\n\n".join([kept, *_ended(undone)]),
        (_Button.Save, _Button.Ignore, _Button.Discard, _Button.Cancel),
        parent,
        {_Button.Ignore: tr("Keep for later")},
    )


def stopping_question(undone: Sequence[str], parent: QWidget) -> QMessageBox:
    """Return a question whether to close although something is not done; ``Discard`` is yes."""
    return _question(
        QMessageBox.Icon.Question,
        tr("Close?"),
        tr("Close although something is not done?"),
        "".join(_ended(undone)),
        (_Button.Cancel, _Button.Discard),
        parent,
        {_Button.Discard: tr("Close")},
    )


def changed_question(name: str, parent: QWidget) -> QMessageBox:
    """Return a question whether to write over ``name``, which has changed; ``SaveAll`` is as."""
    return _question(
        QMessageBox.Icon.Warning,
        tr("The file has changed"),
        tr("{file} has changed since it was opened here.", file=safe_text(name)),
        tr("Another window or program has written it. Write over it?"),
        (_Button.SaveAll, _Button.Save, _Button.Cancel),
        parent,
        {_Button.Save: tr("Write over it"), _Button.SaveAll: tr("Save as…")},
    )


def delete_question(listed: "Listed", parent: QWidget) -> QMessageBox:
    """Return a question whether to delete what a cache holds of a model; ``Discard`` is yes."""
    from laminoscope_core.models.memory import gigabytes

    files = "\n".join(safe_text(str(file), limit=300) for file in listed.files)
    if listed.kept_by == "hub":
        why = tr("It lies in the cache of the hub, which other programs use too:")
    else:
        why = tr("It has to be fetched again before it can be opened. These folders go:")
    return _question(
        QMessageBox.Icon.Warning,
        tr("Delete a model?"),
        tr(
            "Delete {model} ({size}) from the disk?",
            model=safe_text(listed.title, limit=60),
            size=gigabytes(listed.n_bytes),
        ),
        f"{why}\n{files}",
        (_Button.Cancel, _Button.Discard),
        parent,
        {_Button.Discard: tr("Delete")},
    )


def clear_question(size: int, parent: QWidget) -> QMessageBox:
    """Return a question whether to empty the cache; ``Discard`` is yes."""
    from laminoscope_core.models.memory import gigabytes

    return _question(
        QMessageBox.Icon.Warning,
        tr("Clear the cache?"),
        tr("Delete all fetched and converted models ({size})?", size=gigabytes(size)),
        tr("They have to be fetched again. A model that is open stays."),
        (_Button.Cancel, _Button.Discard),
        parent,
        {_Button.Discard: tr("Delete")},
    )


def move_question(target: Path, size: int, parent: QWidget, *, is_there: bool) -> QMessageBox:
    """Return a question whether the cache is to be elsewhere; ``Ok`` is yes.

    Parameters
    ----------
    is_there : bool
        Whether a cache is in that folder already, which would be used as it is.
    """
    from laminoscope_core.models.memory import gigabytes

    place = safe_text(str(target), limit=300)
    if is_there:
        asks, why, yes = (
            tr("Use the cache in {folder}?", folder=place),
            tr("The present one stays where it is."),
            tr("Use it"),
        )
    else:
        asks = tr("Move the cache ({size}) to {folder}?", size=gigabytes(size), folder=place)
        why = tr("It stays whole, or where it is, if something goes wrong.")
        yes = tr("Move")
    return _question(
        QMessageBox.Icon.Question, tr("Move the cache?"), asks, why,
        (_Button.Ok, _Button.Cancel), parent, {_Button.Ok: yes},
    )  # fmt: skip


def _ended(undone: Sequence[str]) -> list[str]:
    """Return what closing ends, in words; nothing if that is nothing."""
    if not undone:
        return []
    return [tr("Closing ends what is not done:") + "\n" + "\n".join(map(safe_text, undone))]


def _question(
    icon: QMessageBox.Icon,
    title: str,
    asks: str,
    why: str,
    buttons: tuple[QMessageBox.StandardButton, ...],
    parent: QWidget,
    renamed: Mapping[QMessageBox.StandardButton, str] | None = None,
) -> QMessageBox:
    """Return a question of plain text; its first button is the one that Enter presses."""
    question = QMessageBox(icon, title, asks, parent=parent)
    for button in buttons:
        question.addButton(button)
    for button, text in (renamed or {}).items():
        question.button(button).setText(text)
    question.setTextFormat(Qt.TextFormat.PlainText)
    question.setInformativeText(why)
    question.setDefaultButton(buttons[0])
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return question
