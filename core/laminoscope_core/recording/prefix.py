"""A shared beginning computed once: its keys and values are made for one row and expanded.

All sentences of a word experiment begin alike.  Under causal attention those tokens see the
same context in each, so one row of them is enough, and a word costs its own tokens only.  Not
every family keeps its past in a way that can be shared, and some compute otherwise beyond a
length; the first use with given sites and lengths compares with a full run of one prompt and
falls back to full runs if it does not agree.
"""

from collections.abc import Callable, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Cancelled
from laminoscope_core.models.memory import out_of_memory
from laminoscope_core.recording.hooks import Key
from laminoscope_core.recording.passes import Passes, TokenRows

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
    """The beginning that all prompts of a capture share, run once.

    Parameters
    ----------
    passes : Passes
    tokens : tuple of int
        The shared tokens.
    ranges : int array of shape (n_prompts, n_rows, 2)
        Rows to keep of the whole prompts.
    on_block : callable
        As for `Passes.run`.
    """

    def __init__(
        self,
        passes: Passes,
        tokens: tuple[int, ...],
        ranges: npt.NDArray[np.int64],
        on_block: Callable[[int], None],
    ) -> None:
        from transformers import DynamicCache

        self._passes = passes
        self._n = len(tokens)
        self._ranges = ranges
        self._early = ranges[..., 1] <= self._n
        found = np.unique(ranges[self._early], axis=0, return_inverse=True)
        self._unique, index = found[0], found[1]
        self._index = np.zeros(ranges.shape[:2], dtype=np.int64)
        self._index[self._early] = index.ravel()
        kept = self._unique if len(self._unique) else np.array([[0, 1]])
        self._cache = DynamicCache(config=passes.hf.config.get_text_config(decoder=True))
        self._rows = passes.run([tokens], kept[None], on_block, self._cache)

    def run(
        self, rows: TokenRows, prompts: Sequence[int], on_block: Callable[[int], None]
    ) -> "dict[Key, Tensor]":
        """Run the rest of some prompts; as `Passes.run` of the whole prompts."""
        import torch

        early = self._early[prompts]
        ranges = np.where(early[..., None], [0, 1], self._ranges[prompts] - self._n)
        rest = [row[self._n :] for row in rows]
        kept = self._passes.run(rest, ranges, on_block, self._expanded(len(rows)), self._n)
        if early.any():
            where = torch.from_numpy(early)
            which = torch.from_numpy(self._index[prompts][early])
            for key, values in kept.items():
                before = self._rows[key][0]
                values = values.to(torch.promote_types(values.dtype, before.dtype))
                values[where.to(values.device)] = before[which.to(before.device)].to(values)
                kept[key] = values
        return kept

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


def shared_prefix(
    passes: Passes,
    rows: TokenRows,
    ranges: npt.NDArray[np.int64] | None,
    on_block: Callable[[int], None],
) -> SharedPrefix | None:
    """Return the prompts' shared beginning, or None where full runs are the way.

    Only rows that are reduced by spans are shared: without spans a capture equals the plain
    run of the batch to the last bit.
    """
    sites = frozenset(site for site, _ in passes.sources)
    if ranges is None or len(rows) < 2 or passes.logits or not sites <= SHARED_SITES:
        return None
    n_shared = shared_length(rows, ranges)
    known = _AGREES.setdefault(passes.hf, {})
    work = n_shared, max(map(len, rows)), sites
    if n_shared == 0 or known.get(work) is False:
        return None
    try:
        prefix = SharedPrefix(passes, rows[0][:n_shared], ranges, on_block)
        if work not in known:
            known[work] = _agrees(passes, prefix, rows, ranges, on_block)
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


def _agrees(
    passes: Passes,
    prefix: SharedPrefix,
    rows: TokenRows,
    ranges: npt.NDArray[np.int64],
    on_block: Callable[[int], None],
) -> bool:
    import torch

    longest = max(range(len(rows)), key=lambda index: len(rows[index]))
    full = passes.run([rows[longest]], ranges[[longest]], on_block)
    short = prefix.run([rows[longest]], [longest], on_block)
    for key, expected in full.items():
        expected = expected.float()
        tolerance = 1e-4 if passes.hf.dtype == torch.float32 else 5e-2
        difference = (short[key].float() - expected).abs().max()
        if not bool(difference <= tolerance * expected.abs().max()):
            return False
    return True
