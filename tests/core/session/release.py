"""Write today's session file for `released`, with the numbers that it must be read with.

Run once for every schema, when it is released: ``python release.py``.  A file that is there already
is what users have on their disks, and is not written over.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from conftest import tiny_run
from laminoscope_core.selection import Selection
from laminoscope_core.session import Session, save_session
from laminoscope_core.session.migrations import SCHEMA


def main():
    """Write the file and what it holds."""
    path = Path(__file__).parent / "released" / f"schema-{SCHEMA}.laminoscope"
    if path.exists():
        sys.exit(f"{path.name} has been released; it must stay as it is.")
    run = tiny_run()
    selection = Selection(layer=1, pair=(0, 4), word=2)
    state = {"task": "words", "panels": {"pairs": {"sites": "k-v"}, "laminar": {"shows_z": True}}}
    save_session(path, Session(run.experiment, run, selection, state))
    results = run.results
    expected = {
        "results": sorted(results),
        "words": results["words"].words,
        "pair": selection.pair,
        "rsa": results["rsa"].r.tolist(),
        "similarity": results["similarity"].matrices["q"][1].tolist(),
        "coef": results["regression"].coef.tolist(),
        "drawn": [place.draw.token for place in results["continuation"].places],
    }
    path.with_suffix(".json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
