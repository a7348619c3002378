"""Pixels that grow with the application's text, as what is written there has to fit."""

from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

__all__ = ["in_proportion"]


def in_proportion(pixels: int) -> int:
    """Return what is so large beside text of 12 pixels, beside the application's text."""
    return max(round(pixels * QFontInfo(QApplication.font()).pixelSize() / 12), 1)
