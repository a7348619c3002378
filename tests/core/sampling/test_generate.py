"""Generation: one token per step, the same as without a cache, as a tree."""

import numpy as np
import pytest
import torch
from tokenizers import processors

from laminoscope_core.job import Cancelled, Job
from laminoscope_core.sampling import (
    Chain,
    Continuation,
    RenderedPrompt,
    SamplingError,
    render_prompt,
)
from laminoscope_core.sampling.generate import stop_tokens
from laminoscope_core.sampling.many_seeds import continue_seeds
from laminoscope_core.sampling.reading import Reader

from .conftest import TEMPLATE, VOCABULARY, WINDOW, tiny_tokenizer, wrapped

MODELS = ["gpt2", "llama", "mistral", "mamba"]
PROMPT = [5, 9, 4]
CHAIN = Chain.from_list(
    [
        {"sampler": "penalties", "repeat": 1.3},
        {"sampler": "dry", "multiplier": 0.5, "breakers": []},
        {"sampler": "top_k", "k": 20},
        {"sampler": "xtc", "probability": 0.3, "threshold": 0.05},
        {"sampler": "temperature", "temperature": 1.2},
    ]
)


def without_cache(model, tokens):
    with torch.inference_mode():
        logits = model.hf(torch.tensor([tokens]), use_cache=False).logits[0, -1]
    return logits.numpy()


@pytest.fixture(params=MODELS)
def model(request):
    return request.getfixturevalue(request.param)


def test_logits_with_the_cache_equal_those_without(model):
    """Forwards, backwards, sideways: always as if the row had been read afresh."""
    reader = Reader(model)
    rng = np.random.default_rng(0)
    row = rng.integers(0, VOCABULARY, 30).tolist()
    other = [*row[:12], *rng.integers(0, VOCABULARY, 5).tolist()]
    for tokens in (row[:3], row[:4], row[:5], row[:20], row[:19], row[:6], other, row, [7], row):
        np.testing.assert_allclose(
            reader.logits_after(tokens), without_cache(model, tokens), rtol=1e-4, atol=1e-4
        )


def test_generation_with_the_cache_equals_generation_without(model):
    continuation = Continuation(model, PROMPT, stop=())
    generated = [node.token for node in continuation.run(continuation.root, CHAIN, 3, 25)]

    tokens, state, expected = list(PROMPT), None, []
    for _ in range(25):
        step = CHAIN.step(without_cache(model, tokens), tokens, 3, state)
        state = step.state
        tokens.append(step.draw.token)
        expected.append(step.draw.token)
    assert generated == expected
    assert len(set(generated)) > 5  # not a trivial text


def test_greedy_generation_is_that_of_generate(llama):
    greedy = Chain.preset("greedy")
    continuation = Continuation(llama, PROMPT, stop=())
    ours = [node.token for node in continuation.run(continuation.root, greedy, 0, 12)]
    theirs = llama.hf.generate(
        torch.tensor([PROMPT]), do_sample=False, max_new_tokens=12, eos_token_id=None
    )
    assert ours == theirs[0, len(PROMPT) :].tolist()


@pytest.mark.parametrize("name", ["gpt2", "llama"])
def test_a_step_costs_one_token(name, request):
    continuation = Continuation(request.getfixturevalue(name), PROMPT, stop=())
    list(continuation.run(continuation.root, CHAIN, 0, 10))
    assert continuation.reader.n_read == len(PROMPT) + 9


def test_a_branch_costs_what_differs_and_undo_nothing(llama):
    continuation = Continuation(llama, PROMPT, stop=())
    nodes = list(continuation.run(continuation.root, CHAIN, 0, 6))
    before = continuation.reader.n_read
    assert nodes[-1].parent is nodes[-2]  # undo
    continuation.candidates(nodes[-2])
    assert continuation.reader.n_read == before

    branch = continuation.take(nodes[3], 7, CHAIN)
    logits = continuation.candidates(branch).logits
    assert continuation.reader.n_read == before + 1
    expected = without_cache(llama, continuation.tokens(branch))
    np.testing.assert_allclose(logits, np.sort(expected)[::-1], rtol=1e-4, atol=1e-4)
    assert [node.token for node in branch.path] == [*(n.token for n in nodes[:4]), 7]
    # the first line of the tree is as it was
    assert [node.token for node in nodes[-1].path] == [node.token for node in nodes]


def test_stepping_from_the_same_node_gives_the_same_child(llama):
    continuation = Continuation(llama, PROMPT, stop=())
    nodes = list(continuation.run(continuation.root, CHAIN, 5, 4))
    again = continuation.step(nodes[2], CHAIN, 5)
    assert again.token == nodes[3].token
    assert again.choice.u == nodes[3].choice.u
    other_seed = continuation.step(nodes[2], CHAIN, 6)
    assert other_seed.choice.u != again.choice.u


def test_a_choice_tells_how_the_token_came(llama):
    continuation = Continuation(llama, PROMPT, stop=())
    node = continuation.step(continuation.root, CHAIN, 1)
    raw = torch.softmax(torch.tensor(without_cache(llama, PROMPT)).double(), 0).numpy()
    choice = node.choice
    assert choice.raw_probability == pytest.approx(raw[node.token], rel=1e-4)
    assert choice.raw_rank == 1 + (raw > raw[node.token]).sum()
    assert choice.entropy == pytest.approx(-(raw * np.log(raw)).sum(), rel=1e-4)
    final = continuation.stages(continuation.root, CHAIN, 1).final
    assert choice.probability == pytest.approx(
        final.probabilities[list(final.ids).index(node.token)]
    )
    assert list(choice.alternatives) == list(final.ids[:10])

    removed = next(t for t in range(VOCABULARY) if t not in set(final.ids))
    taken = continuation.take(continuation.root, removed, CHAIN)
    assert taken.choice.probability == 0
    assert taken.choice.raw_probability == pytest.approx(raw[removed], rel=1e-4)
    assert np.isnan(taken.choice.u)


def test_another_chain_may_go_on_from_a_node(llama):
    continuation = Continuation(llama, PROMPT, stop=())
    node = continuation.step(continuation.root, CHAIN, 1)
    mirostat = Chain.from_list([{"sampler": "mirostat_v2", "tau": 20.0}])
    second = continuation.step(continuation.step(node, mirostat, 1), mirostat, 1)
    assert second.state.samplers[0].words == 4
    assert second.state.words == 2  # of the first chain's final draw


def test_a_stop_token_ends_a_run(llama):
    assert stop_tokens(llama) == {1}
    free = Continuation(llama, PROMPT, stop=())
    tokens = [node.token for node in free.run(free.root, CHAIN, 0, 10)]
    stopping = Continuation(llama, PROMPT, stop=[tokens[4]])
    nodes = list(stopping.run(stopping.root, CHAIN, 0, 10))
    assert [node.token for node in nodes] == tokens[: tokens.index(tokens[4]) + 1]
    assert [node.ended for node in nodes[:-1]] == [""] * (len(nodes) - 1)
    assert nodes[-1].ended == "stop token"
    assert list(stopping.run(nodes[-1], CHAIN, 0, 10)) == []


def test_a_full_window_ends_a_run(gpt2):
    continuation = Continuation(gpt2, PROMPT, stop=())
    nodes = list(continuation.run(continuation.root, CHAIN, 0, 100))
    # the last token needs no position: it is never read
    assert nodes[-1].n_tokens == WINDOW + 1
    assert nodes[-1].ended == "context window"
    with pytest.raises(SamplingError, match=f"context window is {WINDOW}"):
        continuation.candidates(nodes[-1])


def test_a_run_reports_and_can_be_cancelled(llama):
    seen = []
    job = Job(lambda fraction, text: seen.append((fraction, text)))
    continuation = Continuation(llama, PROMPT, stop=())
    nodes = []

    def run():
        for node in continuation.run(continuation.root, CHAIN, 0, 10, job):
            nodes.append(node)
            if len(nodes) == 3:
                job.cancel()

    with pytest.raises(Cancelled):
        run()
    assert seen == [(0.0, "token 1 of 10"), (0.1, "token 2 of 10"), (0.2, "token 3 of 10")]
    assert len(nodes[-1].path) == 3
    # what was generated stands, and goes on
    assert continuation.step(nodes[-1], CHAIN, 0).n_tokens == len(PROMPT) + 4


def test_an_interrupted_pass_leaves_no_half_read_cache(llama, monkeypatch):
    continuation = Continuation(llama, PROMPT, stop=())
    node = continuation.step(continuation.root, CHAIN, 0)
    with monkeypatch.context() as patch:
        patch.setattr(llama.hf, "forward", lambda *a, **k: (_ for _ in ()).throw(MemoryError))
        with pytest.raises(SamplingError, match="not enough memory to read 1 ×"):
            continuation.candidates(node)
    expected = without_cache(llama, continuation.tokens(node))
    np.testing.assert_allclose(
        continuation.candidates(node).logits, np.sort(expected)[::-1], rtol=1e-4, atol=1e-4
    )


def test_a_model_that_gives_nan_is_explained(llama_config):
    broken = wrapped(llama_config)
    with torch.no_grad():
        broken.hf.lm_head.weight[3] = float("nan")
    continuation = Continuation(broken, PROMPT)
    with pytest.raises(SamplingError, match=r"not a number .* at token 3"):
        continuation.step(continuation.root, CHAIN, 0)


def test_many_seeds_are_those_of_single_runs(llama):
    seeds = list(range(20))
    together = continue_seeds(llama, PROMPT, CHAIN, seeds, 15)
    for seed, tokens in zip(seeds, together, strict=True):
        continuation = Continuation(llama, PROMPT)
        alone = [n.token for n in continuation.run(continuation.root, CHAIN, seed, 15)]
        assert list(tokens) == [token for token in alone if token != 1]
    assert len(set(together)) > 15
    assert any(len(tokens) < 15 for tokens in together)  # some met the stop token


def test_many_seeds_stop_at_the_window_and_on_cancel(llama):
    lengths = {len(t) for t in continue_seeds(llama, [5] * (WINDOW - 2), CHAIN, [1, 2], 50)}
    assert max(lengths) == 3
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        continue_seeds(llama, PROMPT, CHAIN, [0], 5, job)


def test_a_plain_prompt(llama):
    prompt = render_prompt(llama, "ab c")
    assert prompt.token_ids == (3, 4, 29, 5)
    assert prompt.text == "ab c"


def test_a_chat_prompt_shows_the_rendered_template(llama):
    prompt = render_prompt(llama, "hello", chat=True, system="be kind")
    assert prompt.text == "system be kind\nuser hello\na."
    assert prompt.token_ids == tuple(llama.tokenizer.encode(prompt.text))
    assert render_prompt(llama, "hello", chat=True).text == "user hello\na."


def test_a_start_token_is_shown_and_never_doubled(llama_config):
    tokenizer = tiny_tokenizer("<s>" + TEMPLATE)
    tokenizer.backend_tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", 0)]
    )
    model = wrapped(llama_config, tokenizer)
    assert render_prompt(model, "ab") == RenderedPrompt("<s>ab", (0, 3, 4))
    assert render_prompt(model, "b", chat=True).token_ids.count(0) == 1


def test_an_empty_prompt_is_the_start_token(llama):
    assert render_prompt(llama, "").token_ids == (0,)


@pytest.mark.parametrize(
    ("prompt", "options", "problem"),
    [
        ("a" * (WINDOW + 1), {}, "The prompt has 65 tokens; the model's context window is 64"),
        ([], {}, "The prompt is empty"),
        ([VOCABULARY], {}, f"There is no token {VOCABULARY}"),
        ([-1], {}, "There is no token -1"),
    ],
)
def test_an_unusable_prompt_is_explained(llama, prompt, options, problem):
    with pytest.raises(SamplingError, match=problem):
        render_prompt(llama, prompt, **options)


def test_templates_that_are_missing_or_fail_are_explained(llama_config, mistral):
    missing = wrapped(llama_config, tiny_tokenizer(template=None))
    with pytest.raises(SamplingError, match="no chat template"):
        render_prompt(missing, "a", chat=True)
    failing = wrapped(llama_config, tiny_tokenizer("{{ raise_exception('no system') }}"))
    with pytest.raises(SamplingError, match="no system"):
        render_prompt(failing, "a", chat=True)
    unparsable = wrapped(llama_config, tiny_tokenizer(TEMPLATE + "{% if %}"))
    with pytest.raises(SamplingError, match="chat template of Tiny fails"):
        render_prompt(unparsable, "a", chat=True)
    with pytest.raises(SamplingError, match="no tokenizer"):
        render_prompt(mistral, "a")


def test_text_is_decoded_as_a_whole(llama):
    continuation = Continuation(llama, PROMPT, stop=())
    node = continuation.root
    for token in (3, 29, 4):
        node = continuation.take(node, token, CHAIN)
    assert continuation.text(node) == "a b"
