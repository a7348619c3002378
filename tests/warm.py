"""Run scripts one after another, each in a fork of this process, which has the libraries loaded.

Every line read is a JSON list: the script with its arguments, the folder and the environment in
which it runs, and the files for what it prints.  The line printed is its exit status.  Importing
what a script needs takes seconds, and so does taking all of it down at an exit; so no fork does it.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import sys
import traceback

LIBRARIES = (
    *("torch", "transformers", "scipy.stats", "statsmodels.api", "matplotlib.figure"),
    *("laminoscope_core.run.run", "laminoscope_core.plots.registry", "laminoscope_core.figures"),
)


def main():
    """Serve until the input ends."""
    for name in LIBRARIES:
        importlib.import_module(name)
    gc.freeze()
    for line in sys.stdin:
        command, folder, environment, *outputs = json.loads(line)
        if os.fork() == 0:
            for number, output in enumerate(outputs, start=1):
                os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
            os.chdir(folder)
            os.environ.update(environment)
            status = run(command)
            atexit._run_exitfuncs()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
        _, status = os.wait()
        print(os.waitstatus_to_exitcode(status), flush=True)


def run(command):
    """Run a script to its end, and return its exit status."""
    sys.argv = command
    try:
        runpy.run_path(command[0], run_name="__main__")
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
            return 1
        return end.code or 0
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    main()
