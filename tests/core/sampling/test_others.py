"""The same text read by another model or through another template, to be compared."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from laminoscope_core.analysis import comparison, continuation
from laminoscope_core.errors import ModelError
from laminoscope_core.experiment import PromptSection, SamplingSection
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models import load
from laminoscope_core.run.requests import ComparisonRequest, GenerationRequest, read_columns, write
from laminoscope_core.run.run import analyse
from laminoscope_core.sampling import Chain, Continuation
from laminoscope_core.sampling.columns import Column
from laminoscope_core.sampling.next_tokens import next_tokens
from laminoscope_core.sampling.others import OtherReader

GREEDY = ({"sampler": "temperature", "temperature": 0.0},)
COMPARED = ("continuation", "comparison")


def _asked(columns):
    return {"comparison": comparison.Params(columns)}


def read(model, texts=("abc", "xyz")):
    prompts = tuple(PromptSection(text=text) for text in texts)
    return next_tokens(model, prompts, SamplingSection(chain=GREEDY))


def plain(model, ids):
    with torch.inference_mode():
        logits = model.hf(input_ids=torch.tensor([ids])).logits[0, -1]
    return torch.softmax(logits.double(), dim=-1).numpy()


def assert_read(reading, model, ids):
    assert reading.reason == ""
    assert list(reading.place.rendered.token_ids) == list(ids)
    raw = reading.place.raw
    np.testing.assert_allclose(raw.probabilities, plain(model, ids)[raw.ids], atol=1e-6)


@pytest.fixture
def opened(gpt2, monkeypatch):
    """Opening any model gives the tiny GPT-2; the sources that were asked for."""
    asked = []

    def open_model(source, device, dtype, job):
        asked.append(source)
        if "gone" in source:
            raise ModelError("gone takes 9.00 GB of memory and 1.00 GB are free.")
        return replace(gpt2, info=replace(gpt2.info, source=source))

    monkeypatch.setattr(load, "open_model", open_model)
    return asked


def test_a_template_is_read_by_the_open_model(llama):
    tokens = read(llama)
    column = Column(1, chat=True)
    tokens = OtherReader().read(llama, tokens, [Column(0), column], Job())
    (reading,) = tokens.readings
    assert tokens.reading(column) is reading
    assert tokens.is_own(Column(0, chat=False))
    assert reading.place.rendered.text == "user xyz\na."
    assert_read(reading, llama, llama.tokenizer.encode("user xyz\na."))


def test_another_model_reads_in_its_own_tokens_and_stays_open(llama, gpt2, opened):
    reader, tokens = OtherReader(), read(llama)
    columns = [Column(0, model="other"), Column(1, model="other"), Column(0, model="other")]
    tokens = reader.read(llama, tokens, columns, Job())
    assert len(tokens.readings) == 2
    assert_read(tokens.reading(columns[0]), gpt2, gpt2.tokenizer.encode("abc"))
    assert_read(tokens.reading(columns[1]), gpt2, gpt2.tokenizer.encode("xyz"))
    reader.read(llama, tokens, [Column(0, model="other", chat=True)], Job())
    assert opened == ["other"]
    reader.read(llama, tokens, [Column(0, model="third")], Job())
    reader.read(llama, tokens, [Column(0, model="other", chat=True)], Job())
    assert opened == ["other", "third", "other"]  # never more than one beside the open one


def test_what_cannot_be_opened_or_read_says_why(llama, opened):
    tokens = read(llama)
    gone = Column(0, model="gone")
    tokens = OtherReader().read(llama, tokens, [gone, Column(1, chat=True)], Job())
    assert "9.00 GB" in tokens.reading(gone).reason
    assert tokens.reading(gone).place is None
    assert tokens.reading(Column(1, chat=True)).reason == ""
    long = read(llama, ("a" * 64,))
    chat = Column(0, chat=True)
    reason = OtherReader().read(llama, long, [chat], Job()).reading(chat).reason
    assert "context window is 64" in reason


def test_a_cancelled_reading_is_no_reason(llama, opened):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        OtherReader().read(llama, read(llama), [Column(0, chat=True)], job)


def test_a_longer_text_is_read_again_and_costs_its_new_tokens(llama, gpt2, opened):
    reader = OtherReader()
    columns = (Column(0, chat=True), Column(0, model="other"))
    tokens = reader.read(llama, read(llama), columns, Job())
    results = {}
    request = GenerationRequest(tokens, 0, None, continuation.Params(), n_tokens=3, columns=columns)
    write(llama, request, Job(), results.__setitem__, None, reader)
    analyse(COMPARED, results, params=_asked(columns), job=Job(), on_result=results.__setitem__)
    longer = results["prompts"]
    generated = longer.places[0].generated
    assert len(generated) == 3
    chat, other = (longer.reading(column) for column in columns)
    assert_read(chat, llama, [*llama.tokenizer.encode("user abc\na."), *generated])
    text = "abc" + "".join(llama.tokenizer.decode([token]) for token in generated)
    assert_read(other, gpt2, gpt2.tokenizer.encode(text))
    assert [each.reason for each in results["comparison"].columns] == ["", ""]
    read_so_far = {key[2]: each.n_read for key, each in reader._readers.items()}
    assert read_so_far[True] == len(llama.tokenizer.encode("user abc\na.")) + 3


def test_columns_of_a_session_get_the_tokenizer_of_the_model_again(llama):
    dry = ({"sampler": "dry", "multiplier": 0.8, "breakers": ["\n"]},)
    tokens = read(llama)
    results = {}
    columns = (Column(0, chat=True, chain="chain"), Column(1, chain="mine", samplers=dry))
    request = ComparisonRequest(replace(tokens, chain=Chain(())), columns)
    read_columns(llama, request, Job(), results.__setitem__, OtherReader())
    params = {**_asked(columns), "continuation": continuation.Params(dry)}
    analyse(COMPARED, results, params=params, job=Job(), on_result=results.__setitem__)
    assert [each.reason for each in results["comparison"].columns] == ["", ""]
    assert results["comparison"].standing("a")[1].rank > 0


def test_a_run_that_a_stop_token_ended_goes_on_when_asked(llama):
    tokens = read(llama)
    chain = Chain.from_list(GREEDY)
    prompt = tokens.token_ids[0]
    free = Continuation(llama, prompt, stop=())
    path = [node.token for node in free.run(free.root, chain, 0, 4)]
    params = continuation.Params(stop=(path[0],))
    results = {}
    request = GenerationRequest(tokens, 0, None, params, n_tokens=4)
    going_on = write(llama, request, Job(), results.__setitem__)
    node = results["generation"].node
    assert (node.ended, [step.token for step in node.path]) == ("stop token", path[:1])
    request = GenerationRequest(results["prompts"], 0, node, params, n_tokens=1)
    write(llama, request, Job(), results.__setitem__, going_on)
    assert [step.token for step in results["generation"].node.path] == path[:2]
