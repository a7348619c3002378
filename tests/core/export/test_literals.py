"""Python source of values: it gives the values back, whatever their texts hold."""

import subprocess
import sys
from dataclasses import dataclass, field, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laminoscope_core.analysis import continuation, rsa, rsa_chance
from laminoscope_core.analysis.registry import ANALYSES
from laminoscope_core.export.literals import WIDTH, Imports, source, text_block, text_literal
from laminoscope_core.plots.registry import PLOTS

texts = st.text() | st.text("'\"\\\n\r\t {}#\u202e\u2028\x00\x85\ud800é漢x", max_size=30)
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(texts | st.integers(), inner, max_size=4)
    ),
)

HOSTILE = [
    '"""', "'''", '\\"""', "\\", 'a\\', "\n", '"\nimport os\n"', "\u2028import os", "\ud800",
    "{evil}", "# x", "\N{RIGHT-TO-LEFT OVERRIDE}", "\0", "\x0c", "a'b\"c",
]  # fmt: skip


@given(values)
def test_a_value_comes_back(value):
    assert eval(source(value, Imports()), {"__builtins__": {"float": float}}) == value


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_comes_back_from_one_plain_line(text):
    literal = text_literal(text)
    assert eval(literal, {"__builtins__": {}}) == text
    assert literal.isprintable()
    assert len(literal.splitlines()) == 1


@given(texts)
def test_a_block_of_lines_comes_back_and_hides_nothing(text):
    literal = text_block(text + "\n")
    assert eval(literal, {"__builtins__": {}}) == text + "\n"
    assert literal.replace("\n", "").isprintable()


def test_a_block_shows_its_lines():
    assert text_block('[words]\na = "\\n"\n') == '"""\\\n[words]\na = "\\\\n"\n"""'


@dataclass(frozen=True)
class Nested:
    chain: tuple = ()
    seeds: list = field(default_factory=list)


def test_a_dataclass_becomes_a_call_with_what_differs_from_its_defaults():
    imports = Imports()
    assert source(rsa_chance.Params(seed=3), imports) == "rsa_chance.Params(seed=3)"
    assert source(rsa.Params(), imports) == "rsa.Params()"
    assert imports.lines() == ["from laminoscope_core.analysis import rsa, rsa_chance"]


def changed(value, kind):
    """Return another plain value of a kind."""
    match value:
        case None:
            return (1, 2) if "tuple" in str(kind) else 3
        case bool():
            return not value
        case int():
            return value + 1
        case float():
            return value / 2 or 1.0
        case tuple() if "Literal" in str(kind):
            return value[:1]
        case tuple():
            return (*value, *value[:1])
    return value


@pytest.mark.parametrize(
    "cls",
    [*(each.module.Params for each in ANALYSES), *(kind.module.View for kind in PLOTS.values())],
    ids=lambda cls: f"{cls.__module__.partition('.')[2]}.{cls.__name__}",
)
def test_all_that_a_script_must_say_can_be_written(cls):
    default = cls()
    assert source(default, Imports()).endswith(f"{cls.__name__}()")
    for entry in fields(cls):
        value = replace(default, **{entry.name: changed(getattr(default, entry.name), entry.type)})
        imports, names = Imports(), {}
        expression = source(value, imports)
        exec("\n".join(imports.lines()), names)
        assert eval(expression, names) == value


def test_names_that_clash_are_told_apart():
    imports = Imports()
    imports.add("laminoscope_core.analysis", "rsa")
    assert imports.add("laminoscope_core.figures", "rsa") == "rsa_figures"
    assert imports.lines()[1] == "from laminoscope_core.figures import rsa as rsa_figures"


def test_names_of_the_script_are_not_imported_over():
    imports = Imports(reserved=frozenset({"run"}))
    assert imports.add("laminoscope_core.figures", "run") == "run_figures"


def test_infinities_and_undefined_numbers_have_names():
    assert source((float("inf"), float("nan")), Imports()) == '(float("inf"), float("nan"))'


def test_what_is_no_plain_value_is_refused():
    with pytest.raises(TypeError, match="a set cannot be written"):
        source({1}, Imports())


def test_it_is_laid_out_as_ruff_does(tmp_path):
    long = continuation.Params(
        chain=(
            {"sampler": "top_k", "k": 40},
            {"sampler": "dry", "breakers": ["\n", '"', "*", ":"], "multiplier": 0.8, "last_n": 64},
            {"sampler": "temperature", "temperature": 0.8},
        ),
        seed=2**70,
    )
    imports = Imports()
    samples = [
        long, [long], {"a": long}, ("x",), ("x" * WIDTH,), ["漢字" * 15, "字" * 20],
        {"k": ("y" * 60,)},
        *[text * 3 for text in HOSTILE], [HOSTILE], {text: [1.0] for text in HOSTILE},
        Nested(({"漢" * 30: 1},), [[], [()], {}]), ["a", ["b" * 50, ["c" * 50]]],
    ]  # fmt: skip
    lines = [f"x = {source(sample, imports, beside=4)}\n" for sample in samples]
    lines += [
        f"x = {text_block(chr(34) * n + text + chr(10))}\n" for text in HOSTILE for n in (0, 2)
    ]
    script = tmp_path / "script.py"
    script.write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", str(script)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
