"""What a person reads of an error says what to do next."""

import ast
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from laminoscope_core.errors import LaminoscopeError, SessionError
from laminoscope_core.experiment import Experiment
from laminoscope_core.session import Session, load_session, save_session

PACKAGES = ("laminoscope_core", "laminoscope_widgets", "laminoscope")
SAYS_WHAT_WOULD_DO = ("must", "needs", "at most", "they are", "are 0 to", "give ", "There are ")
ELSEWHERE = ("session", "prefix.py", "cli.py")
"""Sessions get theirs on the way out, as below; prefixes' errors are met, the command line adds
``Try “laminoscope --help”.``"""


def sources():
    for package in PACKAGES:
        for path in Path(find_spec(package).origin).parent.rglob("*.py"):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_every_error_has_a_next_step():
    trees = dict(sources())
    kinds = {LaminoscopeError.__name__}
    for _ in range(3):  # of which others are made
        for tree in trees.values():
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                    kinds |= {node.name} if bases & kinds else set()
    assert {"ModelError", "SessionError", "UsageError"} <= kinds
    silent = []
    for path, tree in trees.items():
        if not {path.name, path.parent.name}.isdisjoint(ELSEWHERE):
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in kinds:
                continue
            texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
            said = "".join(text for text in texts if isinstance(text, str))
            # what is no sentence is a reason that stands beside a number
            alone = len(node.args) < 2 and said.endswith(".")
            if alone and not any(words in said for words in SAYS_WHAT_WOULD_DO):
                silent.append(f"{path.name}:{node.lineno}: {said}")
    assert silent == []


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.laminoscope"
    save_session(path, Session(Experiment.from_text('[text]\ncontent = "Once."')))
    return path


@pytest.mark.parametrize(
    "what", ["cut", "flipped", "no zip", "empty", "other zip", "gone", "folder"]
)
def test_a_session_that_cannot_be_read_has_one_too(file, what):
    content = bytearray(file.read_bytes())
    if what == "cut":
        file.write_bytes(content[: len(content) // 2])
    elif what == "flipped":
        content[len(content) // 3] ^= 0xFF
        file.write_bytes(content)
    elif what in ("no zip", "empty"):
        file.write_bytes(b"GGUF" * 100 if what == "no zip" else b"")
    elif what == "other zip":
        with zipfile.ZipFile(file, "w") as other:
            other.writestr("a.txt", "a")
    elif what in ("gone", "folder"):
        file.unlink()
        if what == "folder":
            file.mkdir()
    with pytest.raises(SessionError) as error:
        load_session(file)
    assert file.name in error.value.message
    assert error.value.hint.endswith(".")
