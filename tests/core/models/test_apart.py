"""A text that the trial does not hold cannot hang or end us, whoever wrote the tokenizer."""

import ast
import gc
import json
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from laminoscope_core import open_model, wrap_model
from laminoscope_core.errors import LaminoscopeError, ModelError
from laminoscope_core.models import apart as subject
from laminoscope_core.models import tokenizing
from laminoscope_core.models.apart import apart
from laminoscope_core.models.child import child_environment
from laminoscope_core.models.encoding import encode_text
from laminoscope_core.models.tokenizer import load_tokenizer
from laminoscope_core.models.tokenizing import fill_template, read_text, write_tokens
from laminoscope_core.sampling import render_prompt
from laminoscope_core.sampling.vocabulary import exact_texts, find_token, stop_ids

from .builders import change_template, change_tokenizer, replacing

pytestmark = pytest.mark.usefixtures("cache", "a_process_for_tokenizers")

# What the tests' users type, and no trial does.
WORD = "qzqz"
ENDLESS = {
    "type": "Sequence",
    "normalizers": [replacing("qz", "qzqz")] * 18 + [replacing("qz(?=(?:qz)*[^a-z])", "", "Regex")],
}
SWELLING = {"type": "Sequence", "normalizers": [replacing("qz", "qz" * 1000)] * 6}
WRITING_MUCH = {
    "type": "Sequence",
    "decoders": [
        {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        {"type": "Fuse"},
        *[replacing("qz", "qz" * 1000)] * 6,
    ],
}
LOOPS = (
    "{{ messages[-1].content }}{% if 'qz' in messages[-1].content %}{% for a in range(99999) %}"
    "{% for b in range(99999) %}{% endfor %}{% endfor %}{% endif %}"
)


@pytest.fixture
def hurried(monkeypatch):
    """Give them no more time than a test may take."""
    monkeypatch.setattr(tokenizing, "_SECONDS", 1.0)
    monkeypatch.setattr(tokenizing, "_SECONDS_TO_FILL", 4.0)


@pytest.fixture
def confined(monkeypatch):
    """Give them little memory, and time to take it."""
    monkeypatch.setattr(tokenizing, "_SECONDS", 60.0)
    monkeypatch.setattr("laminoscope_core.models.tokenizer._MEMORY_FIXED", 1 << 30)


@pytest.fixture
def set_apart(llama_folder):
    """The tokenizer of the tiny folder, used in a process of its own."""

    def opened():
        tokenizer = load_tokenizer(llama_folder, "tiny")
        subject.set_apart(tokenizer, llama_folder, "tiny")
        return tokenizer

    return opened


def test_the_answers_are_those_of_the_tokenizer_itself(llama_folder, set_apart):
    change_template(
        llama_folder, "{{ bos_token }}{% for m in messages %}{{ m.content }}{% endfor %}"
    )
    here, there = load_tokenizer(llama_folder, "tiny"), set_apart()
    for text in ("", "the next word is galaxy", "<s>ça\n\t😀</s>", "a" * 5000):
        for special in (True, False):
            ids, offsets = read_text(there, text, special=special)
            wanted = read_text(here, text, special=special)
            assert (ids, [tuple(pair) for pair in offsets]) == wanted
    rows = [[token, token] for token in range(300)]
    assert write_tokens(there, rows * 30) == write_tokens(here, rows * 30)
    messages = [{"role": "user", "content": "über {{ 1 }}"}]
    assert fill_template(there, messages) == fill_template(here, messages) == "<s>über {{ 1 }}"
    assert exact_texts(there) == exact_texts(here)
    assert find_token(there, " galaxy") == find_token(here, " galaxy")


def test_a_tokenizer_with_a_class_of_its_own_is_read_by_that(llama_folder, set_apart):
    """CTRL's is written in Python: there is no program that could be handed over."""
    (llama_folder / "tokenizer.json").unlink()
    (llama_folder / "vocab.json").write_text(json.dumps({"<unk>": 0, "a@@": 1, "b": 2, "ab": 3}))
    (llama_folder / "merges.txt").write_text("#version: 0.2\na b</w>\n")
    settings = {"tokenizer_class": "CTRLTokenizer", "unk_token": "<unk>"}
    (llama_folder / "tokenizer_config.json").write_text(json.dumps(settings))
    here, there = load_tokenizer(llama_folder, "tiny"), set_apart()
    assert not here.is_fast
    assert read_text(there, "ab b", special=True) == read_text(here, "ab b", special=True)
    assert write_tokens(there, [[3, 2]]) == write_tokens(here, [[3, 2]]) == ["ab b"]


@pytest.mark.parametrize(
    ("limit", "normalizer", "said"),
    [
        ("hurried", ENDLESS, "was still reading 'qzqz' after 1 seconds"),
        ("confined", SWELLING, r"took more than .* of memory while reading 'qzqz'"),
    ],
    ids=["endless", "swelling"],
)
def test_a_text_that_would_hang_or_end_us_is_an_error(
    llama_folder, request, limit, normalizer, said
):
    request.getfixturevalue(limit)
    change_tokenizer(llama_folder, normalizer=normalizer)
    model = open_model(llama_folder, device="cpu")
    assert render_prompt(model, "galaxy").token_ids
    began = time.monotonic()
    with pytest.raises(ModelError, match=f"tokenizer of tiny-llama {said}.*Try another text"):
        render_prompt(model, WORD)
    assert time.monotonic() - began < 30
    # What follows is read by a new child; what has failed is not tried again.
    assert render_prompt(model, "moon").token_ids
    child = apart(model.tokenizer)._process.pid
    with pytest.raises(ModelError, match=said):
        render_prompt(model, WORD)
    assert find_token(model.tokenizer, WORD) == (0, 0)
    with pytest.raises(LaminoscopeError, match=r"No stop token “qzqz”: .*Give its id instead"):
        stop_ids([WORD], model.tokenizer, 300)
    assert apart(model.tokenizer)._process.pid == child


def test_tokens_that_would_end_us_are_an_error(llama_folder, confined):
    change_tokenizer(llama_folder, decoder=WRITING_MUCH)
    model = open_model(llama_folder, device="cpu")
    ids = encode_text(model.tokenizer, WORD).ids
    with pytest.raises(LaminoscopeError, match=r"of memory while writing tokens as text"):
        render_prompt(model, ids)
    assert render_prompt(model, encode_text(model.tokenizer, "galaxy").ids).text == "galaxy"


def test_a_message_on_which_a_template_loops_is_an_error(llama_folder, hurried):
    change_template(llama_folder, LOOPS)
    model = open_model(llama_folder, device="cpu")
    assert render_prompt(model, "a moon", chat=True).text == "a moon"
    with pytest.raises(ModelError, match=r"was still filling its chat template after 4 seconds"):
        render_prompt(model, WORD, chat=True)


def test_what_it_raises_is_said(llama_folder):
    change_template(llama_folder, "{{ raise_exception('Roles must alternate!') }}")
    model = open_model(llama_folder, device="cpu")
    with pytest.raises(LaminoscopeError, match=r"fails: Roles must alternate!.*Switch the chat"):
        render_prompt(model, "a moon", chat=True)


def test_an_answer_without_end_is_refused_there(llama_folder):
    template = "{{ messages[-1].content * (1 + 20_000_000 * ('qz' in messages[-1].content)) }}"
    change_template(llama_folder, template)
    model = open_model(llama_folder, device="cpu")
    with pytest.raises(LaminoscopeError, match=r"fails: [\d,]+ characters came of it"):
        render_prompt(model, WORD, chat=True)


def test_a_child_that_has_gone_is_started_again(set_apart):
    tokenizer = set_apart()
    wanted = read_text(tokenizer, "galaxy", special=False)
    process = apart(tokenizer)._process
    process.kill()
    process.wait()
    assert read_text(tokenizer, "galaxy!", special=False)[0][:-1] == wanted[0]


def test_a_child_ends_with_its_tokenizer(set_apart):
    tokenizer = set_apart()
    read_text(tokenizer, "galaxy", special=False)
    number = apart(tokenizer)._process.pid
    del tokenizer
    gc.collect()
    assert not psutil.pid_exists(number)


WAITING = """
import sys
from pathlib import Path
from laminoscope_core.models import apart, tokenizing
from laminoscope_core.models.tokenizer import load_tokenizer
# The child is not helped by its system.
hide = "import sys; from laminoscope_core.models.apart_child import main; "
hide += f"sys.platform = 'darwin'; main(['{1 << 31}'])"
apart.child_command = lambda *_: [sys.executable, "-c", hide]
tokenizing._SECONDS = 2.0
tokenizer = load_tokenizer(Path(sys.argv[1]), "tiny")
apart.set_apart(tokenizer, Path(sys.argv[1]), "tiny")
tokenizing.read_text(tokenizer, "galaxy", special=False)
print(apart.apart(tokenizer)._process.pid, flush=True)
tokenizing.read_text(tokenizer, "qzqz", special=False)
"""


def test_a_child_that_hangs_ends_after_a_parent_that_was_killed(llama_folder):
    """By its watch, which needs no interpreter; where the system has a signal for it, by that."""
    change_tokenizer(llama_folder, normalizer=ENDLESS)
    command = [sys.executable, "-c", WAITING, str(llama_folder)]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=child_environment())
    child = psutil.Process(int(parent.stdout.readline()))
    time.sleep(0.3)
    parent.kill()
    parent.communicate()
    _, alive = psutil.wait_procs([child], timeout=10)
    assert not alive


def test_known_and_own_tokenizers_are_used_here(tiny_llama, tiny_tokenizer, default_model):
    assert apart(default_model.tokenizer) is None
    assert apart(wrap_model(tiny_llama, tiny_tokenizer).tokenizer) is None


FORBIDDEN = {"apply_chat_template", "batch_decode", "decode_batch", "encode_batch", "tokenize"}


def test_nothing_else_uses_a_tokenizers_program():
    """But for the trial, which is in a child itself."""
    found = []
    root = Path(subject.__file__).parents[3]
    for file in root.glob("*/laminoscope*/**/*.py"):
        if file.name in ("tokenizing.py", "apart_child.py", "trial_texts.py"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            owner, _, name = called.rpartition(".")
            on_tokenizer = owner.endswith("tokenizer") and name in ("decode", "encode")
            if name in FORBIDDEN or on_tokenizer or called.endswith(".tokenizer"):
                found.append(f"{file.name}: {called}")
    assert not found
