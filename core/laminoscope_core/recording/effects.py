"""Effects: what interventions do to the logits and probabilities of a few tokens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.inside_section import Intervention
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.interventions import SOURCES, Bound, changes_of
from laminoscope_core.recording.linear import wide
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.rewriting import last_logits

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["N_CONTROLS", "Effects", "effects_of", "other_heads"]

N_CONTROLS = 5
_MOST_SEEDS = 50  # enough to draw nearly all of few heads


@dataclass(frozen=True, eq=False)
class Effects:
    """What a model says after the last token of a text, altered in several ways.

    Attributes
    ----------
    names : tuple of str
        The number of an intervention that is made alone, or ``all`` of them together.
    controls : tuple of str
        The seed by which other heads were drawn; empty where those that were chosen are altered.
    reasons : tuple of str
        Why there is no such control; empty where there is one.
    before_logit, before_probability : float64 array (n_targets,)
        In the model as it is.
    after_logit, after_probability : float64 array (n_rows, n_targets)
        NaN where there is a reason.
    """

    names: tuple[str, ...]
    controls: tuple[str, ...]
    reasons: tuple[str, ...]
    before_logit: NDArray[np.float64]
    before_probability: NDArray[np.float64]
    after_logit: NDArray[np.float64]
    after_probability: NDArray[np.float64]


def effects_of(
    model: Model,
    token_ids: Sequence[int],
    target_ids: Sequence[int],
    bound: Sequence[Bound],
    job: Job,
) -> Effects:
    """Make every intervention alone, those on heads on random others as well, and all together.

    Parameters
    ----------
    model : Model
    token_ids : sequence of int
        The text.
    target_ids : sequence of int
    bound : sequence of Bound
        At least one.
    job : Job
        Told of every layer; can be cancelled there.

    Raises
    ------
    OutOfMemory, Cancelled
        As `last_logits`.
    """
    rows = [*_rows(model, bound), ("all", "", tuple(bound), "")]
    n_passes = 1 + len(rows)

    def read(number: int, made: Sequence[Bound]) -> NDArray[np.float64]:
        part = job.part(number / n_passes, (number + 1) / n_passes)
        return _scores(last_logits(model, [token_ids], changes_of(made), part)[0], target_ids)

    before = read(0, ())
    undefined = np.full_like(before, np.nan)
    after = np.stack(
        [
            undefined if reason else read(number, made)
            for number, (_, _, made, reason) in enumerate(rows, start=1)
        ]
    )
    return Effects(
        names=tuple(name for name, *_ in rows),
        controls=tuple(seed for _, seed, *_ in rows),
        reasons=tuple(reason for *_, reason in rows),
        before_logit=before[0],
        before_probability=before[1],
        after_logit=after[:, 0],
        after_probability=after[:, 1],
    )


def other_heads(intervention: Intervention, n_heads: int) -> dict[int, Intervention]:
    """Return the controls of an intervention on heads: as many other heads of its layer, by seed.

    They are drawn without replacement, each as likely, from the heads that were not chosen, by
    ``numpy.random.default_rng(seed)``.  The seeds are the first from 0 on that draw different
    heads, five if there are so many; none where fewer others are left than were chosen.

    Examples
    --------
    >>> chosen = Intervention(site="attn_head", layer=0, heads=(3, 1), action="zero")
    >>> {seed: control.heads for seed, control in other_heads(chosen, 5).items()}
    {0: (2, 4), 1: (0, 2), 9: (0, 4)}
    >>> other_heads(chosen, 3).keys(), other_heads(chosen, 2).keys()
    (dict_keys([0]), dict_keys([]))
    """
    n_chosen = len(set(intervention.heads))
    others = [head for head in range(n_heads) if head not in intervention.heads]
    found: dict[tuple[int, ...], int] = {}
    for seed in range(_MOST_SEEDS if len(others) >= n_chosen else 0):
        drawn = np.random.default_rng(seed).choice(others, n_chosen, replace=False)
        if len(found) < N_CONTROLS:
            found.setdefault(tuple(sorted(drawn.tolist())), seed)
    return {seed: intervention.model_copy(update={"heads": heads}) for heads, seed in found.items()}


def _rows(model: Model, bound: Sequence[Bound]) -> Iterator[tuple[str, str, Sequence[Bound], str]]:
    """Yield each intervention alone and its controls: number, seed, what is made, why it is not."""
    blocks = layout_of(model.hf).blocks
    for number, each in enumerate(bound):
        yield str(number), "", (each,), ""
        if each.intervention.site != "attn_head":
            continue
        n_heads = blocks[each.intervention.layer].shapes[SOURCES["attn_head"]][0]
        controls = other_heads(each.intervention, n_heads)
        for seed, others in controls.items():
            yield str(number), str(seed), (replace(each, intervention=others),), ""
        if not controls:
            n_others = n_heads - len(set(each.intervention.heads))
            yield str(number), "0", (), f"its layer has {n_others} other heads only"


def _scores(logits: "Tensor", target_ids: Sequence[int]) -> NDArray[np.float64]:
    """Return logits and probabilities of some tokens, (2, n_targets)."""
    every = logits.to(wide(logits.device))
    chosen = every[list(target_ids)]
    probability = (chosen - every.logsumexp(-1)).exp()
    return np.stack([chosen.cpu().numpy(), probability.cpu().numpy()])
