"""Run an experiment: capture what its analyses need, then the analyses in registry order."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from laminoscope_core.analysis.inputs import Altered, Inputs
from laminoscope_core.analysis.registry import (
    AFTER,
    ANALYSES,
    Analysis,
    OfState,
    depending_on,
    plain,
)
from laminoscope_core.errors import ExperimentError
from laminoscope_core.experiment import Experiment, ModelSection
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.models.offload import OFFLOAD
from laminoscope_core.run.altering import altered_model
from laminoscope_core.run.results import OnResult, RunResult
from laminoscope_core.run.sections import SECTIONS, sites_of

__all__ = [
    "altered_of",
    "analyse",
    "asked_params",
    "capture_section",
    "open_for",
    "rerun_analysis",
    "run_experiment",
]


def open_for(model: Model, section: ModelSection) -> bool:
    """Return whether an opened model is the one that a section of an experiment asks for."""
    return (
        model.info.source == section.source
        and section.device in ("auto", OFFLOAD, model.info.device)
        and section.dtype in ("auto", model.info.dtype)
    )


def run_experiment(
    model: Model,
    experiment: Experiment,
    *,
    sections: tuple[str, ...] | None = None,
    params: Mapping[str, Any] | None = None,
    job: Job | None = None,
    on_result: OnResult | None = None,
) -> RunResult:
    """Capture and analyse.

    Parameters
    ----------
    model : Model
        An opened model.
    experiment : Experiment
        What to run; sections that are absent are skipped.
    sections : tuple of str, optional
        Run only these sections; by default all that the experiment has.
    params : mapping of str to dataclass, optional
        Parameters of analyses that differ from their defaults, by id.
    job : Job, optional
        Progress and cancellation.
    on_result : callable, optional
        Told of every result as soon as it is there.

    Raises
    ------
    ExperimentError
        None of the sections is there.
    CaptureError, AnalysisError
        See the captures and the analyses.
    Cancelled
        The job was cancelled.
    """
    job = job or Job()
    chosen = [
        name
        for name, section in SECTIONS.items()
        if section.asked(experiment) and name in (sections or SECTIONS)
    ]
    if not chosen:
        raise _nothing_to_run()
    results: dict[str, Any] = {}
    asked = asked_params(experiment) | dict(params or {})
    for name, part in zip(chosen, job.parts(len(chosen)), strict=True):
        analyses = tuple(
            analysis
            for analysis in ANALYSES
            if analysis.section == name and (not analysis.asked or plain(analysis.id) in asked)
        )
        results[name] = capture_section(model, experiment, name, part.part(0.0, 0.6))
        if on_result is not None:
            on_result(name, results[name])
        if SECTIONS[name].altered:
            results["altered"] = altered_of(experiment)
        _run_analyses(analyses, results, asked, part.part(0.6, 1.0), on_result)
    job.report(1.0, "done")
    return RunResult(model.info, experiment, results)


def asked_params(experiment: Experiment) -> dict[str, Any]:
    """Return the parameters of analyses for which an experiment's section ``rsa`` asks, by id."""
    found = {
        plain(analysis.id): analysis.module.params_of(experiment.rsa)
        for analysis in ANALYSES
        if analysis.asked
    }
    return {name: params for name, params in found.items() if params is not None}


def capture_section(model: Model, experiment: Experiment, section: str, job: Job) -> Any:
    """Run the model on one section and return what is captured, before any analysis.

    Raises
    ------
    ExperimentError
        The section is not there.
    CaptureError
        See the captures.
    Cancelled
        The job was cancelled.
    """
    asked = SECTIONS[section].asked(experiment)
    if not asked:
        raise _nothing_to_run()
    if SECTIONS[section].altered:
        model = altered_model(model, experiment, job)
    return SECTIONS[section].capture(model, asked, sites_of(section, experiment), job)


def altered_of(experiment: Experiment) -> Altered:
    """Return what alters the model in the sections of the altered model."""
    return Altered(tuple(one for _, one in experiment.altered))


def analyse(
    ids: Collection[str],
    results: Mapping[str, Any],
    *,
    params: Mapping[str, Any],
    job: Job,
    on_result: OnResult,
) -> None:
    """Run some analyses on what there is of captures and of other analyses' results.

    Raises
    ------
    AnalysisError
        See the analyses.
    Cancelled
        The job was cancelled; what was handed out stands.
    """
    chosen = tuple(analysis for analysis in ANALYSES if analysis.id in ids)
    kept = {name: result for name, result in results.items() if name not in ids}
    _run_analyses(chosen, kept, params, job, on_result)


def rerun_analysis(
    analysis_id: str,
    results: Mapping[str, Any],
    *,
    params: Mapping[str, Any],
    job: Job,
    on_result: OnResult,
) -> None:
    """Run one analysis with other parameters, and then all that build on its result."""
    stale = depending_on(analysis_id)
    analyse(stale, results, params=params, job=job, on_result=on_result)


def _nothing_to_run() -> ExperimentError:
    return ExperimentError(
        "The experiment has nothing to run.",
        "Give it a [words], a [text], a [[prompts]] or an [inside] section.",
    )


def _run_analyses(
    analyses: tuple[Analysis, ...],
    results: dict[str, Any],
    params: Mapping[str, Any],
    job: Job,
    on_result: OnResult | None,
) -> None:
    for number, analysis in enumerate(analyses):
        on_partial = None if on_result is None else partial(on_result, analysis.id)
        part = job.part(number / len(analyses), (number + 1) / len(analyses), on_partial)
        part.report(0.0, analysis.title)
        chosen = params.get(plain(analysis.id)) or analysis.module.Params()
        inputs = _inputs(results, altered=analysis.section.startswith(AFTER))
        results[analysis.id] = analysis.module.run(inputs, chosen, part)
        if on_result is not None:
            on_result(analysis.id, results[analysis.id])


def _inputs(results: Mapping[str, Any], *, altered: bool) -> Inputs:
    """Return what analyses of the model as it is are given, or those of the altered one."""
    own = OfState(results, altered=altered)
    before = _inputs(results, altered=False) if altered else None
    activations: dict[str, Any] = {plain(name): own.get(plain(name)) for name in SECTIONS}
    by = results.get("altered") if altered else None
    return Inputs(**activations, results=own, before=before, altered=by)
