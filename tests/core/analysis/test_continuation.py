"""The candidates of every stage, against a softmax written out here and a plain forward pass."""

import csv
import io

import numpy as np
import pytest

from laminoscope_core.analysis import continuation
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.errors import AnalysisError, ExperimentError
from laminoscope_core.experiment import Experiment, PromptSection
from laminoscope_core.export.provenance import provenance
from laminoscope_core.export.run_files import run_tables
from laminoscope_core.job import Job
from laminoscope_core.run.run import run_experiment
from laminoscope_core.sampling import Chain, Choice, Node, RenderedPrompt
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.files import named_chain
from laminoscope_core.sampling.next_tokens import NextTokens, Place

LOGITS = np.array([0.5, 3.0, -1.0, 2.0, 1.0])
TEXTS = (" a", "=b", "c,d", 'e"f', "\n")


def softmax(x):
    weights = np.exp(x - x.max())
    return weights / weights.sum()


def captured(chain, node=None):
    prompt, rendered = PromptSection(text="p"), RenderedPrompt("p", (4, 1))
    place = Place(prompt, rendered, Candidates.from_logits(LOGITS), node)
    return NextTokens((place,), TEXTS, Chain.from_list(chain), 3, frozenset({4}))


def rows(result):
    text = continuation.tables(result)["continuation/candidates.csv"].to_csv()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_stage_is_listed_with_probabilities_over_its_survivors():
    tokens = captured([{"sampler": "top_k", "k": 3}, {"sampler": "temperature", "temperature": 2}])
    found = rows(continuation.run(Inputs(prompts=tokens), continuation.Params(), Job()))
    expected = []
    for stage, ids, logits in (
        ("raw", [1, 3, 4, 0, 2], LOGITS),
        ("top_k", [1, 3, 4], LOGITS),
        ("temperature", [1, 3, 4], LOGITS / 2),
    ):
        p = softmax(logits[ids])
        expected += [
            (stage, str(rank + 1), str(token), logits[token], p[rank])
            for rank, token in enumerate(ids)
        ]
    assert [(row["stage"], row["rank"], row["token_id"]) for row in found] == [
        row[:3] for row in expected
    ]
    numbers = [(float(row["logit"]), float(row["probability"])) for row in found]
    np.testing.assert_allclose(numbers, [row[3:] for row in expected], rtol=1e-8)


def test_token_text_survives_the_file_and_no_cell_is_a_formula():
    found = rows(continuation.run(Inputs(prompts=captured([])), continuation.Params(), Job()))
    assert [row["token"] for row in found] == ["'=b", 'e"f', "\n", " a", "c,d"]


def test_other_params_need_no_other_capture_and_limit_the_table():
    params = continuation.Params(chain=({"sampler": "top_k", "k": 1},), seed=8, n_listed=2)
    result = continuation.run(Inputs(prompts=captured([])), params, Job())
    assert [row["stage"] for row in rows(result)] == ["raw", "raw", "top_k"]
    assert result.places[0].draw.token == 1
    assert result.seed == 8


def test_the_seed_chooses_where_the_running_sum_reaches_its_number():
    result = continuation.run(Inputs(prompts=captured([])), continuation.Params(), Job())
    low, high = np.frombuffer(np.random.RandomState(3).bytes(8), dtype="<u4").astype(float)
    order = np.argsort(-LOGITS)
    place = np.searchsorted(np.cumsum(softmax(LOGITS)[order]), (low + high * 2**32) / 2**64)
    assert result.places[0].draw.token == order[place]


def test_generated_tokens_are_part_of_history_and_prompt():
    choice = Choice(1.0, 1.0, 1, 0.0, 0.5, np.array([0]), np.array([1.0]))
    node = Node(Node(None, None, 2), 0, 3, choice)
    penalties = [{"sampler": "penalties", "repeat": 1.0, "presence": 1.5}]
    result = continuation.run(
        Inputs(prompts=captured(penalties, node)), continuation.Params(), Job()
    )
    seen = LOGITS - 1.5 * np.isin(np.arange(5), [4, 1, 0])
    final = result.places[0].stages.final
    np.testing.assert_allclose(final.probabilities, softmax(seen)[final.ids])
    assert {row["prompt"] for row in rows(result)} == {"p a"}


def test_xtc_gives_both_of_its_branches_with_weights():
    chain = [{"sampler": "xtc", "probability": 0.25, "threshold": 0.05}]
    result = continuation.run(Inputs(prompts=captured(chain)), continuation.Params(), Job())
    weights = [possibility.weight for possibility in result.places[0].possibilities]
    assert weights == [0.25, 0.75]


def test_a_sampler_that_stands_twice_is_numbered():
    chain = [{"sampler": "top_k"}, {"sampler": "min_p"}, {"sampler": "top_k"}]
    stages = Chain.from_list(chain).apply(LOGITS)
    assert stages.labels == ("top_k", "min_p", "top_k 2")


def test_without_prompts_it_says_what_is_missing():
    with pytest.raises(AnalysisError, match="needs prompts"):
        continuation.run(Inputs(), continuation.Params(), Job())


def test_a_chain_is_named_or_read_from_json_or_an_experiment(tmp_path):
    chain = Chain.from_list([{"sampler": "top_k", "k": 7}])
    (tmp_path / "mine.json").write_text(chain.to_json())
    (tmp_path / "mine.toml").write_text('[sampling]\nchain = [{ sampler = "top_k", k = 7 }]\n')
    for name in ("mine.json", "mine.toml"):
        assert named_chain(str(tmp_path / name)).to_list() == chain.to_list()
    assert named_chain("raw").links == ()
    with pytest.raises(ExperimentError, match="no chain and no file 'mine'"):
        named_chain("mine")
    (tmp_path / "bad.json").write_text('[{"sampler": "top_k", "k": 2.5}]')
    with pytest.raises(ExperimentError, match=r"bad\.json: top_k: k must be a whole number"):
        named_chain(str(tmp_path / "bad.json"))


def test_a_gguf_files_advice_is_a_chain_and_its_absence_is_told(tmp_path):
    import gguf

    for name, advised in (("advice.gguf", True), ("none.gguf", False)):
        writer = gguf.GGUFWriter(tmp_path / name, "llama")
        if advised:
            writer.add_float32("general.sampling.temp", 0.5)
            writer.add_string("general.sampling.sequence", "top_p;temperature")
        writer.add_tensor("token_embd.weight", np.zeros((2, 32), dtype=np.float32))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
    chain = named_chain(str(tmp_path / "advice.gguf"))
    assert [link.name for link in chain.links] == ["top_p", "temperature"]
    assert chain.links[1].parameters["temperature"] == 0.5
    with pytest.raises(ExperimentError, match="recommends no samplers"):
        named_chain(str(tmp_path / "none.gguf"))


@pytest.mark.model
def test_raw_logits_are_those_of_a_plain_forward_pass(default_model):
    import torch

    texts = ("White hare upon", "Brown hare upon")
    chat = PromptSection(text="Hello", chat=True)
    experiment = Experiment(prompts=(*(PromptSection(text=text) for text in texts), chat))
    done = run_experiment(default_model, experiment)
    places = done.results["prompts"].places
    assert "<|im_start|>user\nHello<|im_end|>" in places[2].rendered.text
    for place in places:
        with torch.inference_mode():
            output = default_model.hf(input_ids=torch.tensor([place.rendered.token_ids]))
        logits = output.logits[0, -1].double().numpy()
        np.testing.assert_allclose(place.raw.logits, logits[place.raw.ids], atol=1e-4)
    assert provenance(done)["token_ids"][0] == default_model.tokenizer.encode(texts[0])
    assert "continuation/candidates.csv" in run_tables(done)
    listed = run_tables(done)["continuation/candidates.csv"].columns["prompt"]
    assert set(listed) == {*texts, places[2].rendered.text}
    tokens = done.results["prompts"]
    first, *rest = default_model.tokenizer.encode("\U0001f9d1")
    assert tokens.text_of(first).startswith(("⟨0xF0⟩", " ⟨0xF0⟩"))
    assert "\ufffd" not in "".join(tokens.text_of(token) for token in rest)
