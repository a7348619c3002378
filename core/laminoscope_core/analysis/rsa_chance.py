"""RSA scores against chance: p and q values and bootstrap bands, by words and not by pairs.

For each score:

- p: how often relabelling the words of one of the two matrices gives a score at least as far
  from zero.  Over all pairs any word may take any other's name.  Over pairs within or across
  categories, and whenever scores are block-corrected, names move inside categories only, so
  that the question is about single words and not about categories again.  Undefined where fewer
  than 20 relabellings give different scores: such a p could not be small;
- q: p adjusted for having looked at every layer of this curve; q_all: for having looked at every
  layer of all curves (Benjamini and Hochberg);
- low, high: where the score falls in 95 % of resamples of the words.  With fewer than nine words
  such a band promises too much and is not computed; nor is one of anything but uncorrected scores
  over all pairs, the only ones that do not know of categories, where a category has fewer than
  three words.  Block-corrected pairs within categories of three words still cover only 86 %, so
  that they need four.

The contrast is the score within minus the score across categories.  Its p and its band come from
the same relabellings and resamples, so that what the two have in common drops out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import rsa, similarity
from laminoscope_core.analysis.chance import Tested, chance_columns, chance_of, in_carriers, stacked
from laminoscope_core.analysis.correlation import block_corrected
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.relabelled import relabelling_tasks
from laminoscope_core.analysis.resampling import (
    Resamples,
    bootstrap_counts,
    n_permutations_for,
    n_relabellings,
    too_few_for_a_band,
    word_permutations,
)
from laminoscope_core.analysis.rsa import site_pairs
from laminoscope_core.analysis.threads import fill
from laminoscope_core.analysis.weighted import resampling_tasks
from laminoscope_core.analysis.word_pairs import SUBSETS, Subset, word_pairs
from laminoscope_core.aside import import_aside
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = ["MIN_CORRECTED_CATEGORY", "Contrast", "Params", "Result", "run", "tables"]


MIN_CORRECTED_CATEGORY = 4
"""Words in a category below which block-corrected scores within categories have no band."""


@dataclass(frozen=True)
class Params:
    """How chance is imitated.

    Attributes
    ----------
    n_permutations : int or None
        Relabellings for p; None for 1000, or 20 for every layer if that is more.
    n_resamples : int
        Bootstrap resamples for the bands.
    confidence : float
        Part of the resamples that a band holds.
    seed : int
        Of both random generators.
    """

    n_permutations: int | None = None
    n_resamples: int = 1000
    confidence: float = 0.95
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("n_permutations", "n_resamples", "seed"):
            if (getattr(self, name) or 0) < 0:
                raise ValueError(f"{name} must be 0 or more, not {getattr(self, name)}")
        if not 0 < self.confidence < 1:
            raise ValueError(f"confidence must be between 0 and 1, not {self.confidence:g}")


@dataclass(frozen=True, eq=False)
class Contrast(Tested):
    """The score within minus the score across categories, by layer and pair of sites.

    Attributes
    ----------
    score : float64 array (n_layers, n_site_pairs)
        NaN where one of the two is undefined.
    """

    score: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Result(Tested):
    """Chance and uncertainty of the scores of `rsa.Result`, with the same axes.

    Attributes
    ----------
    params : Params
        What was asked for.
    layers, site_pairs, subsets : tuple
        Labels of the three axes.
    contrast : Contrast
        Within minus across.
    scores : rsa.Result
        What was tested.
    n_permutations : int
        How many relabellings there were.
    complete : bool
        False while more relabellings and resamples are still to come.
    by_carrier : tuple of Result
        Of a mean over several carrier sentences: what chance says in each, in order.
    """

    params: Params
    layers: tuple[int, ...]
    site_pairs: tuple[str, ...]
    subsets: tuple[Subset, ...]
    contrast: Contrast
    scores: rsa.Result
    n_permutations: int
    complete: bool = True
    by_carrier: "tuple[Result, ...]" = ()


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Relabel and resample the words for every score; hand out what there is every second.

    The words of all carrier sentences are relabelled, and resampled, together.
    """
    matrices = inputs.result("similarity", similarity.Result)
    scores = inputs.result("rsa", rsa.Result)
    each = scores.by_carrier or (scores,)
    n_permutations = params.n_permutations or n_permutations_for(len(scores.layers))
    relabelled = np.full((n_permutations, len(each), *scores.r.shape), np.nan)
    counts = bootstrap_counts(len(matrices.words), params.n_resamples, params.seed)
    if scores.params.correlation != "pearson":
        import_aside(job, "scipy.stats")
    job.check()
    resampled = np.full((len(counts), len(each), *scores.r.shape), np.nan)

    def so_far(*, complete: bool = False) -> Result:
        def tested(
            of: rsa.Result, by_name: NDArray[np.float64], by_word: NDArray[np.float64]
        ) -> Result:
            return _result(matrices.categories, of, params, by_name, by_word, complete)

        now = relabelled.copy(), resampled.copy()  # threads go on while they are counted
        return in_carriers(scores, *now, tested)

    def tasks(
        of: Callable[..., Iterator[Callable[[], int]]], *more: Any
    ) -> Iterator[Callable[[], int]]:
        for number, alike in enumerate(matrices.of_carriers):
            into = relabelled if of is _relabelling else resampled
            yield from of(alike, scores, *more, into[:, number], job)

    relabelling = tasks(_relabelling, params.seed)
    fill(relabelled.size, relabelling, job, "relabelling words", so_far, (0, 0.5))
    fill(resampled.size, tasks(_resampling, counts), job, "resampling words", so_far, (0.5, 1))
    return so_far(complete=True)


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/laminar.csv`` and ``rsa/contrast.csv``.

    The first has a line per carrier sentence, layer, pair of sites and subset, the second per
    carrier sentence, layer and pair of sites.  Several sentences are followed by their mean.
    """
    parts = (*result.by_carrier, result)
    laminar = [rsa.laminar_columns(each.scores, each, each.n_permutations) for each in parts]
    contrast = [_contrast_columns(each) for each in parts]
    return {
        "rsa/laminar.csv": Table(stacked(laminar)),
        "rsa/contrast.csv": Table(stacked(contrast)),
    }


def _contrast_columns(result: Result) -> dict[str, NDArray[Any]]:
    layer, pair = (axis.ravel() for axis in np.indices(result.contrast.p.shape))
    chance = chance_columns(result.contrast, result.n_permutations)
    reason = chance.pop("reason")
    return {
        "layer": np.array(result.layers)[layer],
        "pair": np.array(result.site_pairs, dtype=np.str_)[pair],
        "carrier": np.full(layer.size, result.scores.carrier),
        "difference": result.contrast.score.ravel(),
        **chance,
        "n": np.full(layer.size, result.scores.n_words),
        "reason": reason,
    }


def _result(
    categories: tuple[str, ...],
    scores: rsa.Result,
    params: Params,
    relabelled: NDArray[np.float64],
    resampled: NDArray[np.float64],
    complete: bool,
) -> Result:
    corrected = scores.params.block_corrected
    n_possible = [
        n_relabellings(categories, subset, inside=corrected or subset != "all")
        for subset in scores.subsets
    ]
    no_band = [_no_band(categories, subset, corrected=corrected) for subset in scores.subsets]
    tested: dict[str, Any] = chance_of(
        scores.r,
        scores.reasons,
        relabelled,
        resampled,
        n_possible,
        no_band,
        params.confidence,
        complete=complete,
    )
    within, across = (scores.subsets.index(subset) for subset in ("within", "across"))

    def difference(x: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(x[..., within] - x[..., across])

    contrast = difference(scores.r)
    why = scores.reasons
    contrasted = chance_of(
        contrast[..., None],
        np.where(why[..., within] != "", why[..., within], why[..., across])[..., None],
        difference(relabelled)[..., None],
        difference(resampled)[..., None],
        [n_possible[across]],
        [no_band[within] or no_band[across]],
        params.confidence,
        complete=complete,
    )
    return Result(
        params=params,
        layers=scores.layers,
        site_pairs=scores.site_pairs,
        subsets=scores.subsets,
        **tested,
        contrast=Contrast(score=contrast, **{name: x[..., 0] for name, x in contrasted.items()}),
        scores=scores,
        n_permutations=int(np.isfinite(relabelled).sum(axis=0).max(initial=0)),
        complete=complete,
    )


def _no_band(categories: tuple[str, ...], subset: Subset, *, corrected: bool) -> str:
    if subset == "all" and not corrected:
        return too_few_for_a_band(categories, 0)
    if subset == "within" and corrected:
        return too_few_for_a_band(categories, MIN_CORRECTED_CATEGORY)
    return too_few_for_a_band(categories)


def _relabelling(
    matrices: similarity.Result,
    scores: rsa.Result,
    seed: int,
    into: NDArray[np.float64],
    job: Job,
) -> Iterator[Callable[[], int]]:
    categories, corrected = matrices.categories, scores.params.block_corrected

    def permutations(*, inside: bool) -> NDArray[np.intp]:
        job.check()
        return word_permutations(categories, len(into), seed, inside=inside)

    inside = permutations(inside=True)
    return relabelling_tasks(
        dict(_vectors(matrices, job, corrected=corrected)),
        word_pairs(categories),
        _site_numbers(matrices),
        scores.params.correlation,
        {
            "all": inside if corrected else permutations(inside=False),
            "within": inside,
            "across": inside,
        },
        into,
        job,
    )


def _resampling(
    matrices: similarity.Result,
    scores: rsa.Result,
    counts: NDArray[np.float32],
    into: NDArray[np.float64],
    job: Job,
) -> Iterator[Callable[[], int]]:
    pairs = word_pairs(matrices.categories)
    by_word = np.ascontiguousarray(counts.T)
    corrected = scores.params.block_corrected
    for column, (subset, vectors) in enumerate(_vectors(matrices, job, corrected=False)):
        if _no_band(matrices.categories, subset, corrected=corrected):
            continue
        yield from resampling_tasks(
            vectors,
            _site_numbers(matrices),
            Resamples(by_word, pairs.of(subset)),
            scores.params.correlation,
            corrected,
            into[..., column],
            job,
        )


def _vectors(
    matrices: similarity.Result, job: Job, *, corrected: bool
) -> Iterator[tuple[Subset, NDArray[np.float64]]]:
    """Yield the pair similarities (n_layers, n_sites, n_pairs) of every subset."""
    for subset in SUBSETS:
        job.check()
        pairs = word_pairs(matrices.categories).of(subset)
        shape = (len(matrices.layers), len(matrices.sites), len(pairs.first))
        found = np.empty(shape)
        for number, site in enumerate(matrices.sites):
            for layer, matrix in enumerate(matrices.matrices[site]):
                job.check()
                raw = pairs.vectors(matrix)
                found[layer, number] = block_corrected(raw, pairs.block) if corrected else raw
        yield subset, found


def _site_numbers(matrices: similarity.Result) -> list[tuple[int, int]]:
    number = matrices.sites.index
    return [(number(first), number(second)) for first, second in site_pairs(matrices.sites)]
