"""Results of word experiments that never were: random activations, real analyses."""

from dataclasses import replace

import numpy as np

from laminoscope_core.analysis import (
    causal,
    dendrogram,
    direct,
    rsa,
    rsa_chance,
    rsa_depth,
    rsa_heads,
    rsa_map,
    rsa_predictors,
    separability,
    separability_chance,
    similarity,
)
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.registry import BEFORE
from laminoscope_core.job import Job

from ..made_words import made_words

NAMES = ("space", "furniture", "fruit", "musical instruments")


def word_results(
    n_words=34,
    n_layers=12,
    *,
    words=None,
    categories=None,
    chance=True,
    seed=0,
    broken=None,
    carriers=("The next word is {word}",),
):
    """Return the results of all word analyses; as many categories as there can be, to four.

    The activations of the layer ``broken`` are not finite.  All words stand in all ``carriers``.
    """
    random = np.random.default_rng(seed)
    n_categories = max(1, min(len(NAMES), n_words // 3))
    member = np.sort(np.arange(n_words) % n_categories)
    words = words or tuple(f"word{number}" for number in range(n_words))
    categories = categories or tuple(NAMES[number] for number in member)
    centres = random.normal(size=(n_layers, n_categories, 2, 8))
    several = []
    for carrier in carriers:
        target = {
            site: (centres[:, member] + random.normal(size=(n_layers, n_words, 2, 8))).astype("f4")
            for site in ("q", "k", "v")
        }
        if broken is not None:
            target["k"][broken] = np.nan
        several.append(made_words(target, categories, tuple(words), carrier=carrier))
    activations = replace(several[0], others=tuple(several[1:]))
    results = {"words": activations}
    wanted = {"similarity": (similarity, similarity.Params()), "direct": (direct, direct.Params())}
    wanted |= {"rsa": (rsa, rsa.Params()), "separability": (separability, separability.Params())}
    wanted |= {"rsa-depth": (rsa_depth, rsa_depth.Params())}
    wanted |= {"rsa-heads": (rsa_heads, rsa_heads.Params())}
    wanted |= {"dendrogram": (dendrogram, dendrogram.Params())}
    wanted |= {"rsa-map": (rsa_map, rsa_map.Params())}
    if chance:
        params = rsa_predictors.Params(n_permutations=19)
        wanted["rsa-predictors"] = (rsa_predictors, params)
        wanted["separability-chance"] = (separability_chance, separability_chance.Params(19))
        wanted["rsa-chance"] = (rsa_chance, rsa_chance.Params(19, 19))
    for name, (module, params) in wanted.items():
        inputs = Inputs(words=activations, results=results)
        results[name] = module.run(inputs, params, Job())
    return results


def altered_results(before, reached=3, seed=1, params=causal.Params(19)):  # noqa: B008 - frozen
    """Return results of a model that is altered from a layer on, beside those of `word_results`."""
    random = np.random.default_rng(seed)
    words = before["words"]
    target = {site: rows.copy() for site, rows in words.target.items()}
    for rows in target.values():
        rows[reached:] += random.normal(size=rows[reached:].shape).astype("f4")
    own = {"words": replace(words, target=target)}
    for module in (similarity, direct, rsa, separability):
        name = module.__name__.rpartition(".")[2]
        params_before = getattr(before[name], "params", None)
        inputs = Inputs(words=own["words"], results=own)
        own[name] = module.run(inputs, params_before, Job())
    inputs = Inputs(own["words"], results=own, before=Inputs(words, results=before))
    own["causal"] = causal.run(inputs, params, Job())
    return {**own, **{BEFORE + name: result for name, result in before.items()}}
