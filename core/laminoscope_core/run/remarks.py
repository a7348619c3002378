"""What is worth saying about an experiment before it is run on a model, though it can be run."""

from collections.abc import Iterator

from laminoscope_core.experiment import Experiment
from laminoscope_core.models.encoding import doubled_start, encode_text
from laminoscope_core.models.left_out import left_out
from laminoscope_core.models.memory import gigabytes
from laminoscope_core.models.model import Model
from laminoscope_core.models.offload import brought_bytes
from laminoscope_core.text import visible_text

__all__ = ["prompt_remark", "remarks"]

_MOST_NAMED = 5


def remarks(model: Model, experiment: Experiment, section: str) -> tuple[str, ...]:
    """Return sentences for the person who runs a section; usually none.

    Raises
    ------
    ExperimentError, ModelError
        The tokenizer cannot read a text.
    """
    found = [prompt_remark(model, text) for text in _texts(experiment, section)]
    brought = brought_bytes(model.hf)
    if found and brought:
        found.append(
            f"{gigabytes(brought)} of the model's weights are not on its device and are brought "
            "anew in every pass, which takes its time."
        )
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
    encoded = encode_text(model.tokenizer, text)
    said = []
    if twice := doubled_start(encoded):
        said.append(
            f"What was typed begins with {twice}, and the tokenizer adds one: the model reads it "
            "twice. Remove the typed one."
        )
    left = left_out(model.tokenizer, text, encoded)
    if names := _named(left.characters):
        said.append(
            f"The tokenizer leaves out {names} in places: the model reads the text as if it were "
            "not there."
        )
    if names := _named(left.as_spaces):
        said.append(f"The tokenizer reads {names} as a plain space.")
    return " ".join(said)


def _named(characters: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{visible_text(character)}”" for character in characters[:_MOST_NAMED])
    return shown + (", …" if len(characters) > _MOST_NAMED else "")


def _texts(experiment: Experiment, section: str) -> Iterator[str]:
    if section == "words" and experiment.words is not None:
        words = experiment.words
        for carrier in words.sentences:
            yield from (carrier.replace("{word}", word) for word in words.words)
    elif section == "text" and experiment.text is not None:
        yield experiment.text.content
    elif section == "inside" and experiment.inside is not None:
        yield from filter(None, (experiment.inside.content, experiment.inside.against))
    elif section == "prompts":  # a template writes its own start token
        yield from (prompt.text for prompt in experiment.prompts if not prompt.chat)
