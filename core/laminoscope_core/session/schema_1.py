"""Results of schema 1 with the fields that were added since.

What can be told from the rest of a result is; what would have to be computed anew is undefined,
with the reason that it was not there when the session was saved.
"""

import base64
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.words_section import WordsSection

__all__ = ["with_new_fields"]

_NOT_THEN = "not computed when this session was saved; press Capture to compute it"

Result = dict[str, Any]


def with_new_fields(documents: Mapping[str, Any]) -> dict[str, Any]:
    """Return the documents of a session with every result as schema 2 has it."""
    filled = dict(documents)
    for name, fields in _NEW.items():
        path = f"results/{name}.json"
        if path in filled:
            filled[path] = {**filled[path], **fields(filled[path])}
    carrier = _carrier(documents.get("run.toml"))
    for name, fields in _OF_CARRIERS.items():
        path = f"results/{name}.json"
        if path in filled:
            filled[path] = {**filled[path], "carrier": carrier, **fields(filled[path])}
    n_words = _n_words(filled)
    if (path := "results/rsa.json") in filled:
        filled[path] = {**filled[path], "n_words": n_words}
    for tested, chance, name in _TESTED:
        paths = f"results/{tested}.json", f"results/{chance}.json"
        if all(path in filled for path in paths):
            scores, found = (filled[path] for path in paths)
            filled[paths[1]] = {**found, name: scores, "by_carrier": []}
    for path, result in filled.items():
        if path.startswith("results/") and isinstance(result, Mapping):
            filled[path] = _with_chains(result)
    words, cka = (filled.get(f"results/{name}.json") for name in ("words", "cka"))
    if cka is not None:
        n_words = 0 if words is None else _length(words["words"])
        filled["results/cka.json"] = {**cka, "n_words": n_words}
    return filled


def _with_chains(result: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a result whose prompts have no chains to compare and no second prompts."""
    if "declared_stop" in result:
        return {**result, "chains": [], "guides": [], "cuts": []}
    if isinstance(result.get("tokens"), Mapping):
        return {**result, "tokens": _with_chains(result["tokens"])}
    return result


def _carrier(experiment: Any) -> str:
    """Return the one carrier sentence of an experiment."""
    section = tomllib.loads(experiment).get("words", {}) if isinstance(experiment, str) else {}
    return str(section.get("carrier", WordsSection.model_fields["carrier"].default))


def _n_words(documents: Mapping[str, Any]) -> int:
    words = documents.get("results/similarity.json")
    return 0 if words is None else _length(words["words"])


def _rsa(result: Result) -> Result:
    unknown = _undefined(_shape(result, "layers", "site_pairs", "subsets"))
    return {"ceiling_low": unknown, "ceiling_high": unknown, "by_carrier": []}


def _chance(result: Result) -> Result:
    shape = _shape(result, "layers", "site_pairs", "subsets")
    return {
        **_of_chance(result, shape),
        "contrast": {
            **{name: _undefined(shape[:2]) for name in ("score", "p", "q", "low", "high")},
            "n_resamples": _array(np.zeros(shape[:2], dtype=np.int64)),
            "reasons": _texts(shape[:2], _NOT_THEN),
            "band_reasons": _texts(shape[:2], _NOT_THEN),
        },
    }


def _separability_chance(result: Result) -> Result:
    shape = _shape(result, "layers", "sites")
    n_resamples = np.full(shape, result["params"]["n_resamples"], dtype=np.int64)
    return {**_of_chance(result, shape), "n_resamples": _array(n_resamples)}


def _of_chance(result: Result, shape: list[int]) -> Result:
    return {
        "reasons": _texts(shape, ""),
        "band_reasons": _texts(shape, ""),
        "n_permutations": result["params"]["n_permutations"],
        "complete": True,
    }


def _regression(result: Result) -> Result:
    n_layers = _shape(result, "layers")
    return {
        "params": {**result["params"], "covariance": "classical"},
        "breusch_godfrey": _undefined(n_layers),
        "breusch_godfrey_p": _undefined(n_layers),
    }


def _words(result: Result) -> Result:
    return {
        "context_token": "",
        "no_context": "",
        "pooled_ids": [[] for _ in range(_length(result["words"]))],
        "unknown_id": None,
        "unknown_token": "",
    }


_NEW: Mapping[str, Callable[[Result], Result]] = {
    "words": _words,
    "direct": lambda result: {"tokens": [""] * len(result["positions"])},
    "rsa-chance": _chance,
    "separability-chance": _separability_chance,
    "regression": _regression,
}

_OF_CARRIERS: Mapping[str, Callable[[Result], Result]] = {
    "words": lambda _: {"sites": ["q", "k", "v"], "others": []},
    "direct": lambda _: {"by_carrier": []},
    "cka": lambda _: {"by_carrier": []},
    "similarity": lambda _: {"others": []},
    "rsa": _rsa,
    "separability": lambda _: {"by_carrier": []},
}
_TESTED = (("rsa", "rsa-chance", "scores"), ("separability", "separability-chance", "observed"))


def _length(texts: Any) -> int:
    return len(texts) if isinstance(texts, list) else int(texts["length"])


def _shape(result: Result, *axes: str) -> list[int]:
    return [len(result[axis]) for axis in axes]


def _undefined(shape: list[int]) -> Result:
    return _array(np.full(shape, np.nan))


def _array(array: NDArray[Any]) -> Result:
    content = base64.b64encode(array.tobytes()).decode("ascii")
    return {
        "dtype": array.dtype.newbyteorder("<").str,
        "shape": list(array.shape),
        "base64": content,
    }


def _texts(shape: list[int], text: str) -> Result:
    return {"texts": [text] * int(np.prod(shape)), "shape": shape}
