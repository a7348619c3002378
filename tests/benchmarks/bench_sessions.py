"""How long sessions keep the window waiting: a 5 ms timer while one is opened, autosaved and saved.

Run ``python tests/benchmarks/bench_sessions.py``.  It runs all sample experiments on the default
model, opens the result in the real window, and prints, for each phase, how long it took and the
longest wait between two ticks of the timer.
"""

import os
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def sample_session(path: Path) -> None:
    """Save the results of all sample experiments as one session."""
    from laminoscope_core import Experiment, Session, open_model, run_experiment, save_session
    from laminoscope_resources import experiment_names, sample_experiment

    experiment = Experiment()
    for name in experiment_names():
        sample = Experiment.from_text(sample_experiment(name))
        changes = {
            n: getattr(sample, n) for n in ("words", "text", "prompts") if getattr(sample, n)
        }
        experiment = experiment.model_copy(update=changes)
    run = run_experiment(open_model("smollm2-135m", device="cpu"), experiment)
    for activations in (False, True):
        start = time.perf_counter()
        save_session(path, Session(experiment, run), activations=activations)
        took = time.perf_counter() - start
        kind = "with" if activations else "without"
        print(
            f"file {kind} activations: {path.stat().st_size / 1e6:.1f} MB in {took * 1000:.0f} ms"
        )


def main() -> None:
    folder = tempfile.TemporaryDirectory()
    os.environ["LAMINOSCOPE_STATE"] = folder.name
    path = Path(folder.name) / "sample.laminoscope"
    sample_session(path)
    from PySide6.QtCore import Qt, QTimer

    from laminoscope.main import SWITCH_INTERVAL, create_application

    sys.setswitchinterval(SWITCH_INTERVAL)
    app = create_application()
    from laminoscope.main_window import MainWindow

    window = MainWindow()
    window.resize(1400, 900)
    window.show()
    app.processEvents()
    ticks = [time.perf_counter()]
    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start()

    def measure(name, begin, ended) -> None:
        del ticks[:-1]
        start = ticks[0] = time.perf_counter()
        begin()
        while not (ended() and window.updates.idle()):
            app.processEvents()
        ticks.append(time.perf_counter())
        waits = [later - earlier for earlier, later in pairwise(ticks)]
        total, longest = (time.perf_counter() - start) * 1000, max(waits) * 1000
        print(f"{name:<10} {total:6.0f} ms, longest wait {longest:5.1f} ms")

    files = window.files
    measure("open", lambda: files.open(path), lambda: files.path == path)
    files.mark()
    measure("autosave", files.autosave, lambda: any(Path(folder.name).glob("recovery/*pe")))
    measure("save", lambda: files.write(path), lambda: not files.modified)
    timer.stop()
    window.close()
    window.deleteLater()
    app.processEvents()
    folder.cleanup()


if __name__ == "__main__":
    main()
