"""Next-token statistics: how surprising each token was, and how open the choice before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Expectation", "NextToken", "distribution"]

# Scores that are exponentiated together: as many as stay in a processor's cache.
_VALUES = 2**19


@dataclass(frozen=True, eq=False)
class Expectation:
    """What a model expected of some prompts, in nats.

    Attributes
    ----------
    surprisal : float64 array (n_prompts, n_tokens)
        −ln of the probability that the model gave the token before it saw it; NaN for the first
        token, which nothing predicts, and beyond a prompt's end.
    entropy : float64 array (n_prompts, n_tokens)
        Of the distribution that predicted the token; NaN likewise.
    top_ids : int64 array (n_prompts, n_tokens, n_top)
        The likeliest tokens to follow each token, likeliest first; −1 beyond a prompt's end.
    top_log_probabilities : float64 array (n_prompts, n_tokens, n_top)
        Of those; NaN beyond a prompt's end.
    """

    surprisal: NDArray[np.float64]
    entropy: NDArray[np.float64]
    top_ids: NDArray[np.int64]
    top_log_probabilities: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class NextToken:
    """Keeps surprisal, entropy and the likeliest tokens, from a few tokens' logits at a time.

    Attributes
    ----------
    n_top : int
        How many of the likeliest tokens are kept.
    """

    n_top: int = 0
    layers: ClassVar[Sequence[int] | None] = None

    def needs(self, setting: Setting) -> list[Need]:
        """Return one need: the logits, in blocks."""
        number, top = Kept({"token": 0}, "float64"), {"token": 0, "rank": self.n_top}
        keeps = {"surprisal": number, "entropy": number}
        if self.n_top:
            keeps |= {"top_ids": Kept(top, "int64"), "top": Kept(top, "float64")}
        return [Need(None, ("logits",), keeps, by_block=True)]

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "dict[str, Tensor]":
        """Return what stands at each position about the token after it."""
        logits = values["logits"]
        n_tokens = logits.shape[1]
        following = batch.token_ids.roll(-1, 1)[:, batch.first : batch.first + n_tokens]
        return distribution(logits, following.to(logits.device), self.n_top)

    def result(self, store: Store, setting: Setting) -> Expectation:
        """Return the statistics, surprisal and entropy at the token that was predicted."""
        after = {name: store.array(name, None) for name in ("surprisal", "entropy")}
        predicted = {name: np.full(array.shape, np.nan) for name, array in after.items()}
        for index, prompt in enumerate(setting.prompts):
            n_tokens = len(prompt.token_ids)
            for name, array in after.items():
                predicted[name][index, 1:n_tokens] = array[index, : n_tokens - 1]
        shape = (*predicted["surprisal"].shape, 0)
        return Expectation(
            **predicted,
            top_ids=store.array("top_ids", None) if self.n_top else np.zeros(shape, np.int64),
            top_log_probabilities=store.array("top", None) if self.n_top else np.zeros(shape),
        )


def distribution(logits: "Tensor", following: "Tensor", n_top: int = 0) -> "dict[str, Tensor]":
    """Return statistics of the distributions that logits stand for.

    Exponentials are float32, their sums float64 (float32 on a device that has no such).

    Parameters
    ----------
    logits : tensor (batch, n_tokens, vocabulary)
        −∞ for a token that cannot follow.
    following : tensor of int64 (batch, n_tokens)
        The token that does.
    n_top : int

    Returns
    -------
    dict of str to tensor (batch, n_tokens) or (batch, n_tokens, n_top)
        ``surprisal`` and ``entropy`` in nats; ``top_ids`` and, their log probabilities, ``top``.

    Examples
    --------
    >>> import torch
    >>> found = distribution(torch.tensor([[[0.25, 0.75]]]).log(), torch.tensor([[0]]), n_top=2)
    >>> [found[name].round(decimals=4).item() for name in ("surprisal", "entropy")]
    [1.3863, 0.5623]
    >>> found["top_ids"].tolist()
    [[[1, 0]]]
    """
    import torch

    double = torch.float32 if logits.device.type == "mps" else torch.float64
    lowest = torch.finfo(torch.float32).min
    flat, chosen = logits.flatten(0, 1), following.flatten()
    step = max(1, _VALUES // flat.shape[1]) if logits.device.type == "cpu" else len(flat)
    parts: dict[str, list[Tensor]] = {}
    for start in range(0, len(flat), step):
        scores = flat[start : start + step].float()
        largest = scores.amax(-1, keepdim=True)
        scores = scores - largest
        powers = scores.exp()
        total = powers.sum(-1, dtype=double)
        picked = scores.gather(-1, chosen[start : start + step, None])[:, 0].to(double)
        # What cannot follow weighs nothing, and 0 · −∞ is no number.
        weighted = powers.mul_(scores.clamp_(min=lowest)).sum(-1, dtype=double)
        found = {"surprisal": total.log() - picked, "entropy": total.log() - weighted / total}
        if n_top:
            best = scores.topk(n_top, dim=-1)
            found["top_ids"] = best.indices
            found["top"] = best.values.to(double) - total.log()[:, None]
        for name, values in found.items():
            parts.setdefault(name, []).append(values)
    shape = logits.shape[:2]
    return {
        name: torch.cat(many).reshape(*shape, *many[0].shape[1:]) for name, many in parts.items()
    }
