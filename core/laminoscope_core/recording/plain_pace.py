"""How fast a model reads, by one short pass as it is."""

import time

from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.hooks import alone
from laminoscope_core.recording.probe import forward_arguments, input_device

__all__ = ["seconds_per_token"]

_N_TOKENS = 16


def seconds_per_token(model: Model, job: Job) -> float:
    """Return how many seconds a token takes in a short pass, of which nothing is kept.

    Raises
    ------
    Cancelled
        The job was cancelled.
    """
    import torch

    hf = model.hf
    vocab = getattr(hf.get_input_embeddings(), "num_embeddings", _N_TOKENS + 1)
    ids = torch.arange(1, _N_TOKENS + 1)[None].to(input_device(hf)) % vocab
    arguments = forward_arguments(hf, attention_mask=torch.ones_like(ids), logits_to_keep=1)
    with alone(job), torch.no_grad():
        began = time.perf_counter()
        hf(ids, **arguments).logits.cpu()
        return (time.perf_counter() - began) / _N_TOKENS
