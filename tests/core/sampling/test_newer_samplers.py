"""Samplers of 2019 to 2026 against readings of their papers and reference code, in torch."""

import math

import numpy as np
import pytest
import torch
from transformers.generation.logits_process import NoRepeatNGramLogitsProcessor

from laminoscope_core.sampling import Chain

GENERATOR = np.random.default_rng(17)
PEAKED = GENERATOR.normal(scale=4, size=300)
SHAPES = {
    "peaked": PEAKED,
    "nearly flat": GENERATOR.normal(scale=0.01, size=300),
    "flat": np.zeros(50),
    "tied": np.round(GENERATOR.normal(scale=2, size=300)),
    "one far above": np.array([9.0, *np.linspace(0, 1, 60)]),
    "two steps": np.array([5.0, 4.9, 4.8, 1.0, 0.9, -6.0]),
    "three": np.array([1.0, 0.5, -3.0]),
    "masked": np.where(np.arange(300) % 3 == 0, -math.inf, PEAKED),
}


def kept(item, logits, history=()):
    """Return which tokens a sampler keeps, and their logits; −inf elsewhere."""
    stage = Chain.from_list([item]).apply(logits, history)[-1]
    scores = np.full(logits.size, -math.inf)
    scores[stage.ids] = stage.logits
    return scores


def same(item, logits, expected, history=()):
    """Assert equal scores; a token of probability 0 may be kept or not."""
    np.testing.assert_allclose(kept(item, logits, history), expected, rtol=1e-12, atol=1e-12)


def by_probability(logits, line):
    """Return scores where softmax(logits) reaches a line, to rounding."""
    p = torch.softmax(torch.tensor(logits), 0)
    return np.where((p >= line(p) - 1e-15).numpy(), logits, -math.inf)


@pytest.mark.parametrize("shape", SHAPES)
def test_p_less_is_the_collision_probability(shape):
    """Equations 2 to 4 of arXiv 2509.23234."""
    logits = SHAPES[shape]
    same({"sampler": "p_less"}, logits, by_probability(logits, lambda p: (p * p).sum()))


@pytest.mark.parametrize("shape", SHAPES)
def test_p_less_norm_takes_off_what_chance_gives(shape):
    logits = SHAPES[shape]

    def line(p):
        v = len(p)
        return (v * (p * p).sum() - 1) / (v - 1)

    same({"sampler": "p_less_norm"}, logits, by_probability(logits, line))


def test_p_less_norm_counts_what_is_left_of_candidates():
    chain = Chain.from_list([{"sampler": "top_k", "k": 4}, {"sampler": "p_less_norm"}])
    logits = SHAPES["two steps"]
    stage = chain.apply(logits)[-1]
    p = torch.softmax(torch.tensor(logits[:4]), 0)
    line = (4 * (p * p).sum() - 1) / 3
    assert len(stage.kept) == int((p >= line).sum())
    assert stage.cut_probability == pytest.approx(float(line))


@pytest.mark.parametrize("tau", [0.0, 3.0, 40.0])
@pytest.mark.parametrize("shape", SHAPES)
def test_min_k_cuts_after_the_heaviest_step(shape, tau):
    """Algorithm of arXiv 2604.11012: cliff and floor, on the finite logits."""
    logits = SHAPES[shape]
    ordered, order = torch.sort(torch.tensor(logits), descending=True, stable=True)
    ordered = ordered[torch.isfinite(ordered)]
    width = ordered[0] - ordered[-1] + 1e-8
    decay = [
        float((ordered[i] - ordered[i + 1]) / width / (i + 1)) for i in range(len(ordered) - 1)
    ]
    cliff = max(range(len(decay)), key=lambda i: (decay[i], -i)) + 1
    count = min(max(cliff, math.floor(tau / float(width)), 1), len(ordered))
    expected = np.full(logits.size, -math.inf)
    chosen = order[:count].numpy()
    expected[chosen] = logits[chosen]
    same({"sampler": "min_k", "tau": tau}, logits, expected)


def test_no_temperature_moves_the_cut_of_min_k():
    found = set()
    for temperature in (0.1, 0.7, 2.0, 10.0):
        chain = [
            {"sampler": "temperature", "temperature": temperature},
            {"sampler": "min_k", "tau": 0.0},
        ]
        found.add(tuple(Chain.from_list(chain).apply(SHAPES["two steps"])[-1].ids))
    assert found == {(0, 1, 2, 3, 4)}


@pytest.mark.parametrize("a", [0.05, 0.5, 1.0])
@pytest.mark.parametrize("shape", SHAPES)
def test_top_a_is_a_share_of_the_square(shape, a):
    logits = SHAPES[shape]
    same({"sampler": "top_a", "a": a}, logits, by_probability(logits, lambda p: a * p.max() ** 2))


@pytest.mark.parametrize(("factor", "curve"), [(0.3, 1.0), (0.2, 2.5), (1.0, 6.0)])
@pytest.mark.parametrize("shape", SHAPES)
def test_quadratic_bends_as_its_first_author_wrote(shape, factor, curve):
    """−k·s·d² + s'·s·d³ + max with k = (3 − c)/2 and s' = (c − 1)/2."""
    logits = torch.tensor(SHAPES[shape])
    d = logits - logits.max()
    k, t = (3 - curve) / 2, (curve - 1) / 2
    bent = torch.where(
        torch.isfinite(logits), -k * factor * d**2 + t * factor * d**3 + logits.max(), logits
    )
    item = {"sampler": "quadratic", "factor": factor, "curve": curve}
    np.testing.assert_allclose(kept(item, SHAPES[shape]), bent.numpy(), rtol=1e-9, atol=1e-9)


def test_quadratic_of_a_far_tail_is_no_number_gone_wrong():
    stage = Chain.from_list([{"sampler": "quadratic", "factor": 100.0, "curve": 10.0}]).apply(
        [0.0, -1e99, -1e150, -1e300]
    )[-1]
    assert list(stage.probabilities) == [1.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize("z", [0.0, 0.5, 0.95])
@pytest.mark.parametrize("shape", SHAPES)
def test_tail_free_sums_the_bends(shape, z):
    logits = SHAPES[shape]
    ordered, order = torch.sort(torch.tensor(logits), descending=True, stable=True)
    d2 = ordered.softmax(0).diff().diff().abs()
    shares = d2 / d2.sum() if d2.sum() > 0 else torch.full_like(d2, 1 / len(d2))
    gone = torch.cat((torch.zeros(1), (shares.cumsum(0) > z), torch.ones(1))).bool()
    expected = np.full(logits.size, -math.inf)
    chosen = order[~gone].numpy()
    expected[chosen] = logits[chosen]
    same({"sampler": "tail_free", "z": z}, logits, expected)


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("shape", SHAPES)
def test_no_repeated_ngrams_as_in_transformers(shape, n):
    logits = SHAPES[shape]
    for seed in range(20):
        history = np.random.default_rng(seed).integers(0, 5, 40).tolist()
        processor = NoRepeatNGramLogitsProcessor(n)
        expected = processor(torch.tensor([history]), torch.tensor(logits[None]))[0].numpy()
        if np.isfinite(expected).any():
            same({"sampler": "no_repeat_ngram", "n": n}, logits, expected, history)


def test_a_repetition_that_leaves_nothing_keeps_the_best():
    item = {"sampler": "no_repeat_ngram", "n": 1}
    stage = Chain.from_list([item]).apply([0.0, 2.0], [0, 1, 7])[-1]
    assert list(stage.ids) == [1]
    assert stage.reason == "no_repeat_ngram: all would repeat a run of 1; the best stays"
