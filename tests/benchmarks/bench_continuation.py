"""How long one change of the chain takes until all panels have been painted, at two vocabularies.

Run it: ``python tests/benchmarks/bench_continuation.py``; it prints milliseconds.
"""

import os
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from laminoscope_core.analysis import continuation
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.experiment import PromptSection
from laminoscope_core.job import Job
from laminoscope_core.sampling import Chain, RenderedPrompt
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.next_tokens import NextTokens, Place
from laminoscope_core.selection import Selection
from laminoscope_widgets.panel import UpdateQueue, Workspace
from laminoscope_widgets.panels.candidates import CandidatesPanel
from laminoscope_widgets.panels.chain import ChainPanel
from laminoscope_widgets.panels.compare import ComparePanel
from laminoscope_widgets.panels.watch import WatchPanel
from laminoscope_widgets.theme import LIGHT, apply_theme

_REPEATS = 20
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


def measure(vocabulary: int, items: tuple) -> dict[str, float]:
    """Return median milliseconds of the analysis and of each panel."""
    app = QApplication.instance()
    tokens = captured(vocabulary)
    workspace = Workspace(Selection(candidate=7), LIGHT, UpdateQueue(app))
    panels = [kind(workspace) for kind in (ChainPanel, CandidatesPanel, ComparePanel, WatchPanel)]
    times: dict[str, list[float]] = {"analysis": [], **{panel.id: [] for panel in panels}}
    panels[0].set_items(list(items))
    for panel in panels:
        panel.resize(900, 340)
        panel.show()
    for seed in range(_REPEATS):
        start = time.perf_counter()
        params = continuation.Params(items, seed)
        result = continuation.run(Inputs(prompts=tokens), params, Job())
        times["analysis"].append(time.perf_counter() - start)
        for panel in panels:
            start = time.perf_counter()
            panel.set_result("continuation", result)
            panel.update_now()
            panel.grab()
            times[panel.id].append(time.perf_counter() - start)
    for panel in panels:
        panel.close()
        panel.deleteLater()
    app.processEvents()
    return {name: 1000 * statistics.median(values[1:]) for name, values in times.items()}


def main() -> None:
    """Print a line per vocabulary and chain."""
    app = QApplication.instance() or QApplication([])
    apply_theme(app, LIGHT)
    llama = tuple(Chain.preset("llama.cpp").to_list())
    for vocabulary in (50_000, 260_000):
        for name, items in (("llama.cpp", llama), ("nothing cut early", _LONG)):
            found = measure(vocabulary, items)
            each = ", ".join(f"{key} {value:.1f}" for key, value in found.items())
            print(f"{vocabulary:>7} {name:<18} {sum(found.values()):6.1f} ms: {each}")


if __name__ == "__main__":
    main()
