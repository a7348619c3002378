"""Chains to begin with: llama.cpp's, Hugging Face's, rules, and the one inside a GGUF file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from laminoscope_core.sampling.links import Link
from laminoscope_core.sampling.parameters import SamplingError

__all__ = ["PRESETS", "Recommendation", "from_gguf_metadata", "recommended"]

Item = dict[str, Any]

PRESETS: dict[str, tuple[Item, ...]] = {
    "llama.cpp": (
        {"sampler": "penalties"},
        {"sampler": "dry"},
        {"sampler": "top_n_sigma", "n": -1.0},
        {"sampler": "top_k", "k": 40},
        {"sampler": "typical_p", "p": 1.0},
        {"sampler": "top_p", "p": 0.95},
        {"sampler": "min_p", "p": 0.05},
        {"sampler": "xtc", "probability": 0.0, "threshold": 0.1},
        {"sampler": "temperature", "temperature": 0.8},
    ),
    "Hugging Face": (
        {"sampler": "penalties", "last_n": 2**31 - 1},
        {"sampler": "temperature", "temperature": 1.0},
        {"sampler": "top_h", "h": 0.0},
        {"sampler": "top_k", "k": 50},
        {"sampler": "top_p", "p": 1.0, "min_keep": 1},
        {"sampler": "min_p", "p": 0.0, "min_keep": 1},
        {"sampler": "typical_p", "p": 1.0, "min_keep": 1},
        {"sampler": "epsilon_cutoff", "epsilon": 0.0, "min_keep": 1},
        {"sampler": "eta_cutoff", "epsilon": 0.0, "min_keep": 1},
    ),
    "top-a as a rule": ({"sampler": "rule", "rule": "keep: p >= 0.2 * p_max ** 2"},),
    "min-p as a rule": ({"sampler": "rule", "rule": "keep: l >= l_max + ln(0.05)"},),
    "epsilon as a rule": ({"sampler": "rule", "rule": "keep: p >= 0.0009 or l == l_max"},),
    "greedy": ({"sampler": "temperature", "temperature": 0.0},),
    "raw": (),
}


@dataclass(frozen=True)
class Recommendation:
    """The chain that a model's file recommends.

    Attributes
    ----------
    items : tuple of dict
        As `Chain.from_list` takes it, checked; empty if it cannot be used.
    problem : str
        Why it cannot be used; else empty.
    """

    items: tuple[Item, ...]
    problem: str = ""


_PREFIX = "general.sampling."
_VALUES = {
    "top_k": ("top_k", "k"),
    "top_p": ("top_p", "p"),
    "min_p": ("min_p", "p"),
    "xtc_probability": ("xtc", "probability"),
    "xtc_threshold": ("xtc", "threshold"),
    "temp": ("temperature", "temperature"),
    "penalty_last_n": ("penalties", "last_n"),
    "penalty_repeat": ("penalties", "repeat"),
}
_NAMES = {"typ_p": "typical_p", "temp": "temperature"}


def from_gguf_metadata(metadata: Mapping[str, Any]) -> list[Item] | None:
    """Return the chain that a GGUF file's metadata recommends, as `Chain.from_list` takes it.

    Parameters
    ----------
    metadata : mapping
        Keys and values of the file.  ``general.sampling.sequence`` gives the order as names
        between semicolons; what it does not give keeps llama.cpp's order and values.

    Returns
    -------
    list of dict or None
        None if the file recommends nothing.

    Raises
    ------
    SamplingError
        A sampler in the sequence, or a version of mirostat, is not known here.

    Examples
    --------
    >>> from_gguf_metadata(
    ...     {"general.sampling.sequence": "top_k;temperature", "general.sampling.top_k": 20}
    ... )
    [{'sampler': 'top_k', 'k': 20}, {'sampler': 'temperature', 'temperature': 0.8}]
    """
    given = {
        key.removeprefix(_PREFIX): value
        for key, value in metadata.items()
        if key.startswith(_PREFIX)
    }
    if not given:
        return None
    usual = {item["sampler"]: dict(item) for item in PRESETS["llama.cpp"]}
    usual["adaptive_p"] = {"sampler": "adaptive_p"}
    for key, (sampler, parameter) in _VALUES.items():
        if key in given:
            usual[sampler][parameter] = given[key]
    version = given.get("mirostat", 0)
    if version in (1, 2):
        # as in llama.cpp, mirostat replaces the whole chain but the temperature
        chosen = {"sampler": "mirostat" if version == 1 else "mirostat_v2"}
        for key, parameter in (("mirostat_tau", "tau"), ("mirostat_eta", "eta")):
            if key in given:
                chosen[parameter] = given[key]
        return [usual["temperature"], chosen]
    if version != 0:
        raise SamplingError(
            f"general.sampling.mirostat must be 0, 1 or 2, not {version!r}.",
            "Choose another chain.",
        )
    sequence = given.get("sequence")
    if sequence is None:
        return [usual[item["sampler"]] for item in PRESETS["llama.cpp"]]
    names = [_NAMES.get(name, name) for name in str(sequence).split(";") if name]
    unknown = [name for name in names if name not in usual]
    if unknown:
        raise SamplingError(
            f"general.sampling.sequence names samplers that are not known: {', '.join(unknown)}.",
            "Choose another chain.",
        )
    return [usual[name] for name in names]


def recommended(advice: Mapping[str, Any]) -> Recommendation | None:
    """Return the chain that a model's own advice makes; None if it gives none.

    Parameters
    ----------
    advice : mapping
        ``general.sampling.*`` without the prefix, as `ModelInfo.sampling` holds it.

    Examples
    --------
    >>> recommended({"sequence": "temperature", "temp": -2.0}).problem
    'temperature: temperature must be a number from 0 to 1000, not -2.0.'
    """
    try:
        items = from_gguf_metadata({_PREFIX + key: value for key, value in advice.items()})
        if items is None:
            return None
        return Recommendation(tuple(Link.from_item(item).to_item() for item in items))
    except SamplingError as error:
        return Recommendation((), error.message)
