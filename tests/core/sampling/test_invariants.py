"""What holds for every sampler, whatever the logits."""

import json
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from laminoscope_core.sampling import PRESETS, SAMPLERS, Candidates, Chain, SamplingError
from laminoscope_core.sampling.links import Link

often = settings(max_examples=60, deadline=None)

LOGITS = hnp.arrays(
    np.float64,
    st.integers(1, 60),
    # coarse values, so that ties are common; −inf as a model that masks would give
    elements=st.one_of(st.integers(-12, 12).map(float), st.floats(-40, 40), st.just(-math.inf)),
).filter(lambda row: np.isfinite(row).any())


TEXTS = {
    "prompt": ("", "Rain"),
    "rule": (
        "",
        "keep: p >= 0.2 * p_max ** 2",
        "keep: p < 0",
        "keep: rank % 2 == 0 and not seen",
        "logit: l - 0.3 * (l - l_max) ** 2",
        "logit: where(seen > 0, -rank, l / 0)",
        "logit: 0 * l",
    ),
}


@st.composite
def items(draw, names=tuple(SAMPLERS)):
    sampler = SAMPLERS[draw(st.sampled_from(names))]
    item = {"sampler": sampler.name}
    for parameter in sampler.parameters:
        low, high = parameter.usual
        if parameter.kind == "int":
            item[parameter.name] = draw(st.integers(-1 if parameter.minimum < 0 else 0, int(high)))
        elif parameter.kind == "float":
            item[parameter.name] = draw(st.floats(max(low, parameter.minimum), high))
        elif parameter.kind == "text":
            item[parameter.name] = draw(st.sampled_from(TEXTS[parameter.name]))
        else:
            item[parameter.name] = draw(
                st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=2), max_size=2)
            )
    return item


CHAINS = st.lists(items(), max_size=6)
HISTORIES = st.lists(st.integers(0, 70), max_size=30)
SEEDS = st.one_of(st.none(), st.integers(-(2**70), 2**70))


@often
@given(LOGITS, CHAINS, HISTORIES, SEEDS)
def test_every_stage_is_a_distribution_over_fewer_tokens(logits, chain, history, seed):
    stages = Chain.from_list(chain).apply(logits, history, seed)
    assert len(stages) == len(chain)
    before = stages.raw
    for stage, item in zip(stages, chain, strict=True):
        assert stage.name == item["sampler"]
        assert stage.received is before
        assert 1 <= len(stage.kept) <= len(before)
        assert set(stage.ids) <= set(before.ids)
        assert stage.probabilities.dtype == np.float64
        assert math.isclose(stage.probabilities.sum(), 1.0, abs_tol=1e-12)
        assert (stage.probabilities >= 0).all()
        assert 0 <= stage.entropy <= math.log(len(stage.kept)) + 1e-9
        kept = np.isin(before.ids, stage.ids)
        assert math.isclose(stage.removed_mass, before.probabilities[~kept].sum(), abs_tol=1e-12)
        assert stage.reason.startswith(f"{stage.name}: ")
        before = stage.kept


@often
@given(LOGITS, CHAINS, HISTORIES, SEEDS)
def test_survivors_stand_best_first_and_ties_by_id(logits, chain, history, seed):
    for stage in Chain.from_list(chain).apply(logits, history, seed):
        expected = sorted(
            zip(-stage.logits, stage.ids, strict=True), key=lambda pair: (pair[0], pair[1])
        )
        assert [token for _, token in expected] == list(stage.ids)


NEUTRAL = [
    {"sampler": "penalties"},
    {"sampler": "penalties", "last_n": 0, "repeat": 2.0},
    {"sampler": "penalties", "last_n": -1, "repeat": 2.0, "presence": 1.0},
    {"sampler": "dry"},
    {"sampler": "dry", "multiplier": 1.0, "base": 0.5, "breakers": []},
    {"sampler": "dry", "multiplier": 1.0, "last_n": 0, "breakers": []},
    {"sampler": "top_n_sigma", "n": 0},
    {"sampler": "top_n_sigma", "n": -1},
    {"sampler": "top_k", "k": 0},
    {"sampler": "top_k", "k": -1},
    {"sampler": "top_k", "k": 10**6},
    {"sampler": "typical_p", "p": 1},
    {"sampler": "top_p", "p": 1},
    {"sampler": "min_p", "p": 0},
    {"sampler": "xtc", "probability": 0, "threshold": 0.01},
    {"sampler": "xtc", "probability": 1, "threshold": 0.51},
    {"sampler": "temperature", "temperature": 1},
    {"sampler": "dynamic_temperature"},
    {"sampler": "adaptive_p", "target": -1},
    {"sampler": "epsilon_cutoff", "epsilon": 0},
    {"sampler": "eta_cutoff", "epsilon": 0},
    {"sampler": "top_h", "h": 0},
    {"sampler": "min_k", "tau": -1},
    {"sampler": "top_a", "a": 0},
    {"sampler": "quadratic", "factor": 0, "curve": 3},
    {"sampler": "tail_free", "z": 1},
    {"sampler": "no_repeat_ngram", "n": 0},
    {"sampler": "rule", "rule": " "},
    {"sampler": "guidance", "prompt": "Rain", "scale": 1},
    {"sampler": "guidance", "scale": 3},
    {"sampler": "top_k", "k": 1, "enabled": False},
    # nothing to set: only the switch is neutral
    {"sampler": "p_less", "enabled": False},
    {"sampler": "p_less_norm", "enabled": False},
]


@pytest.mark.parametrize("item", NEUTRAL, ids=str)
@often
@given(logits=LOGITS, history=HISTORIES)
def test_neutral_values_change_nothing(item, logits, history):
    stages = Chain.from_list([item]).apply(logits, history, seed=3)
    np.testing.assert_array_equal(stages.final.ids, stages.raw.ids)
    np.testing.assert_array_equal(stages.final.logits, stages.raw.logits)
    assert stages[0].removed_mass == 0


def test_what_can_change_nothing_is_told_as_off():
    on = [item for item in NEUTRAL if not Link.from_item(item).is_off]
    # a large k may be small for another vocabulary, and adaptive-p still draws
    assert on == [{"sampler": "top_k", "k": 10**6}, {"sampler": "adaptive_p", "target": -1}]
    assert set(SAMPLERS) - {item["sampler"] for item in NEUTRAL} == {"mirostat", "mirostat_v2"}


@often
@given(LOGITS)
def test_raw_probabilities_are_the_softmax(logits):
    from scipy.special import softmax

    raw = Candidates.from_logits(logits)
    np.testing.assert_allclose(raw.probabilities, softmax(logits)[raw.ids], rtol=1e-12)
    from scipy.stats import entropy

    assert raw.entropy == pytest.approx(entropy(softmax(logits)), abs=1e-12)


@often
@given(LOGITS, st.lists(items(["top_p", "min_p", "xtc", "typical_p"]), min_size=1, max_size=1))
def test_min_keep_leaves_at_least_that_many(logits, chain):
    assume(chain[0]["sampler"] != "typical_p" or np.isfinite(logits).all())
    kept = Chain.from_list(chain).apply(logits, seed=0)[-1].kept
    assert len(kept) >= min(chain[0]["min_keep"], logits.size)


@often
@given(LOGITS, st.floats(0.05, 20))
def test_temperature_flattens_or_sharpens(logits, temperature):
    stages = Chain.from_list([{"sampler": "temperature", "temperature": temperature}]).apply(logits)
    change = stages.final.entropy - stages.raw.entropy
    assert change >= -1e-9 if temperature >= 1 else change <= 1e-9


@often
@given(LOGITS)
def test_temperature_zero_keeps_the_first_maximum(logits):
    stage = Chain.preset("greedy").apply(logits)[-1]
    assert list(stage.ids) == [int(np.argmax(logits))]


def test_a_temperature_next_to_zero_is_zero():
    for temperature in (5e-324, 1e-300):
        chain = Chain.from_list([{"sampler": "temperature", "temperature": temperature}])
        final = chain.apply([1.0, 3.0, -2e9]).final
        assert final.ids[0] == 1
        assert final.probabilities[0] == 1.0


@often
@given(CHAINS)
def test_a_chain_survives_list_and_json(chain):
    first = Chain.from_list(chain)
    assert Chain.from_json(first.to_json()).to_list() == first.to_list()
    assert json.loads(first.to_json()) == first.to_list()
    for written, given_item in zip(first.to_list(), chain, strict=True):
        for key, value in given_item.items():
            assert written[key] == value


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_valid(name):
    assert [item["sampler"] for item in Chain.preset(name).to_list()] == [
        item["sampler"] for item in PRESETS[name]
    ]


@pytest.mark.parametrize(
    ("logits", "problem"),
    [
        ([0.0, math.nan, 1.0], "1 of 3 logits are not a number (NaN), the first at token 1"),
        ([-math.inf, -math.inf], "All 2 logits are −inf"),
        ([0.0, math.inf], "token 1 is infinite"),
        ([], "one row"),
        ([[0.0, 1.0]], "shape (1, 2)"),
        (["a"], "row of numbers"),
    ],
)
def test_unusable_logits_are_explained(logits, problem):
    with pytest.raises(SamplingError) as error:
        Chain.preset("llama.cpp").apply(logits)
    assert problem in str(error.value)


@pytest.mark.parametrize("history", [[1.5], ["a"], [-1], [[1], [2, 3]], [True]])
def test_an_unusable_history_is_explained(history):
    with pytest.raises(SamplingError, match="token ids"):
        Chain.from_list([]).apply([0.0, 1.0], history)


def test_an_empty_chain_leaves_the_raw_candidates():
    stages = Chain.from_list([]).apply([0.0, 1.0])
    assert stages == []
    assert stages.final is stages.raw


def test_tokens_outside_the_vocabulary_are_ignored():
    chain = Chain.from_list([{"sampler": "penalties", "presence": 1.0}])
    assert list(chain.apply([0.0, 5.0], history=[7, 1])[-1].logits) == [4.0, 0.0]


def test_candidates_spare_the_sort_and_give_the_same():
    logits = np.random.default_rng(0).normal(size=500)
    chain = Chain.preset("llama.cpp")
    np.testing.assert_array_equal(
        chain.apply(Candidates.from_logits(logits))[-1].probabilities,
        chain.apply(logits)[-1].probabilities,
    )


def test_masked_tokens_count_for_dynamic_temperature():
    """llama.cpp keeps what top-n-σ masked in its array, and ln n is of the whole array."""
    logits = np.array([3.0, 2.5, 0.0, -1.0, -2.0])
    link = {"sampler": "dynamic_temperature", "temperature": 1.0, "range": 0.5}
    stages = Chain.from_list([{"sampler": "top_n_sigma", "n": 0.5}, link]).apply(logits)
    assert list(stages[0].ids) == [0, 1]
    p = np.exp([3.0, 2.5]) / np.exp([3.0, 2.5]).sum()
    share = -(p * np.log(p)).sum() / np.log(5)
    np.testing.assert_allclose(stages[1].logits, np.array([3.0, 2.5]) / (0.5 + share))
