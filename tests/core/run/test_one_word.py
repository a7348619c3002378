"""A list of one word is captured, analysed, written, drawn and saved as any other."""

import numpy as np
import pytest
import torch
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

from laminoscope_core import wrap_model
from laminoscope_core.experiment import Experiment
from laminoscope_core.export.figure_files import run_figures
from laminoscope_core.export.run_files import write_run
from laminoscope_core.run.run import run_experiment
from laminoscope_core.session import Session, load_session, save_session


@pytest.fixture(scope="module")
def model():
    from tokenizers import Tokenizer, models, pre_tokenizers

    names = ["The", "next", "word", "is", "sun", "moon"]
    backend = Tokenizer(models.WordLevel({name: at for at, name in enumerate(names)}, "The"))
    backend.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    torch.manual_seed(0)
    config = GPT2Config(
        vocab_size=6, n_positions=16, n_embd=16, n_layer=2, n_head=2, initializer_range=0.3
    )
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend, unk_token="The")
    return wrap_model(GPT2LMHeadModel(config), tokenizer)


@pytest.mark.parametrize("categories", [{"a": ("sun",)}, {"a": ("sun",), "b": ()}])
def test_one_word(model, tmp_path, categories):
    experiment = Experiment.model_validate({"words": {"categories": categories}})
    run = run_experiment(model, experiment)
    assert run.results["words"].target["q"].shape == (2, 1, 2, 8)
    assert run.results["similarity"].matrices["q"].shape == (2, 1, 1)
    assert np.isnan(run.results["rsa"].r).all()
    assert np.isnan(run.results["separability"].cohens_d).all()
    assert np.isnan(run.results["separability-chance"].p).all()
    assert (tmp_path / "out/rsa/words.csv") in write_run(run, tmp_path / "out")
    assert run_figures(run, ("png",))
    save_session(tmp_path / "one.laminoscope", Session(experiment, run))
    loaded = load_session(tmp_path / "one.laminoscope").run
    assert loaded.results["words"].words == ("sun",)
