"""The layers hold: the contracts pass, and fail when broken on purpose; core is without Qt."""

import shutil
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("app", "core", "widgets", "resources")
PACKAGES = ("laminoscope", "laminoscope_core", "laminoscope_widgets", "laminoscope_resources")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "import sys;"
        f"sys.path[:0] = {[str(folder / name) for name in FOLDERS]!r};"
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def test_contracts_hold():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "5 kept, 0 broken" in result.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("core/laminoscope_core/job.py", "import laminoscope_widgets.text", "resources <- core"),
        ("core/laminoscope_core/job.py", "import PySide6.QtCore", "run without Qt"),
        (
            "widgets/laminoscope_widgets/text.py",
            "import laminoscope.jobs.lane",
            "resources <- core",
        ),
        (
            "widgets/laminoscope_widgets/panels/words.py",
            "import laminoscope_widgets.panels.text",
            "panels do not know each other",
        ),
        ("core/laminoscope_core/analysis/rsa.py", "import laminoscope_core.run.run", "inside core"),
        ("core/laminoscope_core/plots/unity.py", "import matplotlib", "plots are neither drawn"),
    ],
)
def test_contracts_fail_when_broken(tmp_path, module, line, contract):
    for name in FOLDERS:
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = tmp_path / module
    path.write_text(path.read_text() + f"\n{line}\n")
    result = lint(tmp_path)
    assert result.returncode != 0
    broken = [row for row in result.stdout.splitlines() if row.endswith("BROKEN")]
    assert any(contract in row for row in broken), result.stdout


def test_no_module_needs_itself_by_way_of_others():
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    needs = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(needs).prepare()  # names the circle, imports for type checkers included


def test_qt_is_really_unimportable_without_it(tmp_path):
    probe = tmp_path / "test_probe.py"
    probe.write_text(
        "import pytest\n"
        "@pytest.mark.parametrize('name', ['PySide6.QtCore', 'pyqtgraph'])\n"
        "def test_probe(name):\n"
        "    with pytest.raises(ImportError, match='unimportable'):\n"
        "        __import__(name)\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "--without-qt", "-p", "no:pytest-qt"]
    command += ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT)]
    command += ["--confcutdir", str(ROOT), "-p", "tests.conftest", str(probe)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert "2 passed" in result.stdout, result.stdout + result.stderr


def test_importing_core_is_light():
    heavy = ("torch", "transformers", "scipy.stats", "statsmodels", "matplotlib", "PySide6")
    code = (
        "import sys, laminoscope_core, laminoscope_core.run.run, laminoscope_core.models.load;"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout.strip() == "[]", result.stderr


def test_window_is_on_screen_before_numbers_and_plots_and_made_without_torch():
    code = (
        "import os, sys; os.environ['QT_QPA_PLATFORM'] = 'offscreen';"
        "from laminoscope.main import create_application; app = create_application();"
        "from laminoscope.main_window import MainWindow; window = MainWindow(); window.show();"
        "app.processEvents(); early = [n for n in ('numpy', 'pyqtgraph') if n in sys.modules];"
        "list(window.furnish());"
        "names = ('torch', 'transformers', 'scipy.stats', 'statsmodels', 'matplotlib');"
        "print(window.isVisible(), early, [name for name in names if name in sys.modules]);"
        "window.close()"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout.strip().endswith("True [] []"), result.stdout + result.stderr
