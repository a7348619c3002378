"""From a configuration that we have cleaned to transformers' model, with nothing left to guess."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from laminoscope_core.errors import ModelError
from laminoscope_core.models.foreign import foreign_errors
from laminoscope_core.models.headers import StoredTensor
from laminoscope_core.models.steering import clean_config, clean_token_ids

if TYPE_CHECKING:
    from transformers import PreTrainedConfig, PreTrainedModel

__all__ = [
    "check_counts",
    "check_size",
    "class_of",
    "configuration_of",
    "n_values_of",
    "other_shape",
]

# What a configuration counts out, one by one, when it is read or built.
_COUNTED = (
    (re.compile(r"\w*(layers?|blocks|depth)"), 1 << 10),
    (re.compile(r"\w*experts"), 1 << 13),
    (re.compile(r"\w*(heads|groups|codebooks|streams)"), 1 << 14),
)
_LAYERS = ("num_hidden_layers", "n_layer", "n_layers", "num_layers")
_ROOM = 1 << 24  # values that a model makes itself, as tables of positions


def check_counts(
    config: Mapping[str, Any], tensors: Mapping[str, StoredTensor], title: str
) -> None:
    """Refuse a configuration that counts more parts than a model has, or than its files hold.

    Raises
    ------
    ModelError
        More layers than tensors, or more of anything than any published model has.
    """
    for key, count in _counts(config):
        limit = next((most for form, most in _COUNTED if form.fullmatch(key)), None)
        if limit is not None and count > limit:
            raise ModelError(
                f"The configuration of {title} gives {key} as {count:,}; no model has more than "
                f"{limit:,}.",
                "Its config.json is damaged, or not a model's; fetch it again.",
            )
    text = config.get("text_config")
    decoder = text if isinstance(text, dict) else config
    for key in _LAYERS:
        layers = decoder.get(key)
        if type(layers) is int and layers > len(tensors):
            raise ModelError(
                f"The configuration of {title} says that it has {layers:,} layers, and its files "
                f"hold {len(tensors):,} tensors.",
                "They belong to another model, or are not all there; fetch the model again.",
            )


def _counts(config: Any) -> list[tuple[str, int]]:
    found = []
    nested = [config]
    while nested:
        one = nested.pop()
        for key, value in one.items() if isinstance(one, Mapping) else (("", v) for v in one):
            if isinstance(value, (dict, list)):
                nested.append(value)
            elif type(value) is int:
                found.append((key, value))
    return found


def check_size(n_values: int, tensors: Mapping[str, StoredTensor], title: str) -> None:
    """Refuse a model that is far larger than what its files hold.

    Parameters
    ----------
    n_values : int
        Of all parameters and tables of the model that the configuration describes.

    Raises
    ------
    ModelError
        Its missing tensors would be made up, which takes the memory and time of what is claimed.
    """
    held = sum(tensor.n_values for tensor in tensors.values())
    # Tied tensors are stored once, so that twice as many may be right.
    if n_values > 2 * held + _ROOM:
        raise ModelError(
            f"The configuration of {title} describes a model of {n_values:,} values, and its files "
            f"hold {held:,}.",
            "They belong to another model, or are not all there; fetch the model again.",
        )


def configuration_of(config: Mapping[str, Any], title: str) -> "PreTrainedConfig":
    """Return transformers' configuration of what a folder's ``config.json`` says.

    Raises
    ------
    ModelError
        transformers does not know the model type, or does not accept the values.
    """
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING
    from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES

    kind = config["model_type"]
    if kind not in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES:
        raise ModelError(
            f"{title} has the model type {kind!r}, which transformers does not know as a "
            "causal language model.",
            "Models that bring their own code are not opened.",
        )
    with foreign_errors(f"{title} cannot be opened", "Fetch the model again."):
        made: PreTrainedConfig = CONFIG_MAPPING[kind].from_dict(
            clean_token_ids(clean_config(dict(config)))
        )
    return made


def class_of(config: "PreTrainedConfig") -> "tuple[type[PreTrainedModel], PreTrainedConfig]":
    """Return the class of a configuration's causal model, and the configuration that it takes."""
    from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING

    known = MODEL_FOR_CAUSAL_LM_MAPPING[type(config)]
    classes = list(known) if isinstance(known, (tuple, list)) else [known]
    named = config.architectures or []
    chosen = next((one for one in classes if one.__name__ in named), classes[0])
    # The decoder alone of a model that also sees or hears.
    decoder = config.sub_configs.get("text_config")
    if decoder is not None and chosen.config_class is decoder:
        config = config.get_text_config()
    return chosen, config


def other_shape(config: "PreTrainedConfig", tensors: Mapping[str, StoredTensor]) -> str:
    """Say which tensor is the first whose shape is not the model's.

    Nothing where that cannot be told, since the model has its tensors by other names.
    """
    import torch

    chosen, config = class_of(config)
    with torch.device("meta"):
        wanted = chosen._from_config(config).state_dict()
    prefix = f"{chosen.base_model_prefix}."
    for name, tensor in wanted.items():
        held = tensors.get(name) or tensors.get(name.removeprefix(prefix))
        if held is not None and tuple(held.shape) != tuple(tensor.shape):
            return f"The tensor {name} is {_by(held.shape)}, not {_by(tensor.shape)}."
    return ""


def _by(shape: Sequence[int]) -> str:
    return " × ".join(map(str, shape)) or "scalar"


def n_values_of(config: Mapping[str, Any], title: str) -> int:
    """Return how many values the model of a configuration has, building it without memory.

    Tables that it makes itself count; tied tensors count once.

    Raises
    ------
    ModelError
        As `configuration_of`, or the model cannot be built.
    """
    import torch

    made = configuration_of(config, title)
    with foreign_errors(f"{title} cannot be opened", "Fetch the model again."):
        chosen, made = class_of(made)
        with torch.device("meta"):
            hf = chosen._from_config(made, dtype=torch.float32)
        tensors = [*hf.parameters(), *hf.buffers()]
    return sum(tensor.numel() for tensor in tensors)
