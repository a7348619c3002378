"""What strangers wrote runs in a process with limits first, and is an error of ours if it fails."""

import json
import threading
import time
from types import SimpleNamespace

import pytest
from transformers import PreTrainedTokenizerFast

from laminoscope_core import open_model
from laminoscope_core.errors import LaminoscopeError, ModelError
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models import trial as subject
from laminoscope_core.models.foreign import foreign_errors
from laminoscope_core.models.trial_texts import strain
from laminoscope_core.sampling import render_prompt
from laminoscope_core.sampling.parameters import SamplingError

from .builders import change_template, change_tokenizer, replacing

pytestmark = pytest.mark.usefixtures("cache")


@pytest.fixture
def a_process_for_trials():
    """Have the trial be what it is."""


@pytest.fixture
def templates_in_no_time(monkeypatch):
    """Let ten seconds go by in one while a chat template is filled; libraries load as they do."""
    trials, since, run = [], [], subject._run

    def listen(folder, title, job, doing):
        trials.append(doing)
        return run(folder, title, job, doing)

    def monotonic():
        now = time.monotonic()
        if trials and trials[-1][-1] == "filling its chat template":
            since.append(now)
            now += 9 * (now - since[0])
        return now

    monkeypatch.setattr(subject, "_run", listen)
    monkeypatch.setattr("laminoscope_core.models.child.time", SimpleNamespace(monotonic=monotonic))


def tried(folder, job=None):
    with subject.trial(folder, "tiny", job or Job()) as wait:
        return wait()


EXPLODING_DECODER = {
    "type": "Sequence",
    "decoders": [replacing("a", "a" * 1000)] * 6,
}
DOUBLING = {"type": "Sequence", "normalizers": [replacing("a", "aa")] * 40}
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "while_doing"),
    [
        (lambda folder: change_tokenizer(folder, decoder=EXPLODING_DECODER), "as text"),
        (lambda folder: change_tokenizer(folder, normalizer=DOUBLING), "reading texts"),
        (lambda folder: change_template(folder, ENDLESS), "filling its chat template"),
    ],
    ids=["decoder", "normalizer", "template"],
)
def test_what_would_end_or_hang_us_ends_a_child(
    llama_folder, monkeypatch, a_process_for_trials, templates_in_no_time, change, while_doing
):
    monkeypatch.setattr(subject, "_SECONDS_FIXED", 25.0)
    monkeypatch.setattr("laminoscope_core.models.tokenizer._MEMORY_FIXED", 1 << 30)
    change(llama_folder)
    with pytest.raises(ModelError, match=f"in a process of its own, which .*{while_doing}"):
        open_model(llama_folder, device="cpu")


def test_a_good_folder_is_tried_once(llama_folder, monkeypatch, a_process_for_trials):
    n_values = tried(llama_folder)
    model = open_model(llama_folder, device="cpu")
    tables = sum(buffer.numel() for buffer in model.hf.buffers())
    assert n_values == model.info.n_parameters + tables
    monkeypatch.setattr(subject, "run_child", lambda *_, **__: pytest.fail("it was tried again"))
    assert tried(llama_folder) == n_values


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "tokenizer_config.json"])
def test_what_has_changed_is_tried_again(llama_folder, monkeypatch, name):
    tried(llama_folder)
    with (llama_folder / name).open("a") as file:
        file.write(" ")
    monkeypatch.setattr(subject, "run_child", lambda *_, **__: {"n_values": 7})
    assert tried(llama_folder) == 7


def test_what_failed_is_not_remembered(llama_folder, monkeypatch):
    def fail(*_, **__):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(subject, "run_child", fail)
        with pytest.raises(ModelError, match=r"took more than .* of memory while beginning"):
            tried(llama_folder)
    assert tried(llama_folder) > 0


def test_a_trial_is_cancelled_with_its_job(llama_folder, a_process_for_trials):
    job = Job()
    with subject.trial(llama_folder, "tiny", job) as wait:
        job.cancel()
        with pytest.raises(Cancelled):
            wait()
    assert not [one for one in threading.enumerate() if one.name == "laminoscope trial"]


def test_the_child_says_what_is_wrong(llama_folder, a_process_for_trials):
    (llama_folder / "tokenizer.json").write_text('{"model": 3}')
    with pytest.raises(ModelError, match=r"The tokenizer of tiny-llama cannot be read: .*Fetch"):
        open_model(llama_folder, device="cpu")


class Broken:
    """A tokenizer that fails in a way of its own."""

    all_special_tokens = ()
    chat_template = None

    def __init__(self, error):
        self.error = error

    def __call__(self, *_, **__):
        raise self.error

    def get_vocab(self):
        return {}


class Panic(BaseException):
    """As a library written in Rust raises it."""


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("by zero"), TypeError("no"), KeyError("x"), Panic("at line 3")]
)
def test_a_tokenizer_that_reads_nothing_is_refused_whatever_it_raises(error):
    with pytest.raises(ModelError, match="reads no text"):
        strain(Broken(error), "tiny", print)
    with (
        pytest.raises(ModelError, match=r"It fails: .*Be wise"),
        foreign_errors("It fails", "Be wise."),
    ):
        raise error


@pytest.mark.parametrize("error", [Cancelled(), KeyboardInterrupt(), ModelError("ours")])
def test_what_is_ours_or_the_users_passes(error):
    with pytest.raises(type(error)), foreign_errors("It fails", "Be wise."):
        raise error


def with_template(model, template):
    model.tokenizer.chat_template = template
    return model


PARTS = (
    "{% for m in messages %}<{{ m.role }}>{% for part in m.content %}"
    "{% if part.type == 'text' %}{{ part.text }}{% endif %}{% endfor %}{% endfor %}"
)
STRICT = PARTS.replace("part.type == 'text'", "part['type'] == 'text'").replace(
    "part.text", "part['text'] | trim"
)
PLAIN = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}"
EITHER = PLAIN.replace(
    "{{ m.content }}",
    "{{ m.content if m.content is string else m.content | map(attribute='text') | join }}",
)


@pytest.fixture
def model(llama_folder):
    return open_model(llama_folder, device="cpu")


@pytest.mark.parametrize("template", [PARTS, STRICT, PLAIN, EITHER])
def test_a_template_gets_texts_or_parts_as_it_wants_them(model, template):
    rendered = render_prompt(with_template(model, template), "a moon", chat=True, system="word")
    assert rendered.text == "<system>word<user>a moon"


@pytest.mark.parametrize(
    "template",
    [
        "{{ 1 / 0 }}",
        "{{ messages[0].nothing.at_all }}",
        "{{ messages + 1 }}",
        "{{ raise_exception('no') }}",
        "{% if %}",
        {"tools": PLAIN, "rag": PLAIN},
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        7,
    ],
)
def test_a_template_that_fails_is_an_error_of_ours_with_a_next_replacing(model, template):
    with pytest.raises(SamplingError, match=r"chat template of tiny-llama fails.*Switch the chat"):
        render_prompt(with_template(model, template), "a moon", chat=True)


def test_a_template_that_fails_does_not_keep_its_model_from_being_opened(llama_folder):
    change_template(llama_folder, "{{ 1 / 0 }}")
    assert open_model(llama_folder, device="cpu").tokenizer is not None


def test_a_template_may_not_write_a_book(llama_folder):
    change_template(llama_folder, "{{ 'x' * 5000000 }}")
    with pytest.raises(ModelError, match="writes 5,000,000 characters for a short message"):
        open_model(llama_folder, device="cpu")


def test_a_decoder_may_not_write_a_book(llama_folder):
    decoder = {"type": "Sequence", "decoders": [replacing("a", "x" * 100_000)]}
    change_tokenizer(llama_folder, decoder=decoder)
    with pytest.raises(ModelError, match=r"makes [\d,]+ characters of 1 tokens"):
        open_model(llama_folder, device="cpu")


@pytest.mark.parametrize("longest", ["x", -1, None, [3], True, {"a": 1}, 0])
def test_a_longest_text_that_is_no_number_is_none(llama_folder, longest):
    file = llama_folder / "tokenizer_config.json"
    settings = {**json.loads(file.read_text()), "model_max_length": longest}
    file.write_text(json.dumps(settings))
    model = open_model(llama_folder, device="cpu")
    assert model.tokenizer.model_max_length > 10**9
    assert model.tokenizer("galaxy")["input_ids"]


def words_only(folder, **model):
    """A vocabulary of words without one for what it does not know."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    backend = Tokenizer(models.WordLevel({"galaxy": 0, "moon": 5, **model}))
    backend.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(tokenizer_object=backend).save_pretrained(folder)


def test_a_vocabulary_without_a_word_for_the_unknown_opens_and_says_what_it_cannot_read(
    llama_folder,
):
    words_only(llama_folder)
    model = open_model(llama_folder, device="cpu")
    assert render_prompt(model, "moon galaxy").token_ids == (5, 0)
    with pytest.raises(LaminoscopeError, match="cannot read 'sofa'") as caught:
        render_prompt(model, "sofa")
    assert caught.value.hint


def test_a_vocabulary_with_holes_knows_its_last_token(llama_folder):
    from laminoscope_core.sampling.vocabulary import exact_texts, find_token, stop_ids

    words_only(llama_folder)
    model = open_model(llama_folder, device="cpu")
    assert len(model.tokenizer) == 2
    assert exact_texts(model.tokenizer) == ("galaxy", "", "", "", "", "moon")
    assert find_token(model.tokenizer, "moon") == (5, 1)
    assert stop_ids(["moon"], model.tokenizer, 301) == {5}
