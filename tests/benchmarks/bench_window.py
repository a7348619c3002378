"""How long the window is kept waiting: a 5 ms timer in the GUI thread, start to results.

Run ``python tests/benchmarks/bench_window.py``.  It prints how soon the window is there against a
bare one with a plot, in processes that take turns; then it starts the real window in this process,
runs the sample of each task in turn on the default model, and prints, for each phase, the longest
and the 99th percentile of the waits between two ticks, as the clock has them and as this thread
worked (which other programs do not change); at last how many updates a second dragging the layer
line allows on two pages, and the longest turn of a change of theme and of text size.
"""

import json
import os
import subprocess
import sys
import time
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

OURS = """
import time
from laminoscope.main import create_application
app = create_application()
from laminoscope.main_window import MainWindow
window = MainWindow()
window.resize(1400, 900)
window.show()
app.processEvents()
print(time.process_time(), flush=True)
for _ in window.furnish():
    pass
print(time.process_time(), flush=True)
window.close()
"""

BARE = """
import time
import pyqtgraph
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(pyqtgraph.PlotWidget())
window.show()
app.processEvents()
print(time.process_time())
"""

_PROCESSES = 5


def main() -> None:
    """Print all of it."""
    compare_starts()

    from PySide6.QtCore import Qt, QTimer

    from laminoscope.garbage import GuiGarbageCollector
    from laminoscope.main import SWITCH_INTERVAL, create_application

    sys.setswitchinterval(SWITCH_INTERVAL)
    app = create_application()
    from laminoscope.layouts import TASKS
    from laminoscope.main_window import MainWindow

    window = MainWindow()
    window.resize(1400, 900)
    collector = GuiGarbageCollector(app, lambda: window.furnished and not window.controller.opening)
    window.show()

    waits: dict[str, list[tuple[float, float]]] = {}
    phase = ["start"]
    last = [time.perf_counter(), time.thread_time()]
    worst: list[tuple[float, str]] = []
    said = [""]

    def tick() -> None:
        now, worked = time.perf_counter(), time.thread_time()
        waits.setdefault(phase[0], []).append((now - last[0], worked - last[1]))
        worst.append((worked - last[1], f"{phase[0]}: {said[0]}"))
        last[:] = now, worked

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(5)

    def progressed(_fraction: float, text: str) -> None:
        said[0] = text

    def result_ready(name: str, _result: object) -> None:
        phase[0] = f"after {name}"

    tasks = iter(TASKS[1:])

    def next_task() -> None:
        if (task := next(tasks, None)) is None:
            QTimer.singleShot(300, app.exit)
        else:
            phase[0] = f"to {task.id}"
            window.runs.show_task(task)

    window.controller.progressed.connect(progressed)
    window.controller.model_opened.connect(lambda _: phase.__setitem__(0, "after opening"))
    window.controller.result_ready.connect(result_ready)
    window.controller.failed.connect(lambda message, *_: (print(message), app.exit()))
    window.controller.finished.connect(lambda: QTimer.singleShot(300, next_task))
    window.begin_in_turns(sample="words-qkv")
    app.exec()
    timer.stop()
    for name, values in [*waits.items(), ("all", [w for each in waits.values() for w in each])]:
        print(f"{name:<26} n {len(values):<5}", end="")
        for kind, each in zip(("waited", "worked"), zip(*values, strict=True), strict=True):
            p99 = sorted(each)[int(len(each) * 0.99)]
            print(f" {kind}: longest {max(each) * 1000:6.1f} ms, p99 {p99 * 1000:6.1f} ms", end="")
        print()
    worst.sort(reverse=True)
    print(json.dumps([[round(wait * 1000), where] for wait, where in worst[:5]]))

    for task in (TASKS[0], TASKS[-1]):
        print(task.title, end=": ")
        window.pages.show(task)
        step_through_layers(app, window)
    window.pages.reveal("rsa-map")
    print("Word map", end=": ")
    step_through_layers(app, window)
    change_looks(app, window)
    window.close()
    collector.stop()
    window.deleteLater()
    app.processEvents()


def compare_starts() -> None:
    """Print the processor time until the window is on screen, and until all pages are made."""
    ours, bare = [], []
    for _ in range(_PROCESSES):
        bare.append(_printed(BARE)[0])
        ours.append(_printed(OURS))
    shown, made, plain = min(each[0] for each in ours), min(each[1] for each in ours), min(bare)
    print(f"window on screen: {shown:.2f} s of processor time, a bare one {plain:.2f} s", end=", ")
    print(
        f"{shown / plain:.2f} times as much; with all pages {made:.2f} s, {made / plain:.2f} times"
    )


def _printed(code: str) -> list[float]:
    process = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    return [float(line) for line in process.stdout.split()]


def step_through_layers(app, window, n_layers: int = 30, n_times: int = 4) -> None:
    """Print how many layers a second the whole page follows, by processor time of this thread.

    A step is over when every panel has been drawn and painted.  That of each layer counts when it
    was quickest, which is how long it takes when nothing else runs.
    """
    for name, grabs in (("what changes is painted", False), ("all of it is", True)):
        quickest = [float("inf")] * n_layers
        for _ in range(n_times):
            for layer in range(n_layers):
                begun = time.thread_time()
                window.selection.layer = layer
                app.processEvents()
                while not window.updates.idle():
                    app.processEvents()
                app.processEvents()
                if grabs:
                    window.grab()
                quickest[layer] = min(quickest[layer], time.thread_time() - begun)
        each = sum(quickest) / n_layers
        print(f"dragging the layer line, {name}: {each * 1000:.1f} ms, {1 / each:.0f} a second")


def change_looks(app, window) -> None:
    """Print the processor time of the longest turn in which widgets get other colours, or text."""

    def resize(points: int) -> None:
        window.preferences.font_size = points
        window._use_preferences()

    own = window.preferences.font_size
    for name, changes in (
        ("theme", (window.use_dark, window.use_light) * 2),
        ("text size", (partial(resize, 14), partial(resize, own)) * 2),
    ):
        quickest = float("inf")
        for change in changes:
            begun = time.thread_time()
            change()
            turns = [time.thread_time() - begun]
            end = time.monotonic() + 1.0
            while time.monotonic() < end:
                begun = time.thread_time()
                app.processEvents()
                turns.append(time.thread_time() - begun)
            quickest = min(quickest, max(turns))
        print(f"another {name}, longest turn: {quickest * 1000:.0f} ms")


if __name__ == "__main__":
    main()
