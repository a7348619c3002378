"""Whether there is an update: what is asked, and what is made of the answers."""

from importlib.metadata import version

import pytest

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.job import Job
from laminoscope_core.models import newest

HERE = version("laminoscope")
NOTHING = "ERROR: No matching distribution found for laminoscope\n"
OFFLINE = (
    "WARNING: Retrying after connection broken by 'NewConnectionError'\n"
    "ERROR: No matching distribution found for laminoscope\n"
)


class Ended:
    def __init__(self, returncode):
        self.returncode = returncode


@pytest.fixture
def pip(monkeypatch):
    """Let pip say something, and keep what it was asked."""

    def says(lines, stderr="", returncode=0):
        def follow(process, job, on_line, **_):
            for line in lines:
                on_line(line)
            return stderr

        asked = []
        monkeypatch.setattr(newest, "start", lambda command, _: asked.append(command) or ended)
        ended = Ended(returncode)
        monkeypatch.setattr(newest, "follow", follow)
        return asked

    return says


def test_a_newer_version_is_named_with_this_one(pip):
    asked = pip(["laminoscope (999.1)", "Available versions: 999.1, 0.1.0"])
    assert newest.what_is_newest(Job()) == (f"Laminoscope 999.1 is there; this is version {HERE}.")
    ((*_, last),) = asked
    assert last == "laminoscope"
    assert {"index", "versions", "--no-input"} <= set(asked[0])


def test_the_same_or_an_older_one_is_no_update(pip):
    for there in (HERE, "0.0.1"):
        pip([f"laminoscope ({there})"])
        assert newest.what_is_newest(Job()) == f"Laminoscope {HERE} is the newest version."


def test_an_index_without_it_is_no_failure(pip):
    pip([], NOTHING, 1)
    assert newest.newest_version(Job()) is None
    assert "no Laminoscope yet" in newest.what_is_newest(Job())


@pytest.mark.parametrize("said", [OFFLINE, "ERROR: something else\n", ""])
def test_no_answer_is_said_plainly(pip, said):
    pip([], said, 1)
    with pytest.raises(LaminoscopeError, match=r"cannot be reached.*Check the network"):
        newest.what_is_newest(Job())


def test_without_pip_nothing_is_asked(pip, monkeypatch):
    asked = pip(["laminoscope (999.1)"])
    monkeypatch.setattr(newest.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(LaminoscopeError, match="no pip here"):
        newest.newest_version(Job())
    assert asked == []


@pytest.mark.parametrize("version", ["<b>", "1<b>"])
def test_what_is_no_version_is_no_answer(pip, version):
    pip([f"laminoscope ({version})"])
    with pytest.raises(LaminoscopeError, match="cannot be reached"):
        newest.newest_version(Job())
