"""What a capture returns."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from laminoscope_core.errors import CaptureError
from laminoscope_core.models.model import ModelInfo
from laminoscope_core.recording.sites import SITES
from laminoscope_core.recording.store import Store

__all__ = ["Capture"]


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
