"""The command line, in processes of its own, with Qt made unimportable where none is needed."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from laminoscope.cli import main

WITHOUT_QT = (
    "import sys;"
    "sys.modules.update({n: None for n in ('PySide6', 'shiboken6', 'pyqtgraph')});"
    "from laminoscope.cli import main; main(sys.argv[1:])"
)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
        settled = ["layer", "pair", "subset", "carrier", "r", "fisher_z", "n_pairs", "n_words"]
        assert list(table[0])[: len(settled)] == settled
        assert {"p", "q", "low", "high", "reason"} <= table[0].keys()
        assert {row["carrier"] for row in table} == {"The next word is {word}"}
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
            assert row["token"] == " next"
            assert row["note"] == "34 identical rows: effective n = 1"

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
def test_the_script_of_a_run_writes_the_same_files(laminoscope, run_python, tmp_path):
    (tmp_path / "a.toml").write_text('[text]\ncontent = "White hare upon the snow, and more"\n')
    asked = laminoscope("run", "a.toml", "--out", "out", "--script", "new/a.py", cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    done = run_python(tmp_path / "new/a.py", "again", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for name in ("tokens.csv", "norms.csv", "regression.csv"):
        first, second = (rows(tmp_path / out / "adjustments" / name) for out in ("out", "again"))
        assert first == second


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["run", "nothing.toml", "--out", "out"], 2, "There is no file 'nothing.toml'"),
        (["run", "words-qkv"], 64, "--out"),
        (["run", "bad.toml", "--out", "out"], 2, "words.carier: unknown key"),
        (["run", "empty.toml", "--out", "out"], 2, "nothing to run"),
        (["run", "words-qkv", "--out", "file.txt"], 1, "cannot be made"),
        (["run", "words-qkv", "--out", "out", "--model", "no such"], 1, "no such"),
        (["run", "words-qkv", "--out", "out", "--device", "toaster"], 64, "toaster"),
        (["run", "words-qkv", "--out", "out", "--device", "cuda:77"], 1, "cuda:77"),
        (["sweep", "nothing.toml", "--out", "out"], 2, "nothing.toml cannot be read"),
        (["sweep", "sweep.toml", "--out", "file.txt"], 64, "file.txt is a file, not a folder"),
        (["sweep", "sweep.toml", "--out", "held", "--resume"], 2, "Another sweep runs in held"),
        (["sweep", "sweep.toml", "--out", "file.txt/out"], 2, "cannot be made"),
        (["run", "words-qkv", "--bogus"], 64, "bogus"),
        (["nothing-like-this"], 64, "does not exist and is not a command"),
    ],
)
def test_bad_requests_are_answered_by_status_and_message(
    laminoscope, tmp_path, arguments, status, said
):
    (tmp_path / "bad.toml").write_text("[words]\ncarier = 'x'\n")
    (tmp_path / "empty.toml").write_text("[model]\nsource = 'gpt2'\n")
    (tmp_path / "file.txt").write_text("")
    (tmp_path / "held").mkdir()
    (tmp_path / "held/.lock").touch()
    (tmp_path / "sweep.toml").write_text('experiment = "words-qkv"\nmodels = ["none"]\n')
    result = laminoscope(*arguments, cwd=tmp_path)
    assert result.returncode == status, result.stderr
    assert said in result.stderr + result.stdout
    assert "Traceback" not in result.stderr


SAMPLE = ["sample", "--model", "none", "--prompt", "a"]

BAD_CHAINS = {
    'chain = "nope"': "sampling.chain: There is no chain called 'nope'",
    'chain = [{sampler = "rule", rule = "keep: p >>"}]': "sampling.chain: Character 9 of the rule",
    'chains = ["greedy", "nope"]': "sampling.chains: chain 2: There is no chain called 'nope'",
    'chains = [{name = "x", samplers = [{sampler = "top_k", k = 0.5}]}]': "chain 1: top_k",
    'chains = ["greedy", {name = "greedy", samplers = []}]': "two chains are called 'greedy'",
    'chains = [{name = " ", samplers = []}]': "chain 1 has an empty name",
    'chains = [{name = "this chain", samplers = []}]': "chain 1 needs another name",
}


@pytest.mark.parametrize("written", BAD_CHAINS)
def test_chains_that_cannot_be_applied_are_refused_before_a_model_is_opened(
    tmp_path, capsys, monkeypatch, written
):
    monkeypatch.setattr("laminoscope_core.models.load.open_model", None)
    (tmp_path / "e.toml").write_text(f'[[prompts]]\ntext = "a"\n[sampling]\n{written}\n')
    (tmp_path / "s.toml").write_text('experiment = "e.toml"\nmodels = ["none"]\n')
    monkeypatch.chdir(tmp_path)
    for command in (
        ["run", "e.toml", "--out", "out"],
        ["sweep", "s.toml", "--out", "out"],
        ["doctor", "--experiment", "e.toml"],
        ["sample", "--model", "none", "--prompt", "a", "--chain", "e.toml"],
    ):
        if command[0] == "sample" and written.startswith("chains = ["):
            continue  # it takes the chain alone
        with pytest.raises(SystemExit) as left:
            main(command)
        said = capsys.readouterr()
        assert (left.value.code, said.out) == (2, "")
        expected = BAD_CHAINS[written]
        assert (expected.partition(": ")[2] if command[0] == "sample" else expected) in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("chain", ["keep: foo > 1", '[{"sampler": "nope"}]', "[1", "nothing here"])
def test_a_chain_that_is_none_is_refused_before_a_model_is_opened(capsys, monkeypatch, chain):
    monkeypatch.setattr("laminoscope_core.models.load.open_model", None)
    with pytest.raises(SystemExit) as left:
        main([*SAMPLE, "--chain", chain])
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("laminoscope: ")


def test_a_rule_without_values_is_told_with_the_text(tiny_folder, capsys):
    asked = [*SAMPLE[:2], str(tiny_folder), *SAMPLE[3:], "--tokens", "2"]
    with pytest.raises(SystemExit) as left:
        main([*asked, "--chain", "logit: ln(-1)"])
    said = capsys.readouterr()
    assert left.value.code == 0
    assert "rule: no number (NaN) for" in said.err
    assert said.err.rstrip().endswith("nothing changes (2 of 2 tokens)")
    with pytest.raises(SystemExit):
        main([*asked, "--chain", "logit: l / 2"])
    assert "rule" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--no-such"], "no-such"),
        (["run"], "EXPERIMENT"),
        (["run", "words-qkv", "--out", "out", "--figures", "gif"], "--figures"),
        (["run", "words-qkv", "--out", ""], "'' is not a file or folder"),
        (["run", "words-qkv", "--out", "out", "--save="], "'' is not a file or folder"),
        ([*SAMPLE, "--tokens", "0"], "--tokens must be 1 or more"),
        ([*SAMPLE, "--tokens", "1.000"], "'1.000' is not a whole number"),
        ([*SAMPLE, "--seed", "1,5"], "'1,5' is not a whole number"),
        ([*SAMPLE, "--seed", "1_0"], "'1_0' is not a whole number"),
        ([*SAMPLE, "--seed", "٥"], "is not a whole number"),
        (["sample", "--model", "none"], "--prompt"),
        ([*SAMPLE, "--dtype", "int8"], "'int8' is not one of auto, float32"),
        (["doctor", "--device", "cuda:x"], "'cuda:x' is not auto, cpu, cuda"),
        (["sweep", "s.toml"], "--out"),
        (["sweep", "s.toml", "--out", "o", "--workers", "0"], "--workers must be 1 or more"),
        (["sweep", "s.toml", "--out", "o", "--workers", "2", "--scheduler", "x"], "one of them"),
    ],
)
def test_a_wrong_command_line_is_64(laminoscope, tmp_path, arguments, said):
    result = laminoscope(*arguments, cwd=tmp_path)
    assert result.returncode == 64, result.stderr
    assert said in result.stderr
    assert result.stdout == ""


def test_seeds_may_be_negative_and_large(laminoscope):
    result = laminoscope(*SAMPLE, "--seed", "-170141183460469231731687303715884105727")
    assert result.returncode == 1
    assert "none" in result.stderr


def process(arguments, code=WITHOUT_QT, **settings):
    """The command line as a process with its own environment and streams."""
    environment = {**os.environ, **settings.pop("env", {})}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=environment, timeout=240, **settings)


def test_a_prompt_that_is_not_utf8_is_said():
    arguments = ["sample", "--model", "none", "--prompt", b"caf\xe9"]
    command = [sys.executable, "-c", WITHOUT_QT, *arguments]
    result = subprocess.run(command, capture_output=True, timeout=240)
    assert result.returncode == 64
    assert b"--prompt is not UTF-8 text" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("term", ["dumb", "xterm"])
def test_what_a_terminal_cannot_show_is_escaped(tmp_path, encoding, term):
    environment = {"PYTHONIOENCODING": encoding, "TERM": term, "LC_ALL": "C.utf8"}
    commands = {
        ("run", "梨\x1b[31m.toml", "--out", "out"): 2,
        ("--model", "梨", "\x1b]0;gone\x07"): 64,
        ("--help",): 0,
        ("models",): 0,
        ("sample", "--model", "梨\x1b[2J", "--prompt", "a"): 1,
    }
    one_after_the_other = WITHOUT_QT.replace(
        "main(sys.argv[1:])",
        "import json\n"
        "for line in sys.argv[1:]:\n"
        "    try: main(json.loads(line))\n"
        "    except SystemExit as end: print('ended with', end.code, file=sys.stderr)\n",
    )
    lines = [json.dumps(arguments, ensure_ascii=False) for arguments in commands]
    result = process(lines, one_after_the_other, env=environment, cwd=tmp_path, capture_output=True)
    said = (result.stdout + result.stderr).decode(encoding)
    assert re.findall("ended with (.*)", said) == [str(each) for each in commands.values()], said
    assert "Traceback" not in said
    assert "\x1b" not in said


def at_a_terminal(arguments, code=WITHOUT_QT, **environment):
    """What reaches a terminal, and the status."""
    import pty

    lead, follower = pty.openpty()
    environment = {**os.environ, **environment}
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env=environment
    ) as running:
        os.close(follower)
        shown = b""
        while True:
            try:
                if not (more := os.read(lead, 65536)):
                    break
            except OSError:  # as Linux says that the other end is closed
                break
            shown += more
    os.close(lead)
    return shown, running.returncode


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_dumb_terminal_gets_no_sequences():
    shown, status = at_a_terminal(["run", "\x1b[31m", "--out", "x"], TERM="dumb")
    assert status == 2
    assert b"\x1b" not in shown
    shown, status = at_a_terminal(["--help"], TERM="dumb")
    assert status == 0
    assert b"\x1b" not in shown


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_generated_text_reaches_a_terminal_without_control_characters(run_python, tmp_path):
    prompt = "a\x1b]0;owned\x07b"
    code = (
        "import laminoscope_core.sampling.sample as sample;"
        "sample.pieces = lambda c, nodes: [(next(iter(nodes)), 'x\\x1b[31my\\rz\\n')];"
    )
    hostile = WITHOUT_QT.replace("from laminoscope.cli", code + "from laminoscope.cli")
    command = ["sample", "--model", "smollm2-135m", "--prompt", prompt, "--tokens", "1"]
    shown, status = at_a_terminal(command, hostile, TERM="dumb")
    (tmp_path / "hostile.py").write_text(hostile)
    piped = run_python(tmp_path / "hostile.py", *command)
    assert status == 0, shown
    assert b"x\\x1b[31my\\rz" in shown
    assert b"\x1b" not in shown
    assert piped.stdout.startswith("x\x1b[31my\rz\n"), "into a file it goes as it is"


@pytest.mark.skipif(sys.platform == "win32", reason="shells of POSIX")
@pytest.mark.parametrize("closing", ["2>&-", "2>/dev/full", ">&- 2>&-", "<&- 2>&-"])
def test_a_closed_stderr_stops_nothing(tmp_path, closing):
    script = f'exec "$0" -c "$1" run nothing.toml --out out {closing}'
    command = ["sh", "-c", script, sys.executable, WITHOUT_QT]
    result = subprocess.run(command, capture_output=True, timeout=240, cwd=tmp_path)
    assert result.returncode == 2
    assert result.stdout == b""


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="shells of POSIX")
def test_a_run_with_a_closed_stderr_writes_its_files_and_nothing_into_them(tmp_path):
    (tmp_path / "a.toml").write_text('[words.categories]\na = ["sun", "moon"]\nb = ["pear"]\n')
    script = 'exec "$0" -c "$1" run a.toml --out out 2>&-'
    command = ["sh", "-c", script, sys.executable, WITHOUT_QT]
    result = subprocess.run(command, capture_output=True, timeout=240, cwd=tmp_path)
    assert result.returncode == 0
    assert result.stdout == b""
    assert [row["word"] for row in rows(tmp_path / "out/rsa/words.csv")] == ["sun", "moon", "pear"]


@pytest.mark.skipif(sys.platform == "win32", reason="shells of POSIX")
def test_output_that_nobody_reads_is_no_traceback():
    script = '"$0" -c "$1" models | true; "$0" -c "$1" --help | true'
    command = ["sh", "-c", script, sys.executable, WITHOUT_QT]
    result = subprocess.run(command, capture_output=True, timeout=240)
    assert b"Traceback" not in result.stderr
    assert b"Broken" not in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--script", "mine.toml"], "mine.toml is the experiment"),
        (["--save", "out/../mine.toml"], "mine.toml is the experiment"),
        (["--save", "out"], "out is a folder"),
        (["--script", "a.py", "--save", "./a.py"], "are both a.py"),
    ],
)
def test_results_are_not_written_over_what_they_are_made_of(
    tmp_path, monkeypatch, capsys, options, said
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    experiment = tmp_path / "mine.toml"
    experiment.write_text('[text]\ncontent = "a"\n')
    with pytest.raises(SystemExit) as ended:
        main(["run", "mine.toml", "--out", "out", "--model", "no/such", *options])
    assert ended.value.code == 64
    assert said in capsys.readouterr().err
    assert experiment.read_text() == '[text]\ncontent = "a"\n'


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_is_130_and_said(tmp_path):
    # what a shell starts in the background inherits that interrupts are ignored
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);" + WITHOUT_QT
    command = [sys.executable, "-c", heard, "run", "words-qkv", "--out", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        first = running.stderr.readline()  # it is at work
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
    assert running.returncode == 130, first + rest
    assert rest.rstrip().endswith("laminoscope: cancelled")
    assert "Traceback" not in rest
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_of_the_start_is_too():
    code = (
        "import sys\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'cyclopts': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "from laminoscope.__main__ import main; main()\n"
    )
    result = process(["models"], code, capture_output=True, text=True)
    assert result.returncode == 130
    assert result.stderr == "\nlaminoscope: cancelled\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
def test_output_that_cannot_be_written_is_said():
    with Path("/dev/full").open("w") as full:
        result = process(["models"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 1
    assert result.stderr.strip() == "laminoscope: No space left on device"


@pytest.mark.parametrize("fault", ["ZeroDivisionError", "GeneratorExit"])
def test_a_fault_of_the_program_is_said_in_a_sentence(fault):
    """One that is no Exception too, as the panic of a library in Rust."""
    code = WITHOUT_QT.replace(
        "from laminoscope.cli import main;",
        "from laminoscope.cli import main; import laminoscope_core.models.catalog as c;"
        f"c.catalog = lambda: (_ for _ in ()).throw({fault}('no'));",
    )
    command = [sys.executable, "-c", code, "models"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert result.returncode == 70
    assert f"unexpected {fault}: no" in result.stderr
    assert "Traceback" not in result.stderr
    shown = {**os.environ, "LAMINOSCOPE_TRACEBACK": "1"}
    result = subprocess.run(command, capture_output=True, text=True, timeout=240, env=shown)
    assert "Traceback" in result.stderr


def test_models_lists_the_catalog(laminoscope):
    result = laminoscope("models")
    assert result.returncode == 0
    assert result.stdout.startswith("smollm2-135m")


def window_process(code, runs=1):
    """Run code with the real window in processes beside each other; return their results."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-X", "faulthandler", "-c", code]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(command, env=environment, **streams) for _ in range(runs)]
    said = [each.communicate(timeout=120) for each in running]
    return [
        subprocess.CompletedProcess(command, each.returncode, *printed)
        for each, printed in zip(running, said, strict=True)
    ]


@pytest.mark.slow
@pytest.mark.model
def test_the_program_ends_cleanly_every_time():
    code = (
        "from PySide6.QtCore import QTimer\n"
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


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_closes_the_window():
    code = (
        "import os, signal, sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from laminoscope.main import create_application\n"
        "create_application()\n"
        "QTimer.singleShot(2500, lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "from laminoscope.cli import main; main([])\n"
    )
    (result,) = window_process(code)
    assert result.returncode == 130, result.stderr
    assert result.stderr.rstrip().endswith("laminoscope: cancelled")
    assert "Traceback" not in result.stderr


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
