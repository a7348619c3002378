import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

STRICT = [sys.executable, "-W", "error::SyntaxWarning"]


@pytest.fixture(scope="session")
def run_python():
    """Run a script with an argument, as ``python script argument``; give status and output."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    if not hasattr(os, "fork"):

        def run_cold(script, argument):
            done = subprocess.run(
                [*STRICT, str(script), str(argument)],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                env=environment,
            )
            return done.returncode, done.stdout

        yield run_cold
        return
    with subprocess.Popen(
        [*STRICT, str(Path(__file__).with_name("warm.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as warm:

        def run_warm(script, argument):
            output = script.with_suffix(".output")
            warm.stdin.write(json.dumps([str(script), str(argument), str(output)]) + "\n")
            warm.stdin.flush()
            status = int(warm.stdout.readline())
            return status, output.read_text(encoding="utf-8", errors="replace")

        yield run_warm
        warm.stdin.close()
