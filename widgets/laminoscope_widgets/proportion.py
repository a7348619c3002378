"""Pixels that grow with the application's text, as what is written there has to fit."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QWidget

__all__ = ["at_each_text_size", "in_proportion", "tell_text_size"]


def in_proportion(pixels: int) -> int:
    """Return what is so large beside text of 12 pixels, beside the application's text."""
    return max(round(pixels * QFontInfo(QApplication.font()).pixelSize() / 12), 1)


class _TextSize(QObject):
    changed = Signal()


_text_size = _TextSize()


class _Fitting(QObject):
    """What fits a widget, for as long as that lives."""

    def __init__(self, widget: QWidget, fit: Callable[[], object]) -> None:
        super().__init__(widget)
        self._fit = fit
        _text_size.changed.connect(self._again)

    def _again(self) -> None:
        self._fit()


def at_each_text_size(widget: QWidget, fit: Callable[[], object]) -> None:
    """Fit a widget to the application's text, now and whenever that has got another size."""
    fit()
    _Fitting(widget, fit)


def tell_text_size() -> None:
    """Let everything fit itself to text that has got another size, and is that large by now."""
    _text_size.changed.emit()
