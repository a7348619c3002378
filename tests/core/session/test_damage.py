"""Whatever a file holds: it is read rightly or refused in words, soon, and nothing of it is run."""

import contextlib
import random
import sys
import time

import pytest

from laminoscope_core.errors import SessionError
from laminoscope_core.session import Session, load_session, save_session
from laminoscope_core.session.contents import RESULT_TYPES

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
def executions():
    """Everything that Python runs, imports or writes in a test, as it tells its auditors."""
    global _heard
    sys.addaudithook(_listen)
    _heard = []
    yield _heard
    _heard = None


@pytest.fixture(scope="module")
def small(run, tmp_path_factory):
    """A session file of every kind of result, and its content."""
    path = tmp_path_factory.mktemp("small") / "a.laminoscope"
    save_session(path, Session(run.experiment, run, window={"task": "words"}))
    load_session(path)
    return path


def load(path, content):
    """Read a file; return the session or None, and fail if it is not refused in words or soon."""
    path.write_bytes(content)
    start = time.perf_counter()
    session = None
    with contextlib.suppress(SessionError):
        session = load_session(path)
    assert time.perf_counter() - start < LONGEST
    return session


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_5_000_damaged_files_are_read_rightly_or_refused(
    small, tmp_path, run, difference, executions, seed
):
    content, rng, read = small.read_bytes(), random.Random(seed), 0
    path = tmp_path / "damaged.laminoscope"
    for _ in range(5_000):
        session = load(path, damaged(content, rng))
        if session is not None:
            read += 1
            for name in RESULT_TYPES:
                assert difference(run.results[name], session.run.results[name], name) is None
            assert session.run.experiment == run.experiment
    assert read < 750  # a byte that means nothing, as of a date, may differ
    assert not [heard for heard in executions if str(path) not in heard]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_2_500_forged_files_are_refused_or_hold_a_session(small, tmp_path, executions, seed):
    members, rng, read = members_of(small), random.Random(seed), 0
    path = tmp_path / "forged.laminoscope"
    for _ in range(2_500):
        session = load(path, forged(members, rng))
        if session is not None:
            read += 1
            if read % 5 == 0:
                save_session(tmp_path / "again.laminoscope", session)
    assert 0 < read < 1_250
    assert not [heard for heard in executions if str(tmp_path) not in heard]
