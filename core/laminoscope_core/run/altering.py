"""The interventions of an experiment on a model: what they alter, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from laminoscope_core.experiment import InsideSection
from laminoscope_core.inside_section import Intervention
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.effects import Effects, PatchMap, effects_of, patch_map
from laminoscope_core.recording.interventions import Change, changes_of, checked
from laminoscope_core.recording.neighbours import rows_of_vocabulary
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.whole import Whole
from laminoscope_core.run.inside_texts import Texts, watched_tokens

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Altering"]


@dataclass(frozen=True, eq=False)
class Altering:
    """Interventions, bound to a model.

    Attributes
    ----------
    interventions : tuple of Intervention
    changes : tuple of tuple of Change
        What each stands for.
    patches : bool
        Whether the patch map is made.
    with_heads : bool
        Of every head as well.
    missing : mapping of str to str
        Why ``effects`` or ``patch`` are not there although they were asked for.
    """

    interventions: tuple[Intervention, ...]
    changes: tuple[tuple[Change, ...], ...]
    patches: bool
    with_heads: bool
    missing: Mapping[str, str]

    @classmethod
    def of(cls, model: Model, section: InsideSection, texts: Texts, job: Job) -> "Altering":
        """Return what a section asks for.

        Raises
        ------
        ExperimentError
            What an intervention steers along is not one token.
        CaptureError
            The model or the text does not have the place that an intervention is at.
        """
        asked = section.interventions
        checked(model, asked, len(texts.token_ids), job)
        changes = []
        for one in asked:
            vector = _vector(model, one, job)
            own = changes_of(model, [one], against=texts.against_ids, vectors=[vector], job=job)
            changes.append(tuple(own))
        missing = {}
        n_watched = len(texts.watched.ids)
        if asked and not n_watched:
            missing["effects"] = "no token is watched"
        if texts.against_ids and n_watched < 2:
            missing["patch"] = "fewer than two tokens are watched"
        elif texts.against_ids:
            block = layout_of(model.hf, job).blocks[0]
            if "resid_out" in block.missing:
                missing["patch"] = block.missing["resid_out"]
        patches = bool(texts.against_ids) and "patch" not in missing
        return cls(asked, tuple(changes), patches, section.patch_heads, missing)

    @property
    def together(self) -> list[Change]:
        """All changes."""
        return [change for each in self.changes for change in each]

    @property
    def everywhere(self) -> bool:
        """Whether they can be made in any text: at all its tokens, with nothing of another."""
        return all(one.tokens is None and one.action != "patch" for one in self.interventions)

    def effects(self, model: Model, texts: Texts, job: Job) -> Effects | None:
        """Return what is said at the end with each intervention; None if nothing was asked for."""
        if not self.interventions or "effects" in self.missing:
            return None
        return effects_of(
            model,
            texts.token_ids,
            texts.watched.ids,
            self.interventions,
            self.changes,
            texts.against_ids,
            job,
        )

    def patch(self, model: Model, texts: Texts, job: Job) -> PatchMap | None:
        """Return the patch map; None if there is no second text, or too little is watched."""
        if not self.patches:
            return None
        ids = texts.watched.ids
        return patch_map(model, texts.token_ids, texts.against_ids, ids, self.with_heads, job)


def _vector(model: Model, one: Intervention, job: Job) -> "Tensor | None":
    """Return what an intervention steers along, (d_model,); None if it does not steer."""
    import torch

    if len(one.along) == 1:
        (token,) = watched_tokens(model, one.along).ids
        return rows_of_vocabulary(model, "unembedding")[token].float()
    if len(one.along) == 2:
        streams = Whole(("resid_out",), (one.layer,))
        found = record(model, list(one.along), [streams], job=job)
        ends = [len(prompt.token_ids) - 1 for prompt in found.prompts]
        first, second = (found[streams].array("resid_out", one.layer)[n, ends[n]] for n in (0, 1))
        return torch.from_numpy(first - second)
    return None
