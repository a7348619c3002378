"""One sampler in a chain: read from a list's item, checked, written back."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.samplers import SAMPLERS

__all__ = ["Link"]

_OFF: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "penalties": lambda p: (
        p["last_n"] <= 0 or (p["repeat"] == 1 and p["frequency"] == p["presence"] == 0)
    ),
    "dry": lambda p: p["multiplier"] == 0 or p["base"] < 1 or p["last_n"] <= 0,
    "top_n_sigma": lambda p: p["n"] <= 0,
    "top_k": lambda p: p["k"] <= 0,
    "typical_p": lambda p: p["p"] >= 1,
    "top_p": lambda p: p["p"] >= 1,
    "min_p": lambda p: p["p"] <= 0,
    "xtc": lambda p: p["probability"] <= 0 or p["threshold"] > 0.5,
    "temperature": lambda p: p["temperature"] == 1,
    "dynamic_temperature": lambda p: p["temperature"] == 1 and p["range"] <= 0,
    "epsilon_cutoff": lambda p: p["epsilon"] <= 0,
    "eta_cutoff": lambda p: p["epsilon"] <= 0,
    "top_h": lambda p: p["h"] <= 0,
    "min_k": lambda p: p["tau"] < 0,
    "top_a": lambda p: p["a"] <= 0,
    "quadratic": lambda p: p["factor"] <= 0,
    "tail_free": lambda p: p["z"] >= 1,
    "no_repeat_ngram": lambda p: p["n"] <= 0,
    "guidance": lambda p: p["scale"] == 1 or not p["prompt"],
    "rule": lambda p: not p["rule"].strip(),
}


@dataclass(frozen=True)
class Link:
    """One sampler in a chain: its name, checked parameters, and whether it is on."""

    name: str
    parameters: Mapping[str, Any]
    enabled: bool = True

    @property
    def is_off(self) -> bool:
        """Whether it can do nothing: switched off, or at values that leave all as it is.

        Examples
        --------
        >>> Link.from_item({"sampler": "top_p", "p": 1.0}).is_off
        True
        """
        off = _OFF.get(self.name)
        return not self.enabled or (off is not None and off(self.parameters))

    @property
    def chooses(self) -> bool:
        """Whether it is on and draws the token itself."""
        return self.enabled and SAMPLERS[self.name].chooses

    @classmethod
    def from_item(cls, item: Any) -> "Link":
        """Check one item of a chain's list.

        Raises
        ------
        SamplingError
            Not of the form, an unknown sampler or parameter, or a value out of range.

        Examples
        --------
        >>> Link.from_item({"sampler": "top_q", "p": 0.9})
        Traceback (most recent call last):
            ...
        laminoscope_core.sampling.parameters.SamplingError: There is no sampler 'top_q'. \
Did you mean 'top_p'?
        """
        if not isinstance(item, Mapping) or not isinstance(item.get("sampler"), str):
            raise SamplingError(f'A sampler must be given as {{"sampler": name, …}}, not {item!r}.')
        name = item["sampler"]
        if name not in SAMPLERS:
            raise SamplingError(f"There is no sampler {name!r}.", _nearest(name, SAMPLERS))
        specs = {parameter.name: parameter for parameter in SAMPLERS[name].parameters}
        given = {key: value for key, value in item.items() if key not in ("sampler", "enabled")}
        for key in given:
            if key not in specs:
                raise SamplingError(f"{name} has no parameter {key!r}.", _nearest(str(key), specs))
        enabled = item.get("enabled", True)
        if not isinstance(enabled, bool):
            raise SamplingError(f"{name}: enabled must be true or false, not {enabled!r}.")
        parameters = {
            key: spec.checked(name, given[key]) if key in given else spec.default
            for key, spec in specs.items()
        }
        return cls(name, MappingProxyType(parameters), enabled)

    def to_item(self) -> dict[str, Any]:
        """Return the item, every parameter written out."""
        parameters = {name: _plain(value) for name, value in self.parameters.items()}
        return {"sampler": self.name, **parameters, **({} if self.enabled else {"enabled": False})}


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Known are {', '.join(known)}."


def _plain(value: Any) -> Any:
    return [_plain(entry) for entry in value] if isinstance(value, tuple) else value
