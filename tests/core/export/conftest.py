"""Tiny random models in folders, as a script on another machine would open them."""

import pytest

CORPUS = ["the next word is galaxy", "the next word is sofa", "a quiet moon above the harbour"] * 5

FAMILIES = ("gpt2", "llama", "gpt_neox", "qwen3", "gemma3_text")


@pytest.fixture(scope="session")
def tiny_tokenizer():
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    backend = Tokenizer(models.BPE())
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=320,
        special_tokens=["<s>", "</s>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    backend.train_from_iterator(CORPUS, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=backend, bos_token="<s>", eos_token="</s>", unk_token=None
    )


@pytest.fixture(scope="session")
def tiny_folder(tiny_tokenizer, tmp_path_factory):
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
