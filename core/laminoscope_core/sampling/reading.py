"""Next-token logits of a model, with its key/value cache reused from one question to the next."""

import inspect
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.models.foreign import first_line
from laminoscope_core.models.memory import out_of_memory
from laminoscope_core.models.model import Model
from laminoscope_core.sampling.parameters import SamplingError

if TYPE_CHECKING:
    import torch

__all__ = ["Reader"]


class Reader:
    """Reads rows of tokens and keeps what it has read.

    A text that begins like the one before is read only from where they part: one more token
    costs one token, going back or branching costs what differs.  Models whose cache cannot be
    shortened (recurrent ones, sliding windows once full) read again from the start.

    Parameters
    ----------
    model : Model

    Attributes
    ----------
    n_read : int
        Positions that went through the model so far.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._rows: NDArray[np.int64] = np.empty((1, 0), dtype=np.int64)
        self._cache: Any = None
        self._options: dict[str, Any] = {"use_cache": True}
        if "logits_to_keep" in inspect.signature(model.hf.forward).parameters:
            self._options["logits_to_keep"] = 1
        self.n_read = 0

    def logits_after(self, tokens: Sequence[int]) -> NDArray[np.float32]:
        """Return the logits of the token that follows, (vocabulary,)."""
        after: NDArray[np.float32] = self.logits_after_rows(np.asarray([tokens], dtype=np.int64))[0]
        return after

    def logits_after_rows(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the logits that follow each of several rows of one length.

        Parameters
        ----------
        rows : ndarray of int64, (n_rows, n_tokens)
            At least one token each.

        Returns
        -------
        ndarray of float32, (n_rows, vocabulary)

        Raises
        ------
        SamplingError
            There is not enough memory, or the model fails over the tokens.
        """
        import torch

        known = self._rewound(rows)
        # forgotten until the pass is over, so that an interrupted one leaves nothing behind
        cache, self._cache = self._cache, None
        self._rows = self._rows[:, :0]
        fed = torch.as_tensor(rows[:, known:], device=self._model.hf.device)
        try:
            with torch.inference_mode(), self._model.within():
                output = self._model.hf(input_ids=fed, past_key_values=cache, **self._options)
        except Exception as error:
            raise _failed(self._model.info.title, rows, error) from error
        kept = not self._model.reads_whole
        self._cache = getattr(output, "past_key_values", None) if kept else None
        if self._cache is not None:
            self._rows = rows.copy()
        self.n_read += rows.shape[1] - known
        return _as_numpy(output.logits[:, -1])

    def _rewound(self, rows: NDArray[np.int64]) -> int:
        """Shorten the cache to what ``rows`` shares with it; return how much that is."""
        n_rows, n_known = self._rows.shape
        shared = 0
        if rows.shape[0] == n_rows and self._cache is not None:
            width = min(n_known, rows.shape[1] - 1)  # at least one token must be fed
            same = (self._rows[:, :width] == rows[:, :width]).all(axis=0)
            shared = width if same.all() else int(same.argmin())
        surplus = n_known - shared
        if shared and surplus and _can_be_cropped(self._cache):
            self._cache.crop(-surplus)
        elif surplus:
            self._cache, shared = None, 0
        return shared


def _can_be_cropped(cache: Any) -> bool:
    from transformers.cache_utils import DynamicLayer, DynamicSlidingWindowLayer

    def plain(layer: Any) -> bool:
        if type(layer) is DynamicSlidingWindowLayer:
            return bool(layer.get_seq_length() < layer.sliding_window)
        return type(layer) is DynamicLayer

    return all(plain(layer) for layer in getattr(cache, "layers", (None,)))


def _failed(title: str, rows: NDArray[np.int64], error: Exception) -> SamplingError:
    n_rows, n_tokens = rows.shape
    if out_of_memory(error):
        return SamplingError(
            f"There is not enough memory to read {n_rows:,} × {n_tokens:,} tokens.",
            "Shorten the text, or choose a smaller model.",
        )
    return SamplingError(f"{title} cannot read this: {first_line(error)}.", "Choose another model.")


def _as_numpy(logits: "torch.Tensor") -> NDArray[np.float32]:
    array: NDArray[np.float32] = logits.float().cpu().numpy()
    return array
