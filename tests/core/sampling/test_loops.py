"""Loops, echoes and their statistics."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from laminoscope_core.job import Job
from laminoscope_core.sampling import Chain, SamplingError
from laminoscope_core.sampling.loops import (
    distinct_n,
    echo_curve,
    find_loop,
    measure_loops,
    wilson_interval,
)

from .conftest import CHARACTERS, tiny_tokenizer, wrapped


@pytest.mark.parametrize(("successes", "trials"), [(0, 5), (1, 10), (5, 10), (200, 200), (3, 999)])
def test_wilson_interval_is_that_of_statsmodels(successes, trials):
    expected = proportion_confint(successes, trials, method="wilson")
    assert wilson_interval(successes, trials) == pytest.approx(expected, abs=1e-12)


def test_wilson_interval_without_trials_is_undefined():
    assert all(math.isnan(bound) for bound in wilson_interval(0, 0))


@pytest.mark.parametrize(
    ("tokens", "onset", "period"),
    [
        ([5, 5, 5], 0, 1),
        ([1, 5, 5, 5], 1, 1),
        ([1, 2, 1, 2, 1, 2], 0, 2),
        ([9, 2, 1, 2, 1, 2, 1], 1, 2),  # begins in the middle of a repeat
        ([0, *[1, 2, 3] * 4], 1, 3),
        (list(range(64)) * 3, 0, 64),
    ],
    ids=str,
)
def test_a_loop_is_found(tokens, onset, period):
    loop = find_loop(tokens)
    assert (loop.onset, loop.period) == (onset, period)
    assert loop.tokens == tuple(tokens[onset : onset + period])


@pytest.mark.parametrize(
    "tokens",
    [[], [1], [5, 5], [1, 2, 1, 2, 1], [5, 5, 5, 6], [1, 2, 3, 1, 2, 4] * 2, list(range(65)) * 3],
    ids=len,
)
def test_no_loop_where_there_is_none(tokens):
    assert find_loop(tokens) is None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 2), max_size=24))
def test_loops_by_trying_every_period(tokens):
    periods = [
        p
        for p in range(1, len(tokens) // 3 + 1)
        if tokens[-p:] == tokens[-2 * p : -p] == tokens[-3 * p : -2 * p]
    ]
    loop = find_loop(tokens)
    assert (loop is None) == (not periods)
    if loop:
        assert loop.period == periods[0]
        p, onset = loop.period, loop.onset
        assert all(tokens[i] == tokens[i + p] for i in range(onset, len(tokens) - p))
        assert onset == 0 or tokens[onset - 1] != tokens[onset - 1 + p]


def test_distinct_n():
    assert distinct_n([1, 2, 3, 1, 2, 3], 1) == 0.5
    assert distinct_n([1, 2, 3, 1, 2, 3], 2) == 3 / 5
    assert math.isnan(distinct_n([1], 2))


def test_a_chain_that_favours_the_last_token_loops_and_a_hot_one_does_not(llama):
    seeds = list(range(12))
    echoing = Chain.from_list(
        [
            {"sampler": "penalties", "last_n": 1, "presence": -100.0},
            {"sampler": "temperature", "temperature": 0.0},
        ]
    )
    looping = measure_loops(llama, [5], echoing, seeds, 60)
    assert looping.rate == 1.0
    assert (looping.low, looping.high) == pytest.approx(
        proportion_confint(12, 12, method="wilson"), abs=1e-12
    )
    assert {run.tokens for run in looping.runs} == {looping.runs[0].tokens}
    first = looping.runs[0]
    assert (first.loop.onset, first.loop.tokens) == (0, (5,))
    assert first.text == "c" == llama.tokenizer.decode(list(first.loop.tokens))

    hot = measure_loops(
        llama,
        [5],
        Chain.from_list([{"sampler": "temperature", "temperature": 50.0}]),
        seeds,
        60,
    )
    assert hot.rate == 0.0
    assert hot.distinct[1] > looping.distinct[1]


def test_measuring_reports_progress(llama):
    fractions = []
    job = Job(lambda fraction, text: fractions.append(fraction))
    hot = Chain.from_list([{"sampler": "temperature", "temperature": 50.0}])
    measure_loops(llama, [5], hot, list(range(18)), 4, job)
    assert fractions == sorted(fractions)
    assert fractions[0] == 0.0
    assert fractions[-1] == pytest.approx(16 / 18 + 2 / 18 * 3 / 4)


def test_measuring_needs_a_seed(llama):
    with pytest.raises(SamplingError, match="at least one seed"):
        measure_loops(llama, [5], Chain.preset("raw"), [], 4)


def test_the_echo_curve_asks_for_the_next_repeat(llama):
    echo = echo_curve(llama, "ab\n", 5)
    assert list(echo.repeats) == [1, 2, 3, 4, 5]
    assert list(echo.tokens) == [3] * 5
    for n, p, rank in zip(echo.repeats, echo.probability, echo.rank, strict=True):
        with torch.inference_mode():
            logits = llama.hf(torch.tensor([[3, 4, 30] * n])).logits[0, -1].double()
        expected = torch.softmax(logits, 0)
        assert p == pytest.approx(float(expected[3]), rel=1e-4)
        assert rank == 1 + int((expected > expected[3]).sum())


def test_an_echo_of_token_ids(mistral):
    echo = echo_curve(mistral, [3, 4], 3)
    assert list(echo.tokens) == [3] * 3
    assert np.isfinite(echo.probability).all()


def test_an_echo_that_the_tokenizer_swallows_is_undefined(llama_config):
    """ "aa" is one token here: after an odd number of copies none begins with the next."""
    tokenizer = tiny_tokenizer(pieces=["aa" if text == "q" else text for text in CHARACTERS])
    echo = echo_curve(wrapped(llama_config, tokenizer), "a", 4)
    assert list(echo.tokens) == [-1, 3, -1, 3]
    assert list(np.isnan(echo.probability)) == [True, False, True, False]
    assert [rank > 0 for rank in echo.rank] == [False, True, False, True]


@pytest.mark.parametrize(("unit", "repeats"), [("", 3), ("a", 0), ("a", 65)])
def test_an_impossible_echo_is_explained(llama, unit, repeats):
    with pytest.raises(SamplingError):
        echo_curve(llama, unit, repeats)
