"""The interventions of an experiment on an opened model: found, checked, made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from laminoscope_core.errors import CaptureError
from laminoscope_core.experiment import Experiment, InsideSection
from laminoscope_core.inside_section import Intervention
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.effects import Effects, effects_of
from laminoscope_core.recording.hooks import alone
from laminoscope_core.recording.interventions import Bound, changes_of, checked
from laminoscope_core.recording.layout import Layout, Source
from laminoscope_core.recording.neighbours import rows_of_vocabulary
from laminoscope_core.recording.patching import MOST_READ, PatchMap, patch_map, tokens_read
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.prompts import encode
from laminoscope_core.recording.rewriting import kept, last_logits, rewritten
from laminoscope_core.recording.unembedding import unembedding_of
from laminoscope_core.run.inside_texts import Texts, token_of
from laminoscope_core.text import how_many

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Altering", "altered_model", "bind"]


@dataclass(frozen=True, eq=False)
class Altering:
    """Interventions on a model, and the patch map.

    Attributes
    ----------
    bound : tuple of Bound
        With all that they need; nothing is altered yet.
    patches : bool
        Whether the patch map is made.
    with_heads : bool
        Of every head as well.
    missing : mapping of str to str
        Why ``effects`` or ``patch`` are not there although they were asked for.
    """

    bound: tuple[Bound, ...]
    patches: bool
    with_heads: bool
    missing: Mapping[str, str]

    @classmethod
    def of(cls, model: Model, section: InsideSection, texts: Texts, job: Job) -> "Altering":
        """Return what a section asks for.

        Raises
        ------
        ExperimentError, CaptureError
            As `bind`.
        """
        bound = bind(
            model, tuple(enumerate(section.interventions)), texts.token_ids, texts.against_ids, job
        )
        missing = {}
        if bound and not texts.watched.n:
            missing["effects"] = "no token is watched"
        if texts.against_ids and texts.watched.n < 2:
            missing["patch"] = "fewer than two tokens are watched"
        elif texts.against_ids:
            block = layout_of(model.hf, job).blocks[0]
            n_read = tokens_read(model, len(texts.token_ids), with_heads=section.patch_heads)
            if "resid_out" in block.missing:
                missing["patch"] = block.missing["resid_out"]
            elif n_read > MOST_READ:
                missing["patch"] = (
                    f"a map of {how_many(len(texts.token_ids), 'token')} would read "
                    f"{n_read:,} tokens and {MOST_READ:,} are the most; shorten both texts"
                )
        patches = bool(texts.against_ids) and "patch" not in missing
        return cls(bound, patches, section.patch_heads, missing)

    @property
    def everywhere(self) -> bool:
        """Whether they can be made in any text: at all its tokens, with nothing of another."""
        return all(each.intervention.anywhere for each in self.bound)

    def effects(self, model: Model, texts: Texts, job: Job) -> Effects | None:
        """Return what is said at the end with each intervention; None if nothing was asked for."""
        if not self.bound or "effects" in self.missing:
            return None
        return effects_of(model, texts.token_ids, texts.watched.ids, self.bound, job)

    def patch(self, model: Model, texts: Texts, job: Job) -> PatchMap | None:
        """Return the patch map; None if there is no second text, or too little is watched."""
        if not self.patches:
            return None
        first, second = texts.watched.ids[:2]
        return patch_map(
            model, texts.token_ids, texts.against_ids, (first, second), self.with_heads, job
        )


def altered_model(model: Model, experiment: Experiment, job: Job) -> Model:
    """Return a model whose passes over any text are altered as an experiment says.

    Its weights are the model's own, and nothing of it is changed: hooks are there while it reads a
    text, and gone afterwards, also after an error or a cancel.

    Parameters
    ----------
    model : Model
    experiment : Experiment
        Whose `altered` interventions are made.
    job : Job
        Can be cancelled.

    Raises
    ------
    ExperimentError, CaptureError
        As `bind`.
    """
    bound = bind(model, experiment.altered, (), (), job)
    layout, changes = layout_of(model.hf, job), changes_of(bound)
    means = any(each.intervention.action == "mean" for each in bound)
    return replace(model, within=partial(rewritten, layout, changes, Job()), reads_whole=means)


def bind(
    model: Model,
    interventions: Sequence[tuple[int, Intervention]],
    token_ids: Sequence[int],
    against_ids: Sequence[int],
    job: Job,
) -> tuple[Bound, ...]:
    """Return interventions with all that they need, before anything is altered.

    Parameters
    ----------
    model : Model
    interventions : sequence of (int, Intervention)
        With the numbers by which errors name them.
    token_ids, against_ids : sequence of int
        Of the text and of the one to patch from, which has as many.
    job : Job
        Can be cancelled.

    Raises
    ------
    ExperimentError
        What is steered along is not one token.
    CaptureError
        The model or the text does not have the place of an intervention, or there is no vector to
        steer along.
    Cancelled
        The job was cancelled.
    """
    import torch

    layout = layout_of(model.hf, job)
    with alone(job), torch.no_grad():
        unembedding_of(model.hf)  # found out before anything is altered
    found = [checked(number, one, layout, len(token_ids)) for number, one in interventions]
    return tuple(_given(model, layout, bound, against_ids, job) for bound in found)


def _given(
    model: Model, layout: Layout, bound: Bound, against_ids: Sequence[int], job: Job
) -> Bound:
    one = bound.intervention
    if one.action == "patch":
        taken = _taken(model, against_ids, one.layer, bound.source, job)
        return replace(bound, given=tuple(taken))
    if one.action != "steer":
        return bound
    if len(one.along) == 1:
        token = token_of(model, one.along[0], "text to steer along")
        vector = rows_of_vocabulary(model, "unembedding")[token]
    else:
        stream = layout.source("resid_out", one.layer)
        texts = [encode(model, text).token_ids for text in one.along]
        first, second = (_taken(model, ids, one.layer, stream, job)[0][0, -1] for ids in texts)
        vector = first - second
    if len(vector) != model.info.d_model:
        raise CaptureError(
            f"The vector to steer along has {len(vector)} numbers, the stream has "
            f"{model.info.d_model}.",
            "Give a vector as long as the stream.",
        )
    return replace(bound, given=(vector,))


def _taken(
    model: Model, token_ids: Sequence[int], layer: int, source: Source, job: Job
) -> "list[Tensor]":
    """Return what stands at the taps of a source while the model reads a text."""
    found: dict[int, Tensor] = {}
    changes = [kept(layer, tap, found, number) for number, tap in enumerate(source.taps)]
    last_logits(model, [token_ids], changes, job.part(0.0, 0.0))
    return [found[number] for number in range(len(source.taps))]
