"""Which colour each category of words has, for as long as a session lives."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

__all__ = ["CategoryNames"]


class CategoryNames(QObject):
    """Numbers the names of categories as they are first seen; a number never becomes another's.

    ``changed()`` is emitted when a name has come, or all are forgotten.

    Attributes
    ----------
    names : tuple of str
        Each at the place that is its number.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.names: tuple[str, ...] = ()

    def see(self, names: Iterable[str]) -> None:
        """Number those that are new."""
        new = tuple(name for name in dict.fromkeys(names) if name not in self.names)
        if new:
            self.names += new
            self.changed.emit()

    def take(self, names: Iterable[str]) -> None:
        """Number names as a session had them; those of others that are here follow."""
        before, self.names = self.names, tuple(dict.fromkeys((*names, *self.names)))
        if self.names != before:
            self.changed.emit()

    def forget(self) -> None:
        """Begin anew, as for another session."""
        if self.names:
            self.names = ()
            self.changed.emit()
