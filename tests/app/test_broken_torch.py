"""A torch that is missing or broken is said plainly, with a next step, in terminal and window."""

import os
import subprocess
import sys

import pytest

BREAK = "libtorch_cpu.so: cannot open shared object file: No such file or directory"
SAID = "The library torch cannot be loaded"
OF_WINDOW = """
import sys, time
from PySide6.QtCore import QCoreApplication, QEventLoop
from laminoscope.main import create_application
app = create_application()
from laminoscope.main_window import MainWindow
window = MainWindow()
window.show()
window.begin(sample="words-qkv", model=sys.argv[1])
end = time.monotonic() + 60
while not window.messages.isVisible() and time.monotonic() < end:
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
print(window.messages.label.text(), flush=True)
window.closing._answered = True
window.close()
"""


@pytest.fixture
def beside(tmp_path):
    """The environment of a process that finds a torch which cannot be imported."""
    package = tmp_path / "broken" / "torch"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(f"raise ImportError({BREAK!r})\n")
    paths = [str(package.parent), *filter(None, sys.path)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def run(arguments, env):
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)


def test_doctor_says_the_rest_and_then_this(beside):
    done = run(["-m", "laminoscope", "doctor"], beside)
    assert done.returncode == 1
    assert "transformers" in done.stdout
    assert f"{SAID}: {BREAK}. Install it again: " in done.stderr
    assert 'install --force-reinstall "torch' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_model_is_not_opened_and_the_command_line_says_why(beside, tiny_folder):
    given = ["--model", tiny_folder, "--prompt", "a"]
    done = run(["-m", "laminoscope", "sample", *given], beside)
    assert done.returncode == 1
    assert f"{SAID}: {BREAK}." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_gguf_file_is_not_converted_and_the_child_says_why(beside, tmp_path):
    from laminoscope.selftest.made import write_gguf

    write_gguf(tmp_path / "tiny.gguf")
    given = ["--model", tmp_path / "tiny.gguf", "--prompt", "a"]
    env = beside | {"LAMINOSCOPE_CACHE": str(tmp_path / "cache")}
    done = run(["-m", "laminoscope", "sample", *given], env)
    assert done.returncode == 1
    assert f"{SAID}: {BREAK}." in done.stderr


def test_the_window_stands_and_says_why(beside, tiny_folder, tmp_path):
    script = tmp_path / "of_window.py"
    script.write_text(OF_WINDOW)
    done = run([script, tiny_folder], beside)
    assert f"{SAID}: {BREAK}." in done.stdout, done.stderr
    assert "Install it again: " in done.stdout


def test_one_that_is_not_installed_is_called_so(monkeypatch):
    from laminoscope_core.errors import ModelError
    from laminoscope_core.models import imports

    def absent(name):
        raise ModuleNotFoundError("No module named 'torch'", name="torch")

    monkeypatch.setattr(imports.importlib, "import_module", absent)
    with pytest.raises(ModelError, match="torch cannot be loaded: it is not installed"):
        imports.import_torch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(ModelError, match=r"not installed\. Install Laminoscope again\.$"):
        imports.import_torch()
