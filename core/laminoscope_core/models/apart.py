"""A stranger's tokenizer and chat template used in a process of their own, whatever the text.

Both are programs.  The trial (`trial.py`) has shown that they bear its own texts; it cannot show
that they bear every text.  So what one of them is to do with a text, with tokens or with messages
is done by a child with limits on time and memory, and its answer is taken: nothing of it runs here.

What that guarantees: if such a program never ends, ends its process, or asks for more memory than
it may have, a `ModelError` is raised when its time is up, this process goes on, and the same
request is refused at once when it comes again.  What it does not: that an answer makes sense, or
that the child is there in no time: the first request takes about a second longer, and so does
one after a child that had to be ended.  The child ends with its tokenizer, with this process
however that ends, and by itself when it is late.
"""

import contextlib
import hashlib
import json
import queue
import subprocess
import threading
import time
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from laminoscope_core.errors import ModelError
from laminoscope_core.models.child import (
    ChildDied,
    child_command,
    child_environment,
    keep_tail,
    kill_tree,
    memory_of,
    pump,
    start,
)
from laminoscope_core.models.memory import gigabytes
from laminoscope_core.models.offline import OFFLINE_ENVIRONMENT
from laminoscope_core.models.tokenizer import memory_for

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["Apart", "ForeignError", "apart", "set_apart"]

_MODULE = "laminoscope_core.models.apart_child"
_SECONDS_TO_START = 120.0
_LONGEST_KEPT, _MOST_KEPT = 2000, 4096  # characters of a request, requests

_apart: "WeakKeyDictionary[PreTrainedTokenizerBase, Apart]" = WeakKeyDictionary()


class ForeignError(Exception):
    """What a tokenizer or a template raised in the child, as one line."""


def set_apart(tokenizer: "PreTrainedTokenizerBase", folder: Path, title: str) -> None:
    """Have a tokenizer, read from a folder, be used in a process of its own from now on."""
    _apart[tokenizer] = made = Apart(folder, title)
    weakref.finalize(tokenizer, made.end)


def apart(tokenizer: "PreTrainedTokenizerBase") -> "Apart | None":
    """Return where a tokenizer is used; None for one that is used here."""
    return _apart.get(tokenizer)


class Apart:
    """The child of one tokenizer: started when it is first asked, and anew after one that ended.

    Parameters
    ----------
    folder : Path
        What the tokenizer was read from.
    title : str
        What its model is called in messages.
    """

    def __init__(self, folder: Path, title: str) -> None:
        self._folder = folder.resolve()
        self._title = title
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._errors: list[str] = []
        self._memory = 0
        self._known: dict[bytes, Any] = {}
        self._refused: dict[bytes, ModelError] = {}

    def ask(
        self,
        tokenizer: "PreTrainedTokenizerBase",
        request: Mapping[str, Any],
        *,
        doing: str,
        seconds: float,
        lasting: bool = True,
    ) -> Any:
        """Return the child's answer to a request.

        Parameters
        ----------
        tokenizer : PreTrainedTokenizerBase
            The one that this is the child of; given to it when it starts.
        request : mapping
            Of JSON, as `apart_child` understands it.
        doing : str
            What is done, as "reading 'sofa'".
        seconds : float
            How long it may take.
        lasting : bool
            Whether the same request always has the same answer, which may then be kept.

        Raises
        ------
        ForeignError
            The tokenizer or the template failed.
        ModelError
            It had to be ended.
        """
        line = json.dumps(request)
        key = hashlib.sha256(line.encode("ascii")).digest()
        with self._lock:
            if key in self._refused:
                refused = self._refused[key]
                raise ModelError(refused.message, refused.hint)
            if key in self._known:
                return self._known[key]
            self._have_child(tokenizer)
            try:
                answer = self._exchange(line, seconds, doing)
            except ModelError as error:
                self._refused[key] = error
                raise
            if lasting and len(line) <= _LONGEST_KEPT:
                self._known[key] = answer
                while len(self._known) > _MOST_KEPT:
                    del self._known[next(iter(self._known))]
        return answer

    def end(self) -> None:
        """End the child, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        kill_tree(process)
        for stream in (process.stdin, process.stdout, process.stderr):
            with contextlib.suppress(OSError, ValueError):
                if stream is not None:
                    stream.close()

    def _have_child(self, tokenizer: "PreTrainedTokenizerBase") -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self.end()
        self._memory = memory_for(self._folder)
        self._lines, self._errors = queue.SimpleQueue(), []
        command = child_command(_MODULE, str(self._memory))
        self._process = process = start(command, child_environment(OFFLINE_ENVIRONMENT))
        assert process.stdout is not None
        assert process.stderr is not None
        for stream, put in (
            (process.stdout, self._lines.put),
            (process.stderr, keep_tail(self._errors)),
        ):
            arguments = (stream, put)
            threading.Thread(target=pump, args=arguments, daemon=True, name="a tokenizer").start()
        opening = json.dumps(self._opening(tokenizer))
        self._exchange(opening, _SECONDS_TO_START, "reading its files")

    def _opening(self, tokenizer: "PreTrainedTokenizerBase") -> dict[str, Any]:
        """Return what the child makes its tokenizer of: of its program alone where that is all.

        The library that runs it is light; transformers, which has classes that add to it, is not.
        """
        from transformers import PreTrainedTokenizerFast

        backend = getattr(tokenizer, "backend_tokenizer", None)
        own = getattr(type(tokenizer), "_encode_plus", None)
        if backend is None or own is not PreTrainedTokenizerFast._encode_plus:
            return {"do": "open", "folder": str(self._folder), "title": self._title}
        split = bool(getattr(tokenizer, "split_special_tokens", False))
        return {"do": "open", "program": backend.to_str(), "split_special": split}

    def _exchange(self, line: str, seconds: float, doing: str) -> Any:
        answered = False
        try:
            answer = self._answer(line, seconds)
            answered = True
        except TimeoutError:
            said = f"was still {doing} after {seconds:.0f} seconds"
        except (MemoryError, ChildDied) as error:
            if isinstance(error, MemoryError) or _lacked_memory(error.stderr):
                said = f"took more than {gigabytes(self._memory)} of memory while {doing}"
            else:
                said = f"ended its process while {doing} (code {error.code})"
        finally:
            if not answered:  # an interrupt, too: its answer would be taken for the next one's
                self.end()
        if not answered:
            raise ModelError(
                f"The tokenizer of {self._title} {said}.", "Try another text or model."
            )
        if "raised" in answer:
            raise ForeignError(answer["raised"])
        return answer["answer"]

    def _answer(self, line: str, seconds: float) -> dict[str, Any]:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        with contextlib.suppress(OSError):  # it has ended, as its lines will say
            process.stdin.write(f"{seconds} {line}\n")
            process.stdin.flush()
        began = time.monotonic()
        while True:
            try:
                said = self._lines.get(timeout=0.1)
            except queue.Empty:
                if time.monotonic() - began > seconds:
                    raise TimeoutError from None
                if memory_of(process.pid) > self._memory:
                    raise MemoryError from None
                continue
            if said is None:
                code = process.wait()
                raise ChildDied(code, "".join(self._errors))
            with contextlib.suppress(ValueError):  # a library printed something
                message = json.loads(said)
                if isinstance(message, dict) and ("answer" in message or "raised" in message):
                    return message


def _lacked_memory(stderr: str) -> bool:
    return "MemoryError" in stderr or "allocat" in stderr
