"""What the user's string means is decided by the catalog and the file system alone."""

import os
import re
import sys

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


@pytest.mark.parametrize(
    ("address", "repository", "revision"),
    [
        ("https://huggingface.co/owner/name", "owner/name", "main"),
        ("https://huggingface.co/owner/name/", "owner/name", "main"),
        ("https://huggingface.co/owner/name/tree/main", "owner/name", "main"),
        ("https://huggingface.co/owner/name/tree/main/", "owner/name", "main"),
        ("http://www.huggingface.co/owner/name", "owner/name", "main"),
        ("HTTPS://HuggingFace.co/Owner/Name", "Owner/Name", "main"),
        ("huggingface.co/owner/name", "owner/name", "main"),
        ("https://hf.co/owner/name?library=transformers#usage", "owner/name", "main"),
        ("https://huggingface.co/gpt2", "openai-community/gpt2", "main"),
        ("https://huggingface.co/gpt2/tree/main/", "openai-community/gpt2", "main"),
        ("https://huggingface.co/owner/name/tree/step3000", "owner/name", "step3000"),
        ("https://huggingface.co/owner/name/blob/v2/config.json", "owner/name", "v2"),
        ("https://huggingface.co/owner/name/resolve/main/model.safetensors", "owner/name", "main"),
        ("https://huggingface.co/owner/name/commit/0123abc", "owner/name", "0123abc"),
        ("https://huggingface.co/owner/name/discussions/3", "owner/name", "main"),
        ("  https://huggingface.co/owner/name\n", "owner/name", "main"),
        ("https://huggingface.co/owner/name/tree/refs%2Fpr%2F3", "owner/name", "refs/pr/3"),
        ("https://huggingface.co/owner/name/tree/refs/pr/3", "owner/name", "refs/pr/3"),
        ("https://huggingface.co/owner/name/commits/v2", "owner/name", "v2"),
        ("https://huggingface.co/api/models/owner/name", "owner/name", "main"),
        ("https://huggingface.co:443/owner/name", "owner/name", "main"),
        ("https://huggingface.co/owner/name.git", "owner/name", "main"),
        ("git@hf.co:owner/name.git", "owner/name", "main"),
        ("hf://owner/name@v1/config.json", "owner/name", "v1"),
        ("<https://huggingface.co/owner/name>", "owner/name", "main"),
        ("“owner/name”", "owner/name", "main"),
        ("\ufeffowner/name\u200b", "owner/name", "main"),
        ("owner/name/", "owner/name", "main"),
        ("owner/name/tree/v2/", "owner/name", "v2"),
    ],
)
def test_a_pasted_address_is_the_id_that_it_names(address, repository, revision):
    source = resolve(address)
    assert (source.repository, source.revision) == (repository, revision)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("https://example.org/owner/name", "not an address of the hub"),
        ("https://huggingface.co.evil.org/owner/name", "not an address of the hub"),
        ("https://huggingface.co/", "not the address of a model"),
        ("https://huggingface.co/datasets/owner/name", "not the address of a model"),
        ("https://huggingface.co/owner/na me", "is not a model that can be opened"),
        ("https://huggingface.co/owner/..%2f..%2fetc", "not a model|no file or folder"),
    ],
)
def test_other_addresses_are_refused(address, message):
    with pytest.raises(ModelError, match=message):
        resolve(address)


def test_a_folder_of_that_name_comes_first(tmp_path, monkeypatch):
    folder = tmp_path / "huggingface.co" / "owner" / "name"
    folder.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert resolve("huggingface.co/owner/name").path.resolve() == folder


def test_names_with_points_are_no_addresses():
    assert resolve("EleutherAI/pythia-1.4b").repository == "EleutherAI/pythia-1.4b"
    assert resolve("owner.io/name").repository == "owner.io/name"


def test_the_hub_of_ones_own_is_known(monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", "https://hub.example.org:8080")
    assert resolve("https://hub.example.org:8080/owner/name").repository == "owner/name"


@pytest.mark.parametrize("name", ["m.gguf.part1of2", "m.gguf-split-a", "m.gguf.001"])
def test_a_piece_of_a_file_is_named_as_such(tmp_path, name):
    (tmp_path / name).touch()
    with pytest.raises(ModelError, match="is a piece of a GGUF file"):
        resolve(tmp_path / name)


@pytest.mark.parametrize("place", ["cache", "cache/below", "/dev/null/cache", "~nobody-here/x"])
def test_a_cache_that_is_no_folder_is_an_error_of_ours(tmp_path, monkeypatch, place):
    from laminoscope_core.errors import LaminoscopeError
    from laminoscope_core.paths import cache_folder

    (tmp_path / "cache").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAMINOSCOPE_CACHE", place)
    with pytest.raises(LaminoscopeError, match=r"cache folder .*cannot be used.*LAMINOSCOPE_CACHE"):
        cache_folder("hashes")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names of text only")
def test_a_name_that_is_no_text_is_refused_before_a_library_stumbles_over_it(tmp_path):
    folder = tmp_path / os.fsdecode(b"mod\xffel")
    folder.mkdir()
    with pytest.raises(ModelError, match=r"mod⟨U\+DCFF⟩el is not UTF-8 text.*Rename the file"):
        resolve(str(folder))
