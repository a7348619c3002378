"""Rules: what formulas may say, what they give, and that nothing else of Python is reached."""

import builtins
import math

import numpy as np
import pytest

from laminoscope_core.sampling import PRESETS, Chain, SamplingError
from laminoscope_core.sampling.expressions import ExpressionError
from laminoscope_core.sampling.rules import read_rule

SHAPES = [
    np.random.default_rng(0).normal(scale=4, size=400),
    np.random.default_rng(1).normal(scale=0.01, size=2000),
    np.zeros(30),
    np.round(np.random.default_rng(2).normal(scale=2, size=300)),
    np.where(np.arange(300) % 3 == 0, -math.inf, np.random.default_rng(3).normal(size=300)),
]


def ruled(text, logits, history=()):
    return Chain.from_list([{"sampler": "rule", "rule": text}]).apply(logits, history)[-1]


@pytest.mark.parametrize(
    ("preset", "built_in"),
    [
        ("top-a as a rule", {"sampler": "top_a", "a": 0.2}),
        ("min-p as a rule", {"sampler": "min_p", "p": 0.05}),
        ("epsilon as a rule", {"sampler": "epsilon_cutoff", "epsilon": 0.0009, "min_keep": 1}),
    ],
)
def test_presets_write_built_in_samplers_as_rules(preset, built_in):
    for logits in SHAPES:
        stage = Chain.preset(preset).apply(logits)[-1]
        expected = Chain.from_list([built_in]).apply(logits)[-1]
        np.testing.assert_array_equal(stage.ids, expected.ids)
        np.testing.assert_array_equal(stage.logits, expected.logits)
        if preset != "epsilon as a rule":  # whose formula has two ways to stay, and no one line
            assert stage.cut_probability == pytest.approx(expected.cut_probability, rel=1e-12)
    assert [PRESETS[preset][0]["sampler"]] == ["rule"]


def test_every_name_and_function_means_what_is_said():
    logits, history = np.array([1.0, 3.0, 2.0, -1.0]), [3, 3, 0, 99]
    p = np.exp(logits) / np.exp(logits).sum()
    order = [1, 2, 0, 3]
    sorted_p, sorted_l = p[order], logits[order]
    entropy = -(p * np.log(p)).sum()
    seen = np.array([0, 0, 1, 2])
    for formula, expected in {
        "p": sorted_p,
        "l": sorted_l,
        "rank": np.arange(1, 5),
        "H + 0 * l": np.full(4, entropy),
        "p_max - l_max": np.full(4, sorted_p[0] - 3.0),
        "n": np.full(4, 4.0),
        "seen": seen,
        "exp(l)": np.exp(sorted_l),
        "ln(p)": np.log(sorted_p),
        "sqrt(p) + abs(l)": np.sqrt(sorted_p) + np.abs(sorted_l),
        "min(l)": np.full(4, -1.0),
        "max(l, 1.5)": np.maximum(sorted_l, 1.5),
        "sum(p * l)": np.full(4, (p * logits).sum()),
        "sum(1)": np.full(4, 4.0),
        "cumsum(p)": np.cumsum(sorted_p),
        "where(seen > 0, l, -rank)": np.where(seen > 0, sorted_l, -np.arange(1, 5)),
        "-l ** 2 % 3": -(sorted_l**2) % 3,
        "1 < rank <= 3": [0, 1, 1, 0],
        "not seen or rank == 4 and p > 1": seen == 0,
        "(rank > 1) + (rank > 2)": [0, 1, 2, 2],
    }.items():
        kept = ruled(f"logit: {formula}", logits, history).kept
        scores = kept.logits[np.argsort(kept.ids)]
        np.testing.assert_allclose(
            scores, np.array(expected, float)[np.argsort(order)], err_msg=formula
        )


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("keep: p < 0", "rule: would keep none of 3; the best stays"),
        ("keep: p >= 0 / 0", "rule: would keep none of 3; the best stays"),
        ("keep: ln(l - 9)", "rule: no number (NaN) for 3 of 3; nothing changes"),
        ("keep: p", "rule: keeps all 3"),
        ("keep: rank != 2", "rule: keeps 2 of 3"),
        ("keep: rank <= 2", "rule: keeps 2 of 3, p ≥ 0.2447"),
        ("logit: l / (rank - 1)", "rule: an infinite logit; nothing changes"),
        ("logit: (rank - 2) / 0 * l", "rule: no number (NaN) for 1 of 3; nothing changes"),
        ("logit: -9 ** 9 ** 9 ** 9", "rule: would remove all 3; nothing changes"),
        ("logit: l", "rule: changes none of 3 logits"),
        ("logit: where(rank == 1, ln(0), l)", "rule: changes 1 of 3 logits, 1 to −∞"),
        ("", "rule: off (empty)"),
    ],
)
def test_what_a_rule_cannot_do_has_a_reason(rule, reason):
    stage = ruled(rule, [1.0, 3.0, 2.0])
    assert stage.reason == reason
    assert len(stage.kept) >= 1


@pytest.mark.parametrize(
    ("rule", "position", "problem"),
    [
        ("p > 0.1", 0, "“keep:” or “logit:”"),
        ("drop: p", 0, "“keep:” or “logit:”"),
        ("keep:", 5, "missing"),
        ("keep: q > 1", 6, "q is not known"),
        ("keep: p >= ", 11, "not a formula"),
        ("keep: p l", 8, "not a formula"),
        ("keep: p >> 2", 8, "no place"),
        ("keep: p > 'a'", 10, "no place"),
        ("keep: p.real > 0", 7, "no place"),
        ("keep: p[0] > 0", 7, "no place"),
        ("keep: exp > 1", 6, "exp needs brackets"),
        ("keep: exp(p, l) > 1", 6, "exp takes 1, not 2"),
        ("keep: p(l)", 6, "no place"),
        ("keep: (p, l)", 6, "no place"),
        ("keep: p > 0x1f", 10, "no place"),
        ("keep: " + "(" * 200 + "p", None, "formula"),
        ("keep: " + "-" * 200 + "p", None, "nested too deeply"),
        ("keep: p" + " + p" * 100, 305, "at most 300"),
        ("keep: p\n> 1", 7, "no place"),
    ],
)
def test_an_error_says_at_which_character(rule, position, problem):
    with pytest.raises(ExpressionError, match="of the rule") as error:
        read_rule(rule)
    assert problem in str(error.value)
    if position is not None:
        assert error.value.position == position
    with pytest.raises(SamplingError):
        Chain.from_list([{"sampler": "rule", "rule": rule}])


PARTS = (
    "__import__('os').system('touch {canary}')", "open('{canary}', 'w')", "eval('1')", "exec",
    "().__class__.__bases__[0].__subclasses__()", "p.__class__", "lambda: p", "[x for x in p]",
    "p if p else l", "(p := 1)", "f'{{p}}'", "globals()", "getattr(p, 'real')", "p @ l", "p // 2",
    "~p", "p | l", "p & l", "p << 9", "1j", "0b1", "1_000", "None", "True", "...", "*p", "**p",
    "exp(*p)", "exp(x=p)", "sum(p)(l)", "p[0]", "{{p}}", "p; l", "p = 1", "await p", "yield p",
    "\\x00", "\u0661", "π", "p is l", "p in l", "import os", "print(p)", "a" * 200, "#", "$", "`",
)  # fmt: skip


def test_ten_thousand_hostile_rules_are_refused_and_none_is_run(tmp_path, monkeypatch):
    canary = tmp_path / "canary"
    rng = np.random.default_rng(0)

    def forbidden(*_args, **_named):
        raise AssertionError("something of Python's own was run")

    joints = ("{}", "p > {}", "{} + l", "exp({})", "({})", "where({}, p, l)", "p and {}")
    kinds = ("keep: ", "logit: ")
    made = []
    for _ in range(10_000):
        text = PARTS[rng.integers(len(PARTS))].format(canary=canary)
        for _ in range(rng.integers(0, 3)):
            text = joints[rng.integers(len(joints))].replace("{}", text)
        made.append(kinds[rng.integers(2)] + text)
    with monkeypatch.context() as patch:
        for name in ("eval", "exec", "open", "__import__"):
            patch.setattr(builtins, name, forbidden)
        accepted = []
        for text in made:
            try:
                read_rule(text)
            except ExpressionError:
                continue
            accepted.append(text)
    assert accepted == []
    assert not canary.exists()


def test_large_powers_and_deep_formulas_take_no_time_and_no_memory():
    for text in ("9**" * 14 + "9", "exp(" * 25 + "p" + ")" * 25, "cumsum(" * 25 + "p" + ")" * 25):
        assert ruled(f"keep: {text}", np.zeros(1000)).kept.ids.size == 1000


def test_a_rule_is_kept_in_files_and_off_when_empty():
    chain = Chain.from_list([{"sampler": "rule", "rule": "keep: p > 0.1"}])
    assert Chain.from_json(chain.to_json()).to_list() == chain.to_list()
    assert Chain.from_list([{"sampler": "rule"}]).links[0].is_off
