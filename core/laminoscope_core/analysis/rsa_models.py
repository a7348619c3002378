"""Words across models: do two models agree on which words are alike?

Models differ in width, depth and tokenizer, so that no number of one has its counterpart in the
other.  Their similarity matrices do: both say, for each pair of the same words, how alike the two
are.  The RSA score of two models is the correlation of those two lists of pairs, at the same site,
for every layer of the one with every layer of the other, and for the embeddings, which are before
all layers.  A model's score with itself at the same layer is 1.

Layers of models of different depth are matched by relative depth, ℓ/(L−1): of each layer of the
one the nearest of the other.  There each word is scored by itself, too: its row of similarities to
all other words in the one model with its row in the other.

With three models or more, the mean score of the experiment's model with the others has an interval
(`two_factor`): other models like these, and other words, would have given another mean.  The noise
ceiling is how well any geometry could agree with those others, given how they differ.
"""

from dataclasses import replace

from laminoscope_core.analysis import similarity
from laminoscope_core.analysis.across_models import (
    EMBEDDING,
    ComparedModel,
    Params,
    Result,
    UnreadModel,
)
from laminoscope_core.analysis.inputs import Inputs, OtherModels, WordActivations
from laminoscope_core.analysis.model_scores import mean_over_carriers, scored
from laminoscope_core.analysis.rsa_models_tables import mean_table, models_table, words_table
from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.aside import import_aside
from laminoscope_core.errors import AnalysisError
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = ["Params", "Result", "run", "tables"]


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Compare the experiment's model with itself and with the others, and those with each other.

    Raises
    ------
    AnalysisError
        No other model has read these words.
    """
    words, models = inputs.word_activations(), inputs.models
    matrices = inputs.result("similarity", similarity.Result)
    if models is None or models.embedding.words != words.words:
        raise AnalysisError("No other model has read these words.", "Press Capture.")
    if not all(len(rows) for each in models.read for rows in each.target.values()):
        raise AnalysisError(
            "This needs what other models activate, which the session was saved without.",
            "Press Capture to run them again.",
        )
    import_aside(job, "scipy.stats")
    pairs = word_pairs(words.categories)
    found = []
    for at, part in enumerate(job.parts(len(words.of_carriers))):
        of_models = _matrices(at, words, models, matrices, part.part(0.0, 0.3))
        found.append(scored(of_models, pairs, params.correlation, part.part(0.3, 1.0)))
    read = [(words.model.source, words)]
    read += [(one.source, one.words) for one in models.models if one.words is not None]
    return Result(
        params=params,
        measure=matrices.params.measure,
        layers=tuple(range(words.model.n_layers)),
        words=words.words,
        categories=words.categories,
        sites=(EMBEDDING, *_of_layers(words)),
        models=tuple(
            ComparedModel(source, each.model.title, each.model.n_layers, each.n_tokens)
            for source, each in read
        ),
        unread=tuple(
            UnreadModel(one.source, one.reason) for one in models.models if one.words is None
        ),
        of_carriers=tuple(found),
        mean=(
            mean_over_carriers(found, pairs, params.correlation, job) if len(found) > 1 else None
        ),
    )


def _of_layers(words: WordActivations) -> tuple[str, ...]:
    return tuple(site for site in words.sites if site != EMBEDDING)


def _matrices(
    at: int, words: WordActivations, models: OtherModels, known: similarity.Result, job: Job
) -> list[dict[str, similarity.Result]]:
    """Return the similarity matrices of each model in a carrier sentence, by site.

    Those of the experiment's own model are taken from what is ``known``, if that is of all heads.
    """
    sites, params = _of_layers(words), replace(known.params, head=None)
    own, embedding = words.of_carriers[at], models.embedding.of_carriers[at]
    others = [each.of_carriers[at] for each in models.read]
    rows = [(own, embedding), *((other, other) for other in others)]
    of_models = []
    parts = zip(rows, job.parts(len(rows)), strict=True)
    for number, ((of_layers, of_embedding), part) in enumerate(parts):
        first = _of_embedding(of_embedding)
        found = {EMBEDDING: similarity.compared(first, params, part.part(0.0, 0.1))}
        if number == 0 and known.params.head is None and {*sites} <= {*known.sites}:
            here = known.of_carriers[at]
        else:
            here = similarity.compared(replace(of_layers, sites=sites), params, part)
        of_models.append(found | {site: replace(here, sites=(site,)) for site in sites})
    return of_models


def _of_embedding(words: WordActivations) -> WordActivations:
    """Return the embedding alone, which is the same in all layers, as that of one layer."""
    target = {EMBEDDING: words.target[EMBEDDING][:1]}
    model = replace(words.model, n_layers=1)
    return replace(words, model=model, sites=(EMBEDDING,), target=target, context={})


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/models.csv``, ``rsa/words_across_models.csv`` and, of three models or more,
    ``rsa/models_mean.csv``."""
    found: dict[str, Table | Arrays] = {
        "rsa/models.csv": models_table(result),
        "rsa/words_across_models.csv": words_table(result),
    }
    if result.scores.mean is not None:
        found["rsa/models_mean.csv"] = mean_table(result)
    return found
