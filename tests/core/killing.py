"""Save a file again and again in processes that are killed on the way, and look at what is left.

Run as ``python killing.py FOLDER HOW N``.  N children save the same file and are killed by SIGKILL:
with HOW ``step`` after the first, second, … function call that Python makes while saving, calls of
C functions included, spread evenly over all of them; with ``time`` after a random time.  The last
line says how often the old file was found, how often the new one, and how often anything else.
"""

import os
import random
import signal
import sys
import threading
import time
from pathlib import Path

from laminoscope_core.atomic import write_atomically
from laminoscope_core.session.archive import write_archive

OLD, NAME = b"old " * 500, "a.bin"


def save(path):
    """Write a session's archive of a few members."""

    def fill(archive):
        archive.add_text("session.json", b"new " * 40_000)
        archive.add_pieces("a.npy", 2_000_000, lambda: iter([memoryview(bytes(1_000_000))] * 2))

    write_archive(path, fill)


def dying_after(n_calls):
    """Let this process kill itself after so many calls."""
    left = [n_calls]

    def count(frame, event, argument):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    return left


def child(path, how, number):
    """Save, being killed."""
    if how == "step":
        dying_after(number)
    else:
        threading.Timer(number, os.kill, (os.getpid(), signal.SIGKILL)).start()
    save(path)
    os._exit(0)


def timed(path):
    """Save once more; return how many seconds it took."""
    start = time.perf_counter()
    save(path)
    return time.perf_counter() - start


def main(folder, how, n):
    """Kill n savings, and count what is found afterwards."""
    path = Path(folder) / NAME
    write_atomically(path, b"")
    counted = dying_after(-1)
    save(path)
    n_calls = -1 - counted[0]
    sys.setprofile(None)
    longest = 2 * max(timed(path) for _ in range(3))  # a disk is faster at times
    n_calls += n_calls // 10  # a child has to clear away what the one before has left
    new = path.read_bytes()
    rng = random.Random(0)
    found = {"old": 0, "new": 0, "wrong": 0, "killed": 0}
    for index in range(n):
        path.write_bytes(OLD)
        at = 1 + index * n_calls // n if how == "step" else rng.uniform(0, longest)
        process = os.fork()
        if process == 0:
            child(path, how, at)
        _, status = os.waitpid(process, 0)
        found["killed"] += os.WIFSIGNALED(status)
        content = path.read_bytes()
        found["old" if content == OLD else "new" if content == new else "wrong"] += 1
    print(found, n_calls)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
