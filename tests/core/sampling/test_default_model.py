"""The default model and its real tokenizer, against what was measured with llama.cpp."""

import numpy as np
import pytest

from laminoscope_core.sampling import Chain, Continuation, render_prompt
from laminoscope_core.sampling.compare import watched
from laminoscope_core.sampling.dry import breakers_from_texts
from laminoscope_core.sampling.loops import echo_curve
from laminoscope_core.sampling.vocabulary import find_token

from . import conformance

pytestmark = pytest.mark.model


def test_raw_candidates_of_the_reference_prompts(default_model):
    for reference in conformance.read("samplers_oracle.json")["model_reference"]:
        prompt = render_prompt(default_model, reference["prompt"])
        assert list(prompt.token_ids) == reference["ids"]
        continuation = Continuation(default_model, prompt.token_ids)
        raw = continuation.candidates(continuation.root)
        measured = conformance.logits(reference["name"]).astype(np.float64)
        np.testing.assert_allclose(raw.logits, measured[raw.ids], atol=2e-3)
        # llama.cpp multiplies 4-bit weights with 8-bit activations
        best = reference["top50_llama_q4_1"][:10]
        assert raw.ids[0] == best[0][0]
        for token, probability in best:
            assert watched(raw, [token])[0].probability == pytest.approx(probability, abs=0.02)


@pytest.mark.parametrize("tag", ["dry_text_default_breakers", "dry_text_newline_breaks"])
def test_dry_with_the_real_tokenizer(default_model, tag):
    cases = conformance.read("samplers_oracle.json")["cases"]
    case = next(case for case in cases if case.get("tag") == tag)
    assert render_prompt(default_model, case["history_text"]).token_ids == tuple(case["history"])
    item = conformance.item(*case["chain"][0])
    stage = Chain.from_list([item], default_model.tokenizer).apply(
        conformance.logits(case["source"]), case["history"]
    )[-1]
    for token, probability in case["out"]["top"]:
        place = np.flatnonzero(stage.ids == token)[0]
        assert stage.probabilities[place] == pytest.approx(probability, abs=1e-5)


def test_breakers_are_all_tokens_that_contain_them(default_model):
    tokenizer = default_model.tokenizer
    alone = breakers_from_texts(["\n"], tokenizer)
    containing = {t for t in range(len(tokenizer)) if "\n" in tokenizer.decode([t])}
    assert {t for t in range(len(tokenizer)) if alone.stands_alone(t)} == containing
    assert len(containing) > 20


def test_snow_after_two_hares(default_model):
    snow, n_tokens = find_token(default_model.tokenizer, " snow")
    assert n_tokens == 1
    for hare in ("White", "Brown"):
        prompt = render_prompt(default_model, f"{hare} hare upon the")
        continuation = Continuation(default_model, prompt.token_ids)
        candidates = continuation.candidates(continuation.root)
        logits = conformance.logits(f"{hare.lower()}_hare")
        seen = watched(candidates, [snow])[0]
        assert seen.rank == 1 + (logits > logits[snow]).sum()


def test_the_echo_of_a_repeated_line(default_model):
    echo = echo_curve(default_model, "The\n\n", 2)
    token = default_model.tokenizer.encode("The")[0]
    assert list(echo.tokens) == [token, token]
    for index, name in enumerate(["the_nn", "the_nn_the_nn"]):
        logits = conformance.logits(name).astype(np.float64)
        expected = np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum()
        assert echo.probability[index] == pytest.approx(expected[token], rel=0.01)


def test_the_chat_template_is_the_models_own(default_model):
    prompt = render_prompt(default_model, "Hello", chat=True)
    assert prompt.text.endswith("<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n")
    # the template's markers are single tokens, not spelled out
    assert default_model.tokenizer.convert_tokens_to_ids("<|im_end|>") in prompt.token_ids
