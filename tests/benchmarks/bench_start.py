"""How long the packaged program's window takes to be seen, over that of the sources.

Run it as a program: ``bench_start.py PROGRAM``, where that is the one in a package.  Both are
started by turns on a screen of Xvfb's, which xdotool looks at; the libraries have been read from
the disk before.  The ratio compares across machines, the seconds do not.
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time

TURNS = 7
AIM = 1.3
SCREEN = ":91"
PATIENCE = 120.0


def seconds(command: list[str], settings: str) -> float:
    """Start a program, wait until its window is seen, close it, and return how long that took."""
    environment = os.environ | {
        "DISPLAY": SCREEN,
        "QT_QPA_PLATFORM": "xcb",
        "LAMINOSCOPE_SETTINGS": settings,
        "LAMINOSCOPE_STATE": settings,
        "LAMINOSCOPE_CACHE": settings,  # an empty one: no model is opened ahead
    }
    looking = ["xdotool", "search", "--onlyvisible", "--name", "Laminoscope"]
    began = time.monotonic()
    program = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    while subprocess.run(looking, env=environment, capture_output=True).returncode:
        if program.poll() is not None or time.monotonic() - began > PATIENCE:
            sys.exit(f"Skipped: {command[0]} shows no window")
        time.sleep(0.02)
    took = time.monotonic() - began
    time.sleep(2)
    program.send_signal(signal.SIGINT)
    program.wait(PATIENCE)
    return took


def main(packaged: str) -> None:
    """Print both times and their ratio."""
    source, package = [sys.executable, "-m", "laminoscope"], [packaged]
    screen = subprocess.Popen(["Xvfb", SCREEN, "-screen", "0", "1600x1000x24"])
    looking = ["xdotool", "getdisplaygeometry"]
    try:
        while subprocess.run(looking, env=os.environ | {"DISPLAY": SCREEN}).returncode:
            time.sleep(0.1)
        with tempfile.TemporaryDirectory() as settings:
            for command in (source, package):
                seconds(command, settings)
            pairs = [(seconds(source, settings), seconds(package, settings)) for _ in range(TURNS)]
    finally:
        screen.terminate()
        screen.wait()
    for name, times in zip(("sources", "package"), zip(*pairs, strict=True), strict=True):
        print(f"{name:<8} {statistics.median(times):.2f} s, at best {min(times):.2f} s")
    ratio = statistics.median(packed / plain for plain, packed in pairs)
    best = min(packed for _, packed in pairs) / min(plain for plain, _ in pairs)
    print(f"ratio {ratio:.2f} (median), {best:.2f} (of the best); aim {AIM}")


if __name__ == "__main__":
    main(*sys.argv[1:])
