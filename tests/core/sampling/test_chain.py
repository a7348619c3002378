"""Chains: what is accepted, what is refused and how, and the words of the reasons."""

import numpy as np
import pytest

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.sampling import SAMPLERS, Chain, SamplingError, from_gguf_metadata

LOGITS = np.log([0.5, 0.25, 0.125, 0.0625, 0.0625])


def test_parameters_are_those_of_the_issue():
    assert {name: [p.name for p in s.parameters] for name, s in SAMPLERS.items()} == {
        "penalties": ["last_n", "repeat", "frequency", "presence"],
        "dry": ["multiplier", "base", "allowed_length", "last_n", "breakers"],
        "top_n_sigma": ["n"],
        "top_k": ["k"],
        "typical_p": ["p", "min_keep"],
        "top_p": ["p", "min_keep"],
        "min_p": ["p", "min_keep"],
        "xtc": ["probability", "threshold", "min_keep"],
        "temperature": ["temperature"],
        "dynamic_temperature": ["temperature", "range", "exponent"],
        "mirostat": ["tau", "eta"],
        "mirostat_v2": ["tau", "eta"],
        "adaptive_p": ["target", "decay"],
        "epsilon_cutoff": ["epsilon", "min_keep"],
        "eta_cutoff": ["epsilon", "min_keep"],
        "top_h": ["h"],
        "p_less": [],
        "p_less_norm": [],
        "min_k": ["tau"],
        "top_a": ["a", "min_keep"],
        "quadratic": ["factor", "curve"],
        "tail_free": ["z", "min_keep"],
        "no_repeat_ngram": ["n"],
        "guidance": ["prompt", "scale"],
        "rule": ["rule"],
    }


@pytest.mark.parametrize("sampler", SAMPLERS.values(), ids=lambda s: s.name)
def test_defaults_and_usual_ranges_are_accepted(sampler):
    for parameter in sampler.parameters:
        usual = () if parameter.kind in ("breakers", "text") else parameter.usual
        for value in (parameter.default, *usual):
            Chain.from_list([{"sampler": sampler.name, parameter.name: value}])


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"sampler": "top_k", "k": 2.5}, ["top_k", "k", "-1 to 2147483647", "2.5"]),
        ({"sampler": "top_k", "k": "40"}, ["k", "'40'"]),
        ({"sampler": "top_k", "k": True}, ["k", "True"]),
        ({"sampler": "top_p", "p": 1.5}, ["top_p", "p", "0 to 1", "1.5"]),
        ({"sampler": "min_p", "p": float("nan")}, ["min_p", "p", "0 to 10", "nan"]),
        ({"sampler": "temperature", "temperature": -1}, ["temperature", "0 to 1000", "-1"]),
        ({"sampler": "temperature", "temperature": float("inf")}, ["0 to 1000", "inf"]),
        ({"sampler": "penalties", "repeat": 0}, ["penalties", "repeat", "0.01 to 1000", "0"]),
        ({"sampler": "adaptive_p", "decay": 1.0}, ["decay", "0 to 0.99", "1.0"]),
        ({"sampler": "xtc", "threshold": None}, ["threshold", "0 to 1", "None"]),
        ({"sampler": "dry", "breakers": "\n"}, ["dry", "breakers", "list"]),
        ({"sampler": "dry", "breakers": [[-1]]}, ["breakers", "[[-1]]"]),
        ({"sampler": "dry", "breakers": ["\n", 3]}, ["breakers", "list"]),
        ({"sampler": "top_q"}, ["'top_q'", "Did you mean 'top_p'?"]),
        ({"sampler": "top_k", "n": 4}, ["top_k", "'n'", "Known are k"]),
        ({"sampler": "top_k", "enabled": 1}, ["enabled", "true or false"]),
        ({"k": 40}, ["sampler", "40"]),
        ("top_k", ["sampler", "'top_k'"]),
    ],
    ids=str,
)
def test_a_bad_item_is_named_with_range_and_value(item, words):
    with pytest.raises(SamplingError) as error:
        Chain.from_list([item])
    assert isinstance(error.value, LaminoscopeError)
    for word in words:
        assert word in str(error.value)


@pytest.mark.parametrize("text", ["{", '"top_k"', '{"sampler": "top_k"}', "3"])
def test_a_bad_file_is_refused(text):
    with pytest.raises(SamplingError):
        Chain.from_json(text)


def test_a_parameter_that_is_given_twice_is_refused():
    with pytest.raises(SamplingError, match="'k' stands in it twice"):
        Chain.from_json('[{"sampler": "top_k", "k": 3, "k": 4}]')


def test_an_unknown_preset_names_those_that_exist():
    with pytest.raises(SamplingError, match=r"llama\.cpp, Hugging Face"):
        Chain.preset("ollama")


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"sampler": "top_k", "k": 2}, "top_k: the best 2 of 5; the next had 0.125"),
        ({"sampler": "top_k", "k": 9}, "top_k: 5 candidates, no more than k = 9"),
        (
            {"sampler": "top_p", "p": 0.8},
            "top_p: the best 3 sum to 0.875 ≥ 0.8, the best 2 only to 0.75",
        ),
        ({"sampler": "min_p", "p": 0.2}, "min_p: 0.0625 < 0.2 × 0.5"),
        ({"sampler": "min_p", "p": 0.1}, "min_p: none below; the least has 0.0625 ≥ 0.1 × 0.5"),
        (
            {"sampler": "min_p", "p": 0.9, "min_keep": 2},
            "min_p: 0.125 < 0.9 × 0.5; at least 2 candidates stay",
        ),
        ({"sampler": "epsilon_cutoff", "epsilon": 0.1}, "epsilon_cutoff: 0.0625 < 0.1"),
        (
            {"sampler": "xtc", "probability": 1, "threshold": 0.2},
            "xtc: 1 above 0.25 ≥ 0.2 dropped (not drawn, 1)",
        ),
        ({"sampler": "temperature", "temperature": 0.5}, "temperature: logits / 0.5, sharper"),
        ({"sampler": "mirostat_v2", "tau": 1.5}, "mirostat_v2: surprise 4 > μ = 3 bits"),
        (
            {"sampler": "adaptive_p", "target": 0.3},
            "adaptive_p: favours p ≈ 0.3 (chosen so far: 0.3)",
        ),
        ({"sampler": "top_k", "k": 2, "enabled": False}, "top_k: switched off"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_reasons_carry_the_numbers(item, reason):
    assert Chain.from_list([item]).apply(LOGITS)[0].reason == reason


@pytest.mark.parametrize(
    ("item", "cut"),
    [
        ({"sampler": "min_p", "p": 0.2}, 0.1),
        ({"sampler": "epsilon_cutoff", "epsilon": 0.1}, 0.1),
        ({"sampler": "xtc", "probability": 1, "threshold": 0.2}, 0.2),
        ({"sampler": "mirostat_v2", "tau": 1.5}, 0.125),
        ({"sampler": "top_k", "k": 2}, None),
    ],
    ids=str,
)
def test_the_cut_line_is_a_probability(item, cut):
    assert Chain.from_list([item]).apply(LOGITS)[0].cut_probability == pytest.approx(cut)


def test_the_cut_line_of_top_n_sigma_lies_between_kept_and_removed():
    stage = Chain.from_list([{"sampler": "top_n_sigma", "n": 1.0}]).apply(LOGITS)[0]
    removed = stage.received.probabilities[len(stage.kept) :]
    kept = stage.received.probabilities[: len(stage.kept)]
    assert removed.max() < stage.cut_probability <= kept.min()


def test_lines_that_are_met_exactly():
    """≥ for top_p and XTC's min_keep, ≤ for top_h, > for typical_p."""

    def n_kept(logits=(0.0, 0.0, 0.0, 0.0), **item):
        return len(Chain.from_list([item]).apply(logits, seed=0)[-1].kept)

    assert n_kept(sampler="top_p", p=0.5) == 2
    assert n_kept(sampler="typical_p", p=0.5) == 3
    assert n_kept(sampler="top_h", h=0.5) == 2
    act = {"sampler": "xtc", "probability": 1.0, "threshold": 0.25}
    assert n_kept(**act) == 1
    assert n_kept(**act, min_keep=1) == 1
    assert n_kept(**act, min_keep=2) == 4
    # at threshold 0 every possible token is above it, and one of them must stay
    stage = Chain.from_list([{**act, "threshold": 0.0}]).apply([1.0, 2.0, -np.inf])[0]
    assert list(stage.ids) == [0, 2]
    assert list(stage.probabilities) == [1.0, 0.0]


def test_a_sampler_that_chooses_ends_the_chain():
    chain = Chain.from_list(
        [{"sampler": "mirostat_v2"}, {"sampler": "top_k", "k": 1}, {"sampler": "mirostat"}]
    )
    assert chain.chooser == "mirostat_v2"
    step = chain.step(LOGITS, (), seed=1)
    assert step.stages[1].reason == "top_k: not reached, mirostat_v2 has chosen"
    assert step.draw is step.stages[0].draw
    assert step.state.words == 0  # the final draw was not needed


def test_without_a_seed_nothing_is_drawn():
    chain = Chain.from_list([{"sampler": "xtc", "probability": 0.9}, {"sampler": "mirostat"}])
    stages = chain.apply(LOGITS)
    assert stages.chosen is None
    assert len(stages[0].kept) < 5  # XTC does what is likelier


def test_gguf_metadata_fill_llama_cpps_chain():
    items = from_gguf_metadata(
        {
            "general.architecture": "llama",
            "general.sampling.top_k": 64,
            "general.sampling.temp": 1.0,
            "general.sampling.penalty_repeat": 1.1,
        }
    )
    chain = {item["sampler"]: item for item in Chain.from_list(items).to_list()}
    assert list(chain)[-1] == "temperature"
    assert chain["top_k"]["k"] == 64
    assert chain["temperature"]["temperature"] == 1.0
    assert chain["penalties"]["repeat"] == 1.1
    assert chain["top_p"]["p"] == 0.95  # not given


def test_gguf_metadata_give_an_order():
    items = from_gguf_metadata({"general.sampling.sequence": "temperature;typ_p;xtc"})
    names = [item["sampler"] for item in Chain.from_list(items).to_list()]
    assert names == ["temperature", "typical_p", "xtc"]


def test_gguf_metadata_with_mirostat():
    items = from_gguf_metadata(
        {"general.sampling.mirostat": 2, "general.sampling.mirostat_tau": 4.0}
    )
    assert Chain.from_list(items).to_list()[-1] == {
        "sampler": "mirostat_v2",
        "tau": 4.0,
        "eta": 0.1,
    }


def test_gguf_metadata_without_advice_or_with_bad_advice():
    assert from_gguf_metadata({"general.name": "x"}) is None
    with pytest.raises(SamplingError, match="infill"):
        from_gguf_metadata({"general.sampling.sequence": "top_k;infill"})
    with pytest.raises(SamplingError, match="mirostat"):
        from_gguf_metadata({"general.sampling.mirostat": 3})


def test_the_keys_are_those_of_the_gguf_package():
    from gguf import constants

    known = {
        value
        for name, value in vars(constants.Keys.General).items()
        if name.startswith("SAMPLING_")
    }
    numbers = {key: 1 for key in known if not key.endswith("sequence")}
    numbers["general.sampling.mirostat"] = 0
    chain = {item["sampler"]: item for item in from_gguf_metadata(numbers)}
    assert chain["top_k"]["k"] == chain["penalties"]["last_n"] == 1
    assert chain["xtc"] == {"sampler": "xtc", "probability": 1, "threshold": 1}
    assert chain["temperature"]["temperature"] == 1


def test_importing_costs_numpy_only():
    import subprocess
    import sys
    from pathlib import Path

    core = Path(__file__).parents[3] / "core"
    code = (
        "import sys; from laminoscope_core.sampling import Chain; "
        "print([m for m in ('torch', 'transformers', 'scipy', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=core, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_possibilities_stand_where_the_generation_stands():
    chain = Chain.from_list([{"sampler": "mirostat_v2", "tau": 2.0, "eta": 1.0}])
    logits = np.random.default_rng(0).normal(0, 2, 50)
    state = chain.step(logits, (), 3).state
    (later,) = chain.possibilities(logits, (), state)
    expected = chain.apply(logits, state=state).final
    np.testing.assert_array_equal(later.stages.final.ids, expected.ids)
    assert len(expected) != len(chain.possibilities(logits)[0].stages.final)


def test_a_chain_has_a_length_that_can_be_shown():
    with pytest.raises(SamplingError, match="at most 200 samplers"):
        Chain.from_list([{"sampler": "top_k"}] * 201)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"sampler": "top_p", "p": 0.4}, "top_p: the best has 0.5 ≥ 0.4"),
        (
            {"sampler": "top_p", "p": 0.7},
            "top_p: the best 2 sum to 0.75 ≥ 0.7, the best alone only to 0.5",
        ),
        (
            {"sampler": "dry", "multiplier": 1.0, "breakers": []},
            "dry: 1 token of history, no more than 2",
        ),
        (
            {"sampler": "no_repeat_ngram", "n": 3},
            "no_repeat_ngram: 1 token so far, fewer than 3",
        ),
        (
            {"sampler": "min_p", "p": 0.9, "min_keep": 1},
            "min_p: 0.25 < 0.9 × 0.5",
        ),
        (
            {"sampler": "top_p", "p": 0.4, "min_keep": 2},
            "top_p: the best 2 sum to 0.75 ≥ 0.4; at least 2 candidates stay",
        ),
    ],
)
def test_a_reason_speaks_of_one_as_of_one(item, reason):
    logits = np.log([0.5, 0.25, 0.25])
    (stage,) = Chain.from_list([item]).apply(logits, [0])
    assert stage.reason == reason


def test_a_reason_speaks_of_one_token_that_is_repeated_as_of_one():
    item = {"sampler": "dry", "multiplier": 1.0, "allowed_length": 1, "breakers": []}
    (stage,) = Chain.from_list([item]).apply(np.log([0.5, 0.25, 0.25]), [0, 1, 0])
    assert stage.reason.startswith("dry: 1 would continue a repetition, at most of 1 token: −")


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"sampler": "top_k", "k": 2000}, "top_k: the best 2,000 of 3,000; the next had 0.0003333"),
        ({"sampler": "top_k", "k": 4000}, "top_k: 3,000 candidates, no more than k = 4,000"),
        ({"sampler": "typical_p", "p": 0.5}, "typical_p: the 1,500 nearest to H = 8.006 sum to"),
        ({"sampler": "p_less_norm"}, "p_less_norm: none below"),
    ],
)
def test_a_reason_sets_thousands_apart(item, reason):
    (stage,) = Chain.from_list([item]).apply(np.zeros(3000), [0])
    assert stage.reason.startswith(reason)
