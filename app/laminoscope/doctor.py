"""What the command ``doctor`` says: of what is installed, of a model, and of an experiment."""

import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from laminoscope.jobs.measures import measure_of_analyses, measure_of_capture
from laminoscope.terminal import say, tell
from laminoscope_core.analysis.registry import ANALYSES, plain
from laminoscope_core.experiment import Experiment
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model

__all__ = ["describe_installation", "describe_run", "expected_seconds", "sample_of", "verify_model"]

_WORDS, _CHARACTERS, _PROMPTS, _TIMES = 24, 400, 3, 50
"""Of a sample: words, characters of a text, prompts, and relabellings or resamples."""


def describe_installation() -> None:
    """Say which versions there are, where the cache is, what torch is for, and which devices."""
    from laminoscope import torch_build
    from laminoscope_core.export.provenance import library_versions
    from laminoscope_core.models.devices import available_devices
    from laminoscope_core.paths import cache_folder

    tell(f"python       {sys.version.split()[0]}")
    for name, version in library_versions().items():
        tell(f"{name:<12} {version}")
    folder = cache_folder()
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    tell(f"cache        {folder} ({size / 1e6:.0f} MB)")
    torch = torch_build.find(torch_build.look())
    tell(f"torch is     {torch.build}")
    tell(f"GPU          {torch.gpu}")
    if torch.change:
        tell(f"to change it {torch.change}")
    for found in available_devices():
        tell(f"device       {found.name}: {found.title}")


def verify_model(opened: Model, job: Job) -> int:
    """Say what a model is and whether captures of it are exact; return the exit status."""
    from laminoscope_core.recording.verify import verify

    found = verify(opened, job)
    say("")
    info = opened.info
    tell(f"model        {info.title} ({info.model_type}), {info.revision}")
    tell(f"on           {info.device}, {info.dtype}, attention by {info.attention_kernel}")
    for check in found.checks:
        tell(f"{'ok' if check.passed else 'DIFFERS':<12} {check.name}: {check.detail}")
    for site, reason in found.missing.items():
        tell(f"not there    {site}: {reason}")
    for unused in found.unused:
        tell(f"not used     {unused}")
    tell(found.summary)
    return 0 if found.verified else 1


def describe_run(model: Model, experiment: Experiment, job: Job) -> int:
    """Say what an experiment will take of memory, disk and time; return the exit status.

    Time is of a sample that is run twice, the second time counting, by as much as there is more
    to read, to compare and to relabel; nothing else is run.
    """
    from laminoscope_core.models.memory import gigabytes
    from laminoscope_core.run.sections import SECTIONS, forecast_section

    forecasts = {
        name: found
        for name in SECTIONS
        if (found := forecast_section(model, experiment, name)) is not None
    }
    seconds = expected_seconds(model, experiment, job)
    say("")
    peak = max(found.peak for found in forecasts.values())
    budget = min(found.budget for found in forecasts.values())
    mapped = sum(found.mapped for found in forecasts.values())
    for name, found in forecasts.items():
        tell(f"{name:<12} {gigabytes(found.peak)} of memory, {found.n_batches} passes or more")
    tell(f"memory       {gigabytes(peak)} at most; {gigabytes(budget)} are free now")
    tell(f"disk         {gigabytes(mapped)} while it runs, beside what is written")
    slowest = sorted(seconds, key=lambda name: -seconds[name])[:5]
    for name in slowest:
        tell(f"time         {name}: about {_duration(seconds[name])}")
    tell(f"time         about {_duration(sum(seconds.values()))} in all")
    advice = [found.advice for found in forecasts.values() if found.advice]
    for each in dict.fromkeys(advice):
        tell(f"too large    {each}")
    return 1 if advice else 0


def sample_of(experiment: Experiment) -> Experiment:
    """Return an experiment of the same kind with few words, short texts and few prompts."""
    changes: dict[str, Any] = {"prompts": experiment.prompts[:_PROMPTS]}
    if (words := experiment.words) is not None:
        each = max(_WORDS // len(words.categories), 2)
        few = {name: members[:each] for name, members in words.categories.items()}
        changes["words"] = words.model_copy(update={"categories": few})
    if (text := experiment.text) is not None:
        changes["text"] = text.model_copy(update={"content": text.content[:_CHARACTERS]})
    return experiment.model_copy(update=changes)


def expected_seconds(
    model: Model, experiment: Experiment, job: Job | None = None
) -> dict[str, float]:
    """Return about how many seconds each part of a run takes here, by the name of its result.

    Parameters
    ----------
    model : Model
    experiment : Experiment
    job : Job, optional
        Told of the samples; can be cancelled.
    """
    from laminoscope_core.run.run import asked_params, run_experiment

    job = job or Job()
    sample = sample_of(experiment)
    own = {plain(a.id): a.module.Params() for a in ANALYSES if not a.asked}
    params = own | asked_params(experiment)
    few = {name: _with_few(chosen) for name, chosen in params.items()}
    run_experiment(model, sample, params=few, job=job.part(0.0, 0.6))  # imports what it needs
    taken: dict[str, float] = {}
    last = time.perf_counter()

    def note(name: str, _result: object) -> None:
        nonlocal last
        now = time.perf_counter()
        taken[name] = taken.get(name, 0.0) + now - last
        last = now

    run_experiment(model, sample, params=few, job=job.part(0.6, 1.0), on_result=note)
    return {
        name: seconds * _units(name, experiment, params) / _units(name, sample, few)
        for name, seconds in taken.items()
    }


def _with_few(params: Any) -> Any:
    """Return parameters of an analysis with few relabellings and resamples, if it has any."""
    counts = ("n_permutations", "n_resamples")
    changes = {name: _TIMES for name in counts if getattr(params, name, 0) != 0}
    return replace(params, **changes)


def _units(name: str, experiment: Experiment, params: Mapping[str, Any]) -> float:
    from laminoscope_core.run.sections import SECTIONS

    if name in SECTIONS:
        return measure_of_capture(experiment, name).units
    return measure_of_analyses([name], experiment, params).units


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
