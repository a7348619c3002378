"""Chains side by side, cuts of a text and guidance in the window, on the default model."""

import numpy as np
import pytest

from laminoscope_core.plots.cuts import View, show
from laminoscope_core.sampling import Continuation
from laminoscope_core.sampling.named import named_chains

from .laboratory import settle

pytestmark = pytest.mark.model


def test_chains_are_ticked_cut_a_text_and_follow_the_cards(lab, qtbot, default_model):
    panel, chain = lab.panels["chains"], lab.panels["chain"]
    panel.choice.fill()
    ticks = {action.text(): action for action in panel.choice.actions()}
    assert ticks["this chain"].isChecked()
    assert not ticks["greedy"].isChecked()
    before = [each.name for each in panel.chains]
    ticks["greedy"].trigger()
    settle(qtbot, lab)
    result = lab.controller.results["chains"]
    assert [each.name for each in result.chains] == [*before, "greedy"]
    assert result.places[0].n_left[-1] == 1
    lab.undo.stack.undo()
    settle(qtbot, lab)
    assert [each.name for each in panel.chains] == before
    chain.set_items([{"sampler": "top_k", "k": 3}])
    settle(qtbot, lab)
    assert lab.controller.results["chains"].places[0].n_left[0] == 3
    # the text of the prompt under the chains of the map
    lab.panels["cuts"].read()
    settle(qtbot, lab)
    (cuts,) = lab.controller.results["cuts"].texts
    text = Continuation(default_model, cuts.token_ids[:2])
    raw = text.candidates(text.root)
    place = int(np.flatnonzero(raw.ids == cuts.token_ids[2])[0])
    assert cuts.rank[2] == place + 1
    assert cuts.kept[0, 2] == (place < 3)
    shown = show(lab.controller.results, View())
    assert "of 2" in shown.frames["cuts"].beside[1][1]


def test_a_second_prompt_is_read_when_it_is_wanted(lab, qtbot, default_model):
    chain = lab.panels["chain"]
    chain.set_items([{"sampler": "guidance", "prompt": "It rains", "scale": 2.0}])
    settle(qtbot, lab)
    result = lab.controller.results["continuation"]
    assert result.places[0].stages[0].reason.startswith("guidance: × 2")
    text = Continuation(default_model, result.places[0].place.rendered.token_ids)
    expected = text.stages(text.root, result.chain).final
    np.testing.assert_allclose(
        result.places[0].stages.final.by_token(), expected.by_token(), atol=1e-6
    )
    chain.set_items([{"sampler": "guidance", "prompt": "It rains", "scale": 0.0}])
    settle(qtbot, lab)
    assert (
        lab.controller.results["continuation"]
        .places[0]
        .stages[0]
        .reason.startswith("guidance: × 0")
    )


def test_an_experiments_chains_stay_in_the_forms(lab):
    written = ("llama.cpp", {"name": "mine", "samplers": [{"sampler": "top_k", "k": 2}]})
    section = lab.panels["chain"].section().model_copy(update={"chains": written})
    lab.panels["chain"].set_section(section)
    kept = lab.panels["chain"].section().chains
    assert [each.name for each in named_chains(kept)] == ["llama.cpp", "mine"]
