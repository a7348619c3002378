"""Names and descriptions of controls, for those who hear them instead of seeing them."""

from typing import TypeVar

from PySide6.QtWidgets import QToolButton, QWidget

__all__ = ["named", "tool_button"]

_Widget = TypeVar("_Widget", bound=QWidget)


def named(widget: _Widget, name: str, description: str = "") -> _Widget:
    """Return a widget after giving it an accessible name and a description.

    Parameters
    ----------
    widget : QWidget
        A control.
    name : str
        What it is, in a few words.
    description : str
        What it shows or does, in a sentence; none where its tool tip says so.
    """
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(description)
    return widget


def tool_button(
    text: str, tip: str, name: str = "", *, checkable: bool = False, flat: bool = False
) -> QToolButton:
    """Return a button of a word or a sign; its tip is also its description.

    Parameters
    ----------
    text : str
        On the button.
    tip : str
        What it does, in a sentence.
    name : str
        Its accessible name, if its text is none, as that of a sign.
    checkable : bool
        Whether it stays down.
    flat : bool
        Whether it is raised only under the pointer.
    """
    button = QToolButton(autoRaise=flat)
    button.setText(text)
    button.setCheckable(checkable)
    button.setToolTip(tip)
    return named(button, name or text.replace("&&", "&"), tip)
