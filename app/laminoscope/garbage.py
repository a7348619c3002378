"""Collects garbage in the GUI thread only.

Python runs its cyclic collector in whichever thread happens to allocate.  If that is the worker,
it may destroy Qt objects outside their thread, which crashes.  So automatic collection is
switched off and a timer in the GUI thread collects what has come together.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from laminoscope_core.aside import importing

__all__ = ["GuiGarbageCollector"]


class GuiGarbageCollector(QObject):
    """Replaces the automatic collector while it lives.

    Parameters
    ----------
    may_collect : callable
        False at times when collecting would take long: while libraries are imported or panels
        made, every object is new and alive.
    interval : int
        Milliseconds between looks at the counters.
    """

    def __init__(
        self, parent: QObject, may_collect: Callable[[], bool], interval: int = 500
    ) -> None:
        super().__init__(parent)
        self._may_collect = may_collect
        gc.disable()
        self._timer = QTimer(self, interval=interval)
        self._timer.timeout.connect(self._collect_due)
        self._timer.start()

    def stop(self) -> None:
        """Hand collection back to Python."""
        self._timer.stop()
        gc.enable()

    def _collect_due(self) -> None:
        gc.disable()  # an import in the worker may have switched it on again
        if importing() or not self._may_collect():
            return
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
