"""A text in a model, and what its blocks do with it.

Everything is reduced while the model runs: one pass over the text, and one with each set of
interventions.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.inside import STATES, InsideActivations, stacked
from laminoscope_core.errors import CaptureError
from laminoscope_core.experiment import InsideSection
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.interventions import changes_of, checked
from laminoscope_core.recording.linear import weight_of
from laminoscope_core.recording.neighbours import nearest
from laminoscope_core.recording.plan import Forecast, forecast, rows_together
from laminoscope_core.recording.positions import PositionsReading, positions_of
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.prompts import shown_pieces
from laminoscope_core.recording.rewriting import rewritten
from laminoscope_core.run.altering import Altering
from laminoscope_core.run.inside_parts import ELSEWHERE, PARTS, Parts
from laminoscope_core.run.inside_texts import Texts
from laminoscope_core.run.layer_maps import layer_maps, reducer_of
from laminoscope_core.run.sums import neighbours_of
from laminoscope_core.sampling.vocabulary import exact_texts

__all__ = ["capture_inside", "forecast_inside"]


def capture_inside(
    model: Model, section: InsideSection, _sites: Sequence[str], job: Job
) -> InsideActivations:
    """Capture what the blocks do with a text.

    Parameters
    ----------
    model : Model
        With a tokenizer.
    section : InsideSection
        The text and what is asked of it.
    _sites : sequence of str
        None; the parts below say what they need.
    job : Job
        Told of every layer; can be cancelled there.

    Raises
    ------
    ExperimentError
        A watched text is not one token, or the two texts have different numbers of tokens.
    CaptureError
        A text has no tokens or more than the context window, or there is no such place as an
        intervention is at.
    """
    texts = Texts.of(model, section)
    parts = Parts.of(model, texts, job)
    altering = Altering.of(model, section, texts, job)
    passes = [parts.read(model, texts, (), True, job.part(0.0, 0.3))]
    if altering.bound:
        rest = job.part(0.3, 0.5)
        passes.append(parts.read(model, texts, altering.bound, altering.everywhere, rest))
    readings = {name: stacked([found[name] for found in passes]) for name in passes[0]}
    named: list[NDArray[np.int64]] = []
    if "neurons" in readings:
        writes = _written(model, readings["neurons"].ids, job.part(0.5, 0.6))
        readings["neurons"] = replace(readings["neurons"], writes=writes)
        named.append(writes)
    neighbours = None
    if section.neighbours:
        neighbours = neighbours_of(model, section.neighbours, job.part(0.6, 0.62))
        named.append(neighbours.ids)
    if "lens" in readings:
        named.append(readings["lens"].top_ids)
    return InsideActivations(
        model=model.info,
        text=section.content,
        against=section.against,
        token_ids=texts.token_ids,
        against_ids=texts.against_ids,
        repeated_ids=texts.repeated,
        n_texts=len(texts.many),
        tokens=texts.prompt.pieces,
        shown=shown_pieces(model, texts.prompt),
        watched=texts.watched,
        states=STATES[: len(passes)],
        token_names=_names(model, named),
        missing={**parts.missing, **altering.missing},
        maps=layer_maps(model, texts, altering.bound, section.attention, job.part(0.6, 0.62)),
        effects=altering.effects(model, texts, job.part(0.62, 0.7)),
        neighbours=neighbours,
        places=_places(model, texts, altering, job.part(0.62, 0.65)),
        patch=altering.patch(model, texts, job.part(0.7, 1.0)),
        **{name: readings.get(name) for name in PARTS},
    )


def _places(model: Model, texts: Texts, altering: Altering, job: Job) -> PositionsReading | None:
    """Return what distance does in layers that are not turned, before and after."""
    own = positions_of(model, texts.token_ids, job.part(0.0, 0.5))
    if own is None or not altering.bound:
        return None if own is None else stacked([own])
    if not altering.everywhere:
        nowhere = {name: np.full_like(getattr(own, name), np.nan) for name in ("bias", "slope")}
        return stacked(
            [own, replace(own, **nowhere, reasons=np.full(own.reasons.shape, ELSEWHERE))]
        )
    with rewritten(layout_of(model.hf, job), changes_of(altering.bound), job):
        altered = positions_of(model, texts.token_ids, job.part(0.5, 1.0))
    assert altered is not None  # the layers that are turned are the same
    return stacked([own, altered])


def forecast_inside(model: Model, section: InsideSection, _sites: Sequence[str]) -> Forecast:
    """Forecast the memory of `capture_inside`, whose arguments these are, without running it.

    Raises
    ------
    ExperimentError, CaptureError
        As `capture_inside`.
    """
    texts, layout = Texts.of(model, section), layout_of(model.hf)
    parts = Parts.of(model, texts, Job())
    for number, one in enumerate(section.interventions):
        checked(number, one, layout, len(texts.token_ids))
    reducers = [*parts.reducers.values()]
    if section.attention is not None:
        reducers.append(reducer_of(model, section.attention.layer, Job()))
    found = forecast(model, [section.content], reducers)
    others = (*texts.many, *texts.repeated)
    if others and "heads" in parts.reducers:
        beside = forecast(model, others, [parts.reducers["heads"]])
        found = max(found, beside, key=lambda one: one.peak)
    if not texts.against_ids or texts.watched.n < 2:
        return found
    more = max(rows_together(model, len(texts.token_ids)).n_bytes - found.batch, 0)
    return replace(found, batch=found.batch + more, peak=found.peak + more)


def _written(model: Model, neurons: NDArray[np.int64], job: Job) -> NDArray[np.int64]:
    """Return the token that each neuron writes, −1 for none.

    Parameters
    ----------
    model : Model
    neurons : int64 array (n_states, n_layers, n_tokens, n_largest)
    job : Job
    """
    layout, written = layout_of(model.hf), np.full_like(neurons, -1)
    n_layers = neurons.shape[1]
    for layer in range(n_layers):
        own = neurons[:, layer].copy()
        different, index = np.unique(own[own >= 0], return_inverse=True)
        if not len(different):
            continue
        (tap,) = layout.source("neurons", layer).taps
        weight = weight_of(tap.module)
        assert weight is not None
        rows = weight[:, different.tolist()].T.float().cpu().numpy()
        part = job.part(layer / n_layers, (layer + 1) / n_layers)
        try:
            best = nearest(model, rows, 1, job=part).ids[:, 0]
        except CaptureError:  # without an unembedding as wide as the stream nothing is near
            break
        own[own >= 0] = best[index]
        written[:, layer] = own
    return written


def _names(model: Model, named: Sequence[NDArray[np.int64]]) -> dict[str, str]:
    """Return the texts of all tokens that are named, by id."""
    texts = () if model.tokenizer is None else exact_texts(model.tokenizer)
    ids = {token for tokens in named for token in np.unique(tokens).tolist() if token >= 0}
    return {str(each): texts[each] if each < len(texts) else "" for each in sorted(ids)}
