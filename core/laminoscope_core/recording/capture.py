"""Capture: run a model and keep what its attention and its blocks computed."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.captured import Capture
from laminoscope_core.recording.prompts import Prompt
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.rows import Rows
from laminoscope_core.recording.reducers.whole import Whole
from laminoscope_core.recording.sites import checked_sites

__all__ = ["Capture", "capture"]


def capture(
    model: Model,
    prompts: Sequence[Prompt],
    sites: Sequence[str],
    layers: Sequence[int] | None = None,
    *,
    spans: npt.ArrayLike | None = None,
    job: Job | None = None,
    batch_size: int | None = None,
    memory: int | None = None,
) -> Capture:
    """Run the model over the prompts and keep its activations at some sites.

    The model computes exactly what it computes without being watched; blocks after the last
    one needed are not run, nor is the unembedding unless logits are asked for.

    Parameters
    ----------
    model : Model
        From `laminoscope_core.open_model` or `laminoscope_core.wrap_model`.
    prompts : sequence of str or of sequences of int
        Texts or token ids, of any lengths.
    sites : sequence of str
        See `laminoscope_core.recording.sites.SITES`.
    layers : sequence of int, optional
        0-based blocks; all if None.
    spans : integer array of shape (n_prompts, n_rows, 2), optional
        Token ranges ``[start, stop)`` of each prompt whose mean is kept as one row.
    job : Job, optional
        Told of every layer and batch; can be cancelled at every layer.
    batch_size : int, optional
        Prompts run together; chosen by memory if None.
    memory : int, optional
        Bytes that the captured arrays may take before they go to files that are mapped into
        memory; half of what is free if None.

    Returns
    -------
    Capture

    Raises
    ------
    CaptureError
        Something asked for does not exist; the message names it and what does.
    OutOfMemory
        There is not enough memory or disk; its `offers` say what would fit.
    Cancelled
        The job was cancelled.

    Examples
    --------
    >>> import torch
    >>> from transformers import GPT2Config, GPT2LMHeadModel
    >>> from laminoscope_core import capture, wrap_model
    >>> config = GPT2Config(vocab_size=50, n_positions=16, n_embd=8, n_layer=2, n_head=2)
    >>> model = wrap_model(GPT2LMHeadModel(config))
    >>> cap = capture(model, [[3, 1, 4], [1, 5]], ["q", "resid_out"])
    >>> cap.array("q").shape
    (2, 2, 3, 2, 4)
    >>> bool(np.isnan(cap.array("resid_out", layer=1)[1, 2]).all())
    True
    """
    names = checked_sites(sites)
    whole = Whole(names, layers) if spans is None else Rows(names, layers, spans=np.asarray(spans))
    found = record(model, prompts, [whole], job=job, batch_size=batch_size, memory=memory)
    return found[whole]
