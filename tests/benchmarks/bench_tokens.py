"""How fast the tokens task follows the layer: a synthetic model of 48 layers, 2,000 tokens.

Run ``python tests/benchmarks/bench_tokens.py``.  It shows the results in the real window and
prints updates a second while the layer is stepped through, by processor time of this thread.
"""

import os
import time
from types import SimpleNamespace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

N_LAYERS, N_TOKENS = 48, 2000


def results():
    import numpy as np

    from laminoscope_core.analysis import adjustments, regression
    from laminoscope_core.analysis.inputs import Inputs, TextActivations
    from laminoscope_core.job import Job

    rng = np.random.default_rng(0)
    depth = np.linspace(1, 4, N_LAYERS)[:, None]
    norms = np.exp(depth + 0.4 * rng.normal(size=(N_LAYERS, N_TOKENS)))
    tokens = tuple(f" {word}" for word in rng.choice(["the", "observatory", "sky"], N_TOKENS))
    text = TextActivations(
        model=SimpleNamespace(title="synthetic"),
        text="".join(tokens),
        token_ids=tuple(rng.integers(0, 50_000, N_TOKENS).tolist()),
        tokens=tokens,
        shown=tokens,
        special=(False,) * N_TOKENS,
        norms={"attn_out": norms},
        missing={},
        surprisal=rng.exponential(3, N_TOKENS),
        entropy=rng.exponential(3, N_TOKENS),
    )
    begun = time.perf_counter()
    found = {"adjustments": adjustments.run(Inputs(text=text), adjustments.Params(), Job())}
    inputs = Inputs(text=text, results=found)
    found["regression"] = regression.run(inputs, regression.Params(), Job())
    print(f"analyses: {time.perf_counter() - begun:.2f} s")
    return found


def main() -> None:
    from bench_window import step_through_layers

    from laminoscope.main import create_application

    app = create_application()
    from laminoscope.layouts import TASKS
    from laminoscope.main_window import MainWindow

    window = MainWindow()
    window.resize(1400, 900)
    window.pages.show(next(task for task in TASKS if task.id == "tokens"))
    window.show()
    window.jobs._set_layer_count(N_LAYERS)
    begun = time.perf_counter()
    for name, result in results().items():
        window.controller.held.show(name, result, 0)
        window.controller.held.show(name, result, 0)
        window.controller.result_ready.emit(name, result)
    settle(app, window)
    print(f"first drawing, analyses included: {time.perf_counter() - begun:.2f} s")
    for name, panel in window.panels.items():
        if name in window.pages.task.panels:
            print(f"  {name:<16} {time_of(panel, window):6.1f} ms")
    step_through_layers(app, window, N_LAYERS)
    window.close()
    window.deleteLater()
    app.processEvents()


def settle(app, window) -> None:
    app.processEvents()
    while not window.updates.idle():
        app.processEvents()


def time_of(panel, window) -> float:
    """Milliseconds of one panel's update and painting, the layer changing."""
    begun = time.perf_counter()
    for step in range(20):
        window.selection.layer = step
        panel.update_now()
        panel.grab()
    return (time.perf_counter() - begun) / 20 * 1000


if __name__ == "__main__":
    main()
