"""How many bytes a capture takes while it runs and when it is done."""

from dataclasses import dataclass
from math import prod

from laminoscope_core.models.configuration import decoder_config
from laminoscope_core.models.model import Model
from laminoscope_core.recording.layout import Layout
from laminoscope_core.recording.sites import SITES

__all__ = ["Sizes", "cache_bytes", "running_bytes"]


@dataclass(frozen=True, eq=False)
class Sizes:
    """What a capture is asked for, in numbers.

    Attributes
    ----------
    model : Model
    layout : Layout
    sites : tuple of str
    layers : tuple of int
    lengths : tuple of int
        Tokens of each prompt.
    n_rows : int or None
        Rows kept of each prompt; every token if None.
    """

    model: Model
    layout: Layout
    sites: tuple[str, ...]
    layers: tuple[int, ...]
    lengths: tuple[int, ...]
    n_rows: int | None

    def kept(self) -> int:
        """Return the size of the float32 arrays that the capture returns."""
        longest = max(self.lengths)
        rows = len(self.lengths) * (longest if self.n_rows is None else self.n_rows)
        total = 0
        for site in self.sites:
            if SITES[site].by_layer:
                # Every layer has its place in an array of each shape that the site comes in.
                shapes = {shape for layer in self.layers if (shape := self._shape(site, layer))}
                values = len(self.layers) * sum(prod(shape) for shape in shapes)
            else:
                values = self._width(site)
            total += 4 * rows * values * (longest if site == "attention" else 1)
        return total

    def batch(self, size: int, length: int) -> int:
        """Return what a batch takes while it runs, with the rows kept of it.

        Parameters
        ----------
        size, length : int
            Prompts that run together, and tokens of the longest.
        """
        tokens = size * length
        rows = tokens if self.n_rows is None else size * self.n_rows
        values = 0
        for site in self.sites:
            if SITES[site].by_layer:
                each = sum(prod(self._shape(site, layer) or (0,)) for layer in self.layers)
                values += rows * each * (length if site == "attention" else 1)
            elif site == "logits":
                values += (tokens + (0 if self.n_rows is None else rows)) * self._width(site)
            else:
                values += rows * self._width(site)
        running = running_bytes(self.model, size, length, "attention" in self.sites)
        return running + values * _bytes_each(self.model)

    def _shape(self, site: str, layer: int) -> tuple[int, ...] | None:
        return self.layout.blocks[layer].shapes.get(site)

    def _width(self, site: str) -> int:
        if site == "logits":
            return self.model.info.vocab_size
        return int(getattr(self.layout.embedding, "embedding_dim", self.model.info.d_model))


def running_bytes(model: Model, size: int, length: int, with_weights: bool = False) -> int:
    """Return what a forward pass takes beside the model, without logits and what is kept.

    Parameters
    ----------
    model : Model
    size, length : int
        Prompts that run together, and tokens of the longest.
    with_weights : bool
        Whether the attention weights are computed; some kernels always do.
    """
    info, config = model.info, decoder_config(model.hf)
    inner = getattr(config, "intermediate_size", None)
    inner = inner if isinstance(inner, int) else 4 * info.d_model
    # The stream and its copies, the projections, the MLP's inner activations; plain attention
    # makes a few matrices of all tokens by all tokens.
    values = size * length * (8 * info.d_model + 3 * inner)
    if with_weights or info.attention_kernel == "eager":
        values += 4 * size * max(info.n_heads, 1) * length * length
    return values * _bytes_each(model)


def cache_bytes(model: Model, n_tokens: int) -> int:
    """Return what the keys and values of a text take while it is continued."""
    info = model.info
    return 2 * info.n_layers * info.n_kv_heads * info.d_head * n_tokens * _bytes_each(model)


def _bytes_each(model: Model) -> int:
    return 4 if model.info.dtype == "float32" else 2
