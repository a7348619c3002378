"""Patch map: how far one state of the clean text brings the answer back in the corrupt one.

While the corrupt text runs, what the clean text has at one layer and token is put in its place
(causal tracing, Meng et al. 2022; activation patching, Zhang and Nanda 2024).  Up to that layer the
run is that of the corrupt text, so that those blocks are left out; whether a model gives the same
without them is found out by one run with all of them.  The keys and values of the tokens before are
computed again: a pass of few rows takes about as long without half of its tokens, and rows that
could share them, of one token and many layers, leave out fewer blocks.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import OutOfMemory
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.hooks import alone
from laminoscope_core.recording.layout import Layout, Tap
from laminoscope_core.recording.plan import rows_together
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.rewriting import Change, kept, last_logits
from laminoscope_core.recording.skipping import outputs_kept, skipped

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["MOST_READ", "PatchMap", "patch_map", "tokens_read"]

MOST_READ = 500_000
"""Tokens of all runs of a map together; a larger one is not begun."""

_STREAM, _HEADS = "resid_out", "z"
_TOGETHER = 128
"""Tokens that are read at once: more leave out fewer blocks, fewer use the processor badly."""
_SAME = 1e-3
"""Logits by which two ways of computing the same may differ, and share of larger ones."""


@dataclass(frozen=True, eq=False)
class PatchMap:
    """What it changes to put a token's state in one text into the run of another.

    The measure m is the logit of the first target less that of the second, after the last token.

    Attributes
    ----------
    stream : float64 array (n_layers, n_tokens)
        m with the stream that leaves a layer put in at one token; NaN where it cannot be.
    heads : float64 array (n_layers, n_tokens, n_heads)
        m with what one head gives to the output projection put in; no heads if they were not asked
        for, NaN where a layer's cannot be told apart.
    clean, corrupt : float
        m of the text that is taken from, and of the other.
    """

    stream: NDArray[np.float64]
    heads: NDArray[np.float64]
    clean: float
    corrupt: float


@dataclass(frozen=True)
class _Cell:
    """One place of the map."""

    site: str
    layer: int
    token: int
    head: int | None = None


Values = dict[tuple[str, int], "Tensor"]


def patch_map(
    model: Model,
    clean_ids: Sequence[int],
    corrupt_ids: Sequence[int],
    target_ids: tuple[int, int],
    with_heads: bool,
    job: Job,
) -> PatchMap:
    """Put every state of the clean text into the corrupt one, as many at once as memory allows.

    Where both texts have the same state, bit for bit, as before the first token that differs, that
    is the corrupt run itself, and nothing is run; nor is it where nothing comes after the stream
    of another token than the last.

    Parameters
    ----------
    model : Model
    clean_ids, corrupt_ids : sequence of int
        As many tokens in both.
    target_ids : (int, int)
    with_heads : bool
        Whether heads are put in, too.
    job : Job
        Told of every layer; can be cancelled there.

    Raises
    ------
    OutOfMemory, Cancelled
        As `last_logits`.
    """
    layout = layout_of(model.hf, job)
    sites = (_STREAM, _HEADS) if with_heads else (_STREAM,)
    values: list[Values] = []
    outputs: dict[int, Any] = {}
    ends = []
    for number, ids in enumerate((clean_ids, corrupt_ids)):
        values.append({})
        part = job.part(0.05 * number, 0.05 * (number + 1))
        with alone(part), outputs_kept(layout, outputs):
            logits = last_logits(model, [ids], _reading(layout, sites, values[-1]), part)
        ends.append(float(_difference(logits, target_ids)[0]))
    clean, corrupt = ends
    cells = list(_cells(layout, sites, len(clean_ids)))
    last = len(layout.blocks) - 1, len(clean_ids) - 1
    differ = [cell for cell in cells if _differs(cell, *values) and _is_heard(cell, *last)]
    measured = dict.fromkeys(cells, corrupt)
    rest = job.part(0.1, 1.0)
    known = [outputs[layer] for layer in range(len(layout.blocks))]
    measured |= _measures(model, corrupt_ids, known, differ, values[0], target_ids, rest)
    n_heads = max(
        block.shapes[_HEADS][0] if _HEADS in block.sources else 0 for block in layout.blocks
    )
    shape = len(layout.blocks), len(clean_ids)
    stream = np.full(shape, np.nan)
    heads = np.full((*shape, n_heads if with_heads else 0), np.nan)
    for cell, measure in measured.items():
        if cell.head is None:
            stream[cell.layer, cell.token] = measure
        else:
            heads[cell.layer, cell.token, cell.head] = measure
    return PatchMap(stream, heads, clean, corrupt)


def tokens_read(model: Model, n_tokens: int, *, with_heads: bool) -> int:
    """Return how many tokens all runs of a patch map of texts of some length read, at most."""
    n_places = sum(
        1 + (block.shapes[_HEADS][0] if with_heads and _HEADS in block.sources else 0)
        for block in layout_of(model.hf).blocks
    )
    return n_places * n_tokens**2


def _measures(
    model: Model,
    corrupt_ids: Sequence[int],
    outputs: Sequence[Any],
    cells: Sequence[_Cell],
    clean: Values,
    target_ids: tuple[int, int],
    job: Job,
) -> dict[_Cell, float]:
    """Return the measure of each cell's run; the cells are in the order of their layers."""
    layout = layout_of(model.hf)
    found: dict[_Cell, float] = {}
    if not cells:
        return found

    def run(own: Sequence[_Cell], n_skipped: int, part: Job) -> list[float]:
        with alone(part), skipped(layout, outputs[:n_skipped], len(own)):
            changes = _patches(layout, own, clean)
            logits = last_logits(model, [corrupt_ids] * len(own), changes, part)
        measures: list[float] = _difference(logits, target_ids).tolist()
        return measures

    skips = _can_skip(cells[-1], run, job.part(0.0, 0.0))
    enough = max(_TOGETHER // len(corrupt_ids), 1)
    size = min(rows_together(model, len(corrupt_ids)).n_rows, enough)
    for start in range(0, len(cells), size):
        own = cells[start : start + size]
        part = job.part(start / len(cells), (start + len(own)) / len(cells))
        found |= zip(own, run(own, own[0].layer if skips else 0, part), strict=True)
    return found


def _can_skip(
    last: _Cell, run: Callable[[Sequence[_Cell], int, Job], list[float]], job: Job
) -> bool:
    """Return whether the run of the last cell is the same without the blocks before its layer."""
    (whole,) = run([last], 0, job)
    try:
        (short,) = run([last], last.layer, job)
    except (Cancelled, OutOfMemory):
        raise
    except Exception:  # blocks hand on something besides, each family in a way of its own
        return False
    return abs(short - whole) <= _SAME * max(1.0, abs(whole))


def _is_heard(cell: _Cell, last_layer: int, last_token: int) -> bool:
    """Return whether the last logits depend on a place at all."""
    return cell.layer < last_layer or cell.token == last_token


def _differs(cell: _Cell, clean: Values, corrupt: Values) -> bool:
    one, other = (values[cell.site, cell.layer][0, cell.token] for values in (clean, corrupt))
    own = slice(None) if cell.head is None else cell.head
    return bool((one[own] != other[own]).any())


def _cells(layout: Layout, sites: Sequence[str], n_tokens: int) -> Iterator[_Cell]:
    """Yield every place of the map that the model has."""
    for layer, block in enumerate(layout.blocks):
        for site in sites:
            if site in block.sources:
                n_heads = block.shapes[site][0]
                for head in range(n_heads) if site == _HEADS else (None,):
                    yield from (_Cell(site, layer, token, head) for token in range(n_tokens))


def _reading(layout: Layout, sites: Sequence[str], into: Values) -> list[Change]:
    return [
        kept(layer, _tap(layout, site, layer), into, (site, layer))
        for layer, block in enumerate(layout.blocks)
        for site in sites
        if site in block.sources
    ]


def _tap(layout: Layout, site: str, layer: int) -> Tap:
    (tap,) = layout.source(site, layer).taps
    return tap


def _patches(layout: Layout, cells: Sequence[_Cell], clean: Values) -> list[Change]:
    """Return the changes of a pass whose rows are the cells."""
    changes = []
    numbered = sorted(enumerate(cells), key=lambda pair: (pair[1].site, pair[1].layer))
    for place, own in groupby(numbered, key=lambda pair: (pair[1].site, pair[1].layer)):
        rewrite = partial(_patched, list(own), clean[place])
        changes.append(Change(place[1], _tap(layout, *place), rewrite))
    return changes


def _patched(own: Sequence[tuple[int, _Cell]], clean: "Tensor", value: "Tensor") -> "Tensor":
    """Return a value in which each row has what its cell puts in."""
    found = value.clone()
    rows, tokens = [row for row, _ in own], [cell.token for _, cell in own]
    if own[0][1].head is None:
        found[rows, tokens] = clean[0, tokens].to(value)
    else:
        heads = [cell.head for _, cell in own]
        found[rows, tokens, heads] = clean[0, tokens, heads].to(value)
    return found


def _difference(logits: "Tensor", target_ids: tuple[int, int]) -> NDArray[np.float64]:
    """Return the logit of the first target less that of the second, by row."""
    scores = logits[:, list(target_ids)].cpu().double().numpy()
    found: NDArray[np.float64] = scores[:, 0] - scores[:, 1]
    return found
