"""Use one tokenizer as the parent asks: what the child of `apart.py` runs.

Each line of standard input is a request, seconds and then JSON, and each is answered by one line.
The first opens the tokenizer.  Whatever takes longer than its seconds ends this process, by a
watch that does not wait for the interpreter.
"""

import faulthandler
import json
import sys
from pathlib import Path
from typing import Any, Protocol

from laminoscope_core.models.child import die_with_parent, limit_memory
from laminoscope_core.models.foreign import first_line
from laminoscope_core.models.tokenizing import read_text, write_tokens

__all__ = ["main"]

_LATE = 2.0  # seconds after which the parent would have ended it
_LONGEST = 1 << 26  # characters of an answer


class _Tokenizer(Protocol):
    def read(self, text: str, *, special: bool) -> tuple[list[int], Any]: ...
    def write(self, rows: list[list[int]]) -> list[str]: ...


class _Program:
    """A tokenizer of the tokenizers library, which transformers only hands texts to."""

    def __init__(self, program: str, *, split_special: bool) -> None:
        from tokenizers import Tokenizer

        self._backend = Tokenizer.from_str(program)
        self._backend.no_truncation()
        self._backend.no_padding()
        self._backend.encode_special_tokens = split_special

    def read(self, text: str, *, special: bool) -> tuple[list[int], Any]:
        encoding = self._backend.encode(text, add_special_tokens=special)
        return encoding.ids, encoding.offsets

    def write(self, rows: list[list[int]]) -> list[str]:
        return list(self._backend.decode_batch(rows, skip_special_tokens=False))


class _Class:
    """A tokenizer that is more than such a program."""

    def __init__(self, folder: str, title: str) -> None:
        from laminoscope_core.models.tokenizer import load_tokenizer

        self._tokenizer = load_tokenizer(Path(folder), title)

    def read(self, text: str, *, special: bool) -> tuple[list[int], Any]:
        assert self._tokenizer is not None
        return read_text(self._tokenizer, text, special=special)

    def write(self, rows: list[list[int]]) -> list[str]:
        assert self._tokenizer is not None
        return write_tokens(self._tokenizer, rows)


def main(arguments: list[str] | None = None) -> None:
    """Answer until the parent has no more to ask; what the process runs.

    Parameters
    ----------
    arguments : list of str
        The limit of memory in bytes.
    """
    die_with_parent(reads_input=True)
    (memory,) = sys.argv[1:] if arguments is None else arguments
    limit_memory(int(memory))
    opened: list[_Tokenizer] = []
    for line in sys.stdin:
        seconds, _, request = line.partition(" ")
        faulthandler.dump_traceback_later(float(seconds) + _LATE, exit=True)
        try:
            said = json.dumps({"answer": _answer(opened, **json.loads(request))})
            if len(said) > _LONGEST:
                raise ValueError(f"{len(said):,} characters came of it")
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as error:
            said = json.dumps({"raised": first_line(error)})
        faulthandler.cancel_dump_traceback_later()
        print(said, flush=True)


def _answer(opened: list[_Tokenizer], do: str, **asked: Any) -> Any:
    match do:
        case "open":
            opened[:] = [_Program(**asked) if "program" in asked else _Class(**asked)]
        case "read":
            return opened[0].read(**asked)
        case "write":
            return opened[0].write(**asked)
        case "fill":
            return _filled(**asked)
        case _:
            raise ValueError(do)
    return None


def _filled(template: str, special: dict[str, Any], messages: list[dict[str, Any]]) -> str:
    from transformers.utils.chat_template_utils import render_jinja_template

    rendered, _ = render_jinja_template(
        conversations=[messages], chat_template=template, add_generation_prompt=True, **special
    )
    return str(rendered[0])


if __name__ == "__main__":
    main()
