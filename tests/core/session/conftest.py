"""A small run of everything that a session can hold, on a tiny model with random weights."""

import dataclasses
from unittest.mock import patch

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

from laminoscope_core import Job, wrap_model
from laminoscope_core.analysis import (
    continuation,
    rsa_chance,
    rsa_predictors,
    separability_chance,
)
from laminoscope_core.analysis.registry import AFTER
from laminoscope_core.errors import ModelError
from laminoscope_core.experiment import (
    Experiment,
    InsideSection,
    PromptSection,
    RsaSection,
    SamplingSection,
    TextSection,
    WordsSection,
)
from laminoscope_core.inside_section import Atlas, Attended, Induction, Intervention
from laminoscope_core.run import requests
from laminoscope_core.run.altering import altered_model
from laminoscope_core.run.near import NearRequest, near
from laminoscope_core.run.results import RunResult
from laminoscope_core.run.run import rerun_analysis, run_experiment
from laminoscope_core.sampling.kept import kept_texts
from laminoscope_core.selection import Selection
from laminoscope_core.session import Session, save_session

_LEFT_OUT = ("tokenizer", "known")  # the second stands for the first in a file
HOSTILE = "</s><img src=x>"
CHAIN = ({"sampler": "top_k", "k": 20}, {"sampler": "xtc", "probability": 0.5, "threshold": 0.01})
EXPERIMENT = Experiment(
    words=WordsSection(
        carrier="It is {word}",
        categories={"fruit": ("fig", "pear", HOSTILE), "sky": ("sun", "'\"\n", "☾")},
    ),
    rsa=RsaSection(
        heads=True,
        models=("another", "third", "gone"),
        predictors=("category", "n_tokens", "length"),
    ),
    text=TextSection(content="One sun, two suns; 🦙 and a moon." + "\u2028" + "End."),
    prompts=(PromptSection(text="the sun"), PromptSection(text="a moon\n\n")),
    inside=InsideSection(
        content="sun, suns; sun",
        watch=("s", ","),
        against="sun; suns, moo",
        interventions=(
            Intervention(site="attn_head", layer=1, heads=(0,), action="zero"),
            Intervention(site="mlp", layer=0, action="steer", along=("n",), strength=0.5),
        ),
        atlas=Atlas(texts=("a fig", "suns"), length=5),
        attention=Attended(layer=1, heads=(0,)),
        induction=Induction(sequences=2, length=5),
        patch_heads=True,
        neighbours=("s - u + n",),
    ),
    sampling=SamplingSection(seed=7, chain=CHAIN),
)


def tiny_model(seed=0):
    """Return a model of two layers that reads bytes."""
    torch.manual_seed(seed)
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE({letter: i for i, letter in enumerate(letters)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    config = GPT2Config(
        vocab_size=256, n_positions=96, n_embd=16, n_layer=2, n_head=2, initializer_range=0.3,
        bos_token_id=0, eos_token_id=1,
    )  # fmt: skip
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer)
    return wrap_model(GPT2LMHeadModel(config), fast)


def another_model(source, *_, **__):
    """Open a model of other weights; one is gone."""
    if source == "gone":
        raise ModelError("There is no model gone.")
    model = tiny_model(seed=len(source))
    return dataclasses.replace(model, info=dataclasses.replace(model.info, source=source))


def tiny_run():
    """Return a run of all sections, with text that was generated and loops that were looked for."""
    model = tiny_model()
    chance = {
        "rsa-chance": rsa_chance.Params(n_permutations=19, n_resamples=9),
        "separability-chance": separability_chance.Params(19),
        "rsa-predictors": rsa_predictors.Params(n_permutations=19),
    }
    with patch("laminoscope_core.models.load.open_model", another_model):
        run = run_experiment(model, EXPERIMENT, params=chance)
    results = dict(run.results)
    for state, reading in (("", model), (AFTER, altered_model(model, EXPERIMENT, Job()))):
        _ask(reading, state, results)
    tokens = results["prompts"]
    made = [(one.prompt, one.node) for one in results["generations"]]
    results["kept_texts"] = kept_texts("Another model", tokens, made)
    near(model, NearRequest("embedding", (5, 7), 1), Job(), results.__setitem__)
    return RunResult(run.model, run.experiment, results)


def _ask(model, state, results):
    """Have a text written, loops looked for and an echo measured."""
    tokens = results[f"{state}prompts"]
    params = continuation.Params(CHAIN, 3)
    request = requests.GenerationRequest(tokens, 1, None, params, n_tokens=5)
    made = []

    def take(name, result):
        if name == "generation":
            made.append(result)
        else:
            results[state + name.removeprefix(AFTER)] = result

    requests.write(model, request, Job(), take)
    asked = {"continuation": params}
    rerun_analysis(f"{state}continuation", results, params=asked, job=Job(), on_result=take)
    results[f"{state}generations"] = tuple(made)
    looked_for = requests.LoopRequest(tokens.token_ids[0], (("own", CHAIN),), 3, 12)
    requests.loops(model, looked_for, Job(), take)
    requests.echo(model, requests.EchoRequest("ab", 3), Job(), take)


@pytest.fixture(scope="session")
def run():
    """Results of every kind."""
    return tiny_run()


@pytest.fixture(scope="session")
def session(run):
    """A session with an edited form, a selection, and something of a window."""
    edited = run.experiment.model_copy(update={"text": TextSection(content="Not run yet.")})
    window = {"task": "words", "panels": {"tokens": {"quantity": "mean"}}, "open": True, "n": 1.5}
    pointed_at = Selection(layer=1, pair=(0, 4), word=2, tokens=(1, 3), token=3, prompt=1)
    for text in pointed_at.watched:  # which a window reads when they are typed
        run.results["prompts"].first_token(text)
    return Session(edited, run, pointed_at, window)


@pytest.fixture
def file(session, tmp_path):
    """The session as a file."""
    path = tmp_path / "a.laminoscope"
    save_session(path, session)
    return path


@pytest.fixture(scope="session")
def difference():
    """Tell the first difference of two results, walking through their fields; None if equal."""

    def first(one, two, where="it"):
        if type(one) is not type(two) and not (isinstance(one, dict) or np.isscalar(one)):
            return f"{where}: {type(one)} and {type(two)}"
        if isinstance(one, np.ndarray):
            # a width of text is how numpy stores it, not what it says
            same_kind = one.dtype == two.dtype or one.dtype.kind == two.dtype.kind == "U"
            same = same_kind and one.shape == two.shape
            equal = same and np.array_equal(one, two, equal_nan=one.dtype.kind == "f")
            return None if equal else f"{where}: {one!r} and {two!r}"
        if isinstance(one, float):
            return None if one == two or (one != one and two != two) else f"{where}: {one} {two}"
        if dataclasses.is_dataclass(one):
            names = [field.name for field in dataclasses.fields(one) if field.name not in _LEFT_OUT]
            pairs = ((f".{n}", getattr(one, n), getattr(two, n)) for n in names)
        elif isinstance(one, (list, tuple)):
            if len(one) != len(two):
                return f"{where}: {len(one)} and {len(two)} entries"
            raws = [("raw", one.raw, two.raw)] if hasattr(one, "raw") else []
            pairs = [*raws, *((f"[{i}]", a, b) for i, (a, b) in enumerate(zip(one, two)))]  # noqa: B905
        elif hasattr(one, "keys"):
            if list(one) != list(two):
                return f"{where}: {list(one)} and {list(two)}"
            pairs = ((f"[{name!r}]", one[name], two[name]) for name in one)
        else:
            return None if one == two else f"{where}: {one!r} and {two!r}"
        return next((d for name, a, b in pairs if (d := first(a, b, where + name))), None)

    return first
