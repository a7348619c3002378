"""All jobs of a window, in three lanes: what waits, what runs, and what has ended lately."""

from collections.abc import Callable
from typing import Any, get_args

from PySide6.QtCore import QObject, Signal

from laminoscope.jobs.entry import End, Entry, LaneName, State
from laminoscope.jobs.lane import Lane
from laminoscope.jobs.paces import Paces
from laminoscope_widgets.translation import tr

__all__ = ["MOST_ENDED", "Jobs"]

MOST_ENDED = 12
"""Ended jobs that stay in the list."""


class Jobs(QObject):
    """Starts jobs in their order, and replaces or cancels them; nothing ends without a word.

    The queues live in the GUI thread: what a job does is settled when it is its turn.

    Signals: ``changed()`` when a job has come, begun or ended; ``progressed(entry)``;
    ``partial(entry, name, result)`` unless what the job does is no longer wanted;
    ``ended(entry)``, once for each.

    Attributes
    ----------
    entries : list of Entry
        In the order in which they came.
    paces : Paces
        How long jobs took, and will take.
    """

    changed = Signal()
    progressed = Signal(object)
    partial = Signal(object, str, object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.paces = Paces()
        self._lanes: dict[LaneName, Lane] = {}
        self._occupied: dict[LaneName, list[Entry]] = {name: [] for name in get_args(LaneName)}
        self._closed = False
        for name in self._occupied:
            lane = self._lanes[name] = Lane(name, self)
            lane.progressed.connect(self._progressed)
            lane.partial.connect(self._partial)
            lane.ended.connect(self._ended)

    @property
    def live(self) -> list[Entry]:
        """The jobs that have not ended."""
        return [entry for entry in self.entries if entry.state.live]

    @property
    def wanted(self) -> list[Entry]:
        """The live jobs that nobody has stopped."""
        return [entry for entry in self.live if entry.state is not State.STOPPING]

    @property
    def running(self) -> list[Entry]:
        """The jobs that run, the model's first."""
        found = [entry for entry in self.entries if entry.state is State.RUNNING]
        return sorted(found, key=lambda entry: entry.lane)

    def occupied(self, lane: LaneName) -> bool:
        """Return whether a lane's thread is at work."""
        return bool(self._occupied[lane])

    def add(self, entry: Entry) -> None:
        """Let a job wait for its turn; one with an equal key is replaced by it."""
        entry.pace.expected = self.paces.expected(entry.measure)
        self.entries.append(entry)  # first, so that what it replaces is never missed
        if entry.key is not None:
            for other in self.wanted:
                if other is not entry and other.key == entry.key:
                    why = tr("replaced by “{job}”", job=entry.title)
                    self.drop(other, End(State.REPLACED, why))
        self._start_next(entry.lane)
        self.changed.emit()

    def cancel(self, entry: Entry) -> None:
        """Stop a job at its next check; one that waits does not begin."""
        if entry.state is State.QUEUED:
            self._end(entry, End(State.CANCELLED))
        elif entry.state is State.RUNNING:
            entry.state = State.STOPPING
            entry.job.cancel()
            self.changed.emit()

    def drop(self, entry: Entry, end: End) -> None:
        """End a job at once: whatever it still says is of no interest."""
        if entry.state.live:
            entry.job.cancel()
            self._end(entry, end)

    def ask(self, lane: LaneName, question: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Answer a short question in a lane's thread; see `Lane.ask`."""
        if not self._closed:
            self._lanes[lane].ask(question, then)

    def shown(self) -> None:
        """Say that what was handed out has been drawn."""
        for lane in self._lanes.values():
            lane.shown()

    def close(self) -> bool:
        """Cancel everything and wait for the threads; return whether they ended in time."""
        self._closed = True
        for entry in self.live:
            entry.job.cancel()
            entry.state, entry.end = State.CANCELLED, End(State.CANCELLED)
        ended = [lane.close() for lane in self._lanes.values()]
        for occupants in self._occupied.values():
            occupants.clear()
        return all(ended)

    def _start_next(self, name: LaneName) -> None:
        """Start what waits, if the lane is free: the short before the long."""
        waiting = [e for e in self.entries if e.lane == name and e.state is State.QUEUED]
        if self._closed or not waiting:
            return
        entry = min(waiting, key=lambda entry: not entry.short)  # of equals, the first
        occupants = self._occupied[name]
        if occupants and not (entry.short and not any(other.short for other in occupants)):
            return
        work = entry.begin()
        if isinstance(work, str):
            self._end(entry, End(State.CANCELLED, work))
            return
        entry.state = State.RUNNING
        entry.pace.begin()
        occupants.append(entry)
        self._lanes[name].start(entry, work)

    def _end(self, entry: Entry, end: End) -> None:
        entry.state, entry.end = end.state, end
        entry.pace.end()
        if end.state is State.DONE:
            self.paces.learn(entry)
        self.ended.emit(entry)
        self._forget_old()
        self._start_next(entry.lane)
        self.changed.emit()

    def _forget_old(self) -> None:
        ended = [entry for entry in self.entries if not entry.state.live]
        well = (State.DONE, State.REPLACED)
        gone = [entry for entry in ended if not entry.listed and entry.state in well]
        kept = [entry for entry in ended if entry not in gone]
        for entry in (*gone, *kept[:-MOST_ENDED]):
            self.entries.remove(entry)

    def _progressed(self, entry: Entry, fraction: float, text: str) -> None:
        if entry.state is State.RUNNING:
            entry.fraction, entry.text = fraction, text
            entry.pace.report(fraction)
            self.progressed.emit(entry)

    def _partial(self, entry: Entry, name: str, result: object) -> None:
        if entry.state is State.RUNNING and not self._closed:
            self.partial.emit(entry, name, result)
        else:
            self.shown()

    def _ended(self, entry: Entry, end: End) -> None:
        if self._closed:
            return
        self._occupied[entry.lane].remove(entry)
        if entry.state.live:
            self._end(entry, end)
        else:
            self._start_next(entry.lane)
