"""Two tiny models with random weights, made by each selftest: none is shipped."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

__all__ = ["N_LAYERS", "write_folder", "write_gguf"]

N_LAYERS = 2
_WIDTH = 32
_INNER = 64
_HEADS = 2
_CONTEXT = 128
_MERGES = ("t h", "th e")

Arrays = dict[str, npt.NDArray[np.float32]]


def write_folder(folder: Path) -> None:
    """Write a folder with safetensors and a tokenizer of bytes, as a publisher would."""
    from safetensors.torch import save_file
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    tokens = _tokens()
    numbers = {token: number for number, token in enumerate(tokens)}
    pairs = [(left, right) for left, right in (merge.split() for merge in _MERGES)]
    tokenizer = Tokenizer(models.BPE(numbers, pairs))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>"
    ).save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=len(tokens),
        hidden_size=_WIDTH,
        intermediate_size=_INNER,
        num_hidden_layers=N_LAYERS,
        num_attention_heads=_HEADS,
        max_position_embeddings=_CONTEXT,
        bos_token_id=0,
        eos_token_id=1,
        architectures=[LlamaForCausalLM.__name__],
    )
    config.save_pretrained(folder)
    tensors = LlamaForCausalLM(config).state_dict()
    save_file(tensors, folder / "model.safetensors", {"format": "pt"})


def write_gguf(path: Path) -> Arrays:
    """Write a GGUF file of a Llama; return the arrays that went in, by their names there."""
    import gguf

    tokens = _tokens()
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("Selftest")
    writer.add_block_count(N_LAYERS)
    writer.add_context_length(_CONTEXT)
    writer.add_embedding_length(_WIDTH)
    writer.add_feed_forward_length(_INNER)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10_000.0)
    writer.add_rope_dimension_count(_WIDTH // _HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(tokens)
    control, normal = gguf.TokenType.CONTROL, gguf.TokenType.NORMAL
    writer.add_token_types([control, control, *[normal] * (len(tokens) - 2)])
    writer.add_token_merges(list(_MERGES))
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(1)
    arrays = _arrays(len(tokens))
    for name, array in arrays.items():
        writer.add_tensor(name, array)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return arrays


def _tokens() -> list[str]:
    from tokenizers import pre_tokenizers

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    return ["<s>", "</s>", *letters, *(merge.replace(" ", "") for merge in _MERGES)]


def _arrays(n_tokens: int) -> Arrays:
    shapes: dict[str, tuple[int, ...]] = {
        "token_embd.weight": (n_tokens, _WIDTH),
        "output_norm.weight": (_WIDTH,),
    }
    for layer in range(N_LAYERS):
        block = f"blk.{layer}."
        shapes |= {f"{block}{name}_norm.weight": (_WIDTH,) for name in ("attn", "ffn")}
        shapes |= {f"{block}attn_{name}.weight": (_WIDTH, _WIDTH) for name in ("q", "k", "v")}
        shapes |= {
            block + "attn_output.weight": (_WIDTH, _WIDTH),
            block + "ffn_gate.weight": (_INNER, _WIDTH),
            block + "ffn_up.weight": (_INNER, _WIDTH),
            block + "ffn_down.weight": (_WIDTH, _INNER),
        }
    rng = np.random.default_rng(0)
    return {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
