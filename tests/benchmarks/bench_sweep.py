"""What a sweep costs: growth by words, carriers and models, overhead of a cell, bytes sent.

Run ``python tests/benchmarks/bench_sweep.py [LARGEST]``.  Cells of the default model are run here,
each with the threads that every cell has, and timed in seconds of the processor, which is what
counts where others use the machine too.  It prints what a cell takes and writes for 1, 2 and 4
carrier sentences and for more and more words, up to LARGEST (64); what gathering takes and writes
for 2, 4 and 8 models; and, of each, the exponent with which it grows.  Then how much longer a
cell takes than a run of the same experiment (aim: 5 %), and how many bytes of it cross the
scheduler with 1,000 words in 20 sentences (aim: 1 MB).  At last it says what follows for 50
models, 1,000 words and 20 sentences.
"""

import pickle
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

MODEL = "smollm2-135m"
CATEGORIES = 4


def taken(work):
    begun = time.process_time()
    work()
    return time.process_time() - begun


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def words(n):
    """Return a list of n different words as a CSV file."""
    syllables = ["ka", "lo", "mi", "ne", "pu", "ra", "so", "te", "vi", "zu"]
    names = [syllables[n // 100] + syllables[n // 10 % 10] + syllables[n % 10] for n in range(n)]
    return "".join(f"group {at % CATEGORIES},{name}\n" for at, name in enumerate(names))


def cell_of(folder, n_words, n_carriers, n_models=1):
    from laminoscope_core.sweep.file import read_sweep
    from laminoscope_core.sweep.plan import cells_of

    (folder / "list.csv").write_text("category,word\n" + words(n_words))
    carriers = [f"Sentence {at} has the word {{word}}" for at in range(n_carriers)]
    (folder / "SWEEP.toml").write_text(
        f'experiment = "words-qkv"\nmodels = ["{MODEL}"]\ncarriers = {carriers!r}\n'
        '[lists]\nlist = "list.csv"\n'
    )
    (cell,) = cells_of(read_sweep(folder / "SWEEP.toml"))
    return [replace(cell, model=f"{MODEL}-{at}", name=f"model-{at}") for at in range(n_models)]


def run(cell, folder):
    """Run a cell; return what it tells the scheduler meanwhile."""
    from laminoscope_core.job import Job
    from laminoscope_core.sweep.cell import run_cell
    from laminoscope_core.sweep.steps import few_messages

    folder.mkdir(exist_ok=True)
    shutil.rmtree(folder / cell.name, ignore_errors=True)
    told = []
    job = Job(few_messages(lambda fraction, text: told.append((cell.model, fraction, text))))
    message = run_cell(cell, str(folder), "", job)
    assert not message, message
    return told


def growth(values, costs):
    """Return the exponent of the last step, which is nearest to what follows."""
    (a, b), (x, y) = np.log(values[-2:]), np.log(costs[-2:])
    return (y - x) / (b - a)


def by(name, values, cells, folder):
    """Time cells and print how they grow; return the last with its exponents."""
    seconds, sizes = [], []
    for value, cell in zip(values, cells, strict=True):
        seconds.append(taken(lambda cell=cell: run(cell, folder / "cells")))
        sizes.append(size(folder / "cells" / cell.name))
        print(f"{value:5} {name:9} {seconds[-1]:8.1f} s {sizes[-1] / 1e6:9.2f} MB", flush=True)
    found = growth(values, seconds), growth(values, sizes)
    print(f"  grows with exponent {found[0]:.2f} in time and {found[1]:.2f} in bytes")
    return seconds, sizes, found


def gathering(folder, cell):
    from laminoscope_core.sweep.gather import gather

    seconds, sizes, counts = [], [], (2, 4, 8)
    for n in counts:
        out = folder / f"gathered-{n}"
        cells = [replace(cell, model=f"m{at}", name=f"m{at}") for at in range(n)]
        for each in cells:
            shutil.copytree(folder / "cells" / cell.name, out / "cells" / each.name)
        seconds.append(taken(lambda out=out, cells=cells: gather(out, cells, {})))
        sizes.append(size(out) - size(out / "cells"))
        print(
            f"{n:5} models    {seconds[-1]:8.1f} s {sizes[-1] / 1e6:9.2f} MB gathered", flush=True
        )
    found = growth(counts, seconds), growth(counts, sizes)
    print(f"  grows with exponent {found[0]:.2f} in time and {found[1]:.2f} in bytes")
    return seconds, sizes, found


def overhead(folder, cell):
    from laminoscope_core import Experiment, open_model, run_experiment, write_run
    from laminoscope_core.sweep.threads import fixed_threads

    experiment = Experiment.from_text(cell.parts[0].experiment)

    def plain():
        with fixed_threads():
            result = run_experiment(open_model(experiment.model.source), experiment)
            write_run(result, folder / "plain")

    both = [(taken(plain), taken(lambda: run(cell, folder / "cells"))) for _ in range(3)]
    alone, in_cell = np.median(both, axis=0)
    print(f"a run {alone:.1f} s, the cell {in_cell:.1f} s: {100 * (in_cell / alone - 1):+.1f} %")


def main():
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 64
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (small,) = cell_of(folder, 16, 1)
        told = run(small, folder / "cells")  # libraries are loaded
        counts = [n for n in (16, 32, 64, 128, 256) if n <= largest]
        cells = [cell_of(folder, n, 1)[0] for n in counts]
        seconds, sizes, (t_words, b_words) = by("words", counts, cells, folder)
        sentences = (1, 2, 4)
        cells = [cell_of(folder, 32, n)[0] for n in sentences]
        _, _, (t_carriers, b_carriers) = by("carriers", sentences, cells, folder)
        gathered, of_tables, (t_models, b_models) = gathering(folder, cells[0])
        overhead(folder, cells[1])
        (large,) = cell_of(folder, 1000, 20)
        sent = len(pickle.dumps((run, large, str(folder), "laminoscope sweep")))
        sent += sum(len(pickle.dumps(step)) for step in told)
        print(f"sent with 1,000 words and 20 carriers, {len(told)} steps: {sent / 1e6:.3f} MB")
        times = (1000 / counts[-1]) ** t_words * 20**t_carriers
        more = (1000 / counts[-1]) ** b_words * 20**b_carriers
        hours, gigabytes = 50 * seconds[-1] * times / 3600, 50 * sizes[-1] * more / 1e9
        print(
            f"50 models × 1,000 words × 20 carriers: {hours:,.0f} core hours, {gigabytes:,.0f} GB"
        )
        hours = gathered[-1] * (50 / 8) ** t_models * 20 / 3600
        gigabytes = of_tables[-1] * (50 / 8) ** b_models * 20 / 1e9
        print(f"  and {hours:,.1f} core hours, {gigabytes:,.0f} GB to gather 32 words of them")


if __name__ == "__main__":
    main()
