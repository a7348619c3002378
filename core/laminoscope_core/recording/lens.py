"""The logit lens: what the stream of every layer would say if the model ended there.

The streams of a text are read as the model reads its last one (`readout`), the statistics of the
final norm being those of the stream that is read; a few tokens of all layers at a time, so that
the logits of a whole text never exist at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.hooks import alone
from laminoscope_core.recording.linear import wide
from laminoscope_core.recording.probe import input_device
from laminoscope_core.recording.readout import Readout

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["LensReading", "ranks", "read_lens"]

_VALUES = 2**23
"""Logits that exist at once."""


@dataclass(frozen=True, eq=False)
class LensReading:
    """What the streams of a text say at every depth: the embedding, then each layer's output.

    Attributes
    ----------
    rank : int64 array (n_depths, n_tokens, n_targets)
        1 is the most likely: 1 + the tokens with a larger logit, ties by id.
    probability, logit : float64 array (n_depths, n_tokens, n_targets)
        The logit after whatever the model does to its scores, and its softmax.
    top_ids : int64 array (n_depths, n_tokens)
        The most likely token.
    top_probability, top_logit : float64 array (n_depths, n_tokens)
    entropy : float64 array (n_depths, n_tokens)
        Of the distribution, in nats.
    kl : float64 array (n_depths, n_tokens)
        Kullback–Leibler divergence of it from that of the last layer, Σ p_last·ln(p_last/p), in
        nats.
    """

    rank: NDArray[np.int64]
    probability: NDArray[np.float64]
    logit: NDArray[np.float64]
    top_ids: NDArray[np.int64]
    top_probability: NDArray[np.float64]
    top_logit: NDArray[np.float64]
    entropy: NDArray[np.float64]
    kl: NDArray[np.float64]


def read_lens(
    model: Model,
    readout: Readout,
    streams: NDArray[np.float32],
    target_ids: Sequence[int],
    job: Job,
) -> LensReading:
    """Read streams as if each were the last.

    Parameters
    ----------
    model : Model
    readout : Readout
        Of that model.
    streams : float32 array (n_depths, n_tokens, d_model)
        The last depth is the end.
    target_ids : sequence of int
        The tokens whose logit, probability and rank are read.
    job : Job
        Told every few tokens; can be cancelled there.
    """
    import torch

    n_depths, n_tokens = streams.shape[:2]
    step = max(1, _VALUES // (n_depths * model.info.vocab_size))
    targets = torch.tensor(list(target_ids), dtype=torch.long)
    parts: dict[str, list[NDArray[np.generic]]] = {}
    with alone(job), torch.no_grad():
        device = input_device(model.hf)
        for start in range(0, n_tokens, step):
            job.report(start / n_tokens, "logit lens")
            rows = torch.from_numpy(np.array(streams[:, start : start + step]))
            logits = readout.logits(model.hf, rows.to(device, model.hf.dtype))
            for name, values in _statistics(logits, targets.to(logits.device)).items():
                parts.setdefault(name, []).append(values.cpu().numpy())
    return LensReading(**{name: np.concatenate(many, axis=1) for name, many in parts.items()})


def _statistics(logits: "Tensor", targets: "Tensor") -> "dict[str, Tensor]":
    """Return what is kept of logits (n_depths, n_tokens, vocabulary)."""
    import torch

    double = wide(logits.device)
    lowest = torch.finfo(torch.float32).min
    scores = logits.float()
    top = scores.amax(-1)
    powers = (scores - top[..., None]).exp()
    # products of float32 are summed as wide numbers, without wide copies of their factors
    sums = powers.sum(-1, dtype=double)
    total = sums.log() + top.to(double)
    p = powers.div_(sums[..., None])
    # what cannot follow weighs nothing, and 0 · −∞ is no number
    log_p = (scores - total[..., None].float()).clamp_(min=lowest)
    kl = [(p[-1] * (log_p[-1] - each)).sum(-1, dtype=double) for each in log_p]
    logit = scores[..., targets].to(double)
    return {
        "rank": ranks(scores, targets),
        "probability": (logit - total[..., None]).exp(),
        "logit": logit,
        "top_ids": (scores == top[..., None]).to(torch.uint8).argmax(-1),
        "top_probability": (top.to(double) - total).exp(),
        "top_logit": top.to(double),
        "entropy": -(p * log_p).sum(-1, dtype=double),
        "kl": torch.stack(kl),
    }


def ranks(scores: "Tensor", targets: "Tensor") -> "Tensor":
    """Return the place of tokens in the order of their scores, ties by id; 1 is the first.

    Parameters
    ----------
    scores : tensor (…, vocabulary)
    targets : int64 tensor (n_targets,)

    Returns
    -------
    int64 tensor (…, n_targets)

    Examples
    --------
    >>> import torch
    >>> ranks(torch.tensor([1.0, 3.0, 1.0]), torch.tensor([0, 1, 2])).tolist()
    [2, 1, 3]
    """
    import torch

    places = []
    for target in targets.tolist():
        own = scores[..., target, None]
        larger = (scores > own).sum(-1)
        before = (scores[..., :target] == own).sum(-1)
        places.append(1 + larger + before)
    empty = torch.zeros((*scores.shape[:-1], 0), dtype=torch.long, device=scores.device)
    return torch.stack(places, dim=-1) if places else empty
