"""The forward passes: prompts in, rows of activations out."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from laminoscope_core.capture.hooks import Key
from laminoscope_core.capture.layout import Layout, Source, Tap
from laminoscope_core.capture.passes import Passes, TokenRows
from laminoscope_core.capture.plan import batches_of, kept_bytes
from laminoscope_core.capture.prefix import shared_prefix
from laminoscope_core.capture.probe import layout_of
from laminoscope_core.capture.prompts import EncodedPrompt, Prompt, encode
from laminoscope_core.capture.sites import SITES, checked_layers, checked_sites
from laminoscope_core.capture.store import Store
from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model, ModelInfo

__all__ = ["Capture", "capture"]

# Hooks belong to a model, not to a thread; one capture at a time keeps them apart.
_RUNNING = threading.Lock()


@dataclass(frozen=True, eq=False)
class Capture:
    """What a model computed for some prompts.

    Attributes
    ----------
    model : ModelInfo
        The model that was run.
    sites : tuple of str
        What was captured.
    layers : tuple of int
        The layers captured, ascending: axis 0 of `array` without a layer.
    token_ids : tuple of tuple of int
        By prompt, special tokens included.
    tokens : tuple of tuple of str
        The piece of text of each token.
    """

    model: ModelInfo
    sites: tuple[str, ...]
    layers: tuple[int, ...]
    token_ids: tuple[tuple[int, ...], ...]
    tokens: tuple[tuple[str, ...], ...]
    _store: Store = field(repr=False)

    def array(self, site: str, layer: int | None = None) -> npt.NDArray[np.float32]:
        """Return the activations at a site.

        Parameters
        ----------
        site : str
            One of `sites`.
        layer : int, optional
            One of `layers`; all of them, along a leading axis, if None.

        Returns
        -------
        float32 array of shape (n_prompts, n_rows, …)
            Rows are tokens, or the spans asked for.  The last axes are ``(n_heads, d_head)``
            for q, k and v and ``(d_model,)`` for streams; attention is
            ``(n_prompts, n_heads, n_rows, n_tokens)``.  Rows and attended tokens beyond a
            prompt's own length are NaN, and so are layers of a hybrid model that do not have
            the site.  Not a copy: do not write into it.

        Raises
        ------
        CaptureError
            The site or the layer was not captured.
        """
        if site not in self.sites:
            raise CaptureError(
                f"{site!r} was not captured.", f"This capture has {', '.join(self.sites)}."
            )
        if layer is not None:
            if not SITES[site].by_layer:
                raise CaptureError(f"{site} has no layers.", "Leave the layer out.")
            if layer not in self.layers:
                raise CaptureError(
                    f"Layer {layer} was not captured.",
                    f"This capture has {', '.join(map(str, self.layers))}.",
                )
        values = self._store.array(site, layer)
        return values.swapaxes(-3, -2) if site == "attention" else values

    @property
    def logits(self) -> npt.NDArray[np.float32]:
        """Next-token scores, float32 of shape (n_prompts, n_rows, vocab)."""
        return self.array("logits")


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
        See `laminoscope_core.capture.sites.SITES`.
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
    import psutil
    import torch

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

    with _alone(job), torch.no_grad():
        layout = layout_of(model.hf, lambda _layer: job.check())
        wanted = checked_layers(layers, len(layout.blocks))
        sources = _sources(layout, names, layers)
        rows = [prompt.token_ids for prompt in encoded]
        longest = max(map(len, rows))
        n_rows = longest if ranges is None else ranges.shape[1]
        kept = kept_bytes(model, names, len(wanted), len(rows), n_rows, longest)
        budget = psutil.virtual_memory().available // 2 if memory is None else memory
        passes = Passes(model.hf, layout, sources, "logits" in names, longest)
        store = Store(len(rows), n_rows, wanted, on_disk=kept > budget)
        lengths = [len(row) for row in rows]
        kept_rows = None if ranges is None else n_rows
        batches = batches_of(model, lengths, names, len(wanted), kept_rows, batch_size)
        try:
            _run(passes, rows, ranges, batches, store, job, batch_size is None)
            store.seal()
        except BaseException:
            store.close()
            raise
    return Capture(
        model=model.info,
        sites=names,
        layers=wanted,
        token_ids=tuple(prompt.token_ids for prompt in encoded),
        tokens=tuple(prompt.pieces for prompt in encoded),
        _store=store,
    )


@contextmanager
def _alone(job: Job) -> Iterator[None]:
    while not _RUNNING.acquire(timeout=0.05):
        job.check()
    try:
        yield
    finally:
        _RUNNING.release()


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


def _run(
    passes: Passes,
    rows: TokenRows,
    ranges: npt.NDArray[np.int64] | None,
    batches: list[list[int]],
    store: Store,
    job: Job,
    may_split: bool,
) -> None:
    n_blocks = len(passes.layout.blocks)
    prefix = shared_prefix(passes, rows, ranges, lambda _layer: job.check())
    waiting = list(reversed(batches))
    n_done = 0
    while waiting:
        batch = waiting.pop()
        n_batches = n_done + 1 + len(waiting)
        part = job.part(n_done / n_batches, (n_done + 1) / n_batches)
        text = f" of batch {n_done + 1}/{n_batches}" if n_batches > 1 else ""

        def on_block(layer: int, part: Job = part, text: str = text) -> None:
            part.report(layer / n_blocks, f"layer {layer}{text}")

        chosen_rows = [rows[index] for index in batch]
        chosen = None if ranges is None else ranges[batch]
        try:
            if prefix is None:
                kept = passes.run(chosen_rows, chosen, on_block)
            else:
                kept = prefix.run(chosen_rows, batch, on_block)
            job.check()
            inside = _inside(chosen_rows, chosen)
            for key in list(kept):
                store.put(key, batch, kept.pop(key), inside)
        except (RuntimeError, MemoryError) as error:
            if not _out_of_memory(error):
                raise
            reason = str(error)
        else:
            n_done += 1
            continue
        # Out of the except clause, where the error would keep the pass's tensors alive.
        _let_go()
        if len(batch) == 1 or not may_split:
            raise CaptureError(
                f"There is not enough memory for a batch of {len(batch)} "
                f"({reason.splitlines()[0]}).",
                "Choose a smaller batch size, fewer sites or layers, or the CPU.",
            )
        half = len(batch) // 2
        waiting += [batch[half:], batch[:half]]


def _out_of_memory(error: BaseException) -> bool:
    import torch

    return isinstance(error, (MemoryError, torch.OutOfMemoryError)) or (
        "can't allocate memory" in str(error) or "out of memory" in str(error)
    )


def _let_go() -> None:
    import gc

    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def _inside(rows: TokenRows, ranges: npt.NDArray[np.int64] | None) -> npt.NDArray[np.bool_]:
    if ranges is not None:
        return np.ones(ranges.shape[:2], dtype=np.bool_)
    lengths = np.array([len(row) for row in rows])
    inside: npt.NDArray[np.bool_] = np.arange(lengths.max()) < lengths[:, None]
    return inside
