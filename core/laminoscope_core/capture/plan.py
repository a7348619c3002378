"""How much memory a capture takes, and how its prompts are divided into batches."""

from collections.abc import Sequence
from dataclasses import dataclass

from laminoscope_core.capture.prompts import Prompt, encode
from laminoscope_core.capture.sites import SITES, checked_layers, checked_sites
from laminoscope_core.errors import CaptureError
from laminoscope_core.models.model import Model

__all__ = ["Forecast", "batches_of", "forecast", "free_memory", "kept_bytes"]

# More tokens in a pass gain nothing and delay a cancellation.
MOST_TOKENS = 4096
# A pass may take this share of the memory that is free, and no more than so much: larger batches
# gain no speed, and what is kept of a batch is in memory twice while it is stored.
SHARE = 0.5
MOST_BYTES = 512 * 2**20


# A process with torch and transformers but without a model.
SMALL_PROCESS = 200e6


@dataclass(frozen=True)
class Forecast:
    """What a capture is expected to take, in bytes.

    Attributes
    ----------
    weights : int
        The model's parameters, tied ones once.
    kept : int
        The arrays that the capture returns.
    batch : int
        The largest batch while it runs: its activations and what is kept of it.
    peak : int
        Highest memory of the process (CPU) or of the model's device during the run.
    n_batches : int
    """

    weights: int
    kept: int
    batch: int
    peak: int
    n_batches: int


def forecast(
    model: Model,
    prompts: Sequence[Prompt],
    sites: Sequence[str],
    layers: Sequence[int] | None = None,
    *,
    n_rows: int | None = None,
    batch_size: int | None = None,
) -> Forecast:
    """Forecast the memory of a capture without running it.

    Parameters
    ----------
    model, prompts, sites, layers, batch_size
        As for `laminoscope_core.capture`.
    n_rows : int, optional
        Rows kept of each prompt, if spans are given; every token if None.
    """
    names = checked_sites(sites)
    chosen = checked_layers(layers, model.info.n_layers)
    lengths = [len(encode(model, prompt).token_ids) for prompt in prompts]
    batches = batches_of(model, lengths, names, len(chosen), n_rows, batch_size)
    weights = sum(p.numel() * p.element_size() for p in model.hf.parameters())
    kept = kept_bytes(model, names, len(chosen), len(lengths), n_rows or max(lengths), max(lengths))
    batch = max(
        _batch_bytes(model, len(b), max(lengths[i] for i in b), names, len(chosen), n_rows)
        for b in batches
    )
    if model.info.device.startswith("cpu"):
        import psutil

        base = psutil.Process().memory_info().rss
        if base < weights + SMALL_PROCESS:
            # Weights mapped from a file become resident as the model runs; of the embedding
            # only single rows are read, unless it is the unembedding too.
            base += weights
            if "logits" not in names:
                embedding = model.hf.get_input_embeddings().weight
                base -= embedding.numel() * embedding.element_size()
        peak = int(base + kept + batch)
    else:
        peak = weights + batch
    return Forecast(weights, kept, batch, peak, len(batches))


def batches_of(
    model: Model,
    lengths: Sequence[int],
    sites: Sequence[str],
    n_layers: int,
    n_rows: int | None,
    batch_size: int | None,
) -> list[list[int]]:
    """Divide the prompts into batches of similar length that fit into memory.

    Returns
    -------
    list of list of int
        Indices of prompts.

    Raises
    ------
    CaptureError
        The batch size is not positive, or not even one prompt fits.
    """
    if batch_size is not None and batch_size < 1:
        raise CaptureError(f"The batch size is {batch_size}.", "It must be at least 1.")
    order = sorted(range(len(lengths)), key=lambda index: lengths[index])
    free = free_memory(model)
    room = min(SHARE * free, MOST_BYTES)
    batches: list[list[int]] = []
    for index in order:
        size = len(batches[-1]) + 1 if batches else 0
        if batch_size is not None:
            fits = 0 < size <= batch_size
        else:
            taken = _batch_bytes(model, size, lengths[index], sites, n_layers, n_rows)
            fits = size > 0 and size * lengths[index] <= MOST_TOKENS and taken <= room
        if fits:
            batches[-1].append(index)
        else:
            batches.append([index])
    longest = lengths[order[-1]]
    single = _batch_bytes(model, 1, longest, sites, n_layers, n_rows)
    if single > free:
        raise CaptureError(
            f"A prompt of {longest} tokens would take {_gib(single)}; {_gib(free)} is free.",
            "Capture fewer sites or layers, or a shorter text.",
        )
    return batches


def kept_bytes(
    model: Model, sites: Sequence[str], n_layers: int, n_prompts: int, n_rows: int, n_tokens: int
) -> int:
    """Return the size of the float32 arrays that a capture returns."""
    rows = n_prompts * n_rows
    return sum(4 * rows * _width(model, site, n_tokens) * _times(site, n_layers) for site in sites)


def free_memory(model: Model) -> float:
    """Return the bytes that are free on the model's device."""
    import psutil
    import torch

    if model.info.device.startswith("cuda"):
        return float(torch.cuda.mem_get_info(torch.device(model.info.device))[0])
    return float(psutil.virtual_memory().available)


def _batch_bytes(
    model: Model, size: int, length: int, sites: Sequence[str], n_layers: int, n_rows: int | None
) -> int:
    info = model.info
    config = model.hf.config.get_text_config(decoder=True)
    inner = getattr(config, "intermediate_size", None) or 4 * info.d_model
    inner = inner if isinstance(inner, int) else 4 * info.d_model
    bytes_each = 4 if info.dtype == "float32" else 2
    tokens = size * length
    # The stream and its copies, the projections, the MLP's inner activations; plain attention
    # makes a few matrices of all tokens by all tokens.
    running = tokens * (8 * info.d_model + 3 * inner) * bytes_each
    if info.attention_kernel == "eager" or "attention" in sites:
        running += 4 * size * max(info.n_heads, 1) * length * length * bytes_each
    if "logits" in sites:
        running += 2 * tokens * info.vocab_size * bytes_each
    rows = tokens if n_rows is None else size * n_rows
    kept = sum(
        rows * _width(model, site, length) * bytes_each * _times(site, n_layers) for site in sites
    )
    return running + kept


def _times(site: str, n_layers: int) -> int:
    return n_layers if SITES[site].by_layer else 1


def _width(model: Model, site: str, n_tokens: int) -> int:
    info = model.info
    if site in ("q", "q_used"):
        return info.n_heads * info.d_head
    if site in ("k", "v", "k_used"):
        return info.n_kv_heads * info.d_head
    if site == "attention":
        return info.n_heads * n_tokens
    return info.vocab_size if site == "logits" else info.d_model


def _gib(n_bytes: float) -> str:
    return f"{n_bytes / 2**30:.1f} GiB"
