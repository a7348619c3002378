"""What draws each kind of mark."""

from collections.abc import Mapping

from laminoscope_core.plots.shown import (
    Band,
    Bars,
    Boxes,
    Curve,
    Image,
    Mark,
    Points,
    Rule,
    Spans,
    Steps,
    Texts,
)
from laminoscope_widgets.marks.areas import DrawnBand, DrawnBars, DrawnBoxes, DrawnSpans, DrawnSteps
from laminoscope_widgets.marks.images import DrawnImage
from laminoscope_widgets.marks.lines import DrawnCurve, DrawnLine, DrawnRule
from laminoscope_widgets.marks.mark import DrawnMark
from laminoscope_widgets.marks.points import DrawnPoints
from laminoscope_widgets.marks.texts import DrawnNames, DrawnTexts

__all__ = ["drawn_as"]

DRAWN: Mapping[type, type[DrawnMark]] = {
    Points: DrawnPoints, Curve: DrawnCurve, Band: DrawnBand, Steps: DrawnSteps, Bars: DrawnBars,
    Texts: DrawnTexts, Image: DrawnImage, Boxes: DrawnBoxes, Spans: DrawnSpans, Rule: DrawnLine,
}  # fmt: skip
"""By kind of mark: what draws it, if it is not dragged."""


def drawn_as(mark: Mark) -> type[DrawnMark]:
    """Return what draws a mark."""
    if isinstance(mark, Texts) and mark.clear:
        return DrawnNames
    return DrawnRule if isinstance(mark, Rule) and mark.drags else DRAWN[type(mark)]
