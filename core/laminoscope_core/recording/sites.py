"""The places inside a decoder that can be captured, under the names used everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from laminoscope_core.errors import CaptureError

__all__ = ["SITES", "Site", "checked_layers", "checked_sites"]


@dataclass(frozen=True)
class Site:
    """One kind of place.

    Attributes
    ----------
    name : str
        As written in experiments and exports.
    meaning : str
        One line for people.
    by_layer : bool
        Whether every block has one.
    """

    name: str
    meaning: str
    by_layer: bool = True


SITES: dict[str, Site] = {
    site.name: site
    for site in (
        Site("embedding", "row of the input embedding of each token", by_layer=False),
        Site("resid_in", "residual stream entering the block"),
        Site("resid_mid", "residual stream after the block's attention"),
        Site("resid_out", "residual stream leaving the block"),
        Site("q", "output of the query projection, by head"),
        Site("k", "output of the key projection, by head"),
        Site("v", "output of the value projection, by head"),
        Site("q_used", "query as the attention kernel multiplies it"),
        Site("k_used", "key as the attention kernel multiplies it"),
        Site("attention", "softmax weights, query token × key token, by head"),
        Site("attn_out", "output of the attention block: the attention adjustment"),
        Site("attn_added", "what the residual stream received from the attention"),
        Site("mlp_out", "output of the MLP block"),
        Site("mlp_added", "what the residual stream received from the MLP"),
        Site("logits", "next-token scores", by_layer=False),
    )
}


def checked_sites(sites: Sequence[str]) -> tuple[str, ...]:
    """Return the names without duplicates, in the order given.

    Raises
    ------
    CaptureError
        No name, or one that is not in `SITES`.

    Examples
    --------
    >>> checked_sites(["k", "q", "k"])
    ('k', 'q')
    >>> checked_sites(["query"])
    Traceback (most recent call last):
        ...
    laminoscope_core.errors.CaptureError: There is no site 'query'. \
The sites are embedding, resid_in, resid_mid, resid_out, q, k, v, q_used, k_used, attention, \
attn_out, attn_added, mlp_out, mlp_added, logits.
    """
    names = (sites,) if isinstance(sites, str) else tuple(dict.fromkeys(sites))
    for name in names:
        if name not in SITES:
            raise CaptureError(f"There is no site {name!r}.", f"The sites are {', '.join(SITES)}.")
    if not names:
        raise CaptureError("No site was asked for.", f"The sites are {', '.join(SITES)}.")
    return names


def checked_layers(layers: Sequence[int] | None, n_layers: int) -> tuple[int, ...]:
    """Return the layers in ascending order without duplicates; all of them for None.

    Raises
    ------
    CaptureError
        A layer outside 0 … n_layers − 1, or an empty list.

    Examples
    --------
    >>> checked_layers([3, 1, 3], 4)
    (1, 3)
    >>> checked_layers([30], 30)
    Traceback (most recent call last):
        ...
    laminoscope_core.errors.CaptureError: There is no layer 30. The layers are 0 to 29.
    """
    if layers is None:
        return tuple(range(n_layers))
    wanted = tuple(sorted(set(layers)))
    if not wanted:
        raise CaptureError("No layer was asked for.", f"The layers are 0 to {n_layers - 1}.")
    for layer in wanted:
        if not 0 <= layer < n_layers:
            raise CaptureError(
                f"There is no layer {layer}.", f"The layers are 0 to {n_layers - 1}."
            )
    return wanted
