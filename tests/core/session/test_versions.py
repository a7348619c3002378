"""Old files are read for ever, newer ones as far as they can be, and nothing of them is lost."""

import json
from pathlib import Path

import numpy as np
import pytest

from laminoscope_core.errors import SessionError
from laminoscope_core.experiment import Experiment, WordsSection
from laminoscope_core.run.results import RunResult
from laminoscope_core.run.run import run_experiment
from laminoscope_core.selection import Selection
from laminoscope_core.session import Session, load_session, save_session
from laminoscope_core.session.migrations import MIGRATIONS, SCHEMA, migrated

from .conftest import EXPERIMENT, tiny_model
from .forging import members_of, signed

RELEASED = Path(__file__).parent / "released"


def test_every_schema_that_was_released_has_a_file_and_a_way_to_todays():
    released = [path.stem for path in sorted(RELEASED.glob("*.laminoscope"))]
    todays = f"schema-{SCHEMA}"  # not released before its version is
    earlier = [f"schema-{number}" for number in range(1, SCHEMA)]
    assert released in (earlier, [*earlier, todays])
    assert sorted(MIGRATIONS) == list(range(1, SCHEMA))


@pytest.mark.parametrize("path", sorted(RELEASED.glob("*.laminoscope")), ids=lambda path: path.stem)
def test_released_files_are_read_with_the_numbers_that_they_were_written_with(path):
    expected = json.loads(path.with_suffix(".json").read_text())
    session = load_session(path)
    results = session.run.results
    assert sorted(results) == expected["results"]
    assert list(results["words"].words) == expected["words"]
    assert session.selection.pair == tuple(expected["pair"])
    assert results["rsa"].r.tolist() == expected["rsa"]
    matrix = results["similarity"].matrices["q"][1]
    np.testing.assert_array_equal(matrix, np.array(expected["similarity"], np.float32))
    assert results["regression"].coef.tolist() == expected["coef"]
    assert [place.draw.token for place in results["continuation"].places] == expected["drawn"]
    assert session.newer is None


def test_what_an_older_file_did_not_keep_for_each_sentence_is_computed_anew(tmp_path, difference):
    words = WordsSection(carriers=("A {word}", "No {word}"), categories=EXPERIMENT.words.categories)
    experiment = Experiment(words=words)
    run = run_experiment(tiny_model(), experiment)
    save_session(tmp_path / "today.laminoscope", Session(experiment, run))
    members = members_of(tmp_path / "today.laminoscope")
    head = json.loads(members["session.json"])
    members["session.json"] = json.dumps({**head, "schema": 2}).encode()
    for name in ("results/direct.json", "results/cka.json"):
        result = json.loads(members[name])
        del result["by_carrier"], result["carrier"]
        members[name] = json.dumps(result).encode()
    old = tmp_path / "old.laminoscope"
    old.write_bytes(signed(members))
    loaded = load_session(old).run.results
    assert loaded.keys() == run.results.keys()
    for name in ("direct", "cka"):
        assert difference(run.results[name], loaded[name], name) is None
        assert len(loaded[name].by_carrier) == 2


def test_documents_go_through_one_step_after_another():
    def doubled(documents):
        return {**documents, "n.json": documents["n.json"] * 2}

    def moved(documents):
        return {"session.json": documents["session.json"], "m.json": documents["n.json"] + 1}

    old = {"session.json": {"format": "laminoscope session", "schema": 1}, "n.json": 5}
    new = migrated(old, {1: doubled, 2: moved}, target=3)
    assert new == {"session.json": {"format": "laminoscope session", "schema": 3}, "m.json": 11}


def test_an_old_file_that_a_step_cannot_read_is_refused_in_words():
    old = {"session.json": {"format": "laminoscope session", "schema": 1}}
    with pytest.raises(SessionError, match="damaged"):
        migrated(old, {1: lambda documents: documents["missing"]}, target=2)
    with pytest.raises(SessionError, match="no way"):
        migrated(old, {}, target=2)


@pytest.fixture
def newer(file, tmp_path):
    """A file as a later version might write it, with things that this one has never heard of."""
    members = members_of(file)
    head = json.loads(members["session.json"])
    head |= {"schema": SCHEMA + 1, "mood": "blue", "selection": {**head["selection"], "neuron": 4}}
    rsa = json.loads(members["results/rsa.json"])
    rsa["kendall"] = {"sha256": "0" * 64}
    path = tmp_path / "newer.laminoscope"
    path.write_bytes(
        signed(
            {
                **members,
                "session.json": json.dumps(head).encode(),
                "results/rsa.json": json.dumps(rsa).encode(),
                "results/dreams.json": b'{"of": "sheep"}',
                "arrays/dreams.npy": b"numbers of another kind",
                "experiment.toml": members["experiment.toml"] + b'\n[dreams]\nof = "sheep"\n',
                "notes.json": b'"remember"',
            }
        )
    )
    return path


def test_a_newer_file_is_read_only_and_read_as_far_as_it_is_known(newer, session, difference):
    loaded = load_session(newer)
    assert loaded.newer is not None
    assert loaded.experiment == session.experiment
    for name, result in session.run.results.items():
        assert difference(result, loaded.run.results[name], name) is None


def test_a_newer_file_saved_under_another_name_keeps_what_is_not_known(newer, tmp_path):
    loaded = load_session(newer)
    changed = Session(
        loaded.experiment, loaded.run, Selection(layer=0), {"task": "tokens"}, loaded.newer
    )
    save_session(tmp_path / "copy.laminoscope", changed)
    before, after = members_of(newer), members_of(tmp_path / "copy.laminoscope")
    assert after.keys() == before.keys()
    assert {
        name for name in before if json_or_bytes(before[name]) != json_or_bytes(after[name])
    } == {"session.json"}
    head = json.loads(after["session.json"])
    assert head["schema"] == SCHEMA + 1
    assert head["mood"] == "blue"
    assert head["selection"]["neuron"] == 4
    assert head["selection"]["layer"] == 0
    assert head["window"]["task"] == "tokens"
    again = load_session(tmp_path / "copy.laminoscope")
    assert again.newer is not None
    assert again.selection.layer == 0


def test_what_is_not_known_goes_with_the_results_that_it_belonged_to(newer, session, tmp_path):
    loaded = load_session(newer)
    renewed = RunResult(session.run.model, session.run.experiment, session.run.results)
    captured_anew = Session(loaded.experiment, renewed, newer=loaded.newer)
    save_session(tmp_path / "b.laminoscope", captured_anew)
    again = load_session(tmp_path / "b.laminoscope")
    assert again.newer is None
    assert "results/dreams.json" not in members_of(tmp_path / "b.laminoscope")


def test_a_result_that_this_version_does_not_know_makes_a_file_read_only(file, tmp_path):
    path = tmp_path / "more.laminoscope"
    path.write_bytes(signed({**members_of(file), "results/dreams.json": b"{}"}))
    assert load_session(path).newer is not None


def test_an_experiment_with_something_unknown_is_read_without_it(newer):
    assert isinstance(load_session(newer).experiment, Experiment)


def json_or_bytes(content):
    try:
        return json.loads(content)
    except ValueError:
        return content
