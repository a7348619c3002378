"""A cancelled job leaves behind what cannot be interrupted: a call of a library, an import."""

import gc
import os
import subprocess
import sys
import threading

import pytest

from laminoscope_core.aside import aside, import_aside, importing
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models import imports


def test_what_is_done_aside_comes_back():
    assert aside(lambda: threading.current_thread().name, Job()) == "laminoscope-aside"
    with pytest.raises(ZeroDivisionError):
        aside(lambda: 1 // 0, Job())
    with pytest.raises(SystemExit):
        aside(sys.exit, Job())


def test_a_cancelled_job_does_not_wait_for_it():
    job, may_end, ended = Job(), threading.Event(), threading.Event()

    def work():
        job.cancel()
        may_end.wait(30)
        ended.set()

    with pytest.raises(Cancelled):
        aside(work, job)
    assert not ended.is_set()
    may_end.set()
    assert ended.wait(30)
    with pytest.raises(Cancelled):
        aside(lambda: pytest.fail("it was cancelled before"), job)


@pytest.fixture
def slow_module(tmp_path, monkeypatch):
    """A module whose import ends when it is let, and cancels the job that is asked to import it."""
    (tmp_path / "slow_to_import.py").write_text(
        "import sys\nasked = sys.modules['asked']\nasked.begun()\n"
        "asked.may_end.wait(30)\nDONE = 1\n"
    )

    class Asked:
        job, may_end = Job(), threading.Event()

        def begun(self):
            self.job.cancel()

    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(sys.modules, "asked", Asked())
    yield sys.modules["asked"]
    sys.modules.pop("slow_to_import", None)


def test_an_import_goes_on_behind_a_cancelled_job(slow_module):
    with pytest.raises(Cancelled):
        import_aside(slow_module.job, "slow_to_import")
    assert not hasattr(sys.modules["slow_to_import"], "DONE"), "on its way"
    slow_module.may_end.set()
    aside(lambda: __import__("slow_to_import"), Job())  # waits for the one on its way
    assert sys.modules["slow_to_import"].DONE == 1


@pytest.mark.parametrize("collects", [True, False])
def test_no_garbage_is_collected_while_something_is_imported(tmp_path, monkeypatch, collects):
    (tmp_path / "many_objects.py").write_text(
        "import gc\nfrom laminoscope_core.aside import importing\n"
        "SEEN = gc.isenabled(), importing()\ngc.enable()\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    was, frozen = gc.isenabled(), gc.get_freeze_count()
    (gc.enable if collects else gc.disable)()
    try:
        import_aside(Job(), "many_objects")
        assert gc.isenabled() is collects
    finally:
        (gc.enable if was else gc.disable)()
    assert sys.modules.pop("many_objects").SEEN == (False, True)
    assert not importing()
    assert gc.get_freeze_count() > frozen


@pytest.mark.skipif(sys.platform != "linux", reason="reads the process's map of libraries")
def test_large_libraries_of_the_statistics_are_mapped_before_they_are_imported():
    code = """
import sys
from laminoscope_core.aside import import_aside
from laminoscope_core.job import Job
seen = {}
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name in ("scipy", "pyarrow"):
            maps = open("/proc/self/maps").read()
            seen[name] = [each in maps for each in ("scipy.libs/lib", "libarrow.so")]
sys.meta_path.insert(0, Watch())
import_aside(Job(), "statsmodels")
import scipy, pyarrow
print(seen)
"""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "{'scipy': [True, True], 'pyarrow': [True, True]}"


def test_opening_a_model_is_cancelled_while_its_libraries_are_imported(slow_module, monkeypatch):
    monkeypatch.setattr(imports, "_STEPS", (("Loading", ("slow_to_import",)),))
    monkeypatch.setattr(imports, "_imported", set())
    with pytest.raises(Cancelled):
        imports.import_torch_stack(slow_module.job)
    slow_module.may_end.set()
    imports.import_torch_stack()
    assert sys.modules["slow_to_import"].DONE == 1
