"""A shared beginning computed once: its keys and values are made for one row and expanded.

All sentences of a word experiment begin alike.  Under causal attention those tokens see the
same context in each, so one row of them is enough, and a word costs its own tokens only.  Not
every family keeps its past in a way that can be shared, and some compute otherwise beyond a
length; the first use with given sites and lengths compares with a full run of one prompt and
falls back to full runs if it does not agree.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Cancelled
from laminoscope_core.models.memory import out_of_memory
from laminoscope_core.recording.passes import OnStep, Passes, Place, Sink, TokenRows
from laminoscope_core.recording.reducers.rows import Rows

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedModel

__all__ = ["SHARED_SITES", "SharedPrefix", "shared_length", "shared_prefix", "shares"]

# Sites whose rows do not depend on where the keys of earlier tokens come from.
SHARED_SITES = frozenset(
    (
        *("embedding", "resid_in", "resid_mid", "resid_out", "q", "k", "v"),
        *("attn_out", "attn_added", "mlp_out", "mlp_added"),
    )
)
WORTH = 0.25  # share of all tokens that must be saved

# By model, then by tokens of the beginning, tokens of the longest prompt, and sites.
_AGREES: "WeakKeyDictionary[Any, dict[tuple[int, int, frozenset[str]], bool]]" = WeakKeyDictionary()


def shared_length(rows: TokenRows, ranges: npt.NDArray[np.int64]) -> int:
    """Return how many leading tokens can be computed once for all prompts.

    Parameters
    ----------
    rows : sequence of tuple of int
        Token ids by prompt.
    ranges : int array of shape (n_prompts, n_rows, 2)
        Rows to keep; none may lie across the end of the shared beginning.

    Returns
    -------
    int
        0 if it is not worth it.

    Examples
    --------
    >>> rows = [(1, 2, 3, 4), (1, 2, 3, 5, 6), (1, 2, 3, 7)]
    >>> shared_length(rows, np.array([[[3, 4]], [[3, 5]], [[3, 4]]]))
    3
    >>> shared_length(rows, np.array([[[2, 4]], [[3, 5]], [[3, 4]]]))
    2
    """
    shortest = min(map(len, rows))
    tokens = np.array([row[:shortest] for row in rows])
    differing = np.flatnonzero((tokens != tokens[0]).any(axis=0))
    length = int(differing[0]) if len(differing) else shortest
    length = min(length, shortest - 1)
    while True:
        across = (ranges[..., 0] < length) & (ranges[..., 1] > length)
        if not across.any():
            break
        length = int(ranges[..., 0][across].min())
    saved = length * (len(rows) - 1)
    return length if saved >= WORTH * sum(map(len, rows)) else 0


class SharedPrefix:
    """The beginning that all prompts of a recording share, run once.

    Parameters
    ----------
    passes : Passes
        All of whose tasks are `Rows`.
    tokens : tuple of int
        The shared tokens.
    on_step : callable
        As for `Passes.run`.
    """

    def __init__(self, passes: Passes, tokens: tuple[int, ...], on_step: OnStep) -> None:
        from transformers import DynamicCache

        self._hf, self._n = passes.setting.model.hf, len(tokens)
        self._which: list[npt.NDArray[np.int64]] = []  # by task: (n_prompts, n_rows), −1 for late
        early, late = [], []
        for task in passes.tasks:
            rows = _rows_of(task.reducer)
            spans = rows.spans
            inside = spans[..., 1] <= self._n
            unique, index = np.unique(spans[inside], axis=0, return_inverse=True)
            which = np.full(spans.shape[:2], -1)
            which[inside] = index.ravel()
            self._which.append(which)
            before = unique if len(unique) else np.array([[0, 1]])
            after = np.where(inside[..., None], [0, 1], spans - self._n)
            early.append(replace(task, reducer=replace(rows, spans=before[None])))
            late.append(replace(task, reducer=replace(rows, spans=after)))
        self._rest = replace(passes, tasks=tuple(late))
        self._cache = DynamicCache(config=self._hf.config.get_text_config(decoder=True))
        self._rows: dict[Place, Tensor] = {}
        beginning = replace(passes, tasks=tuple(early))
        beginning.run([tokens], [0], self._rows.__setitem__, on_step, self._cache)

    def run(self, rows: TokenRows, prompts: Sequence[int], sink: Sink, on_step: OnStep) -> None:
        """Run the rest of some prompts; as `Passes.run` of the whole prompts."""
        import torch

        def filled(place: Place, values: "Tensor") -> None:
            which = torch.from_numpy(self._which[place[0]][list(prompts)])
            if bool((which >= 0).any()):
                before = self._rows[place][0]
                values = values.to(torch.promote_types(values.dtype, before.dtype))
                early = which >= 0
                values[early.to(values.device)] = before[which[early].to(before.device)].to(values)
            sink(place, values)

        rest = [row[self._n :] for row in rows]
        self._rest.run(rest, prompts, filled, on_step, self._expanded(len(rows)), self._n)

    def _expanded(self, n_rows: int) -> Any:
        from transformers.cache_utils import DynamicLayer, DynamicSlidingWindowLayer

        cache = copy(self._cache)
        cache.layers = []
        for layer in self._cache.layers:
            if type(layer) not in (DynamicLayer, DynamicSlidingWindowLayer):
                raise CaptureError(f"{type(layer).__name__} cannot be shared between rows.")
            layer = copy(layer)
            if layer.is_initialized:
                if layer.keys.shape[-2] != self._n:
                    raise CaptureError("The cache does not hold the whole beginning.")
                layer.keys = layer.keys.expand(n_rows, *layer.keys.shape[1:])
                layer.values = layer.values.expand(n_rows, *layer.values.shape[1:])
            cache.layers.append(layer)
        return cache


def shared_prefix(passes: Passes, rows: TokenRows, on_step: OnStep) -> SharedPrefix | None:
    """Return the prompts' shared beginning, or None where full runs are the way.

    Only `Rows` are shared: what is kept of every token equals the plain run of the batch to the
    last bit.
    """
    sites = frozenset(s for task in passes.tasks for need in task.needs for s in need.sites)
    reducers = [task.reducer for task in passes.tasks]
    if not (len(rows) > 1 and sites <= SHARED_SITES and all(isinstance(r, Rows) for r in reducers)):
        return None
    ranges = np.concatenate([_rows_of(reducer).spans for reducer in reducers], axis=1)
    n_shared = shared_length(rows, ranges)
    model = passes.setting.model
    known = _AGREES.setdefault(model.hf, {})
    work = n_shared, max(map(len, rows)), sites
    if n_shared == 0 or known.get(work) is False or model.reads_whole:
        return None
    if work not in known and model.within is not nullcontext:
        return None  # it is found out about the model as it is
    try:
        prefix = SharedPrefix(passes, rows[0][:n_shared], on_step)
        if work not in known:
            known[work] = _agrees(passes, prefix, rows, on_step)
    except Cancelled:
        raise
    except Exception as error:
        if out_of_memory(error):
            raise
        # The family keeps its past in some other way; it may say so by any kind of error.
        known[work] = False
    return prefix if known[work] else None


def shares(hf: "PreTrainedModel") -> bool:
    """Return whether a model has shared the beginning of its prompts so far."""
    return any(_AGREES.get(hf, {}).values())


def _rows_of(reducer: Any) -> Rows:
    assert isinstance(reducer, Rows)
    return reducer


def _agrees(passes: Passes, prefix: SharedPrefix, rows: TokenRows, on_step: OnStep) -> bool:
    import torch

    longest = max(range(len(rows)), key=lambda index: len(rows[index]))
    full: dict[Place, Tensor] = {}
    short: dict[Place, Tensor] = {}
    for run, into in ((passes.run, full), (prefix.run, short)):
        run([rows[longest]], [longest], into.__setitem__, on_step)
    tolerance = 1e-4 if passes.setting.model.hf.dtype == torch.float32 else 5e-2
    for place, expected in full.items():
        expected = expected.float()
        difference = (short[place].float() - expected).abs().max()
        if not bool(difference <= tolerance * expected.abs().max()):
            return False
    return True
