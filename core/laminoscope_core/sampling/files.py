"""Chains in files: JSON, an experiment's TOML, or the advice inside a GGUF file."""

from pathlib import Path
from typing import TYPE_CHECKING

from laminoscope_core.errors import ExperimentError
from laminoscope_core.experiment import Experiment
from laminoscope_core.models.gguf import read_gguf_header
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.library import ChainLibrary, SavedChain
from laminoscope_core.sampling.next_tokens import chain_of
from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.presets import PRESETS, recommended
from laminoscope_core.text_files import read_text

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["named_chain", "read_chain"]

_LARGEST = 4 * 2**20


def named_chain(name: str, tokenizer: "PreTrainedTokenizerBase | None" = None) -> Chain:
    """Return a preset, a chain that the user has saved, one written out, or one in a file.

    Parameters
    ----------
    name : str
        A name, a path (see `read_chain`), a JSON list of samplers, or a rule by itself.
    tokenizer : transformers.PreTrainedTokenizerBase, optional

    Raises
    ------
    ExperimentError
        Neither a known chain nor a file, or what is written out or in the file is not a chain.

    Examples
    --------
    >>> [link.name for link in named_chain("greedy").links]
    ['temperature']
    >>> [link.name for link in named_chain('[{"sampler": "top_a", "a": 0.2}]').links]
    ['top_a']
    >>> [link.name for link in named_chain("keep: p >= 0.2 * p_max ** 2").links]
    ['rule']
    """
    try:
        return _found(name, tokenizer)
    except SamplingError as error:
        raise ExperimentError(error.message, error.hint) from None


def _found(name: str, tokenizer: "PreTrainedTokenizerBase | None") -> Chain:
    if name in PRESETS:
        return Chain.preset(name, tokenizer)
    if (saved := _saved(name)) is not None:
        return Chain.from_list(saved.items, tokenizer)
    if name.lstrip().startswith("["):
        return Chain.from_json(name, tokenizer)
    if name.lstrip().startswith(("keep:", "logit:")):
        return Chain.from_list([{"sampler": "rule", "rule": name.strip()}], tokenizer)
    path = Path(name)
    if not path.is_file():
        raise ExperimentError(
            f"There is no chain and no file {name!r}.", f"Chains: {', '.join(PRESETS)}."
        )
    return read_chain(path, tokenizer)


def read_chain(path: Path, tokenizer: "PreTrainedTokenizerBase | None" = None) -> Chain:
    """Read a chain: ``.toml`` is an experiment, ``.gguf`` a model, anything else JSON.

    Raises
    ------
    ExperimentError
        What the file holds is not a chain, or a GGUF file recommends none.
    ModelError
        Not a usable GGUF file.
    """
    kind = path.suffix.lower()
    try:
        if kind == ".toml":
            return chain_of(Experiment.from_file(path).sampling.chain, tokenizer)
        if kind == ".gguf":
            return chain_of(_recommended(path), tokenizer)
        return Chain.from_json(read_text(path, _LARGEST), tokenizer)
    except SamplingError as error:
        raise ExperimentError(f"{path}: {error.message}", error.hint) from None


def _saved(name: str) -> SavedChain | None:
    try:
        saved = {chain.name: chain for chain in ChainLibrary().chains()}
    except SamplingError:  # a file may be meant
        return None
    found = saved.get(name)
    if found is not None and found.problem:
        raise ExperimentError(
            f"The saved chain {name!r} cannot be used: {found.problem}",
            "Choose another chain, or correct it in the window.",
        )
    return found


def _recommended(path: Path) -> tuple[dict[str, object], ...]:
    advice = recommended(read_gguf_header(path).sampling)
    if advice is None:
        raise SamplingError(
            "The model recommends no samplers (general.sampling.*).", "Choose another chain."
        )
    if advice.problem:
        raise SamplingError(advice.problem, "Choose another chain.")
    return advice.items
