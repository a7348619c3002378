"""Folders and models in memory are opened safely, and what cannot be is said clearly."""

import copy
import json
import struct
import threading

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertModel, GPT2Config, GPT2LMHeadModel, LlamaForCausalLM

from laminoscope_core import open_model, wrap_model
from laminoscope_core.errors import ModelError
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models import memory
from laminoscope_core.models.memory import Weights, read_weights

pytestmark = pytest.mark.usefixtures("cache")


def change_config(folder, **changes):
    config = json.loads((folder / "config.json").read_text())
    config.update(changes)
    (folder / "config.json").write_text(json.dumps(config))


def test_a_folder_opens_with_the_weights_that_were_saved(llama_folder, tiny_llama):
    model = open_model(llama_folder, device="cpu")
    tokens = torch.arange(30)[None]
    assert torch.equal(model.hf(tokens).logits, tiny_llama(tokens).logits)
    assert not model.hf.training
    assert not any(parameter.requires_grad for parameter in model.hf.parameters())
    assert model.tokenizer("galaxy")["input_ids"]


def test_the_facts_are_those_of_the_model(llama_folder, tiny_llama):
    import hashlib

    info = open_model(llama_folder, device="cpu").info
    weights = (llama_folder / "model.safetensors").read_bytes()
    assert info.source == str(llama_folder)
    assert info.title == "tiny-llama"
    assert info.revision == f"sha256:{hashlib.sha256(weights).hexdigest()}"
    assert (info.model_type, info.n_layers, info.d_model) == ("llama", 2, 64)
    assert (info.n_heads, info.n_kv_heads, info.d_head) == (4, 2, 16)
    assert (info.vocab_size, info.context_length) == (tiny_llama.vocab_size, 128)
    assert info.n_parameters == sum(p.numel() for p in tiny_llama.parameters())
    assert (info.dtype, info.device, info.attention_kernel) == ("float32", "cpu", "sdpa")
    assert info.tokenizer


@pytest.mark.parametrize(
    ("asked", "given"),
    [("auto", torch.float32), ("float32", torch.float32), ("bfloat16", torch.bfloat16)],
)
def test_precision_on_a_cpu(llama_folder, tiny_llama, asked, given):
    copy.deepcopy(tiny_llama).to(torch.bfloat16).save_pretrained(llama_folder)
    model = open_model(llama_folder, device="cpu", dtype=asked)
    assert {parameter.dtype for parameter in model.hf.parameters()} == {given}
    assert model.info.dtype == str(given).removeprefix("torch.")


def test_weights_in_several_files_open(tmp_path, tiny_llama):
    tiny_llama.save_pretrained(tmp_path, max_shard_size="50KB")
    assert len(list(tmp_path.glob("*.safetensors"))) > 1
    model = open_model(tmp_path, device="cpu")
    tokens = torch.arange(9)[None]
    assert torch.equal(model.hf(tokens).logits, tiny_llama(tokens).logits)
    assert model.tokenizer is None
    next(iter(sorted(tmp_path.glob("*.safetensors")))).unlink()
    with pytest.raises(ModelError, match=r"lacks the weights file model-00001-of"):
        open_model(tmp_path, device="cpu")


def test_progress_ends_at_one_and_names_the_steps(llama_folder):
    reports = []
    open_model(
        llama_folder, device="cpu", job=Job(lambda fraction, text: reports.append((fraction, text)))
    )
    fractions = [fraction for fraction, _ in reports]
    assert fractions == sorted(fractions)
    assert reports[-1] == (1.0, "tiny-llama is open")
    assert any("on cpu in float32" in text for _, text in reports)


def test_opening_can_be_cancelled(llama_folder):
    job = Job(lambda fraction, text: job.cancel() if fraction > 0.5 else None)
    with pytest.raises(Cancelled):
        open_model(llama_folder, device="cpu", job=job)


def test_opening_works_in_a_thread_and_prints_nothing(llama_folder, capfd):
    opened = []
    thread = threading.Thread(target=lambda: opened.append(open_model(llama_folder, device="cpu")))
    thread.start()
    thread.join()
    assert opened[0].info.n_layers == 2
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("keep", [0, 7, 100, -1])
def test_truncated_weights_are_said(llama_folder, keep):
    weights = llama_folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:keep])
    with pytest.raises(ModelError, match=r"model\.safetensors is damaged or truncated"):
        open_model(llama_folder, device="cpu")


@pytest.mark.parametrize(
    "header",
    [
        b"{",
        b"[]",
        b'{"w": 1}',
        b'{"w": {"dtype": "F32", "shape": [1], "data_offsets": [0]}}',
        b'{"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, "4"]}}',
        b'{"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 5000]}}',
        b"[" * 5000,
    ],
)
def test_damaged_headers_are_said(llama_folder, header):
    content = struct.pack("<Q", len(header)) + header + bytes(4)
    (llama_folder / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match="damaged or truncated"):
        open_model(llama_folder, device="cpu")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"model_type": "steamengine"}, "model type 'steamengine', which transformers does not"),
        ({"model_type": None}, "does not name its model_type"),
        ({"model_type": "t5", "is_encoder_decoder": True}, r"encoder-decoder.*'t5'"),
        ({"architectures": ["LlamaForSequenceClassification"]}, "a LlamaForSequenceClass"),
        ({"architectures": ["BertForMaskedLM"], "model_type": "bert"}, r"encoder.*'bert'"),
        ({"quantization_config": {"quant_method": "gptq"}}, "quantised weights"),
        ({"num_hidden_layers": 3}, r"lack \d+ of the model's tensors.*layers\.2"),
        ({"intermediate_size": 95}, r"other shapes .*gate_proj.weight is \d+ × \d+, not 95 × "),
        ({"hidden_size": "wide"}, "cannot be opened"),
    ],
)
def test_configurations_that_do_not_fit_are_said(llama_folder, changes, message):
    change_config(llama_folder, **changes)
    with pytest.raises(ModelError, match=message):
        open_model(llama_folder, device="cpu")


def test_an_encoder_saved_by_transformers_is_refused(tmp_path):
    config = BertConfig(
        vocab_size=50,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    BertModel(config).save_pretrained(tmp_path)
    with pytest.raises(ModelError, match=r"an encoder \(model type 'bert'\)"):
        open_model(tmp_path)


def test_an_unembedding_that_is_missing_is_not_made_up(llama_folder, capfd):
    change_config(llama_folder, tie_word_embeddings=False)
    with pytest.raises(ModelError, match=r"lack 1 of .*lm_head\.weight"):
        open_model(llama_folder, device="cpu")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "weights.ckpt"])
def test_pickled_weights_are_refused_by_name(llama_folder, name):
    (llama_folder / "model.safetensors").rename(llama_folder / name)
    with pytest.raises(ModelError, match=f"only pickled weights \\({name}\\)"):
        open_model(llama_folder)


def test_pickled_weights_beside_safetensors_are_not_touched(llama_folder):
    (llama_folder / "pytorch_model.bin").write_bytes(b"never read")
    assert open_model(llama_folder, device="cpu").info.n_layers == 2


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([], "no safetensors weights"),
        (["model.safetensors"], r"no config\.json"),
        (["adapter_config.json", "adapter_model.safetensors"], "holds an adapter"),
        (["model-q4.gguf"], r"only GGUF files such as model-q4\.gguf"),
    ],
)
def test_other_folders_are_refused(tmp_path, files, message):
    for name in files:
        (tmp_path / name).touch()
    with pytest.raises(ModelError, match=message):
        open_model(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", "\xff", "[" * 100_000])
def test_a_damaged_configuration_is_said(llama_folder, content):
    (llama_folder / "config.json").write_text(content, encoding="latin-1")
    with pytest.raises(ModelError, match=r"config\.json is not"):
        open_model(llama_folder)


def test_a_damaged_tokenizer_is_said(llama_folder):
    (llama_folder / "tokenizer.json").write_text("{")
    with pytest.raises(ModelError, match="The tokenizer of tiny-llama cannot be read"):
        open_model(llama_folder, device="cpu")


def test_code_beside_a_model_is_never_run(llama_folder, tmp_path):
    trap = tmp_path / "sprung"
    code = f"open({str(trap)!r}, 'w').close()\nclass Evil: pass\n"
    (llama_folder / "evil.py").write_text(code)
    auto_map = {"AutoConfig": "evil.Evil", "LlamaForCausalLM": "evil.Evil"}
    change_config(llama_folder, auto_map=auto_map)
    open_model(llama_folder, device="cpu")
    change_config(llama_folder, model_type="evil")
    with pytest.raises(ModelError, match="bring their own code are not opened"):
        open_model(llama_folder, device="cpu")
    assert not trap.exists()


def test_a_model_larger_than_memory_is_refused_before_loading(llama_folder, monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 100_000)
    monkeypatch.setattr(
        LlamaForCausalLM, "from_pretrained", lambda *_, **__: pytest.fail("it was loaded")
    )
    with pytest.raises(ModelError, match=r"tiny-llama in float32 takes .* and 0\.00 GB are free"):
        open_model(llama_folder, device="cpu")


def test_weights_are_measured_without_loading(llama_folder):
    tensors = load_file(llama_folder / "model.safetensors")
    n_values = sum(tensor.numel() for tensor in tensors.values())
    weights = read_weights(llama_folder)
    assert weights == Weights(n_values, 4 * n_values, "float32")
    halved = {name: tensor.to(torch.float16) for name, tensor in tensors.items()}
    save_file(halved, llama_folder / "model.safetensors")
    assert read_weights(llama_folder) == Weights(n_values, 2 * n_values, "float16")
    assert read_weights(llama_folder).bytes_as("float32") == 4 * n_values


def test_wrapping_keeps_the_model_and_describes_it():
    hf = GPT2LMHeadModel(GPT2Config(n_layer=3, n_head=2, n_embd=8, vocab_size=50, n_positions=16))
    hf.train()
    model = wrap_model(hf)
    assert model.hf is hf
    assert not hf.training
    assert model.tokenizer is None
    info = model.info
    assert (info.source, info.model_type) == ("GPT2LMHeadModel", "gpt2")
    assert (info.n_layers, info.n_heads, info.n_kv_heads, info.d_head) == (3, 2, 2, 4)
    assert (info.vocab_size, info.context_length, info.tokenizer) == (50, 16, "")
    distinct = {id(p): p.numel() for p in hf.parameters()}
    assert info.n_parameters == sum(distinct.values())


def test_wrapping_refuses_what_is_not_a_causal_transformers_model():
    from transformers import T5Config, T5ForConditionalGeneration

    with pytest.raises(ModelError, match="A Linear is not a transformers model"):
        wrap_model(torch.nn.Linear(2, 2))
    t5 = T5ForConditionalGeneration(
        T5Config(vocab_size=20, d_model=8, d_kv=4, d_ff=8, num_layers=1, num_heads=2)
    )
    with pytest.raises(ModelError, match=r"encoder-decoder model \(model type 't5'\)"):
        wrap_model(t5)


def test_no_numpy_or_torch_state_is_touched(llama_folder):
    torch.manual_seed(3)
    np.random.seed(3)  # noqa: NPY002 - the global state is what is tested
    before = torch.get_rng_state(), torch.is_grad_enabled(), torch.get_default_dtype()
    open_model(llama_folder, device="cpu", dtype="bfloat16")
    after = torch.get_rng_state(), torch.is_grad_enabled(), torch.get_default_dtype()
    assert torch.equal(before[0], after[0])
    assert before[1:] == after[1:]


def test_memory_that_runs_out_while_opening_is_said_as_such(llama_folder, monkeypatch):
    def scarce(*_, **__):
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 B")

    monkeypatch.setattr(LlamaForCausalLM, "from_pretrained", scarce)
    with pytest.raises(ModelError, match=r"not enough memory to open tiny-llama.*smaller model"):
        open_model(llama_folder, device="cpu")


@pytest.mark.parametrize(
    "name",
    [
        *("tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "vocab.txt"),
        *("special_tokens_map.json", "generation_config.json", "model.safetensors.index.json"),
    ],
)
@pytest.mark.parametrize("target", ["lost in a cache", "itself", "/dev/zero"])
def test_a_link_to_nothing_is_not_taken_for_no_file(llama_folder, name, target):
    """Without it the model would be another: other tokens, another template."""
    (llama_folder / name).unlink(missing_ok=True)
    (llama_folder / name).symlink_to(name if target == "itself" else target)
    with pytest.raises(ModelError, match=f"{name} (cannot be read|is not an ordinary file)"):
        open_model(llama_folder, device="cpu")


@pytest.mark.parametrize("padding", [-1, 10**30])
def test_a_padding_token_that_there_is_not_pads_nothing(llama_folder, tiny_llama, padding):
    change_config(llama_folder, pad_token_id=padding)
    model = open_model(llama_folder, device="cpu")
    ids = torch.tensor([[5, 6]])
    assert torch.equal(model.hf(ids).logits, tiny_llama(ids).logits)


def test_another_architecture_than_that_of_the_model_type_is_said(llama_folder):
    change_config(llama_folder, architectures=["GemmaForCausalLM"])
    (said,) = open_model(llama_folder, device="cpu").unused
    assert "GemmaForCausalLM" in said
    assert "by its model type it is a LlamaForCausalLM" in said


def test_tokens_are_not_drawn(llama_folder):
    """Dropout of merges, and segmentations drawn from a unigram model, are for training."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    def read(text):
        return tuple(open_model(llama_folder, device="cpu").tokenizer(text)["input_ids"])

    file = llama_folder / "tokenizer.json"
    content = json.loads(file.read_text())
    wanted = read("the next word is galaxy")
    content["model"]["dropout"] = 1.0
    file.write_text(json.dumps(content))
    assert read("the next word is galaxy") == wanted
    pieces = [("<unk>", 0.0), *((letter, -3.0) for letter in "galxy"), ("gala", -4.0), ("xy", -4.0)]
    backend = Tokenizer(models.Unigram(pieces, 0, alpha=0.1, nbest_size=64))
    backend.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(tokenizer_object=backend).save_pretrained(llama_folder)
    assert {read("galaxy") for _ in range(5)} == {(6, 7)}


def test_a_model_that_fails_over_every_text_is_an_error_of_ours(llama_folder):
    from laminoscope_core.sampling.parameters import SamplingError
    from laminoscope_core.sampling.reading import Reader

    change_config(llama_folder, layer_types=["sliding_attention", "full_attention"])
    model = open_model(llama_folder, device="cpu")
    with pytest.raises(SamplingError, match=r"tiny-llama cannot read this: .*sliding_window"):
        Reader(model).logits_after([5, 6])
