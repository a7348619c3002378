"""What chains would have cut of a text, against one plain pass for every token."""

import numpy as np
import pytest
import torch

from laminoscope_core.analysis import cuts as analysis
from laminoscope_core.experiment import Experiment
from laminoscope_core.job import Job
from laminoscope_core.models.load import wrap_model
from laminoscope_core.plots.cuts import View, show
from laminoscope_core.run.cuts import read_cuts
from laminoscope_core.run.requests import CutsRequest, cuts
from laminoscope_core.run.sections import SECTIONS
from laminoscope_core.sampling import Chain
from laminoscope_core.sampling.cuts import NO_GUIDANCE
from laminoscope_core.sampling.named import NamedChain, named_chains

CHAINS = named_chains(
    [
        "raw",
        "llama.cpp",
        {"name": "backwards", "samplers": [
            {"sampler": "penalties", "repeat": 3.0},
            {"sampler": "dry", "multiplier": 9.0, "allowed_length": 1, "breakers": []},
            {"sampler": "top_k", "k": 5},
        ]},
        {"name": "chance", "samplers": [
            {"sampler": "xtc", "probability": 0.3, "threshold": 0.02},
            {"sampler": "top_p", "p": 0.6},
        ]},
        {"name": "guided", "samplers": [{"sampler": "guidance", "prompt": "a", "scale": 2.0}]},
        {"name": "dry", "samplers": [{"sampler": "dry", "multiplier": 1.0}]},
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def model():
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(0)
    config = GPT2Config(vocab_size=40, n_positions=32, n_embd=16, n_layer=2, n_head=2)
    hf = GPT2LMHeadModel(config).eval()
    with torch.no_grad():
        hf.transformer.wte.weight.mul_(20)
    return wrap_model(hf)


TEXTS = ((3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 1, 4, 1), (7, 7, 7, 7, 7))


@pytest.fixture(scope="module")
def found(model):
    return read_cuts(model, TEXTS, CHAINS)


def test_every_token_is_what_a_plain_pass_and_the_chain_give(model, found):
    for text, of in zip(TEXTS, found, strict=True):
        for at in range(1, len(text)):
            with torch.inference_mode():
                logits = model.hf(torch.tensor([text[:at]])).logits[0, -1].double().numpy()
            p = np.exp(logits - logits.max())
            assert of.raw[at] == pytest.approx(p[text[at]] / p.sum(), rel=1e-4)
            assert of.rank[at] == 1 + int((logits > logits[text[at]]).sum())
            for number, named in enumerate(CHAINS[:4]):
                chain = Chain.from_list(named.samplers)
                expected = chain.distribution(logits, text[:at])[text[at]]
                assert of.probability[number, at] == pytest.approx(expected, rel=1e-3, abs=1e-9)
                ways = chain.possibilities(logits, text[:at])
                left = sum(way.weight for way in ways if text[at] in way.stages.final.ids)
                assert of.kept[number, at] == pytest.approx(left)


def test_what_cuts_is_named_and_what_cannot_be_said_has_a_reason(found):
    of = found[0]
    assert (of.kept[0, 1:] == 1).all()
    at = np.flatnonzero(of.kept[2] == 0)
    assert at.size
    assert {of.remover(2, int(token)) for token in at} == {"top_k"}
    assert of.remover(2, int(np.flatnonzero(of.kept[2] == 1)[0])) == ""
    assert of.reasons[4] == NO_GUIDANCE
    assert "need a tokenizer" in of.reasons[5]
    assert np.isnan(of.kept[4:]).all()
    assert np.isnan(of.raw[0])
    assert of.rank[0] == -1


def test_the_table_and_the_plot_say_the_same(found):
    result = analysis.Result(found, analysis.Params())
    table = analysis.tables(result)["continuation/cuts.csv"]
    columns = table.columns
    assert list(columns)[1:7] == ["chain", "token_index", "token", "rank", "probability", "kept"]
    shown = show({"cuts": result}, View(prompt=1))
    lost = [
        sum(
            1 - kept
            for text, chain, kept in zip(
                columns["text"], columns["chain"], columns["kept"], strict=True
            )
            if text == 1 and chain == named.name and not np.isnan(kept)
        )
        for named in CHAINS[:4]
    ]
    said = [text for _, text, _ in shown.frames["cuts"].beside][1:]
    assert said[:4] == [f"{value:.3g} of 4" for value in lost]
    assert said[4:] == ["–", "–"]
    assert all(
        reason or value == value
        for reason, value in zip(columns["reason"], columns["kept"], strict=True)
    )
    assert "Nothing to show" in show({"cuts": result}, View(prompt=7)).frames["cuts"].inside


def test_an_experiment_with_chains_and_a_request_read_the_same(model):
    experiment = Experiment.from_text(
        '[[prompts]]\ntext = "x"\n[sampling]\nchain = "raw"\nchains = ["this chain", "greedy"]'
    )
    from laminoscope_core.experiment import PromptSection

    given = PromptSection.model_construct(text=[3, 1, 4, 1], chat=False, system="")
    asked = experiment.model_copy(update={"prompts": (given,)})
    tokens = SECTIONS["prompts"].capture(model, asked, (), Job())
    (of,) = tokens.cuts
    assert [chain.name for chain in of.chains] == ["this chain", "greedy"]
    assert of.chains[0].samplers == ()
    handed = {}
    chains = (NamedChain("one", ({"sampler": "top_k", "k": 1},)),)
    request = CutsRequest(0, tokens.places[0].history, chains, tokens)
    cuts(model, request, Job(), handed.__setitem__)
    (again,) = handed["prompts"].cuts
    np.testing.assert_allclose(again.raw, of.raw)
    np.testing.assert_array_equal(again.kept[0, 1:], of.kept[1, 1:])
