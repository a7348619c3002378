"""Tiny random models in folders, as a script on another machine would open them."""

import pytest

from .models.conftest import tiny_tokenizer  # noqa: F401 - a fixture

FAMILIES = ("gpt2", "gpt_neox", "gemma3_text")


@pytest.fixture(scope="session")
def tiny_folder(tiny_tokenizer, tmp_path_factory):  # noqa: F811
    """Return a function that gives the folder of a tiny model of a family."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    made = {}

    def folder(family):
        if family not in made:
            config = AutoConfig.for_model(
                family, vocab_size=len(tiny_tokenizer), hidden_size=32, n_embd=32,
                num_hidden_layers=3, n_layer=3, num_attention_heads=4, n_head=4, head_dim=8,
                num_key_value_heads=4 if family == "gpt_neox" else 2, intermediate_size=48,
                n_positions=256, max_position_embeddings=256, eos_token_id=1, bos_token_id=0,
                pad_token_id=1,
            )  # fmt: skip
            torch.manual_seed(7)
            model = AutoModelForCausalLM.from_config(config)
            made[family] = tmp_path_factory.mktemp("models") / family
            model.save_pretrained(made[family])
            tiny_tokenizer.save_pretrained(made[family])
        return made[family]

    return folder
