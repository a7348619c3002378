"""What to sweep: an experiment, models, carrier sentences and word lists, read from TOML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, field_validator

from laminoscope_core.errors import ExperimentError
from laminoscope_core.experiment import Experiment, WordsSection
from laminoscope_core.models.catalog import catalog
from laminoscope_core.sampling.named import check_chains
from laminoscope_core.section import Section, as_tuple, problems, whole
from laminoscope_core.text import visible_text
from laminoscope_core.text_files import read_bytes, read_text, toml_content
from laminoscope_core.word_lists import LARGEST, read_word_list
from laminoscope_resources import experiment_names, sample_experiment

__all__ = ["OWN_WORDS", "Sweep", "SweepFile", "read_sweep", "read_sweep_file", "safe_name"]

OWN_WORDS = "words"
"""The list of the experiment's own words."""
_MOST_MODELS = 1000
_LARGEST = 2**20
_SAFE = re.compile(r"[a-z0-9][a-z0-9._-]{0,47}(?<![.])")
_HASHED = re.compile(r".*-[0-9a-f]{8}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


class SweepFile(Section):
    """The content of a sweep file.

    Attributes
    ----------
    experiment : str
        The name of a sample experiment, or a file.
    models : tuple of str
        Catalog names, hub ids, folders and .gguf files.
    carriers : tuple of str
        Sentences for the words; without them those of the experiment.
    lists : dict of str to str
        Files with words by the names of the lists, instead of the experiment's words.
    """

    experiment: str = Field(min_length=1)
    models: Annotated[tuple[str, ...], BeforeValidator(as_tuple)]
    carriers: Annotated[tuple[str, ...], BeforeValidator(as_tuple)] = ()
    lists: dict[str, str] = Field(default_factory=dict)

    @field_validator("models")
    @classmethod
    def _some_models(cls, models: tuple[str, ...]) -> tuple[str, ...]:
        if not models:
            raise ValueError("there are no models")
        if len(models) > _MOST_MODELS:
            raise ValueError(f"there are {len(models)} models; {_MOST_MODELS} are the most")
        for number, model in enumerate(models):
            whole(model, f"the model {model!r}")
            if not model.strip():
                raise ValueError("a model has an empty name")
            if model in models[:number]:
                raise ValueError(f"the model {model!r} appears twice")
        return models

    @field_validator("lists")
    @classmethod
    def _named_lists(cls, lists: dict[str, str]) -> dict[str, str]:
        for name, file in lists.items():
            whole(name, f"the list {name!r}")
            if not name.strip():
                raise ValueError("a list has an empty name")
            if not file.strip():
                raise ValueError(f"the list {name!r} names no file")
        return lists


@dataclass(frozen=True)
class Sweep:
    """A sweep file with all that it names, but for the models.

    Attributes
    ----------
    text : str
        The file as it stands.
    models : tuple of str
        As the file names them.
    sources : tuple of str
        What each of them is opened by: files are named from the root.
    experiment : Experiment
        With the carrier sentences of the sweep.
    lists : mapping of str to WordsSection
        The words by the names of their lists; empty if there are none.
    """

    text: str
    models: tuple[str, ...]
    sources: tuple[str, ...]
    experiment: Experiment
    lists: Mapping[str, WordsSection]


def read_sweep(path: str | Path) -> Sweep:
    """Read a sweep file and what it names; paths in it start from its folder.

    Raises
    ------
    ExperimentError
        It is not valid, or a file that it names is not; the place in the file is named.
    """
    path = Path(path)
    shown = visible_text(str(path), spaces=False)
    text, file = read_sweep_file(path)
    beside = path.parent
    experiment = _experiment(file.experiment, beside, shown)
    words = _words(file, experiment, shown)
    lists = {} if words is None else {OWN_WORDS: words}
    if file.lists:
        lists = {
            name: _list(name, beside / given, file, words, shown)
            for name, given in file.lists.items()
        }
    # a cell is one model, and the sweep compares them all
    rsa = experiment.rsa.model_copy(update={"models": ()})
    return Sweep(
        text,
        file.models,
        tuple(_source(model, beside) for model in file.models),
        experiment.model_copy(update={"words": words, "rsa": rsa}),
        lists,
    )


def read_sweep_file(path: Path) -> tuple[str, SweepFile]:
    """Read a sweep file alone, nothing that it names; return its text and what that says.

    Raises
    ------
    ExperimentError
        It is not valid; the place in the file is named.
    """
    shown = visible_text(str(path), spaces=False)
    text = read_text(path, _LARGEST)
    try:
        return text, SweepFile.model_validate(toml_content(text, shown))
    except ValidationError as error:
        raise _invalid(shown, problems(error)) from None


def safe_name(text: str) -> str:
    """Return a name for a folder: the text itself if every file system can have it.

    Else it is what can stay of it with a hash, so that different texts have different names, also
    where capitals do not count.

    Examples
    --------
    >>> safe_name("smollm2-135m"), safe_name("EleutherAI/pythia-70m")
    ('smollm2-135m', 'eleutherai-pythia-70m-19ca3152')
    """
    if _SAFE.fullmatch(text) and not _RESERVED.fullmatch(text) and not _HASHED.fullmatch(text):
        return text
    kept = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[-40:].strip("-")
    return f"{kept or 'x'}-{sha256(text.encode()).hexdigest()[:8]}"


def _invalid(shown: str, what: str) -> ExperimentError:
    return ExperimentError(f"{shown} is not valid: {what}.", "Correct it and try again.")


def _experiment(name: str, beside: Path, shown: str) -> Experiment:
    if name in experiment_names():
        return Experiment.from_text(sample_experiment(name), name)
    if not (beside / name).exists():
        samples = ", ".join(experiment_names())
        raise ExperimentError(
            f"{shown} is not valid: experiment: there is no file {beside / name}.",
            f"Sample experiments: {samples}.",
        )
    experiment = Experiment.from_file(beside / name)
    check_chains(experiment.sampling, visible_text(str(beside / name), spaces=False))
    return experiment


def _words(file: SweepFile, experiment: Experiment, shown: str) -> WordsSection | None:
    """Return the words of the experiment in the carrier sentences of the sweep."""
    words = experiment.words
    if words is None:
        if file.carriers and not file.lists:
            raise _invalid(shown, "carriers: the experiment has no words, and there are no lists")
        return None
    return _changed(words, {}, file, shown, "carriers")


def _list(
    name: str, path: Path, file: SweepFile, words: WordsSection | None, shown: str
) -> WordsSection:
    """Return the words of a list in the place of the experiment's."""
    where = f"lists.{name}"
    try:
        found = read_word_list(read_bytes(path, LARGEST), path.name)
    except ExperimentError as error:
        raise ExperimentError(
            f"{shown} is not valid: {where}: {error.message}", error.hint
        ) from None
    categories: dict[str, tuple[str, ...]] = {}
    for category, word in found.rows:
        categories[category] = (*categories.get(category, ()), word)
    return _changed(words, {"categories": categories}, file, shown, where)


def _changed(
    words: WordsSection | None, update: dict[str, Any], file: SweepFile, shown: str, where: str
) -> WordsSection:
    content = {} if words is None else words.model_dump()
    if file.carriers:
        content |= {"carrier": file.carriers[0], "carriers": file.carriers}
    try:
        return WordsSection.model_validate({**content, **update})
    except ValidationError as error:
        raise _invalid(shown, f"{where}: {problems(error)}") from None


def _source(model: str, beside: Path) -> str:
    """Return what a model is opened by: a file or folder beside the sweep file, or its name."""
    if model.lower() in catalog():
        return model
    try:
        is_path = model.startswith(".") or (beside / model).exists()
    except (OSError, ValueError):  # too long, or a NUL; it is refused where it is opened
        is_path = False
    return str((beside / model).absolute()) if is_path else model
