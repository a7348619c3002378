"""Kept activations: read with safetensors and numpy alone, and those of a plain hook."""

import json
import shutil

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.numpy import load_file

from laminoscope_core.errors import CaptureError
from laminoscope_core.experiment import Experiment
from laminoscope_core.export import activations
from laminoscope_core.export.activations import kept_sites, write_activations
from laminoscope_core.models.load import open_model
from laminoscope_core.run.results import RunResult
from laminoscope_core.run.text import capture_text
from laminoscope_core.run.words import capture_words

EXPERIMENT = Experiment.from_text("""
[words]
carriers = ["a {word}", "some {word}"]
categories = { one = ["ab", "cde"], two = ["fg", "hi"] }

[text]
content = "abc def"
""")


@pytest.fixture(scope="module")
def kept(tiny_folder, tmp_path_factory):
    model = open_model(tiny_folder("gpt2"), "cpu")
    captured = {
        "words": capture_words(model, EXPERIMENT.words),
        "text": capture_text(model, EXPERIMENT.text),
    }
    run = RunResult(model.info, EXPERIMENT, captured)
    folder = tmp_path_factory.mktemp("kept")
    write_activations(model, run, folder, kept_sites("q"))
    (folder / "activations" / "text-0.safetensors").rename(
        folder / "activations/text-9.safetensors"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(activations, "_SHARD", 6000)
        files = write_activations(model, run, folder, kept_sites("k,resid_out,embedding"))
    return model, files


def test_the_folder_is_replaced_whole_and_says_where_it_comes_from(kept):
    model, files = kept
    folder = files[0].parent
    assert sorted(folder.iterdir()) == sorted(files)
    assert sorted(path.name for path in folder.parent.iterdir()) == ["activations"]
    assert len(files) > 3, "the words are in several shards"
    with safe_open(files[0], "np") as shard:
        record = json.loads(shard.metadata()["laminoscope"])
    assert record["model"]["title"] == model.info.title


def test_others_may_read_what_others_may_read_of_any_file(kept, tmp_path):
    _, files = kept
    (tmp_path / "new").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    assert {path.stat().st_mode for path in files} == {(tmp_path / "new").stat().st_mode}
    assert files[0].parent.stat().st_mode == (tmp_path / "folder").stat().st_mode


@pytest.mark.parametrize(
    "name", ["notes.txt", "text-0.safetensors", "words-1.safetensors", "sub/x"]
)
def test_what_somebody_else_has_put_there_stays(kept, tmp_path, name):
    model, files = kept
    place = tmp_path / "activations"
    shutil.copytree(files[0].parent, place)
    other = place / name
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(b"mine")
    before = sorted(place.rglob("*"))
    with pytest.raises(CaptureError, match=f"holds {name.partition('/')[0]}, which is no"):
        write_activations(model, RunResult(model.info, EXPERIMENT, {}), tmp_path, ["q"])
    assert sorted(place.rglob("*")) == before
    assert other.read_bytes() == b"mine"


def test_a_file_or_a_link_is_not_replaced(kept, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "activations").write_bytes(b"mine")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "activations").symlink_to(tmp_path / "a", target_is_directory=True)
    for folder in ("a", "b"):
        with pytest.raises(CaptureError, match="is not a folder"):
            activations.check_place(tmp_path / folder)


def test_the_index_finds_what_a_hook_on_the_model_sees(kept):
    from pyarrow.parquet import read_table

    model, files = kept
    index = read_table(files[-1]).to_pylist()
    assert {line["section"] for line in index} == {"words", "text"}
    assert {line["carrier"] for line in index} == {"a {word}", "some {word}", ""}
    texts = {(line["section"], line["prompt"]) for line in index}
    assert len(texts) == 2 * 4 + 1
    seen = []
    blocks = model.hf.transformer.h
    handles = [
        block.attn.c_attn.register_forward_hook(lambda m, i, output: seen.append(output[0]))
        for block in blocks
    ]
    for section, prompt in sorted(texts):
        lines = [line for line in index if (line["section"], line["prompt"]) == (section, prompt)]
        assert [line["token_index"] for line in lines] == list(range(len(lines)))
        ids = [line["token_id"] for line in lines]
        seen.clear()
        with torch.no_grad():
            out = model.hf(torch.tensor([ids]), output_hidden_states=True)
        expected = torch.stack(seen).chunk(3, dim=-1)[1].unflatten(-1, (4, 8))
        for line, at in zip(lines, range(len(lines)), strict=True):
            shard = load_file(files[0].parent / line["file"])
            row = line["row"]
            assert shard["prompt"][row] == prompt
            assert shard["token_index"][row] == at
            assert shard["token_id"][row] == ids[at]
            np.testing.assert_allclose(shard["k"][:, row], expected[:, at], atol=1e-6)
            embedded = model.hf.transformer.wte.weight[ids[at]].detach()
            np.testing.assert_allclose(shard["embedding"][row], embedded, atol=1e-6)
            before_last = out.hidden_states[1][0, at]
            np.testing.assert_allclose(shard["resid_out"][0, row], before_last, atol=1e-6)
    for handle in handles:
        handle.remove()


@pytest.mark.parametrize(("text", "says"), [("q,flow", "flow"), ("attention", "pairs of tokens")])
def test_what_cannot_be_kept_is_said(text, says):
    with pytest.raises(CaptureError, match=says):
        kept_sites(text)
