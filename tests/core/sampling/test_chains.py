"""Several chains on the same candidates, and their map."""

import numpy as np
import pytest

from laminoscope_core.analysis import chains, continuation
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.errors import ExperimentError
from laminoscope_core.experiment import Experiment, PromptSection, SamplingSection
from laminoscope_core.job import Job
from laminoscope_core.plots.chains import View, show
from laminoscope_core.sampling import Chain, SamplingError
from laminoscope_core.sampling.library import ChainLibrary
from laminoscope_core.sampling.named import NamedChain, named_chains
from laminoscope_core.sampling.next_tokens import next_tokens

XTC = ({"sampler": "xtc", "probability": 0.3, "threshold": 0.01},)
DRY = ({"sampler": "dry", "multiplier": 1.0, "breakers": ["\n"]},)


@pytest.fixture(scope="module")
def applied(llama):
    prompts = [PromptSection(text="abc"), PromptSection(text="de")]
    tokens = next_tokens(llama, prompts, SamplingSection(chain="greedy"))
    return tokens, continuation.run(Inputs(prompts=tokens), continuation.Params(), Job())


def compared(applied, *names):
    tokens, result = applied
    inputs = Inputs(prompts=tokens, results={"continuation": result})
    return chains.run(inputs, chains.Params(tuple(names)), Job())


def test_every_cell_is_what_the_chain_gives_the_token(applied):
    wanted = named_chains(["this chain", "llama.cpp", {"name": "chance", "samplers": list(XTC)}])
    result = compared(applied, *wanted)
    for place, of in zip(applied[0].places, result.places, strict=True):
        for row, items in enumerate(([{"sampler": "temperature", "temperature": 0}], None, XTC)):
            chain = Chain.preset("llama.cpp") if items is None else Chain.from_list(items)
            dense = chain.distribution(place.raw, place.history)
            np.testing.assert_allclose(of.probabilities[row], dense[of.token_ids], atol=1e-15)
            assert of.n_left[row] == np.count_nonzero(dense)
            p = dense[dense > 0]
            assert of.entropy[row] == pytest.approx(-(p * np.log(p)).sum(), abs=1e-12)
    assert result.chains[0].samplers[0]["sampler"] == "temperature"


def test_a_chain_that_cannot_be_applied_says_why(applied):
    tokens, result = applied
    from dataclasses import replace

    bare = replace(result, tokens=replace(tokens, chain=Chain(()), places=tokens.places))
    found = compared((tokens, bare), NamedChain("dry", DRY))
    assert "need a tokenizer" in found.places[0].reasons[0]
    assert np.isnan(found.places[0].entropy[0])
    assert np.isnan(found.places[0].probabilities).all()
    table = show({"chains": found}, View()).table
    assert any("need a tokenizer" in reason for reason in table.columns["reason"])


def test_the_map_leaves_bare_what_a_chain_removed(applied):
    result = compared(applied, *named_chains(["greedy"]))
    shown = show({"chains": result}, View(prompt=1))
    image = shown.frames["map"].marks["map"]
    assert np.isnan(image.values[1, 1:]).all()
    assert image.values[1, 0] == 1.0
    assert "removed by greedy" in image.says(1, 3)
    token = int(result.places[1].token_ids[2])
    assert image.stands_for(0, 2) == {"candidate": token}
    assert image.cells_of("candidate", token) == [(0, 2), (1, 2)]
    assert shown.frames["map"].beside[1][:2] == (1.0, "1 · 0.00")


def test_an_experiment_names_presets_saved_chains_and_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("LAMINOSCOPE_SETTINGS", str(tmp_path))
    ChainLibrary().save("mine", [{"sampler": "top_k", "k": 3}])
    experiment = Experiment.from_text(
        '[[prompts]]\ntext = "a"\n[sampling]\nchains = ["this chain", "mine", "greedy",'
        ' {name = "own", samplers = [{sampler = "top_a", a = 0.3}]}]'
    )
    assert Experiment.from_text(experiment.to_toml()) == experiment
    found = named_chains(experiment.sampling.chains)
    assert [chain.name for chain in found] == ["this chain", "mine", "greedy", "own"]
    assert [dict(item) for item in found[1].samplers] == [{"sampler": "top_k", "k": 3}]
    for wrong, problem in ((["none"], "no chain called"), (["raw", "raw"], "Two chains")):
        with pytest.raises(SamplingError, match=problem):
            named_chains(wrong)
    for text in ("3", '["a", 3]', '[{name = "a"}]', '[{name = "a", samplers = 3}]'):
        with pytest.raises(ExperimentError, match=r"sampling\.chains"):
            Experiment.from_text(f"[sampling]\nchains = {text}")
