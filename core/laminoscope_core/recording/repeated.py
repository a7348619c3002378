"""Random tokens that are read twice in a row: what comes next can only be known by looking back."""

import numpy as np

from laminoscope_core.errors import CaptureError
from laminoscope_core.models.encoding import encode_text
from laminoscope_core.models.model import Model
from laminoscope_core.text import how_many

__all__ = ["repeated_tokens"]


def repeated_tokens(
    model: Model, n_sequences: int, length: int, seed: int
) -> tuple[tuple[int, ...], ...]:
    """Return random sequences, each twice, behind the start tokens that the tokenizer puts.

    Parameters
    ----------
    model : Model
    n_sequences, length : int
        How many, and how many tokens each has once.  They are drawn without replacement from
        those that are not special.
    seed : int
        Of ``numpy.random.default_rng``.

    Raises
    ------
    CaptureError
        The vocabulary has fewer tokens.
    """
    n_rows = getattr(model.hf.get_input_embeddings(), "num_embeddings", model.info.vocab_size)
    start: tuple[int, ...] = ()
    special: set[int] = set()
    if model.tokenizer is not None:
        encoded = encode_text(model.tokenizer, "a")
        start = encoded.ids[: encoded.n_added]
        special = set(model.tokenizer.all_special_ids)
        n_rows = min(n_rows, max(model.tokenizer.get_vocab().values(), default=-1) + 1)
    plain = np.array([token for token in range(n_rows) if token not in special])
    if len(plain) < length:
        raise CaptureError(
            f"The vocabulary has only {how_many(len(plain), 'token')} beside special ones.",
            f"A random sequence of {length} different ones needs more; make it shorter.",
        )
    random = np.random.default_rng(seed)
    drawn = [random.choice(plain, length, replace=False).tolist() for _ in range(n_sequences)]
    return tuple((*start, *once, *once) for once in drawn)
