"""What a capture costs, as a multiple of the plain forward pass in the same process.

Run it as a program; the ratios compare across machines, the seconds do not.
"""

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import torch

from laminoscope_core import capture, open_model
from laminoscope_core.experiment import WordsSection
from laminoscope_core.models.model import Model
from laminoscope_core.words import word_prompts

CATEGORIES = {
    "space": ("galaxy asteroid comet cosmos space sun planet moon star orbit"),
    "furniture": "ceiling sofa couch carpet door window lamp chair table rug bed floor wall",
    "fruit": "pear grape banana cherry peach apple seed jelly orange lime fruit",
}
LONG_CARRIER = (
    "In the quiet hour before the harbour woke the keeper of the light wrote down one word "
    "and it was {word}"
)


def fastest(work: Callable[[], object], repeats: int = 7) -> float:
    """Return the shortest of several runs after one to warm up, in seconds."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


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


def with_nnsight(model: Model, rows: Sequence[Sequence[int]]) -> Callable[[], object] | None:
    try:
        from nnsight import NNsight
    except ImportError:
        return None
    traced = NNsight(model.hf)
    ids, mask = padded(rows)

    def work() -> object:
        with torch.no_grad(), traced.trace(ids, attention_mask=mask):
            saved = [
                getattr(layer.self_attn, name).output.save()
                for layer in traced.model.layers
                for name in ("q_proj", "k_proj", "v_proj")
            ]
        return saved

    return work


def main() -> None:
    model = open_model("smollm2-135m", device="cpu")
    categories = {name: tuple(words.split()) for name, words in CATEGORIES.items()}
    section = WordsSection(categories=categories)
    prompts = word_prompts(model, section)
    rows = prompts.token_ids
    ratios: dict[str, float] = {}

    base = fastest(lambda: plain(model, rows))
    qkv = fastest(lambda: capture(model, rows, ["q", "k", "v"], spans=prompts.spans))
    whole = fastest(lambda: capture(model, rows, ["q", "k", "v"]))
    ratios["q, k, v of the word experiment / plain forward (aim 0.55)"] = qkv / base
    ratios["the same, every token kept / plain forward"] = whole / base
    ratios["hooks written by hand / plain forward"] = fastest(lambda: by_hand(model, rows)) / base
    nnsight = with_nnsight(model, rows)
    if nnsight is not None:
        ratios["nnsight / plain forward"] = fastest(nnsight) / base

    syllables = ["ba", "ko", "ri", "tu", "me", "la", "so", "ni", "du", "pe"]
    words = tuple(a + b + c for a in syllables for b in syllables for c in syllables)
    many = word_prompts(model, WordsSection(carrier=LONG_CARRIER, categories={"all": words}))
    rows = many.token_ids
    base = fastest(lambda: plain(model, rows), repeats=1)
    qkv = fastest(lambda: capture(model, rows, ["q", "k", "v"], spans=many.spans), repeats=1)
    ratios[f"1,000 words in a carrier of {many.word_tokens[0][0]} tokens / plain (aim 0.15)"] = (
        qkv / base
    )
    mean_tokens = sum(many.n_tokens) / len(words)
    print(f"{torch.get_num_threads()} threads; {mean_tokens:.2f} tokens a word in the last row")
    print(json.dumps({name: round(ratio, 3) for name, ratio in ratios.items()}, indent=1))


if __name__ == "__main__":
    main()
