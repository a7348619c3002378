"""How two lists of pair similarities are correlated.

The correlation is Pearson's by default.  Spearman's asks only for the same order of pairs;
Kendall's τ_a does too and treats ties honestly; ρ_a is the mean of Spearman's over all ways of
breaking ties, 12·xᵀy/(n³−n) − 3(n+1)/(n−1) on ranks x and y.

An RSA score can be high for a dull reason: if fruit words are all alike and furniture words are
not, at both sites, then the pairs agree without any agreement about single words.  The
block-corrected score first subtracts from each pair the mean of its pair of categories.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.statistics import blocks, ranks, tau_a
from laminoscope_core.aside import import_aside
from laminoscope_core.job import Job

__all__ = [
    "COLUMNS",
    "MIN_PAIRS",
    "Correlation",
    "block_corrected",
    "block_means",
    "correlate",
    "unit_vectors",
]

Correlation = Literal["pearson", "spearman", "kendall_tau_a", "rho_a"]
MIN_PAIRS = 3
COLUMNS: Mapping[Correlation, str] = {
    "pearson": "r",
    "spearman": "r",
    "kendall_tau_a": "tau_a",
    "rho_a": "rho_a",
}
"""What a score is called in tables."""


def block_corrected(vectors: NDArray[np.float64], block: NDArray[np.intp]) -> NDArray[np.float64]:
    """Subtract from each pair (…, n_pairs) the mean of its block, its pair of categories.

    Examples
    --------
    >>> block_corrected(np.array([1.0, 3.0, 10.0]), np.array([0, 0, 1]))
    array([-1.,  1.,  0.])
    """
    if vectors.shape[-1] == 0:
        return vectors
    means, number = block_means(vectors, block)
    return np.asarray(vectors - means[..., number])


def block_means(
    vectors: NDArray[np.float64], block: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return the means of blocks (…, n_blocks) of (…, n_pairs), and the block of each pair.

    Examples
    --------
    >>> block_means(np.array([1.0, 3.0, 10.0]), np.array([5, 5, 7]))
    (array([ 2., 10.]), array([0, 0, 1]))
    """
    number, counts = np.unique(block, return_inverse=True, return_counts=True)[1:]
    order = np.argsort(number, kind="stable")
    starts = np.append(0, np.cumsum(counts)[:-1])
    return np.add.reduceat(vectors[..., order], starts, axis=-1) / counts, number


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
