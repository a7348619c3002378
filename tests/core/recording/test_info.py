"""The facts about a model are those that its activations have."""

from collections.abc import Callable

import families
import pytest

from laminoscope_core import capture, wrap_model
from laminoscope_core.models.model import Model

NAMES = [
    "gpt2", "gpt_neo", "gptj", "gpt_bigcode", "gpt_bigcode many keys", "falcon", "falcon serial",
    "falcon new", "bloom", "mpt", "opt", "llama", "llama one key", "gemma3", "gemma4_text", "dbrx",
    "qwen3", "phi3", "jamba", "mamba",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_heads_and_widths(name: str, family_model: Callable[[str], Model]) -> None:
    model = family_model(name)
    info = model.info
    last = info.n_layers - 1  # hybrids have their attention at the end
    cap = capture(model, [[5, 17, 3]], ["resid_out"], layers=[last])
    assert cap.array("resid_out", last).shape == (1, 3, info.d_model)
    if name == "mamba":
        assert info.n_heads == info.n_kv_heads == 0
        return
    layer = 0 if name == "gemma4_text" else last  # whose first layer speaks for it
    cap = capture(model, [[5, 17, 3]], ["q", "k", "logits"], layers=[layer])
    assert cap.array("q", layer).shape == (1, 3, info.n_heads, info.d_head)
    assert cap.array("k", layer).shape == (1, 3, info.n_kv_heads, info.d_head)
    assert cap.logits.shape == (1, 3, info.vocab_size)


@pytest.mark.parametrize(("name", "length"), [("llama", 64), ("xlnet", None), ("mamba", None)])
def test_a_model_without_an_end_has_no_context_length(name: str, length: int | None) -> None:
    assert wrap_model(families.build(name)).info.context_length == length


def test_a_long_prompt_is_read_where_there_is_no_context_length() -> None:
    model = wrap_model(families.build("mamba"))
    assert capture(model, [[5] * 300], ["resid_out"]).array("resid_out").shape == (2, 1, 300, 32)
