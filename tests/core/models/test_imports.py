"""torch and transformers are imported once, from any thread, and the collector is as before."""

import os
import subprocess
import sys

import pytest

PRELUDE = """
import gc, os, sys, threading
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models.imports import import_torch_stack
"""


def run(code):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE + code], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_threads_may_race_and_the_collector_is_restored():
    assert run("""
errors = []
def work():
    try:
        import_torch_stack(model_type="gpt2")
        assert "transformers.models.gpt2.modeling_gpt2" in sys.modules
    except BaseException as error:
        errors.append(error)
threads = [threading.Thread(target=work) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(errors, gc.isenabled(), gc.get_freeze_count() > 100_000)
gc.disable()
import_torch_stack(model_type="llama")
print(gc.isenabled(), "transformers.models.llama.modeling_llama" in sys.modules)
import_torch_stack(model_type="nothing-of-the-kind")
""") == ["[]", "True", "True", "False", "True"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads the process's map of libraries")
def test_the_libraries_are_mapped_before_python_imports_them():
    assert run("""
seen = []
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "torch._C":
            seen.append("libtorch_cpu" in open("/proc/self/maps").read())
sys.meta_path.insert(0, Watch())
import_torch_stack()
print(seen)
""") == ["[True]"]


def test_it_can_be_cancelled_between_the_steps():
    assert (
        run("""
job = Job(lambda fraction, text: job.cancel() if "of models" in text else None)
try:
    import_torch_stack(job)
except Cancelled:
    print("torch" in sys.modules, "transformers" in sys.modules, gc.isenabled())
""")[0]
        == "True"
    )


def test_progress_names_what_is_loaded():
    texts = run("""
import_torch_stack(Job(lambda fraction, text: print(text.replace(" ", "_"))))
""")
    assert texts[0] == "Loading_the_library_that_computes"
    assert texts[-1] == "Libraries_are_loaded"
