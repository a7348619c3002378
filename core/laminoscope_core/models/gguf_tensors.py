"""What transformers makes of a GGUF file, held against what the file holds.

transformers passes over tensors that it has no place for without a word.  So values are counted:
a model that holds fewer than its file has lost some.
"""

import re
from pathlib import Path
from typing import Any

import numpy as np

from laminoscope_core.errors import ModelError
from laminoscope_core.models.gguf import GgufHeader

__all__ = ["check_blocks", "unused_of_gguf"]

_BLOCK = re.compile(r"blk\.(\d+)\.")
_FACTORS = "rope_freqs.weight"
_ORIGINAL_LENGTH = 8192  # of every model whose positions are stretched in this way


def check_blocks(header: GgufHeader, name: str) -> None:
    """Refuse a file that holds more or fewer layers than it says.

    Raises
    ------
    ModelError
        Naming both numbers.
    """
    numbers = {int(found[1]) for tensor in header.tensors if (found := _BLOCK.match(tensor))}
    held = max(numbers, default=-1) + 1
    if header.n_blocks is not None and held != header.n_blocks:
        raise ModelError(
            f"{name} says that it has {header.n_blocks:,} layers, and it holds {held:,}.",
            "Fetch the file again, or another file of the model.",
        )


def unused_of_gguf(hf: Any, header: GgufHeader, gguf: Path) -> tuple[str, ...]:
    """Say which tensors of a file its model does not use; refuse those that would count.

    Factors that stretch rotary positions are put into the model's configuration.

    Parameters
    ----------
    hf : transformers.PreTrainedModel
        As transformers made it of the file.

    Raises
    ------
    ModelError
        Without one of them the model computes other numbers.
    """
    distinct = {tensor.data_ptr(): tensor.numel() for tensor in hf.state_dict().values()}
    surplus = header.n_parameters - sum(distinct.values())
    said = []
    left = dict(header.tensors)
    if surplus > 0 and _FACTORS in left:
        surplus -= left.pop(_FACTORS)
        said.append(_stretched(hf, _values(gguf, _FACTORS), gguf))
    further = [name for name in left if _guesses_further(name, left)]
    if surplus > 0 and surplus >= sum(left[name] for name in further) > 0:
        surplus -= sum(left.pop(name) for name in further)
        said.append(f"heads for the tokens after the next one: {len(further):,} tensors")
    biases = [name for name in left if name.endswith(".bias") and left[name] <= max(surplus, 0)]
    if surplus > 0 and biases:
        zero = [name for name in biases if not _values(gguf, name).any()]
        if sum(left[name] for name in zero) >= surplus:
            said.append(f"biases that are all zero: {len(zero):,} tensors ({zero[0]}, …)")
            surplus = 0
    if surplus > 0:
        suspect = next(iter(biases), "") or next(
            (name for name, count in left.items() if count == surplus), ""
        )
        as_in = f", as in {suspect}" if suspect else ""
        raise ModelError(
            f"{gguf.name} holds {header.n_parameters:,} values, and the model that transformers "
            f"makes of it {sum(distinct.values()):,}: some are lost{as_in}, and it would compute "
            "other numbers.",
            "Open the model as a folder with safetensors weights instead.",
        )
    return tuple(filter(None, said))


def _guesses_further(name: str, names: dict[str, int]) -> bool:
    found = _BLOCK.match(name)
    return found is not None and any(other.startswith(f"{found[0]}nextn.") for other in names)


def _values(gguf: Path, name: str) -> Any:
    from gguf import GGUFReader, dequantize

    tensor = next(one for one in GGUFReader(gguf).tensors if one.name == name)
    return dequantize(tensor.data, tensor.tensor_type)


def _stretched(hf: Any, factors: Any, gguf: Path) -> str:
    """Put a file's factors for rotary positions into the configuration, once they are proven."""
    if np.all(factors == 1):
        return "factors of rotary positions that are all one"
    config = hf.config
    theta = (config.rope_parameters or {}).get("rope_theta")
    if isinstance(theta, (int, float)):
        stretching = {
            "rope_type": "llama3",
            "rope_theta": float(theta),
            "factor": float(factors.max()),
            "low_freq_factor": 1.0,
            "high_freq_factor": 4.0,
            "original_max_position_embeddings": _ORIGINAL_LENGTH,
        }
        if np.allclose(_llama3_factors(len(factors), stretching), factors, rtol=1e-4):
            config.rope_parameters = stretching
            return ""
    raise ModelError(
        f"{gguf.name} stretches rotary positions by {_FACTORS} in a way that is not known.",
        "Open the model as a folder with safetensors weights instead.",
    )


def _llama3_factors(n_pairs: int, stretching: dict[str, Any]) -> Any:
    """Return by how much each pair's angle is divided, as Llama 3.1's own code does it."""
    low, high = stretching["low_freq_factor"], stretching["high_freq_factor"]
    length = stretching["original_max_position_embeddings"]
    wave = 2 * np.pi * stretching["rope_theta"] ** (np.arange(n_pairs) / n_pairs)
    smooth = np.clip((length / wave - low) / (high - low), 0, 1)
    return 1 / ((1 - smooth) / stretching["factor"] + smooth)
