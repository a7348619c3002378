"""Run an experiment: capture what its analyses need, then the analyses in registry order.

An experiment has sections (words, text, prompts), each of which is captured in its own way;
`CAPTURES` says how.  The captured activations stand among the results under the section's name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from laminoscope_core.analysis.inputs import Inputs, TextActivations, WordActivations
from laminoscope_core.analysis.registry import ANALYSES, Analysis
from laminoscope_core.errors import ExperimentError
from laminoscope_core.experiment import Experiment, ModelSection
from laminoscope_core.export.folder import write_folder
from laminoscope_core.export.provenance import provenance
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model, ModelInfo
from laminoscope_core.tables import Arrays, Table

if TYPE_CHECKING:
    from laminoscope_core.recording.plan import Forecast
    from laminoscope_core.sampling.next_tokens import NextTokens

__all__ = [
    "CAPTURES",
    "OnResult",
    "RunResult",
    "depending_on",
    "forecast_section",
    "open_for",
    "rerun_analysis",
    "run_experiment",
]

OnResult = Callable[[str, object], None]
"""Called with an id and a result as soon as it is there; a section's name is its activations.

An analysis that takes long is handed out more than once: first with what it has so far
(``complete`` is false), at last whole.
"""


def _capture_words(
    model: Model, experiment: Experiment, sites: tuple[str, ...], job: Job
) -> WordActivations:
    from laminoscope_core.run.words import capture_words

    assert experiment.words is not None
    return capture_words(model, experiment.words, sites, job=job)


def _capture_text(
    model: Model, experiment: Experiment, sites: tuple[str, ...], job: Job
) -> TextActivations:
    from laminoscope_core.run.text import capture_text

    assert experiment.text is not None
    return capture_text(model, experiment.text, sites, job=job)


def _capture_prompts(
    model: Model, experiment: Experiment, sites: tuple[str, ...], job: Job
) -> "NextTokens":
    from laminoscope_core.sampling.next_tokens import next_tokens

    assert not sites
    return next_tokens(model, experiment.prompts, experiment.sampling, job)


CAPTURES: Mapping[str, Callable[[Model, Experiment, tuple[str, ...], Job], Any]] = {
    "words": _capture_words,
    "text": _capture_text,
    "prompts": _capture_prompts,
}
"""By section: how its activations are captured, from the sites that its analyses need."""


@dataclass(frozen=True, eq=False)
class RunResult:
    """What a run has computed.

    Attributes
    ----------
    model : ModelInfo
        The model it ran on.
    experiment : Experiment
        What was run.
    results : mapping of str to object
        ``"words"``, ``"text"`` and ``"prompts"`` (what was captured) and the result of every
        analysis, by id; a result carries the parameters that it was computed with.
    origin : mapping of str to object
        ``libraries``, ``python`` and ``platform`` of the provenance, where the results were
        computed elsewhere, as those of a session file were; empty if they were computed here.
    """

    model: ModelInfo
    experiment: Experiment
    results: Mapping[str, Any]
    origin: Mapping[str, Any] = field(default_factory=dict)

    def files(self) -> dict[str, Table | Arrays]:
        """Return all tables and arrays by the relative path they are written to."""
        files: dict[str, Table | Arrays] = {}
        if "words" in self.results:
            files["rsa/words.csv"] = _words_table(self.results["words"])
        for analysis in ANALYSES:
            if analysis.id in self.results:
                files.update(analysis.module.tables(self.results[analysis.id]))
        return files

    def provenance(self) -> dict[str, Any]:
        """Return everything that is needed to compute the results again.

        As `laminoscope_core.export.provenance.provenance`, with what was ``written`` after the
        prompts and ``measured`` besides.
        """
        from laminoscope_core.run.replay import beyond

        words, text, prompts = (self.results.get(name) for name in CAPTURES)
        token_ids = () if words is None else words.token_ids
        if text is not None:
            token_ids = (*token_ids, text.token_ids)
        if prompts is not None:
            token_ids = (*token_ids, *prompts.token_ids)
        parameters = {
            analysis.id: getattr(self.results[analysis.id], "params", analysis.module.Params())
            for analysis in ANALYSES
            if analysis.id in self.results
        }
        record = provenance(self.model, self.experiment, parameters, token_ids)
        return {**record, **beyond(self), **self.origin}

    def write(self, folder: Path, more: Mapping[str, bytes] | None = None) -> list[Path]:
        """Write all files, each one whole or not at all, and ``provenance.json``.

        Parameters
        ----------
        folder : Path
            Made if it is missing; see `laminoscope_core.export.folder` for one that is not empty.
        more : mapping of str to bytes, optional
            Other files of this run by relative path, as its figures.

        Raises
        ------
        OSError
            The folder cannot be made, or a file not be written.
        """
        contents = {path: file.to_bytes() for path, file in self.files().items()}
        return write_folder(folder, {**contents, **(more or {})}, self.provenance())


def forecast_section(model: Model, experiment: Experiment, section: str) -> "Forecast | None":
    """Return what capturing a section is expected to take; None if the section is absent.

    Raises
    ------
    LaminoscopeError
        As capturing it would: a prompt that is too long, a site that the model does not have.
    """
    from laminoscope_core.recording.plan import forecast_reading
    from laminoscope_core.run.text import forecast_text
    from laminoscope_core.run.words import forecast_words
    from laminoscope_core.sampling.prompts import render_prompt

    if section == "words" and experiment.words is not None:
        return forecast_words(model, experiment.words, _sites(section))
    if section == "text" and experiment.text is not None:
        return forecast_text(model, experiment.text, _sites(section))
    if section == "prompts" and experiment.prompts:
        rendered = [
            render_prompt(model, prompt.text, chat=prompt.chat, system=prompt.system)
            for prompt in experiment.prompts
        ]
        return forecast_reading(model, [len(prompt.token_ids) for prompt in rendered])
    return None


def open_for(model: Model, section: ModelSection) -> bool:
    """Return whether an opened model is the one that a section of an experiment asks for."""
    return (
        model.info.source == section.source
        and section.device in ("auto", model.info.device)
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
        name for name in CAPTURES if getattr(experiment, name) and name in (sections or CAPTURES)
    ]
    if not chosen:
        raise ExperimentError(
            "The experiment has nothing to run.",
            "Give it a [words], a [text] or a [[prompts]] section.",
        )
    results: dict[str, Any] = {}
    for number, section in enumerate(chosen):
        part = job.part(number / len(chosen), (number + 1) / len(chosen))
        analyses = tuple(analysis for analysis in ANALYSES if analysis.section == section)
        activations = CAPTURES[section](model, experiment, _sites(section), part.part(0.0, 0.6))
        results[section] = activations
        if on_result is not None:
            on_result(section, results[section])
        _run_analyses(analyses, results, params or {}, part.part(0.6, 1.0), on_result)
    job.report(1.0, "done")
    return RunResult(model.info, experiment, results)


def depending_on(name: str) -> set[str]:
    """Return the ids of the analyses whose results change with an analysis, or with a section."""
    stale = {analysis.id for analysis in ANALYSES if name in (analysis.id, analysis.section)}
    for analysis in ANALYSES:
        if stale & set(analysis.after):
            stale.add(analysis.id)
    return stale


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
    chosen = tuple(analysis for analysis in ANALYSES if analysis.id in stale)
    kept = {name: result for name, result in results.items() if name not in stale}
    _run_analyses(chosen, kept, params, job, on_result)


def _sites(section: str) -> tuple[str, ...]:
    needed = (analysis.sites for analysis in ANALYSES if analysis.section == section)
    return tuple(dict.fromkeys(site for sites in needed for site in sites))


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
        inputs = Inputs(**{name: results.get(name) for name in CAPTURES}, results=results)
        chosen = params.get(analysis.id) or analysis.module.Params()
        results[analysis.id] = analysis.module.run(inputs, chosen, part)
        if on_result is not None:
            on_result(analysis.id, results[analysis.id])


def _words_table(words: WordActivations) -> Table:
    return Table(
        {
            "index": range(len(words.words)),
            "category": words.categories,
            "word": words.words,
            "n_tokens": words.n_tokens,
            "pieces": ["|".join(pieces) for pieces in words.pieces],
        }
    )
