"""How long it takes from a change of the chain until everything that it changes is painted.

The whole way is timed, in the real window: the change, the hop to the worker's thread, the
samplers, the comparison, the hop back, and the painting of all panels of the task.

Run it: ``python tests/benchmarks/bench_continuation.py``; it prints milliseconds, by
the clock and, for busy machines, of the processor.
"""

import os
import statistics
import sys
import tempfile
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer

from laminoscope import layouts
from laminoscope.main import SWITCH_INTERVAL, create_application
from laminoscope_core.analysis import comparison, continuation
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.experiment import PromptSection
from laminoscope_core.job import Job
from laminoscope_core.sampling import Chain, RenderedPrompt
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.next_tokens import NextTokens, Place

_REPEATS = 40
_LONG = (
    {"sampler": "penalties", "presence": 0.1},
    {"sampler": "temperature", "temperature": 0.8},
    {"sampler": "typical_p", "p": 0.9},
    {"sampler": "top_p", "p": 0.95},
    {"sampler": "min_p", "p": 0.01},
)


def captured(vocabulary: int) -> NextTokens:
    """Return two prompts with random logits over a vocabulary."""
    rng = np.random.default_rng(0)
    places = tuple(
        Place(
            PromptSection(text=text),
            RenderedPrompt(text, (1, 2, 3)),
            Candidates.from_logits(rng.normal(0, 3, vocabulary)),
        )
        for text in ("one", "two")
    )
    texts = tuple(f"t{number}" for number in range(vocabulary))
    return NextTokens(places, texts, Chain.preset("raw"), 0, frozenset())


def measure(window: object, vocabulary: int, items: tuple) -> tuple[list[float], list[float]]:
    """Return milliseconds, by clock and processor, from changes of the seed to the last paint."""
    app = QCoreApplication.instance()
    controller, chain = window.controller, window.panels["chain"]
    tokens = captured(vocabulary)
    params = continuation.Params(items, 0)
    applied = continuation.run(Inputs(prompts=tokens), params, Job())
    inputs = Inputs(prompts=tokens, results={"continuation": applied})
    compared = comparison.run(inputs, comparison.Params(), Job())
    results = {"prompts": tokens, "continuation": applied, "comparison": compared}
    chain.set_items(list(items))
    controller.held.experiment = window.forms.kept()
    for name, result in results.items():
        controller.held.show(name, result, 0)
        controller.result_ready.emit(name, result)
    times, busy = [], []

    loop = QEventLoop()

    def look() -> None:
        if controller.busy() or not window.updates.idle():
            # the thread may end a moment after it has said so
            QTimer.singleShot(1, look)
        else:
            loop.quit()

    def wait() -> None:
        connections = [
            controller.finished.connect(look, Qt.ConnectionType.QueuedConnection),
            window.updates.emptied.connect(look, Qt.ConnectionType.QueuedConnection),
        ]
        loop.exec()
        for connection in connections:
            QObject.disconnect(connection)
        app.processEvents()  # what was asked to be painted is painted

    wait()
    for seed in range(1, _REPEATS):
        start, used = time.perf_counter(), time.process_time()
        chain.seed.setValue(seed)
        wait()
        times.append(1000 * (time.perf_counter() - start))
        busy.append(1000 * (time.process_time() - used))
        assert controller.results["continuation"].seed == seed
    return times, busy


def main() -> None:
    """Print a line per vocabulary and chain."""
    os.environ["LAMINOSCOPE_SETTINGS"] = tempfile.mkdtemp()
    sys.setswitchinterval(SWITCH_INTERVAL)
    create_application()
    from laminoscope.main_window import MainWindow

    window = MainWindow()
    window.resize(1400, 900)
    window.show()
    window.runs.show_task(next(task for task in layouts.TASKS if task.id == "continuation"))
    llama = tuple(Chain.preset("llama.cpp").to_list())
    for vocabulary, aim in ((50_000, 50), (260_000, 100)):
        for name, items in (("llama.cpp", llama), ("nothing cut early", _LONG)):
            found, busy = measure(window, vocabulary, items)
            print(
                f"{vocabulary:>7} {name:<18} median {statistics.median(found):6.1f} ms,"
                f" longest {max(found):6.1f} ms (aim {aim});"
                f" processor {statistics.median(busy):5.1f} ms"
            )
    window.files.count_as_saved()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    main()
