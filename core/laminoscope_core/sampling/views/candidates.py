"""The table of candidates: every token by the model's rank, and which sampler removed it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.sampling.stages import Stages, stage_labels

__all__ = ["CandidateRows", "candidate_rows"]


@dataclass(frozen=True, eq=False)
class CandidateRows:
    """One row per token, best first as the model ranks them.

    Attributes
    ----------
    ids : ndarray of int64, (n,)
    logits, raw : ndarray of float64, (n,)
        The model's score and probability.
    final : ndarray of float64, (n,)
        Probability after the chain; 0 for removed tokens.
    removed_by : ndarray of int16, (n,)
        Number of the stage that removed the token; −1 for survivors.
    labels : tuple of str
        The stages' names.
    largest : float
        The largest probability before or after, for bars of one scale.
    """

    ids: NDArray[np.int64]
    logits: NDArray[np.float64]
    raw: NDArray[np.float64]
    final: NDArray[np.float64]
    removed_by: NDArray[np.int16]
    labels: tuple[str, ...]
    largest: float

    def __len__(self) -> int:
        return self.ids.size

    def find(self, wanted: str, texts: Sequence[str], start: int = 0) -> int | None:
        """Return the first row from ``start`` whose token contains a text, else the first of all.

        Parameters
        ----------
        wanted : str
        texts : sequence of str
            The exact text of every token, by id.
        start : int
        """
        has = np.zeros(max(len(texts), int(self.ids.max()) + 1), dtype=bool)
        has[[token for token, text in enumerate(texts) if wanted in text]] = True
        rows = np.flatnonzero(has[self.ids])
        if not rows.size:
            return None
        later = rows[rows >= start]
        return int(later[0] if later.size else rows[0])


def candidate_rows(stages: Stages, count: int | None = None) -> CandidateRows:
    """Return the ``count`` best candidates, all by default.

    Examples
    --------
    >>> from laminoscope_core.sampling import Chain
    >>> rows = candidate_rows(Chain.from_list([{"sampler": "top_k", "k": 1}]).apply([0.0, 1.0]))
    >>> rows.ids, rows.final, [rows.labels[number] for number in rows.removed_by[1:]]
    (array([1, 0]), array([1., 0.]), ['top_k'])
    """
    raw, final = stages.raw, stages.final
    ids = raw.ids[:count]
    probabilities = np.zeros(raw.vocabulary)
    probabilities[final.ids] = final.probabilities
    removed_by = np.full(raw.vocabulary, -1, dtype=np.int16)
    for number, stage in enumerate(stages):
        if len(stage.kept) < len(stage.received):
            there = np.zeros(raw.vocabulary, dtype=bool)
            there[stage.received.ids] = True
            there[stage.kept.ids] = False
            removed_by[there] = number
    return CandidateRows(
        ids=ids,
        logits=raw.logits[:count],
        raw=raw.probabilities[:count],
        final=probabilities[ids],
        removed_by=removed_by[ids],
        labels=stage_labels(stages),
        largest=max(float(raw.probabilities[0]), float(final.probabilities[0])),
    )
