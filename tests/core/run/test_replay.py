"""What was done to a run in a window is done again to the bit, and told in its provenance."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from laminoscope_core import open_model, provenance, run_experiment
from laminoscope_core.errors import AnalysisError
from laminoscope_core.run.replay import (
    Passage,
    measured,
    passages,
    requests,
    with_readings,
    write_again,
)

from ..runs import EXPERIMENT, as_in_the_window


def test_what_was_written_comes_back_to_the_bit(tiny_folder):
    model = open_model(str(tiny_folder("llama")), device="cpu")
    run = as_in_the_window(model)
    params = {name: run.results[name].params for name in ("continuation", "comparison")}
    again = run_experiment(model, EXPERIMENT, sections=("prompts",), params=params)
    again = with_readings(model, write_again(model, again, passages(run)))
    for request in requests(run):
        again = measured(model, again, request)
    first, second = (r.results["prompts"].places[1] for r in (run, again))
    assert first.generated == second.generated
    np.testing.assert_array_equal(first.raw.logits, second.raw.logits)
    for one, other in zip(first.node.path, second.node.path, strict=True):
        np.testing.assert_equal(asdict(one.choice), asdict(other.choice))
        assert (one.state, one.seed) == (other.state, other.seed)
    assert run.results["loops"] == again.results["loops"]
    for name in ("repeats", "tokens", "probability", "rank"):
        np.testing.assert_array_equal(*(getattr(r.results["echo"], name) for r in (run, again)))
    np.testing.assert_array_equal(*(r.results["comparison"].probability for r in (run, again)))
    assert run.results["comparison"].columns[2].reason == ""
    first, second = (r.results["cuts"].texts[0] for r in (run, again))
    np.testing.assert_array_equal(first.kept, second.kept)
    assert provenance(run) == provenance(again)


def test_provenance_says_how_a_text_was_written_and_what_was_measured(tiny_folder):
    run = as_in_the_window(open_model(str(tiny_folder("llama")), device="cpu"))
    record = json.loads(json.dumps(provenance(run)))
    assert [(passage["prompt"], passage["seed"]) for passage in record["written"]] == [
        (1, 11), (1, None), (1, 2**80),
    ]  # fmt: skip
    tokens = [token for passage in record["written"] for token in passage["tokens"]]
    assert tuple(tokens) == run.results["prompts"].places[1].generated
    assert record["written"][2]["chain"][1]["temperature"] == 2.0
    loops_asked, echo_asked, cuts_asked, near_asked = record["measured"]
    assert loops_asked["LoopRequest"]["stop"] == [5]
    assert echo_asked == {"EchoRequest": {"unit": "the\n\n", "repeats": 3}}
    assert cuts_asked["CutsRequest"]["text"] == [7, 8, 9, 7]
    assert near_asked["NearRequest"]["token_ids"] == [7, 8, 9]


def test_a_machine_that_draws_other_tokens_is_told(tiny_folder):
    model = open_model(str(tiny_folder("llama")), device="cpu")
    run = run_experiment(model, EXPERIMENT, sections=("prompts",))
    wrong = [Passage(0, (3, 3, 3, 3), 0, ({"sampler": "top_k", "k": 1},))]
    with pytest.raises(AnalysisError, match="The seed 0 gave the token 3 and now gives"):
        write_again(model, run, wrong)
