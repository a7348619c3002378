"""The list of jobs: what runs, what waits, and how what is over ended; each can be cancelled."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from laminoscope.jobs.entry import Entry, State
from laminoscope.jobs.pace import foreseen, spoken
from laminoscope.jobs.queue import Jobs
from laminoscope_widgets.named import named, tool_button
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.proportion import at_each_text_size, in_proportion
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, shown_text, tr

__all__ = ["JobList", "standing"]

_WIDTH = 440
_MOST_HEIGHT = 420
_LANES = {
    "model": mark("model lane"),
    "numbers": mark("numbers lane"),
    "network": mark("network lane"),
}
_ORDER = (State.RUNNING, State.STOPPING, State.QUEUED)


class JobList(QFrame):
    """A small window over the status bar; it closes when something else is clicked.

    Parameters
    ----------
    jobs : Jobs
        What is shown.
    window : QWidget
        Over whose lower left corner it opens.
    """

    def __init__(self, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("jobs")
        named(
            self, tr("Jobs"), tr("What is being computed, what waits, and what has ended lately.")
        )
        self._jobs = jobs
        self.rows: dict[Entry, JobRow] = {}
        self._none = plain_label(tr("Nothing has been computed yet."), "muted")
        self._column = QVBoxLayout()
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(8)
        self._column.addWidget(self._none)
        body = QWidget()
        body.setObjectName("jobBody")
        body.setLayout(self._column)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._scroll)
        at_each_text_size(self, lambda: self.setFixedWidth(in_proportion(_WIDTH)))
        jobs.changed.connect(self._changed)
        jobs.progressed.connect(self._progressed)

    def open(self) -> None:
        """Show the list over the status bar."""
        self._arrange()
        self.show()
        self.setFocus()

    def _changed(self) -> None:
        if self.isVisible():
            self._arrange()

    def _progressed(self, entry: Entry) -> None:
        if self.isVisible() and entry in self.rows:
            self.rows[entry].update_row()

    def _arrange(self) -> None:
        """Show the live jobs in the order of their turns, then the ended ones, the latest first."""
        entries = self._jobs.entries
        live = sorted(self._jobs.live, key=lambda entry: _ORDER.index(entry.state))
        ended = [entry for entry in reversed(entries) if not entry.state.live]
        for gone in self.rows.keys() - set(entries):
            self.rows.pop(gone).deleteLater()
        for place, entry in enumerate((*live, *ended)):
            if entry not in self.rows:
                self.rows[entry] = JobRow(entry, self._jobs)
            self._column.insertWidget(place, self.rows[entry])
            self.rows[entry].update_row()
        self._none.setVisible(not entries)
        self._place()

    def _place(self) -> None:
        wanted = self._column.sizeHint().height() + 4
        self.setFixedHeight(min(wanted, _MOST_HEIGHT))
        window = self.parentWidget()
        assert window is not None
        corner = window.mapToGlobal(window.rect().bottomLeft())
        self.move(corner + QPoint(8, -self.height() - 30))


class JobRow(QWidget):
    """One job: its title, where it stands, and a button that cancels it."""

    def __init__(self, entry: Entry, jobs: Jobs) -> None:
        super().__init__()
        self._entry = entry
        title = safe_text(entry.title, limit=52)
        self.title = plain_label(title)
        self.standing = plain_label("", "muted")
        self.standing.setWordWrap(True)
        self.progress = QProgressBar(minimum=0, maximum=1000, textVisible=False)
        self.cancel = tool_button(
            tr("Cancel"), tr("Stop this job."), tr("Cancel: {job}", job=title)
        )
        self.cancel.clicked.connect(lambda: jobs.cancel(entry))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.cancel, 0, 1, 2, 1)
        grid.addWidget(self.standing, 1, 0)
        grid.addWidget(self.progress, 2, 0, 1, 2)
        named(self.progress, tr("How far: {job}", job=title))

    def update_row(self) -> None:
        """Say where the job stands now."""
        entry = self._entry
        self.standing.setText(safe_text(standing(entry), limit=200))
        self.progress.setValue(int(entry.fraction * 1000))
        self.progress.setVisible(entry.state in (State.RUNNING, State.STOPPING))
        self.cancel.setVisible(entry.state in (State.RUNNING, State.QUEUED))
        self.title.setEnabled(entry.state.live)


def standing(entry: Entry) -> str:
    """Return in words which lane a job is in, where it stands, or how it ended."""
    if entry.end is not None:
        time, why = spoken(entry.pace.seconds), shown_text(entry.end.why)
        if entry.state is State.REPLACED:
            return why
        if entry.state is State.DONE:
            return tr("done in {time}", time=time)
        said = tr(entry.state.value)
        if entry.pace.seconds:
            said = tr("{ended}, after {time}", ended=said, time=time)
        return f"{said}: {why}" if why else said
    parts = [tr(_LANES[entry.lane])]
    if entry.state is State.RUNNING:
        parts += [shown_text(entry.text), f"{entry.fraction:.0%}", entry.pace.left()]
    else:
        parts += [tr(entry.state.value), foreseen(entry.pace.expected)]
    return " · ".join(part for part in parts if part)
