"""The layer that is looked at head by head: one pass up to it, and one with what is altered."""

from collections.abc import Sequence

from laminoscope_core.analysis.inside import LayerMaps, stacked
from laminoscope_core.errors import CaptureError
from laminoscope_core.inside_section import Attended
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.interventions import Bound, changes_of
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.head_maps import HeadMaps
from laminoscope_core.recording.rewriting import rewritten
from laminoscope_core.recording.rotation import rotations_of
from laminoscope_core.recording.sites import checked_layers
from laminoscope_core.run.inside_texts import Texts

__all__ = ["layer_maps", "reducer_of"]


def layer_maps(
    model: Model, texts: Texts, bound: Sequence[Bound], asked: Attended | None, job: Job
) -> LayerMaps | None:
    """Return what the heads of a layer do with every pair of a text's tokens.

    Parameters
    ----------
    model : Model
    texts : Texts
    bound : sequence of Bound
        The interventions; with any, there is a second state.
    asked : Attended or None
        Without it nothing is run.
    job : Job

    Raises
    ------
    CaptureError
        There is no such layer or head.
    Cancelled
        The job was cancelled.
    """
    if asked is None:
        return None
    reducer, layout = reducer_of(model, asked.layer, job), layout_of(model.hf, job)
    block = layout.blocks[asked.layer]
    n_heads = block.shapes.get("attention", (0,))[0]
    if n_heads and (missing := sorted(head for head in asked.heads if head >= n_heads)):
        raise CaptureError(
            f"Layer {asked.layer} has no head {missing[0]}.", f"Its heads are 0 to {n_heads - 1}."
        )
    if not n_heads:
        return LayerMaps(asked.layer, (), None, block.missing["attention"])
    readings = []
    for changes in ([], changes_of(bound)) if bound else ([],):
        with rewritten(layout, changes, job):
            readings.append(record(model, [texts.token_ids], [reducer], job=job)[reducer])
    return LayerMaps(asked.layer, asked.heads or tuple(range(n_heads)), stacked(readings), "")


def reducer_of(model: Model, layer: int, job: Job) -> HeadMaps:
    """Return what keeps the maps of a layer's heads; raise `CaptureError` if there is none."""
    checked_layers([layer], model.info.n_layers)
    try:
        rotation = rotations_of(model, job)[layer]
    except CaptureError as error:
        rotation = error.message
    return HeadMaps(layer, rotation)
