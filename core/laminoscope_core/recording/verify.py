"""Check on a short probe that what is captured is what the model computes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.capture import Capture, capture
from laminoscope_core.recording.layout import Layout
from laminoscope_core.recording.probe import forward_arguments, input_device, layout_of
from laminoscope_core.recording.sites import SITES

__all__ = ["Check", "Verification", "verify"]

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Check:
    """One comparison.

    Attributes
    ----------
    name : str
        What was compared.
    passed : bool
    detail : str
        The largest difference, and where.
    """

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True)
class Verification:
    """What the parity check found.

    Attributes
    ----------
    checks : tuple of Check
    missing : dict of str to str
        Sites that this model does not have in any layer, and why.
    unused : tuple of str
        What lies in the model's files and is not used, in words.
    """

    checks: tuple[Check, ...]
    missing: dict[str, str]
    unused: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)

    @property
    def summary(self) -> str:
        """One line for the status bar."""
        if self.verified:
            return "capture verified"
        failed = [f"{check.name}: {check.detail}" for check in self.checks if not check.passed]
        return "capture differs: " + "; ".join(failed)


def verify(model: Model, job: Job | None = None) -> Verification:
    """Compare captures with plain runs of the same model.

    Checked are the logits with every hook in place (bit for bit on the CPU), a padded row
    against the same row alone, what the residual stream received against the stream, and
    ``attn_out`` rebuilt from the attention weights and the values.

    Raises
    ------
    CaptureError
        The model does not run on token ids, or has no blocks that can be found.
    Cancelled
        The job was cancelled.

    Examples
    --------
    >>> from transformers import GPT2Config, GPT2LMHeadModel
    >>> from laminoscope_core import wrap_model
    >>> config = GPT2Config(vocab_size=50, n_positions=16, n_embd=8, n_layer=2, n_head=2)
    >>> verify(wrap_model(GPT2LMHeadModel(config))).summary
    'capture verified'
    """
    job = job or Job()
    long, short = _probe_ids(model)
    padded = capture(model, [short, long], ["logits"], job=job.part(0.0, 0.2))
    layout = layout_of(model.hf)
    sites = {name for block in layout.blocks for name in block.sources}
    wanted = [name for name in SITES if name in sites]
    whole = capture(model, [long], [*wanted, "logits"], job=job.part(0.2, 0.6))
    alone = capture(model, [short], [*wanted, "logits"], job=job.part(0.6, 0.8))
    checks = [
        _logits(model, long, whole),
        _compared("padded row", alone.logits[0], padded.logits[0, : len(short)], model, 0.05),
    ]
    if "mlp_added" in sites:
        checks.append(_stream(layout, whole, model))
    if any(block.projection is not None for block in layout.blocks):
        checks.append(_rebuilt(layout, whole, model))
    job.report(1.0, "capture checked")
    reasons = {
        name: layout.blocks[-1].missing[name]
        for name, site in SITES.items()
        if site.by_layer and name not in sites
    }
    return Verification(tuple(checks), reasons, model.unused)


def _probe_ids(model: Model) -> tuple[list[int], list[int]]:
    vocab = model.info.vocab_size
    length = min(12, model.info.context_length or 12)
    ids = [(1 + 7919 * index) % vocab for index in range(max(length, 2))]
    return ids, ids[: max(len(ids) // 2, 1)]


def _logits(model: Model, ids: list[int], whole: Capture) -> Check:
    import torch

    tensor = torch.tensor([ids], device=input_device(model.hf))
    with torch.no_grad():
        arguments = forward_arguments(model.hf, attention_mask=torch.ones_like(tensor))
        plain = model.hf(tensor, **arguments).logits.float().cpu().numpy()
    if model.info.device == "cpu" and model.info.dtype == "float32":
        same = bool(np.array_equal(plain, whole.logits))
        detail = "bit for bit" if same else f"up to {np.abs(plain - whole.logits).max():.2g}"
        return Check("logits", same, detail)
    return _compared("logits", plain, whole.logits, model, 1.0)


def _stream(layout: Layout, whole: Capture, model: Model) -> Check:
    pairs = [
        (
            whole.array("resid_in", layer)
            + whole.array("attn_added", layer)
            + whole.array("mlp_added", layer),
            whole.array("resid_out", layer),
        )
        for layer, block in enumerate(layout.blocks)
        if "mlp_added" in block.sources
    ]
    return _worst("resid_in + attn_added + mlp_added = resid_out", pairs, model)


def _rebuilt(layout: Layout, whole: Capture, model: Model) -> Check:
    import torch

    pairs = []
    for layer, block in enumerate(layout.blocks):
        if block.projection is None:
            continue
        weights = whole.array("attention", layer)[0]
        value = whole.array("v", layer)[0]
        value = np.repeat(value, weights.shape[0] // value.shape[1], axis=1)
        mixed = np.einsum("hqk,khd->qhd", weights, value).reshape(1, len(value), -1)
        hook = getattr(block.projection, "_hf_hook", None)
        parameter = next(block.projection.parameters())
        device = parameter.device if hook is None else hook.execution_device
        with torch.no_grad():
            tensor = torch.from_numpy(mixed).to(device, parameter.dtype)
            rebuilt = block.projection(tensor).float().cpu().numpy()
        pairs.append((rebuilt, whole.array("attn_out", layer)))
    return _worst("attention · v through the output projection = attn_out", pairs, model)


def _worst(name: str, pairs: list[tuple[Array, Array]], model: Model) -> Check:
    checks = [_compared(name, found, expected, model, 0.1) for found, expected in pairs]
    return next((check for check in checks if not check.passed), checks[0])


def _compared(name: str, found: Array, expected: Array, model: Model, factor: float) -> Check:
    """Pass if the largest difference is below `factor` per mille (float32) or percent (less)."""
    tolerance = factor * (1e-3 if model.info.dtype == "float32" else 0.3)
    largest = float(np.abs(expected).max())
    difference = float(np.abs(found - expected).max()) / (largest or 1.0)
    return Check(name, bool(difference <= tolerance), f"largest difference {difference:.1e}")
