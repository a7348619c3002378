"""A sampler that forbids repeating any n tokens in a row."""

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from laminoscope_core.sampling.candidates import Candidates, Outcome
from laminoscope_core.text import how_many

__all__ = ["no_repeat_ngram"]


def no_repeat_ngram(received: Candidates, history: Sequence[int], *, n: int) -> Outcome:
    """Remove the tokens that would complete ``n`` in a row that the text has already; off at n ≤ 0.

    Paulus et al. 2017, as `NoRepeatNGramLogitsProcessor` in Hugging Face's transformers, but if
    nothing would be left the best candidate stays.

    Examples
    --------
    >>> candidates = Candidates.from_logits([0.0, 2.0, 1.0])
    >>> no_repeat_ngram(candidates, [2, 1, 0, 2], n=2).reason
    'no_repeat_ngram: 1 of 3 would repeat a run of 2'
    """
    if n <= 0:
        return Outcome(received, f"no_repeat_ngram: off (n = {n})")
    if len(history) < n:
        return Outcome(
            received, f"no_repeat_ngram: {how_many(len(history), 'token')} so far, fewer than {n}"
        )
    row = np.asarray(history, dtype=np.int64)
    windows = sliding_window_view(row, n)
    same = (windows[:, :-1] == row[row.size - n + 1 :]).all(axis=1)
    forbidden = np.zeros(received.vocabulary, dtype=bool)
    last = windows[same, -1]
    forbidden[last[last < received.vocabulary]] = True
    stay = ~forbidden[received.ids]
    n_gone = len(received) - int(np.count_nonzero(stay))
    if n_gone == 0:
        return Outcome(received, f"no_repeat_ngram: none would repeat a run of {n}")
    if n_gone == len(received):
        reason = f"no_repeat_ngram: all would repeat a run of {n}; the best stays"
        return Outcome(received.prefix(1), reason)
    kept = Candidates(
        received.ids[stay], received.logits[stay], received.n_masked, received.vocabulary
    )
    reason = f"no_repeat_ngram: {n_gone:,} of {len(received):,} would repeat a run of {n}"
    return Outcome(kept, reason)
