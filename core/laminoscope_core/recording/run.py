"""The forward passes: prompts in, rows of activations out."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.models.memory import let_go, out_of_memory
from laminoscope_core.models.model import Model
from laminoscope_core.recording.captured import Capture
from laminoscope_core.recording.hooks import Key, alone
from laminoscope_core.recording.layout import Layout, Source, Tap
from laminoscope_core.recording.loop import no_memory, run_batches
from laminoscope_core.recording.passes import Passes
from laminoscope_core.recording.plan import plan_of
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.prompts import EncodedPrompt, Prompt, encode
from laminoscope_core.recording.sites import SITES, checked_layers, checked_sites
from laminoscope_core.recording.sizes import Sizes
from laminoscope_core.recording.store import Store

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
    job = job or Job()
    if isinstance(prompts, str):
        raise CaptureError("The prompts must be a list of texts, not one text.")
    names = checked_sites(sites)
    encoded = [encode(model, prompt) for prompt in prompts]
    if not encoded:
        raise CaptureError("There are no prompts.", "Give at least one.")
    ranges = None if spans is None else _checked_spans(spans, encoded)
    if model.hf.training:
        raise CaptureError("The model is in training mode, where dropout changes its activations.")
    try:
        return _captured(model, encoded, names, layers, ranges, job, batch_size, memory)
    except (RuntimeError, MemoryError) as error:
        if not out_of_memory(error):
            raise
        reason = str(error)
    # Out of the except clause, where the error would keep the pass's tensors alive.
    let_go()
    raise no_memory(reason, model.hf, len(encoded))


def _captured(
    model: Model,
    encoded: Sequence[EncodedPrompt],
    names: tuple[str, ...],
    layers: Sequence[int] | None,
    ranges: npt.NDArray[np.int64] | None,
    job: Job,
    batch_size: int | None,
    memory: int | None,
) -> Capture:
    import torch

    with alone(job), torch.no_grad():
        layout = layout_of(model.hf, job)
        wanted = checked_layers(layers, len(layout.blocks))
        sources = _sources(layout, names, layers)
        rows = [prompt.token_ids for prompt in encoded]
        lengths = tuple(map(len, rows))
        n_rows = None if ranges is None else ranges.shape[1]
        plan = plan_of(Sizes(model, layout, names, wanted, lengths, n_rows), batch_size, memory)
        passes = Passes(model.hf, layout, sources, "logits" in names, max(lengths))
        store = Store(len(rows), n_rows or max(lengths), wanted, on_disk=plan.on_disk)
        try:
            run_batches(passes, rows, ranges, plan.batches, store, job, batch_size is None)
            store.seal()
        except BaseException:
            store.close()
            raise
    return Capture(
        model=model.info,
        sites=names,
        layers=wanted,
        token_ids=tuple(rows),
        tokens=tuple(prompt.pieces for prompt in encoded),
        _store=store,
    )


def _checked_spans(spans: npt.ArrayLike, encoded: Sequence[EncodedPrompt]) -> npt.NDArray[np.int64]:
    ranges = np.asarray(spans)
    if ranges.ndim != 3 or ranges.shape[0] != len(encoded) or ranges.shape[2] != 2:
        raise CaptureError(
            f"The spans have the shape {ranges.shape}.",
            f"It must be ({len(encoded)}, n_rows, 2): a token range for every row of every prompt.",
        )
    if ranges.dtype.kind not in "iu" or ranges.shape[1] == 0:
        raise CaptureError("The spans must be whole numbers, at least one range per prompt.")
    for prompt, rows in zip(encoded, ranges, strict=True):
        n_tokens = len(prompt.token_ids)
        bad = (rows[:, 0] < 0) | (rows[:, 1] > n_tokens) | (rows[:, 0] >= rows[:, 1])
        if bad.any():
            start, stop = rows[bad][0]
            raise CaptureError(
                f"The span {start} to {stop} is not inside a prompt of {n_tokens} tokens.",
                "A span runs from its first token to one past its last.",
            )
    return ranges.astype(np.int64)


def _sources(
    layout: Layout, sites: Sequence[str], layers: Sequence[int] | None
) -> dict[Key, Source]:
    sources: dict[Key, Source] = {}
    for site in sites:
        if site == "embedding":
            sources[site, None] = Source((Tap(layout.embedding),))
        elif SITES[site].by_layer:
            chosen = checked_layers(layers, len(layout.blocks))
            if layers is None:
                # Hybrid models have attention in some blocks only; the rest stays NaN.
                having = [layer for layer in chosen if site in layout.blocks[layer].sources]
                chosen = tuple(having) or chosen[:1]
            for layer in chosen:
                sources[site, layer] = layout.source(site, layer)
    return sources
