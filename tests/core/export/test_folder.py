"""A folder of results says where each of its files comes from, whoever wrote into it before."""

import hashlib
import json

import pytest

from laminoscope_core.export.folder import changed_files, write_folder

WORDS = {"rsa/laminar.csv": b"layer,r\n0,0.5\n", "rsa/words.csv": b"word\nsun\n"}
TEXT = {"adjustments/norms.csv": b"layer,norm\n0,1\n"}


def record_of(folder):
    return json.loads((folder / "provenance.json").read_text(encoding="utf-8"))


def test_the_record_names_every_file_by_its_hash(tmp_path):
    written = write_folder(tmp_path / "new", WORDS, {"model": "gpt2"})
    assert [path.name for path in written] == ["laminar.csv", "words.csv", "provenance.json"]
    assert record_of(tmp_path / "new") == {
        "model": "gpt2",
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in WORDS.items()},
    }
    assert changed_files(tmp_path / "new") == ()


def test_files_of_a_former_run_keep_their_record(tmp_path):
    write_folder(tmp_path, WORDS, {"model": "gpt2"})
    write_folder(tmp_path, TEXT, {"model": "smollm2"})
    record = record_of(tmp_path)
    assert (record["model"], list(record["files"])) == ("smollm2", list(TEXT))
    (earlier,) = record["earlier"]
    assert (earlier["model"], list(earlier["files"])) == ("gpt2", list(WORDS))
    write_folder(tmp_path, {"more.csv": b"x\n"}, {"model": "third"})
    assert [r["model"] for r in record_of(tmp_path)["earlier"]] == ["smollm2", "gpt2"]
    assert changed_files(tmp_path) == ()


def test_the_same_run_again_leaves_the_same_bytes(tmp_path):
    write_folder(tmp_path, WORDS, {"model": "gpt2"})
    first = (tmp_path / "provenance.json").read_bytes()
    write_folder(tmp_path, WORDS, {"model": "gpt2"})
    assert (tmp_path / "provenance.json").read_bytes() == first


def test_a_record_is_dropped_with_the_files_it_was_for(tmp_path):
    write_folder(tmp_path, WORDS, {"model": "gpt2"})
    write_folder(tmp_path, {"rsa/laminar.csv": b"other\n"}, {"model": "smollm2"})
    (earlier,) = record_of(tmp_path)["earlier"]
    assert list(earlier["files"]) == ["rsa/words.csv"]
    (tmp_path / "rsa/words.csv").write_bytes(b"edited\n")
    assert changed_files(tmp_path) == ("rsa/words.csv",)
    write_folder(tmp_path, TEXT, {"model": "third"})
    assert [r["model"] for r in record_of(tmp_path)["earlier"]] == ["smollm2"]


def test_a_run_killed_before_its_record_is_told(tmp_path):
    write_folder(tmp_path, WORDS, {"model": "gpt2"})
    (tmp_path / "rsa/laminar.csv").write_bytes(b"of a run that never ended\n")
    (tmp_path / "rsa/words.csv").unlink()
    assert changed_files(tmp_path) == ("rsa/laminar.csv", "rsa/words.csv")


@pytest.mark.parametrize(
    "found",
    [
        b"", b"not json", b"\xff", b"[]", b'{"files": 3}', b"[" * 100_000,
        b'{"files": {"../x": "y", "/etc/passwd": "", "a\\u0000b": "", "n": 1}, "earlier": 7}',
    ],
)  # fmt: skip
def test_a_record_that_is_none_is_replaced(tmp_path, found):
    (tmp_path / "provenance.json").write_bytes(found)
    write_folder(tmp_path, TEXT, {"model": "gpt2"})
    assert "earlier" not in record_of(tmp_path)
    assert changed_files(tmp_path) == ()
