"""The cache as a whole: its size, emptying and moving it, and where the user wants it."""

from pathlib import Path

import pytest

from laminoscope_core.errors import ModelError
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models.cache_place import cache_size, clear_cache, move_cache
from laminoscope_core.paths import cache_folder, cache_root, choose_cache_root, settings_folder


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A cache that the user has chosen, with two files of ours and one of somebody else's."""
    monkeypatch.delenv("LAMINOSCOPE_CACHE", raising=False)
    root = tmp_path / "first"
    choose_cache_root(root)
    (cache_folder("converted", "abc-v3") / "model.safetensors").write_bytes(bytes(1000))
    (cache_folder("gguf", "abc") / "m.gguf").write_bytes(bytes(24))
    (root / "somebody").mkdir()
    (root / "somebody" / "else").write_bytes(bytes(5))
    return root


def contents(root: Path) -> dict[str, bytes]:
    files = (file for file in root.rglob("*") if file.is_file())
    return {str(file.relative_to(root)): file.read_bytes() for file in files}


def test_the_place_is_what_the_user_has_chosen_unless_the_environment_says_another(
    place, tmp_path, monkeypatch
):
    assert cache_root() == place
    assert (settings_folder() / "cache-folder.txt").read_text() == str(place)
    monkeypatch.setenv("LAMINOSCOPE_CACHE", str(tmp_path / "asked"))
    assert cache_root() == tmp_path / "asked"
    monkeypatch.delenv("LAMINOSCOPE_CACHE")
    choose_cache_root(None)
    assert cache_root() != place
    assert cache_root().is_absolute()


def test_only_our_files_are_counted_and_cleared(place):
    assert cache_size() == 1024
    assert clear_cache() == 1024
    assert cache_size() == 0
    assert contents(place) == {"somebody/else": bytes(5)}


def test_what_is_open_stays(place):
    cache_folder("converted", "def-v3")
    assert clear_cache(kept="abc") == 0
    assert sorted(contents(place)) == [
        "converted/abc-v3/model.safetensors", "gguf/abc/m.gguf", "somebody/else",
    ]  # fmt: skip
    assert not (place / "converted" / "def-v3").exists()


def test_a_moved_cache_is_whole_and_is_used_from_then_on(place, tmp_path):
    before = contents(place)
    target = tmp_path / "second"
    move_cache(target, Job())
    assert cache_root() == target
    moved = {name: data for name, data in before.items() if not name.startswith("somebody")}
    assert contents(target) == moved
    assert contents(place) == {"somebody/else": bytes(5)}


def test_a_move_that_is_cancelled_leaves_everything_where_it_was(place, tmp_path):
    before = contents(place)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        move_cache(tmp_path / "second", job)
    assert cache_root() == place
    assert contents(place) == before
    assert contents(tmp_path / "second") == {}


def test_no_cache_is_moved_over_another_or_into_itself(place, tmp_path):
    (tmp_path / "other" / "gguf").mkdir(parents=True)
    with pytest.raises(ModelError, match="There is a cache in"):
        move_cache(tmp_path / "other", Job())
    with pytest.raises(ModelError, match="itself in the cache"):
        move_cache(place / "converted" / "deep", Job())
    assert cache_size() == 1024
