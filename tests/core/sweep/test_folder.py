"""The place of a sweep: whose it is, what it may be, and what an interrupt leaves."""

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.owner import owner
from laminoscope_core.sweep import child, workers
from laminoscope_core.sweep.interrupts import interrupts_held
from laminoscope_core.sweep.lock import LOCK, InUse, locked
from laminoscope_core.sweep.run import WrongPlace, run_sweep

from .conftest import serially, tables


def dead_process():
    dead = subprocess.Popen([sys.executable, "-S", "-c", ""])
    dead.wait()
    return dead.pid


def held_by(folder, **changed):
    (folder / LOCK).write_text(json.dumps({**owner(), **changed}))


class TestLock:
    def test_a_second_sweep_in_a_folder_is_refused_and_harms_nothing(
        self, serial, sweep_file, tmp_path
    ):
        out = shutil.copytree(serial[0], tmp_path / "out")
        unfinished = out / "cells" / f".gpt2.{'0' * 16}.part"
        unfinished.mkdir()
        before = tables(out)
        with locked(out):
            with pytest.raises(InUse, match=f"Another sweep runs in .*: process {os.getpid()}"):
                run_sweep(sweep_file, out, resume=True, run_cells=serially)
            child._clear(out)
            assert unfinished.is_dir()
        assert tables(out) == before
        held_by(out, pid=dead_process())
        child._clear(out)
        assert not unfinished.exists()
        assert not (out / LOCK).exists()

    def test_what_a_dead_process_kept_is_taken_over(self, tmp_path):
        for gone in ({"pid": dead_process()}, {"boot": "another"}, {"started": 1.0}):
            held_by(tmp_path, **gone)
            with locked(tmp_path):
                assert json.loads((tmp_path / LOCK).read_text()) == owner()
            assert not list(tmp_path.iterdir())

    def test_of_another_machine_nothing_is_known(self, tmp_path):
        held_by(tmp_path, host="another", pid=dead_process())
        with pytest.raises(InUse, match="another machine") as error, locked(tmp_path):
            pass
        assert str(tmp_path / LOCK) in error.value.hint

    @pytest.mark.parametrize(
        "held", ["nothing", "no process", "a link that leads nowhere", "a pipe"]
    )
    def test_what_is_no_lock_is_left_to_the_user(self, held, tmp_path):
        lock = tmp_path / LOCK
        if held == "nothing":
            lock.touch()
        elif held == "no process":
            held_by(tmp_path, pid=-1)
        elif os.name != "posix":
            pytest.skip("there are none")
        elif held == "a pipe":
            os.mkfifo(lock)
        else:
            lock.symlink_to(tmp_path / "nowhere")
        with pytest.raises(InUse) as error, locked(tmp_path):
            pass
        assert str(lock) in error.value.hint


class TestPlace:
    def test_a_file_is_no_folder(self, sweep_file, tmp_path):
        (tmp_path / "file").touch()
        for resume in (False, True):
            with pytest.raises(WrongPlace, match="is a file, not a folder"):
                run_sweep(sweep_file, tmp_path / "file", resume=resume, run_cells=serially)

    @pytest.mark.parametrize("name", ["sweep.csv", "SWEEP.toml", "failures.csv", "rsa/models.csv"])
    def test_what_could_not_be_written_is_said_before_anything_runs(
        self, name, sweep_file, tmp_path
    ):
        (tmp_path / name).mkdir(parents=True)
        with pytest.raises(WrongPlace, match=f"{name} is not a file"):
            run_sweep(sweep_file, tmp_path, resume=True, run_cells=None)

    @pytest.mark.parametrize("name", ["cells", "rsa"])
    def test_a_file_in_the_place_of_a_folder_is_said(self, name, sweep_file, tmp_path):
        (tmp_path / name).touch()
        with pytest.raises(WrongPlace, match=f"{name} is not a folder"):
            run_sweep(sweep_file, tmp_path, resume=True, run_cells=None)

    def test_a_scheduler_that_does_not_answer_leaves_nothing(
        self, sweep_file, tmp_path, monkeypatch
    ):
        pytest.importorskip("distributed")
        monkeypatch.setattr(workers, "_CONNECT_SECONDS", 0.3)
        with pytest.raises(LaminoscopeError, match="There is no Dask scheduler"):
            run_sweep(sweep_file, tmp_path / "out", scheduler="tcp://127.0.0.1:1")
        assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
class TestInterrupts:
    def test_they_wait_and_processes_that_are_started_do_not_hear_them(self):
        code = "import signal; print(signal.SIGINT in signal.pthread_sigmask(0, []))"
        before = signal.getsignal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt), interrupts_held() as check:  # noqa: PT012
            check()
            os.kill(os.getpid(), signal.SIGINT)
            started = [sys.executable, "-S", "-c", code]
            said = subprocess.run(started, capture_output=True, text=True)
            assert said.stdout == "True\n"
            check()
        assert signal.getsignal(signal.SIGINT) is before
        assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])

    def test_one_that_nobody_asked_for_happens_at_the_end(self):
        with pytest.raises(KeyboardInterrupt), interrupts_held():
            os.kill(os.getpid(), signal.SIGINT)

    @pytest.mark.exhaustive
    @pytest.mark.parametrize("seconds", [0.0, 1.0, 2.0, 4.0])
    def test_an_interrupted_program_ends_quietly(self, seconds, sweep_file, tmp_path):
        out = tmp_path / "out"
        command = ["-m", "laminoscope", "sweep", sweep_file, "--out", out, "--workers", "1"]
        with subprocess.Popen(
            [sys.executable, *command], stderr=subprocess.PIPE, text=True, process_group=0
        ) as program:
            said = program.stderr.readline()
            assert "starting a process" in said
            with pytest.raises(subprocess.TimeoutExpired):
                program.wait(seconds)
            os.killpg(program.pid, signal.SIGINT)
            said += program.stderr.read()
        assert program.returncode == 130
        assert said.endswith("laminoscope: cancelled\n")
        assert "Traceback" not in said
        assert not [path for path in out.rglob(".*") if path.name.startswith(".")]
