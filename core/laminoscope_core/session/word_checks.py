"""Whether the sites and carrier sentences that results about words name can be so."""

from typing import Any, get_args

import numpy as np

from laminoscope_core.analysis import rsa
from laminoscope_core.errors import SessionError
from laminoscope_core.words_section import WordSite

__all__ = [
    "check_carriers",
    "check_heads",
    "check_map",
    "check_order",
    "check_others",
    "check_pairs",
    "check_predictors",
    "check_sites",
]

_MOST_HEADS = 2**16


def check_sites(result: Any, where: str) -> None:
    """Raise `SessionError` unless the sites of a result are two or more different ones."""
    sites = result.sites
    if len(sites) < 2 or len({*sites}) < len(sites) or not {*sites} <= {*get_args(WordSite)}:
        raise SessionError(f"{where}.sites are not sites at which words are compared.")


def check_pairs(result: Any, where: str) -> None:
    """Raise `SessionError` unless the pairs of sites of a result are all of some sites."""
    sites = tuple(dict.fromkeys(site for pair in result.site_pairs for site in pair.split("-")))
    if not {*sites} <= {*get_args(WordSite)} or result.site_pairs != rsa.pair_names(sites):
        raise SessionError(f"{where}.site_pairs are not all pairs of some sites.")


def check_heads(result: Any, where: str) -> None:
    """Raise `SessionError` unless scores of heads are of sites with heads, and of all of these."""
    if len({*result.sites}) < len(result.sites) or not {*result.sites} <= {*get_args(WordSite)}:
        raise SessionError(f"{where}.sites are not sites at which words are compared.")
    check_carriers(result, where)
    n_layers = len(result.layers)
    for site in result.sites:
        n = result.cohens_d[site].shape[-1]
        of_heads, of_scores = (n_layers, n), (n_layers, n, n + 1)
        shapes = [getattr(result, name)[site].shape for name in ("cohens_d", "d_reasons", "r")]
        if shapes != [of_heads, of_heads, of_scores]:
            raise SessionError(f"{where} does not have the same heads of {site} everywhere.")
        if result.reasons[site].shape != (n_layers, n + 1):
            raise SessionError(f"{where}.reasons are not of all heads of {site}.")
        if not 1 <= n <= result.n_query_heads <= _MOST_HEADS:
            raise SessionError(f"{where} has more heads of {site} than query heads.")


def check_carriers(result: Any, where: str) -> None:
    """Raise `SessionError` unless a mean over carrier sentences is of scores that agree with it."""
    each = result.by_carrier
    labels = ("layers", "site_pairs", "subsets", "sites", "predictors", "words")
    for one in each:
        same = all(getattr(one, name, ()) == getattr(result, name, ()) for name in labels)
        if not same or one.by_carrier:
            raise SessionError(f"{where}.by_carrier is of other layers, sites or words.")
    if len(each) == 1:
        raise SessionError(f"{where} is a mean over one carrier sentence.")


def check_others(result: Any, where: str, same: tuple[str, ...]) -> None:
    """Raise `SessionError` unless what is of other carrier sentences is so of the same words."""
    for other in result.others:
        if other.others or any(getattr(other, n) != getattr(result, n) for n in same):
            raise SessionError(f"{where}.others are not of the same words.")


def check_predictors(result: Any, where: str) -> None:
    """Raise `SessionError` unless scores of predictors are of those that were asked for."""
    check_sites(result, where)
    check_carriers(result, where)
    if result.predictors != result.params.predictors or not result.predictors:
        raise SessionError(f"{where}.predictors are not those of its params.")


def check_map(result: Any, where: str) -> None:
    """Raise `SessionError` unless maps of words are of two dimensions."""
    check_sites(result, where)
    check_carriers(result, where)
    if any(places.shape[-1] != 2 for places in result.places.values()):
        raise SessionError(f"{where}.places are not in two dimensions.")


def check_order(result: Any, where: str) -> None:
    """Raise `SessionError` unless every order of the words has each of them once."""
    check_sites(result, where)
    check_others(result, where, ("words", "sites", "layers"))
    listed = np.arange(len(result.words))
    if any((np.sort(order, axis=-1) != listed).any() for order in result.order.values()):
        raise SessionError(f"{where}.order does not have every word once.")
