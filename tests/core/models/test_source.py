"""What the user's string means is decided by the catalog and the file system alone."""

import re

import pytest

from laminoscope_core.errors import ModelError
from laminoscope_core.models.catalog import HubEntry, PackageEntry, catalog
from laminoscope_core.models.source import (
    FileSource,
    FolderSource,
    HubSource,
    PackageSource,
    close_names,
    resolve,
)


def test_the_default_comes_first_and_needs_no_hub():
    name, entry = next(iter(catalog().items()))
    assert name == "smollm2-135m"
    assert isinstance(entry, PackageEntry)


def test_the_parts_of_a_cut_file_are_in_order():
    entry = catalog()["gemma3-270m"]
    assert [part.member[-2:] for part in entry.parts] == ["00", "01", "02", "03"]
    assert [part.package[-1] for part in entry.parts] == ["1", "2", "3", "4"]
    assert entry.file == "gemma-3-270m-q4_k_m.gguf"


@pytest.mark.parametrize("name", catalog())
def test_every_catalog_name_is_understood(name):
    entry = catalog()[name]
    expected = PackageSource(entry) if isinstance(entry, PackageEntry) else None
    if isinstance(entry, HubEntry):
        expected = HubSource(entry.repository, "main", entry.title)
    assert resolve(name) == resolve(f" {name.upper()} ") == expected


def test_a_catalog_name_wins_over_a_folder_but_a_path_does_not(tmp_path, monkeypatch):
    (tmp_path / "gpt2").mkdir()
    monkeypatch.chdir(tmp_path)
    assert isinstance(resolve("gpt2"), HubSource)
    assert isinstance(resolve("./gpt2"), FolderSource)


def test_an_existing_folder_wins_over_a_hub_id(tmp_path, monkeypatch):
    (tmp_path / "owner" / "name").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert isinstance(resolve("owner/name"), FolderSource)
    assert resolve("owner/other") == HubSource("owner/other", "main", "owner/other")


def test_a_gguf_file_is_taken_by_its_ending(tmp_path):
    path = tmp_path / "Some.GGUF"
    path.touch()
    assert resolve(str(path)) == resolve(path) == FileSource(path)


@pytest.mark.parametrize(
    ("text", "repository", "revision"),
    [
        ("EleutherAI/pythia-70m", "EleutherAI/pythia-70m", "main"),
        ("EleutherAI/pythia-70m@step3000", "EleutherAI/pythia-70m", "step3000"),
        ("distilgpt2", "distilgpt2", "main"),
        ("distilgpt2@refs/pr/1", "distilgpt2", "refs/pr/1"),
        ("gpt2@607a30d783dfa663caf39e06633721c8d4cfcd7e", "openai-community/gpt2", None),
    ],
)
def test_hub_ids_may_carry_a_revision(text, repository, revision):
    source = resolve(text)
    assert isinstance(source, HubSource)
    assert source.repository == repository
    assert source.revision == (revision or text.partition("@")[2])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "No model is named"),
        ("smollm2-135m@main", "no revisions"),
        ("no/such/folder", "There is no file or folder"),
        ("~/nowhere", "There is no file or folder"),
        ("smollm2-135m.gguf", "no file or folder.*Did you mean smollm2-135m"),
        ("what is this?", "not a model that can be opened"),
        ("smolm2 135m", "Did you mean smollm2-135m"),
        ("owner/name@", "not a model that can be opened"),
        ("owner/name@../../etc", "not a model"),
        ("owner/..", "not a model|no file"),
        ("owner--x/name", "not a model"),
        ("a\0b", "not a model"),
        ("x" * 5000, "'x{40}…' is not a model"),
    ],
)
def test_anything_else_is_a_clear_error(text, message):
    with pytest.raises(ModelError, match=message):
        resolve(text)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "last.ckpt", "weights.pth"])
def test_pickled_files_are_refused_by_name(tmp_path, name):
    (tmp_path / name).touch()
    with pytest.raises(ModelError, match=f"{re.escape(name)} is a pickled file"):
        resolve(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "message"), [("model.safetensors", "only a part"), ("notes.txt", "is not a model")]
)
def test_other_files_are_refused(tmp_path, name, message):
    (tmp_path / name).touch()
    with pytest.raises(ModelError, match=message):
        resolve(tmp_path / name)


def test_corrections_are_offered_for_misspellings_only():
    assert close_names("someone/gpt2-x")[0] in ("gpt2-xl", "gpt2")
    assert close_names("openai-community/gpt2") == []
    assert close_names("steam-engine") == []
