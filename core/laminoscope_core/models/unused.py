"""Tensors that lie in a model's files and are not part of the model that is opened.

What cannot change a number is said; what can, stops the opening.  Harmless are tables that the
model makes itself, once they have been found to be the ones that it makes; parts that a text
never passes through; and biases that are zero.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope_core.errors import ModelError
from laminoscope_core.models.headers import StoredTensor, indexed_files, weight_files

if TYPE_CHECKING:
    from transformers import PreTrainedModel

__all__ = ["check_kinds", "check_repeated", "other_files", "unused_tensors"]

_MASK = re.compile(r"(^|\.)(attn|attention|self_attn|self_attention|crossattention)\.bias")
_MASKED_BIAS = re.compile(r"(^|\.)(attn|attention|self_attn|crossattention)\.masked_bias")
_ROTARY = re.compile(r"(^|\.)(original_)?inv_freq")
_POSITIONS = re.compile(r"(^|\.)position_ids")
_SENSES = re.compile(
    r"(^|\.)(visual|vision\w*|image\w*|img\w*|audio\w*|speech\w*|video\w*|embed_(vision|audio)"
    r"|multi_?modal\w*|mm_\w+|perceiver\w*|q_?former\w*|talker|token2wav|code2wav|resampler"
    r"|aligner|connector)\."
)
_FURTHER_TOKENS = re.compile(r"(^|\.)(mtp\w*|nextn\w*)\.")
_OTHER_TASKS = re.compile(
    r"(v_head|value_head|reward_head|score|classifier|classification_head|qa_outputs"
    r"|cls\.seq_relationship|(\w+\.)?pooler)\."
)
# A block that guesses the token after the next one, published as one layer more.
_GUESSES = re.compile(r"\.(eh_proj|enorm|hnorm|shared_head|embed_tokens|mtp\w*)\.")
_LAYER = re.compile(r"((?:.*?\.)?(?:layers|blocks|h)\.(\d+))\.")
_QUANTISED = re.compile(
    r"(qweight|qzeros|scales?|g_idx|weight_(scale\w*|packed|shape|zero_point)|input_scale|absmax"
    r"|SCB|quant_map|quant_state\w*|nested_\w+|zero_point)"
)
_NARROW = ("I8", "U8", "F8_E4M3", "F8_E5M2", "F8_E8M0")
_FLOATING = ("F16", "BF16", "F32", "F64")


def check_kinds(tensors: Mapping[str, StoredTensor], title: str) -> None:
    """Refuse weights that are whole numbers or eight bits wide: nothing says how to read them.

    Raises
    ------
    ModelError
        Read as they stand they would be other numbers.
    """
    strange = [
        name
        for name, tensor in tensors.items()
        if tensor.kind not in _FLOATING
        and (tensor.kind in _NARROW or name.endswith((".weight", ".bias")))
        and not _may_be_whole(name, tensor)
    ]
    if strange:
        raise ModelError(
            f"{title} holds {len(strange)} tensors of the type {tensors[strange[0]].kind}, the "
            f"first is {strange[0]}, and its configuration does not say how they are quantised.",
            "Open an unquantised version of the model, or a .gguf file.",
        )


def _may_be_whole(name: str, tensor: StoredTensor) -> bool:
    return bool(
        (_MASK.search(name) and _is_square(tensor))
        or _POSITIONS.search(name)
        or _SENSES.search(name)
        or name.endswith("num_batches_tracked")
    )


def _is_square(tensor: StoredTensor) -> bool:
    """Whether it has the shape of a mask over positions, (1, 1, n, n) or (n, n)."""
    shape = tensor.shape
    return len(shape) in (2, 4) and shape[-1] == shape[-2] and set(shape[:-2]) <= {1}


def check_repeated(names: Iterable[str], prefix: str, title: str) -> None:
    """Refuse files that hold a tensor under two names that mean the same one.

    Parameters
    ----------
    prefix : str
        What the family's names may begin with or not, as ``"model"`` in ``model.norm.weight``.
    """
    names = set(names)
    if twice := sorted(name for name in names if f"{prefix}.{name}" in names):
        raise ModelError(
            f"The files of {title} hold {twice[0]} and {prefix}.{twice[0]}, which are the same "
            "tensor by two names.",
            "Fetch the model again.",
        )


def unused_tensors(
    hf: "PreTrainedModel",
    unexpected: Iterable[str],
    tensors: Mapping[str, StoredTensor],
    title: str,
) -> tuple[str, ...]:
    """Say which tensors of the files are not part of the model; refuse those that would count.

    Parameters
    ----------
    hf : PreTrainedModel
        As it was opened.
    unexpected : iterable of str
        Names for which transformers had no place.
    tensors : mapping
        All that the files hold.

    Returns
    -------
    tuple of str
        One sentence for each kind of harmless tensor.

    Raises
    ------
    ModelError
        Without one of them the model computes other numbers.
    """
    unplaced = sorted({*unexpected, *_passed_over(hf, tensors)})
    kinds: dict[str, list[str]] = {}
    counting = []
    for name in unplaced:
        what = _harmless(name, hf, tensors)
        if what:
            kinds.setdefault(what, []).append(name)
        else:
            counting.append(name)
    if counting:
        raise _refusal(counting, hf, title)
    return tuple(
        f"{what}: {len(names):,} {'tensors' if len(names) > 1 else 'tensor'} ({names[0]}"
        f"{', …' if len(names) > 1 else ''})"
        for what, names in sorted(kinds.items())
    )


def _passed_over(hf: "PreTrainedModel", tensors: Mapping[str, StoredTensor]) -> list[str]:
    """Return what the family's class leaves out without a word."""
    patterns = list(getattr(hf, "_keys_to_ignore_on_load_unexpected", None) or ())
    patterns += [_ROTARY.pattern + "$", _POSITIONS.pattern + "$"]
    ignored = re.compile("|".join(f"({pattern})" for pattern in patterns))
    there = set(hf.state_dict())
    prefix = f"{hf.base_model_prefix}."
    return [
        name
        for name in tensors
        if ignored.search(name) and not {name, prefix + name, name.removeprefix(prefix)} & there
    ]


def _harmless(name: str, hf: "PreTrainedModel", tensors: Mapping[str, StoredTensor]) -> str:
    """Return what a tensor without a place is, if it cannot change a number; else nothing."""
    stored = _stored(name, hf, tensors)
    if _SENSES.search(name):
        return "parts for images or sound, which text does not pass through"
    if _OTHER_TASKS.match(name):
        return "heads for other tasks"
    if _FURTHER_TOKENS.search(name) or _guesses_further(name, hf, tensors):
        return "heads for the tokens after the next one"
    if name.endswith("num_batches_tracked") or _POSITIONS.search(name):
        return "counters"
    if stored is None:
        return ""
    full, tensor = stored
    if _MASKED_BIAS.fullmatch(name[name.rfind(".", 0, name.rfind(".")) + 1 :]):
        return "attention masks, which the model makes itself"
    if _MASK.search(name) and _is_square(tensor) and _is_causal(_read(full, tensor)):
        return "attention masks, which the model makes itself"
    if _ROTARY.search(name) and _rotates_alike(_read(full, tensor), hf):
        return "angles of rotary positions, which the model makes itself"
    if name.endswith("bias") and tensor.kind in _FLOATING and not _read(full, tensor).any():
        return "biases that are all zero"
    return ""


def _stored(
    name: str, hf: "PreTrainedModel", tensors: Mapping[str, StoredTensor]
) -> tuple[str, StoredTensor] | None:
    """Return a tensor by the name that transformers gives it; None if that is not the file's."""
    prefix = f"{hf.base_model_prefix}."
    for candidate in (name, name.removeprefix(prefix), prefix + name):
        if candidate in tensors:
            return candidate, tensors[candidate]
    return None


def _read(name: str, tensor: StoredTensor) -> Any:
    """Return a tensor's values as float32."""
    from safetensors import safe_open

    with safe_open(tensor.file, framework="pt") as opened:
        return opened.get_tensor(name).float().numpy()


def _is_causal(mask: Any) -> bool:
    """Whether a mask lets every position see itself and none that comes later."""
    seen = mask.reshape(mask.shape[-2:]) != 0
    return bool(seen.diagonal().all() and not np.triu(seen, 1).any())


def _rotates_alike(frequencies: Any, hf: "PreTrainedModel") -> bool:
    """Whether a file's angles are the model's, or those that it stretches for longer texts."""
    expected = [
        buffer.float().cpu().numpy()
        for name, buffer in hf.named_buffers()
        if _ROTARY.search(name) and buffer.shape == frequencies.shape
    ]
    parameters = getattr(hf.config.get_text_config(), "rope_parameters", None) or {}
    for one in (parameters, *parameters.values()):
        theta = one.get("rope_theta") if isinstance(one, dict) else None
        if isinstance(theta, (int, float)) and frequencies.ndim == 1:
            steps = np.arange(len(frequencies)) / len(frequencies)
            expected.append(float(theta) ** -steps)
    # Many were stored in sixteen bits.
    return any(np.allclose(frequencies, one, rtol=1e-2, atol=1e-7) for one in expected)


def _guesses_further(name: str, hf: "PreTrainedModel", tensors: Mapping[str, StoredTensor]) -> bool:
    found = _LAYER.match(name)
    n_layers = getattr(hf.config.get_text_config(), "num_hidden_layers", None)
    if found is None or not isinstance(n_layers, int) or int(found[2]) < n_layers:
        return False
    block = f"{found[1]}."
    return any(other.startswith(block) and _GUESSES.search(other) for other in tensors)


def _refusal(names: list[str], hf: "PreTrainedModel", title: str) -> ModelError:
    if any(_QUANTISED.fullmatch(name.rpartition(".")[2]) for name in names):
        return ModelError(
            f"{title} has quantised weights, which its configuration does not say: its files hold "
            f"{names[0]}.",
            "Open an unquantised version of the model, or a .gguf file.",
        )
    n_layers = getattr(hf.config.get_text_config(), "num_hidden_layers", None)
    deeper = [int(found[2]) for name in names if (found := _LAYER.match(name))]
    if isinstance(n_layers, int) and deeper and max(deeper) >= n_layers:
        return ModelError(
            f"The configuration of {title} says that it has {n_layers} layers, and its files hold "
            f"{max(deeper) + 1}.",
            "They belong to another model; fetch it again.",
        )
    return ModelError(
        f"The files of {title} hold {len(names):,} tensors that the model of its configuration has "
        f"no place for, the first is {names[0]}; without them it computes other numbers.",
        "The configuration belongs to another kind of model; fetch the model again, from its "
        "publisher.",
    )


def other_files(folder: Path) -> tuple[str, ...]:
    """Say which weights lie in a folder, or are named by its index, and are not the model's."""
    used = {file.name for file in weight_files(folder)}
    there = {file.name for file in folder.iterdir() if file.name.endswith(".safetensors")}
    others, named = sorted(there - used), sorted(indexed_files(folder) - used)
    said = []
    if others:
        said.append(f"other weights in the folder: {', '.join(others[:4])}")
    if named:
        said.append(f"an index of other weights: it names {', '.join(named[:4])}")
    return tuple(said)
