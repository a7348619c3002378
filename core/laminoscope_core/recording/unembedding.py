"""The logits of a few tokens at a time, by the model's own forward pass.

The logits of a text of thousands of tokens take more memory than everything else in the pass.
They are a function of what the decoder returns, token by token; so the decoder is answered from
what it has returned before, cut to a few tokens, and the model makes of that what it makes of the
whole: soft caps, scales and biases are its own.  That this is so is seen on a short probe; a model
of which it is not is run for all of its logits at once.
"""

from dataclasses import dataclass
from threading import get_ident
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from laminoscope_core.models.memory import out_of_memory
from laminoscope_core.recording.probe import forward_arguments, input_device
from laminoscope_core.recording.seen import N_TOKENS

if TYPE_CHECKING:
    from torch import Tensor, nn
    from transformers import PreTrainedModel

__all__ = ["Unembedding", "unembedding_of"]


@dataclass(frozen=True, eq=False)
class Unembedding:
    """How logits follow from what the decoder returns.

    Attributes
    ----------
    decoder : torch.nn.Module
        Its output, of type `returned`, begins with the last hidden state.
    returned : type
    """

    decoder: "nn.Module"
    returned: type

    def logits(self, hf: "PreTrainedModel", hidden: "Tensor") -> "Tensor":
        """Return the logits (batch, n_tokens, vocabulary) of last hidden states.

        Parameters
        ----------
        hf : transformers.PreTrainedModel
        hidden : tensor (batch, n_tokens, d_model)
        """
        import torch

        owner = get_ident()
        decoder: Any = self.decoder
        before, original = vars(decoder).get("forward"), decoder.forward

        def answer(*args: Any, **kwargs: Any) -> Any:
            if get_ident() != owner:
                return original(*args, **kwargs)
            return self.returned(last_hidden_state=hidden)

        ids = torch.zeros(hidden.shape[:2], dtype=torch.long, device=input_device(hf))
        arguments = forward_arguments(hf, attention_mask=torch.ones_like(ids))
        decoder.forward = answer
        try:
            logits: Tensor = hf(ids, **arguments).logits
        finally:
            if before is None:
                del decoder.forward
            else:
                decoder.forward = before
        return logits.detach()


# By model; None where the logits do not follow from the decoder's output token by token.
_KNOWN: "WeakKeyDictionary[Any, Unembedding | None]" = WeakKeyDictionary()


def unembedding_of(hf: "PreTrainedModel") -> Unembedding | None:
    """Return how a model's logits can be had a few tokens at a time; None if they cannot.

    The caller holds `hooks.alone`.
    """
    if hf not in _KNOWN:
        from transformers import PreTrainedModel

        _KNOWN[hf] = None
        parts = [child for child in hf.children() if isinstance(child, PreTrainedModel)]
        for decoder in dict.fromkeys((hf.base_model, hf.get_decoder(), *parts)):
            if _KNOWN[hf] is None and decoder not in (hf, None):
                _KNOWN[hf] = _probe(hf, decoder)
    return _KNOWN[hf]


def _probe(hf: "PreTrainedModel", decoder: "nn.Module") -> Unembedding | None:
    """Return the unembedding after a decoder, if the logits follow from what that returns."""
    import torch

    outputs: list[Any] = []
    owner = get_ident()

    def keep(_module: "nn.Module", _args: Any, output: Any) -> None:
        if get_ident() == owner:
            outputs.append(output)

    vocab = getattr(hf.get_input_embeddings(), "num_embeddings", N_TOKENS + 1)
    ids = torch.arange(1, 2 * N_TOKENS + 1).reshape(2, -1).to(input_device(hf)) % vocab
    arguments = forward_arguments(hf, attention_mask=torch.ones_like(ids))
    handle = decoder.register_forward_hook(keep)
    try:
        with torch.no_grad():
            whole = hf(ids, **arguments).logits
            (output,) = outputs
            found = Unembedding(decoder, type(output))
            halves = output.last_hidden_state.split(N_TOKENS // 2, dim=1)
            parts = torch.cat([found.logits(hf, half) for half in halves], dim=1)
    except Exception as error:
        if out_of_memory(error):
            raise
        # The family goes its own way after its decoder; it may say so by any kind of error.
        return None
    finally:
        handle.remove()
    # A product of fewer rows may be summed in another order.
    tolerance = 1e-5 if whole.dtype == torch.float32 else 2e-2
    difference = (parts.float() - whole.float()).abs().max()
    same = output[0] is output.last_hidden_state
    return found if same and bool(difference <= tolerance * whole.float().abs().max()) else None
