"""Tiny models with random weights, whose tokens are bytes."""


def make_tiny_model(folder, *, n_layers=2, context=128, **others):
    """Write a model of some layers into a folder; return it and its tokenizer.

    ``others`` are further fields of its configuration.
    """
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE({letter: i for i, letter in enumerate(letters)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=tokenizer)
    tokenizer.save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=256,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=n_layers,
        num_attention_heads=2,
        max_position_embeddings=context,
        **others,
    )
    model = LlamaForCausalLM(config)
    model.save_pretrained(folder)
    return model, tokenizer
