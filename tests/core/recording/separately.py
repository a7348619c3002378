"""Run a program of this folder in a process of its own and read what it prints."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


def run_separately(program: Path, *arguments: str) -> dict[str, Any]:
    path = os.pathsep.join([str(ROOT / "core"), str(ROOT / "resources")])
    """Start Python anew, so that what libraries take when they are imported counts as well."""
    done = subprocess.run(
        [sys.executable, str(program), *arguments],
        env=os.environ | {"PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=280,
    )
    return printed(done)


def printed(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
