"""Whatever a file holds: it is read rightly or refused in words, soon, and nothing of it is run."""

import contextlib
import random
import shutil
import sys
import time
from pathlib import Path

import pytest

from laminoscope_core.errors import SessionError
from laminoscope_core.session import Session, load_session, save_session

from .forging import damaged, forged, members_of

RUNNING = (
    "exec",
    "import",
    "marshal.loads",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "pickle.find_class",
    "socket.connect",
    "subprocess.Popen",
)
LONGEST = 5.0
_heard: list[str] | None = None


def _listen(event, arguments):
    if _heard is not None:
        # a file that is opened by its number has been opened by its name before
        writes = event == "open" and isinstance(arguments[0], str) and "w" in str(arguments[1])
        if event in RUNNING or writes:
            _heard.append(f"{event} {arguments!r}"[:300])


@pytest.fixture
def executions(archive):
    """Everything that Python runs, imports or writes in a test, as it tells its auditors."""
    global _heard
    sys.addaudithook(_listen)
    _heard = []
    yield _heard
    _heard = None


def used(path):
    """Return the path after what reading and writing need has been imported."""
    save_session(path.with_name("again"), load_session(path))
    return path


@pytest.fixture(scope="module")
def today(run, tmp_path_factory):
    """A session file of every kind of result as it is written today."""
    path = tmp_path_factory.mktemp("today") / "a.laminoscope"
    save_session(path, Session(run.experiment, run, window={"task": "words"}))
    return used(path)


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """The newest file that was released, whose bytes a new analysis does not change."""
    newest = max((Path(__file__).parent / "released").glob("*.laminoscope"), key=schema_of)
    return used(shutil.copy(newest, tmp_path_factory.mktemp("released") / newest.name))


@pytest.fixture
def archive(request):
    """One of these files."""
    return request.getfixturevalue(request.param)


def schema_of(path):
    return int(path.stem.removeprefix("schema-"))


def load(path, content):
    """Read a file; return the session or None, and fail if it is not refused in words or soon."""
    path.write_bytes(content)
    start = time.perf_counter()
    session = None
    with contextlib.suppress(SessionError):
        session = load_session(path)
    assert time.perf_counter() - start < LONGEST
    return session


# every run: few files, of a seed that the next commit changes; and all of the same, on demand
FEW = ("released", None, 750)


@pytest.mark.parametrize(
    ("archive", "seed", "n"),
    [FEW, *(pytest.param("today", seed, 5_000, marks=pytest.mark.exhaustive) for seed in range(2))],
    indirect=["archive"],
)
def test_damaged_files_are_read_rightly_or_refused(
    archive, seed, n, tmp_path, difference, executions, run_seed
):
    expected = load_session(archive)
    content, read = archive.read_bytes(), 0
    rng = random.Random(run_seed if seed is None else seed)
    path = tmp_path / "damaged.laminoscope"
    for _ in range(n):
        session = load(path, damaged(content, rng))
        if session is not None:
            read += 1
            for name, result in expected.run.results.items():
                assert difference(result, session.run.results[name], name) is None
            assert session.run.experiment == expected.run.experiment
    assert read < 0.15 * n  # a byte that means nothing, as of a date, may differ
    assert not [heard for heard in executions if str(path) not in heard]


@pytest.mark.parametrize(
    ("archive", "seed", "n"),
    [FEW, *(pytest.param("today", seed, 2_500, marks=pytest.mark.exhaustive) for seed in range(4))],
    indirect=["archive"],
)
def test_forged_files_are_refused_or_hold_a_session(
    archive, seed, n, tmp_path, executions, run_seed
):
    members = members_of(archive)
    rng, read = random.Random(run_seed if seed is None else seed), 0
    path = tmp_path / "forged.laminoscope"
    for _ in range(n):
        session = load(path, forged(members, rng))
        if session is not None:
            read += 1
            if read % 5 == 0:
                save_session(tmp_path / "again.laminoscope", session)
    assert 0 < read < n / 2
    assert not [heard for heard in executions if str(tmp_path) not in heard]
