"""What the threads do for the controller; nothing here touches a widget."""

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from laminoscope.history import same_model
from laminoscope.jobs.entry import HandOut, Work
from laminoscope_core.analysis.registry import AFTER
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import Experiment, ModelSection
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model, ModelInfo
from laminoscope_widgets.translation import tr

if TYPE_CHECKING:
    from laminoscope.tasks import Tasks

__all__ = ["analysing", "capturing", "doing", "forecasting", "opening", "verifying"]


def opening(section: ModelSection) -> Work:
    """Open a model, and hand it out as ``"model"``."""

    def work(job: Job, hand_out: HandOut) -> None:
        hand_out("model", _open(section, job))

    return work


def capturing(model: Model | None, experiment: Experiment, section: str, tasks: "Tasks") -> Work:
    """Open the experiment's model unless it is open, and capture a section.

    Hands out ``"model"`` if one was opened, ``"remark"``, ``"forecast"`` and, of a model that is
    new, ``"pace"``, then the section.
    """

    def work(job: Job, hand_out: HandOut) -> None:
        from laminoscope_core.run.remarks import remarks
        from laminoscope_core.run.run import altered_of, capture_section, open_for
        from laminoscope_core.run.sections import forecast_section

        current = model
        if current is None or not open_for(current, experiment.model):
            tasks.forget()  # a model opened beside makes room for the new one
            current = _open(experiment.model, job.part(0.0, 0.5))
            hand_out("model", current)
            job = job.part(0.5, 1.0)
        if section == "models":
            tasks.make_room()
        if said := remarks(current, experiment, section):  # a message takes another's place
            hand_out("remark", " ".join(said))
        hand_out("forecast", forecast_section(current, experiment, section))
        if (seconds := tasks.pace(current, job)) is not None:
            hand_out("pace", seconds)
        if section.startswith(AFTER):
            hand_out("altered", altered_of(experiment))
        hand_out(section, capture_section(current, experiment, section, job))

    return work


def analysing(
    analyses: Collection[str], results: Mapping[str, Any], params: Mapping[str, Any]
) -> Work:
    """Compute analyses, handing out every result."""

    def work(job: Job, hand_out: HandOut) -> None:
        from laminoscope_core.run.run import analyse

        analyse(analyses, results, params=params, job=job, on_result=hand_out)

    return work


def doing(
    name: str,
    request: object,
    model: Model | None,
    wanted: tuple[ModelInfo, Experiment],
    tasks: "Tasks",
    *,
    altered: bool = False,
) -> Work:
    """Do one of `tasks.Tasks`; the model of a session is opened first if it is not open.

    Parameters
    ----------
    wanted : ModelInfo and Experiment
        The model that the results are of, and what says where it is.
    altered : bool
        Whether the model is altered as the experiment says; results have the ids of such then.
    """
    info, experiment = wanted

    def work(job: Job, hand_out: HandOut) -> None:
        current = model
        if current is None:
            current = _open(experiment.model, job.part(0.0, 0.5))
            if not same_model(current.info, info):
                raise LaminoscopeError(
                    tr(
                        "{model} as it opens here is not exactly the model of the session.",
                        model=current.info.title,
                    ),
                    tr("Press Capture to run it anew."),
                )
            hand_out("model", current)
            job = job.part(0.5, 1.0)
        if altered:
            current = tasks.altered(current, experiment, job)
        state = AFTER if altered else ""

        def named(result_name: str, result: object) -> None:
            hand_out(state + result_name, result)

        tasks.run(name, current, request, job, named)

    return work


def verifying(model: Model) -> Work:
    """Compare captures with plain runs; hands out ``"verification"``."""

    def work(job: Job, hand_out: HandOut) -> None:
        from laminoscope_core.recording.verify import verify

        hand_out("verification", verify(model, job))

    return work


def forecasting(model: Model, experiment: Experiment, section: str) -> Callable[[], Any]:
    """Ask what capturing a section would take; None if its model is not the open one."""

    def question() -> Any:
        from laminoscope_core.run.run import open_for
        from laminoscope_core.run.sections import forecast_section

        if not open_for(model, experiment.model):
            return None
        sections = (section, "models") if section == "words" else (section,)
        found = [forecast_section(model, experiment, each) for each in sections]
        return max(filter(None, found), key=lambda one: one.peak, default=None)

    return question


def _open(section: ModelSection, job: Job) -> Model:
    from laminoscope_core.models.load import open_model

    return open_model(section.source, device=section.device, dtype=section.dtype, job=job)
