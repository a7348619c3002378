"""What the columns of tables hold, in words and with units.

Only names that mean the same in every table stand here; other columns are labelled where their
table is made.
"""

from collections.abc import Mapping

from laminoscope_core.tables import Table

__all__ = ["LABELS", "labels_of"]

LABELS: Mapping[str, str] = {
    "layer": "layer, from 0",
    "subset": "pairs of words: all, within or across categories",
    "r": "correlation",
    "fisher_z": "Fisher z, atanh(r)",
    "n_pairs": "pairs of words",
    "cohens_d": "Cohen's d, within against across categories",
    "hedges_g": "Hedges g, within against across categories",
    "cka": "debiased linear CKA",
    "token_index": "token, from 0",
    "token_id": "token id",
    "token": "text of the token",
    "shown": "text of the token; parts of a character by their bytes",
    "norm": "Euclidean length",
    "log_norm": "natural logarithm of the Euclidean length",
    "surprisal": "surprisal (nats)",
    "entropy": "entropy (nats)",
    "term": "term of the regression",
    "coef": "coefficient",
    "se": "standard error",
    "p": "p",
    "q": "p, adjusted for the number of tests (Benjamini–Hochberg)",
    "low": "lower end of the interval",
    "high": "upper end of the interval",
    "r2": "R²",
    "adj_r2": "adjusted R²",
    "stage": "sampler of the chain",
    "rank": "rank, 1 is the best",
    "logit": "logit",
    "probability": "probability",
}


def labels_of(table: Table) -> dict[str, str]:
    """Return the labels of a table: its own, and those of columns that are known by name.

    Examples
    --------
    >>> labels_of(Table({"layer": [0], "value": [0.5]}, {"value": "RSA score"}))
    {'layer': 'layer, from 0', 'value': 'RSA score'}
    """
    known = {name: LABELS[name] for name in table.columns if name in LABELS}
    return {**known, **table.labels}
