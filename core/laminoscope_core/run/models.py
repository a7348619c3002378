"""The words of an experiment as other models read them, one model after the other."""

from collections.abc import Sequence
from dataclasses import replace

from laminoscope_core.analysis.inputs import OtherModel, OtherModels, WordActivations
from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import Experiment, WordsSection
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models.foreseen import Foreseen, foresee
from laminoscope_core.models.memory import gigabytes, let_go
from laminoscope_core.models.model import Model
from laminoscope_core.recording.plan import MOST_BYTES, MOST_TOKENS, Forecast
from laminoscope_core.run.words import capture_words, forecast_words

__all__ = ["capture_models", "forecast_models"]

_EMBEDDING = "embedding"
_ROWS = 2
"""Rows of a sentence that are kept while it is read: the word's and the context token's."""


def capture_models(
    model: Model, asked: Experiment, sites: Sequence[str], job: Job | None = None
) -> OtherModels:
    """Read the words of an experiment with the other models that it names.

    Each is opened beside the model of the experiment, on the same device, and let go of before
    the next one is.  One that cannot be opened, or cannot read the words, has a reason.

    Parameters
    ----------
    model : Model
        The experiment's own, which stays open.
    asked : Experiment
        With words.
    sites : sequence of str
        What is compared, beside the embedding.
    job : Job, optional
        Told of every step; cancels it.

    Raises
    ------
    ExperimentError, CaptureError
        The experiment's own model cannot read the words.
    Cancelled
        The job was cancelled.
    """
    job = job or Job()
    words, sources = asked.words, asked.rsa.models
    assert words is not None
    own = _comparing(tuple(sites), _read(model, words, (_EMBEDDING,), job.part(0.0, 0.1)))
    parts = job.part(0.1, 1.0).parts(len(sources))
    found = [
        _of_source(source, model, asked, tuple(sites), part)
        for source, part in zip(sources, parts, strict=True)
    ]
    return OtherModels(own, tuple(found))


def _of_source(
    source: str, model: Model, asked: Experiment, sites: tuple[str, ...], job: Job
) -> OtherModel:
    if source == model.info.source:
        return OtherModel(source, None, f"{source} is the model of the experiment itself")
    try:
        return OtherModel(source, _read_by(source, model.info.device, asked, sites, job))
    except Cancelled:
        raise
    except LaminoscopeError as error:
        return OtherModel(source, None, f"{source}: {error}")
    finally:
        let_go()  # the next one needs the memory


def _read_by(
    source: str, device: str, asked: Experiment, sites: tuple[str, ...], job: Job
) -> WordActivations:
    """Open a model, have it read the words, and let go of it."""
    from laminoscope_core.models.load import open_model

    assert asked.words is not None
    other = open_model(source, device, asked.model.dtype, job=job.part(0.0, 0.7))
    job.report(0.7, f"Reading the words with {other.info.title}")
    kept = tuple(dict.fromkeys((*sites, _EMBEDDING)))
    return _comparing(sites, _read(other, asked.words, kept, job.part(0.7, 1.0)))


def _comparing(sites: tuple[str, ...], words: WordActivations) -> WordActivations:
    """Return what was read as what is compared at some sites; the embedding is kept besides."""
    others = tuple(_comparing(sites, each) for each in words.others)
    return replace(words, sites=sites, others=others)


def _read(model: Model, words: WordsSection, sites: tuple[str, ...], job: Job) -> WordActivations:
    """Return what the words activate at some sites, without the context token."""
    return _without_context(capture_words(model, words, sites, job, besides=()))


def _without_context(words: WordActivations) -> WordActivations:
    context = {site: rows[:0] for site, rows in words.context.items()}
    others = tuple(_without_context(each) for each in words.others)
    return replace(words, context=context, others=others)


def forecast_models(model: Model, asked: Experiment, sites: Sequence[str]) -> Forecast:
    """Forecast the memory of `capture_models`, whose arguments these are.

    What a model takes that is still to be fetched counts as far as the catalogue knows it.

    Raises
    ------
    ExperimentError, CaptureError
        As `capture_models`.
    """
    words = asked.words
    assert words is not None
    own = forecast_words(model, words, (_EMBEDDING,), besides=())
    n_sentences = len(words.words) * len(words.sentences)
    longest = max(map(len, words.sentences)) + max(map(len, words.words))  # a token a character
    n_tokens = min(longest * len(words.words), MOST_TOKENS)
    most, kept, advice = 0, 0, own.advice
    for source in asked.rsa.models:
        if source == model.info.source:
            continue  # it is not opened again
        try:
            found = foresee(source, model.info.device, asked.model.dtype)
        except LaminoscopeError:
            continue  # its reason is given in the place of its numbers
        if found is None:
            continue
        batch = 4 * n_tokens * (8 * found.d_model + 3 * found.d_inner)
        most = max(most, found.weights + min(batch, MOST_BYTES))
        kept += 4 * _ROWS * n_sentences * _values(found, sites)
        if found.weights > own.budget and not advice:
            advice = (
                f"{source} takes {gigabytes(found.weights)} beside the open model; "
                f"{model.info.device} has {gigabytes(own.budget)} free."
            )
    in_memory = kept * model.info.device.startswith("cpu")
    return replace(own, kept=own.kept + kept, peak=own.peak + most + in_memory, advice=advice)


def _values(found: Foreseen, sites: Sequence[str]) -> int:
    """Return at most how many values of a word are kept."""
    each = max(found.d_model, found.d_heads)
    return found.d_model + len(sites) * found.n_layers * each
