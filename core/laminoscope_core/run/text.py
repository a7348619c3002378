"""A running text in a model: how strongly each layer acts on each token, and what was expected.

Only lengths of vectors are kept, not the vectors: a text of thousands of tokens in a deep model
would otherwise take gigabytes.  Sites and layers that do not fit the budget together are captured
one group after the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.inputs import TextActivations
from laminoscope_core.errors import CaptureError
from laminoscope_core.experiment import TextSection
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.captured import Capture
from laminoscope_core.recording.layout import Layout
from laminoscope_core.recording.plan import Forecast, forecast
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.prompts import encode, shown_pieces
from laminoscope_core.recording.run import capture

__all__ = [
    "BUDGET",
    "TEXT_SITES",
    "capture_text",
    "expectation",
    "forecast_text",
]

TEXT_SITES = ("attn_out", "attn_added", "mlp_out", "resid_out")
"""The sites whose lengths can be studied token by token."""

BUDGET = 2**28
"""Bytes of activations that one pass may keep."""

_VALUES = 2**19  # scores in double precision that are looked at together

_Pass = tuple[tuple[str, ...], Sequence[int] | None, dict[str, list[int]]]
"""What one capture takes: sites, layers (all for None), and the layers of each site."""


def capture_text(
    model: Model,
    section: TextSection,
    sites: Sequence[str] = TEXT_SITES,
    job: Job | None = None,
    *,
    budget: int = BUDGET,
) -> TextActivations:
    """Capture the norms of a text at every layer, and how expected each token was.

    Parameters
    ----------
    model : Model
        With a tokenizer.
    section : TextSection
        The text.
    sites : sequence of str
        Some of `TEXT_SITES`; one that the model does not have is left out with a reason.
    job : Job, optional
        Told of every layer; can be cancelled at every layer.
    budget : int
        Bytes of activations that one pass may keep.

    Raises
    ------
    CaptureError
        The text has no tokens or more than the context window, or the model has none of the
        sites.
    """
    job = job or Job()
    prompt = encode(model, section.content)
    layout = layout_of(model.hf, job)
    present, missing = _present(layout, sites)
    n_tokens = len(prompt.token_ids)
    norms = {site: np.full((len(layout.blocks), n_tokens), np.nan) for site in present}
    expected = np.full(n_tokens, np.nan), np.full(n_tokens, np.nan)
    passes = _passes(model, present, n_tokens, budget)
    for number, (names, layers, group) in enumerate(passes):
        part = job.part(number / len(passes), (number + 1) / len(passes))
        captured = capture(model, [section.content], names, layers, job=part)
        for site, chosen in group.items():
            _fill(norms[site], captured, site, chosen)
        if "logits" in names:
            expected = expectation(captured.logits[0], prompt.token_ids)
        del captured  # two passes' rows would not fit the budget
    special = set() if model.tokenizer is None else set(model.tokenizer.all_special_ids)
    return TextActivations(
        model=model.info,
        text=section.content,
        token_ids=prompt.token_ids,
        tokens=prompt.pieces,
        shown=shown_pieces(model, prompt),
        special=tuple(token_id in special for token_id in prompt.token_ids),
        norms=norms,
        missing=missing,
        surprisal=expected[0],
        entropy=expected[1],
    )


def forecast_text(
    model: Model,
    section: TextSection,
    sites: Sequence[str] = TEXT_SITES,
    *,
    budget: int = BUDGET,
) -> Forecast:
    """Forecast the memory of `capture_text`, whose arguments these are, without running it.

    Raises
    ------
    CaptureError
        As `capture_text`.
    """
    prompt = encode(model, section.content)
    present, _ = _present(layout_of(model.hf), sites)
    parts = [
        forecast(model, [prompt.token_ids], names, layers)
        for names, layers, _ in _passes(model, present, len(prompt.token_ids), budget)
    ]
    largest = max(parts, key=lambda part: (not part.fits, part.peak))
    return replace(largest, n_batches=len(parts))


def expectation(
    logits: NDArray[np.floating], token_ids: Sequence[int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how surprising each token was, and how open the choice was before it.

    Parameters
    ----------
    logits : array (n_tokens, vocabulary)
        Scores of the token that follows each position.
    token_ids : sequence of int
        The tokens that stand there.

    Returns
    -------
    surprisal, entropy : float64 arrays (n_tokens,)
        In nats; the first is NaN.

    Examples
    --------
    >>> surprisal, entropy = expectation(np.log([[0.25, 0.75], [0.5, 0.5]]), [1, 0])
    >>> surprisal.round(4), entropy.round(4)
    (array([   nan, 1.3863]), array([   nan, 0.5623]))
    """
    n_tokens, width = logits.shape
    surprisal, entropy = np.full(n_tokens, np.nan), np.full(n_tokens, np.nan)
    step = max(1, _VALUES // width)
    for start in range(0, n_tokens - 1, step):
        stop = min(start + step, n_tokens - 1)
        scores = logits[start:stop].astype(np.float64)
        scores -= scores.max(axis=1, keepdims=True)
        exponentials = np.exp(scores)
        total = exponentials.sum(axis=1)
        chosen = scores[np.arange(stop - start), list(token_ids[start + 1 : stop + 1])]
        surprisal[start + 1 : stop + 1] = np.log(total) - chosen
        # masked tokens have −∞ and weigh nothing
        weighted = np.where(exponentials > 0, exponentials * np.maximum(scores, -1e300), 0)
        entropy[start + 1 : stop + 1] = np.log(total) - weighted.sum(axis=1) / total
    return surprisal, entropy


def _present(layout: Layout, sites: Sequence[str]) -> tuple[dict[str, list[int]], dict[str, str]]:
    """Return the layers that have each site, and by site that none has: why."""
    having = {
        site: [layer for layer, block in enumerate(layout.blocks) if site in block.sources]
        for site in sites
    }
    missing = {
        site: layout.blocks[0].missing.get(site, "no layer has it")
        for site, layers in having.items()
        if not layers
    }
    present = {site: layers for site, layers in having.items() if layers}
    if not present:
        raise CaptureError(f"This model has none of {', '.join(sites)}: {missing[sites[0]]}.")
    return present, missing


def _passes(
    model: Model, present: Mapping[str, list[int]], n_tokens: int, budget: int
) -> list[_Pass]:
    """Divide sites and layers into captures that fit the budget, the last one with the logits."""
    groups = list(_groups(present, 4 * n_tokens * model.info.d_model, budget))
    logits_fit = len(groups) == 1 and 4 * n_tokens * model.info.vocab_size <= budget
    passes: list[_Pass] = [
        (tuple(group), None if len(groups) == 1 else next(iter(group.values())), group)
        for group in groups
    ]
    if logits_fit:
        return [((*names, "logits"), layers, group) for names, layers, group in passes]
    return [*passes, (("logits",), None, {})]


def _groups(
    present: Mapping[str, list[int]], bytes_each: int, budget: int
) -> Iterator[dict[str, list[int]]]:
    """Divide sites and layers into groups whose kept rows fit the budget."""
    if sum(len(layers) for layers in present.values()) * bytes_each <= budget:
        yield dict(present)
        return
    step = max(1, budget // bytes_each)
    for site, layers in present.items():
        for start in range(0, len(layers), step):
            yield {site: layers[start : start + step]}


def _fill(norms: NDArray[np.float64], captured: Capture, site: str, layers: Sequence[int]) -> None:
    for layer in layers:
        rows = captured.array(site, layer)[0]
        norms[layer] = np.linalg.norm(rows.reshape(len(rows), -1).astype(np.float64), axis=-1)
