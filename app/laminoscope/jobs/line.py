"""The jobs in the status bar: the one that runs, how far it is, and a button for all of them."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton

from laminoscope.jobs.entry import Entry
from laminoscope.jobs.job_list import JobList
from laminoscope.jobs.queue import Jobs
from laminoscope_widgets.named import named, tool_button
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr, tr_n

__all__ = ["JobLine"]

_PAINT_AFTER = 80
"""Milliseconds from progress to its painting, so that it is painted twelve times a second."""


class JobLine(QObject):
    """Shows the running job in a label, and how far it is in a bar; a click opens the list.

    ``painted()`` is emitted when progress is.

    Parameters
    ----------
    bar : QStatusBar
    label : QLabel
        At the left of the bar.
    jobs : Jobs

    Attributes
    ----------
    list : JobList
        What the button and a click open.
    """

    painted = Signal()

    def __init__(self, bar: QStatusBar, label: QLabel, jobs: Jobs) -> None:
        super().__init__(bar)
        self._jobs = jobs
        self._label = label
        self._said = ""
        self.list = JobList(jobs, bar.window())
        self.button: QToolButton = tool_button(
            tr("Jobs"), tr("Show what is computed, what waits, and what has ended."), flat=True
        )
        self.button.clicked.connect(self.list.open)
        self.progress = QProgressBar(minimum=0, maximum=1000, textVisible=False)
        named(self.progress, tr("How far the running job is"))
        self.progress.setFixedWidth(160)
        self.progress.hide()
        bar.insertPermanentWidget(1, self.button)
        bar.insertPermanentWidget(1, self.progress)
        for shown in (label, self.progress):
            shown.setCursor(Qt.CursorShape.PointingHandCursor)
            shown.setToolTip(self.button.toolTip())
            shown.installEventFilter(self)
        self._timer = QTimer(self, singleShot=True, interval=_PAINT_AFTER)
        self._timer.timeout.connect(self._paint)
        jobs.progressed.connect(self._progressed)
        jobs.changed.connect(self._count)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.list.open()
            return True
        return super().eventFilter(watched, event)

    def _progressed(self, _: Entry) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _count(self) -> None:
        live = len(self._jobs.live)
        self.button.setText(tr_n("{n} job", "{n} jobs", live) if live else tr("Jobs"))
        if not self._jobs.running:
            self._timer.stop()
            self.progress.hide()
            if self._label.text() == self._said:  # and nobody has said anything since
                self._label.clear()

    def _paint(self) -> None:
        if not self._jobs.running:
            return
        entry = self._jobs.running[0]
        self.progress.setValue(int(entry.fraction * 1000))
        self.progress.show()
        left = entry.pace.left()
        said = safe_text(shown_text(entry.text), limit=90)
        self._said = f"{said} · {left}" if left else said
        self._label.setText(self._said)
        self.painted.emit()
