"""Words as several models would read them: random activations, real analyses."""

from dataclasses import replace

import numpy as np

from laminoscope_core.analysis import rsa_models, similarity
from laminoscope_core.analysis.inputs import Inputs, OtherModel, OtherModels, WordActivations
from laminoscope_core.job import Job
from laminoscope_core.models.model import ModelInfo

NAMES = ("space", "furniture", "fruit")
SPLIT = 2
"""Every which word the tokenizers of other models split."""


def info(source, n_layers, d_model):
    return ModelInfo(
        source, source.title(), "", "made", n_layers, d_model, 2, 2, 4, 100, None, 1, "float32",
        "cpu", "sdpa", "Made",
    )  # fmt: skip


def activations(
    source, n_layers, n_words=12, d_model=16, sites=("q", "v"), carrier="A {word}", seed=0,
    own=False,
):  # fmt: skip
    """One model's rows, which share the geometry of the words with every other's."""
    common = np.random.default_rng(7).normal(size=(n_words, 6)) * 1.5
    random = np.random.default_rng(seed)
    shape = {"q": (2, 4), "k": (2, 4), "v": (2, 4)}

    def rows(site):
        width = shape.get(site, (d_model,))
        n = n_layers if site != "embedding" else 1
        values = common @ random.normal(size=(n, 6, int(np.prod(width))))
        values = values + random.normal(size=values.shape)
        values = values.reshape(n, n_words, *width).astype(np.float32)
        return np.broadcast_to(values, (n_layers, *values.shape[1:]))

    words = tuple(f"word{number}" for number in range(n_words))
    target = {site: rows(site) for site in dict.fromkeys((*sites, "embedding"))}
    n_tokens = tuple(1 + (not own and number % SPLIT == 1) for number in range(n_words))
    return WordActivations(
        model=info(source, n_layers, d_model),
        carrier=carrier,
        sites=tuple(sites),
        words=words,
        categories=tuple(NAMES[number * 3 // n_words] for number in range(n_words)),
        pieces=tuple((word,) * n for word, n in zip(words, n_tokens, strict=True)),
        n_tokens=n_tokens,
        token_ids=tuple((1, number) for number in range(n_words)),
        target=target,
        context={site: values[:0] for site, values in target.items()},
        context_token="",
        no_context="none",
        pooled_ids=tuple((number,) for number in range(n_words)),
        unknown_id=None,
        unknown_token="",
    )


def model_inputs(
    depths=(6, 4), *, n_words=12, carriers=("A {word}",), broken=None, measure="cosine"
):
    """Return the inputs of models of some depths; the first is the experiment's own.

    The queries of a layer ``broken`` of the last model are not finite.
    """
    read = []
    for number, depth in enumerate(depths):
        of_carriers = [
            activations(
                f"model-{number}", depth, n_words, 16 + number, carrier=carrier, own=number == 0,
                seed=10 * number + at,
            )
            for at, carrier in enumerate(carriers)
        ]  # fmt: skip
        read.append(replace(of_carriers[0], others=tuple(of_carriers[1:])))
    if broken is not None:
        queries = read[-1].target["q"].copy()
        queries[broken] = np.nan
        read[-1] = replace(read[-1], target={**read[-1].target, "q": queries})
    found = [OtherModel(each.model.source, each) for each in read[1:]]
    missing = OtherModel("no/such", None, "no/such: There is no such model.")
    models = OtherModels(read[0], (*found, missing))
    inputs = Inputs(words=read[0], models=models, results={})
    known = similarity.run(inputs, similarity.Params(measure), Job())
    return replace(inputs, results={"similarity": known})


def model_results(depths=(6, 4), params=None, **made):
    """Return the results about words of models of some depths."""
    inputs = model_inputs(depths, **made)
    found = rsa_models.run(inputs, params or rsa_models.Params(), Job())
    return {
        "words": inputs.words, "models": inputs.models,
        **inputs.results, "rsa-models": found,
    }  # fmt: skip
