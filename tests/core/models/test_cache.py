"""Hashes are remembered, temporary folders go, finished folders come in whole."""

import errno
import hashlib
import os

import pytest

from laminoscope_core.errors import ModelError
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models import cache as subject


def test_a_hash_is_computed_once_per_content(cache, tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"galaxy" * 1000)
    monkeypatch.setattr(subject, "_SETTLED_NS", 0)
    assert subject.file_sha256(path) == hashlib.sha256(b"galaxy" * 1000).hexdigest()
    with monkeypatch.context() as patch:
        patch.setattr(subject, "hash_bytes", lambda *_: pytest.fail("it was read again"))
        subject.file_sha256(path)
    path.write_bytes(b"comets" * 1000)
    os.utime(path, ns=(1, 1))
    assert subject.file_sha256(path) == hashlib.sha256(b"comets" * 1000).hexdigest()


@pytest.mark.parametrize("how", ["written again", "moved into its place"])
def test_another_file_of_the_same_size_and_time_has_its_own_hash(cache, tmp_path, how):
    path, other = tmp_path / "file", tmp_path / "other"
    path.write_bytes(b"galaxy" * 1000)
    before = path.stat()
    subject.file_sha256(path)
    if how == "written again":
        path.write_bytes(b"comets" * 1000)
    else:
        other.write_bytes(b"comets" * 1000)
        other.replace(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert subject.file_sha256(path) == hashlib.sha256(b"comets" * 1000).hexdigest()


def test_a_file_written_just_now_is_hashed_again(cache, tmp_path, monkeypatch):
    monkeypatch.setattr(subject, "_SETTLED_NS", 10**15)
    path = tmp_path / "file"
    path.write_bytes(b"galaxy")
    subject.file_sha256(path)
    assert not list((cache / "hashes").iterdir())


def test_hashing_can_be_cancelled(cache, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(bytes(1 << 22))
    job = Job(lambda fraction, text: job.cancel())
    with pytest.raises(Cancelled):
        subject.file_sha256(path, job)
    assert list((cache / "hashes").iterdir()) == []


def test_the_first_folder_moved_in_stays(tmp_path):
    final = tmp_path / "final"
    for content in ("first", "second"):
        made = tmp_path / content
        made.mkdir()
        (made / "file").write_text(content)
        subject.move_folder_in(made, final)
    assert (final / "file").read_text() == "first"


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, "no disk space to keep it: it takes 12 MB"),
        (errno.EACCES, "Cannot keep it: Permission denied"),
        (errno.EROFS, "Cannot keep it: Read-only"),
    ],
)
def test_disk_errors_say_what_to_do(cache, number, message):
    with pytest.raises(ModelError, match=message), subject.disk_errors("keep it", 12_000_000):
        raise OSError(number, os.strerror(number))


def test_other_os_errors_are_not_hidden(cache):
    with pytest.raises(OSError, match="odd"), subject.disk_errors("keep it", 1):
        raise OSError(errno.EIO, "odd")


def test_no_room_is_said_before_the_work(cache):
    with pytest.raises(ModelError, match="no disk space to fetch it: it takes 1,000,000,000,000"):
        subject.require_disk_space("fetch it", 10**18)
