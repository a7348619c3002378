"""Any of several models as the one that is compared with all others.

`rsa_models` compares the experiment's own model with the others.  In a sweep no model is more than
another: each has a mean score with the others along its own layers, with an interval over models
and words (`two_factor`) and the noise ceiling of those others.
"""

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.across_models import InCarrier, ModelPair, Result
from laminoscope_core.analysis.model_scores import mean_over_carriers, pairs_at_depth
from laminoscope_core.analysis.models_mean import SiteMean, at_same_depth, site_mean
from laminoscope_core.analysis.word_pairs import WordPairs, word_pairs
from laminoscope_core.job import Job

__all__ = ["with_reference"]


def with_reference(result: Result, reference: int, job: Job) -> Result:
    """Return scores of one model with the others, and their means.

    Parameters
    ----------
    result : across_models.Result
        Of three models or more, with the matrices in its geometries.
    reference : int
        Which of its models.
    job : Job

    Returns
    -------
    across_models.Result
        Whose first model that is; scores of the others with one another are left out.
    """
    pairs = word_pairs(result.categories)
    order = (reference, *(at for at in range(len(result.models)) if at != reference))
    several = result.of_carriers
    found = [
        _reordered(result, at, order, pairs, part)
        for at, part in zip(several, job.parts(len(several)), strict=True)
    ]
    correlation = result.params.correlation
    mean = mean_over_carriers(found, pairs, correlation, job) if len(found) > 1 else None
    models = tuple(result.models[at] for at in order)
    return replace(
        result,
        layers=tuple(range(models[0].n_layers)),
        models=models,
        of_carriers=tuple(found),
        mean=mean,
    )


def _reordered(
    result: Result, at: InCarrier, order: tuple[int, ...], pairs: WordPairs, job: Job
) -> InCarrier:
    geometries = tuple(at.geometries[model] for model in order)
    with_others = tuple(
        ModelPair(0, place, _scores(result, at, order[0], other), {})
        for place, other in enumerate(order)
        if place
    )
    found = InCarrier(at.carrier, geometries, with_others, None)
    means: dict[str, SiteMean] = {}
    for number, site in enumerate(result.sites):
        job.report(number / len(result.sites), f"intervals of {result.models[order[0]].title}")
        each = np.stack([pair.r[site][at_same_depth(pair.r[site])] for pair in with_others])
        at_depth = partial(pairs_at_depth, found, site, pairs)
        means[site] = site_mean(each, at_depth, pairs, result.params.correlation, job)
    return replace(found, mean=means)


def _scores(
    result: Result, at: InCarrier, model: int, other: int
) -> dict[str, NDArray[np.float64]]:
    """Return the scores (n_layers, n_other_layers) of two models, by site, in either order."""
    if model < other:
        return dict(result.pair(model, other, at).r)
    return {site: r.T for site, r in result.pair(other, model, at).r.items()}
