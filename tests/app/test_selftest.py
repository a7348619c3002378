"""The selftest: what each step finds is real, what fails is named, and the rest goes on."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pypdf
import pytest
import torch
from PySide6.QtGui import QImage

from laminoscope.selftest.made import N_LAYERS, write_gguf
from laminoscope.selftest.steps import Bench, steps
from laminoscope.selftest.taking import Skipped, take
from laminoscope.selftest.window import require_drawn
from laminoscope_core.session import load_session


@pytest.fixture
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("LAMINOSCOPE_CACHE", str(tmp_path / "cache"))


def fails():
    raise RuntimeError("a library is missing\nand so on")


def skips():
    raise Skipped("there is none here")


def test_what_needs_no_other_process_passes_and_is_kept(tmp_path, capsys, own_cache):
    out = tmp_path / "out"
    out.mkdir()
    elsewhere = ("GGUF", "fetching", "screenshot")  # .ci/run takes all steps
    kept = [step for step in steps(tmp_path, out, tmp_path / "none") if step[0] not in elsewhere]
    assert take(kept) == 0
    said = [line[15:].split()[0] for line in capsys.readouterr().out.splitlines()[:-1]]
    assert said == ["skipped" if name == "default model" else "ok" for name, _ in kept]
    assert "layer" in pypdf.PdfReader(out / "laminar.pdf").pages[0].extract_text()
    assert QImage(str(out / "laminar.png")).width() > 1000
    session = load_session(out / "selftest.laminoscope")
    assert session.experiment.words.words == ("galaxy", "comet", "moon", "pear", "grape", "cherry")


def test_a_step_that_fails_is_named_and_the_others_are_taken(capsys):
    assert take([("one", fails), ("two", lambda: "two found"), ("three", fails)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].split(maxsplit=2) == ["one", "FAILED", "RuntimeError: a library is missing"]
    assert said[1].split(maxsplit=2) == ["two", "ok", "two found"]
    assert said[3] == "selftest: failed: one, three"


def test_a_step_that_cannot_be_taken_here_is_no_fault(capsys):
    assert take([("default model", skips)]) == 0
    assert "skipped  there is none here" in capsys.readouterr().out


def test_what_needs_a_failed_step_says_which(tmp_path, capsys):
    bench = Bench(tmp_path, tmp_path, tmp_path)
    after = [(name, getattr(bench, name)) for name in ("capture", "session", "screenshot")]
    assert take(after) == 1
    said = capsys.readouterr().out
    assert "needs what the step 'model' could not make" in said
    assert "needs what the step 'experiment' could not make" in said


def test_other_values_than_those_of_the_file_are_found(tmp_path, monkeypatch, own_cache):
    class Opened:
        def __init__(self, arrays):
            self.arrays = arrays

        def state_dict(self):
            return {
                f"model.layers.{layer}.self_attn.v_proj.weight": torch.tensor(
                    self.arrays[f"blk.{layer}.attn_v.weight"] + layer
                )
                for layer in range(N_LAYERS)
            }

    def open_other(source, **_):
        return SimpleNamespace(hf=Opened(write_gguf(Path(source))))

    monkeypatch.setattr("laminoscope_core.models.load.open_model", open_other)
    with pytest.raises(RuntimeError, match="layer 1 holds other values than the file"):
        Bench(tmp_path, tmp_path, tmp_path).gguf()


def test_an_empty_window_is_refused(qapp):
    blank = QImage(1400, 900, QImage.Format.Format_RGB32)
    blank.fill(0)
    with pytest.raises(RuntimeError, match="no more than 1 colours"):
        require_drawn(blank)


def test_the_command_line_has_it():
    done = subprocess.run(
        [sys.executable, "-m", "laminoscope", "--selftest", "--help"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0
    assert "without a connection" in done.stdout
