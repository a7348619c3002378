"""The hooks: they hand tensors over where they are, return at once, and never stay behind."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import RLock, get_ident
from typing import TYPE_CHECKING, Any

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.recording.attention import KernelCall, kernels_watched
from laminoscope_core.recording.layout import Source, Tap

if TYPE_CHECKING:
    from torch import Tensor, nn

__all__ = ["Call", "Enough", "alone", "hooked"]

# Hooks belong to a model, not to a thread; one capture or probe at a time keeps them apart.
_RUNNING = RLock()


@dataclass(frozen=True, eq=False)
class Call:
    """What of a pass is taken together, and who takes it.

    Attributes
    ----------
    layer : int or None
        The block that computes it; None if it is not of a block.
    sources : mapping of str to Source
        By site.
    take : callable
        Gets the values by site, once all are there.
    """

    layer: int | None
    sources: Mapping[str, Source]
    take: "Callable[[Mapping[str, Tensor]], None]"


class _Waiting:
    """A call whose tensors are not all there yet."""

    def __init__(self, call: Call) -> None:
        self.layer = call.layer
        self._call = call
        self._parts: dict[tuple[str, int], Tensor | None] = {
            (site, part): None
            for site, source in call.sources.items()
            for part in range(len(source.taps))
        }
        self.n_missing = len(self._parts)

    def give(
        self, site: str, part: int, tap: Tap, tensor: "Tensor", shape: tuple[int, int]
    ) -> None:
        """Accept a tensor of (batch, tokens, …), and hand all over if it is the last one."""
        if self._parts.get((site, part), tensor) is not None:
            raise CaptureError(
                f"{self.named(site)}: it runs more than once.",
                "Leave this site out, or choose another model.",
            )
        if tensor.ndim == 2:
            tensor = tensor.reshape(*shape, -1)
        tensor = tensor.detach() if tap.view is None else tap.view(tensor.detach())
        if tensor.shape[:2] != shape:
            raise CaptureError(
                f"{self.named(site)}: it is not computed token by token.",
                "Leave this site out, or choose another model.",
            )
        if tap.side == "weights" and tensor.shape[-1] != shape[1]:
            raise CaptureError(
                f"{self.named(site)}: it attends to more than the tokens.",
                "Leave this site out, or choose another model.",
            )
        self.n_missing -= 1
        # The model may write into a tensor later, but not into weights that were made for us.
        held = self.n_missing and tap.side != "weights"
        self._parts[site, part] = tensor.clone() if held else tensor
        if not self.n_missing:
            values = {
                name: self._value(name, source) for name, source in self._call.sources.items()
            }
            self.let_go()
            self._call.take(values)

    def _value(self, site: str, source: Source) -> "Tensor":
        parts = (self._parts[site, part] for part in range(len(source.taps)))
        whole = [tensor for tensor in parts if tensor is not None]
        return whole[0] if source.combine is None else source.combine(whole)

    def let_go(self) -> None:
        """Drop the tensors, which an error's traceback would keep alive."""
        self._parts.clear()

    def refuse_missing(self) -> None:
        """Raise if the pass is over and something was not given."""
        if self.n_missing:
            site = min(self._call.sources)
            raise CaptureError(
                f"{self.named(site)}: that part of the model never ran.",
                "Leave this site out, or choose another model.",
            )

    def named(self, site: str) -> str:
        return f"{site} cannot be captured" + (
            "" if self.layer is None else f" in layer {self.layer}"
        )


class Enough(Exception):
    """Ends a forward pass once everything asked for has been seen."""


@contextmanager
def alone(job: Job) -> Iterator[None]:
    """Wait until no other thread has hooks in a model; can be cancelled while it waits."""
    while not _RUNNING.acquire(timeout=0.05):
        job.check()
    try:
        yield
    finally:
        _RUNNING.release()


@contextmanager
def hooked(
    calls: Sequence[Call],
    blocks: "Sequence[nn.Module]",
    *,
    shape: tuple[int, int],
    on_block: Callable[[int], None],
    stop: bool,
) -> Iterator[None]:
    """Attach the hooks for one forward pass and remove them whatever happens.

    Parameters
    ----------
    calls : sequence of Call
        All of them have been made once the pass is over and nothing was raised but `Enough`.
    blocks : sequence of modules
        `on_block` is called with the index of each before it runs.
    shape : (int, int)
        Batch and tokens of the pass.
    on_block : callable
        May raise to end the pass.
    stop : bool
        Raise `Enough` as soon as the last call has been made.
    """
    owner = get_ident()
    waiting = [_Waiting(call) for call in calls]
    running: list[int] = []
    n_open = len(waiting)

    def watch(layer: int) -> Callable[..., None]:
        def hook(_module: "nn.Module", _args: Any) -> None:
            if get_ident() == owner:
                running[:] = [layer]
                on_block(layer)

        return hook

    def here(call: _Waiting) -> bool:
        return get_ident() == owner and (call.layer is None or running == [call.layer])

    def give(call: _Waiting, site: str, part: int, tap: Tap, tensor: "Tensor") -> None:
        nonlocal n_open
        call.give(site, part, tap, tensor, shape)
        n_open -= not call.n_missing
        if stop and not n_open:
            raise Enough

    def on_output(call: _Waiting, site: str, part: int, tap: Tap) -> Callable[..., None]:
        def hook(_module: "nn.Module", _args: Any, output: Any) -> None:
            if here(call):
                index = 1 if tap.side == "second" else 0
                whole = isinstance(output, (tuple, list, dict))
                give(call, site, part, tap, output[index] if whole else output)

        return hook

    def on_input(call: _Waiting, site: str, part: int, tap: Tap) -> Callable[..., None]:
        def hook(_module: "nn.Module", args: Any, kwargs: Any) -> None:
            if here(call):
                give(call, site, part, tap, args[0] if args else kwargs["hidden_states"])

        return hook

    kernels: dict[nn.Module, list[tuple[_Waiting, str, int, Tap]]] = {}

    def on_kernel(kernel: KernelCall) -> None:
        given = {"query": kernel.query, "key": kernel.key}
        for call, site, part, tap in kernels[kernel.module]:
            if here(call):
                if tap.side not in given:
                    given[tap.side] = kernel.weights()
                give(call, site, part, tap, given[tap.side])

    def attach(call: _Waiting, site: str, part: int, tap: Tap) -> None:
        if tap.side in ("output", "second"):
            handles.append(tap.module.register_forward_hook(on_output(call, site, part, tap)))
        elif tap.side == "input":
            hook = on_input(call, site, part, tap)
            handles.append(tap.module.register_forward_pre_hook(hook, with_kwargs=True))
        else:
            kernels.setdefault(tap.module, []).append((call, site, part, tap))

    handles: list[Any] = []
    try:
        for layer, block in enumerate(blocks):
            handles.append(block.register_forward_pre_hook(watch(layer)))
        for call, there in zip(calls, waiting, strict=True):
            for site, source in call.sources.items():
                for part, tap in enumerate(source.taps):
                    attach(there, site, part, tap)
        with kernels_watched(kernels, on_kernel), suppress(Enough):
            yield
    finally:
        for handle in handles:
            handle.remove()
        for there in waiting:
            there.let_go()
    for there in waiting:
        there.refuse_missing()
