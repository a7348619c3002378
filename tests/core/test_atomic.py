"""A file that is written is the old one or the new one, whole, whatever happens on the way."""

import errno
import io
import json
import os
import stat
import subprocess
import sys
from ast import literal_eval
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import SessionError
from laminoscope_core.experiment import Experiment, TextSection
from laminoscope_core.export.folder import write_folder
from laminoscope_core.session import Session, save_session

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


@pytest.fixture
def path(tmp_path):
    """A file with an old content, alone in its folder."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    return path


def test_writes_and_replaces(tmp_path):
    path = tmp_path / "a.txt"
    write_atomically(path, b"one")
    write_atomically(path, lambda file: file.write(b"two"))
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_while_writing_keeps_the_old_file_and_leaves_nothing(path):
    def half(file):
        file.write(b"ne")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left") as failed:
        write_atomically(path, half)
    assert failed.value.filename == str(path)
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_an_error_names_the_file_and_not_a_temporary_one(tmp_path):
    missing = tmp_path / "no" / "such" / "a.txt"
    with pytest.raises(FileNotFoundError) as failed:
        write_atomically(missing, b"new")
    assert failed.value.filename == str(missing)


@pytest.mark.parametrize("name", ["fsync", "replace"])
def test_a_disk_that_fails_at_the_end_keeps_the_old_file(path, monkeypatch, name):
    def fail(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, name, fail)
    with pytest.raises(OSError, match="Input/output"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_permissions_are_those_of_an_ordinary_new_file(tmp_path):
    ordinary, ours = tmp_path / "ordinary", tmp_path / "ours"
    ordinary.write_bytes(b"")
    write_atomically(ours, b"")
    assert ours.stat().st_mode == ordinary.stat().st_mode


@posix
def test_permissions_of_the_old_file_stay(path):
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@posix
def test_a_link_stays_and_what_it_points_to_is_replaced(path, tmp_path):
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "link.txt"
    link.symlink_to(path)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert list(folder.iterdir()) == [link]


@posix
def test_what_is_no_ordinary_file_is_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="not an ordinary file"):
        write_atomically(pipe, b"new")
    with pytest.raises(IsADirectoryError):
        write_atomically(tmp_path, b"new")
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_long_name_leaves_room_for_the_temporary_one(tmp_path):
    path = tmp_path / ("a" * 250)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_what_another_process_is_writing_is_left_alone(path):
    def while_writing(file):
        write_atomically(path, b"other")
        file.write(b"first")

    write_atomically(path, while_writing)
    assert path.read_bytes() == b"first"
    assert list(path.parent.iterdir()) == [path]


def test_files_of_the_user_that_look_alike_are_left_alone(path):
    alike = path.with_name(".a.txt.old.part")
    alike.write_bytes(b"mine")
    write_atomically(path, b"new")
    assert alike.read_bytes() == b"mine"


@posix
def test_a_folder_or_file_without_permission_is_a_clear_error():
    """Root may write everywhere, so the process becomes another user before it writes."""
    code = (
        "import os, sys; from pathlib import Path\n"
        "from laminoscope_core.atomic import write_atomically\n"
        "if os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "try: write_atomically(Path(sys.argv[1]), b'new')\n"
        "except OSError as error: print(type(error).__name__, error.strerror)\n"
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes(b"old")
        path.chmod(0o666)
        path.parent.chmod(0o555)
        done = run_python(["-c", code, str(path)])
        assert done.stdout.strip() == "PermissionError Permission denied", done.stderr
        path.parent.chmod(0o777)
        path.chmod(0o444)
        done = run_python(["-c", code, str(path)])
        assert done.stdout.strip() == "PermissionError The file is write-protected", done.stderr
        assert path.read_bytes() == b"old"
        assert list(path.parent.iterdir()) == [path]


@posix
def test_a_disk_without_room_is_a_clear_error(path):
    """The system's own limit on the size of files stops the write in the middle."""
    import resource

    code = (
        "import sys; from pathlib import Path; from laminoscope_core.errors import SessionError\n"
        "from laminoscope_core.session.archive import write_archive\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "big = memoryview(bytes(2**20))\n"
        "def fill(archive): archive.add_pieces('a.npy', 2**22, lambda: iter([big] * 4))\n"
        "try: write_archive(Path(sys.argv[1]), fill)\n"
        "except OSError as error: print(error.errno)\n"
    )
    limit = (2**20, 2**20)
    done = run_python(
        ["-c", code, str(path)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    assert done.stdout.strip() == str(errno.EFBIG), done.stderr
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


class SmallFile(io.FileIO):
    """A file on a disk that is full after one megabyte."""

    def write(self, content):
        if self.tell() + len(content) > 2**20:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(content)


@pytest.fixture
def small_disk(tmp_path, monkeypatch):
    """A disk of one megabyte; a real one where the system lets tests mount it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)]
    if sys.platform == "linux" and subprocess.run(command, capture_output=True).returncode == 0:
        yield disk
        subprocess.run(["umount", str(disk)], check=True)
    else:
        monkeypatch.setattr(os, "fdopen", lambda *to: io.BufferedWriter(SmallFile(*to)))
        yield disk


def test_a_full_disk_keeps_the_old_session_and_says_so(small_disk):
    path = small_disk / "a.laminoscope"
    experiment = Experiment(text=TextSection(content="old"))
    save_session(path, Session(experiment))
    before = path.read_bytes()
    too_much = Experiment(text=TextSection(content="".join(map(chr, range(0x4E00, 0x9FFF))) * 30))
    with pytest.raises(SessionError, match="could not be saved: no space left on device"):
        save_session(path, Session(too_much))
    assert path.read_bytes() == before
    assert list(small_disk.iterdir()) == [path]


def test_a_full_disk_leaves_a_folder_of_results_as_it_was(small_disk):
    def standing():
        return {
            path: path.read_bytes() if path.is_file() else None for path in small_disk.rglob("*")
        }

    write_folder(small_disk / "run", {"rsa/a.csv": b"old", "rsa/b.csv": b"old"}, {"run": 1})
    before = standing()
    too_much = {name: os.urandom(400_000) for name in ("rsa/a.csv", "text/c.csv", "z.csv")}
    for folder in ("run", "new/one"):
        with pytest.raises(OSError, match="No space left on device") as error:
            write_folder(small_disk / folder, too_much, {"run": 2})
        assert Path(error.value.filename).name in ("z.csv", "provenance.json")
        assert standing() == before
    write_folder(small_disk / "run", {"rsa/a.csv": os.urandom(400_000)}, {"run": 3})


def test_no_file_of_results_stands_without_its_record(tmp_path, monkeypatch):
    files = {f"{letter}.csv": letter.encode() for letter in "abc"}
    replace, moved = os.replace, []

    def fail_after(n):
        def move(source, target):
            if len(moved) == n:
                raise OSError(errno.EIO, "broken")
            moved.append(target)
            replace(source, target)

        moved.clear()
        monkeypatch.setattr(os, "replace", move)

    for n in range(4):
        folder = tmp_path / str(n)
        fail_after(n)
        with pytest.raises(OSError, match="broken"):
            write_folder(folder, files, {})
        stand = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
        assert len(stand) == n
        assert not stand or "provenance.json" in stand
        if stand:
            record = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
            assert record["files"] == {name: sha256(c).hexdigest() for name, c in files.items()}


@posix
@pytest.mark.parametrize("how", ["step", "time"])
def test_250_kills_at_any_step_leave_the_old_or_the_new_file(tmp_path, how):
    done = run_python([str(Path(__file__).with_name("killing.py")), str(tmp_path), how, "250"])
    assert done.returncode == 0, done.stderr
    found = literal_eval(done.stdout.rpartition(" ")[0])
    assert found["wrong"] == 0
    assert found["old"] + found["new"] == 250
    assert found["old"] > 0
    assert found["new"] > 0
    assert found["killed"] > (200 if how == "step" else 50)  # a busy machine kills some too late
    write_atomically(tmp_path / "a.bin", b"last")
    assert [file.name for file in tmp_path.iterdir()] == ["a.bin"]


def run_python(arguments, **settings):
    """Run Python on the packages under test, which need not be installed."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": path},
        cwd="/",
        capture_output=True,
        text=True,
        **settings,
    )
