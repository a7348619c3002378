"""Try what strangers wrote in a process of its own before it runs in ours.

A tokenizer is a program: a decoder of six steps can ask for more memory than there is, which ends
the process, and a normaliser or a chat template can go on for ever.  A configuration may describe
a model that takes minutes to build.  So both are first tried by a child with limits on time and
memory, on texts that strain them.  What has passed is remembered by the hash of its files.
"""

import argparse
import contextlib
import hashlib
import importlib.util
import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from laminoscope_core.atomic import write_atomically
from laminoscope_core.errors import ModelError
from laminoscope_core.job import Job
from laminoscope_core.models.building import n_values_of
from laminoscope_core.models.child import ChildDied, limit_memory, run_child, speaking, talk
from laminoscope_core.models.folder import read_config
from laminoscope_core.models.memory import gigabytes
from laminoscope_core.models.offline import OFFLINE_ENVIRONMENT
from laminoscope_core.models.reading import present, read_bounded
from laminoscope_core.models.tokenizer import (
    TOKENIZER_FILES,
    load_tokenizer,
    memory_for,
    size_of_files,
)
from laminoscope_core.models.trial_texts import strain
from laminoscope_core.paths import cache_folder

__all__ = ["main", "trial"]

# Raise it when what has passed must be tried again.
_VERSION = 1
_LIBRARIES = ("transformers", "tokenizers", "torch", "jinja2")
_FILES = ("config.json", *TOKENIZER_FILES)
_MAX_FILE = 256 << 20
_SECONDS_FIXED, _SECONDS_PER_MEGABYTE = 60.0, 3.0
_HINT = "It cannot be used safely; fetch the model again, from its publisher."


@contextlib.contextmanager
def trial(folder: Path, title: str, job: Job) -> Iterator[Callable[[], int]]:
    """Try a folder's configuration and tokenizer beside the work inside.

    Gives a function that waits for the end of the trial, and returns how many values the model of
    the configuration has.

    Raises
    ------
    ModelError
        By that function: what was tried does not work, does not end, or takes too much memory.
    """
    kept = cache_folder("tried") / _key(folder)
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        n_values = json.loads(kept.read_text(encoding="utf-8"))["n_values"]
        if type(n_values) is int:
            yield lambda: n_values
            return
    doing = ["beginning"]
    inner = Job(lambda _, text: doing.append(text))
    found: list[int | BaseException] = []

    def run() -> None:
        try:
            found.append(_run(folder, title, inner, doing))
        except BaseException as error:  # raised where it is waited for
            found.append(error)

    def wait() -> int:
        job.report(0.0, f"Trying {title} in a process of its own")
        while thread.is_alive():
            job.check()
            thread.join(0.1)
        if isinstance(found[0], BaseException):
            raise found[0]
        with contextlib.suppress(OSError):
            write_atomically(kept, json.dumps({"n_values": found[0]}).encode())
        return found[0]

    thread = threading.Thread(target=run, name="laminoscope trial", daemon=True)
    thread.start()
    try:
        yield wait
    finally:
        inner.cancel()
        thread.join()


def _key(folder: Path) -> str:
    """Return a name for what is tried: the files' contents, and the libraries that try them."""
    digest = hashlib.sha256(f"trial {_VERSION}".encode())
    for library in _LIBRARIES:
        # When it was installed, which is known sooner than its version.
        spec = importlib.util.find_spec(library)
        if spec is not None and spec.origin is not None:
            origin = Path(spec.origin)  # which is inside the program where that is packaged
            status = (origin if origin.exists() else Path(sys.executable)).stat()
            digest.update(f"\n{library} {status.st_size} {status.st_mtime_ns}".encode())
    for name in _FILES:
        if present(folder / name):
            content = hashlib.sha256(read_bounded(folder / name, _MAX_FILE)).hexdigest()
            digest.update(f"\n{name} {content}".encode())
    return digest.hexdigest()


def _run(folder: Path, title: str, job: Job, doing: Sequence[str]) -> int:
    """Run the child and return what it found; the last of `doing` is what it reported last."""
    memory = memory_for(folder)
    seconds = _SECONDS_FIXED + _SECONDS_PER_MEGABYTE * size_of_files(folder) / 1e6
    arguments = [str(folder.resolve()), "--title", title, "--memory", str(memory)]
    try:
        result = run_child(
            __name__,
            arguments,
            job,
            env=OFFLINE_ENVIRONMENT,
            time_limit=seconds,
            memory_limit=memory,
        )
    except TimeoutError:
        said = f"was still {doing[-1]} after {seconds:.0f} seconds"
    except MemoryError:
        said = f"took more than {gigabytes(memory)} of memory while {doing[-1]}"
    except ChildDied as died:
        if "MemoryError" in died.stderr or "allocat" in died.stderr:
            said = f"took more than {gigabytes(memory)} of memory while {doing[-1]}"
        else:
            said = f"ended without a word while {doing[-1]} (code {died.code})"
    else:
        return int(result["n_values"])
    raise ModelError(f"{title} was tried in a process of its own, which {said}.", _HINT)


def main(arguments: list[str] | None = None) -> None:
    """Try one folder; what the trying process runs."""
    parser = argparse.ArgumentParser(prog="python -m laminoscope_core.models.trial")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--title", required=True)
    parser.add_argument("--memory", type=int, required=True, help="limit in bytes")
    chosen = parser.parse_args(arguments)
    limit_memory(chosen.memory)
    with speaking():
        talk(n_values=_try(chosen.folder, chosen.title, lambda text: talk(fraction=0.0, text=text)))


def _try(folder: Path, title: str, tell: Callable[[str], None]) -> int:
    tell("loading the libraries")
    import torch  # noqa: F401
    import transformers  # noqa: F401

    tell("building its model")
    n_values = n_values_of(read_config(folder), title)
    tell("reading its tokenizer")
    tokenizer = load_tokenizer(folder, title)
    if tokenizer is not None:
        strain(tokenizer, title, tell)
    return n_values


if __name__ == "__main__":
    main()
