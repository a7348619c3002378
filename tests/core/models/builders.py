"""What the tests of models build: GGUF files, wheels, and a look at what is left of them."""

import base64
import hashlib
import json
import zipfile

import gguf
import numpy as np

_KINDS = {
    bool: gguf.GGUFValueType.BOOL,
    int: gguf.GGUFValueType.UINT16,
    str: gguf.GGUFValueType.STRING,
}


def left_behind(folder):
    """Files in a cache, apart from remembered hashes."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and "hashes" not in path.parts
    )


def write_gguf(path, architecture="llama", *, seed=0, extra=None, tensors=None, blocks=2):
    """Write a small Llama by the gguf package; return the arrays that went in, by name.

    `extra` are more texts of its header, `tensors` more tensors; `blocks` is what it says of its
    two layers.
    """
    rng = np.random.default_rng(seed)
    width, heads, kv_heads, inner, layers = 64, 4, 2, 96, 2
    letters = [chr(code) for code in (*range(33, 127), *range(161, 173), *range(174, 256))]
    tokens = ["<s>", "</s>", "Ġ", *letters, "th", "the"]
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name("Tiny")
    writer.add_block_count(blocks)
    writer.add_context_length(128)
    writer.add_embedding_length(width)
    writer.add_feed_forward_length(inner)
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10000.0)
    writer.add_rope_dimension_count(width // heads)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(tokens)
    writer.add_token_types([3, 3, *[1] * (len(tokens) - 2)])
    writer.add_token_merges(["t h", "th e"])
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(1)
    writer.add_float32("general.sampling.temp", 0.5)
    writer.add_uint32("general.sampling.top_k", 20)
    for key, value in (extra or {}).items():
        writer.add_key_value(key, value, _KINDS[type(value)])
    shapes = {"token_embd.weight": (len(tokens), width), "output_norm.weight": (width,)}
    for layer in range(layers):
        block = f"blk.{layer}."
        shapes |= {
            block + "attn_norm.weight": (width,),
            block + "ffn_norm.weight": (width,),
            block + "attn_q.weight": (width, width),
            block + "attn_k.weight": (width // 2, width),
            block + "attn_v.weight": (width // 2, width),
            block + "attn_output.weight": (width, width),
            block + "ffn_gate.weight": (inner, width),
            block + "ffn_up.weight": (inner, width),
            block + "ffn_down.weight": (width, inner),
        }
    arrays = {name: rng.normal(size=shape).astype("float32") for name, shape in shapes.items()}
    arrays |= tensors or {}
    for name, array in arrays.items():
        writer.add_tensor(name, array)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return arrays


def write_wheel(folder, package, members, version="1.0.0"):
    """Write a wheel that pip accepts, with the given files in it."""
    name = package.replace("-", "_")
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n"
    files = {
        **members,
        f"{info}/METADATA": metadata.encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_digest(data)},{len(data)}\n" for path, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    folder.mkdir(exist_ok=True)
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return wheel


def _digest(data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"sha256={digest}"


def change_tokenizer(folder, **parts):
    """Put other parts into a folder's tokenizer."""
    file = folder / "tokenizer.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **parts}))


def change_template(folder, template):
    """Give a folder's tokenizer another chat template."""
    (folder / "chat_template.jinja").unlink(missing_ok=True)
    file = folder / "tokenizer_config.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "chat_template": template}))


def replacing(old, new, kind="String"):
    """Return the step of a tokenizer that replaces something by something else."""
    return {"type": "Replace", "pattern": {kind: old}, "content": new}
