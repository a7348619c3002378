"""One job of the list: what it is, where it stands, and how it ended."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

from laminoscope.jobs.measures import Measure
from laminoscope.jobs.pace import Pace
from laminoscope_core.job import Job
from laminoscope_widgets.translation import mark

__all__ = ["End", "Entry", "HandOut", "LaneName", "State", "Work"]

HandOut = Callable[[str, object], None]
"""Called in the lane's thread with a name and a result, as soon as it is there."""

Work = Callable[[Job, HandOut], None]
"""What a lane's thread does; touches no widget."""

LaneName = Literal["model", "numbers", "network"]


class State(Enum):
    """Where a job stands; the value is what the list says, in English."""

    QUEUED = mark("waits")
    RUNNING = mark("runs")
    STOPPING = mark("is being stopped")
    DONE = mark("done")
    CANCELLED = mark("cancelled")
    REPLACED = mark("replaced")
    FAILED = mark("failed")

    @property
    def live(self) -> bool:
        """Whether the job has not ended."""
        return self in (State.QUEUED, State.RUNNING, State.STOPPING)


@dataclass(frozen=True)
class End:
    """How a job ended.

    Attributes
    ----------
    state : State
    why : str
        In words: what replaced it, or what went wrong; empty if there is nothing to say.
    details : str
        For whoever mends the program.
    offers : tuple
        What would fit, if memory was short.
    """

    state: State
    why: str = ""
    details: str = ""
    offers: tuple[Any, ...] = ()


@dataclass(eq=False, kw_only=True)
class Entry:
    """A job from the request to its end.

    Attributes
    ----------
    title : str
        What it does, for the list.
    lane : {"model", "numbers", "network"}
        Whether it needs the model, arrays only, or a connection only.
    begin : callable
        Called in the GUI thread when it is the job's turn: returns the work to be done with what
        there is then, or a sentence that says why there is nothing to do any more.
    run : int
        The run that its results belong to; jobs that follow from one another share it.  0 for a
        job that is of no run, as a figure that is drawn.
    key : hashable, optional
        Of what is replaced by a later job with an equal key.
    renews : frozenset of str
        Ids of the results that it will hand out, or that will follow from those.
    short : bool
        Whether it passes a long job, at that one's next report, instead of waiting for its end.
    listed : bool
        Whether the list still names it when it has ended well.
    measure : Measure, optional
        By which one foresees how long it takes.
    state, end : State, End
        Where it stands; how it ended.
    fraction, text : float, str
        How far it is, and what it is doing.
    job : Job
        What its work asks whether to go on.
    pace : Pace
        How long it takes.
    """

    title: str
    lane: LaneName
    begin: Callable[[], Work | str]
    run: int = 0
    key: Hashable = None
    renews: frozenset[str] = frozenset()
    short: bool = False
    listed: bool = True
    measure: Measure | None = None
    state: State = State.QUEUED
    end: End | None = None
    fraction: float = 0.0
    text: str = ""
    job: Job = field(default_factory=Job)
    pace: Pace = field(default_factory=Pace)

    def measured(self) -> Measure | None:
        """Return how much work has been done by its end, if that is known."""
        return self.measure
