"""The tokens that a vector is most like: its products or cosines with the vocabulary's rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model

if TYPE_CHECKING:
    from torch import Tensor

__all__ = [
    "MEASURES",
    "VOCABULARIES",
    "Measure",
    "Neighbours",
    "Vocabulary",
    "nearest",
    "nearest_by",
    "rows_of_vocabulary",
]

Vocabulary = Literal["embedding", "unembedding"]
Measure = Literal["dot", "cosine"]
VOCABULARIES: tuple[Vocabulary, ...] = ("embedding", "unembedding")
MEASURES: tuple[Measure, ...] = ("dot", "cosine")

_VALUES = 2**24
"""Scores that exist at once."""

_INVERSE_LENGTHS: "WeakKeyDictionary[Any, dict[str, Tensor]]" = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The nearest tokens of some vectors.

    Attributes
    ----------
    ids : int64 array (n_vectors, n)
        The nearest first.
    scores : float32 array (n_vectors, n)
        Their products or cosines with the vectors.
    """

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]


def rows_of_vocabulary(model: Model, vocabulary: Vocabulary) -> "Tensor":
    """Return the rows of all tokens (n_tokens, d_model), the model's own.

    Raises
    ------
    CaptureError
        The model has none.
    """
    hf = model.hf
    module = hf.get_input_embeddings() if vocabulary == "embedding" else hf.get_output_embeddings()
    weight: Tensor | None = getattr(module, "weight", None)
    if weight is None or weight.ndim != 2 or weight.is_meta:
        raise CaptureError(
            f"This model has no {vocabulary} with a row for each token.", "Choose another model."
        )
    return weight.detach()


def nearest(
    model: Model,
    vectors: ArrayLike,
    n: int,
    *,
    vocabulary: Vocabulary = "unembedding",
    measure: Measure = "dot",
    job: Job | None = None,
) -> Neighbours:
    """Find the tokens whose rows have the largest product, or cosine, with each vector.

    Parameters
    ----------
    model : Model
    vectors : float array (n_vectors, d_model)
    n : int
        How many tokens are wanted for each.
    vocabulary : {"unembedding", "embedding"}
    measure : {"dot", "cosine"}
    job : Job, optional
        Told every few vectors; can be cancelled there.

    Raises
    ------
    CaptureError
        The vectors are not as wide as the rows.

    Examples
    --------
    >>> import torch
    >>> from transformers import GPT2Config, GPT2LMHeadModel
    >>> from laminoscope_core import wrap_model
    >>> model = wrap_model(
    ...     GPT2LMHeadModel(GPT2Config(vocab_size=50, n_embd=8, n_layer=1, n_head=2))
    ... )
    >>> own = model.hf.transformer.wte.weight[[7]].detach()
    >>> nearest(model, own, 1, vocabulary="embedding", measure="cosine").ids.tolist()
    [[7]]
    """
    (found,) = nearest_by(model, vectors, n, (measure,), vocabulary=vocabulary, job=job)
    return found


def nearest_by(
    model: Model,
    vectors: ArrayLike,
    n: int,
    measures: Sequence[Measure],
    *,
    vocabulary: Vocabulary = "unembedding",
    job: Job | None = None,
) -> list[Neighbours]:
    """Find the nearest tokens by each of some measures, for which the products are made once.

    Nearly all of the time goes into reading the vocabulary's rows for the products.  Its
    arguments and what it raises are as of `nearest`.
    """
    import torch

    rows = rows_of_vocabulary(model, vocabulary)
    given = torch.as_tensor(np.asarray(vectors, dtype=np.float32)).to(rows)
    if given.ndim != 2 or given.shape[1] != rows.shape[1]:
        raise CaptureError(
            f"The vectors have the shape {tuple(given.shape)}.",
            f"Each must have {rows.shape[1]} numbers, as the rows of the {vocabulary}.",
        )
    n = min(n, len(rows))
    empty = Neighbours(np.zeros((0, n), np.int64), np.zeros((0, n), np.float32))
    found = {measure: [empty] for measure in measures}
    with torch.no_grad():
        for part in _parts(given, len(rows), job or Job()):
            products = _products(part, rows).float()
            # the lengths go into the products themselves, so that cosines come last
            for measure in sorted(measures, key=MEASURES.index):
                length = torch.ones(len(part), 1, device=part.device)
                if measure == "cosine":
                    products *= _inverse_lengths(model, vocabulary, rows)
                    length = torch.linalg.vector_norm(part, dim=1, keepdim=True).float()
                best = products.topk(n, dim=-1)
                ids, values = best.indices.cpu().numpy(), (best.values / length).cpu().numpy()
                found[measure].append(Neighbours(ids, values))
    return [
        Neighbours(
            np.concatenate([each.ids for each in found[measure]]),
            np.concatenate([each.scores for each in found[measure]]),
        )
        for measure in measures
    ]


def _products(vectors: "Tensor", rows: "Tensor") -> "Tensor":
    """Return the products of vectors with all rows, (n_vectors, n_rows).

    Several vectors are the second factor: with them as the first, the product of a few with very
    many rows takes up to three times as long.
    """
    return vectors @ rows.T if len(vectors) == 1 else (rows @ vectors.T).T


def _parts(vectors: "Tensor", n_rows: int, job: Job) -> "Iterator[Tensor]":
    step = max(1, _VALUES // n_rows)
    for start in range(0, len(vectors), step):
        job.report(start / len(vectors), "nearest tokens")
        yield vectors[start : start + step]


def _inverse_lengths(model: Model, vocabulary: str, rows: "Tensor") -> "Tensor":
    """Return one over the lengths of the vocabulary's rows, computed once for a model."""
    import torch

    known = _INVERSE_LENGTHS.setdefault(model.hf, {})
    if vocabulary not in known:
        length = torch.linalg.vector_norm(rows, dim=-1, dtype=torch.float32)
        known[vocabulary] = 1 / length.clamp(min=torch.finfo(torch.float32).tiny)
    return known[vocabulary]
