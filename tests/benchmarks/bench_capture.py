"""What a capture costs, as a multiple of the plain forward pass in the same process.

Run it as a program; the ratios compare across machines, the seconds do not.  nnsight and
TransformerLens are compared where they are installed: they need environments of their own, into
which this checkout is put with PYTHONPATH.
"""

import ctypes
import gc
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import torch

from laminoscope_core import capture, open_model
from laminoscope_core.experiment import TextSection, WordsSection
from laminoscope_core.models.model import Model
from laminoscope_core.run.text import capture_text, forecast_text
from laminoscope_core.run.words import word_prompts

CATEGORIES = {
    "space": ("galaxy asteroid comet cosmos space sun planet moon star orbit"),
    "furniture": "ceiling sofa couch carpet door window lamp chair table rug bed floor wall",
    "fruit": "pear grape banana cherry peach apple seed jelly orange lime fruit",
}
SENTENCE = "The harbour lay still under a thin moon, and nobody on the quay said a word. "
LONG_CARRIER = (
    "In the quiet hour before the harbour woke the keeper of the light wrote down one word "
    "and it was {word}"
)


def fastest(
    works: dict[str, Callable[[], object]], repeats: int = 7
) -> dict[str, tuple[float, float]]:
    """Return the least time on the wall and of the processor, taking turns after a warm-up."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(repeats):
        for name, work in works.items():
            wall, processor = time.perf_counter(), time.process_time()
            work()
            times[name].append((time.perf_counter() - wall, time.process_time() - processor))
    least = {name: np.min(taken, axis=0) for name, taken in times.items()}
    return {name: (float(wall), float(processor)) for name, (wall, processor) in least.items()}


def padded(rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    ids = torch.zeros((len(rows), max(map(len, rows))), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = torch.tensor(row)
        mask[index, : len(row)] = 1
    return ids, mask


@torch.no_grad()
def plain(model: Model, rows: Sequence[Sequence[int]], batch_size: int = 34) -> None:
    """Run the batch as anyone would: one padded batch, logits and all."""
    for start in range(0, len(rows), batch_size):
        ids, mask = padded(rows[start : start + batch_size])
        model.hf(ids, attention_mask=mask, use_cache=False)


@torch.no_grad()
def by_hand(model: Model, rows: Sequence[Sequence[int]]) -> list[Any]:
    """The hooks one would write for q, k and v of this model."""
    kept: list[Any] = []
    handles = [
        getattr(block.self_attn, name).register_forward_hook(
            lambda _module, _args, output: kept.append(output.clone())
        )
        for block in model.hf.model.layers
        for name in ("q_proj", "k_proj", "v_proj")
    ]
    try:
        plain(model, rows)
    finally:
        for handle in handles:
            handle.remove()
    return [tensor.numpy() for tensor in kept]


def with_nnsight(model: Model, rows: Sequence[Sequence[int]]) -> Callable[[], list[Any]]:
    """The same by nnsight, on the same model."""
    from nnsight import LanguageModel

    traced = LanguageModel(model.hf, tokenizer=model.tokenizer)
    ids, mask = padded(rows)

    def work() -> list[Any]:
        with torch.no_grad(), traced.trace({"input_ids": ids, "attention_mask": mask}):
            kept = list().save()  # noqa: C408
            for block in traced.model.layers:
                kept.append(block.self_attn.q_proj.output)
                kept.append(block.self_attn.k_proj.output)
                kept.append(block.self_attn.v_proj.output)
        return [tensor.detach().numpy() for tensor in kept]

    return work


def with_transformer_lens(model: Model, rows: Sequence[Sequence[int]]) -> Callable[[], list[Any]]:
    """The same by TransformerLens, which changes the model and so is given its own."""
    from transformer_lens.model_bridge import TransformerBridge

    bridge = TransformerBridge.boot_transformers(
        model.hf.name_or_path, tokenizer=model.tokenizer, device="cpu"
    )
    ids, mask = padded(rows)

    def work() -> list[Any]:
        with torch.no_grad():
            _, cache = bridge.run_with_cache(
                ids,
                attention_mask=mask,
                names_filter=lambda name: name.endswith(("hook_q", "hook_k", "hook_v")),
            )
        return [tensor.numpy() for tensor in cache.values()]

    return work


def others(model: Model, rows: Sequence[Sequence[int]]) -> dict[str, Callable[[], object]]:
    """Return what other libraries can do of it, saying of each that cannot why."""
    works: dict[str, Callable[[], object]] = {}
    expected = by_hand(model, rows)
    for name, make in (("nnsight", with_nnsight), ("TransformerLens", with_transformer_lens)):
        try:
            work = make(model, rows)
            found = work()
        except ImportError as error:
            print(f"       {name} left out: {error}")
            continue
        except Exception as error:
            print(f"       {name} left out, it fails: {type(error).__name__}: {error}")
            continue
        # What is padding differs from kernel to kernel, the first token of each row does not.
        same = len(found) == len(expected) and all(
            np.allclose(ours[:, 0].ravel(), theirs[:, 0].ravel(), rtol=1e-3, atol=1e-3)
            for ours, theirs in zip(expected, found, strict=True)
        )
        works[f"{name}{'' if same else ' (other values!)'}"] = work
    return works


@torch.no_grad()
def norms_by_hand(model: Model, ids: Sequence[int]) -> list[Any]:
    """The hooks one would write for the norms of a text, and its surprisal from all logits."""
    kept: list[Any] = []

    def keep(_module: Any, _args: Any, output: Any) -> None:
        whole = output[0] if isinstance(output, tuple) else output
        kept.append(whole.norm(dim=-1))

    handles = [
        module.register_forward_hook(keep)
        for block in model.hf.model.layers
        for module in (block.self_attn, block.mlp, block)
    ]
    try:
        row = torch.tensor([ids])
        logits = model.hf(row, attention_mask=torch.ones_like(row), use_cache=False).logits[0]
    finally:
        for handle in handles:
            handle.remove()
    kept.append(torch.nn.functional.cross_entropy(logits[:-1], row[0, 1:], reduction="none"))
    return kept


def text_of(model: Model, n_tokens: int) -> str:
    """Return a text of about so many tokens."""
    assert model.tokenizer is not None
    return SENTENCE * round(n_tokens / len(model.tokenizer(SENTENCE * 9)["input_ids"]) * 9)


def texts(model: Model, n_tokens: int, repeats: int) -> None:
    """Print what a text costs, beside the same by hand, as multiples of the plain pass."""
    section = TextSection(content=text_of(model, n_tokens))
    ids = tuple(model.tokenizer(section.content)["input_ids"])
    works: dict[str, Callable[[], object]] = {
        "plain forward": lambda: plain(model, [ids]),
        f"a text of {len(ids):,} tokens (aim 1.35)": lambda: capture_text(model, section),
        "norms by hand, surprisal from all logits": lambda: norms_by_hand(model, ids),
    }
    print_ratios(fastest(works, repeats))


def resident_peak(work: str, n_tokens: int) -> None:
    """Print by how much this process, which has run the model before, grows at most."""
    model = open_model("smollm2-135m", device="cpu")
    section = TextSection(content=text_of(model, n_tokens))
    capture_text(model, TextSection(content=SENTENCE))
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    before = psutil.Process().memory_info().rss
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak so far
    expected = forecast_text(model, section).activations
    if work == "text":
        capture_text(model, section)
    else:
        plain(model, [model.tokenizer(section.content)["input_ids"]])
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = 1024 * int(status.split("VmHWM:")[1].split()[0])
    told = f" (aim 0.35, forecast {expected / 1e9:.3f})" if work == "text" else ""
    print(f"{(peak - before) / 1e9:.3f} GB above the weights, {work} of {n_tokens:,} tokens{told}")


def main() -> None:
    if len(sys.argv) > 1:
        resident_peak(sys.argv[1], int(sys.argv[2]))
        return
    model = open_model("smollm2-135m", device="cpu")
    categories = {name: tuple(words.split()) for name, words in CATEGORIES.items()}
    section = WordsSection(categories=categories)
    prompts = word_prompts(model, section)
    rows = prompts.token_ids
    works: dict[str, Callable[[], object]] = {
        "plain forward": lambda: plain(model, rows),
        "q, k, v of the word experiment (aim 0.55)": lambda: capture(
            model, rows, ["q", "k", "v"], spans=prompts.spans
        ),
        "the same, every token kept": lambda: capture(model, rows, ["q", "k", "v"]),
        "hooks written by hand": lambda: by_hand(model, rows),
        **others(model, rows),
    }
    print_ratios(fastest(works))

    syllables = ["ba", "ko", "ri", "tu", "me", "la", "so", "ni", "du", "pe"]
    words = tuple(a + b + c for a in syllables for b in syllables for c in syllables)
    many = word_prompts(model, WordsSection(carrier=LONG_CARRIER, categories={"all": words}))
    long = many.token_ids
    works = {
        "plain forward": lambda: plain(model, long),
        f"1,000 words in a carrier of {many.word_tokens[0][0]} tokens (aim 0.15)": lambda: capture(
            model, long, ["q", "k", "v"], spans=many.spans
        ),
    }
    print_ratios(fastest(works, repeats=2))
    for n_tokens, repeats in ((1500, 5), (3800, 3)):
        texts(model, n_tokens, repeats)
    if sys.platform == "linux":
        for work in ("text", "plain"):
            subprocess.run([sys.executable, __file__, work, "3800"], check=True)
    print(f"{torch.get_num_threads()} threads, {sum(many.n_tokens) / 1000:.2f} tokens a word")


def print_ratios(times: dict[str, tuple[float, float]]) -> None:
    wall, processor = times.pop("plain forward")
    for name, (took, used) in times.items():
        print(f"{took / wall:.3f} ({used / processor:.3f} processor)  {name}, over the plain pass")


if __name__ == "__main__":
    main()
