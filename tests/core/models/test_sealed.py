"""A folder of the cache is used only while it is what was put there."""

import json
import os
import shutil

import pytest

from laminoscope_core.models import sealed as subject

NAME, NEEDED = "seal.json", ("config.json", "weights")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "entry"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "weights").write_bytes(bytes(range(256)) * 100)
    subject.seal(folder, NAME, {"version": 1})
    return folder


def holds(folder):
    return subject.seal_holds(folder, NAME, NEEDED)


def test_a_folder_as_it_was_sealed_holds_and_is_not_read_again(folder, monkeypatch):
    assert subject.read_seal(folder, NAME)["version"] == 1
    monkeypatch.setattr(subject, "hash_bytes", lambda *_: pytest.fail("it was read"))
    assert holds(folder)


@pytest.mark.parametrize("keep_time", [False, True])
def test_bytes_that_became_zero_are_noticed(folder, keep_time):
    weights = folder / "weights"
    before = weights.stat()
    with weights.open("r+b") as file:
        file.seek(5000)
        file.write(bytes(200))
    if keep_time:
        os.utime(weights, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not holds(folder)


def test_a_copy_holds_and_is_read_once(folder, tmp_path, monkeypatch):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    assert holds(copy)
    monkeypatch.setattr(subject, "hash_bytes", lambda *_: pytest.fail("it was read again"))
    assert holds(copy)


@pytest.mark.parametrize("extra", ["adapter_config.json", "evil.py"])
def test_a_file_that_was_put_beside_is_noticed(folder, extra):
    (folder / extra).write_text("{}")
    assert not holds(folder)


def test_a_file_that_is_gone_is_noticed(folder):
    (folder / "weights").unlink()
    assert not holds(folder)


@pytest.mark.parametrize(
    "listed",
    [
        "",
        "[]",
        "[" * 10_000,
        "{}",
        '{"files": {}}',
        '{"files": {}, "sha256": {}, "stamps": {}}',
        '{"files": {"weights": 25600, "config.json": 2}}',
        '{"sha256": 3, "stamps": {}}',
        '{"sha256": {"weights": 1, "config.json": 2}, "stamps": {}}',
    ],
)
def test_a_seal_that_says_too_little_does_not_hold(folder, listed):
    (folder / NAME).write_text(listed)
    assert not holds(folder)


def test_what_is_needed_must_be_listed(folder):
    (folder / "weights").unlink()
    subject.seal(folder, NAME, {})
    assert not holds(folder)
    assert subject.seal_holds(folder, NAME, ["config.json"])
    assert set(json.loads((folder / NAME).read_text())["sha256"]) == {"config.json"}
