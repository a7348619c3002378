"""What is on the clipboard when the program ends."""

from typing import cast

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

__all__ = ["hand_over_clipboard"]

_ALONE = ("offscreen", "minimal")
"""Platforms without a desktop: nobody else has put anything there, though they do not say so."""


def hand_over_clipboard() -> None:
    """Leave what was copied to the desktop, as an object of Qt's own.

    One of Python's would be let go of when Python has gone, which ends the process by a fault.
    A figure remains as a picture; vector graphics go with the program.
    """
    clipboard = QGuiApplication.clipboard()
    if not clipboard.ownsClipboard() and QGuiApplication.platformName() not in _ALONE:
        return
    copied = cast(QMimeData | None, clipboard.mimeData())  # nothing, once it has been cleared
    if copied is None:
        return
    image = copied.imageData() if copied.hasImage() else None
    if isinstance(image, QImage):
        clipboard.setImage(image)
    elif copied.hasText():
        clipboard.setText(copied.text())
    else:
        clipboard.clear()
