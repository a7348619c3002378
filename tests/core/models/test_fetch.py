"""The file of a package entry is found, or fetched by the real pip from a local index."""

import hashlib
import http.server
import importlib.util
import os
import re
import shutil
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from laminoscope_core.errors import ModelError
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models import cache as cache_module
from laminoscope_core.models.catalog import PackageEntry
from laminoscope_core.models.fetch import fetch_package, find_package_file

from .builders import left_behind, write_wheel

CONTENT = bytes(range(256)) * 4000
POISON = b"raise SystemExit('the package was imported')"


def entry(**changes):
    facts = {
        "name": "tiny",
        "title": "Tiny",
        "licence": "none",
        "about": "",
        "origin": "package",
        "package": "tiny-model-data",
        "member": "tiny_model_data/tiny.gguf",
        "version": "1.0.0",
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
        "bytes": len(CONTENT),
        "family": "llama",
        "parameters": 1000,
    }
    return PackageEntry.model_validate(facts | changes)


def in_parts(n_parts=3, **changes):
    parts = [
        {"package": f"tiny-model-part{i}", "member": f"tiny_model_part{i}/tiny.part{i}"}
        for i in range(n_parts)
    ]
    facts = entry().model_dump() | {"parts": parts} | changes
    return PackageEntry.model_validate(facts)


@pytest.fixture
def index(tmp_path, monkeypatch, cache):
    """A folder of wheels that is all that pip can see."""
    folder = tmp_path / "index"
    folder.mkdir()
    for name in list(os.environ):
        if name.startswith("PIP_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def write_tiny(index, content=CONTENT, member="tiny_model_data/tiny.gguf"):
    return write_wheel(
        index, "tiny-model-data", {member: content, "tiny_model_data/__init__.py": POISON}
    )


def test_it_is_fetched_once_and_nothing_else_is_kept(index, cache):
    write_tiny(index)
    reports = []
    path = fetch_package(entry(), Job(lambda fraction, text: reports.append((fraction, text))))
    assert path.read_bytes() == CONTENT
    assert left_behind(cache) == [str(path.relative_to(cache))]
    assert reports == sorted(reports, key=lambda report: report[0])
    assert any(re.fullmatch(r"Downloading Tiny: \d+ of 1 MB", text) for _, text in reports)
    shutil.rmtree(index)
    assert fetch_package(entry(), Job()) == path


def test_a_file_in_parts_is_joined_in_order(index, cache):
    third = len(CONTENT) // 3
    pieces = [CONTENT[:third], CONTENT[third : 2 * third], CONTENT[2 * third :]]
    for i, piece in enumerate(pieces):
        write_wheel(index, f"tiny-model-part{i}", {f"tiny_model_part{i}/tiny.part{i}": piece})
    path = fetch_package(in_parts(), Job())
    assert path.read_bytes() == CONTENT
    assert left_behind(cache) == [str(path.relative_to(cache))]


@pytest.mark.parametrize(
    ("content", "member"),
    [
        (CONTENT[:-1] + b"\0", None),
        (CONTENT[:-1], None),
        (CONTENT + b"\0", None),
        (bytes(50_000_000), None),  # a megabyte of zeros packs into a kilobyte
        (CONTENT, "tiny_model_data/other.gguf"),
    ],
    ids=["another", "shorter", "longer", "bomb", "no member"],
)
def test_what_is_not_expected_is_not_kept(index, cache, content, member):
    write_tiny(index, content, member or "tiny_model_data/tiny.gguf")
    message = r"not the expected file.*SHA-256" if member is None else "does not contain"
    with pytest.raises(ModelError, match=message):
        fetch_package(entry(), Job())
    assert left_behind(cache) == []


def test_never_more_than_announced_is_written(index, cache, monkeypatch):
    sizes = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (sizes.append(os.fstat(fd).st_size), fsync(fd)))
    write_tiny(index, bytes(50_000_000))
    with pytest.raises(ModelError, match="not the expected file"):
        fetch_package(entry(), Job())
    assert sizes
    assert max(sizes) <= len(CONTENT)


def test_a_damaged_wheel_is_said(index, cache):
    wheel = write_tiny(index, os.urandom(len(CONTENT)))
    content = bytearray(wheel.read_bytes())
    content[len(content) // 2] ^= 255
    wheel.write_bytes(content)
    with pytest.raises(ModelError, match="is damaged"):
        fetch_package(entry(), Job())
    assert left_behind(cache) == []


def test_an_unknown_package_is_said(index, cache):
    with pytest.raises(
        ModelError, match=r"the package index has no tiny-model-data 1\.0\.0"
    ) as caught:
        fetch_package(entry(), Job())
    assert "tiny.gguf into the folder" in caught.value.hint
    assert left_behind(cache) == []


def test_a_source_distribution_is_never_built(index, cache):
    (index / "tiny_model_data-1.0.0.tar.gz").write_bytes(b"setup.py would run")
    with pytest.raises(ModelError, match="the package index has no"):
        fetch_package(entry(), Job())


def test_no_network_is_said(cache, index, monkeypatch):
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(ModelError, match="the package index cannot be reached"):
        fetch_package(entry(), Job())
    assert left_behind(cache) == []


def test_no_pip_is_said(cache, index, monkeypatch):
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "pip" else find_spec(name)
    )
    with pytest.raises(ModelError, match="there is no pip") as caught:
        fetch_package(entry(), Job())
    folder = Path(re.search("into the folder (.*), or", caught.value.hint)[1])
    folder.mkdir(parents=True)
    (folder / "tiny.gguf").write_bytes(CONTENT)
    assert fetch_package(entry(), Job()).read_bytes() == CONTENT


def test_no_disk_space_is_said_before_anything_is_fetched(cache, index, monkeypatch):
    usage = shutil.disk_usage(index)._replace(free=1000)
    monkeypatch.setattr(cache_module.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(ModelError, match=r"no disk space to fetch Tiny: it takes 2 MB"):
        fetch_package(entry(), Job())


def test_a_disk_that_fills_up_is_said(cache, index, monkeypatch):
    write_tiny(index)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ModelError, match="no disk space to fetch Tiny"):
        fetch_package(entry(), Job())
    assert left_behind(cache) == []


class _SlowIndex(http.server.BaseHTTPRequestHandler):
    """Serves half a wheel and then keeps the caller waiting."""

    def do_GET(self):
        self.send_response(200)
        if self.path.endswith(".whl"):
            self.send_header("Content-Length", str(2 * len(CONTENT)))
            self.end_headers()
            self.wfile.write(os.urandom(len(CONTENT)))
            self.wfile.flush()
            self.server.release.wait(30)
        else:
            page = b'<a href="/tiny_model_data-1.0.0-py3-none-any.whl">tiny</a>'
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

    def log_message(self, *_):
        pass


@pytest.fixture
def slow_index(index, monkeypatch):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _SlowIndex)
    server.release = threading.Event()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple")
    yield server
    server.release.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_cancelling_a_download_kills_pip_and_leaves_nothing(cache, slow_index):
    job = Job(lambda fraction, text: job.cancel() if fraction > 0.3 else None)
    began = time.monotonic()
    with pytest.raises(Cancelled):
        fetch_package(entry(bytes=2 * len(CONTENT)), job)
    assert time.monotonic() - began < 20
    assert left_behind(cache) == []
    assert not [child for child in psutil.Process().children() if "pip" in child.cmdline()]


def test_an_installed_package_is_used_in_place_and_never_imported(cache, tmp_path, monkeypatch):
    site = tmp_path / "site"
    shutil.unpack_archive(write_tiny(tmp_path / "index"), site, "zip")
    monkeypatch.syspath_prepend(site)
    assert fetch_package(entry(), Job()) == site / "tiny_model_data" / "tiny.gguf"
    assert "tiny_model_data" not in sys.modules
    assert left_behind(cache) == []


def test_installed_parts_are_joined_into_the_cache(cache, tmp_path, monkeypatch):
    half = len(CONTENT) // 2
    for i, piece in enumerate((CONTENT[:half], CONTENT[half:])):
        members = {f"tiny_model_part{i}/tiny.part{i}": piece}
        wheel = write_wheel(tmp_path / "index", f"tiny-model-part{i}", members)
        shutil.unpack_archive(wheel, tmp_path / "site", "zip")
    monkeypatch.syspath_prepend(tmp_path / "site")
    path = find_package_file(in_parts(2))
    assert path is not None
    assert path.is_relative_to(cache)
    assert path.read_bytes() == CONTENT


def test_an_installed_package_of_other_content_is_passed_over(index, cache, tmp_path, monkeypatch):
    wheel = write_tiny(tmp_path / "old", CONTENT[::-1])
    shutil.unpack_archive(wheel, tmp_path / "site", "zip")
    monkeypatch.syspath_prepend(tmp_path / "site")
    write_tiny(index)
    assert fetch_package(entry(), Job()).is_relative_to(cache)


def test_a_damaged_file_in_the_cache_is_fetched_again(index, cache):
    write_tiny(index)
    path = fetch_package(entry(), Job())
    path.write_bytes(CONTENT[::-1])
    os.utime(path, ns=(5, 5))
    assert fetch_package(entry(), Job()).read_bytes() == CONTENT


def test_a_packaged_executable_brings_its_model(cache, tmp_path, monkeypatch):
    models = tmp_path / "laminoscope" / "models"
    models.mkdir(parents=True)
    (models / "tiny.gguf").write_bytes(CONTENT)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(models.parent / "laminoscope"))
    assert fetch_package(entry(), Job()) == models / "tiny.gguf"


def test_one_without_it_fetches_it_with_the_pip_that_it_brings(index, cache, monkeypatch):
    write_tiny(index)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert fetch_package(entry(), Job()).read_bytes() == CONTENT
