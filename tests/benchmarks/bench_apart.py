"""What it costs to use a tokenizer in a process of its own, as a ratio to using it here.

Run ``python tests/benchmarks/bench_apart.py``: the default model's tokenizer reads sentences and a
long text, writes its whole vocabulary and fills its template, here and apart.
"""

import itertools
import statistics
import time


def median_seconds(work, times):
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def measure(tokenizer):
    from laminoscope_core.models.encoding import encode_text
    from laminoscope_core.models.tokenizing import fill_template, write_tokens

    number = itertools.count()
    long = "The quick brown fox jumps over the lazy dog. " * 400
    rows = [[token] for token in range(len(tokenizer))]
    messages = [{"role": "user", "content": "Hello."}]
    fill_template(tokenizer, messages)
    return {
        "a sentence": median_seconds(
            lambda: encode_text(tokenizer, f"The next word is {next(number)}"), 200
        ),
        "18,000 characters": median_seconds(
            lambda: encode_text(tokenizer, f"{long}{next(number)}"), 20
        ),
        "the vocabulary": median_seconds(lambda: write_tokens(tokenizer, rows), 3),
        "a template": median_seconds(lambda: fill_template(tokenizer, messages), 200),
    }


def main():
    from pathlib import Path

    from laminoscope_core import open_model
    from laminoscope_core.models.apart import set_apart
    from laminoscope_core.models.encoding import encode_text

    tokenizer = open_model("smollm2-135m", device="cpu").tokenizer
    here = measure(tokenizer)
    set_apart(tokenizer, Path(), "the default model")
    begun = time.perf_counter()
    encode_text(tokenizer, "Hello.")
    print(f"the first text, with the start of the child: {time.perf_counter() - begun:.2f} s")
    for what, seconds in measure(tokenizer).items():
        print(f"{what}: {1000 * seconds:.2f} ms, {seconds / here[what]:.1f} times as long as here")


if __name__ == "__main__":
    main()
