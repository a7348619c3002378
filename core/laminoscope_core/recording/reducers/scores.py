"""Scores: logit and probability of a few tokens after every token of a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.recording.linear import wide
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.store import Store

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["LastScores", "Scores"]


@dataclass(frozen=True, eq=False)
class LastScores:
    """What a model says after the last token of some prompts.

    Attributes
    ----------
    logit, probability : float64 array (n_prompts, n_targets)
    """

    logit: NDArray[np.float64]
    probability: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Scores:
    """Keeps the scores of a few tokens, from a few tokens' logits at a time.

    Attributes
    ----------
    target_ids : tuple of int
    """

    target_ids: tuple[int, ...]
    layers: ClassVar[Sequence[int] | None] = None

    def needs(self, setting: Setting) -> list[Need]:
        """Return one need: the logits, in blocks."""
        kept = Kept({"token": 0, "target": len(self.target_ids)}, "float64")
        keeps = {"logit": kept, "probability": kept}
        return [Need(None, ("logits",), keeps, by_block=True)]

    def reduce(
        self, need: Need, values: "Mapping[str, Tensor]", batch: Batch
    ) -> "dict[str, Tensor]":
        """Return logits and their softmax, (batch, n_tokens, n_targets)."""
        scores = values["logits"].float()
        largest = scores.amax(-1, keepdim=True)
        total = (scores - largest).exp().sum(-1, keepdim=True, dtype=wide(scores.device))
        logit = scores[..., list(self.target_ids)].to(total)
        return {"logit": logit, "probability": (logit - largest.to(total)).exp() / total}

    def result(self, store: Store, setting: Setting) -> LastScores:
        """Return the scores after each prompt's last token."""
        last = [len(prompt.token_ids) - 1 for prompt in setting.prompts]
        which = np.arange(len(last))
        logit, probability = (store.array(name, None) for name in ("logit", "probability"))
        return LastScores(logit[which, last], probability[which, last])
