"""RSA with model RDMs: do a site's similarities follow what is known of the words?

A model RDM says of each pair of words how alike they are in one respect: 1 for the same category
and 0 for different ones, or minus the difference of their numbers of tokens or of characters.  It
is correlated with a site's similarities over all pairs, like any other representation.

Predictors overlap: words of one category may be about as long.  So there are two more numbers of
each, given all the others:

- the partial score: the correlation of what is left of the similarities and of the predictor after
  least squares on the other predictors and a constant;
- ΔR²: how much less of the variance of the similarities the predictors explain without it.

p is by relabelling words, rows and columns of the predictor's matrix together, two-sided.  That of
the partial score, which is also that of ΔR², relabels what the other predictors leave of the
predictor, and fits the others again each time (double semi-partialing: Dekker, Krackhardt and
Snijders 2007).  Relabelling the predictor itself would also undo what it has in common with the
others, and so test something else.  Given the category, names move inside categories only: some
categories always lie nearer to each other than others do, and a predictor that differs between
categories would pass for an effect (with names moving everywhere, in 12 to 50 % of runs without
one, where 5 % are promised).

All of it comes from the products of relabelled predictors with the similarities and with the
predictors: products of matrices, for all layers at once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import factorial, prod
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import rsa, similarity
from laminoscope_core.analysis.carriers import mean_over_carriers
from laminoscope_core.analysis.chance import both_reasons, stacked
from laminoscope_core.analysis.inputs import Inputs, WordActivations
from laminoscope_core.analysis.resampling import (
    n_dealings,
    n_permutations_for,
    p_values,
    too_few_relabellings,
    word_permutations,
)
from laminoscope_core.analysis.statistics import benjamini_hochberg, blocks
from laminoscope_core.analysis.threads import fill
from laminoscope_core.analysis.word_pairs import WordPairs, word_pairs
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table
from laminoscope_core.words_section import Predictor, RsaSection

__all__ = ["PREDICTORS", "Params", "Result", "lines_of", "params_of", "rdm", "run", "tables"]

PREDICTORS: tuple[Predictor, ...] = get_args(Predictor)

_PERMUTATIONS, _PAIRS = 128, 2**13
"""Relabellings of a task, and pairs looked up at a time: 8 MB of float64."""
_NOTHING_LEFT = 1e-10
"""Part of a variance below which it is rounding."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Params:
    """Which predictors, and how chance is imitated.

    Attributes
    ----------
    predictors : tuple of str
        Of `PREDICTORS`.
    n_permutations : int or None
        Relabellings for p; None for 1000, or 20 for every layer if that is more.
    seed : int
        Of the random generator.
    """

    predictors: tuple[Predictor, ...] = PREDICTORS
    n_permutations: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        unknown = [name for name in self.predictors if name not in PREDICTORS]
        if unknown or len(set(self.predictors)) < len(self.predictors):
            raise ValueError(f"predictors must be some of {', '.join(PREDICTORS)}, each once")
        for name in ("n_permutations", "seed"):
            if (getattr(self, name) or 0) < 0:
                raise ValueError(f"{name} must be 0 or more, not {getattr(self, name)}")


@dataclass(frozen=True, eq=False)
class Result:
    """Scores of predictors with their labels: of one carrier sentence, or their mean over several.

    Attributes
    ----------
    params : Params
        What was asked for.
    carrier : str
        The sentence, or `rsa.MEAN`.
    layers : tuple of int
        Labels of the first axis.
    sites, predictors : tuple of str
        Labels of the second and the third axis.
    r, partial_r, delta_r2 : float64 array (n_layers, n_sites, n_predictors)
        Pearson's r, the same given the other predictors, and the variance of the similarities that
        the predictor alone explains; NaN where undefined.
    p, partial_p : float64 array (n_layers, n_sites, n_predictors)
        Permutation p of ``r``, and of ``partial_r`` and ``delta_r2``.
    reasons, partial_reasons : str array (n_layers, n_sites, n_predictors)
        Why there is no score, and no partial one; empty where there is one.
    p_reasons, partial_p_reasons : str array (n_layers, n_sites, n_predictors)
        The same of `p` and of `partial_p`.
    n_pairs, n_permutations : int
        Pairs of words, and how many relabellings there were.
    complete : bool
        False while more relabellings are still to come.
    by_carrier : tuple of Result
        Of several carrier sentences: the scores in each, in order.
    """

    params: Params
    carrier: str
    layers: tuple[int, ...]
    sites: tuple[str, ...]
    predictors: tuple[Predictor, ...]
    r: Floats
    partial_r: Floats
    delta_r2: Floats
    p: Floats
    partial_p: Floats
    reasons: NDArray[np.str_]
    partial_reasons: NDArray[np.str_]
    p_reasons: NDArray[np.str_]
    partial_p_reasons: NDArray[np.str_]
    n_pairs: int
    n_permutations: int
    complete: bool = True
    by_carrier: "tuple[Result, ...]" = ()

    @property
    def q(self) -> Floats:
        """`p` adjusted over the layers of a curve."""
        return benjamini_hochberg(self.p)

    @property
    def partial_q(self) -> Floats:
        """`partial_p` adjusted over the layers of a curve."""
        return benjamini_hochberg(self.partial_p)


def params_of(section: RsaSection) -> Params | None:
    """Return how an experiment asks for it; None if it does not."""
    return Params(predictors=section.predictors) if section.predictors else None


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Score every predictor at every site and layer; hand out what there is every second."""
    activations = inputs.words or inputs.word_activations()  # which says what is missing
    several = inputs.result("similarity", similarity.Result).of_carriers
    n_permutations = params.n_permutations or n_permutations_for(len(several[0].layers))
    anywhere, inside = (
        word_permutations(several[0].categories, n_permutations, params.seed, inside=inside)
        for inside in (False, True)
    )
    each = [
        _Compared.of(words, matrices, params, job)
        for words, matrices in zip(activations.of_carriers, several, strict=True)
    ]
    shape = (len(each), n_permutations, *each[0].scores.r.shape)
    relabelled, partial = np.full(shape, np.nan), np.full(shape, np.nan)

    def so_far(*, complete: bool = False) -> Result:
        return _with_chance(each, relabelled.copy(), partial.copy(), complete)

    def tasks() -> Iterator[Callable[[], int]]:
        for number, compared in enumerate(each):
            into = relabelled[number], partial[number]
            yield from compared.tasks(anywhere, *into, job, inside=False)
            if any(given.category for given in compared.given):
                yield from compared.tasks(inside, *into, job, inside=True)

    n_sets = 1 + any(given.category for compared in each for given in compared.given)
    fill(n_sets * relabelled.size, tasks(), job, "relabelling words", so_far)
    return so_far(complete=True)


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/predictors.csv``: a line per carrier sentence, layer, site and predictor."""
    return {"rsa/predictors.csv": Table(lines_of(result))}


def rdm(predictor: Predictor, words: WordActivations) -> NDArray[np.float64]:
    """Return how alike words are in one respect, as a matrix (n_words, n_words).

    Parameters
    ----------
    predictor : str
        One of `PREDICTORS`.
    words : WordActivations
        The words, their categories and numbers of tokens.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> words = SimpleNamespace(words=("a", "an", "ant"), categories=("x", "x", "y"))
    >>> rdm("length", words)
    array([[-0., -1., -2.],
           [-1., -0., -1.],
           [-2., -1., -0.]])
    """
    values = _values(predictor, words)
    if predictor == "category":
        return np.asarray(values[:, None] == values, dtype=np.float64)
    return -np.abs(np.asarray(values[:, None] - values, dtype=np.float64))


def _values(predictor: Predictor, words: WordActivations) -> NDArray[np.intp]:
    """Return the number (n_words,) of each word's category, or how many tokens or characters."""
    if predictor == "category":
        return np.asarray(np.unique(np.array(words.categories), return_inverse=True)[1], np.intp)
    counted = words.n_tokens if predictor == "n_tokens" else map(len, words.words)
    return np.array(list(counted), dtype=np.intp)


def _n_arrangements(predictor: Predictor, words: WordActivations, *, inside: bool) -> int:
    """Return how many ways of relabelling words, or inside categories, may differ."""
    if predictor == "category":
        return 1 if inside else n_dealings(words.categories)
    values, categories = _values(predictor, words), _values("category", words)
    groups = [values[categories == one] for one in np.unique(categories)] if inside else [values]
    counts = [np.unique(group, return_counts=True)[1].tolist() for group in groups]
    return prod(factorial(sum(each)) // prod(map(factorial, each)) for each in counts)


@dataclass(frozen=True, eq=False)
class _Compared:
    """Everything that scores are made of, in one carrier sentence.

    Attributes
    ----------
    pairs : WordPairs
    similar : tuple of float64 array (n_pairs, n_layers)
        By site: centred and of length 1; 0 where undefined.
    rdms : float64 array (n_predictors, n_words, n_words)
        Centred and scaled so that the vectors of their pairs have length 1; 0 if constant.
    given : tuple of _Given
        By predictor.
    scores : Result
        Without p.
    n_possible, partial_possible : tuple of int
        By predictor: how many relabellings differ at most, of ``r`` and of ``partial_r``.
    """

    pairs: WordPairs
    similar: tuple[Floats, ...]
    rdms: Floats
    given: "tuple[_Given, ...]"
    scores: Result
    n_possible: tuple[int, ...]
    partial_possible: tuple[int, ...]

    @classmethod
    def of(
        cls, words: WordActivations, matrices: similarity.Result, params: Params, job: Job
    ) -> "_Compared":
        pairs = word_pairs(matrices.categories)
        vectors, why = rsa.comparable_vectors(matrices, pairs, "all", False, job)
        similar = tuple(_unit(vectors[site], why[site] == "", job).T for site in matrices.sites)
        rdms = np.stack([_standardised(rdm(name, words), pairs) for name in params.predictors])
        of_pairs = rdms[:, pairs.first, pairs.second]
        job.check()
        overlap = of_pairs @ of_pairs.T
        category = params.predictors.index("category") if "category" in params.predictors else -1
        given = tuple(_Given.of(overlap, number, category) for number in range(len(rdms)))
        r = np.stack([(of_pairs @ each).T for each in similar], axis=1)
        scores = _scores(r, given, matrices, params, why, len(pairs.first))
        possible, of_partial = (
            tuple(
                _n_arrangements(name, words, inside=partial and one.category)
                for name, one in zip(params.predictors, given, strict=True)
            )
            for partial in (False, True)
        )
        return cls(pairs, similar, rdms, given, scores, possible, of_partial)

    def tasks(
        self,
        names: NDArray[np.intp],
        relabelled: Floats,
        partial: Floats,
        job: Job,
        *,
        inside: bool,
    ) -> Iterator[Callable[[], int]]:
        """Yield tasks that fill in the scores (n_permutations, n_layers, n_sites, n_predictors).

        Of names that move inside categories there are only partial scores given the category.
        """
        for start in range(0, len(names), _PERMUTATIONS):
            rows = slice(start, start + _PERMUTATIONS)

            def work(rows: slice = rows) -> int:
                with_similar, with_rdms = self._products(names[rows], job, inside=inside)
                undefined = np.isnan(self.scores.r)
                if not inside:
                    found = np.clip(np.moveaxis(with_similar, 1, -1), -1, 1)
                    relabelled[rows] = np.where(undefined, np.nan, found)
                for number, given in enumerate(self.given):
                    if given.category == inside:
                        left = given.relabelled(with_similar, with_rdms, self.scores.r)
                        partial[rows, ..., number] = np.where(undefined[..., number], np.nan, left)
                return int(relabelled[rows].size)

            yield work

    def _products(
        self, names: NDArray[np.intp], job: Job, *, inside: bool
    ) -> tuple[Floats, Floats]:
        """Return the products of relabelled predictors with similarities, and with predictors.

        Of shapes (n_permutations, n_predictors, n_layers, n_sites) and (n_permutations,
        n_predictors, n_predictors).  Names that move inside categories leave the category as it is.
        """
        n, n_predictors = len(names), len(self.rdms)
        n_layers = self.similar[0].shape[1]
        with_similar = np.zeros((n, n_predictors, n_layers, len(self.similar)))
        with_rdms = np.zeros((n, n_predictors, n_predictors))
        first, second, n_words = self.pairs.first, self.pairs.second, names.shape[1]
        for some in blocks(len(first), 1, _PAIRS):
            sources = names[:, first[some]] * n_words + names[:, second[some]]
            own = self.rdms[:, first[some], second[some]].T
            for number, matrix in enumerate(self.rdms):
                job.check()
                stays = inside and self.scores.predictors[number] == "category"
                moved = own[:, number][None] if stays else np.take(matrix.ravel(), sources)
                with_rdms[:, number] += moved @ own
                for site, similar in enumerate(self.similar):
                    with_similar[:, number, :, site] += moved @ similar[some]
        return with_similar, with_rdms


@dataclass(frozen=True, eq=False)
class _Given:
    """One predictor, given the others.

    Attributes
    ----------
    number : int
        Which one.
    others : integer array (n_others,)
        The other predictors.
    slopes : float64 array (n_others,)
        Of least squares of the predictor on the others.
    inverse : float64 array (n_others, n_others)
        Of the correlations of the others.
    left : float64
        Part of the predictor's variance that the others do not explain.
    constant : bool
        Whether the predictor is the same for all pairs.
    category : bool
        Whether the category is among the others.
    """

    number: int
    others: NDArray[np.intp]
    slopes: Floats
    inverse: Floats
    left: float
    constant: bool
    category: bool

    @classmethod
    def of(cls, overlap: Floats, number: int, category: int) -> "_Given":
        """Take the correlations (n_predictors, n_predictors), 0 with constant ones."""
        others = np.array([n for n in range(len(overlap)) if n != number and overlap[n, n] > 0])
        others = others.astype(np.intp)
        inverse = np.linalg.pinv(overlap[np.ix_(others, others)], hermitian=True)
        slopes = inverse @ overlap[others, number]
        left = float(overlap[number, number] - overlap[others, number] @ slopes)
        constant = bool(overlap[number, number] == 0)
        return cls(number, others, slopes, inverse, left, constant, category in others.tolist())

    def unexplained(self, r: Floats) -> Floats:
        """Return the part of the similarities' variance that the others do not explain.

        From the correlations (…, n_predictors) of both.
        """
        others = r[..., self.others]
        return np.asarray(1 - np.einsum("...i,ij,...j", others, self.inverse, others))

    def partial(self, r: Floats) -> tuple[Floats, Floats]:
        """Return partial r and ΔR² (…,) from r (…, n_predictors); NaN where nothing is left."""
        left, unexplained = self.left, self.unexplained(r)
        if left < _NOTHING_LEFT:
            return np.full(unexplained.shape, np.nan), np.where(np.isnan(unexplained), np.nan, 0)
        product = r[..., self.number] - r[..., self.others] @ self.slopes
        with np.errstate(invalid="ignore", divide="ignore"):
            partial = np.clip(product / np.sqrt(left * unexplained), -1, 1)
        return np.where(unexplained < _NOTHING_LEFT, np.nan, partial), product**2 / left

    def relabelled(self, with_similar: Floats, with_rdms: Floats, r: Floats) -> Floats:
        """Return partial r (n_permutations, n_layers, n_sites) of what is left, relabelled.

        Parameters
        ----------
        with_similar, with_rdms : float64 arrays
            Products of the relabelled predictors, as of `_Compared`.
        r : float64 array (n_layers, n_sites, n_predictors)
            Correlations before relabelling.
        """
        if self.left < _NOTHING_LEFT:
            return np.full(with_similar[:, 0].shape, np.nan)
        product = with_similar[:, self.number] - np.einsum(
            "pols,o->pls", with_similar[:, self.others], self.slopes
        )
        overlap = with_rdms[:, self.number] - np.einsum(
            "pok,o->pk", with_rdms[:, self.others], self.slopes
        )
        overlap = overlap[:, self.others]
        known = np.nan_to_num(r[..., self.others])
        product = product - np.einsum("pi,ij,lsj->pls", overlap, self.inverse, known)
        left = self.left - np.einsum("pi,ij,pj->p", overlap, self.inverse, overlap)
        unexplained = np.maximum(self.unexplained(r), 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            partial = product / np.sqrt(np.maximum(left, 0)[:, None, None] * unexplained)
        # a relabelling after which nothing is left says nothing against the score
        found = np.where(left[:, None, None] < _NOTHING_LEFT, 0.0, np.clip(partial, -1, 1))
        return np.where(unexplained < _NOTHING_LEFT, np.nan, found)


def _unit(vectors: Floats, defined: NDArray[np.bool_], job: Job) -> Floats:
    """Centre vectors (n_layers, n_pairs) and scale them to length 1, in place; 0 if undefined."""
    vectors[~defined] = 0
    for layer in np.flatnonzero(defined):
        job.check()
        row = vectors[layer] - vectors[layer].mean()
        vectors[layer] = row / np.linalg.norm(row)
    return vectors


def _standardised(matrix: Floats, pairs: WordPairs) -> Floats:
    """Return a matrix whose pairs are centred and of length 1; 0 if they are all the same."""
    of_pairs = matrix[pairs.first, pairs.second]
    if not of_pairs.size or np.ptp(of_pairs) == 0:
        return np.zeros_like(matrix)
    return np.asarray((matrix - of_pairs.mean()) / np.linalg.norm(of_pairs - of_pairs.mean()))


def _scores(
    r: Floats,
    given: tuple[_Given, ...],
    matrices: similarity.Result,
    params: Params,
    why: Mapping[str, NDArray[np.str_]],
    n_pairs: int,
) -> Result:
    """Return the scores of r (n_layers, n_sites, n_predictors) with their reasons, without p."""
    reasons = np.full(r.shape, "", dtype="U300")
    for site, name in enumerate(matrices.sites):
        reasons[:, site] = why[name][:, None]
    for number, name in enumerate(params.predictors):
        if given[number].constant:
            same = _same(name, matrices.categories)
            reasons[..., number] = np.where(reasons[..., number] == "", same, reasons[..., number])
    r = np.where(reasons == "", np.clip(r, -1, 1), np.nan)
    both = [each.partial(r) for each in given]
    partial_r, delta_r2 = (np.stack(part, axis=-1) for part in zip(*both, strict=True))
    nothing = np.array([each.left < _NOTHING_LEFT for each in given])
    no_partial = np.where(
        nothing,
        "the other predictors determine this one",
        "the other predictors explain the similarities entirely",
    )
    no_partial = np.where(np.isnan(partial_r), no_partial, "")
    unknown = np.full(r.shape, np.nan)
    return Result(
        params=params,
        carrier=matrices.carrier,
        layers=matrices.layers,
        sites=matrices.sites,
        predictors=params.predictors,
        r=r,
        partial_r=np.where(reasons == "", partial_r, np.nan),
        delta_r2=np.where(reasons == "", delta_r2, np.nan),
        p=unknown,
        partial_p=unknown,
        reasons=reasons,
        partial_reasons=np.where(reasons == "", no_partial, reasons),
        p_reasons=reasons,
        partial_p_reasons=reasons,
        n_pairs=n_pairs,
        n_permutations=0,
    )


def _same(predictor: Predictor, categories: Sequence[str]) -> str:
    """Return in what respect all pairs of words are equally alike."""
    if predictor == "category":
        one = len(set(categories)) == 1
        return "there is only one category" if one else "no category has two words"
    counted = "tokens" if predictor == "n_tokens" else "characters"
    return f"all words have the same number of {counted}"


def _with_chance(
    each: list[_Compared], relabelled: Floats, partial: Floats, complete: bool
) -> Result:
    """Return the scores with p: of one carrier sentence, or of all and their mean.

    ``relabelled`` and ``partial`` are (n_carriers, n_permutations, n_layers, n_sites,
    n_predictors).
    """
    found = tuple(
        _tested(one.scores, one, of_r, of_partial, complete)
        for one, of_r, of_partial in zip(each, relabelled, partial, strict=True)
    )
    if len(found) == 1:
        return found[0]
    numbers, why = ("r", "partial_r", "delta_r2"), ("reasons", "partial_reasons")
    mean = mean_over_carriers([one.scores for one in each], numbers, why)
    tested = _tested(mean, each[0], relabelled.mean(axis=0), partial.mean(axis=0), complete)
    return replace(tested, by_carrier=found)


def _tested(
    scores: Result, compared: _Compared, relabelled: Floats, partial: Floats, complete: bool
) -> Result:
    def untested(n_possible: tuple[int, ...], found: Floats, reasons: Any) -> Any:
        few = [
            too_few_relabellings(n, found[..., number], complete=complete)
            for number, n in enumerate(n_possible)
        ]
        return np.where(reasons != "", reasons, np.stack(few, axis=-1))

    why = untested(compared.n_possible, relabelled, scores.reasons)
    why_partial = untested(compared.partial_possible, partial, scores.partial_reasons)
    return replace(
        scores,
        p=np.where(why == "", p_values(relabelled, scores.r), np.nan),
        partial_p=np.where(why_partial == "", p_values(partial, scores.partial_r), np.nan),
        p_reasons=why,
        partial_p_reasons=why_partial,
        n_permutations=int(np.isfinite(relabelled).sum(axis=0).max(initial=0)),
        complete=complete,
    )


def lines_of(result: Result) -> dict[str, NDArray[Any]]:
    """Return the columns of a table, a line per carrier sentence, layer, site and predictor."""
    return stacked([_lines(each) for each in (*result.by_carrier, result)])


def _lines(result: Result) -> dict[str, NDArray[Any]]:
    """Return the columns of a carrier's lines."""
    layer, site, predictor = (axis.ravel() for axis in np.indices(result.r.shape))
    numbers = ("r", "partial_r", "delta_r2", "p", "q", "partial_p", "partial_q")
    why = both_reasons(result.reasons, result.partial_reasons)
    untested = both_reasons(result.p_reasons, result.partial_p_reasons)
    return {
        "layer": np.array(result.layers)[layer],
        "site": np.array(result.sites)[site],
        "predictor": np.array(result.predictors)[predictor],
        **{name: getattr(result, name).ravel() for name in numbers},
        "n": np.full(layer.size, result.n_pairs),
        "n_permutations": np.full(layer.size, result.n_permutations),
        "reason": both_reasons(why, untested).ravel(),
        "carrier": np.full(layer.size, result.carrier),
    }
