"""What is on this machine and what can be fetched, said without opening anything."""

import shutil

import pytest

from laminoscope_core import open_model
from laminoscope_core.errors import ModelError
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models.catalog import PackageEntry, catalog
from laminoscope_core.models.inventory import Listed, delete_model, list_models, place_of

from .builders import write_gguf

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def nothing_of_the_machine(cache, hub_cache, monkeypatch):
    """No model but those that a test puts there."""
    monkeypatch.setattr("laminoscope_core.models.fetch._installed_parts", lambda entry: [])


def in_hub_cache(hub_cache, folder, name="owner/tiny", commit=COMMIT, ref="main"):
    """Put a model's folder into the hub's cache as the hub does."""
    repository = hub_cache / f"models--{name.replace('/', '--')}"
    shutil.copytree(folder, repository / "snapshots" / commit)
    (repository / "refs").mkdir(parents=True, exist_ok=True)
    if ref:
        (repository / "refs" / ref).write_text(commit)
    return repository


def by_source(*paths):
    return {listed.source: listed for listed in list_models(paths)}


def test_all_of_the_catalog_is_to_be_had_with_size_and_licence(no_network):
    listed = by_source()
    assert list(listed) == list(catalog())
    for name, entry in catalog().items():
        found = listed[name]
        assert (found.on_disk, found.kept_by, found.problem) == (False, "", "")
        assert (found.licence, found.n_bytes) == (entry.licence, entry.bytes)
        assert found.weights.n_parameters == entry.parameters


def test_a_fetched_package_is_on_disk_and_what_it_takes_there_is_counted(cache):
    entry = catalog()["smollm2-135m"]
    place = cache / "gguf" / entry.sha256[:16] / entry.file
    place.parent.mkdir(parents=True)
    with place.open("wb") as file:
        file.truncate(entry.bytes)
    converted = cache / "converted" / f"{entry.sha256}-v3"
    converted.mkdir(parents=True)
    (converted / "model.safetensors").write_bytes(bytes(1000))
    found = by_source()["smollm2-135m"]
    assert (found.on_disk, found.kept_by, found.n_bytes) == (True, "us", entry.bytes + 1000)
    assert len(by_source()) == len(catalog())  # the same files are not listed twice
    assert delete_model(found) == entry.bytes + 1000
    assert not by_source()["smollm2-135m"].on_disk
    assert not place.exists()


def test_half_a_package_is_still_to_be_fetched(cache):
    entry = next(each for each in catalog().values() if isinstance(each, PackageEntry))
    place = cache / "gguf" / entry.sha256[:16] / entry.file
    place.parent.mkdir(parents=True)
    place.write_bytes(b"GGUF")
    assert not by_source()[entry.name].on_disk


def test_a_folder_says_what_opening_it_will_find(llama_folder, tiny_llama, no_network):
    found = by_source(llama_folder)[str(llama_folder)]
    assert (found.on_disk, found.family, found.problem) == (True, "llama", "")
    n_parameters = sum(parameter.numel() for parameter in tiny_llama.parameters())
    assert (found.weights.n_parameters, found.weights.dtype) == (n_parameters, "float32")
    assert found.n_bytes == sum(file.stat().st_size for file in llama_folder.iterdir())
    opened = open_model(llama_folder, device="cpu")
    assert place_of(found) == (opened.info.device, opened.info.dtype) or place_of(found)[0] != "cpu"
    assert place_of(found, "cpu", "bfloat16") == ("cpu", "bfloat16")


def test_a_gguf_file_is_read_by_its_header_only(tmp_path):
    path = tmp_path / "mine.gguf"
    write_gguf(path)
    found = by_source(path)[str(path)]
    assert (found.title, found.family, found.problem) == ("mine.gguf", "llama", "")
    assert found.n_bytes == path.stat().st_size
    damaged = tmp_path / "damaged.gguf"
    damaged.write_bytes(path.read_bytes()[:200])
    assert "truncated or damaged" in by_source(damaged)[str(damaged)].problem


def test_what_is_gone_is_left_out_and_what_cannot_be_opened_says_why(tmp_path):
    pickled = tmp_path / "pickled"
    pickled.mkdir()
    (pickled / "pytorch_model.bin").touch()
    listed = by_source(tmp_path / "gone", pickled)
    assert str(tmp_path / "gone") not in listed
    assert "only pickled weights" in listed[str(pickled)].problem


class TestTheHubsCache:
    def test_a_repository_is_listed_once_a_revision(self, hub_cache, llama_folder, no_network):
        in_hub_cache(hub_cache, llama_folder)
        in_hub_cache(hub_cache, llama_folder, commit="f" * 40, ref="")
        listed = by_source()
        assert listed["owner/tiny"].revision == COMMIT
        assert listed[f"owner/tiny@{'f' * 40}"].title == "owner/tiny@fffffff"
        assert listed["owner/tiny"].kept_by == "hub"
        assert listed["owner/tiny"].weights.n_parameters > 0

    def test_one_of_the_catalog_keeps_its_name(self, hub_cache, llama_folder):
        in_hub_cache(hub_cache, llama_folder, "openai-community/gpt2")
        listed = by_source()
        assert listed["gpt2"].on_disk
        assert (listed["gpt2"].licence, listed["gpt2"].kept_by) == ("MIT", "hub")
        assert "openai-community/gpt2" not in listed

    def test_one_half_fetched_is_not_on_disk(self, hub_cache, llama_folder):
        (llama_folder / "model.safetensors").unlink()
        in_hub_cache(hub_cache, llama_folder, "openai-community/gpt2")
        found = by_source()["gpt2"]
        assert not found.on_disk
        assert found.problem == ""
        assert found.n_bytes == catalog()["gpt2"].bytes

    def test_deleting_one_revision_leaves_the_others(self, hub_cache, llama_folder):
        in_hub_cache(hub_cache, llama_folder)
        in_hub_cache(hub_cache, llama_folder, "owner/other")
        delete_model(by_source()["owner/tiny"])
        assert "owner/tiny" not in by_source()
        assert "owner/other" in by_source()


def test_nothing_outside_the_cache_is_deleted(llama_folder):
    listed = Listed(str(llama_folder), "mine", on_disk=True, kept_by="us", files=(llama_folder,))
    for wrong in (listed, by_source(llama_folder)[str(llama_folder)]):
        with pytest.raises(ModelError, match="lies in no cache"):
            delete_model(wrong)
    assert llama_folder.is_dir()


def test_listing_can_be_broken_off():
    job = Job()
    models = list_models(job=job)
    next(models)
    job.cancel()
    with pytest.raises(Cancelled):
        next(models)
