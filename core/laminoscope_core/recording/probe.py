"""Find out how a model is wired by watching it read a few tokens.

What can be captured is not looked up by the model's name but seen: which modules run, what the
attention kernel is given, which sums make the residual stream.  A split of a fused projection
or a way of adding is accepted only if the numbers of that pass bear it out, so that a family
nobody has tried gives right values or a reason, never wrong ones.
"""

from collections.abc import Callable
from contextlib import suppress
from inspect import signature
from itertools import chain, pairwise
from threading import get_ident
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.models.memory import out_of_memory
from laminoscope_core.recording.attention import KernelCall, kernels_watched, way_of
from laminoscope_core.recording.hooks import Enough, alone
from laminoscope_core.recording.inner import inner_sources
from laminoscope_core.recording.layout import (
    OUTPUTS,
    Block,
    Found,
    Layout,
    attention_parts,
    block_list,
    mlp_parts,
)
from laminoscope_core.recording.normed import norm_sources
from laminoscope_core.recording.projections import mixes_only, projection_sources
from laminoscope_core.recording.seen import N_TOKENS, Seen, first_tensor
from laminoscope_core.recording.streams import is_parallel, stream_sources

if TYPE_CHECKING:
    import torch
    from torch import nn
    from transformers import PreTrainedModel

__all__ = ["forward_arguments", "input_device", "layout_of"]

_LAYOUTS: "WeakKeyDictionary[Any, Layout]" = WeakKeyDictionary()


def layout_of(hf: "PreTrainedModel", job: Job | None = None) -> Layout:
    """Return the layout of a model, probing it the first time.

    Parameters
    ----------
    hf : transformers.PreTrainedModel
    job : Job, optional
        Can be cancelled at every block.

    Raises
    ------
    CaptureError
        No blocks can be found, or the model does not run on token ids alone.
    Cancelled
        The job was cancelled.
    """
    import torch

    job = job or Job()
    with alone(job), torch.no_grad():
        if hf not in _LAYOUTS:
            seen = _probe(hf, job)
            chained = all(_hands_over(*pair) for pair in pairwise(seen))
            blocks = tuple(_block(hf, block, chained) for block in seen)
            _LAYOUTS[hf] = Layout(hf.get_input_embeddings(), blocks)
        return _LAYOUTS[hf]


def _hands_over(block: Seen, following: Seen) -> bool:
    import torch

    left, entered = block.outputs.get(""), following.inputs.get("")
    return left is not None and entered is not None and torch.equal(left, entered)


def _block(hf: "PreTrainedModel", seen: Seen, chained: bool) -> Block:
    found = Found()
    projection_sources(seen, found)
    stream_sources(hf, seen, chained, found)
    inner_sources(seen, found)
    norm_sources(seen, found)
    plain = mixes_only(seen, found.sources)
    projection = seen.module.get_submodule(seen.projection) if plain else None
    shapes = {site: seen.shape(source) for site, source in found.sources.items()}
    if "attention" in shapes:
        shapes["attention"] = shapes["attention"][:1]
    return Block(seen.module, found.sources, found.missing, shapes, projection, is_parallel(seen))


def _probe(hf: "PreTrainedModel", job: Job) -> list[Seen]:
    import torch

    blocks = [_parts(module) for module in block_list(hf)]
    running: list[Seen] = []
    handles = []
    owner = get_ident()

    def start(index: int) -> Callable[..., None]:
        def hook(_module: "nn.Module", args: Any, kwargs: Any) -> None:
            if get_ident() != owner:
                return
            job.check()
            running[:] = [blocks[index]]
            value = first_tensor(args) if args else kwargs.get("hidden_states")
            if value is not None and "" not in blocks[index].inputs:
                blocks[index].inputs[""] = value.detach().clone()

        return hook

    def keep(index: int, name: str) -> Callable[..., None]:
        def hook(_module: "nn.Module", args: Any, kwargs: Any, output: Any) -> None:
            if get_ident() != owner or not running or running[0] is not blocks[index]:
                return
            value = first_tensor(args) if args else kwargs.get("hidden_states")
            if isinstance(output, tuple) and len(output) > 1:
                second = first_tensor(output[1:])
                if second is not None:
                    blocks[index].seconds.setdefault(name, second.detach().clone())
            for store, tensor in (
                (blocks[index].inputs, value),
                (blocks[index].outputs, first_tensor(output)),
            ):
                if tensor is not None and name not in store:
                    store[name] = tensor.detach().clone()

        return hook

    def stop(_module: "nn.Module", _args: Any, _output: Any) -> None:
        if get_ident() == owner:
            raise Enough

    def on_call(call: KernelCall) -> None:
        if running:
            running[0].calls.append(call)

    vocab = getattr(hf.get_input_embeddings(), "num_embeddings", N_TOKENS + 1)
    ids = torch.arange(1, N_TOKENS + 1)[None] % vocab
    watched = [
        module for block in blocks for module in block.module.modules() if way_of(module) != ""
    ]
    try:
        for index, block in enumerate(blocks):
            hook = start(index)
            handles.append(block.module.register_forward_pre_hook(hook, with_kwargs=True))
            for name in _interesting(block):
                module = block.module.get_submodule(name)
                handles.append(module.register_forward_hook(keep(index, name), with_kwargs=True))
        handles.append(blocks[-1].module.register_forward_hook(stop))
        with suppress(Enough), kernels_watched(watched, on_call):
            ids = ids.to(input_device(hf))
            hf(ids, **forward_arguments(hf, attention_mask=torch.ones_like(ids)))
    except (
        TypeError,
        ValueError,
        AttributeError,
        IndexError,
        AssertionError,
        RuntimeError,
    ) as error:
        if out_of_memory(error):
            raise
        raise CaptureError(
            f"{type(hf).__name__} cannot be run on token ids alone: {error}",
            "Choose another model.",
        ) from error
    finally:
        for handle in handles:
            handle.remove()
    return blocks


def _parts(module: "nn.Module") -> Seen:
    seen = Seen(module, mlps=mlp_parts(module))
    found = attention_parts(module)
    with_kernel = [name for name, inner in module.named_modules() if way_of(inner)]
    if len(found) > 1 or (not found and len(with_kernel) > 1):
        seen.refusal = "its block has more than one attention"
    elif found:
        seen.attention, seen.style = found[0]
    elif with_kernel:
        seen.attention, seen.style = with_kernel[0], "unknown"
    if seen.style:
        around = seen.attention.rpartition(".")[0]
        for home in (seen.attention, f"{around}.output" if around else "output"):
            for name in OUTPUTS:
                full = f"{home}.{name}" if home else name
                if not seen.projection and _has(module, full):
                    seen.projection = full
    return seen


def _interesting(block: Seen) -> list[str]:
    names = ["", *(name for name, _ in block.module.named_children()), *chain(*block.mlps)]
    if block.style:
        names.append(block.attention)
        inside = block.module.get_submodule(block.attention)
        prefix = f"{block.attention}." if block.attention else ""
        names.extend(prefix + name for name, _ in inside.named_children())
    if block.projection:
        names.append(block.projection)
    if "." in block.attention:
        names.append(block.attention.rpartition(".")[0])
    return list(dict.fromkeys(names))


def _has(module: "nn.Module", name: str) -> bool:
    try:
        module.get_submodule(name)
    except AttributeError:
        return False
    return True


def input_device(hf: "PreTrainedModel") -> "torch.device":
    """Return the device on which the embedding runs, also where its weights are offloaded."""
    import torch

    embedding = hf.get_input_embeddings()
    hook: Any = getattr(embedding, "_hf_hook", None)
    if hook is not None and hook.execution_device is not None:
        return torch.device(hook.execution_device)
    device: torch.device = next(embedding.parameters()).device
    return device


def forward_arguments(hf: "PreTrainedModel", **arguments: Any) -> dict[str, Any]:
    """Return those keyword arguments that the model's forward pass takes, and ask for no cache."""
    accepted = signature(hf.forward).parameters
    anything = any(p.kind is p.VAR_KEYWORD for p in accepted.values())
    wanted = {"use_cache": False, "return_dict": True} | arguments
    return {name: value for name, value in wanted.items() if anything or name in accepted}
