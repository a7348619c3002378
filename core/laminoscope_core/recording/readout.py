"""How a model reads its logits off the stream: final norm, unembedding, what it does to the scores.

The modules are found by what one short pass shows, and what is found counts only if it gives the
model's own logits (the readout identity).  Then it may be applied to the stream of any layer.
"""

from dataclasses import dataclass
from threading import get_ident
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.models.configuration import decoder_config
from laminoscope_core.models.model import Model
from laminoscope_core.recording.hooks import Call, alone, hooked
from laminoscope_core.recording.layout import Layout
from laminoscope_core.recording.linear import Norm, norm_of, plain_norm, weight_of, wide
from laminoscope_core.recording.probe import forward_arguments, input_device, layout_of
from laminoscope_core.recording.seen import N_TOKENS, first_tensor
from laminoscope_core.recording.unembedding import Unembedding, unembedding_of

if TYPE_CHECKING:
    from torch import Tensor, nn
    from transformers import PreTrainedModel

__all__ = ["Products", "Readout", "readout_of"]


@dataclass(frozen=True, eq=False)
class Products:
    """A readout as products with rows of the unembedding: ``factor · W·norm(x) + bias``.

    Attributes
    ----------
    norm : Norm
        The final one; that of a model without is plain, and its 1/σ is 1.
    head : torch.nn.Module
        With weights (vocabulary, d_model).
    factor : float
        What the products are multiplied by, as in Cohere's and Granite's models.
    cap : float or None
        c of the soft cap ``c·tanh(x/c)`` that is last; None if there is none.
    """

    norm: Norm
    head: "nn.Module"
    factor: float
    cap: float | None

    def rows(self, ids: "Any") -> "Tensor":
        """Return what the normed stream is multiplied with for some tokens, (n, d_model)."""
        weight = weight_of(self.head)
        assert weight is not None
        return weight[ids].to(self.norm.gain) * self.factor

    def biases(self, ids: "Any") -> "Tensor":
        """Return what is the same at all positions for some tokens, (n,): β·W_U + b_U."""
        own = getattr(self.head, "bias", None)
        found = self.rows(ids) @ self.norm.bias
        return found if own is None else found + own.detach()[ids].to(found) * self.factor


@dataclass(frozen=True, eq=False)
class Readout:
    """The steps from a stream to logits.

    Attributes
    ----------
    steps : tuple of torch.nn.Module
        What the last block's output passes until the decoder returns it: the final norm, or
        nothing.
    unembedding : Unembedding
        How the model goes on.
    products : Products or None
        The same as products with the unembedding.
    refusal : str
        Why there is no such form; "" if there is.
    """

    steps: "tuple[nn.Module, ...]"
    unembedding: Unembedding
    products: Products | None
    refusal: str

    def normed(self, stream: "Tensor") -> "Tensor":
        """Return what enters the unembedding of a stream (batch, n_tokens, d_model)."""
        for step in self.steps:
            stream = step(stream)
        return stream

    def logits(self, hf: "PreTrainedModel", stream: "Tensor") -> "Tensor":
        """Return the logits (batch, n_tokens, vocabulary) that a stream would give at the end.

        The statistics of the final norm are those of this stream.  The caller holds
        `hooks.alone` and has gradients switched off.
        """
        return self.unembedding.logits(hf, self.normed(stream))


_KNOWN: "WeakKeyDictionary[Any, Readout | str]" = WeakKeyDictionary()


def readout_of(model: Model, job: Job | None = None) -> Readout:
    """Return how a model reads its logits off the stream, found out the first time.

    Raises
    ------
    CaptureError
        It does so in a way that cannot be applied to other layers; the message says why.
    Cancelled
        The job was cancelled.
    """
    import torch

    hf = model.hf
    with alone(job or Job()), torch.no_grad():
        if hf not in _KNOWN:
            layout = layout_of(hf, job)
            try:
                _KNOWN[hf] = _probe(hf, layout)
            except CaptureError as error:
                _KNOWN[hf] = error.message
        found = _KNOWN[hf]
    if isinstance(found, str):
        raise CaptureError(found)
    return found


def _probe(hf: "PreTrainedModel", layout: Layout) -> Readout:
    import torch

    for block in layout.blocks:
        if "resid_out" in block.missing:
            raise CaptureError(block.missing["resid_out"])
    unembedding = unembedding_of(hf)
    if unembedding is None:
        raise CaptureError("its logits do not follow token by token from what its decoder returns")
    last = len(layout.blocks) - 1
    streams: list[Tensor] = []
    sources = {"resid_out": layout.source("resid_out", last)}
    call = Call(last, sources, lambda values: streams.append(values["resid_out"].clone()))
    ran: list[tuple[nn.Module, Tensor, Tensor]] = []

    returned: list[Tensor] = []
    owner = get_ident()

    def keep(module: "nn.Module", args: Any, output: Any) -> None:
        if get_ident() != owner:
            return
        if module is unembedding.decoder:
            returned.append(output[0].detach().clone())
            return
        entered, left = first_tensor(args), first_tensor(output)
        if entered is not None and left is not None:
            ran.append((module, entered.detach().clone(), left.detach().clone()))

    inside = {module for block in layout.blocks for module in block.module.modules()}
    vocab = getattr(hf.get_input_embeddings(), "num_embeddings", N_TOKENS + 1)
    ids = torch.arange(1, N_TOKENS + 1)[None].to(input_device(hf)) % vocab
    arguments = forward_arguments(hf, attention_mask=torch.ones_like(ids))
    blocks = [block.module for block in layout.blocks]
    handles = [m.register_forward_hook(keep) for m in hf.modules() if m not in inside]
    try:
        with hooked([call], blocks, shape=(1, N_TOKENS), on_block=lambda _: None, stop=False):
            whole = hf(ids, **arguments).logits.detach()
    finally:
        for handle in handles:
            handle.remove()
    (stream,), (hidden,) = streams, returned
    steps = _steps(stream, hidden, ran)
    readout = Readout(steps, unembedding, None, "")
    tolerance = _tolerance(whole)
    logits = readout.logits(hf, stream)
    if bool((logits - whole).abs().max() > tolerance * whole.abs().max()):
        raise CaptureError("final norm and unembedding of its last stream do not give its logits")
    products = _products(hf, steps, stream, hidden, whole, ran)
    if isinstance(products, str):
        return Readout(steps, unembedding, None, products)
    return Readout(steps, unembedding, products, "")


def _tolerance(values: "Tensor") -> float:
    import torch

    return 1e-4 if values.dtype == torch.float32 else 3e-2


def _steps(
    stream: "Tensor", hidden: "Tensor", ran: "list[tuple[nn.Module, Tensor, Tensor]]"
) -> "tuple[nn.Module, ...]":
    """Return the modules that the stream passes one after the other until it is ``hidden``."""
    import torch

    steps: list[nn.Module] = []
    value = stream
    while value.shape != hidden.shape or not torch.equal(value, hidden):
        following = next(
            (
                (module, left)
                for module, entered, left in ran
                if module not in steps
                and entered.shape == value.shape
                and torch.equal(entered, value)
            ),
            None,
        )
        if following is None:
            raise CaptureError("what stands between its last block and its unembedding is unknown")
        steps.append(following[0])
        value = following[1]
    return tuple(steps)


def _products(
    hf: "PreTrainedModel",
    steps: "tuple[nn.Module, ...]",
    stream: "Tensor",
    hidden: "Tensor",
    whole: "Tensor",
    ran: "list[tuple[nn.Module, Tensor, Tensor]]",
) -> Products | str:
    """Return the readout as products, or why it is none."""
    head = hf.get_output_embeddings()
    rows = None if head is None else weight_of(head)
    entered = next((x for module, x, _ in ran if module is head), None)
    scores = next((y for module, _, y in ran if module is head), None)
    if rows is None or entered is None or scores is None or rows.shape[1] != hidden.shape[-1]:
        return "its unembedding is no product with one row for each token"
    if len(steps) > 1:
        return "more than a norm stands between its last block and its unembedding"
    tolerance = _tolerance(whole)
    x, y = (value.to(wide(value.device)) for value in (stream, hidden))
    norm = norm_of(steps[0], x, y, tolerance) if steps else plain_norm(x)
    if norm is None:
        return f"its final {type(steps[0]).__name__} is no norm with a gain"
    before, after = (value.to(y) for value in (entered, scores))
    ratio, error = _ratio(y, before)
    if error > tolerance:
        return "its unembedding is not given what its decoder returns"
    if ratio != 1 and getattr(head, "bias", None) is not None:
        return "it scales what enters an unembedding with a bias"
    logits = whole.to(y)
    fits = {
        cap: _ratio(after, logits if cap is None else _uncapped(logits, cap)) for cap in _caps(hf)
    }
    cap = min(fits, key=lambda each: fits[each][1])
    if fits[cap][1] > tolerance:
        return "its scores are not the products with its unembedding, scaled or capped"
    return Products(norm, head, fits[cap][0] * ratio, cap)


def _ratio(x: "Tensor", y: "Tensor") -> tuple[float, float]:
    """Return the number that makes ``y`` of ``x``, and by what share of the largest it fails."""
    if x.shape != y.shape:
        return 1.0, float("inf")
    ratio = float((x * y).sum() / (x * x).sum())
    error = float((x * ratio - y).abs().max() / y.abs().max())
    return (1.0 if abs(ratio - 1) <= 1e-6 else ratio), error


def _uncapped(logits: "Tensor", cap: float) -> "Tensor":
    nearly = 1 - 1e-9
    return cap * (logits / cap).clamp(-nearly, nearly).atanh()


def _caps(hf: "PreTrainedModel") -> list[float | None]:
    """Return None, and the numbers of a configuration that may be a soft cap of the logits."""
    found = [value for name, value in vars(decoder_config(hf)).items() if "cap" in name]
    return [None, *(float(value) for value in found if type(value) in (int, float) and value > 0)]
