"""Guidance by a second prompt, against transformers' processor and plain passes of the model."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from transformers.generation.logits_process import UnbatchedClassifierFreeGuidanceLogitsProcessor

from laminoscope_core.experiment import PromptSection, SamplingSection
from laminoscope_core.sampling import Chain, Continuation, SamplingError
from laminoscope_core.sampling.guidance import GuideReader
from laminoscope_core.sampling.many_seeds import continue_seeds
from laminoscope_core.sampling.next_tokens import next_tokens

SECOND = "rain"
PROMPT = (5, 6, 7)


def guided(scale=2.0, *more):
    return Chain.from_list([{"sampler": "guidance", "prompt": SECOND, "scale": scale}, *more])


def logits_of(model, ids):
    with torch.inference_mode():
        return model.hf(torch.tensor([list(ids)])).logits[0, -1].numpy()


def second_ids(model):
    return model.tokenizer(SECOND).input_ids


@pytest.mark.parametrize("scale", [0.0, 0.5, 1.7, 4.0])
def test_a_step_is_that_of_transformers(llama, scale):
    """Their processor is fed the text token by token, and reads the second prompt beside it."""
    text = Continuation(llama, PROMPT)
    chain, node = guided(scale), text.root
    negative = torch.tensor([second_ids(llama)])
    theirs = UnbatchedClassifierFreeGuidanceLogitsProcessor(scale, llama.hf, negative)
    for step in range(4):
        ids = torch.tensor([text.tokens(node)])
        scores = torch.tensor(logits_of(llama, ids[0]))[None]
        with torch.inference_mode():
            expected = torch.softmax(theirs(ids, scores), -1)[0].numpy()
        p = text.stages(node, chain).final.by_token()
        np.testing.assert_allclose(p, expected, atol=1e-5)
        node = text.take(node, 8 + step, chain)


def test_a_branch_reads_what_follows_the_second_prompt(llama):
    text = Continuation(llama, PROMPT)
    chain = guided()
    first = text.take(text.root, 9, chain)
    text.guides(text.take(first, 10, chain), chain)
    other = text.take(first, 11, chain)  # goes back and branches
    found = text.guides(other, chain)[SECOND]
    np.testing.assert_allclose(
        found, logits_of(llama, [*second_ids(llama), 9, 11]), rtol=1e-4, atol=1e-4
    )


def test_a_second_prompt_costs_a_token_a_step(llama):
    reader = GuideReader(llama)
    for n_tokens in range(1, 6):
        reader.after(guided(), range(3, 3 + n_tokens))
    ((_, inner),) = reader._known.values()
    assert inner.n_read == len(second_ids(llama)) + 5


def test_many_seeds_are_guided_as_one_is(llama):
    chain = guided(3.0, {"sampler": "top_k", "k": 3})
    rows = continue_seeds(llama, PROMPT, chain, range(3), 6, stop=frozenset())
    for seed, row in enumerate(rows):
        text = Continuation(llama, PROMPT, stop=())
        *_, last = text.run(text.root, chain, seed, 6)
        assert tuple(text.tokens(last)[len(PROMPT) :]) == row


def test_an_experiment_reads_its_second_prompts(llama):
    sampling = SamplingSection(chain=tuple(guided().to_list()))
    tokens = next_tokens(llama, [PromptSection(text="abc"), PromptSection(text="de")], sampling)
    for prompt in (0, 1):
        np.testing.assert_allclose(
            tokens.guides_at(prompt)[SECOND], logits_of(llama, second_ids(llama)), atol=1e-5
        )
    assert not replace(tokens, guides=()).guides_at(0)


def test_nothing_is_read_where_guidance_is_off(llama):
    for chain in (guided(1.0), Chain.from_list([{"sampler": "guidance", "scale": 3.0}])):
        assert GuideReader(llama).after(chain, ()) == {}
        stage = chain.apply([1.0, 2.0])[-1]
        assert stage.reason.startswith("guidance: off")


def test_what_was_not_read_changes_nothing_and_says_so():
    stage = guided().apply([1.0, 2.0])[-1]
    assert stage.reason == "guidance: the second prompt has not been read here"
    assert stage.kept is stage.received
    wrong = {SECOND: np.zeros(7, dtype=np.float32)}  # of another vocabulary
    stage = guided().apply([1.0, 2.0], guides=wrong)[-1]
    assert stage.kept is stage.received


def test_masked_tokens_stay_masked():
    guides = {SECOND: np.array([0.0, -math.inf, 1.0, 2.0], dtype=np.float32)}
    stage = guided(2.0).apply([3.0, 2.0, -math.inf, 1.0], guides=guides)[-1]
    by_token = dict(zip(stage.ids.tolist(), stage.logits.tolist(), strict=True))
    # 0: 0 + 2·3; 1: nothing to move away from; 3: 2 + 2·(1 − 2)
    assert by_token == {0: 6.0, 1: 2.0, 2: -math.inf, 3: 0.0}


def test_a_window_too_short_for_the_second_prompt_is_explained(llama):
    long = Chain.from_list([{"sampler": "guidance", "prompt": "a" * 60, "scale": 2.0}])
    with pytest.raises(SamplingError, match="With the second prompt the text has 70 tokens"):
        GuideReader(llama).after(long, range(3, 13))
    longer = Chain.from_list([{"sampler": "guidance", "prompt": "a" * 70, "scale": 2.0}])
    with pytest.raises(SamplingError, match="The second prompt has 70 tokens"):
        GuideReader(llama).after(longer, ())
