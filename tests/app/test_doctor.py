"""What an experiment will take, as ``doctor`` says it after a sample."""

import re

import pytest

from laminoscope import cli, doctor
from laminoscope_core.experiment import Experiment
from laminoscope_core.models.load import open_model
from laminoscope_core.recording import room
from laminoscope_core.run.run import run_experiment

TEXT = """
[words]
carrier = "a {{word}}"
categories = {{ one = [{}], two = [{}] }}

[text]
content = "{}"

[[prompts]]
text = "abc"
""".format(
    ", ".join(f'"{a}{b}"' for a in "abcdef" for b in "abcde"),
    ", ".join(f'"{a}{b}"' for a in "ghijkl" for b in "abcde"),
    "abc def " * 12,
)


@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr(doctor, "_CHARACTERS", 48)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "e.toml"
    path.write_text(TEXT)
    return path


def test_a_sample_is_small_and_of_the_same_kind():
    whole = Experiment.from_text(TEXT)
    sample = doctor.sample_of(whole)
    assert [len(words) for words in sample.words.categories.values()] == [12, 12]
    assert len(sample.text.content) == 48
    assert doctor.sample_of(sample) == sample


def test_every_part_of_a_run_is_foreseen_and_grows_with_what_it_is_of(tiny_folder, monkeypatch):
    model = open_model(tiny_folder, "cpu")
    experiment = Experiment.from_text(TEXT)
    steps = iter(range(1000))
    monkeypatch.setattr(doctor.time, "perf_counter", lambda: float(next(steps)))
    found = doctor.expected_seconds(model, experiment)  # each part of the sample takes a second
    done = run_experiment(model, doctor.sample_of(experiment))
    assert found.keys() == done.results.keys()
    assert found["text"] == 2
    assert found["words"] == 60 / 24
    assert found["rsa"] == pytest.approx((60 / 24) ** 2)
    times = (1000 + 1000) / (doctor._TIMES + doctor._TIMES)
    assert found["rsa-chance"] == pytest.approx((60 / 24) ** 2 * times, rel=0.01)


def test_the_command_says_memory_disk_and_time(tiny_folder, file, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["doctor", "--model", str(tiny_folder), "--experiment", str(file)])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert re.search(r"^words +\d\.\d\d GB of memory", said, re.M)
    assert re.search(r"^memory +\d\.\d\d GB at most", said, re.M)
    assert re.search(r"^disk ", said, re.M)
    assert re.search(r"^time +about \d+\.\d s in all$", said, re.M)


def test_what_does_not_fit_is_said_with_what_would(tiny_folder, file, capsys, monkeypatch):
    monkeypatch.setattr(room, "free_memory", lambda: 20_000)
    monkeypatch.setattr(doctor, "verify_model", lambda *_: 0)
    monkeypatch.setattr(doctor, "expected_seconds", lambda *_: {"words": 7200.0})
    with pytest.raises(SystemExit) as left:
        cli.main(["doctor", "--model", str(tiny_folder), "--experiment", str(file)])
    assert left.value.code == 1
    said = capsys.readouterr().out
    assert "too large" in said
    assert "What would fit" in said
    assert "about 2.0 h in all" in said


def test_an_experiment_of_nothing_is_refused_before_anything_else(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("laminoscope_core.models.load.open_model", None)
    (tmp_path / "empty.toml").write_text("[sampling]\nseed = 1\n")
    with pytest.raises(SystemExit) as left:
        cli.main(["doctor", "--experiment", str(tmp_path / "empty.toml")])
    said = capsys.readouterr()
    assert (left.value.code, said.out) == (2, "")
    assert "has nothing to run" in said.err
