"""Which axes the arrays of the blocks' insides have; see `shapes`."""

from collections.abc import Callable, Mapping
from typing import Any

from laminoscope_core.analysis import (
    atlas,
    attention,
    balance,
    effects,
    heads,
    ledger,
    lens,
    neurons,
    normalisation,
    patch,
    redundancy,
    rotation,
)
from laminoscope_core.analysis.inside import InsideActivations, NeighboursReading, Watched
from laminoscope_core.errors import SessionError
from laminoscope_core.recording.effects import Effects
from laminoscope_core.recording.lens import LensReading
from laminoscope_core.recording.neighbours import MEASURES, VOCABULARIES
from laminoscope_core.recording.normed import NORMS
from laminoscope_core.recording.patching import PatchMap
from laminoscope_core.recording.positions import PositionsReading
from laminoscope_core.recording.reducers.balance import BalanceReading
from laminoscope_core.recording.reducers.head_maps import HeadMapsReading
from laminoscope_core.recording.reducers.heads import HeadsReading
from laminoscope_core.recording.reducers.ledger import LedgerReading
from laminoscope_core.recording.reducers.likeness import LikenessReading
from laminoscope_core.recording.reducers.neurons import NeuronsReading
from laminoscope_core.recording.reducers.normalisation import NUMBERS, NormalisationReading
from laminoscope_core.recording.reducers.turning import TurningReading
from laminoscope_core.run.near import NearTokens

__all__ = ["AXES", "CHECKS"]

_DEPTHS = ("states", "depths", "tokens")
_BLOCKS = ("states", "layers", "tokens")
_NORMS = ("states", "layers", "norms")
_TARGETS = ("states", "tokens", "targets")

AXES: Mapping[type, Mapping[str, tuple[str, ...]]] = {
    InsideActivations: dict.fromkeys(("tokens", "shown"), ("token_ids",)),
    NeighboursReading: {
        **dict.fromkeys(("control", "vocabulary", "measure", "inputs", "n"), ("query",)),
        **dict.fromkeys(("ids", "scores"), ("query", "places")),
    },
    NearTokens: {
        **dict.fromkeys(
            ("ids", "scores"), ("states", "depths", "vocabularies", "measures", "places")
        ),
        "follower_ids": ("followers",),
        "followers": ("follower_ids",),
    },
    Watched: {"texts": ("ids",)},
    LensReading: {
        **dict.fromkeys(("rank", "probability", "logit"), (*_DEPTHS, "targets")),
        **dict.fromkeys(("top_ids", "top_probability", "top_logit", "entropy", "kl"), _DEPTHS),
    },
    LedgerReading: {
        **dict.fromkeys(("embedding", "bias", "logit", "logit_capped"), _TARGETS),
        **dict.fromkeys(("attention", "mlp", "head_bias"), (*_BLOCKS, "targets")),
        "heads": ("states", "layers", "number of heads", "tokens", "targets"),
    },
    HeadsReading: {
        "metrics": ("number of metrics",),
        "value": ("states", "layers", "number of metrics", "heads"),
        "n": ("states", "number of metrics"),
        "n_heads": ("states", "layers"),
        "reasons": ("states", "layers", "number of metrics"),
    },
    HeadMapsReading: {
        "weights": ("states", "number of heads", "tokens", "tokens"),
        **dict.fromkeys(
            ("q", "k", "q_unturned", "k_unturned"),
            ("states", "number of heads", "tokens", "width"),
        ),
        "slope": ("states", "number of heads"),
        "cap": ("states",),
        "written": ("states", "number of heads", "tokens"),
    },
    BalanceReading: {**dict.fromkeys(balance.NUMBERS, _BLOCKS), "reasons": ("layers",)},
    NeuronsReading: {
        **dict.fromkeys(("ids", "writes", "activation"), (*_BLOCKS, "places")),
        **dict.fromkeys(("share_active", "participation"), _BLOCKS),
        "reasons": ("layers",),
    },
    NormalisationReading: {
        **dict.fromkeys(NUMBERS, (*_NORMS, "tokens")),
        **dict.fromkeys(("largest_before", "largest_after"), (*_NORMS, "tokens", "places")),
        "reasons": _NORMS,
    },
    LikenessReading: {
        **dict.fromkeys(("layer", "head"), ("states", "all heads")),
        **dict.fromkeys(("cka", "correlation"), ("states", "all heads", "all heads")),
    },
    TurningReading: {
        **dict.fromkeys(("even", "odd"), ("states", "layers", "number of heads", "pairs")),
        "rest": ("states", "layers", "number of heads"),
        "frequency": ("states", "layers", "pairs"),
        "reasons": ("layers",),
    },
    PositionsReading: {
        "bias": ("states", "layers", "number of heads", "places"),
        "slope": ("states", "layers", "number of heads"),
        "reasons": ("states", "layers"),
    },
    Effects: {
        **dict.fromkeys(("controls", "reasons"), ("names",)),
        **dict.fromkeys(("before_logit", "before_probability"), ("targets",)),
        **dict.fromkeys(("after_logit", "after_probability"), ("names", "targets")),
    },
    PatchMap: {"stream": ("layers", "tokens"), "heads": ("layers", "tokens", "number of heads")},
    patch.Result: {"shown": ("token_ids",)},
    heads.Result: {"shown": ("token_ids",)},
    atlas.Result: {},
    attention.Result: dict.fromkeys(("tokens", "shown"), ("token_ids",)),
    lens.Result: {"shown": ("token_ids",)},
    ledger.Result: {"shown": ("token_ids",)},
    balance.Result: {"shown": ("token_ids",)},
    neurons.Result: {"shown": ("token_ids",)},
    normalisation.Result: {"shown": ("token_ids",)},
    rotation.Result: dict.fromkeys(("reach", "largest"), ("states", "layers", "number of heads")),
}


def _check_lens(result: lens.Result, where: str) -> None:
    reading = result.reading
    if reading is None:
        return
    shape = (len(result.states), len(result.layers) + 1, len(result.token_ids), result.watched.n)
    _must_fit(reading.rank.shape == shape, where)
    if {str(token) for token in reading.top_ids.flat} - set(result.token_names):
        raise SessionError(f"{where}.token_names lack a token.")


def _check_ledger(result: ledger.Result, where: str) -> None:
    shape = (*_blocks(result), result.watched.n)
    _must_fit(result.reading is None or result.reading.attention.shape == shape, where)


def _check_heads(result: heads.Result, where: str) -> None:
    if result.reading is not None:
        _must_fit(result.reading.n_heads.shape == _blocks(result)[:2], where)
        _must_fit(int(result.reading.n_heads.max()) <= result.reading.value.shape[-1], where)


def _check_atlas(result: atlas.Result, where: str) -> None:
    for reading in (result.texts, result.random):
        if reading is not None:
            _must_fit(reading.n_heads.shape == (len(result.states), len(result.layers)), where)
            _must_fit(int(reading.n_heads.max()) <= reading.value.shape[-1], where)


def _check_attention(result: attention.Result, where: str) -> None:
    reading, n_tokens = result.reading, len(result.token_ids)
    if reading is None:
        return
    shape = (len(result.states), result.n_heads, n_tokens, n_tokens)
    _must_fit(reading.weights.shape == shape, where)
    _must_fit(0 <= result.layer < len(result.layers), where)
    _must_fit(all(0 <= head < result.n_heads for head in result.written), where)


def _check_balance(result: balance.Result, where: str) -> None:
    reading = result.reading
    _must_fit(reading is None or reading.resid_in.shape == _blocks(result), where)


def _check_neurons(result: neurons.Result, where: str) -> None:
    reading = result.reading
    _must_fit(reading is None or reading.ids.shape[:3] == _blocks(result), where)


def _check_normalisation(result: normalisation.Result, where: str) -> None:
    n_states, n_layers, n_tokens = _blocks(result)
    shape = (n_states, n_layers, len(NORMS), n_tokens)
    _must_fit(result.reading is None or result.reading.cosine.shape == shape, where)


def _check_effects(result: effects.Result, where: str) -> None:
    reading = result.reading
    _must_fit(reading is None or reading.before_logit.shape == (result.watched.n,), where)


def _check_patch(result: patch.Result, where: str) -> None:
    shape = (len(result.layers), len(result.token_ids))
    _must_fit(result.reading is None or result.reading.stream.shape == shape, where)


def _check_redundancy(result: redundancy.Result, where: str) -> None:
    reading = result.reading
    if reading is not None:
        _must_fit(len(reading.cka) == len(result.states), where)
        _must_fit(bool((reading.layer < len(result.layers)).all()), where)


def _check_rotation(result: rotation.Result, where: str) -> None:
    turned = result.reading
    _must_fit(turned is None or turned.rest.shape[:2] == _blocks(result)[:2], where)
    places = result.places
    _must_fit(places is None or places.bias.shape[:2] == _blocks(result)[:2], where)
    for each in (result.reach, result.largest):
        shape = None if each is None else each.shape
        _must_fit(shape == (None if turned is None else turned.rest.shape), where)


def _check_near(result: NearTokens, where: str) -> None:
    n_ways = result.ids.shape[2:4]
    _must_fit(n_ways == (len(VOCABULARIES), len(MEASURES)) and result.ids.size > 0, where)
    named = {*result.ids.flat, *result.follower_ids}
    if {str(token) for token in named} - set(result.token_names):
        raise SessionError(f"{where}.token_names lack a token.")


def _blocks(result: Any) -> tuple[int, int, int]:
    return len(result.states), len(result.layers), len(result.token_ids)


def _must_fit(fits: bool, where: str) -> None:
    if not fits:
        raise SessionError(f"{where}.reading does not fit its layers, tokens and targets.")


CHECKS: Mapping[type, Callable[[Any, str], None]] = {
    lens.Result: _check_lens,
    ledger.Result: _check_ledger,
    heads.Result: _check_heads,
    atlas.Result: _check_atlas,
    attention.Result: _check_attention,
    balance.Result: _check_balance,
    neurons.Result: _check_neurons,
    normalisation.Result: _check_normalisation,
    effects.Result: _check_effects,
    patch.Result: _check_patch,
    redundancy.Result: _check_redundancy,
    rotation.Result: _check_rotation,
    NearTokens: _check_near,
}
