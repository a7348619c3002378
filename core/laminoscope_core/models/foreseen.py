"""What opening a model will take, known before it is opened."""

from dataclasses import dataclass
from typing import Any

from laminoscope_core.job import Job
from laminoscope_core.models.building import configuration_of
from laminoscope_core.models.catalog import catalog
from laminoscope_core.models.devices import choose_device, choose_dtype
from laminoscope_core.models.folder import check_config, read_config
from laminoscope_core.models.headers import read_tensors
from laminoscope_core.models.load import find_model
from laminoscope_core.models.memory import weights_of
from laminoscope_core.models.source import resolve

__all__ = ["Foreseen", "foresee"]


@dataclass(frozen=True)
class Foreseen:
    """A model that is not open.

    Attributes
    ----------
    source : str
    weights : int
        Bytes that opening it takes.
    n_layers, d_model, d_heads, d_inner : int
        Blocks, width of the residual stream, of all its query heads, and of the MLP; 0 where only
        its size is known.
    """

    source: str
    weights: int
    n_layers: int = 0
    d_model: int = 0
    d_heads: int = 0
    d_inner: int = 0


def foresee(source: str, device: str, dtype: str) -> Foreseen | None:
    """Return what opening a model will take; None if that is not known before it is fetched.

    Nothing is fetched or converted.

    Raises
    ------
    ModelError
        There is no such model, its files cannot be used, or there is no such device.
    """
    resolved = resolve(source)
    located = find_model(resolved, Job())
    if located is None:
        entry = catalog().get(source)
        return None if entry is None else Foreseen(source, 4 * entry.parameters)
    config = read_config(located.folder)
    model_type = check_config(config, located.title)
    weights = weights_of(read_tensors(located.folder).values())
    precision = choose_dtype(dtype, choose_device(device), weights.dtype, model_type)
    decoder = configuration_of(config, located.title).get_text_config(decoder=True)
    d_model = _whole(decoder, "hidden_size")
    heads = _whole(decoder, "num_attention_heads")
    return Foreseen(
        source,
        weights.to_load(precision),
        _whole(decoder, "num_hidden_layers"),
        d_model,
        heads * (_whole(decoder, "head_dim") or d_model // max(heads, 1)),
        _whole(decoder, "intermediate_size") or 4 * d_model,
    )


def _whole(config: Any, name: str) -> int:
    value = getattr(config, name, None)
    if isinstance(value, (list, tuple)):  # of each layer
        value = max(value, default=0)
    return value if isinstance(value, int) else 0
