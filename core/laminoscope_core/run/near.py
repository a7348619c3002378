"""The tokens that a vector of a text is most like, when it is asked for.

One pass over the text gives the vectors of a token in all layers, and one product with the
vocabulary the nearest tokens of all of them, so that another layer is only looked up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.inside import STATES, NeighboursReading
from laminoscope_core.experiment import InsideSection
from laminoscope_core.job import Job
from laminoscope_core.models.encoding import encode_text
from laminoscope_core.models.model import Model
from laminoscope_core.recording.capture import capture
from laminoscope_core.recording.interventions import changes_of
from laminoscope_core.recording.linear import weight_of
from laminoscope_core.recording.neighbours import (
    MEASURES,
    VOCABULARIES,
    nearest_by,
    rows_of_vocabulary,
)
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.one_token import OneToken
from laminoscope_core.recording.rewriting import rewritten
from laminoscope_core.run.altering import Altering
from laminoscope_core.run.inside_texts import Texts
from laminoscope_core.run.results import OnResult
from laminoscope_core.run.sums import N_NEAREST, neighbours_of
from laminoscope_core.sampling.vocabulary import exact_texts

__all__ = ["VECTORS", "NearRequest", "NearTokens", "near", "sum_in"]

VECTORS: Mapping[str, str] = {
    "stream": "stream",
    "attention": "attention adds",
    "mlp": "MLP adds",
    "head": "head writes",
    "neuron": "largest neuron",
    "embedding": "token itself",
    "sum": "sum of words",
}
"""What may be looked up: the stream that leaves a layer, what its parts add to it at a token, the
row of the down projection of the token's largest neuron, the token's own embedding, or a sum."""

_THE_TEXT_ALONE = {"watch": (), "induction": None, "atlas": None}
_SITES: Mapping[str, tuple[str, ...]] = {
    "stream": ("resid_in", "resid_out"),
    "attention": ("attn_added",),
    "mlp": ("mlp_added",),
    "head": ("z",),
    "neuron": ("neurons",),
}


@dataclass(frozen=True)
class NearRequest:
    """What to look up.

    Attributes
    ----------
    of : str
        A key of `VECTORS`.
    token_ids : tuple of int
        The text.
    token : int
        Where in it.
    head : int
        Of ``head``.
    words : str
        Of ``sum``: as ``king - man + woman``.
    """

    of: str
    token_ids: tuple[int, ...]
    token: int
    head: int = 0
    words: str = ""


@dataclass(frozen=True, eq=False)
class NearTokens:
    """The nearest tokens of the vectors that were asked for.

    Attributes
    ----------
    request : NearRequest
    states : tuple of str
        ``before`` and, of vectors of a text in which something is altered, ``after``.
    depths : tuple of int
        The layer of each vector, −1 before the first; of what is of no layer one vector, −1, and of
        a sum a second one, −2: its control, the same difference added to a random token.
    ids : int64 array (n_states, n_vectors, n_vocabularies, n_measures, n_nearest)
        By `VOCABULARIES` and `MEASURES`, the nearest first.
    scores : float32 array of that shape
    n_rows : int
        How many tokens were compared with.
    inputs : tuple of int
        The tokens that went into a sum, or the token that is looked up itself.
    control : str
        Seed and token of the control; empty without.
    follower_ids : int64 array (n_followers,)
        Of a token itself: its own most likely next tokens, the first first.
    followers : float64 array (n_followers,)
        Their probabilities.
    token_names : mapping of str to str
        The texts of all these tokens, by id.
    """

    request: NearRequest
    states: tuple[str, ...]
    depths: tuple[int, ...]
    ids: NDArray[np.int64]
    scores: NDArray[np.float32]
    n_rows: int
    inputs: tuple[int, ...]
    control: str
    follower_ids: NDArray[np.int64]
    followers: NDArray[np.float64]
    token_names: Mapping[str, str]


def near(
    model: Model,
    request: NearRequest,
    job: Job,
    hand_out: OnResult,
    section: InsideSection | None = None,
) -> None:
    """Hand out `NearTokens` as ``"near"``.

    Parameters
    ----------
    model : Model
    request : NearRequest
    job : Job
    hand_out : callable
    section : InsideSection, optional
        Whose text that of the request is, and whose interventions give a second state.

    Raises
    ------
    CaptureError
        The model does not have what is asked for, or no vocabulary of that width.
    ExperimentError
        A word of a sum is not one token.
    """
    if request.of == "sum":
        reading = neighbours_of(model, (request.words,), job)
        hand_out("near", sum_in(reading, request, _names(model, reading.ids)))
        return
    depths, vectors = _vectors_of_states(model, request, section, job.part(0.0, 0.5))
    ids, scores = _nearest(model, vectors.reshape(-1, vectors.shape[-1]), job.part(0.5, 0.9))
    by_state = (*vectors.shape[:2], *ids.shape[1:])
    own = request.token_ids[request.token]
    no_ids, no_share = np.zeros(0, np.int64), np.zeros(0)
    followers = no_ids, no_share
    if request.of == "embedding":
        followers = _followers(model, own, job.part(0.9, 1.0))
    hand_out(
        "near",
        NearTokens(
            request=request,
            states=STATES[: len(vectors)],
            depths=depths,
            ids=ids.reshape(by_state),
            scores=scores.reshape(by_state),
            n_rows=len(rows_of_vocabulary(model, "embedding")),
            inputs=(own,),
            control="",
            follower_ids=followers[0],
            followers=followers[1],
            token_names=_names(model, ids, followers[0], [own]),
        ),
    )


def sum_in(
    reading: NeighboursReading, request: NearRequest, names: Mapping[str, str]
) -> NearTokens:
    """Return the lines of one sum, and of its control, as what was looked up for a request."""
    lines = [n for n, query in enumerate(reading.query) if query == request.words]
    controls = tuple(dict.fromkeys(reading.control[n] for n in lines))
    shape = (len(VOCABULARIES), len(MEASURES), len(controls), reading.ids.shape[-1])
    ids: NDArray[np.int64] = np.moveaxis(reading.ids[lines].reshape(shape), 2, 0)
    scores: NDArray[np.float32] = np.moveaxis(reading.scores[lines].reshape(shape), 2, 0)
    inputs = reading.inputs[lines[0]]
    named = {str(token): names[str(token)] for token in np.unique(ids).tolist()}
    return NearTokens(
        request=request,
        states=STATES[:1],
        depths=(-1, -2)[: len(controls)],
        ids=ids[None],
        scores=scores[None],
        n_rows=reading.n[lines[0]],
        inputs=inputs,
        control=controls[-1],
        follower_ids=np.zeros(0, np.int64),
        followers=np.zeros(0),
        token_names=named,
    )


def _vectors_of_states(
    model: Model, request: NearRequest, section: InsideSection | None, job: Job
) -> tuple[tuple[int, ...], NDArray[np.float32]]:
    """Return layers and vectors (n_states, n_vectors, d_model)."""
    depths, before = _vectors(model, request, job.part(0.0, 0.5))
    if section is None or not section.interventions or request.of == "embedding":
        return depths, before[None]
    texts = Texts.of(model, section.model_copy(update=_THE_TEXT_ALONE))
    if texts.token_ids != request.token_ids:
        return depths, before[None]
    bound = Altering.of(model, section, texts, job).bound
    with rewritten(layout_of(model.hf, job), changes_of(bound), job):
        _, after = _vectors(model, request, job.part(0.5, 1.0))
    return depths, np.stack([before, after])


def _vectors(
    model: Model, request: NearRequest, job: Job
) -> tuple[tuple[int, ...], NDArray[np.float32]]:
    """Return layers and vectors (n_vectors, d_model)."""
    if request.of == "embedding":
        row = rows_of_vocabulary(model, "embedding")[request.token_ids[request.token]]
        return (-1,), row.float().cpu().numpy()[None]
    reducer = OneToken(_SITES[request.of], request.token)
    kept = record(model, [request.token_ids], [reducer], job=job)[reducer]
    found = [_vector(model, request, layer, values) for layer, values in kept.items()]
    if request.of == "stream":
        first = next(iter(kept.values()))["resid_in"]
        return (-1, *kept), np.stack([first, *found])
    return tuple(kept), np.stack(found)


def _vector(
    model: Model, request: NearRequest, layer: int, values: Mapping[str, NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Return the vector (d_model,) that is asked for at a layer, of what stands at the token.

    A layer with fewer heads gives that of its last one; the largest neuron is that of the largest
    activation by size.
    """
    site = _SITES[request.of][-1]
    value = values[site]
    if request.of not in ("head", "neuron"):
        return value
    (tap,) = layout_of(model.hf).source(site, layer).taps
    weight = weight_of(tap.module)
    assert weight is not None  # or the probe would not have found the site
    if request.of == "neuron":
        row: NDArray[np.float32] = weight[:, int(np.abs(value).argmax())].float().cpu().numpy()
        return row
    head = min(request.head, len(value) - 1)
    by_head = weight.reshape(-1, *value.shape)[:, head].float().cpu().numpy()
    written: NDArray[np.float32] = by_head @ value[head]
    return written


def _nearest(
    model: Model, vectors: NDArray[np.float32], job: Job
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return ids and scores (n_vectors, n_vocabularies, n_measures, n_nearest)."""
    rows = [rows_of_vocabulary(model, vocabulary) for vocabulary in VOCABULARIES]
    once = rows[0].data_ptr() == rows[1].data_ptr() and rows[0].shape == rows[1].shape
    found = []
    for number, vocabulary in enumerate(VOCABULARIES[: 1 if once else 2]):
        part = job.part(number / 2, (number + 1) / 2)
        found.append(
            nearest_by(model, vectors, N_NEAREST, MEASURES, vocabulary=vocabulary, job=part)
        )
    by_both = found * 2 if once else found
    ids = np.stack([np.stack([each.ids for each in one]) for one in by_both])
    scores = np.stack([np.stack([each.scores for each in one]) for one in by_both])
    return np.moveaxis(ids, 2, 0), np.moveaxis(scores, 2, 0)


def _followers(model: Model, token: int, job: Job) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the most likely tokens after a token that stands alone behind the start tokens."""
    start: tuple[int, ...] = ()
    if model.tokenizer is not None:
        encoded = encode_text(model.tokenizer, "a")
        start = encoded.ids[: encoded.n_added]
    alone = start if token in start else (*start, token)
    logits = capture(model, [alone], ["logits"], job=job).array("logits")[0, -1].astype(np.float64)
    order = np.argsort(-logits, kind="stable")[:N_NEAREST]
    shares = np.exp(logits - logits.max())
    return order, shares[order] / shares.sum()


def _names(model: Model, *ids: Sequence[int] | NDArray[np.int64]) -> dict[str, str]:
    """Return the texts of tokens, by id."""
    texts = () if model.tokenizer is None else exact_texts(model.tokenizer)
    found = sorted({int(token) for each in ids for token in np.unique(np.asarray(each, int))})
    return {str(token): texts[token] if token < len(texts) else "" for token in found}
