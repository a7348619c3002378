"""How long it takes to look inside the blocks: all heads over many texts, and nearest tokens.

Run ``python tests/benchmarks/bench_inside.py [TEXTS]``.  It prints, for the default model, the
seconds that all heads of texts of 64 tokens take, as a ratio to the plain forward pass and for 500
texts (aim: three minutes on two cores): from 20 texts, or, with TEXTS, by a run of an experiment
that has as many further texts.  Then the time to find a vector's nearest among 262,144 tokens after
the first time (aim: 200 ms).
"""

import sys
import time
from functools import partial
from statistics import median

import numpy as np

N_TEXTS, N_TOKENS = 20, 64


def seconds(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def atlas(model, n_texts):
    from laminoscope_core import Experiment, run_experiment

    random = np.random.default_rng(0)
    drawn = random.integers(100, 40_000, (n_texts, 2 * N_TOKENS)).tolist()
    texts = [model.tokenizer.decode(each) for each in drawn]
    asked = {"content": "The white hare", "atlas": {"texts": texts, "length": N_TOKENS}}
    experiment = Experiment.model_validate({"inside": asked})
    before = time.process_time()
    taken = seconds(lambda: run_experiment(model, experiment))
    worked = time.process_time() - before
    n_heads = model.info.n_layers * model.info.n_heads
    print(f"{n_heads} heads, a run with {n_texts} further texts of {N_TOKENS}: {taken:.0f} s")
    print(f"  {worked:.0f} s of processors, which is what counts where others use them too")


def heads(model):
    import torch

    from laminoscope_core.recording.record import record
    from laminoscope_core.recording.reducers.heads import Heads

    random = np.random.default_rng(0)
    texts = random.integers(100, 40_000, (N_TEXTS, N_TOKENS)).tolist()
    ids = torch.tensor(texts)

    def plain():
        with torch.no_grad():
            for start in range(0, N_TEXTS, 10):
                model.hf.base_model(ids[start : start + 10], use_cache=False)

    reducer = Heads()
    record(model, texts[:2], [reducer])
    plain()
    passes = median(seconds(plain) for _ in range(3))
    taken = median(seconds(lambda: record(model, texts, [reducer])) for _ in range(3))
    n_heads = model.info.n_layers * model.info.n_heads
    print(f"{n_heads} heads, {N_TEXTS} texts of {N_TOKENS} tokens: {taken:.2f} s")
    print(f"  {taken / passes:.2f} times the plain pass; 500 texts: {500 * taken / N_TEXTS:.0f} s")


def neighbours():
    from transformers import GPT2Config, GPT2LMHeadModel

    from laminoscope_core import wrap_model
    from laminoscope_core.recording.neighbours import MEASURES, nearest_by

    config = GPT2Config(vocab_size=262_144, n_embd=640, n_layer=1, n_head=4, n_positions=8)
    model = wrap_model(GPT2LMHeadModel(config).eval())
    vectors = np.random.default_rng(0).normal(size=(20, 640))
    ways = {
        "dot": partial(nearest_by, model, vectors[:1], 10, ("dot",)),
        "cosine": partial(nearest_by, model, vectors[:1], 10, ("cosine",)),
        "both at once": partial(nearest_by, model, vectors[:1], 10, MEASURES),
        "both, of 20 vectors": partial(nearest_by, model, vectors, 10, MEASURES),
    }
    for name, look in ways.items():
        first = seconds(look)
        later = median(seconds(look) for _ in range(7))
        print(f"nearest of 262,144 by {name}: {1000 * later:.0f} ms, first {1000 * first:.0f} ms")


def main():
    from laminoscope_core import open_model

    model = open_model("smollm2-135m", device="cpu")
    if len(sys.argv) > 1:
        atlas(model, int(sys.argv[1]))
    else:
        heads(model)
    neighbours()


if __name__ == "__main__":
    main()
