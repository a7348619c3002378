"""Work that may take long, take much memory or never end: done by a process of its own.

A child is one of our modules run by ``python -m``.  It writes its progress on stdout, one JSON
object a line, and ends with a result or an error; the parent turns these into `Job` reports, a
return value or a `ModelError`, and kills the whole process group when the job is cancelled, time
is up, or more memory is taken than may be.  A child whose parent has died ends itself.
"""

import contextlib
import ctypes
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import psutil

import laminoscope_resources
from laminoscope_core.errors import ModelError
from laminoscope_core.job import Job

__all__ = [
    "CHILD_MODULES",
    "ChildDied",
    "child_command",
    "child_environment",
    "die_with_parent",
    "follow",
    "keep_tail",
    "kill_tree",
    "limit_memory",
    "memory_of",
    "pump",
    "run_child",
    "speaking",
    "start",
    "talk",
]

CHILD_MODULES = (
    "laminoscope_core.models.apart_child",
    "laminoscope_core.models.convert",
    "laminoscope_core.models.fetch",
    "laminoscope_core.models.hub",
    "laminoscope_core.models.trial",
    "laminoscope_core.sweep.child",
)
_WATCHES = "LAMINOSCOPE_CHILD"  # set for a child whose standard input is a pipe from its parent
_PR_SET_PDEATHSIG = 1
_DATA_SLACK = 1 << 30  # stacks of threads and the like, most of it never touched
_POLL_SECONDS = 0.1
_EXIT_SECONDS = 10.0


class ChildDied(ModelError):
    """A child ended without saying why: killed, out of memory, or a defect.

    Attributes
    ----------
    code : int
        Its exit code; negative for a signal.
    stderr : str
        The end of what it wrote there.
    """

    def __init__(self, code: int, stderr: str) -> None:
        last = (stderr.strip().splitlines() or ["no message"])[-1]
        super().__init__(
            f"A helper process ended unexpectedly (code {code}): {last}",
            "Try again; if it happens again, please report it.",
        )
        self.code = code
        self.stderr = stderr


def child_command(module: str, *arguments: str) -> list[str]:
    """Return the command line that runs one of our modules in a fresh process.

    A packaged executable has no ``-m``: its `main` must look at ``sys.argv[1:3]`` first and,
    for ``["-m", <one of CHILD_MODULES>]``, call that module's ``main(sys.argv[3:])``.  It must hold
    all of them: no other module of ours imports `apart_child`.
    """
    if module not in CHILD_MODULES:
        raise ValueError(module)
    isolation = [] if getattr(sys, "frozen", False) else ["-P"]
    return [sys.executable, *isolation, "-m", module, *arguments]


def talk(**message: Any) -> None:
    """Tell the parent something; called in the child."""
    print(json.dumps(message), flush=True)


@contextlib.contextmanager
def speaking() -> Iterator[None]:
    """Turn a `ModelError` of the child into a message and an exit code of 1.

    The child also ends with its parent from here on.
    """
    die_with_parent()
    try:
        yield
    except ModelError as error:
        talk(error=error.message, hint=error.hint)
        sys.exit(1)


def die_with_parent(*, reads_input: bool = False) -> None:
    """Have this process end when the one that started it does, however that ends.

    Parameters
    ----------
    reads_input : bool
        It reads its standard input to the end itself, and ends then.
    """
    if _WATCHES not in os.environ:
        return
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if reads_input:
        return
    # The system closes the other end of the pipe, there and everywhere else.
    threading.Thread(target=_end_with_input, daemon=True, name="parent watch").start()


def _end_with_input() -> None:
    with contextlib.suppress(OSError):
        while os.read(0, 1):
            pass
    if os.name == "posix" and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def limit_memory(n_bytes: int) -> None:
    """Have the system refuse this process more memory than that, where it can."""
    if sys.platform == "linux":
        import resource

        n_bytes += _DATA_SLACK
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if hard != resource.RLIM_INFINITY:
            n_bytes = min(n_bytes, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (n_bytes, hard))


def child_environment(env: dict[str, str] | None = None) -> dict[str, str]:
    """Return the environment in which our modules are found, and nothing that lies beside them."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})}
    if not getattr(sys, "frozen", False):
        # The child must find our packages, however they were installed, but nothing that lies
        # beside the user's own script: a file h2.py there would be imported for the library.
        ours, data = Path(__file__).parents[2], Path(laminoscope_resources.__file__).parents[1]
        places = [str(ours), str(data)]
        places += [os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else []
        environment["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(places))
    return environment


def start(command: Sequence[str], env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """Start a process at the head of a process group of its own, its output in pipes."""
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,  # ends when we do
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**(os.environ if env is None else env), _WATCHES: "1"},
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def kill_tree(process: subprocess.Popen[str]) -> None:
    """Kill a process that `start` gave, with everything that it started, and reap it."""
    if process.poll() is not None:
        return  # reaped: its number may already be another's
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        with contextlib.suppress(psutil.Error):
            for descendant in psutil.Process(process.pid).children(recursive=True):
                descendant.kill()
        process.kill()
    process.wait()


def memory_of(pid: int) -> int:
    """Return the bytes of main memory that a process and what it started have."""
    total = 0
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                total += one.memory_info().rss
    return total


def follow(
    process: subprocess.Popen[str],
    job: Job,
    on_line: Callable[[str], None],
    on_tick: Callable[[], None] = lambda: None,
    time_limit: float | None = None,
    memory_limit: int | None = None,
) -> str:
    """Wait for a process, line by line; kill it if the job is cancelled or a limit is reached.

    Parameters
    ----------
    on_line : callable
        Called in this thread with each line of stdout.
    on_tick : callable
        Called ten times a second while the process runs.
    time_limit : float, optional
        Seconds after which the process is killed.
    memory_limit : int, optional
        Bytes of main memory, what it started included, beyond which the process is killed.

    Returns
    -------
    str
        The last 20,000 characters of stderr.

    Raises
    ------
    Cancelled
        The job was cancelled.
    TimeoutError
        The time limit was reached.
    MemoryError
        The memory limit was reached.
    """
    assert process.stdout is not None
    assert process.stderr is not None
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    errors: list[str] = []
    readers = [
        threading.Thread(target=pump, args=(process.stdout, lines.put), daemon=True),
        threading.Thread(target=pump, args=(process.stderr, keep_tail(errors)), daemon=True),
    ]
    began = looked = time.monotonic()
    try:
        for reader in readers:
            reader.start()
        while True:
            job.check()
            if time_limit is not None and time.monotonic() - began > time_limit:
                raise TimeoutError
            if memory_limit is not None and time.monotonic() - looked > _POLL_SECONDS:
                looked = time.monotonic()
                if memory_of(process.pid) > memory_limit:
                    raise MemoryError
            try:
                line = lines.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                on_tick()
                continue
            if line is None:
                break
            on_line(line)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_EXIT_SECONDS)
    finally:
        kill_tree(process)
        for reader in readers:
            reader.join(timeout=_EXIT_SECONDS)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()
    return "".join(errors)


def run_child(
    module: str,
    arguments: Sequence[str],
    job: Job,
    *,
    env: dict[str, str] | None = None,
    time_limit: float | None = None,
    memory_limit: int | None = None,
) -> dict[str, Any]:
    """Run one of our modules and return the message in which it gave its result.

    Raises
    ------
    ModelError
        What the child reported.
    ChildDied
        It ended without a word.
    Cancelled
        The job was cancelled; the child is dead.
    TimeoutError, MemoryError
        The limit on time or memory was reached; the child is dead.
    """
    result: dict[str, Any] = {}

    def on_line(line: str) -> None:
        try:
            message = json.loads(line)
        except ValueError:
            return  # a library printed something
        if not isinstance(message, dict):
            return
        if "fraction" in message:
            job.report(message["fraction"], message["text"])
        else:
            result.update(message)

    process = start(child_command(module, *arguments), child_environment(env))
    stderr = follow(process, job, on_line, time_limit=time_limit, memory_limit=memory_limit)
    if "error" in result:
        raise ModelError(result["error"], result.get("hint", ""))
    if process.returncode != 0 or not result:
        raise ChildDied(process.returncode, stderr)
    return result


def pump(stream: IO[str], put: Callable[[str | None], None]) -> None:
    """Put the lines of a stream, and None at its end."""
    for line in stream:
        put(line)
    put(None)


def keep_tail(lines: list[str]) -> Callable[[str | None], None]:
    """Return what puts a line into a list, and takes out those that came long before."""

    def put(line: str | None) -> None:
        if line is not None:
            lines.append(line[-4000:])
            del lines[:-200]

    return put
