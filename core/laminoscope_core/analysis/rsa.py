"""Representational similarity analysis: do two sites agree on which words are alike?

Queries, keys and values have nothing in common dimension by dimension, so they cannot be
correlated directly in a meaningful way.  Their similarity matrices can: both say, for each pair
of words, how alike the two are.  The RSA score of two sites is the correlation of those two
lists of pairs, over all pairs, over pairs within a category, or over pairs across categories
(Kriegeskorte, Mur and Bandettini 2008).

The correlation is Pearson's by default.  Spearman's asks only for the same order of pairs;
Kendall's τ_a does too and treats ties honestly; ρ_a is the mean of Spearman's over all ways of
breaking ties, 12·xᵀy/(n³−n) − 3(n+1)/(n−1) on ranks x and y.

An RSA score can be high for a dull reason: if fruit words are all alike and furniture words are
not, at both sites, then the pairs agree without any agreement about single words.  The
block-corrected score first subtracts from each pair the mean of its pair of categories.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import similarity
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.statistics import blocks, fisher_z, is_constant, ranks, tau_a
from laminoscope_core.analysis.word_pairs import SUBSETS, Subset, WordPairs, word_pairs
from laminoscope_core.aside import import_aside
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = [
    "COLUMNS",
    "MIN_PAIRS",
    "SITE_PAIRS",
    "SITE_PAIR_NAMES",
    "Correlation",
    "Params",
    "Result",
    "block_corrected",
    "comparable_vectors",
    "correlate",
    "run",
    "tables",
    "unit_vectors",
]

Correlation = Literal["pearson", "spearman", "kendall_tau_a", "rho_a"]
SITE_PAIRS: tuple[tuple[str, str], ...] = (("q", "k"), ("q", "v"), ("k", "v"))
SITE_PAIR_NAMES = tuple(f"{first}-{second}" for first, second in SITE_PAIRS)
MIN_PAIRS = 3
COLUMNS: Mapping[Correlation, str] = {
    "pearson": "r",
    "spearman": "r",
    "kendall_tau_a": "tau_a",
    "rho_a": "rho_a",
}
"""What a score is called in tables."""


@dataclass(frozen=True)
class Params:
    """How two lists of pairs are compared.

    Attributes
    ----------
    correlation : str
        ``pearson``, ``spearman``, ``kendall_tau_a`` or ``rho_a``.  Chance for τ_a takes seconds
        with some fifty words and hours with hundreds; ρ_a, which orders results much as τ_a does,
        takes seconds with either.
    block_corrected : bool
        Whether the mean of each pair of categories is subtracted first.
    """

    correlation: Correlation = "pearson"
    block_corrected: bool = False


@dataclass(frozen=True, eq=False)
class Result:
    """RSA scores with their labels.

    Attributes
    ----------
    params : Params
        What was asked for.
    layers : tuple of int
        Labels of the first axis.
    site_pairs : tuple of str
        Labels of the second axis: ``q-k``, ``q-v``, ``k-v``.
    subsets : tuple of str
        Labels of the third axis: ``all``, ``within``, ``across``.
    r : float64 array (n_layers, n_site_pairs, n_subsets)
        Scores; NaN where undefined.
    n_pairs : integer array (n_subsets,)
        Pairs of words that each subset holds.
    reasons : str array (n_layers, n_site_pairs, n_subsets)
        Why a score is undefined; empty where it is defined.
    """

    params: Params
    layers: tuple[int, ...]
    site_pairs: tuple[str, ...]
    subsets: tuple[Subset, ...]
    r: NDArray[np.float64]
    n_pairs: NDArray[np.intp]
    reasons: NDArray[np.str_]

    @property
    def column(self) -> str:
        """What the scores are called in tables: ``r`` only if they are correlations."""
        return COLUMNS[self.params.correlation]

    @property
    def fisher_z(self) -> NDArray[np.float64]:
        """atanh of `r`, ±∞ where |r| = 1."""
        return fisher_z(self.r)

    @property
    def contrast(self) -> NDArray[np.float64]:
        """Score within minus score across categories (n_layers, n_site_pairs)."""
        within, across = (self.subsets.index(subset) for subset in ("within", "across"))
        return np.asarray(self.r[..., within] - self.r[..., across])

    def curve(self, site_pair: str, subset: Subset) -> NDArray[np.float64]:
        """Return the scores (n_layers,) of one pair of sites over one subset."""
        return self.r[:, self.site_pairs.index(site_pair), self.subsets.index(subset)]


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Score every pair of sites over every subset at every layer."""
    matrices = inputs.result("similarity", similarity.Result)
    pairs = word_pairs(matrices.categories)
    shape = (len(matrices.layers), len(SITE_PAIRS), len(SUBSETS))
    r = np.full(shape, np.nan)
    reasons: list[NDArray[np.str_]] = []
    for column, subset in enumerate(SUBSETS):
        job.report(column / len(SUBSETS), f"correlating {subset} pairs")
        vectors, why = comparable_vectors(matrices, pairs, subset, params.block_corrected, job)
        for row, (first, second) in enumerate(SITE_PAIRS):
            undefined = np.where(why[first] != "", why[first], why[second])
            r[:, row, column] = np.where(
                undefined == "",
                correlate(vectors[first], vectors[second], params.correlation, job),
                np.nan,
            )
            reasons.append(undefined)
    return Result(
        params=params,
        layers=matrices.layers,
        site_pairs=SITE_PAIR_NAMES,
        subsets=SUBSETS,
        r=r,
        n_pairs=np.array([len(pairs.positions(subset)) for subset in SUBSETS]),
        reasons=np.stack(reasons, axis=-1).reshape(len(r), len(SUBSETS), -1).swapaxes(1, 2),
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/laminar.csv``: one line per layer, pair of sites and subset.

    The score's column is `Result.column`; Fisher's z is of correlations only.
    """
    layer, pair, subset = (axis.ravel() for axis in np.indices(result.r.shape))
    columns = {
        "layer": np.array(result.layers)[layer],
        "pair": np.array(result.site_pairs)[pair],
        "subset": np.array(result.subsets)[subset],
        result.column: result.r.ravel(),
        **({"fisher_z": result.fisher_z.ravel()} if result.column == "r" else {}),
        "n_pairs": result.n_pairs[subset],
        "reason": result.reasons.ravel(),
    }
    return {"rsa/laminar.csv": Table(columns)}


def comparable_vectors(
    matrices: similarity.Result, pairs: WordPairs, subset: Subset, corrected: bool, job: Job
) -> tuple[Mapping[str, NDArray[np.float64]], Mapping[str, NDArray[np.str_]]]:
    """Return the pair similarities of a subset, ready to be correlated.

    Returns
    -------
    vectors : mapping of str to float64 array (n_layers, n_pairs)
        By site, block-corrected if asked for.
    reasons : mapping of str to str array (n_layers,)
        By site: why a layer's vector cannot be correlated, empty if it can.
    """
    chosen = pairs.of(subset)
    n_layers, n_pairs = len(matrices.layers), len(chosen.first)
    vectors: dict[str, NDArray[np.float64]] = {}
    reasons: dict[str, NDArray[np.str_]] = {}
    for site in matrices.sites:
        # layers side by side: in which order pairs are added decides the last digit of a score
        vectors[site] = np.empty((n_layers, n_pairs), order="F")
        finite, constant = (np.zeros(n_layers, dtype=np.bool_) for _ in range(2))
        for layers in blocks(n_layers, n_pairs):
            job.check()
            raw = chosen.vectors(matrices.matrices[site][layers])
            found = block_corrected(raw, chosen.block) if corrected else raw
            vectors[site][layers] = found
            finite[layers] = np.isfinite(raw).all(axis=-1)
            if n_pairs >= MIN_PAIRS:
                constant[layers] = is_constant(found, np.abs(raw).max(axis=-1))
        if n_pairs < MIN_PAIRS:
            reasons[site] = np.full(n_layers, _too_few(subset, n_pairs))
        else:
            why = np.where(constant, f"the pairs are all equally similar at {site.upper()}", "")
            reasons[site] = np.where(finite, why, np.array(matrices.reasons[site]))
    return vectors, reasons


def _too_few(subset: Subset, n_pairs: int) -> str:
    if n_pairs == 0 and subset == "within":
        return "no category has two words"
    if n_pairs == 0 and subset == "across":
        return "there is only one category"
    return f"a correlation needs at least {MIN_PAIRS} pairs of words, here there are {n_pairs}"


def block_corrected(vectors: NDArray[np.float64], block: NDArray[np.intp]) -> NDArray[np.float64]:
    """Subtract from each pair (…, n_pairs) the mean of its block, its pair of categories.

    Examples
    --------
    >>> block_corrected(np.array([1.0, 3.0, 10.0]), np.array([0, 0, 1]))
    array([-1.,  1.,  0.])
    """
    if vectors.shape[-1] == 0:
        return vectors
    number, counts = np.unique(block, return_inverse=True, return_counts=True)[1:]
    order = np.argsort(number, kind="stable")
    starts = np.append(0, np.cumsum(counts)[:-1])
    means = np.add.reduceat(vectors[..., order], starts, axis=-1) / counts
    return np.asarray(vectors - means[..., number])


def correlate(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    correlation: Correlation,
    job: Job | None = None,
) -> NDArray[np.float64]:
    """Correlate two stacks of vectors (n_layers, n_pairs) layer by layer, checking the job if any.

    Returns
    -------
    float64 array (n_layers,)
        NaN where a vector is constant or too short.
    """
    if x.shape[-1] < MIN_PAIRS:
        return np.full(len(x), np.nan)
    job = job or Job()
    if correlation != "pearson":
        import_aside(job, "scipy.stats")
    scores = np.empty(len(x))
    if correlation == "kendall_tau_a":
        for layer, (a, b) in enumerate(zip(x, y, strict=True)):
            job.check()
            scores[layer] = tau_a(a, b, job)
        return scores
    # ranking takes long; sums of all layers beside each other do not
    whole = [slice(None)]
    for layers in whole if correlation == "pearson" else blocks(len(x), x.shape[1]):
        units = []
        for each in (x, y):
            job.check()
            rows = each[layers] if correlation == "pearson" else np.ascontiguousarray(each[layers])
            units.append(unit_vectors(rows, correlation))
        job.check()
        scores[layers] = np.clip(np.vecdot(*units), -1, 1)
    return scores


def unit_vectors(x: NDArray[np.float64], correlation: Correlation) -> NDArray[np.float64]:
    """Transform vectors (…, n) so that the correlation of two is their scalar product.

    Pearson: centred and divided by the norm; Spearman: the same on ranks; ρ_a: centred ranks
    times √(12/(n³−n)), which is the formula of the module's text multiplied out.
    """
    n = x.shape[-1]
    if correlation != "pearson":
        x = ranks(x)
    x = x - x.mean(axis=-1, keepdims=True)
    if correlation == "rho_a":
        return np.asarray(x * np.sqrt(12 / (n**3 - n)))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(x / np.linalg.norm(x, axis=-1, keepdims=True))
