"""The command line, in processes of its own, with Qt made unimportable where none is needed."""

import csv
import json
import os
import subprocess
import sys

import numpy as np
import pytest

WITHOUT_QT = (
    "import sys;"
    "sys.modules.update({n: None for n in ('PySide6', 'shiboken6', 'pyqtgraph', 'qtawesome')});"
    "from laminoscope.cli import main; main(sys.argv[1:])"
)


def laminoscope(*arguments, cwd=None, timeout=240):
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=timeout,
    )


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def sample_run(tmp_path_factory):
    out = tmp_path_factory.mktemp("run") / "deep" / "folder"
    return out, laminoscope("run", "words-qkv", "--out", out)


@pytest.mark.model
class TestSampleRun:
    def test_ends_well_with_progress_on_stderr(self, sample_run):
        _, result = sample_run
        assert result.returncode == 0, result.stderr
        assert result.stdout == ""
        assert "100%" in result.stderr
        assert "layer" in result.stderr

    def test_laminar_agrees_with_the_golden_file(self, sample_run, golden):
        out, _ = sample_run
        keys = {"all": "rsa", "within": "within", "across": "across"}
        table = rows(out / "rsa/laminar.csv")
        assert list(table[0]) == ["layer", "pair", "subset", "r", "fisher_z", "n_pairs"]
        assert len(table) == 30 * 3 * 3
        for row in table:
            values = golden["results"][keys[row["subset"]]][int(row["layer"])]
            expected = values[["q-k", "q-v", "k-v"].index(row["pair"])]
            assert float(row["r"]) == pytest.approx(expected, abs=1e-3)
            assert float(row["fisher_z"]) == pytest.approx(np.arctanh(float(row["r"])), rel=1e-6)
            assert int(row["n_pairs"]) == {"all": 561, "within": 178, "across": 383}[row["subset"]]

    def test_separability_and_direct_agree_with_the_golden_file(self, sample_run, golden):
        out, _ = sample_run
        for row in rows(out / "rsa/separability.csv"):
            expected = golden["results"]["d"][int(row["layer"])]["qkv".index(row["site"])]
            assert float(row["cohens_d"]) == pytest.approx(expected, abs=1e-3)
            small_sample = 1 - 3 / (4 * 561 - 9)
            assert float(row["hedges_g"]) == pytest.approx(
                float(row["cohens_d"]) * small_sample, rel=1e-6
            )
        context = [
            r for r in rows(out / "rsa/direct_correlation.csv") if r["position"] == "context"
        ]
        assert len(context) == 30 * 3
        for row in context:
            pair = ["q-k", "q-v", "k-v"].index(row["pair"])
            expected = golden["results"]["direct"][int(row["layer"])][pair]
            assert float(row["r"]) == pytest.approx(expected, abs=1e-3)

    def test_words_arrays_and_provenance(self, sample_run):
        out, _ = sample_run
        words = rows(out / "rsa/words.csv")
        assert [row["pieces"] for row in words if row["word"] == "sofa"] == ["so|fa"]
        with np.load(out / "rsa/similarity.npz", allow_pickle=False) as saved:
            assert saved["q"].shape == (30, 34, 34)
            assert saved["q"].dtype == np.float32
            assert list(saved["words"]) == [row["word"] for row in words]
        record = json.loads((out / "provenance.json").read_text(encoding="utf-8"))
        assert record["model"]["revision"].startswith("sha256:b179c952")
        assert len(record["token_ids"]) == 34
        assert list(record["experiment"]["words"]["categories"]) == ["space", "furniture", "fruit"]
        assert record["parameters"]["rsa-chance"]["seed"] == 0

    def test_nothing_else_is_written(self, sample_run):
        out, _ = sample_run
        hidden = [path for path in out.rglob("*") if path.name.startswith(".")]
        assert hidden == []


@pytest.mark.model
def test_the_script_of_a_run_writes_the_same_files(tmp_path):
    (tmp_path / "a.toml").write_text('[text]\ncontent = "White hare upon the snow, and more"\n')
    asked = laminoscope("run", "a.toml", "--out", "out", "--script", "new/a.py", cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    command = [sys.executable, "new/a.py", "again"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    for name in ("tokens.csv", "norms.csv", "regression.csv"):
        first, second = (rows(tmp_path / out / "adjustments" / name) for out in ("out", "again"))
        assert first == second


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["run", "nothing.toml", "--out", "out"], 2, "There is no file 'nothing.toml'"),
        (["run", "words-qkv"], 2, "--out"),
        (["run", "bad.toml", "--out", "out"], 2, "words.carier: unknown key"),
        (["run", "empty.toml", "--out", "out"], 2, "nothing to run"),
        (["run", "words-qkv", "--out", "file.txt"], 1, "cannot be made"),
        (["run", "words-qkv", "--out", "out", "--model", "no such"], 1, "no such"),
        (["run", "words-qkv", "--out", "out", "--device", "toaster"], 1, "toaster"),
        (["run", "words-qkv", "--bogus"], 2, "bogus"),
        (["nothing-like-this"], 2, "does not exist and is not a command"),
    ],
)
def test_bad_requests_are_answered_by_status_and_message(tmp_path, arguments, status, said):
    (tmp_path / "bad.toml").write_text("[words]\ncarier = 'x'\n")
    (tmp_path / "empty.toml").write_text("[model]\nsource = 'gpt2'\n")
    (tmp_path / "file.txt").write_text("")
    result = laminoscope(*arguments, cwd=tmp_path)
    assert result.returncode == status, result.stderr
    assert said in result.stderr + result.stdout
    assert "Traceback" not in result.stderr


def test_models_lists_the_catalog():
    result = laminoscope("models")
    assert result.returncode == 0
    assert result.stdout.startswith("smollm2-135m")


def window_process(code, runs=1):
    """Run code with the real window in a process; return the processes' results."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-X", "faulthandler", "-c", code]
    return [
        subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        for _ in range(runs)
    ]


@pytest.mark.slow
@pytest.mark.model
def test_the_program_ends_cleanly_every_time(tmp_path):
    code = (
        "from PySide6.QtCore import QSettings, QTimer\n"
        "ini, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope\n"
        f"QSettings.setPath(ini, user, {str(tmp_path)!r})\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from laminoscope.main import create_application, run_gui\n"
        "create_application()\n"
        "QTimer.singleShot(2500, lambda: QApplication.activeWindow().close()\n"
        "    if QApplication.activeWindow() else QApplication.topLevelWidgets()[0].close())\n"
        "QTimer.singleShot(3000, QApplication.closeAllWindows)\n"
        "raise SystemExit(run_gui())\n"
    )
    for result in window_process(code, runs=4):
        assert result.returncode == 0, result.stderr
        assert "Fatal" not in result.stderr


def test_signals_survive_a_hundred_thousand_emits():
    code = (
        "from PySide6.QtCore import QCoreApplication, QObject, Signal\n"
        "class Emitter(QObject):\n"
        "    told = Signal(bool)\n"
        "app = QCoreApplication([])\n"
        "emitter, count = Emitter(), [0]\n"
        "emitter.told.connect(lambda _: count.__setitem__(0, count[0] + 1))\n"
        "for _ in range(100_000): emitter.told.emit(True)\n"
        "print(count[0])\n"
    )
    (result,) = window_process(code)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "100000"
