"""What several chains would have left of the tokens of a text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.sampling.named import NamedChain

__all__ = ["NO_GUIDANCE", "Cuts"]

NO_GUIDANCE = "guidance would read the second prompt at every token of the text; it is not done"


@dataclass(frozen=True, eq=False)
class Cuts:
    """One text, and the chains that were applied at each of its tokens.

    Attributes
    ----------
    prompt : int
        Which prompt of an experiment the text begins with, from 0.
    chains : tuple of NamedChain
        With their samplers written out.
    token_ids : tuple of int
        The text as the model received it.
    tokens : tuple of str, (token_ids,)
        Their exact texts; empty without a tokenizer.
    raw : ndarray of float64, (token_ids,)
        What the model gave each token before it saw it; NaN for the first.
    rank : ndarray of int64, (token_ids,)
        Its place among all candidates, 1 for the best; −1 for the first.
    probability : ndarray of float64, (chains, token_ids)
        What each chain gives it, as over all seeds; 0 if it is removed, NaN for the first token
        and where the chain cannot be applied.
    kept : ndarray of float64, (chains, token_ids)
        How often it is left: 0 or 1, and in between where a sampler acts by chance.
    removed_by : ndarray of int64, (chains, token_ids)
        Which sampler of the chain removes it, from 0; −1 if none does.
    reasons : tuple of str, (chains,)
        Why a chain cannot be applied; else empty.
    """

    prompt: int
    chains: tuple[NamedChain, ...]
    token_ids: tuple[int, ...]
    tokens: tuple[str, ...]
    raw: NDArray[np.float64]
    rank: NDArray[np.int64]
    probability: NDArray[np.float64]
    kept: NDArray[np.float64]
    removed_by: NDArray[np.int64]
    reasons: tuple[str, ...]

    def remover(self, chain: int, token: int) -> str:
        """Return the sampler of a chain that removes a token; empty if none does."""
        at = int(self.removed_by[chain, token])
        return str(self.chains[chain].samplers[at]["sampler"]) if at >= 0 else ""
