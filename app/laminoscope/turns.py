"""Long work of the GUI thread, a little in each turn of its event loop."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

__all__ = ["in_turns"]

_REST = 1
"""Milliseconds between two steps: without any, timers that are due would wait for several steps."""


def in_turns(steps: Iterator[None], owner: QObject) -> None:
    """Take one step in each turn of the event loop from now on, for as long as the owner lives."""

    def advance() -> None:
        if next(steps, steps) is None:
            QTimer.singleShot(_REST, owner, advance)

    QTimer.singleShot(0, owner, advance)
