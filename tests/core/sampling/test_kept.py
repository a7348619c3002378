"""What stays of trees of continuations when their prompts or their model go."""

import pytest

from laminoscope_core.experiment import PromptSection, SamplingSection
from laminoscope_core.sampling import Chain, Continuation
from laminoscope_core.sampling.kept import kept_texts
from laminoscope_core.sampling.next_tokens import next_tokens


def test_every_branch_is_kept_from_its_prompt_to_its_end(llama):
    tokens = next_tokens(
        llama, [PromptSection(text="abc"), PromptSection(text="xyz")], SamplingSection()
    )
    chain = Chain.preset("raw")
    text = Continuation(llama, tokens.token_ids[1], stop=())
    first = list(text.run(text.root, chain, 3, 4))
    beside = list(text.run(text.take(first[1], first[2].token + 1, chain), chain, 3, 1))
    nodes = [*first, beside[0].parent, *beside]
    kept = kept_texts("A model", tokens, [(1, node) for node in nodes])
    assert [text.model for text in kept] == ["A model"] * 2
    for text, end in zip(kept, (first[-1], beside[-1]), strict=True):
        ids = [node.token for node in end.path]
        assert "".join(text.prompt) == "xyz"
        assert text.written == tuple(llama.tokenizer.decode([token]) for token in ids)
        assert text.probabilities == tuple(node.choice.probability for node in end.path)
        product = 1.0
        for p in text.probabilities:
            product *= p
        assert text.mean_probability == pytest.approx(product ** (1 / len(ids)))
