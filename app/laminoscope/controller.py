"""Panels ask, two lanes compute, panels get results; each result says by which run it was made."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from laminoscope import numbers, work
from laminoscope.history import History, same_model
from laminoscope.jobs.entry import End, Entry, Measure, State, Work
from laminoscope.jobs.kinds import Analysing, Asked, Capturing, renewed_by, task_title
from laminoscope.jobs.pace import foreseen
from laminoscope.jobs.paces import measure_of_capture, measure_of_task
from laminoscope.jobs.queue import Jobs
from laminoscope.results import KEPT, Results
from laminoscope_core.analysis.registry import ANALYSES, SECTIONS, depending_on
from laminoscope_core.experiment import Experiment, ModelSection
from laminoscope_core.models.model import Model, ModelInfo
from laminoscope_core.run.results import RunResult
from laminoscope_widgets.translation import tr

if TYPE_CHECKING:
    from laminoscope.tasks import Tasks
    from laminoscope_core.sampling.kept import KeptText

__all__ = ["Controller"]

_SECTION_OF = {analysis.id: analysis.section for analysis in ANALYSES}


class Controller(QObject):
    """Holds the model and the results, and runs jobs on them.

    What needs the model goes to one lane, what needs only arrays to the other.  A run is a request
    with all that follows from it: a capture with its analyses, a text with its candidates.

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

    # ---- requests

    def run(self, experiment: Experiment, section: str) -> int:
        """Open the experiment's model unless it is open; capture and analyse one section.

        Returns
        -------
        int
            The number of the run.
        """
        run = next(self._numbers)

        def begin() -> Work:
            self.opening = True
            return work.capturing(self.model, entry.experiment, section, self._tasks)

        source = "" if self.is_open(experiment.model) else experiment.model.source
        entry = Capturing(
            title=Capturing.title_of(section, source),
            lane="model",
            begin=begin,
            run=run,
            key=("capture", section),
            renews=renewed_by(section),
            measure=measure_of_capture(experiment, section),
            experiment=experiment,
            section=section,
        )
        self._add(entry)
        return run

    def open_ahead(self, section: ModelSection) -> None:
        """Open the model that the next run will take, while nothing else has been asked for."""

        def begin() -> Work:
            self.opening = True
            return work.opening(section)

        title = tr("Open {model}", model=section.source)
        self._add(Entry(title=title, lane="model", begin=begin, run=next(self._numbers)))

    def recompute(self, analysis: str, params: object) -> None:
        """Run one analysis again, and those that build on it, with other parameters.

        While its section is being captured, they are for what follows that; without a result to
        renew, for the next run.
        """
        for entry in self.jobs.wanted:
            if isinstance(entry, Capturing) and entry.is_to_give(_SECTION_OF[analysis]):
                entry.params[analysis] = params
                return
        if analysis in self.results:
            self._analyse(depending_on(analysis), next(self._numbers), {analysis: params})
        else:
            self.params[analysis] = params

    def run_task(self, name: str, request: object) -> None:
        """Do one of `tasks.Tasks`; the model of a session is opened first if it is not open."""
        info = self.info
        if info is None or self.experiment is None:
            return
        tokens = getattr(request, "tokens", None)
        entry = Asked(
            title=task_title(name, request),
            lane="model",
            begin=lambda: self._begin_task(entry, info),
            run=next(self._numbers),
            key=name if name == "comparison" else None,
            renews=frozenset()
            if tokens is None
            else frozenset({"prompts", *depending_on("prompts")}),
            measure=measure_of_task(name, request),
            name=name,
            request=request,
        )
        self._add(entry)

    def ask(self, question: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Have a short question of a panel answered outside the window's thread."""
        self.jobs.ask("numbers", question, then)

    def forecast(self, experiment: Experiment, section: str) -> None:
        """Say by ``forecast_made`` what a run would take, if its model is open and free."""
        if self.model is not None and not self.jobs.occupied("model"):
            question = work.forecasting(self.model, experiment, section)
            self.jobs.ask("model", question, self.forecast_made.emit)

    def expected(self, experiment: Experiment, section: str) -> float | None:
        """Return how many seconds a run would take by the pace so far; None if there is none."""
        if not self.is_open(experiment.model):
            return None
        return self.jobs.paces.expected_of_run(experiment, section, self.params)

    def foreseen(self, task: str, units: int) -> str:
        """Return what is to be said, before a task begins, of how long it will take.

        Parameters
        ----------
        task : str
            Its name.
        units : int
            The tokens that it writes, or reads.
        """
        return foreseen(self.jobs.paces.expected(Measure(("model", task), units)))

    def cancel(self) -> None:
        """Stop the running runs at their next check, and what was to follow from them."""
        self.cancel_runs({entry.run for entry in self.live if entry.state is State.RUNNING})

    def cancel_runs(self, runs: set[int]) -> None:
        """Stop the jobs of some runs."""
        for entry in self.live:
            if entry.run in runs:
                self.jobs.cancel(entry)

    def let_go(self, text: "KeptText") -> None:
        """Let go of a text that was written before."""
        self.held.let_go(text)
        self.result_ready.emit(KEPT, self.results[KEPT])

    def stay_with(self, before: ModelSection, wanted: ModelSection) -> None:
        """Let captures that wait for a model which did not open run on the one before."""
        for entry in self.jobs.wanted:
            if isinstance(entry, Capturing) and entry.experiment.model == wanted:
                entry.experiment = entry.experiment.model_copy(update={"model": before})

    def shown(self) -> None:
        """Say that what was handed out has been drawn."""
        self.jobs.shown()

    def close(self) -> bool:
        """Cancel and wait for the threads; return whether they ended in time."""
        return self.jobs.close()

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

    # ---- jobs

    def _add(self, entry: Entry) -> None:
        was_busy = self.busy()
        if entry.run not in self._outcomes:
            self._outcomes[entry.run] = set()
            self.run_began.emit(entry.run)
        self.jobs.add(entry)
        if not was_busy and self.busy():
            self.busy_changed.emit(True)

    def _begin_task(self, entry: Asked, asked_of: ModelInfo) -> Work | str:
        """Let a task work on what there is at its turn, more perhaps than when it was asked."""
        info, experiment = self.info, self.experiment
        if info != asked_of or experiment is None:
            return tr("another model was opened")
        request = self._tasks.prepared(entry.request, self.results)
        if request is None:
            return tr("the prompts are others by now")
        from laminoscope_core.analysis import comparison
        from laminoscope_core.run.requests import ComparisonRequest

        if isinstance(request, ComparisonRequest):
            self.params["comparison"] = comparison.Params(request.columns)
        self.opening = self.model is None
        return work.doing(entry.name, request, self.model, (info, experiment), self._tasks)

    def _analyse(self, names: set[str], run: int, params: Mapping[str, Any]) -> None:
        for entry in list(numbers.analysing(names, run, params, self.jobs.wanted, self.held)):
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
        if isinstance(entry, Capturing) and name == "prompts" and self.info is not None:
            self._keep_texts(self.info)
        self.held.take(name, result, entry.run)
        params: dict[str, Any] = {}
        if isinstance(entry, Analysing) and getattr(result, "complete", True):
            entry.left.discard(name)
        elif isinstance(entry, Capturing):
            self.held.take_experiment(entry.experiment, name)
            entry.given, params = True, entry.params
            if name == "prompts":  # the chain is what the experiment says, not an older session
                from laminoscope_core.analysis import continuation

                params = {"continuation": continuation.Params(), **params}
        elif name == "generation":
            if isinstance(entry, Asked):
                entry.written += 1
            for other in self.live:
                if isinstance(other, Asked) and other.state is State.QUEUED:
                    other.follow(result)
        self.result_ready.emit(name, result)
        if name in SECTIONS:
            self._analyse(depending_on(name), entry.run, params)

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

    def _keep_texts(self, model: ModelInfo) -> None:
        if self.held.keep_texts(model.title):
            self.result_ready.emit(KEPT, self.results[KEPT])

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
