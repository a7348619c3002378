"""DRY against a search that tries everything, and breakers as tokens spell them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from laminoscope_core.sampling import Chain, SamplingError
from laminoscope_core.sampling.dry import breakers_from_texts

VOCABULARY = 6


def by_definition(window, multiplier, base, allowed_length, breakers):
    """Penalties from METHODS' four sentences, comparing every pair of positions."""
    amounts = np.zeros(VOCABULARY)
    if len(window) <= allowed_length:
        return amounts
    limit = len(window)
    for start in reversed(range(len(window))):
        complete = [b for b in breakers if window[start : start + len(b)] == b]
        if complete:
            limit = len(window) - start - max(map(len, complete))
            break
    if limit < allowed_length:
        return amounts
    longest = {}
    for end in range(1, len(window)):
        n = 0
        while n < end and window[end - 1 - n] == window[len(window) - 1 - n]:
            n += 1
        n = min(n, limit)
        if n >= allowed_length:
            longest[window[end]] = max(n, longest.get(window[end], 0))
    for token, n in longest.items():
        if [token] not in breakers:
            exponent = n - allowed_length
            if base > 1.000001:
                exponent = min(exponent, math.floor(88.7228391 / math.log(base)))
            amounts[token] = multiplier * base**exponent
    return amounts


@settings(max_examples=300, deadline=None)
@given(
    history=st.lists(st.integers(0, 2), max_size=40),
    allowed_length=st.integers(0, 4),
    last_n=st.integers(1, 40),
    base=st.sampled_from([1.0, 1.75, 20.0]),
    breakers=st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=2), max_size=2),
)
def test_penalties_as_defined(history, allowed_length, last_n, base, breakers):
    link = {
        "sampler": "dry",
        "multiplier": 0.5,
        "base": base,
        "allowed_length": allowed_length,
        "last_n": last_n,
        "breakers": breakers,
    }
    stage = Chain.from_list([link]).apply(np.zeros(VOCABULARY), history)[-1]
    amounts = np.zeros(VOCABULARY)
    amounts[stage.ids] = -stage.logits
    np.testing.assert_allclose(
        amounts, by_definition(history[-last_n:], 0.5, base, allowed_length, breakers)
    )


def penalties(history, **parameters):
    link = {"sampler": "dry", "multiplier": 1.0, "breakers": [], "last_n": 500, **parameters}
    stage = Chain.from_list([link]).apply(np.zeros(VOCABULARY), history)[-1]
    return {int(t): -v for t, v in zip(stage.ids, stage.logits, strict=True) if v}


def test_the_exponent_is_capped_where_float32_would_overflow():
    history = [*[1, 2, 3] * 10, 0, *[1, 2, 3] * 10]
    # a match of 30 tokens; 88.72 / ln 60 = 21.67
    assert penalties(history, base=60.0)[0] == pytest.approx(60.0**21)
    assert penalties(history, base=1.1)[0] == pytest.approx(1.1**28)


def test_the_longest_breaker_that_is_complete_counts():
    history = [1, 2, 0, 3, 1, 2]
    assert penalties(history, breakers=[]) == {0: 1.0}
    # 3 alone would leave two tokens, 3 and 1 together leave one: fewer than are allowed
    assert penalties(history, breakers=[[3]]) == {0: 1.0}
    assert penalties(history, breakers=[[3], [3, 1]]) == {}
    assert penalties(history, breakers=[[3], [3, 4]]) == {0: 1.0}


PIECES = ["a", "b", ".", "\n", ".\n", "\n\n", "b:", ":", "#", "##", "x#", "!", "#!", "\t"]


@pytest.fixture(scope="module")
def tokenizer():
    backend = Tokenizer(
        models.WordLevel({piece: i for i, piece in enumerate(PIECES)}, unk_token="\t")
    )
    backend.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    backend.decoder = decoders.Fuse()
    return PreTrainedTokenizerFast(tokenizer_object=backend)


def spelled(tokenizer, *texts):
    tails = breakers_from_texts(texts, tokenizer).tails
    return {
        PIECES[head]: sorted("".join(PIECES[t] for t in tail) for tail in rests)
        for head, rests in tails.items()
    }


def test_every_token_that_contains_the_text_is_a_breaker(tokenizer):
    assert spelled(tokenizer, "\n") == {"\n": [""], ".\n": [""], "\n\n": [""]}
    assert spelled(tokenizer, ":", ".") == {"b:": [""], ":": [""], ".": [""], ".\n": [""]}


def test_a_token_that_ends_with_the_beginning_needs_the_rest(tokenizer):
    assert spelled(tokenizer, "#!") == {"#!": [""], "#": ["!"], "##": ["!"], "x#": ["!"]}
    # "##" can be the first half, or its last character the first third
    assert spelled(tokenizer, "###") == {"#": ["##"], "##": ["#", "##"], "x#": ["##"]}


def test_text_breakers_limit_the_match(tokenizer):
    a, b, stop = PIECES.index("a"), PIECES.index("b"), PIECES.index(".\n")
    link = {"sampler": "dry", "multiplier": 1.0, "allowed_length": 1, "breakers": ["\n"]}
    history = [a, b, a, stop, a, b, a]
    limited = Chain.from_list([link], tokenizer).apply(np.zeros(len(PIECES)), history)[-1]
    penalised = {int(t): -v for t, v in zip(limited.ids, limited.logits, strict=True) if v}
    # "a b a" recurs, but ".\n" would follow: a breaker by itself, exempt; b follows one "a"
    assert penalised == {b: 1.0}
    free = Chain.from_list([{**link, "breakers": []}]).apply(np.zeros(len(PIECES)), history)[-1]
    assert dict(zip(free.ids.tolist(), free.logits.tolist(), strict=True))[stop] == -(1.75**2)


def test_text_breakers_without_a_tokenizer_are_explained():
    chain = Chain.from_list([{"sampler": "dry", "multiplier": 1.0}])
    with pytest.raises(SamplingError, match="need a tokenizer"):
        chain.apply([0.0, 1.0], [0, 1, 0])


def test_dry_that_is_off_needs_no_tokenizer():
    assert Chain.from_list([{"sampler": "dry"}]).apply([0.0, 1.0], [0])[-1].removed_mass == 0
