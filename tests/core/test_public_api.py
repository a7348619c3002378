"""The public interface: its document runs as it stands, and importing it costs nothing."""

import ast
import doctest
import os
import subprocess
import sys
from pathlib import Path

import pytest

import laminoscope_core

DOCUMENT = Path(__file__).parents[2] / "core" / "API.md"


@pytest.mark.model
def test_every_example_of_the_document_runs_as_it_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(DOCUMENT), module_relative=False)
    assert tried > 30
    assert failed == 0


def test_the_beginning_of_the_document_keeps_its_ten_lines():
    examples = doctest.DocTestParser().get_examples(DOCUMENT.read_text(encoding="utf-8"))
    opening = "".join(example.source for example in examples[:5])
    assert opening.rstrip().endswith('[Spec("unity")]]))')
    assert len(opening.splitlines()) <= 10


def test_every_public_name_is_there_and_is_what_type_checkers_see():
    tree = ast.parse(Path(laminoscope_core.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.asname or alias.name: node.module
        for branch in tree.body
        if isinstance(branch, ast.If)
        for node in branch.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == laminoscope_core._HOMES
    assert sorted(seen) == sorted(laminoscope_core.__all__) == dir(laminoscope_core)
    for name in laminoscope_core.__all__:
        assert getattr(laminoscope_core, name).__doc__


def test_names_that_are_not_there_are_attribute_errors():
    with pytest.raises(AttributeError, match="no attribute 'no_such_name'"):
        laminoscope_core.no_such_name  # noqa: B018


def test_importing_every_public_name_loads_neither_torch_nor_matplotlib():
    code = (
        "import sys; from laminoscope_core import *; heavy = {'torch', 'transformers',"
        " 'matplotlib', 'scipy.stats', 'statsmodels', 'pyarrow', 'PySide6'};"
        " print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stdout.strip() == "[]", done.stderr
