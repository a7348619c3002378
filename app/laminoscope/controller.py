"""A panel asks, the worker computes, the panel gets its result; stale results are dropped."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from laminoscope.history import History, same_model
from laminoscope.tasks import Tasks
from laminoscope.worker import Worker
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import Experiment
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model, ModelInfo
from laminoscope_core.run.results import RunResult
from laminoscope_core.run.run import depending_on

__all__ = ["Controller"]


class Controller(QObject):
    """Holds the model, the experiment and the results, and runs jobs on them.

    Signals: ``model_opened(info)``; ``remarked(text)`` about what is to run;
    ``forecast_made(forecast)`` before a capture, and when asked for;
    ``verified(verification)`` after a model's first run; ``result_ready(id, result)``;
    ``results_dropped(ids)`` when results no longer belong together;
    ``results_adopted(info)`` before those of a session, whose model need not be open;
    ``progressed(fraction, text)``; ``busy_changed(bool)``; ``finished()`` after a run that was
    neither cancelled nor failed; ``cancelled()``;
    ``failed(message, details, offers)`` with what would fit, if memory was short.
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
    finished = Signal()
    cancelled = Signal()
    failed = Signal(str, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model: Model | None = None
        self._adopted: ModelInfo | None = None
        self.experiment: Experiment | None = None
        self.history = History()
        self.results: dict[str, Any] = {}
        self.params: dict[str, Any] = {}
        self._pending: tuple[Experiment, str] | None = None
        self._affected: set[str] = set()
        self._renewed: set[str] = set()
        self._worker = Worker()
        self._tasks = Tasks()
        self._notices: dict[str, Callable[[Any], None]] = {
            "model": self._take_model,
            "remark": self.remarked.emit,
            "forecast": self.forecast_made.emit,
            "verification": self.verified.emit,
        }
        self.opening = False
        self._run = 0
        self._worker.progressed.connect(self._progressed)
        self._worker.partial.connect(self._partial)
        self._worker.finished.connect(self._finished)
        self._worker.failed.connect(self._failed)
        self._worker.cancelled.connect(self._cancelled)

    @property
    def info(self) -> ModelInfo | None:
        """The model of the results; a session's may not be open."""
        return self._adopted if self.model is None else self.model.info

    def run(self, experiment: Experiment, section: str) -> None:
        """Open the experiment's model unless it is open; capture and analyse one section."""
        model = self.model
        params = dict(self.params)
        self.opening = True
        self._pending = experiment, section

        def task(job: Job, hand_out: Any) -> None:
            from laminoscope_core.recording.verify import verify
            from laminoscope_core.run.remarks import remarks
            from laminoscope_core.run.run import open_for, run_experiment
            from laminoscope_core.run.sections import forecast_section

            current = model
            fresh = current is None or not open_for(current, experiment.model)
            if current is None or fresh:
                self._tasks.forget()  # a model opened beside makes room for the new one
                current = _open(experiment, job.part(0.0, 0.5))
                hand_out("model", current)
                job = job.part(0.5, 1.0)
            for remark in remarks(current, experiment, section):
                hand_out("remark", remark)
            hand_out("forecast", forecast_section(current, experiment, section))
            run_experiment(
                current,
                experiment,
                sections=(section,),
                params=params,
                job=job.part(0.0, 0.9) if fresh else job,
                on_result=hand_out,
            )
            if fresh:
                hand_out("verification", verify(current, job.part(0.9, 1.0)))

        self._start(task, section)

    def recompute(self, analysis: str, params: object) -> None:
        """Run one analysis again, and those that build on it, with other parameters.

        While a capture runs, it is told to use them and starts again.
        """
        if self._pending is not None:
            self.params[analysis] = params
            self.run(*self._pending)
            return
        results, all_params = dict(self.results), {**self.params, analysis: params}

        def task(job: Job, hand_out: Any) -> None:
            from laminoscope_core.run.run import rerun_analysis

            rerun_analysis(analysis, results, params=all_params, job=job, on_result=hand_out)

        if analysis in results:
            self._start(task, analysis)

    def forecast(self, experiment: Experiment, section: str) -> None:
        """Say by ``forecast_made`` what a run would take, if its model is open and nothing runs."""
        model = self.model
        if model is None or self.busy():
            return

        def question() -> Any:
            from laminoscope_core.run.run import open_for
            from laminoscope_core.run.sections import forecast_section

            if not open_for(model, experiment.model):
                return None
            return forecast_section(model, experiment, section)

        self._worker.ask(question, self.forecast_made.emit)

    def run_task(self, name: str, request: object) -> None:
        """Do one of `tasks.Tasks`; the model of a session is opened first if it is not open."""
        model, info, experiment = self.model, self.info, self.experiment
        if info is None or experiment is None:
            return
        self.opening = model is None

        def task(job: Job, hand_out: Any) -> None:
            current = model
            if current is None:
                current = _open(experiment, job.part(0.0, 0.5))
                if not same_model(current.info, info):
                    raise LaminoscopeError(
                        f"{current.info.title} as it opens here is not exactly the model of the"
                        " session.",
                        "Press Capture to run it anew.",
                    )
                hand_out("model", current)
                job = job.part(0.5, 1.0)
            asked = _with_tokenizer(request, current) if model is None else request
            self._tasks.run(name, current, asked, job, hand_out)

        self._start(task, name)

    def cancel(self) -> None:
        """Stop the running job at its next check."""
        self._worker.cancel()

    def busy(self) -> bool:
        """Return whether a job runs."""
        return self._worker.busy()

    def shown(self) -> None:
        """Say that what was handed out has been drawn."""
        self._worker.shown()

    def close(self) -> bool:
        """Cancel and wait for the thread; return whether it ended in time."""
        self._run = -1
        return self._worker.close()

    def snapshot(self) -> RunResult | None:
        """Return the results as they are now, and where they come from; None if there are none.

        In the middle of a run, those that it has not renewed yet, or not wholly, are left out.
        """
        if self.info is None or self.experiment is None or not self.results:
            return None
        older = self._affected - self._renewed if self._renewed else set()
        older |= self._incomplete()
        current = {name: result for name, result in self.results.items() if name not in older}
        results = self.history.kept(current)
        return RunResult(self.info, self.experiment, results, self.history.origin())

    def forget(self) -> None:
        """Let go of all results, and of the job that is under way."""
        self.cancel()
        self._run = -1  # whatever the cancelled job still says is of no interest
        self._affected, self._renewed = set(), set()
        self._ended()
        self._drop(set(self.results))
        self.experiment, self.params = None, {}

    def adopt(self, run: RunResult) -> None:
        """Take the results of a session; a model that is open stays open if it is theirs."""
        self.forget()
        if self.model is not None and not same_model(self.model.info, run.model):
            self.model = None
            self._tasks.forget()
        self._adopted, self.experiment, self.params = run.model, run.experiment, {}
        self.results_adopted.emit(run.model)
        for name, result in self.history.adopt(run):
            self.results[name] = result
            self._hand_on(name, result)

    def _start(self, task: Any, name: str) -> None:
        self._drop_mixture()
        self._affected = depending_on(name)
        self._run = self._worker.start(task)
        self.busy_changed.emit(True)

    def _drop_mixture(self) -> None:
        """After a run that was stopped half-way, let go of results it had not renewed wholly."""
        if self._renewed:
            self._drop((self._affected - self._renewed) | self._incomplete())
        self._affected, self._renewed = set(), set()

    def _drop(self, names: set[str]) -> None:
        dropped = names & self.results.keys()
        for name in dropped:
            del self.results[name]
        if dropped:
            self.history.dropped(dropped)
            self.results_dropped.emit(dropped)

    def _progressed(self, run: int, fraction: float, text: str) -> None:
        if run == self._run:
            self.progressed.emit(fraction, text)

    def _partial(self, run: int, name: str, result: object) -> None:
        if run != self._run:
            return
        self.opening = False
        if name in self._notices:
            self._notices[name](result)
            self.shown()
        else:
            self._take_result(name, result)

    def _take_result(self, name: str, result: Any) -> None:
        self.results[name] = result
        self._renewed.add(name)
        if self._pending is not None and name == self._pending[1]:
            # What is shown from now on is what this experiment says, in this section.
            new = self._pending[0]
            before = self.experiment or new
            changes = {"model": new.model, name: getattr(new, name), "sampling": new.sampling}
            self.experiment = before.model_copy(update=changes)
        self.history.took(name, result)
        self._hand_on(name, result)

    def _hand_on(self, name: str, result: Any) -> None:
        if hasattr(result, "params"):
            self.params[name] = result.params
        self.result_ready.emit(name, result)

    def _take_model(self, model: Model) -> None:
        before, self.model = self.info, model
        self._tasks.forget()
        if before is None or not same_model(before, model.info):
            self._drop(set(self.results))
        self.model_opened.emit(model.info)

    def _finished(self, run: int, _result: object) -> None:
        if run == self._run:
            self._ended()
            self.finished.emit()

    def _failed(self, run: int, message: str, details: str, offers: object) -> None:
        if run == self._run:
            self._stopped()
            self.failed.emit(message, details, offers)

    def _cancelled(self, run: int) -> None:
        if run == self._run:
            self._stopped()
            self.cancelled.emit()

    def _incomplete(self) -> set[str]:
        """Results that were handed out while more of them was still to come."""
        return {name for name, r in self.results.items() if not getattr(r, "complete", True)}

    def _stopped(self) -> None:
        affected = self._affected
        self._drop_mixture()
        self._ended()
        for name in sorted(affected & self.results.keys()):
            self.result_ready.emit(name, self.results[name])  # controls show what results have

    def _ended(self) -> None:
        self.opening = False
        self._pending = None
        self._renewed = set()
        self.busy_changed.emit(False)


def _with_tokenizer(request: Any, model: Model) -> Any:
    """Return a request about a session's prompts with the tokenizer, which is not in a session."""
    tokens = getattr(request, "tokens", None)
    if tokens is None:
        return request
    chain = tokens.chain.with_tokenizer(model.tokenizer)
    return replace(request, tokens=replace(tokens, chain=chain))


def _open(experiment: Experiment, job: Job) -> Model:
    from laminoscope_core.models.load import open_model

    section = experiment.model
    return open_model(section.source, device=section.device, dtype=section.dtype, job=job)
