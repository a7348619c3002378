"""A button of a word or a sign that says in a sentence what it does."""

from PySide6.QtWidgets import QToolButton

__all__ = ["tool_button"]


def tool_button(
    text: str, tip: str, name: str = "", *, checkable: bool = False, flat: bool = False
) -> QToolButton:
    """Return a button with a tip that is also its accessible description.

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
    button.setAccessibleName(name or text.replace("&&", "&"))
    button.setAccessibleDescription(tip)
    return button
