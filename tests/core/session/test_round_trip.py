"""What goes into a session file comes out of it, to the bit."""

import dataclasses
import hashlib
import json
import subprocess
import sys
import zipfile
from types import SimpleNamespace

import numpy as np
import pytest

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.registry import ANALYSES
from laminoscope_core.errors import AnalysisError, SessionError
from laminoscope_core.experiment import Experiment
from laminoscope_core.export.provenance import provenance
from laminoscope_core.job import Job
from laminoscope_core.run.results import RunResult
from laminoscope_core.run.run import rerun_analysis
from laminoscope_core.selection import Selection
from laminoscope_core.session import (
    Session,
    has_activations,
    load_session,
    save_session,
    without_activations,
)
from laminoscope_core.session.annotations import fields_of, resolved
from laminoscope_core.session.contents import RESULT_TYPES, fitting_selection
from laminoscope_core.session.shapes import AXES


def test_every_result_comes_back_as_it_was(file, session, difference):
    loaded = load_session(file)
    assert loaded.run.results.keys() == session.run.results.keys() == RESULT_TYPES.keys()
    for name, result in session.run.results.items():
        assert difference(result, loaded.run.results[name], name) is None
    assert loaded.run.model == session.run.model
    assert loaded.run.experiment == session.run.experiment
    assert loaded.experiment == session.experiment != loaded.run.experiment
    assert loaded.window == session.window
    assert dataclasses.asdict(loaded.selection) == dataclasses.asdict(session.selection)
    assert loaded.newer is None


def test_the_tree_of_continuations_stays_one_tree(file):
    results = load_session(file).run.results
    last = results["generations"][-1].node
    assert results["prompts"].places[1].node is last
    assert results["continuation"].places[1].place.node is last
    assert len(last.path) == 5


def test_watched_tokens_are_known_without_the_tokenizer(file, session):
    before, after = (s.run.results["prompts"] for s in (session, load_session(file)))
    assert after.chain.tokenizer is None
    assert session.selection.watched
    for text in session.selection.watched:
        assert after.first_token(text) == before.first_token(text) != (0, 0)
    assert after.first_token("never watched") == (0, 0)
    compared, again = (s.run.results["comparison"] for s in (session, load_session(file)))
    for text in session.selection.watched:
        assert compared.standing(text) == again.standing(text)
        assert all(standing.rank > 0 for standing in again.standing(text))


def test_the_same_session_is_the_same_file(session, file, tmp_path):
    save_session(tmp_path / "b.laminoscope", session)
    assert (tmp_path / "b.laminoscope").read_bytes() == file.read_bytes()


def test_a_session_that_was_read_is_written_as_the_same_file(file, tmp_path):
    save_session(tmp_path / "b.laminoscope", load_session(file))
    assert (tmp_path / "b.laminoscope").read_bytes() == file.read_bytes()


def test_a_session_without_a_run(tmp_path):
    experiment = Experiment.from_text('[text]\ncontent = "a"')
    save_session(tmp_path / "a.laminoscope", Session(experiment))
    loaded = load_session(tmp_path / "a.laminoscope")
    assert loaded.run is None
    assert loaded.experiment == experiment


def test_without_activations_everything_else_is_there(session, tmp_path, difference):
    save_session(tmp_path / "a.laminoscope", session, activations=False)
    loaded = load_session(tmp_path / "a.laminoscope").run
    assert has_activations(session.run)
    assert not has_activations(loaded)
    expected = without_activations(session.run).results
    for name in loaded.results:
        assert difference(expected[name], loaded.results[name], name) is None
    assert loaded.results["words"].token_ids == session.run.results["words"].token_ids


@pytest.mark.parametrize("analysis", ["similarity", "direct", "cka"])
def test_without_activations_nothing_is_computed_from_nothing(run, analysis):
    module = next(entry.module for entry in ANALYSES if entry.id == analysis)
    words = without_activations(run).results["words"]
    with pytest.raises(AnalysisError, match="Capture"):
        module.run(Inputs(words=words), module.Params(), Job())


def test_what_needs_no_activations_is_computed_again_from_a_file(file, run, difference):
    loaded = load_session(file).run.results
    renewed = {}
    rerun_analysis(
        "rsa",
        loaded,
        params={},
        job=Job(),
        on_result=lambda name, result: renewed.update({name: result}),
    )
    assert difference(run.results["rsa"], renewed["rsa"]) is None


def test_provenance_tells_where_the_numbers_come_from_not_where_they_are_read(
    file, session, monkeypatch
):
    before = json.dumps(provenance(session.run))
    versions = "laminoscope_core.export.provenance.library_versions"
    monkeypatch.setattr(versions, lambda: {"torch": "99.0"})
    assert json.dumps(provenance(session.run)) != before
    assert json.dumps(provenance(load_session(file).run)) == before


def test_other_tools_read_it(file, session):
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        sums = dict(
            line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines()
        )
        for name, digest in sums.items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        logits = session.run.results["prompts"].places[0].raw.logits
        arrays = [name for name in archive.namelist() if name.endswith(".npy")]
        assert any(
            np.array_equal(np.load(archive.open(name), allow_pickle=False), logits)
            for name in arrays
        )


def test_every_analysis_can_be_kept_and_its_axes_are_described():
    """An analysis whose arrays have no entry in AXES would be read without being checked."""

    def walk(hint, kind, name):
        inner, arguments = resolved(hint)
        if inner is np.ndarray:
            assert name in AXES.get(kind, {}), f"{kind.__module__}.{kind.__name__}.{name}"
        elif (
            dataclasses.is_dataclass(inner)
            and inner not in seen
            and inner.__name__
            not in (
                "Chain",
                "Node",
            )
        ):
            seen.add(inner)
            for field, annotation in fields_of(inner).items():
                walk(annotation, inner, field)
        for argument in arguments:
            if argument is not ... and inner is not np.ndarray:
                walk(argument, kind, name)

    seen = set()
    for kind in RESULT_TYPES.values():
        walk(kind, kind, "")
    assert {analysis.id for analysis in ANALYSES} <= RESULT_TYPES.keys()


def test_nothing_of_torch_is_imported_to_read_a_session(file):
    code = (
        "import sys; from laminoscope_core.session import load_session;"
        "print(len(load_session(sys.argv[1]).run.results));"
        "assert not {'torch', 'transformers', 'scipy.stats', 'matplotlib'} & sys.modules.keys()"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(RESULT_TYPES)


def test_a_run_that_does_not_belong_together_is_not_saved(run, tmp_path):
    other = run.experiment.model_copy(update={"words": None})
    with pytest.raises(SessionError, match="words"):
        save_session(
            tmp_path / "a.laminoscope", Session(other, RunResult(run.model, other, run.results))
        )
    assert not list(tmp_path.iterdir())


def test_tokens_stay_selected_in_whichever_text_has_them():
    texts = {
        "text": SimpleNamespace(token_ids=(5,)),
        "inside": SimpleNamespace(token_ids=(5, 6, 7)),
    }
    for results, kept in ((texts, (0, 2)), ({"text": texts["text"]}, (0,)), ({}, ())):
        selection = Selection(tokens=(0, 2), token=0)
        assert fitting_selection(selection, 3, results).tokens == kept
