"""Guidance: scores that a second prompt gives, and how far to move away from them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.sampling.candidates import Candidates, Outcome, in_words

__all__ = ["Guide", "Guides", "guidance"]

Guides = Mapping[str, NDArray[np.float32]]
"""By second prompt: the logits, (vocabulary,), of what follows it and the text so far."""


@dataclass(frozen=True, eq=False)
class Guide:
    """What follows a second prompt and the text that was written after a prompt.

    Attributes
    ----------
    prompt : int
        After which prompt of an experiment, from 0.
    text : str
        The second prompt.
    generated : tuple of int
        The tokens of the text so far.
    logits : ndarray of float32, (vocabulary,)
    """

    prompt: int
    text: str
    generated: tuple[int, ...]
    logits: NDArray[np.float32]


def guidance(received: Candidates, guides: Guides, *, prompt: str, scale: float) -> Outcome:
    """Move the logits away from those of a second prompt: l' = l₀ + γ(l − l₀); off at γ = 1.

    l₀ are the second prompt's, γ the ``scale``: above 1 the first prompt counts more, at 0 only
    the second.  Sanchez et al. 2023, "Stay on topic with Classifier-Free Guidance",
    arXiv 2306.17806, as `UnbatchedClassifierFreeGuidanceLogitsProcessor` in Hugging Face's
    transformers, whose log softmax only shifts all l or all l₀.

    Examples
    --------
    >>> candidates = Candidates.from_logits([0.0, 2.0, 1.0])
    >>> guides = {"Rain": np.array([1.0, 2.0, 0.0], dtype=np.float32)}
    >>> guidance(candidates, guides, prompt="Rain", scale=2.0).kept.logits
    array([ 2.,  2., -1.])
    """
    if scale == 1 or not prompt:
        why = "no second prompt" if not prompt else "scale = 1"
        return Outcome(received, f"guidance: off ({why})")
    guide = guides.get(prompt)
    if guide is None or guide.size != received.vocabulary:
        return Outcome(received, "guidance: the second prompt has not been read here")
    other = guide[received.ids].astype(np.float64)
    known = np.isfinite(other) & np.isfinite(received.logits)
    logits = received.logits.copy()
    logits[known] = other[known] + scale * (received.logits[known] - other[known])
    kept = received.rescored(logits)
    now, before = in_words(kept.probabilities[0]), in_words(received.by_token()[kept.ids[0]])
    same = kept.ids[0] == received.ids[0]
    reason = (
        f"guidance: × {in_words(scale)}, {'the best' if same else 'another, now the best,'} "
        f"goes from {before} to {now}"
    )
    return Outcome(kept, reason)
