"""The model under study and its results, as jobs bring them; each says by which run it was made."""

from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from functools import cached_property, partial
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from laminoscope import numbers, work
from laminoscope.history import History, same_model
from laminoscope.jobs.entry import End, Entry, State
from laminoscope.jobs.kinds import Analysing, Asked, Capturing, is_of_altered
from laminoscope.jobs.queue import Jobs
from laminoscope.results import KEPT, Results
from laminoscope_core.analysis.registry import AFTER, ANALYSES, SECTIONS, depending_on, plain
from laminoscope_core.experiment import Experiment, ModelSection
from laminoscope_core.models.model import Model, ModelInfo
from laminoscope_core.run.results import RunResult
from laminoscope_widgets.translation import tr

if TYPE_CHECKING:
    from laminoscope.tasks import Tasks
    from laminoscope_core.sampling.kept import KeptText

__all__ = ["Study"]


class Study(QObject):
    """Holds the model and the results as jobs bring them, and has done what follows from them.

    A run is a request with all that follows from it: a capture with its analyses, a text with its
    candidates.

    Signals: ``model_opened(info)``; ``remarked(text)`` about what is to run;
    ``forecast_made(forecast)`` before a capture, and when asked for;
    ``verified(verification)`` after a model's first run; ``result_ready(id, result)``;
    ``results_dropped(ids)`` when results no longer belong together;
    ``results_adopted(info)`` before those of a session, whose model need not be open;
    ``progressed(fraction, text)`` of the job that is shown; ``busy_changed(bool)``;
    ``run_began(run)`` when one is asked for;
    ``run_ended(run, state)`` at the end of each run, and one of ``finished()``, ``cancelled()``
    and, at once, ``failed(message, details, offers)`` with what would fit, if memory was short;
    none of these if the run was replaced.
    """

    model_opened = Signal(object)
    remarked = Signal(str)
    forecast_made = Signal(object)
    verified = Signal(object)
    result_ready = Signal(str, object)
    results_dropped = Signal(object)
    results_adopted = Signal(object)
    progressed = Signal(float, str)
    busy_changed = Signal(bool)
    run_began = Signal(int)
    run_ended = Signal(int, object)
    finished = Signal()
    cancelled = Signal()
    failed = Signal(str, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model: Model | None = None
        self._adopted: ModelInfo | None = None
        self._unverified: Model | None = None
        self.held = Results()
        self.opening = False
        self.jobs = Jobs(self)
        self._numbers = count(1)
        self._outcomes: dict[int, set[State]] = {}
        self._notices: dict[str, Callable[[Any], None]] = {
            "model": self._take_model,
            "remark": self.remarked.emit,
            "forecast": self.forecast_made.emit,
            "verification": self.verified.emit,
            "pace": self.jobs.paces.learn_forward,
        }
        self.jobs.progressed.connect(self._progressed)
        self.jobs.partial.connect(self._partial)
        self.jobs.ended.connect(self._ended)

    # ---- what there is

    @cached_property
    def _tasks(self) -> "Tasks":
        from laminoscope.tasks import Tasks

        return Tasks()

    @property
    def info(self) -> ModelInfo | None:
        """The model of the results; a session's may not be open."""
        return self._adopted if self.model is None else self.model.info

    @property
    def results(self) -> dict[str, Any]:
        """All results by id."""
        return self.held.results

    @property
    def params(self) -> dict[str, Any]:
        """What analyses were computed with last, by id."""
        return self.held.params

    @property
    def experiment(self) -> Experiment | None:
        """What was captured."""
        return self.held.experiment

    @property
    def history(self) -> History:
        """Where results come from."""
        return self.held.history

    def snapshot(self) -> RunResult | None:
        """Return the results that belong together now; None if there are none."""
        return self.held.snapshot(self.info)

    @property
    def live(self) -> list[Entry]:
        """The jobs of its runs that have not ended; exports and fetches are of none."""
        return [entry for entry in self.jobs.live if entry.run]

    def awaited(self) -> dict[str, int]:
        """Return the runs that are under way, by the ids of the results that they will give."""
        wanted = sorted(self.jobs.wanted, key=lambda entry: entry.run)
        return {name: entry.run for entry in wanted for name in entry.renews}

    def busy(self) -> bool:
        """Return whether a job of a run is under way or waits."""
        return bool(self.live)

    def is_open(self, section: ModelSection) -> bool:
        """Return whether the open model is the one that a section asks for."""
        from laminoscope_core.run.run import open_for

        return self.model is not None and open_for(self.model, section)

    def captures(self) -> bool:
        """Return whether a section is being captured, or will be."""
        return any(isinstance(entry, Capturing) for entry in self.jobs.wanted)

    def shown(self) -> None:
        """Say that what was handed out has been drawn."""
        self.jobs.shown()

    def close(self) -> bool:
        """Cancel and wait for the threads; return whether they ended in time."""
        return self.jobs.close()

    def let_go(self, text: "KeptText") -> None:
        """Let go of a text that was written before."""
        self.held.let_go(text)
        self.result_ready.emit(KEPT, self.results[KEPT])

    # ---- sessions

    def forget(self) -> None:
        """Let go of all results, and end the jobs that are under way."""
        why = tr("something else was opened")
        for entry in self.live:
            self.jobs.drop(entry, End(State.CANCELLED, why))
        self._say_dropped(self.held.clear())

    def adopt(self, run: RunResult) -> None:
        """Take the results of a session; a model that is open stays open if it is theirs."""
        self.forget()
        if self.model is not None and not same_model(self.model.info, run.model):
            self.model = None
            self._tasks.forget()
        self._adopted, self.held.experiment = run.model, run.experiment
        self.results_adopted.emit(run.model)
        for name, result in self.history.adopt(run):
            self.held.show(name, result, 0)
            self.result_ready.emit(name, result)
        self.held.notice_lacking()

    # ---- jobs

    def _add(self, entry: Entry) -> None:
        was_busy = self.busy()
        if entry.run not in self._outcomes:
            self._outcomes[entry.run] = set()
            self.run_began.emit(entry.run)
        self.jobs.add(entry)
        if not was_busy and self.busy():
            self.busy_changed.emit(True)

    def _analyse(self, names: set[str], run: int, params: Mapping[str, Any]) -> None:
        """Compute analyses anew whose section is there, section by section."""
        for section in SECTIONS:
            own = {a.id for a in ANALYSES if a.section == section and a.id in names}
            if own and section in self.results.keys() - self.held.unsettled():
                made = numbers.analysing(own, run, params, self.jobs.wanted, self.held)
                for entry in list(made):
                    self._add(entry)

    # ---- what jobs tell

    def _progressed(self, entry: Entry) -> None:
        if entry.run and entry is self.jobs.running[0]:
            self.progressed.emit(entry.fraction, entry.text)

    def _partial(self, entry: Entry, name: str, result: Any) -> None:
        if name in self._notices:
            self._notices[name](result)
            if name == "model" and isinstance(entry, Capturing):
                entry.measure = None  # opening it takes part of the time
            self.shown()
        else:
            self._take_result(entry, name, result)
        self.opening = False

    def _take_result(self, entry: Entry, name: str, result: Any) -> None:
        if name == "altered":
            self._take_altered(entry, result)
            return
        params: dict[str, Any] = {}
        if isinstance(entry, Capturing) and name == "prompts":
            result, params = self._read_again(result)
        self.held.take(name, result, entry.run)
        if isinstance(entry, Analysing) and getattr(result, "complete", True):
            entry.left.discard(name)
        elif isinstance(entry, Capturing):
            self.held.take_experiment(entry.experiment, name)
            self.held.outdate({AFTER + name, *depending_on(AFTER + name)})
            if name == "words":
                self.held.outdate({"models"})  # they have read other words
            entry.given = True
            if name == "inside":  # what was looked up is of another text, or altered otherwise
                self._say_dropped(self.held.drop({"near"}))
            if name == "prompts":  # the chain is what the experiment says, not an older session
                from laminoscope_core.analysis import continuation

                params["continuation"] = continuation.Params()
            params |= entry.params
        elif plain(name) == "generation":
            if isinstance(entry, Asked):
                entry.written += 1
            for other in self.live:
                if isinstance(other, Asked) and other.state is State.QUEUED:
                    other.follow(result, altered=name != "generation")
        self.result_ready.emit(name, result)
        if name in SECTIONS:
            self._analyse(depending_on(name), entry.run, params)

    def _take_altered(self, entry: Entry, altered: Any) -> None:
        """Take what alters the model; results of one that is altered otherwise are let go of.

        Those of the section that is being captured stay until there are others.
        """
        before = self.results.get("altered")
        self.held.show("altered", altered, entry.run)
        if before is None or before == altered or not isinstance(entry, Capturing):
            return
        self._end_altered(Analysing)
        own = {entry.section, *depending_on(entry.section)}
        self.held.outdate(own)
        self._say_dropped(self.held.drop(self.held.of_altered() - own - {"altered"}))

    def _end_altered(self, *kinds: type[Entry]) -> None:
        """End the jobs of some kinds that are about the altered model: it is altered otherwise."""
        why = tr("the model is altered otherwise by now")
        for entry in self.live:
            if isinstance(entry, kinds) and is_of_altered(entry):
                self.jobs.drop(entry, End(State.CANCELLED, why))

    def _verify(self, model: Model, run: int) -> None:
        """After the first capture by a model that was opened, compare it with plain runs."""
        self._unverified = None
        begin = partial(work.verifying, model)
        self._add(Entry(title=tr("Verify the capture"), lane="model", begin=begin, run=run))

    def _take_model(self, model: Model) -> None:
        before, self.model = self.info, model
        self._unverified = model
        self._tasks.forget()
        self.jobs.paces.forget()
        if before is None or not same_model(before, model.info):
            for entry in self.live:
                if isinstance(entry, Analysing):
                    why = tr("{model} was opened", model=model.info.title)
                    self.jobs.drop(entry, End(State.CANCELLED, why))
            if before is not None:
                self._keep_texts(before)
            self._say_dropped(self.held.drop(self.results.keys() - {KEPT}))
        self.model_opened.emit(model.info)

    def _keep_texts(self, model: ModelInfo, staying: Container[int] = ()) -> None:
        if self.held.keep_texts(model.title, staying):
            self.result_ready.emit(KEPT, self.results[KEPT])

    def _read_again(self, read: Any) -> tuple[Any, dict[str, Any]]:
        """Let texts and compared columns follow their prompts to where these are by now.

        Returns the prompts with their texts, and parameters that are others by that.
        """
        from laminoscope_core.sampling.columns import renumbered
        from laminoscope_core.sampling.kept import new_numbers

        before, compared = self.results.get("prompts"), self.params.get("comparison")
        numbers = {} if before is None else new_numbers(before, read)
        if self.info is not None:
            self._keep_texts(self.info, numbers)
        read = self.held.read_again(read, numbers)
        if before is None or compared is None:
            return read, {}
        columns = renumbered(compared.columns, numbers, len(read.places))
        return read, {"comparison": replace(compared, columns=columns)}

    def _say_dropped(self, names: set[str]) -> None:
        if names:
            self.results_dropped.emit(names)

    def _ended(self, entry: Entry) -> None:
        if not entry.run or entry.end is None:
            return
        self.opening = False
        self._outcomes[entry.run].add(entry.state)
        unattended = self.held.unsettled() - self.awaited().keys()
        self._say_dropped(self.held.drop(unattended))
        if entry.state is State.FAILED:
            self.failed.emit(entry.end.why, entry.end.details, entry.end.offers)
        if entry.state in (State.FAILED, State.CANCELLED):
            for name in sorted(entry.renews & self.results.keys()):
                self.result_ready.emit(name, self.results[name])  # controls show what results have
        if isinstance(entry, Capturing) and entry.state is State.DONE and self._unverified:
            self._verify(self._unverified, entry.run)
        if not self.busy():
            self.busy_changed.emit(False)
        if not any(other.run == entry.run for other in self.live):
            self._end_run(entry.run)

    def _end_run(self, run: int) -> None:
        outcomes = self._outcomes.pop(run)
        worst = (State.FAILED, State.REPLACED, State.CANCELLED, State.DONE)
        state = next(state for state in worst if state in outcomes)
        self.run_ended.emit(run, state)
        if state is State.DONE:
            self.finished.emit()
        elif state is State.CANCELLED:
            self.cancelled.emit()
