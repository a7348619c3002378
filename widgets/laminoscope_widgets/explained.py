"""Which page of the guide is about what has the keyboard."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from laminoscope_widgets.panel import Panel

__all__ = ["WINDOW", "explained", "topic_of"]

_TOPIC = "guideTopic"
WINDOW = "window"
"""The page about what no other page is about."""


def explained(widget: QWidget, topic: str) -> None:
    """Let the guide open at a topic when a widget, or anything in it, has the keyboard.

    A dialog is given the window's own command for that, so that its key works there too.

    Parameters
    ----------
    widget : QWidget
    topic : str
        Name of a page of the guide.
    """
    widget.setProperty(_TOPIC, topic)
    parent = widget.parentWidget()
    if isinstance(widget, QDialog) and parent is not None:
        command = parent.window().findChild(QAction, "help.guide")
        if command is not None:
            widget.addAction(command)


def topic_of(widget: QWidget | None) -> str:
    """Return the page of the guide about a widget; that about the window if there is none."""
    while widget is not None:
        if isinstance(widget, Panel) and widget.help_topic:
            return widget.help_topic
        if topic := widget.property(_TOPIC):
            return str(topic)
        widget = widget.parentWidget()
    return WINDOW
