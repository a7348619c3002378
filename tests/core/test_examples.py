"""What the guide says of the examples is what the program gives."""

import math
import re

import numpy as np
import pytest
import torch

from laminoscope_core.analysis.models_mean import at_same_depth
from laminoscope_core.experiment import Experiment
from laminoscope_core.job import Job
from laminoscope_core.run.near import NearRequest, near
from laminoscope_core.run.run import analyse, capture_section, run_experiment
from laminoscope_resources import experiment_names, guide_text, sample_experiment

pytestmark = pytest.mark.model


def results_of(model, name, **changes):
    """The results of an example's section, with some of it changed."""
    experiment = Experiment.from_text(sample_experiment(name))
    inside = experiment.inside.model_copy(update=changes)
    experiment = experiment.model_copy(update={"inside": inside})
    results = {}
    run_experiment(model, experiment, sections=("inside",), on_result=results.__setitem__)
    return results


@pytest.fixture(scope="module")
def long(default_model):
    """What four examples are of, in one pass: their text is the same."""
    king = Experiment.from_text(sample_experiment("inside-king")).inside
    for name in ("inside-sink", "inside-alike", "inside-rotation"):
        assert Experiment.from_text(sample_experiment(name)).inside.content == king.content
    return results_of(default_model, "inside-king")


@pytest.fixture(scope="module")
def short(default_model):
    """What two examples are of: without what is patched, the most of its work."""
    hare = Experiment.from_text(sample_experiment("inside-hare")).inside
    mlp = Experiment.from_text(sample_experiment("inside-mlp")).inside
    assert mlp.content == hare.content
    return results_of(default_model, "inside-mlp", watch=(*mlp.watch[:1], *hare.watch))


def lacking(name, *numbers):
    """Which of some numbers the page of an example does not say, in one language or the other."""
    pages = guide_text(name), guide_text(name, "de")
    whole = [rf"(?<![\d.,−]){re.escape(str(number))}(?!\d)" for number in numbers]
    return [n for n in whole if not all(re.search(n, page) for page in pages)]


def test_every_example_of_the_blocks_has_a_page():
    names = [name for name in experiment_names() if name.startswith("inside-")]
    assert len(names) == 8
    assert all(guide_text(name).startswith("### Example: ") for name in names)


def test_hare(short, default_model):
    rank = short["lens"].reading.rank[0]
    snow, grass = 1, 2
    early = np.flatnonzero(rank[1:, -1, snow] <= 1000)[0]
    ids = default_model.tokenizer.encode("The brown hare sat upon the")
    with torch.no_grad():
        logits = default_model.hf(torch.tensor([list(ids)])).logits[0, -1]
    brown = int((logits > logits[default_model.tokenizer.encode(" snow")[0]]).sum()) + 1
    numbers = rank[0, -1, snow], rank[-1, 2, snow], rank[-1, 3, snow], rank[-1, -1, snow], brown
    numbers += rank[-1, -1, grass], early
    assert not lacking("inside-hare", *(f"{n:,}" for n in numbers))


def test_sink(long):
    heads, balance = long["heads"].reading, long["balance"].reading
    share = heads.value[0, :, heads.metrics.index("sink")]
    stream, layer = balance.resid_in[0], 11
    neurons = long["neurons"].reading
    others = stream[layer + 1, 1:].mean()
    assert neurons.participation[0, layer, 0] < 2
    assert not lacking(
        "inside-sink",
        len(long["heads"].token_ids),
        (share > 0.5).sum(),
        share.size,
        f"{stream[layer, 0]:.0f}",
        f"{stream[layer + 1, 0]:,.0f}",
        f"{others:.0f}",
        f"{balance.mlp_added[0, layer, 0]:,.0f}",
        f"{neurons.ids[0, layer, 0, 0]:,}",
        f"{neurons.activation[0, layer, 0, 0]:,.0f}",
    )


def test_alike(long):
    found = long["redundancy"].reading
    names = list(zip(found.layer[0].tolist(), found.head[0].tolist(), strict=True))
    three, four, five = (names.index((4, head)) for head in (3, 4, 5))
    seven, eight = (names.index((18, head)) for head in (7, 8))
    cka, weights = found.cka[0], found.correlation[0]
    least = min(weights[three, four], weights[three, five], weights[four, five])
    numbers = cka[three, four], cka[four, five], least, weights[seven, eight]
    assert not lacking("inside-alike", *(f"{n:.3f}" for n in numbers), f"−{-cka[seven, eight]:.3f}")


def test_rotation(long):
    found = long["rotation"]
    frequency = found.reading.frequency[0, 0]
    around = 2 * math.pi / frequency[[0, -1]].astype(float)
    assert not lacking(
        "inside-rotation",
        len(frequency),
        f"{math.degrees(frequency[0]):.1f}°",
        f"{around[0]:.1f}",
        f"{round(around[1], -1):,.0f}",
        *(f"{found.reach[0, 2, head]:.0f}" for head in (1, 4)),
    )


def test_mlp(short):
    effects, balance = short["effects"].reading, short["balance"].reading
    numbers = effects.before_probability[0], *effects.after_probability[:2, 0]
    assert not lacking("inside-mlp", *(f"{n:.3f}" for n in numbers))
    assert 15 < (balance.mlp_added / balance.resid_in)[0, 0].mean() < 25  # "some twenty times"


def test_king(long, default_model):
    found = long["neighbours"].reading
    rows = [*zip(found.query, found.control, found.vocabulary, found.measure, strict=True)]
    decode = default_model.tokenizer.decode
    for query in ("king - man + woman", "Paris - France + Germany"):
        row = rows.index((query, "", "embedding", "cosine"))
        assert not lacking("inside-king", *(f"`{decode([int(i)])}`" for i in found.ids[row, :2]))
        assert not lacking("inside-king", *(f"{score:.3f}" for score in found.scores[row, :2]))
    row = rows.index(("king - man + woman", "seed 0:  multiplex", "embedding", "cosine"))
    assert decode([int(found.ids[row, 0])]) == " multiplex"
    assert not lacking("inside-king", f"{found.scores[row, 0]:.3f}")


def test_synonyms(default_model):
    ids = tuple(int(i) for i in default_model.tokenizer.encode("They were very happy"))
    out = {}
    near(default_model, NearRequest("embedding", ids, len(ids) - 1), Job(), out.__setitem__)
    (found,) = out.values()
    near_it = found.ids[0, 0, 0, 1].tolist()
    said = {
        default_model.tokenizer.decode([i]): n
        for i, n in zip(near_it, found.scores[0, 0, 0, 1], strict=True)
    }
    numbers = *found.followers[:2], said[" Happy"], said[" unhappy"], said[" happier"]
    assert not lacking("inside-synonyms", *(f"{n:.3f}" for n in numbers))
    shared = set(found.follower_ids.tolist()) & set(near_it)
    assert not lacking("inside-synonyms", len(shared))


def test_echo():
    # test_gemma_repeats_itself_as_published holds both to the model
    assert not lacking("inside-echo", "0.058", "0.275")


def words_of(model, name, *ids):
    """The results of some analyses of an example's words."""
    experiment = Experiment.from_text(sample_experiment(name))
    results = {"words": capture_section(model, experiment, "words", Job())}
    analyse(ids, results, params={}, job=Job(), on_result=results.__setitem__)
    return results


def test_every_example_of_words_has_a_page_in_both_languages():
    names = [name for name in experiment_names() if name.startswith("words-")]
    for name in names:
        if name != "words-qkv":  # the page of the start
            assert guide_text(name).startswith("### Example: ")
            assert guide_text(name, "de").startswith("### Beispiel: ")


def test_carriers(default_model):
    scores = words_of(default_model, "words-carriers", "similarity", "rsa")["rsa"]
    assert len(scores.by_carrier) == 4
    each = [one.curve("q-k", "all").mean() for one in scores.by_carrier]
    low, high = scores.ceiling_low[:, 0, 0], scores.ceiling_high[:, 0, 0]
    mean = scores.curve("q-k", "all")
    assert high[0] == pytest.approx(1) == low[0]
    above = int((mean > high + 1e-9).sum())
    numbers = [*each, mean.mean(), 1.0, low[20], high[20], mean[15], high[15]]
    assert not lacking("words-carriers", *(f"{n:.3f}" for n in numbers), above)


def test_heads(default_model):
    results = words_of(
        default_model, "words-heads", "similarity", "rsa", "separability", "rsa-heads"
    )
    found, whole = results["rsa-heads"], results["separability"]
    agreement = found.r["q"][:, :, -1]
    places = [np.unravel_index(f(agreement), agreement.shape) for f in (np.argmin, np.argmax)]
    assert places == [(17, 8), (0, 8)]
    d = {site: found.cohens_d[site] for site in ("q", "k", "v")}
    best = {site: np.unravel_index(np.argmax(values), values.shape) for site, values in d.items()}
    assert best["q"] == (2, 4)
    assert best["v"] == (4, 0)
    assert d["v"].max() > max(d["q"].max(), d["k"].max())
    of_layer = whole.cohens_d[:, whole.sites.index("q")]
    more = (int((d["q"].mean(axis=1) < of_layer).sum()), int((d["q"].max(axis=1) > of_layer).sum()))
    numbers = [f"{x:.3f}" for x in (agreement.mean(), agreement.min(), agreement.max())]
    numbers += [f"{values.max():.2f}" for values in (d["q"], d["v"])]
    assert not lacking("words-heads", agreement.size, *numbers, *more)


@pytest.mark.slow
def test_two_models(default_model):
    experiment = Experiment.from_text(sample_experiment("words-models"))
    found = {
        section: capture_section(default_model, experiment, section, Job())
        for section in ("words", "models")
    }
    chosen = ("similarity", "rsa-models")
    analyse(chosen, found, params={}, job=Job(), on_result=found.__setitem__)
    result = found["rsa-models"]
    own, other = result.models
    split = [word for word, n in zip(result.words, own.n_tokens, strict=True) if n > 1]
    assert (split, max(other.n_tokens)) == (["sofa"], 1)
    pair = result.pair(0, 1)
    words = dict(zip(result.words, pair.words["embedding"][0], strict=True))
    assert sorted(words, key=words.__getitem__)[0] == "chair"
    assert {*sorted(words, key=words.__getitem__)[-2:]} == {"comet", "space"}
    same = {site: pair.r[site][at_same_depth(pair.r[site])] for site in "qkv"}
    best = {site: int(values.argmax()) for site, values in same.items()}
    assert np.unravel_index(pair.r["v"].argmax(), pair.r["v"].shape) == (21, 7)
    assert best == {"q": 14, "k": 14, "v": 10}
    assert same["q"].argmin() == 1
    numbers = pair.r["embedding"][0, 0], words["comet"], words["space"], words["chair"]
    numbers += *(values.max() for values in same.values()), same["q"][1], pair.r["v"].max()
    widths = default_model.info.d_model, found["models"].read[0].model.d_model
    counts = len(result.words), 561, own.n_layers, other.n_layers, *widths, *best.values()
    assert not lacking("words-models", *(f"{n:.2f}" for n in numbers), *counts)
