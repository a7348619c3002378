"""RSA of heads: which heads of a layer hold the same geometry of words, and which hold the layer's.

Each head has a part of a layer's queries, keys or values of its own, so each has its own words ×
words matrix.  The score of two heads is the correlation of their matrices over all pairs of
words; a head's agreement with the layer is that with the matrix of all its heads together.  Keys
and values are those of the key/value heads, of which there are fewer than query heads where
several of these read the same.  Cohen's d says how far categories stand apart in a head (see
`separability`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import rsa, similarity
from laminoscope_core.analysis.carriers import first_reasons, in_each_carrier
from laminoscope_core.analysis.chance import stacked
from laminoscope_core.analysis.head_matrices import (
    matrices_of_heads,
    scores_of_heads,
    separability_of_heads,
)
from laminoscope_core.analysis.inputs import Inputs, WordActivations, not_finite
from laminoscope_core.analysis.inside_tables import nothing
from laminoscope_core.analysis.kendall import takes_too_long
from laminoscope_core.analysis.statistics import blocks
from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.aside import import_aside
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table
from laminoscope_core.theme import site_label
from laminoscope_core.words_section import RsaSection

__all__ = ["LAYER", "Params", "Result", "params_of", "run", "tables"]

LAYER = "layer"
"""In tables: all heads of the layer together."""

_SCORES = ("layer", "site", "head", "other", "n", "reason", "carrier")
_SEPARABILITY = (
    "layer",
    "site",
    "head",
    "cohens_d",
    "n_within",
    "n_across",
    "n",
    "reason",
    "carrier",
)
_NO_HEADS = "none of the sites that are compared has heads"
_NOT_YET = "not computed yet"

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Params:
    """Nothing can be set: similarities and scores are those of `similarity` and `rsa`."""


@dataclass(frozen=True, eq=False)
class Result:
    """Scores of heads with their labels: of one carrier sentence, or their mean over several.

    Attributes
    ----------
    params : Params
    measure : str
        How words were compared, as of `similarity.Params`.
    scored : rsa.Params
        How matrices were correlated.
    carrier : str
        The sentence, or `rsa.MEAN`.
    layers : tuple of int
        Labels of the first axes.
    sites : tuple of str
        Those of the compared ones that have heads.
    n_query_heads : int
        As many query heads in turn as there are for each key/value head read it.
    r : mapping of str to float64 array (n_layers, n_heads, n_heads + 1)
        By site: the score of a head with every head, and at last with all heads together.
    reasons : mapping of str to str array (n_layers, n_heads + 1)
        By site: why a head, or all together, cannot be compared; empty where it can.
    cohens_d : mapping of str to float64 array (n_layers, n_heads)
        By site: how far categories stand apart in a head.
    d_reasons : mapping of str to str array (n_layers, n_heads)
        By site: why d is undefined; empty where it is not.
    n_pairs, n_within, n_across : int
        Pairs of words, within a category and across two.
    complete : bool
        False while layers are still to come.
    by_carrier : tuple of Result
        Of several carrier sentences: the scores in each, in order.
    """

    params: Params
    measure: similarity.Measure
    scored: rsa.Params
    carrier: str
    layers: tuple[int, ...]
    sites: tuple[str, ...]
    n_query_heads: int
    r: Mapping[str, Floats]
    reasons: Mapping[str, NDArray[np.str_]]
    cohens_d: Mapping[str, Floats]
    d_reasons: Mapping[str, NDArray[np.str_]]
    n_pairs: int
    n_within: int
    n_across: int
    complete: bool = True
    by_carrier: "tuple[Result, ...]" = ()

    @property
    def column(self) -> str:
        """What the scores are called in tables: ``r`` only if they are correlations."""
        return rsa.COLUMNS[self.scored.correlation]

    @property
    def reason(self) -> str:
        """Why there is nothing at all; empty if there is something."""
        return "" if self.sites else _NO_HEADS

    def n_heads(self, site: str) -> int:
        """Return how many heads a site has."""
        return int(self.r[site].shape[1])

    def head_of(self, site: str, query_head: int) -> int:
        """Return which head of a site a query head has, or reads."""
        return query_head * self.n_heads(site) // self.n_query_heads

    def query_head_of(self, site: str, head: int) -> int:
        """Return the first query head that has, or reads, a head of a site."""
        return head * self.n_query_heads // self.n_heads(site)


def params_of(section: RsaSection) -> Params | None:
    """Return the parameters if an experiment asks for heads."""
    return Params() if section.heads else None


Show = Callable[[Callable[[], Result]], None]


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Score the heads of every site and layer; hand out the layers that are there every second."""
    several = inputs.word_activations().of_carriers
    measure = inputs.result("similarity", similarity.Result).params.measure
    scored = inputs.result("rsa", rsa.Result).params
    if measure == "spearman" or scored.correlation != "pearson":
        import_aside(job, "scipy.stats")

    def of_carrier(activations: WordActivations, part: Job, show: Show) -> Result:
        return _of_carrier(activations, params, measure, scored, part, show)

    return in_each_carrier(several, of_carrier, job, ("r", "cohens_d"), ("reasons", "d_reasons"))


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``rsa/heads.csv``, a line per head and other head, and ``rsa/head_separability.csv``.

    The row of all heads together has `LAYER` in the place of the other head.
    """
    several = (*result.by_carrier, result)
    parts = [(each, site) for each in several for site in each.sites]
    if not parts:
        names = (*_SCORES[:4], result.column, *_SCORES[4:])
        scores, apart = nothing(names, result.reason), nothing(_SEPARABILITY, result.reason)
    else:
        scores = Table(stacked([_score_columns(*part) for part in parts]))
        apart = Table(stacked([_separability_columns(*part) for part in parts]))
    return {"rsa/heads.csv": scores, "rsa/head_separability.csv": apart}


def _of_carrier(
    activations: WordActivations,
    params: Params,
    measure: similarity.Measure,
    scored: rsa.Params,
    job: Job,
    show: Show,
) -> Result:
    n_layers, n_words, n_query_heads = activations.target["q"].shape[:3]
    pairs = word_pairs(activations.categories)
    n_within, n_across = len(pairs.positions("within")), len(pairs.positions("across"))
    sites = tuple(site for site in activations.sites if activations.target[site].ndim == 4)
    heads = {site: activations.target[site].shape[2] for site in sites}
    r = {site: np.full((n_layers, n, n + 1), np.nan) for site, n in heads.items()}
    d = {site: np.full((n_layers, n), np.nan) for site, n in heads.items()}
    reasons = {site: np.full((n_layers, n + 1), _NOT_YET, "U300") for site, n in heads.items()}
    d_reasons = {site: np.full((n_layers, n), _NOT_YET, "U300") for site, n in heads.items()}

    def so_far(*, complete: bool = False) -> Result:
        return Result(
            params=params,
            measure=measure,
            scored=scored,
            carrier=activations.carrier,
            layers=tuple(range(n_layers)),
            sites=sites,
            n_query_heads=n_query_heads,
            r={site: values.copy() for site, values in r.items()},
            reasons={site: texts.copy() for site, texts in reasons.items()},
            cohens_d={site: values.copy() for site, values in d.items()},
            d_reasons={site: texts.copy() for site, texts in d_reasons.items()},
            n_pairs=len(pairs.first),
            n_within=n_within,
            n_across=n_across,
            complete=complete,
        )

    too_long = ""
    if scored.correlation == "kendall_tau_a":
        n_scores = n_layers * sum((n + 1) * (n + 2) // 2 for n in heads.values())
        too_long = takes_too_long(n_scores, len(pairs.first))
    broken = {site: not_finite(activations.target[site], site) for site in sites}
    # matrices of heads are larger than all that is kept: there are those of few layers at a time
    of_layers = blocks(n_layers, n_words**2 * (1 + max(heads.values(), default=0)))
    parts = iter(job.parts(len(of_layers) * len(sites)))
    for layers in of_layers:
        for site in sites:
            part = next(parts)
            part.report(0, f"comparing heads at {site_label(site)}")
            alike = matrices_of_heads(activations.target[site][layers], measure, job)
            flat = alike.reshape(-1, n_words, n_words)
            undirected = similarity.no_direction(flat, site, activations.words)
            known = np.array(undirected).reshape(alike.shape[:2])
            of_layer = broken[site][layers, None]
            known = np.where((known != "") & (of_layer != ""), of_layer, known)
            d[site][layers], d_reasons[site][layers] = separability_of_heads(
                alike[:, :-1], known[:, :-1], pairs, job
            )
            if too_long:
                reasons[site][layers] = too_long
                continue
            r[site][layers], reasons[site][layers] = scores_of_heads(
                alike, known, site, pairs, scored, part
            )
        show(so_far)
    return so_far(complete=True)


def _score_columns(result: Result, site: str) -> dict[str, NDArray[Any]]:
    r, why = result.r[site], result.reasons[site]
    layer, head, other = (axis.ravel() for axis in np.indices(r.shape))
    names = np.array([*map(str, range(r.shape[1])), LAYER])
    return {
        "layer": np.array(result.layers)[layer],
        "site": np.full(layer.size, site),
        "head": head,
        "other": names[other],
        result.column: r.ravel(),
        "n": np.full(layer.size, result.n_pairs),
        "reason": first_reasons([why[layer, head], why[layer, other]]),
        "carrier": np.full(layer.size, result.carrier),
    }


def _separability_columns(result: Result, site: str) -> dict[str, NDArray[Any]]:
    d = result.cohens_d[site]
    layer, head = (axis.ravel() for axis in np.indices(d.shape))
    return {
        "layer": np.array(result.layers)[layer],
        "site": np.full(layer.size, site),
        "head": head,
        "cohens_d": d.ravel(),
        "n_within": np.full(layer.size, result.n_within),
        "n_across": np.full(layer.size, result.n_across),
        "n": np.full(layer.size, result.n_pairs),
        "reason": result.d_reasons[site].ravel(),
        "carrier": np.full(layer.size, result.carrier),
    }
