"""How long the window is kept waiting: a 5 ms timer in the GUI thread, start to results.

Run ``python tests/benchmarks/bench_window.py``.  It starts the real window in this process on
the sample experiment and prints, for each phase, the longest and the 99th percentile of the
waits between two ticks, and how many updates a second dragging the layer line allows.
"""

import json
import os
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    start = time.perf_counter()
    from PySide6.QtCore import Qt, QTimer

    from laminoscope.garbage import GuiGarbageCollector
    from laminoscope.main import SWITCH_INTERVAL, create_application

    sys.setswitchinterval(SWITCH_INTERVAL)
    app = create_application()
    from laminoscope.main_window import MainWindow

    window = MainWindow()
    window.resize(1400, 900)
    collector = GuiGarbageCollector(app, lambda: not window.controller.opening)
    window.show()
    app.processEvents()
    print(f"window on screen after {time.perf_counter() - start:.2f} s")

    waits: dict[str, list[float]] = {}
    phase = ["start"]
    last = [time.perf_counter()]
    worst: list[tuple[float, str]] = []
    said = [""]

    def tick() -> None:
        now = time.perf_counter()
        waits.setdefault(phase[0], []).append(now - last[0])
        worst.append((now - last[0], f"{phase[0]}: {said[0]}"))
        last[0] = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(5)

    def progressed(_fraction: float, text: str) -> None:
        said[0] = text

    def result_ready(name: str, _result: object) -> None:
        phase[0] = f"after {name}"

    window.controller.progressed.connect(progressed)
    window.controller.model_opened.connect(lambda _: phase.__setitem__(0, "after opening"))
    window.controller.result_ready.connect(result_ready)
    window.controller.failed.connect(lambda message, *_: (print(message), app.quit()))
    window.controller.finished.connect(lambda: QTimer.singleShot(300, app.quit))
    QTimer.singleShot(0, window.begin)
    app.exec()
    timer.stop()
    for name, values in waits.items():
        values.sort()
        longest, p99 = values[-1] * 1000, values[int(len(values) * 0.99)] * 1000
        print(f"{name:<28} longest {longest:6.1f} ms   p99 {p99:6.1f} ms   n {len(values)}")
    worst.sort(reverse=True)
    print(json.dumps([[round(wait * 1000), where] for wait, where in worst[:5]]))

    step_through_layers(app, window)
    window.close()
    collector.stop()
    window.deleteLater()
    app.processEvents()


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


if __name__ == "__main__":
    main()
