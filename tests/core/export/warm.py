"""Run scripts one after another, each in a fork of this process, which has the libraries loaded.

Every line read is a JSON list: the script, its argument, and the file for what it prints.  The line
printed is its exit status.  Importing what a script needs takes seconds; so it is done once.
"""

import importlib
import json
import os
import runpy
import sys

LIBRARIES = ("torch", "transformers", "scipy.stats", "statsmodels.api", "matplotlib.figure")


def main():
    """Serve until the input ends."""
    for name in LIBRARIES:
        importlib.import_module(name)
    for line in sys.stdin:
        script, argument, output = json.loads(line)
        if os.fork() == 0:
            handle = os.open(output, os.O_WRONLY | os.O_CREAT)
            os.dup2(handle, 1)
            os.dup2(handle, 2)
            sys.argv = [script, argument]
            runpy.run_path(script, run_name="__main__")
            return
        _, status = os.wait()
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
