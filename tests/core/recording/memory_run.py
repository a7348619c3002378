"""Let memory really run out, in a process of its own; print what happened as JSON.

The address space is limited a little above what the process has once the model has run, so that
the system itself refuses the tensors that a large batch needs.
"""

import json
import resource
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from laminoscope_core import capture, wrap_model
from laminoscope_core.errors import OutOfMemory
from laminoscope_core.recording import plan, room

ROOM = 400 * 2**20
PROMPTS = [[(7 * i + 13 * row) % 20_000 for i in range(60)] for row in range(200)]
SPANS = np.array([[[59, 60]]] * len(PROMPTS))


def address_space() -> int:
    """Return the bytes of address space in use."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()


def refused(work: Callable[[], object]) -> list[list[object]]:
    try:
        work()
    except OutOfMemory as error:
        return [[offer.what, offer.value] for offer in error.offers]
    raise AssertionError("there was enough memory")


def main() -> None:
    torch.manual_seed(0)
    torch.set_num_threads(1)
    config = LlamaConfig(
        vocab_size=20_000, hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=4, max_position_embeddings=64,
    )  # fmt: skip
    model = wrap_model(LlamaForCausalLM(config).eval())
    expected = capture(model, PROMPTS, ["q", "logits"], spans=SPANS, batch_size=10)

    # The plan must not see it coming: this is about what happens when it is wrong.
    room.free_on_device = lambda _model: 2**40  # type: ignore[assignment]
    plan.MOST_TOKENS, plan.MOST_BYTES = 10**9, 2**40
    limit = address_space() + ROOM
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    before = address_space()
    offers = refused(
        lambda: capture(model, PROMPTS, ["q", "logits"], spans=SPANS, batch_size=len(PROMPTS))
    )
    left = address_space() - before
    halved = capture(model, PROMPTS, ["q", "logits"], spans=SPANS)
    print(
        json.dumps(
            {
                "offers": offers,
                "left": left,
                "differences": [
                    float(np.abs(halved.array(site) - expected.array(site)).max())
                    for site in ("q", "logits")
                ],
                "hooks": sum(len(module._forward_hooks) for module in model.hf.modules()),
            }
        )
    )


if __name__ == "__main__":
    main()
