"""What is worth saying about an experiment before it is run on a model, though it can be run."""

from collections.abc import Iterator

from laminoscope_core.experiment import Experiment
from laminoscope_core.models.encoding import doubled_start, encode_text
from laminoscope_core.models.model import Model

__all__ = ["prompt_remark", "remarks"]


def remarks(model: Model, experiment: Experiment, section: str) -> tuple[str, ...]:
    """Return sentences for the person who runs a section; usually none.

    Raises
    ------
    ExperimentError, ModelError
        The tokenizer cannot read a text.
    """
    found = (prompt_remark(model, text) for text in _texts(experiment, section))
    return tuple(dict.fromkeys(remark for remark in found if remark))


def prompt_remark(model: Model, text: str) -> str:
    """Return what is to be said about a text as the model reads it; "" if nothing is.

    Raises
    ------
    ExperimentError, ModelError
        The tokenizer cannot read the text.
    """
    if model.tokenizer is None:
        return ""
    twice = doubled_start(encode_text(model.tokenizer, text))
    if not twice:
        return ""
    return (
        f"What was typed begins with {twice}, and the tokenizer adds one: the model reads it "
        "twice. Remove the typed one."
    )


def _texts(experiment: Experiment, section: str) -> Iterator[str]:
    if section == "words" and experiment.words is not None:
        words = experiment.words
        yield words.carrier.replace("{word}", words.words[0])
    elif section == "text" and experiment.text is not None:
        yield experiment.text.content
    elif section == "inside" and experiment.inside is not None:
        yield experiment.inside.content
    elif section == "prompts":  # a template writes its own start token
        yield from (prompt.text for prompt in experiment.prompts if not prompt.chat)
