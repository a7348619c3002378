"""Weights files are ordinary files of the folder, and their headers are held against them."""

import json
import os
import struct
import sys

import pytest
import torch
from safetensors.torch import load_file, save_file

from laminoscope_core import open_model
from laminoscope_core.errors import ModelError
from laminoscope_core.models import load, reading
from laminoscope_core.models.headers import read_tensors

pytestmark = pytest.mark.usefixtures("cache")
INDEX = "model.safetensors.index.json"
ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")


@pytest.fixture
def sharded(tmp_path, tiny_llama):
    folder = tmp_path / "sharded"
    tiny_llama.save_pretrained(folder, max_shard_size="50KB")
    return folder


@pytest.fixture
def no_library(monkeypatch):
    """Fail if transformers or torch is asked for anything."""
    monkeypatch.setattr(load, "import_torch_stack", lambda *_: pytest.fail("a library was asked"))
    monkeypatch.setattr(torch, "load", lambda *_, **__: pytest.fail("torch.load was called"))


def name_instead(folder, name):
    """Have the index name another file for the tensors of its first one; return that file."""
    index = json.loads((folder / INDEX).read_text())
    first = sorted(set(index["weight_map"].values()))[0]
    places = {key: name if value == first else value for key, value in index["weight_map"].items()}
    (folder / INDEX).write_text(json.dumps({**index, "weight_map": places}))
    return folder / first


@pytest.mark.parametrize(
    "name",
    [
        "w.bin",
        "model.pt",
        "w.safetensors.bin",
        "w.safetensors ",
        "w.SAFETENSORS",
        "../w.safetensors",
        "sub/w.safetensors",
        "sub\\w.safetensors",
        "C:w.safetensors",
        "/etc/w.safetensors",
        "w\0.safetensors",
        ".safetensors/../w.safetensors",
        "https://host/w.safetensors",
        7,
        None,
    ],
)
def test_an_index_names_safetensors_files_beside_it_and_nothing_else(sharded, no_library, name):
    first = name_instead(sharded, name)
    if isinstance(name, str) and name.isprintable() and "/" not in name:
        first.rename(sharded / name)
    with pytest.raises(ModelError, match=r"index\.json names .*(not a \.safe|not a file beside)"):
        open_model(sharded, device="cpu")


def test_a_single_file_does_not_excuse_its_index(llama_folder, no_library):
    (llama_folder / INDEX).write_text(json.dumps({"weight_map": {"w": "w.bin"}}))
    with pytest.raises(ModelError, match=r"names 'w\.bin'"):
        open_model(llama_folder, device="cpu")


@ON_POSIX
def test_a_link_out_of_the_folder_is_refused(sharded, tmp_path, no_library):
    first = name_instead(sharded, "linked.safetensors")
    (sharded / "linked.safetensors").symlink_to(first.rename(tmp_path / "elsewhere.safetensors"))
    with pytest.raises(ModelError, match="a link to a file outside its folder"):
        open_model(sharded, device="cpu")


@ON_POSIX
def test_the_links_of_the_hubs_cache_are_followed(sharded, tmp_path, tiny_llama):
    blobs = tmp_path / "repo" / "blobs"
    snapshot = tmp_path / "repo" / "snapshots" / ("0" * 40)
    blobs.mkdir(parents=True)
    snapshot.mkdir(parents=True)
    for number, file in enumerate(sorted(sharded.iterdir())):
        blob = file.rename(blobs / str(number))
        (snapshot / file.name).symlink_to(os.path.relpath(blob, snapshot))
    tokens = torch.arange(9)[None]
    model = open_model(snapshot, device="cpu")
    assert torch.equal(model.hf(tokens).logits, tiny_llama(tokens).logits)


def test_a_tensor_in_two_files_is_refused(sharded):
    """Which of the two a library takes is not ours to guess."""
    files = sorted(sharded.glob("*.safetensors"))
    name, tensor = next(iter(load_file(files[0]).items()))
    save_file({**load_file(files[1]), name: tensor + 1}, files[1], metadata={"format": "pt"})
    with pytest.raises(ModelError, match=f"The tensor {name} is in two files"):
        open_model(sharded, device="cpu")


def test_an_index_that_its_files_contradict_is_refused(sharded):
    index = json.loads((sharded / INDEX).read_text())
    index["weight_map"]["model.steam.weight"] = sorted(set(index["weight_map"].values()))[0]
    (sharded / INDEX).write_text(json.dumps(index))
    with pytest.raises(ModelError, match=r"holds the tensor model\.steam\.weight, which it does"):
        open_model(sharded, device="cpu")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"weight_map": 3}', '{"weight_map": {}}'])
def test_a_damaged_index_is_said(sharded, content):
    (sharded / INDEX).write_text(content)
    with pytest.raises(ModelError, match=r"index\.json is not"):
        open_model(sharded, device="cpu")


def write(file, header, data=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    file.write_bytes(struct.pack("<Q", len(text)) + text + data)


def entry(begin, end, shape, dtype="F32"):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


@pytest.mark.parametrize(
    "header",
    [
        {"a": entry(0, 4, [1]), "b": entry(0, 8, [2])},  # overlapping
        {"a": entry(4, 8, [1])},  # a hole
        {"a": entry(0, 8, [3])},  # another size than its shape
        {"a": entry(0, 8, [-2])},
        {"a": entry(0, 8, [True, 2])},
        {"a": entry(0, 8, 2)},
        {"a": entry(0, 8, [1] * 9 + [2])},
        {"a": entry(0, 8, [2.0])},
        b'{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},'
        b' "a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}',
    ],
)
def test_a_header_that_contradicts_itself_is_refused(llama_folder, header):
    write(llama_folder / "model.safetensors", header, bytes(8))
    with pytest.raises(ModelError, match="damaged or truncated"):
        read_tensors(llama_folder)


@pytest.mark.parametrize(
    "header",
    [
        b"{" + b",".join(b'"%x":{"data_offsets":[0,0]}' % i for i in range(270_000)) + b"}",
        b'{"__metadata__":[' + b"[]," * 2_000_000 + b"[]]}",
    ],
    ids=["empty tensors", "empty lists"],
)
def test_a_header_that_claims_too_much_is_not_parsed(llama_folder, monkeypatch, header):
    write(llama_folder / "model.safetensors", header)
    monkeypatch.setattr(json, "loads", lambda *_, **__: pytest.fail("it was parsed"))
    with pytest.raises(ModelError, match="claims more tensors than any model has"):
        read_tensors(llama_folder)


def test_an_unknown_type_is_named(llama_folder):
    write(llama_folder / "model.safetensors", {"a": entry(0, 4, [8], "F4")}, bytes(4))
    with pytest.raises(ModelError, match="values of the type 'F4'"):
        read_tensors(llama_folder)


FILES = ["config.json", "model.safetensors", "generation_config.json", INDEX]


@ON_POSIX
@pytest.mark.parametrize("name", FILES)
def test_a_pipe_is_no_file(llama_folder, name):
    (llama_folder / name).unlink(missing_ok=True)
    os.mkfifo(llama_folder / name)
    with pytest.raises(ModelError, match="is not an ordinary file"):
        open_model(llama_folder, device="cpu")


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /dev/zero everywhere")
@pytest.mark.parametrize("name", FILES)
def test_a_link_to_a_device_is_no_file(llama_folder, name):
    (llama_folder / name).unlink(missing_ok=True)
    (llama_folder / name).symlink_to("/dev/zero")
    with pytest.raises(ModelError, match="is not an ordinary file"):
        open_model(llama_folder, device="cpu")


def test_a_configuration_of_sixteen_megabytes_is_too_large(llama_folder):
    with (llama_folder / "config.json").open("ab") as file:
        file.write(b" " * reading.MAX_JSON)
    with pytest.raises(ModelError, match=r"config\.json is larger than 17 MB"):
        open_model(llama_folder, device="cpu")


@pytest.mark.parametrize("depth", [65, 900, 100_000])
def test_a_configuration_may_not_be_nested_without_end(tmp_path, depth):
    file = tmp_path / "config.json"
    file.write_text('{"a":' * depth + "1" + "}" * depth)
    with pytest.raises(ModelError, match=r"config\.json is not"):
        reading.read_json(file)
    file.write_text('{"a":' * 60 + "1" + "}" * 60)
    assert reading.read_json(file)


def test_a_byte_order_mark_is_no_fault(tmp_path):
    (tmp_path / "config.json").write_text('{"a": 1}', encoding="utf-8-sig")
    assert reading.read_json(tmp_path / "config.json") == {"a": 1}
