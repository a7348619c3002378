"""What second prompts give and what chains cut is kept by a session."""

import numpy as np

from laminoscope_core import Experiment, run_experiment
from laminoscope_core.models.load import open_model
from laminoscope_core.session import Session, load_session, save_session

EXPERIMENT = """
[[prompts]]
text = "the next word"
[sampling]
chain = [{ sampler = "guidance", prompt = "a quiet moon", scale = 2.0 }, { sampler = "rule", rule = "keep: rank < 9" }, { sampler = "top_p", p = 1.0 }, { sampler = "xtc", probability = 0.5, threshold = 0.0 }]
chains = ["this chain", "greedy", { name = "own", samplers = [{ sampler = "p_less" }] }]
"""  # noqa: E501


def test_second_prompts_cuts_and_rules_come_back(tiny_folder, tmp_path):
    model = open_model(str(tiny_folder("llama")), device="cpu")
    run = run_experiment(model, Experiment.from_text(EXPERIMENT))
    save_session(tmp_path / "guided.laminoscope", Session(run.experiment, run))
    again = load_session(tmp_path / "guided.laminoscope").run
    assert again.experiment == run.experiment
    for name in ("prompts", "continuation", "chains", "cuts"):
        assert name in again.results
    first, second = (each.results["prompts"].guides_at(0)["a quiet moon"] for each in (run, again))
    np.testing.assert_array_equal(first, second)
    stages = again.results["continuation"].places[0].stages
    assert stages[0].reason.startswith("guidance: × 2")
    assert len(stages[1].kept) == 8
    assert stages[2].kept is stages[2].received
    for before, after in zip(run.results["continuation"].places[0].stages, stages, strict=True):
        assert (after.kept is after.received) == (before.kept is before.received)
        ways = [[branch.kept is each.kept for branch in each.branches] for each in (before, after)]
        assert ways[0] == ways[1]
    one, other = (each.results["cuts"].texts[0] for each in (run, again))
    np.testing.assert_array_equal(one.kept, other.kept)
    assert [chain.name for chain in other.chains] == ["this chain", "greedy", "own"]
    assert other.reasons[0].startswith("guidance would read")
    np.testing.assert_array_equal(
        *(each.results["chains"].places[0].probabilities for each in (run, again))
    )
