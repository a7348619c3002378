"""The conformance files, read once, and their sampler names in ours."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parents[2] / "data" / "conformance"

NAMES = {"temp": "temperature", "temp_ext": "dynamic_temperature", "typical": "typical_p"}
PARAMETERS = {"temp": "temperature", "freq": "frequency", "present": "presence"}
NOT_PARAMETERS = {"seed", "m", "n_vocab"}


@cache
def read(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def logits(source: str) -> np.ndarray:
    with np.load(FOLDER / "samplers_inputs.npz", allow_pickle=False) as inputs:
        return inputs[source]


def item(name: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """A sampler of the files as an item of our chains."""
    ours = {"sampler": NAMES.get(name, name)}
    for key, value in parameters.items():
        if key == "breakers_text":
            ours["breakers"] = value
        elif key not in NOT_PARAMETERS:
            ours[PARAMETERS.get(key, key)] = value
    return ours


def sha1_of_ids(ids: np.ndarray) -> str:
    return hashlib.sha1(np.sort(ids).astype("<i4").tobytes()).hexdigest()[:16]
