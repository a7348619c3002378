"""Chains saved by name: what was there before is never lost."""

import json

import pytest

from laminoscope_core.sampling import PRESETS, SamplingError
from laminoscope_core.sampling.files import named_chain
from laminoscope_core.sampling.library import ChainLibrary

TOP_K = [{"sampler": "top_k", "k": 7}]
GREEDY = [{"sampler": "temperature", "temperature": 0.0}]


@pytest.fixture
def library(tmp_path):
    return ChainLibrary(tmp_path / "deep" / "chains.json")


def contents(library):
    return {chain.name: list(chain.items) for chain in library.chains()}


def test_a_chain_is_saved_listed_renamed_and_deleted(library):
    assert library.chains() == ()
    library.save("mine", TOP_K)
    library.save("  dull ", GREEDY)
    assert contents(library) == {"dull": GREEDY, "mine": TOP_K}
    library.rename("mine", "yours")
    library.delete("dull")
    assert contents(library) == {"yours": TOP_K}
    library.save("yours", GREEDY)
    assert contents(ChainLibrary(library.path)) == {"yours": GREEDY}


def test_a_saved_chain_has_every_parameter_written_out(library):
    library.save("mine", [{"sampler": "min_p"}])
    assert contents(library) == {"mine": [{"sampler": "min_p", "p": 0.05, "min_keep": 0}]}


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "two\nlines", "a\u202eb", *PRESETS, "chain"])
def test_names_that_are_none_or_taken_are_refused(library, name):
    with pytest.raises(SamplingError, match=r"name of a"):
        library.save(name, TOP_K)
    assert not library.path.exists()


def test_a_name_that_is_taken_is_not_given_again(library):
    library.save("mine", TOP_K)
    library.save("other", GREEDY)
    with pytest.raises(SamplingError, match="“other” already"):
        library.rename("mine", "other")
    with pytest.raises(SamplingError, match="no chain called “gone”"):
        library.rename("gone", "new")
    assert contents(library) == {"mine": TOP_K, "other": GREEDY}


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"format": "laminoscope chains", "version": 1, "chains": []}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_told_of_and_kept(library, damage):
    library.path.parent.mkdir()
    library.path.write_bytes(damage)
    with pytest.raises(SamplingError, match="damaged"):
        library.chains()
    for change in (lambda: library.rename("a", "b"), lambda: library.delete("a")):
        with pytest.raises(SamplingError, match="damaged"):
            change()
    assert library.path.read_bytes() == damage
    aside = library.save("mine", TOP_K)
    assert aside.read_bytes() == damage
    assert contents(library) == {"mine": TOP_K}
    library.path.write_bytes(damage)
    assert library.save("mine", TOP_K) != aside


def test_a_newer_file_is_put_aside_whole(library):
    library.path.parent.mkdir()
    newer = json.dumps({"format": "laminoscope chains", "version": 2, "chains": {"a": TOP_K}})
    library.path.write_text(newer)
    with pytest.raises(SamplingError, match="newer version"):
        library.chains()
    assert library.save("mine", TOP_K).read_text() == newer


def test_an_entry_that_is_not_valid_says_why_and_outlives_other_changes(library):
    library.save("mine", TOP_K)
    content = json.loads(library.path.read_text())
    content["chains"] |= {"future": [{"sampler": "top_q"}], "odd": 3}
    library.path.write_text(json.dumps(content))
    library.save("another", GREEDY)
    problems = {chain.name: chain.problem for chain in library.chains()}
    assert problems["mine"] == problems["another"] == ""
    assert "no sampler 'top_q'" in problems["future"]
    assert problems["odd"] == "it is not a list of samplers"


def test_the_command_line_knows_saved_chains_by_name(tmp_path, monkeypatch):
    monkeypatch.setenv("LAMINOSCOPE_SETTINGS", str(tmp_path))
    ChainLibrary().save("mine", TOP_K)
    assert named_chain("mine").to_list() == TOP_K


def test_chains_in_files_may_have_a_mark_and_no_depth(tmp_path):
    from laminoscope_core.errors import ExperimentError
    from laminoscope_core.sampling import Chain
    from laminoscope_core.sampling.files import read_chain

    file = tmp_path / "chain.json"
    expected = Chain.preset("llama.cpp")
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        file.write_bytes(expected.to_json().encode(encoding))
        assert read_chain(file).to_list() == expected.to_list()
    for text in ("[" * 100_000, "[" * 900 + "]" * 900, '[{"sampler": ' + "9" * 5_000 + "}]"):
        file.write_text(text)
        with pytest.raises(ExperimentError, match=r"chain\.json"):
            read_chain(file)
    half = r'[{"sampler": "dry", "breakers": ["\ud83d"]}]'
    file.write_text(half)
    with pytest.raises(ExperimentError, match="whole texts"):
        read_chain(file)
    file.write_bytes(b"\x80")
    with pytest.raises(ExperimentError, match="not UTF-8 text"):
        read_chain(file)


def test_saved_chains_with_a_mark_are_read(library):
    library.save("mine", [{"sampler": "temperature"}])
    library.path.write_bytes(b"\xef\xbb\xbf" + library.path.read_bytes())
    assert [chain.name for chain in library.chains()] == ["mine"]
