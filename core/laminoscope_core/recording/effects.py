"""What interventions do to what a model says at the end of a text.

Beside every intervention on heads stands the same on random other heads: an effect that any heads
have says nothing of these.  The patch map puts what one text makes of a token into the run of
another, layer by layer and token by token (activation patching; Meng et al. 2022).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.inside_section import Intervention
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.interventions import Change, altered, changes_of
from laminoscope_core.recording.layout import Layout, Tap
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.scores import LastScores, Scores

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["N_CONTROLS", "Effects", "PatchMap", "effects_of", "patch_map"]

N_CONTROLS = 3
"""Seeds of the random other heads: 0, 1, …"""

_MOST_TOKENS = 4096
"""Tokens of the patched runs that are made together."""


@dataclass(frozen=True, eq=False)
class Effects:
    """What a model says after a text, changed in several ways.

    Attributes
    ----------
    names : tuple of str
        The number of an intervention, or ``all`` for all together.
    controls : tuple of str
        Seed and heads of a control; empty for what was asked for.
    before_logit, before_probability : float64 array (n_targets,)
    after_logit, after_probability : float64 array (n_rows, n_targets)
    """

    names: tuple[str, ...]
    controls: tuple[str, ...]
    before_logit: NDArray[np.float64]
    before_probability: NDArray[np.float64]
    after_logit: NDArray[np.float64]
    after_probability: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PatchMap:
    """What it changes to put a token's state in one text into the run of another.

    The measure m is the logit of the first target less that of the second, after the last token.

    Attributes
    ----------
    stream : float64 array (n_layers, n_tokens)
        m with the stream that leaves a layer patched at one token.
    heads : float64 array (n_layers, n_tokens, n_heads)
        m with what one head mixes patched there; no heads if that was not asked for, NaN where a
        layer's cannot be told apart.
    clean, corrupt : float
        m of the text that is patched from, and of the other.
    """

    stream: NDArray[np.float64]
    heads: NDArray[np.float64]
    clean: float
    corrupt: float


def effects_of(
    model: Model,
    token_ids: Sequence[int],
    target_ids: tuple[int, ...],
    interventions: Sequence[Intervention],
    changes: Sequence[Sequence[Change]],
    against: Sequence[int],
    job: Job,
) -> Effects:
    """Run a text with each intervention alone, with its controls, and with all together.

    Parameters
    ----------
    model : Model
    token_ids : sequence of int
    target_ids : tuple of int
    interventions : sequence of Intervention
    changes : sequence of sequence of Change
        What each of them stands for.
    against : sequence of int
        The second text, for those that patch.
    job : Job
    """
    rows: list[tuple[str, str, Sequence[Change]]] = []
    for number, (one, own) in enumerate(zip(interventions, changes, strict=True)):
        rows.append((str(number), "", own))
        if one.site == "attn_head":
            for seed in range(N_CONTROLS):
                others = _other_heads(layout_of(model.hf), one, seed)
                heads = ", ".join(f"{other.layer}.{other.heads[0]}" for other in others)
                if others:
                    others_changes = changes_of(model, others, against=against, job=job)
                    rows.append((str(number), f"seed {seed}: {heads}", others_changes))
    if len(interventions) > 1:
        rows.append(("all", "", [change for each in changes for change in each]))
    scores = Scores(target_ids)
    found: list[LastScores] = []
    for number, own in enumerate([(), *(row[2] for row in rows)]):
        part = job.part(number / (len(rows) + 1), (number + 1) / (len(rows) + 1))
        with altered(own, part):
            found.append(record(model, [token_ids], [scores], job=part)[scores])
    before, *after = found
    return Effects(
        names=tuple(row[0] for row in rows),
        controls=tuple(row[1] for row in rows),
        before_logit=before.logit[0],
        before_probability=before.probability[0],
        after_logit=np.stack([each.logit[0] for each in after]),
        after_probability=np.stack([each.probability[0] for each in after]),
    )


def _other_heads(layout: Layout, one: Intervention, seed: int) -> list[Intervention]:
    """Return the same intervention on as many other heads of all layers, drawn at random."""
    every = [
        (layer, head)
        for layer, block in enumerate(layout.blocks)
        if "z" in block.sources
        for head in range(block.shapes["z"][0])
        if layer != one.layer or head not in one.heads
    ]
    random = np.random.default_rng(seed)
    drawn = random.choice(len(every), min(len(one.heads), len(every)), replace=False)
    picked = [every[index] for index in sorted(drawn)]
    return [one.model_copy(update={"layer": la, "heads": (head,)}) for la, head in picked]


def patch_map(
    model: Model,
    clean_ids: Sequence[int],
    corrupt_ids: Sequence[int],
    target_ids: tuple[int, ...],
    with_heads: bool,
    job: Job,
) -> PatchMap:
    """Patch the second text's run with the first text's state, one token and layer at a time.

    Parameters
    ----------
    model : Model
    clean_ids, corrupt_ids : sequence of int
        As many of each.
    target_ids : tuple of int
        Two or more; the first two count.
    with_heads : bool
        Whether heads are patched too.
    job : Job
        Told of every layer; can be cancelled there.
    """
    layout, scores = layout_of(model.hf, job), Scores(tuple(target_ids[:2]))
    found = record(model, [clean_ids, corrupt_ids], [scores], job=job.part(0.0, 0.05))[scores]
    clean, corrupt = (float(m) for m in _difference(found))
    n_layers, n_tokens = len(layout.blocks), len(clean_ids)
    n_heads = max(block.shapes["z"][0] if "z" in block.shapes else 0 for block in layout.blocks)
    stream = np.full((n_layers, n_tokens), np.nan)
    heads = np.full((n_layers, n_tokens, n_heads if with_heads else 0), np.nan)
    for layer, block in enumerate(layout.blocks):
        part = job.part(0.05 + 0.95 * layer / n_layers, 0.05 + 0.95 * (layer + 1) / n_layers)
        (leaving,) = layout.source("resid_out", layer).taps
        cells = [(token, None) for token in range(n_tokens)]
        patched = _Patching(model, leaving, clean_ids, corrupt_ids, scores)
        stream[layer] = patched.run(cells, part.part(0.0, 0.3 if with_heads else 1.0))
        if with_heads and "z" in block.sources:
            own, width = block.shapes["z"]
            both = [
                (token, slice(width * head, width * (head + 1)))
                for token in range(n_tokens)
                for head in range(own)
            ]
            of_heads = _Patching(model, block.sources["z"].taps[0], clean_ids, corrupt_ids, scores)
            values = of_heads.run(both, part.part(0.3, 1.0))
            heads[layer, :, :own] = values.reshape(n_tokens, own)
    return PatchMap(stream, heads, clean, corrupt)


def _difference(scores: LastScores) -> NDArray[np.float64]:
    difference: NDArray[np.float64] = scores.logit[:, 0] - scores.logit[:, 1]
    return difference


class _Patching:
    """Runs of one text with another's value at one place, one token and some columns each."""

    def __init__(
        self,
        model: Model,
        tap: Tap,
        clean_ids: Sequence[int],
        corrupt_ids: Sequence[int],
        scores: Scores,
    ) -> None:
        self._model, self._tap, self._scores = model, tap, scores
        self._clean, self._corrupt = clean_ids, corrupt_ids

    def run(self, cells: Sequence[tuple[int, slice | None]], job: Job) -> NDArray[np.float64]:
        """Return the measure for each token and columns (None for all)."""
        seen: list[Tensor] = []
        watch = Change(self._tap.module, self._tap.side, lambda value: seen.append(value.clone()))
        with altered([watch], job):
            record(self._model, [self._clean], [self._scores], job=job.part(0.0, 0.0))
        step = max(1, _MOST_TOKENS // len(self._clean))
        found = []
        for start in range(0, len(cells), step):
            some = cells[start : start + step]

            def put(value: "Tensor", some: Sequence[tuple[int, slice | None]] = some) -> "Tensor":
                new = value.clone()
                for row, (token, columns) in enumerate(some):
                    own = slice(None) if columns is None else columns
                    new[row, token, own] = seen[0][0, token, own]
                return new

            part = job.part(start / len(cells), min(start + step, len(cells)) / len(cells))
            texts = [self._corrupt] * len(some)
            with altered([Change(self._tap.module, self._tap.side, put)], part):
                after = record(self._model, texts, [self._scores], job=part, batch_size=len(texts))[
                    self._scores
                ]
            found.append(_difference(after))
        return np.concatenate(found)
