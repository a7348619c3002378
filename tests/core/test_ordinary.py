"""Whatever lies where a file of ours is read, reading ends: a pipe, a device, a folder, a loop."""

import os
import sys

import pytest

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.experiment import Experiment
from laminoscope_core.export.folder import changed_files
from laminoscope_core.models.reading import read_json
from laminoscope_core.ordinary import open_ordinary
from laminoscope_core.paths import cache_root
from laminoscope_core.sampling.files import read_chain
from laminoscope_core.sampling.library import ChainLibrary
from laminoscope_core.session import load_session
from laminoscope_core.text_files import read_bytes

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")

PLACES = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": lambda path: path.mkdir(),
    "loop": lambda path: path.symlink_to(path.name),
}


@pytest.fixture(params=PLACES)
def strange(request, tmp_path):
    """Put something strange at a path of the test's folder."""

    def put(name):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        PLACES[request.param](path)
        return path

    return put


def test_it_is_refused(strange):
    with pytest.raises(OSError):
        open_ordinary(strange("file"))


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("a.toml", Experiment.from_file),
        ("a.csv", lambda path: read_bytes(path, 1000)),
        ("a.json", read_chain),
        ("config.json", read_json),
        ("a.laminoscope", load_session),
        ("chains.json", lambda path: ChainLibrary(path).chains()),
    ],
)
def test_every_reader_says_so(strange, name, read):
    with pytest.raises(LaminoscopeError, match=name):
        read(strange(name))


def test_a_record_and_files_of_a_run_that_are_strange_are_none(strange, tmp_path):
    strange("provenance.json")
    assert changed_files(tmp_path) == ()


def test_a_choice_of_the_cache_that_is_strange_is_none(strange, tmp_path, monkeypatch):
    monkeypatch.setenv("LAMINOSCOPE_SETTINGS", str(tmp_path / "settings"))
    monkeypatch.delenv("LAMINOSCOPE_CACHE", raising=False)
    expected = cache_root()
    strange("settings/cache-folder.txt")
    assert cache_root() == expected
