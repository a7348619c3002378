"""A model that memory has no room for: parts of it on disk, and every number as if it had."""

import gc

import numpy as np
import pytest

from laminoscope_core.analysis import rsa_chance, separability_chance
from laminoscope_core.errors import ModelError
from laminoscope_core.experiment import Experiment
from laminoscope_core.export.run_files import write_run
from laminoscope_core.models import devices, offload
from laminoscope_core.models.load import open_model
from laminoscope_core.paths import cache_folder
from laminoscope_core.recording.linear import weight_of
from laminoscope_core.run.remarks import remarks
from laminoscope_core.run.run import run_experiment

EXPERIMENT = Experiment.from_text("""
[words]
carrier = "a {word}"
categories = { one = ["ab", "cd", "ef"], two = ["gh", "ij", "kl"] }

[rsa]
heads = true

[text]
content = "abc def ghi jkl mno pqr"

[[prompts]]
text = "abc de"

[inside]
content = "abc abc abc"
against = "cba cba cba"
watch = ["d", "e"]
neighbours = ["a - b"]
induction = { length = 8 }
attention = { layer = 2 }

[[inside.interventions]]
site = "mlp"
layer = 1
action = "zero"
""")


FEW = {
    "rsa-chance": rsa_chance.Params(n_permutations=9, n_resamples=9),
    "separability-chance": separability_chance.Params(9),
}


@pytest.fixture
def crowded(monkeypatch):
    """Leave room for what is not of a block, and for two of the three blocks."""

    def leave(folder):
        hf = open_model(folder, "cpu").hf
        blocks = offload._blocks(hf)
        each = max(offload._weights(block) for block in blocks)
        inside = {parameter for block in blocks for parameter in block.parameters()}
        outside = sum(offload._size(p) for p in hf.parameters() if p not in inside)
        room = outside + 2.5 * each
        monkeypatch.setattr(devices, "free_memory", lambda: room / offload._SHARE)
        return each

    return leave


def test_a_model_partly_on_disk_gives_the_same_tables(tiny_folder, crowded, tmp_path):
    folder = tiny_folder("gemma3_text")  # which has norms behind its sublayers
    each = crowded(folder)
    whole = open_model(folder, "cpu")
    parts = open_model(folder, "offload")
    assert offload.brought_bytes(parts.hf) >= each, "nothing is on disk"
    assert "not on its device" in remarks(parts, EXPERIMENT, "text")[0]
    kept = {}
    for name, model in (("whole", whole), ("parts", parts)):
        result = run_experiment(model, EXPERIMENT, params=FEW)
        write_run(result, tmp_path / name, {})
        kept[name] = {
            path.relative_to(tmp_path / name): path for path in (tmp_path / name).rglob("*.csv")
        }
    assert kept["whole"].keys() == kept["parts"].keys()
    assert len(kept["whole"]) > 15
    for name, path in kept["whole"].items():
        assert path.read_text("utf-8") == kept["parts"][name].read_text("utf-8"), name
    assert offload.brought_bytes(parts.hf) >= each, "a pass left weights in memory"


def test_what_is_on_disk_goes_with_the_model(tiny_folder, crowded):
    folder = tiny_folder("gpt2")
    crowded(folder)
    gc.collect()
    before = set(cache_folder("offload").glob(".*.part"))
    model = open_model(folder, "offload")
    (kept,) = set(cache_folder("offload").glob(".*.part")) - before
    assert sum(path.stat().st_size for path in kept.iterdir()) >= offload.brought_bytes(model.hf)
    np.testing.assert_array_equal(
        weight_of(model.hf.transformer.h[2].mlp.c_fc),
        open_model(folder, "cpu").hf.transformer.h[2].mlp.c_fc.weight.T,
    )
    del model
    gc.collect()
    assert not kept.exists()


def test_a_model_that_fits_is_all_in_memory(tiny_folder):
    model = open_model(tiny_folder("gpt2"), "offload")
    assert offload.brought_bytes(model.hf) == 0
    assert remarks(model, EXPERIMENT, "text") == ()


def test_no_room_for_the_embeddings_or_on_disk_is_said(tiny_folder, crowded, monkeypatch):
    folder = tiny_folder("gpt2")
    crowded(folder)
    usage = type("Usage", (), {"free": 10})
    monkeypatch.setattr(offload.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(ModelError, match="the disk of the cache has"):
        open_model(folder, "offload")
    monkeypatch.setattr(devices, "free_memory", lambda: 100)
    with pytest.raises(ModelError, match="The embeddings of gpt2 in float32 take"):
        open_model(folder, "offload")
