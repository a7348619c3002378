"""The chain gives what llama.cpp and Hugging Face were measured to give."""

import numpy as np
import pytest

from laminoscope_core.sampling import Candidates, Chain
from laminoscope_core.sampling.choosing import adapted_target, surprised
from laminoscope_core.sampling.seeds import chance, uniform

from . import conformance


def cases(name, key):
    return conformance.read(name)[key]


def dense(stage, size):
    p = np.zeros(size)
    p[stage.ids] = stage.probabilities
    return p


@pytest.mark.parametrize(
    "vector",
    cases("llama_cpp_vectors.json", "vectors"),
    ids=lambda v: v["name"],
)
def test_unit_vectors_of_llama_cpp(vector):
    # logits as llama.cpp's own test makes them: ln of the probabilities in float32
    logits = np.log(np.array(vector["input_probs"], dtype=np.float32))
    chain = Chain.from_list([conformance.item(vector["name"], vector["params"])])
    stage = chain.apply(logits, vector.get("history", ()), vector["params"].get("seed"))[-1]

    expected = np.zeros(logits.size)
    expected[vector["llama_order_ids"]] = vector["expected_probs"]
    if "p field" in vector.get("note", ""):
        expected /= expected.sum()  # llama.cpp leaves the old p in place there
    # 7e-6 of 0.571429 are the file's six digits
    np.testing.assert_allclose(
        dense(stage, logits.size), expected, atol=vector["tolerance_abs"], rtol=0
    )


@pytest.mark.parametrize(
    "case",
    cases("llama_cpp_vectors.json", "queue")["cases"],
    ids=lambda case: case["sequence"],
)
def test_chains_of_llama_cpp(case):
    with np.errstate(divide="ignore"):
        logits = np.log(np.arange(10_000, dtype=np.float32))
    chain = Chain.from_list([conformance.item(s["sampler"], s["params"]) for s in case["stages"]])
    for stage, expected in zip(chain.apply(logits), case["stages"], strict=True):
        assert stage.ids.size == expected["size"]
        assert stage.ids.min() == expected["min_id"]
        assert stage.ids.max() == expected["max_id"]


def case_name(case):
    return f"{case['source']}-{case.get('tag') or case['chain']}"


class Words:
    """A tokenizer of the words of one text, at the ids of a conformance case."""

    def __init__(self, text, ids):
        pieces = [text[i:j] for i, j in zip(*self.bounds(text, len(ids)), strict=True)]
        self.texts = dict(zip(ids, pieces, strict=True))

    @staticmethod
    def bounds(text, n):
        starts = [0] + [i for i in range(1, len(text)) if text[i] in " \n." or text[i - 1] == "\n"]
        assert len(starts) == n
        return starts, [*starts[1:], len(text)]

    def __len__(self):
        return max(self.texts) + 1

    def get_vocab(self):
        return {text: number for number, text in self.texts.items()}

    def decode(self, row, **_):
        return self.texts.get(row[0], "?")


@pytest.mark.parametrize("case", cases("samplers_oracle.json", "cases"), ids=case_name)
def test_distributions_of_llama_cpp(case):
    logits = conformance.logits(case["source"])
    history = case.get("history", ())
    tokenizer = Words(case["history_text"], history) if "history_text" in case else None
    items = [conformance.item(name, parameters) for name, parameters in case["chain"]]
    seed = next((p["seed"] for _, p in case["chain"] if "seed" in p), None)
    stage = Chain.from_list(items, tokenizer).apply(logits, history, seed)[-1]

    out, exact = case["out"], case.get("exact_f64")
    p = dense(stage, logits.size)
    n_finite = np.isfinite(stage.logits).sum()
    top = np.array([p[token] for token, _ in out["top"]])
    measured = np.array([probability for _, probability in out["top"]])
    if exact is None:
        assert n_finite == out["n_finite"]
        if "survivor_ids" in out:
            assert sorted(stage.ids) == out["survivor_ids"]
        elif out["n_finite"] < logits.size:
            assert conformance.sha1_of_ids(stage.ids) == out["survivor_sha1"]
        np.testing.assert_allclose(top, measured, atol=1e-5, rtol=0)
        # the file's entropy is over float32 p, whose sum strays from 1 by some 1e-4
        assert stage.entropy == pytest.approx(out["entropy_nats"], rel=5e-4, abs=1e-4)
    else:
        assert n_finite == exact["n_finite"]
        ours = [p[token] for token, _ in exact["top10"]]
        theirs = [probability for _, probability in exact["top10"]]
        np.testing.assert_allclose(ours, theirs, atol=1e-6, rtol=0)
        if "NaN" not in case.get("tag", ""):
            assert abs(n_finite - out["n_finite"]) <= 8
            np.testing.assert_allclose(top, measured, atol=6e-4, rtol=0)


@pytest.mark.parametrize(
    "case",
    cases("samplers_oracle.json", "tie_cases"),
    ids=lambda case: f"{case['logits_name']}-{case['chain']}",
)
def test_ties(case):
    logits = np.array(case["logits"])
    if case["logits_name"] == "dyadic":
        # the rule meets p = threshold exactly; the file's 7 digits do not carry that
        logits = np.log([0.125, 0.125, 0.25, 0.5])
    chain = Chain.from_list([conformance.item(*link) for link in case["chain"]])
    stage = chain.apply(logits, seed=0)[-1]
    assert stage.ids.size == case["n"]
    np.testing.assert_allclose(stage.probabilities, sorted(case["p"], reverse=True), atol=1e-5)
    # the same scores survive; among equals the lower id stands first here
    np.testing.assert_allclose(
        np.sort(logits[stage.ids]), np.sort(logits[case["ids_in_llama_order"]])
    )
    order = sorted(stage.ids, key=lambda token: (-logits[token], token))
    if case["chain"][0][0] != "xtc":
        assert list(stage.ids) == order


@pytest.mark.parametrize(
    "case",
    cases("hf_oracle.json", "cases"),
    ids=lambda c: f"{c['source']}-{c['name']}-{c['value']}",
)
def test_distributions_of_hugging_face(case):
    parameter = {"top_k": "k", "top_h": "h", "epsilon_cutoff": "epsilon", "eta_cutoff": "epsilon"}
    logits = conformance.logits(case["source"])
    items = [{"sampler": case["name"], parameter.get(case["name"], "p"): case["value"]}]
    stage = Chain.from_list(items).apply(logits)[-1]
    p = dense(stage, logits.size)
    if case["name"] == "top_h" and case["value"] == 1.0:
        assert stage.ids.size in (99, 100)  # HF's float32 sum may stop one short
        return
    assert stage.ids.size == case["n_kept"]
    if "survivor_ids" in case:
        assert sorted(stage.ids) == case["survivor_ids"]
    else:
        assert conformance.sha1_of_ids(stage.ids) == case["survivor_sha1"]
    for token, probability in case["top"]:
        assert p[token] == pytest.approx(probability, abs=1e-6)
    assert stage.entropy == pytest.approx(case["entropy_nats"], abs=1e-5)


def in_llama_order(candidates, u):
    """Token that llama.cpp draws from an array in id order."""
    p = np.zeros(candidates.vocabulary)
    p[candidates.ids] = candidates.probabilities
    return int(np.searchsorted(np.cumsum(p), u * p.sum()))


@pytest.mark.parametrize(
    "sequence",
    [s for s in cases("samplers_oracle.json", "stateful_sequences") if "mirostat" in s["sampler"]],
    ids=lambda s: f"{s['sampler']}-{s['source']}",
)
def test_mirostat_over_sixteen_tokens(sequence):
    chain = Chain.from_list([conformance.item(sequence["sampler"], sequence["params"])])
    candidates = Candidates.from_logits(conformance.logits(sequence["source"]))
    state = None
    for n_kept, token, probability in sequence["steps"]:
        step = chain.step(candidates, (), sequence["params"]["seed"], state)
        assert len(step.stages.final) == n_kept
        assert step.draw.token == token
        assert step.draw.probability == pytest.approx(probability, abs=1e-6)
        state = step.state


@pytest.mark.parametrize(
    "sequence",
    [s for s in cases("samplers_oracle.json", "stateful_sequences") if "adaptive" in s["sampler"]],
    ids=lambda s: s["source"],
)
def test_adaptive_p_over_sixteen_tokens(sequence):
    """llama.cpp draws in id order here, so the measured tokens are fed back by hand."""
    from laminoscope_core.sampling.choosing import Turn, adaptive_p
    from laminoscope_core.sampling.seeds import SamplerState

    candidates = Candidates.from_logits(conformance.logits(sequence["source"]))
    q = np.zeros(candidates.vocabulary)
    q[candidates.ids] = candidates.probabilities
    parameters = {key: sequence["params"][key] for key in ("target", "decay")}
    memory = ()
    for position, (n_kept, token, probability) in enumerate(sequence["steps"]):
        turn = Turn(sequence["params"]["seed"], SamplerState(2 * position, memory))
        outcome = adaptive_p(candidates, turn, **parameters)
        assert len(outcome.kept) == n_kept
        assert in_llama_order(outcome.kept, outcome.draw.u) == token
        at = int(np.flatnonzero(outcome.kept.ids == token)[0])
        assert outcome.kept.probabilities[at] == pytest.approx(probability, abs=1e-6)
        # what the sampler remembers of its own draw, with the measured token put in its place
        weighted_sum = outcome.state.memory[0] - q[outcome.draw.token] + q[token]
        memory = (weighted_sum, outcome.state.memory[1])


@pytest.mark.parametrize("case", cases("samplers_oracle.json", "rng_dist"), ids=lambda c: c["seed"])
def test_the_numbers_of_the_final_draw(case):
    candidates = Candidates.from_logits(conformance.logits(case["source"]))
    drawn = [
        in_llama_order(candidates, uniform(case["seed"], 2 * position))
        for position in range(len(case["selected"]))
    ]
    assert drawn == case["selected"]


@pytest.mark.parametrize("case", cases("samplers_oracle.json", "rng_xtc"), ids=lambda c: c["seed"])
def test_when_xtc_acts(case):
    chain = Chain.from_list(
        [{"sampler": "xtc", "probability": case["probability"], "threshold": case["threshold"]}]
    )
    candidates = Candidates.from_logits(conformance.logits(case["source"]))
    state, acted = None, []
    for position in range(len(case["triggered"])):
        step = chain.step(candidates, (), case["seed"], state)
        acted.append(int(len(step.stages.final) < len(candidates)))
        assert (chance(case["seed"], position) <= case["probability"]) == acted[-1]
        state = step.state
    assert acted == case["triggered"]


def test_mirostat_by_hand():
    # μ = 10, surprise of p = 1/8 is 3 bits, 2 below τ = 5: μ rises by 0.1 × 2
    assert surprised(10.0, 0.125, tau=5.0, eta=0.1) == pytest.approx(10.2)


def test_adapted_target_by_hand():
    assert adapted_target(0.3, (0.5, 1.0)) == pytest.approx(0.1)
    assert adapted_target(0.9, (0.1, 1.0)) == 1.0
    assert adapted_target(0.1, (0.9, 1.0)) == 0.0
