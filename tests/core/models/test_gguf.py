"""The header of a GGUF file is read with bounds on everything."""

import os
import struct
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laminoscope_core.errors import ModelError
from laminoscope_core.models.gguf import TENSOR_BLOCKS, read_gguf_header

from .builders import write_gguf

U32, U64 = struct.Struct("<I").pack, struct.Struct("<Q").pack


def text(value: str | bytes) -> bytes:
    value = value.encode() if isinstance(value, str) else value
    return U64(len(value)) + value


def entry(key: str, kind: int, value: bytes) -> bytes:
    return text(key) + U32(kind) + value


THREE_TOKENS = entry("tokenizer.ggml.tokens", 9, U32(8) + U64(3) + text("a") * 3)
ARCHITECTURE = entry("general.architecture", 8, text("llama"))


def tensor(name="w", shape=(32,), kind=0, offset=0) -> bytes:
    dimensions = b"".join(U64(length) for length in shape)
    return text(name) + U32(len(shape)) + dimensions + U32(kind) + U64(offset)


ONE_TENSOR = (tensor(),)


def file(entries=(ARCHITECTURE,), tensors=ONE_TENSOR, data=128, version=3, counts=None) -> bytes:
    n_tensors, n_entries = counts or (len(tensors), len(entries))
    head = b"GGUF" + U32(version) + U64(n_tensors) + U64(n_entries) + b"".join((*entries, *tensors))
    return head + bytes(-len(head) % 32) + bytes(data)


def read(tmp_path, content: bytes):
    path = tmp_path / "some.gguf"
    path.write_bytes(content)
    return read_gguf_header(path)


@pytest.mark.parametrize("kind", ["adapter", "mmproj", "vocab"])
def test_a_file_that_says_that_it_is_no_model_is_refused(tmp_path, kind):
    says = entry("general.type", 8, text(kind))
    with pytest.raises(ModelError, match=f"some.gguf says that it is of the type '{kind}'"):
        read(tmp_path, file((ARCHITECTURE, says)))
    model = entry("general.type", 8, text("model"))
    assert read(tmp_path, file((ARCHITECTURE, model))).architecture == "llama"


def test_says_what_the_gguf_package_wrote(tmp_path):
    arrays = write_gguf(tmp_path / "tiny.gguf")
    header = read_gguf_header(tmp_path / "tiny.gguf")
    assert (header.version, header.architecture, header.name) == (3, "llama", "Tiny")
    assert header.n_tensors == len(arrays)
    assert header.n_parameters == sum(array.size for array in arrays.values())
    assert header.sampling == {"temp": 0.5, "top_k": 20}


def test_block_sizes_are_those_of_the_gguf_package():
    import gguf

    assert {int(kind): sizes for kind, sizes in gguf.GGML_QUANT_SIZES.items()} == TENSOR_BLOCKS


def test_a_minimal_file_is_accepted(tmp_path):
    assert read(tmp_path, file()).n_parameters == 32


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "truncated.*magic"),
        (b"PK\x03\x04" + bytes(60), "does not begin with GGUF"),
        (file(version=1), "version is 1"),
        (file(version=3 << 24), "big-endian"),
        (b"GGUF" + U32(3) + bytes(41), "holds no tensors"),
        # 49 bytes for which some readers walk an array of 2**62 elements
        (b"GGUF" + U32(3) + U64(1) + U64(1) + text("a")[:8] + bytes(17), "truncated"),
        (file(counts=(1 << 60, 1)), "claims .* tensors"),
        (file(counts=(1, 1 << 60)), "claims .* metadata"),
        (file(counts=(200_000, 1)), "truncated.*200,000 tensors"),
        (file(entries=()), "does not name its architecture"),
        (file(entries=(ARCHITECTURE, ARCHITECTURE)), "'general.architecture' appears twice"),
        (file(entries=(ARCHITECTURE, U64(1 << 63) + b"x")), "truncated.*key"),
        (file(entries=(ARCHITECTURE, text(b"\xff\xfe") + U32(4) + U32(0))), "not UTF-8"),
        (file(entries=(ARCHITECTURE, entry("a", 99, b""))), "unknown type 99"),
        (file(entries=(ARCHITECTURE, entry("a", 8, U64(1 << 40)))), "truncated"),
        (file(entries=(ARCHITECTURE, entry("a", 9, U32(9) + U64(1)))), "array of arrays"),
        (file(entries=(ARCHITECTURE, entry("a", 9, U32(77) + U64(1)))), "unknown type 77"),
        (file(entries=(ARCHITECTURE, entry("a", 9, U32(0) + U64(1 << 62)))), "truncated"),
        (file(entries=(ARCHITECTURE, entry("a", 9, U32(8) + U64(1 << 62)))), "truncated"),
        (
            file(entries=(ARCHITECTURE, entry("a", 9, U32(0) + U64(1 << 24) + bytes(1 << 24)))),
            "more than 8,388,608 elements",
        ),
        *(
            (
                file(entries=(ARCHITECTURE, THREE_TOKENS, entry(f"tokenizer.ggml.{key}", kind, v))),
                rf"{key}' is {said}, and it has 3 tokens",
            )
            for key, kind, v, said in (
                ("eos_token_id", 11, struct.pack("<q", -5), "-5"),
                ("bos_token_id", 4, U32(3), "3"),
                ("unknown_token_id", 6, struct.pack("<f", 1.0), "1.0"),
                ("eos_token_id", 8, text("</s>"), "'</s>'"),
            )
        ),
        (file(entries=(ARCHITECTURE, entry("general.alignment", 4, U32(33)))), "alignment is 33"),
        (file(entries=(ARCHITECTURE, entry("general.alignment", 4, U32(0)))), "alignment is 0"),
        (file(entries=(ARCHITECTURE, entry("general.name", 9, b""))), "not a number or a text"),
        (file(tensors=(tensor("a"), tensor("a", offset=128)), data=256), "'a' appears twice"),
        (file(tensors=(tensor("a"), tensor("b", offset=96)), data=256), "'b' overlaps"),
        (file(tensors=(tensor(offset=1),)), "not aligned"),
        (file(tensors=(tensor(kind=5),)), "unknown type 5"),
        (file(tensors=(tensor(shape=(1,) * 5),)), "5 dimensions"),
        (file(tensors=(tensor(shape=(0, 4)),)), r"shape \[0, 4\]"),
        (file(tensors=(tensor(shape=(33,), kind=2),)), "whole blocks of 32"),
        (file(tensors=(tensor(shape=(1 << 62, 1 << 62)),)), "truncated.*'w' ends at byte"),
        (file(data=127), "truncated.*'w' ends at byte"),
        (file(tensors=(tensor(offset=1 << 63),)), "truncated"),
    ],
)
def test_says_what_is_wrong(tmp_path, content, message):
    with pytest.raises(ModelError, match=message):
        read(tmp_path, content)


def test_every_truncation_is_noticed(tmp_path):
    write_gguf(tmp_path / "tiny.gguf")
    whole = (tmp_path / "tiny.gguf").read_bytes()
    end_of_header = whole.index(b"blk.1.ffn_down.weight") + 60
    for length in [*range(0, end_of_header, 7), len(whole) - 1, len(whole) // 2]:
        with pytest.raises(ModelError):
            read(tmp_path, whole[:length])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"gone\.gguf cannot be read"):
        read_gguf_header(tmp_path / "gone.gguf")


def test_time_grows_with_the_header_only(tmp_path):
    def seconds(n_strings):
        strings = entry("a", 9, U32(8) + U64(n_strings) + U64(0) * n_strings)
        content = file(entries=(ARCHITECTURE, strings))
        began = time.perf_counter()
        assert read(tmp_path, content).n_tensors == 1
        return time.perf_counter() - began

    seconds(1000)
    assert seconds(800_000) < 20 * max(seconds(100_000), 0.02)


@pytest.fixture(scope="module")
def header_bytes(tmp_path_factory):
    path = tmp_path_factory.mktemp("gguf") / "tiny.gguf"
    write_gguf(path)
    return path, path.read_bytes()


@settings(
    max_examples=400, deadline=1000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_mutated_headers_never_hang_and_never_surprise(header_bytes, data):
    path, whole = header_bytes
    content = bytearray(whole)
    header_end = whole.index(b"blk.1.ffn_down.weight") + 60
    for _ in range(data.draw(st.integers(1, 6))):
        position = data.draw(st.integers(4, header_end))
        value = data.draw(
            st.one_of(
                st.binary(min_size=1, max_size=8),
                st.sampled_from([U64((1 << 64) - 1), U64(1 << 62), U32(9), U32(8), U64(0)]),
            )
        )
        content[position : position + len(value)] = value
    mutated = path.with_name("mutated.gguf")
    mutated.write_bytes(content)
    try:
        header = read_gguf_header(mutated)
    except ModelError:
        return
    assert header.n_parameters <= 8 * len(content)


@settings(max_examples=300, deadline=1000)
@given(tail=st.binary(max_size=400), n_tensors=st.integers(0, 3), n_entries=st.integers(0, 3))
def test_noise_after_the_magic_never_surprises(tmp_path_factory, tail, n_tensors, n_entries):
    path = tmp_path_factory.getbasetemp() / "noise.gguf"
    path.write_bytes(b"GGUF" + U32(3) + U64(n_tensors) + U64(n_entries) + tail)
    with pytest.raises(ModelError):
        read_gguf_header(path)


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("m-00002-of-00002.gguf", "--merge m-00001-of-00002.gguf m.gguf"),
        ("m.gguf", "--merge m-00001-of-00002.gguf m-whole.gguf"),
    ],
)
def test_one_file_of_several_is_named_as_such(tmp_path, name, joined):
    """A later part has no architecture, and the first may have no tensors."""
    path = tmp_path / name
    write_gguf(path, extra={"split.no": 1, "split.count": 2})
    with pytest.raises(ModelError, match=r"is part 2 of 2 of a model\. Join them") as caught:
        read_gguf_header(path)
    assert joined in caught.value.hint


def test_a_part_without_tensors_or_architecture_is_named_too(tmp_path):
    import gguf

    path = tmp_path / "m-00001-of-00003.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_uint16("split.no", 0)
    writer.add_uint16("split.count", 3)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    with pytest.raises(ModelError, match=r"part 1 of 3 of a model.*m-00001-of-00003\.gguf m\.gguf"):
        read_gguf_header(path)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no named pipes in folders")
def test_a_pipe_is_no_gguf_file(tmp_path):
    os.mkfifo(tmp_path / "m.gguf")
    with pytest.raises(ModelError, match="is not an ordinary file"):
        read_gguf_header(tmp_path / "m.gguf")
