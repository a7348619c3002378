"""What panels ask for, as jobs: two lanes compute, and `study.py` has what comes of it."""

from collections.abc import Callable
from typing import Any

from laminoscope import work
from laminoscope.jobs.entry import End, Entry, State, Work
from laminoscope.jobs.kinds import Analysing, Asked, Capturing, renewed_by, task_title
from laminoscope.jobs.measures import Measure, measure_of_capture, measure_of_task
from laminoscope.jobs.pace import foreseen
from laminoscope.study import Study
from laminoscope_core.analysis.registry import AFTER, ANALYSES, OfState, depending_on
from laminoscope_core.analysis.registry import SECTIONS as CAPTURED
from laminoscope_core.experiment import Experiment, ModelSection
from laminoscope_core.models.model import ModelInfo
from laminoscope_widgets.translation import tr

__all__ = ["Controller"]

_SECTION_OF = {analysis.id: analysis.section for analysis in ANALYSES}


class Controller(Study):
    """Turns requests into jobs on what the study has.

    What needs the model goes to one lane, what needs only arrays to the other.
    """

    def run(self, experiment: Experiment, section: str) -> int:
        """Open the experiment's model unless it is open; capture and analyse one section.

        Returns
        -------
        int
            The number of the run.
        """
        run = next(self._numbers)
        altered = AFTER + section if AFTER + section in CAPTURED and experiment.altered else ""
        stands = self._stands(experiment, section)
        with_models = section == "words" and bool(experiment.rsa.models)
        models = with_models and not (stands and self._have_read(experiment))
        if not (stands and (altered or models)):
            self._capture(experiment, section, run)
            models = with_models
        if altered:
            self._capture(experiment, altered, run)
        if models:
            self._capture(experiment, "models", run)
        return run

    def _stands(self, experiment: Experiment, section: str) -> bool:
        """Return whether a section's results are what capturing it would give again."""
        had = self.experiment
        if had is None or not self.is_open(experiment.model) or section not in self.results:
            return False
        same = all(getattr(had, n) == getattr(experiment, n) for n in (section, "sampling"))
        same &= section != "words" or had.rsa.sites == experiment.rsa.sites
        return same and section not in self.held.unsettled() | self.awaited().keys()

    def _have_read(self, experiment: Experiment) -> bool:
        """Return whether the other models of an experiment have read the words that stand."""
        found = self.results.get("models")
        if found is None or "models" in self.held.unsettled() | self.awaited().keys():
            return False
        read = tuple(one.source for one in found.models if one.words is not None)
        return read == experiment.rsa.models

    def compare_no_more(self) -> None:
        """Let go of what other models have read, and end what would give such."""
        why = tr("no other models are compared by now")
        for entry in self.live:
            if isinstance(entry, (Capturing, Analysing)) and entry.section == "models":
                self.jobs.drop(entry, End(State.CANCELLED, why))
        self._say_dropped(self.held.drop({"models", *depending_on("models")}))

    def alter_no_more(self) -> None:
        """Let go of all results of the altered model, and end what would give such."""
        self._end_altered(Entry)
        self._say_dropped(self.held.drop(self.held.of_altered()))

    def _capture(self, experiment: Experiment, section: str, run: int) -> None:
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
            stale = depending_on(analysis) | depending_on(AFTER + analysis)
            stale -= self.held.lacking  # which its section gives when it is captured
            self._analyse(stale, next(self._numbers), {analysis: params})
        else:
            self.params[analysis] = params

    def run_task(self, name: str, request: object, *, altered: bool = False) -> None:
        """Do one of `tasks.Tasks`, by the altered model perhaps.

        The model of a session is opened first if it is not open.
        """
        info = self.info
        if info is None or self.experiment is None:
            return
        tokens = getattr(request, "tokens", None)
        entry = Asked(
            title=task_title(name, request),
            lane="model",
            begin=lambda: self._begin_task(entry, info),
            run=next(self._numbers),
            key=name if name in ("attention", "comparison", "near") else None,
            renews=_renewed_by_task(name, tokens is not None, AFTER if altered else ""),
            listed=name not in ("attention", "near"),  # these follow every step of the selection
            measure=measure_of_task(name, request),
            name=name,
            request=request,
            altered=altered,
        )
        self._add(entry)

    def look_at(self, layer: int) -> None:
        """Look at the heads of a layer of the text inside, if its model is open."""
        from laminoscope_core.run.requests import AttentionRequest

        if self.model is not None:
            self.run_task("attention", AttentionRequest(layer))

    def look_up(self, name: str, request: object) -> None:
        """Do a task that nobody pressed a button for: only where its model is open."""
        if self.model is not None:
            self.run_task(name, request)

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

    def stay_with(self, before: ModelSection, wanted: ModelSection) -> None:
        """Let captures that wait for a model which did not open run on the one before."""
        for entry in self.jobs.wanted:
            if isinstance(entry, Capturing) and entry.experiment.model == wanted:
                entry.experiment = entry.experiment.model_copy(update={"model": before})

    def _begin_task(self, entry: Asked, asked_of: ModelInfo) -> Work | str:
        """Let a task work on what there is at its turn, more perhaps than when it was asked."""
        info, experiment = self.info, self.experiment
        if info != asked_of or experiment is None:
            return tr("another model was opened")
        results = OfState(self.results, altered=entry.altered)
        request = self._tasks.prepared(entry.request, results, experiment)
        if request is None:
            return tr("the prompts are others by now")
        from laminoscope_core.analysis import comparison
        from laminoscope_core.run.requests import ComparisonRequest

        if isinstance(request, ComparisonRequest):
            self.params["comparison"] = comparison.Params(request.columns)
        self.opening = self.model is None
        wanted = info, experiment
        return work.doing(
            entry.name, request, self.model, wanted, self._tasks, altered=entry.altered
        )


def _renewed_by_task(name: str, of_prompts: bool, state: str) -> frozenset[str]:
    """Return the ids of the results that a task hands out anew, or that follow from those."""
    if of_prompts:
        return frozenset({f"{state}prompts", *depending_on(f"{state}prompts")})
    return frozenset({name} & {"attention"})
