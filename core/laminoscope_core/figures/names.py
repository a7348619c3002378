"""Names along an axis of a figure: of tokens, of words where each has room, of groups of them."""

from laminoscope_core.figures.parts import Ticks, fitted, line_height
from laminoscope_core.figures.style import Style
from laminoscope_core.figures.text import MONO_FAMILY, figure_text, text_width
from laminoscope_core.plots.shown import Axis
from laminoscope_core.plots.ticks import FEWEST_NAMES, every

__all__ = ["group_ticks", "name_ticks"]

_LONGEST_TOKEN, _LONGEST_WORD, _LONGEST_GROUP = 14, 18, 24
"""Characters of a name along an axis."""

_EACH = 1.15  # font sizes along the axis that a word needs
_DEPTH = 0.6  # of the axis's length, at most, for names across it

_NONE = Ticks((), (), 0.0)


def name_ticks(axis: Axis, room: float, style: Style, *, across: bool) -> Ticks:
    """Return the names that an axis of some inches has room for; none where that says too little.

    Along an upright axis groups are named, if all can be, where what they hold is not.
    """
    if not axis.groups:
        return _tokens(axis, room, style)
    size = style.font_size - 1
    texts = tuple(figure_text(name, _LONGEST_WORD) for name in axis.names)
    widest = max((text_width(text, size) for text in texts), default=0.0)
    fit = len(texts) * _EACH * size / 72 <= room and widest <= _DEPTH * room
    if texts and fit:
        return Ticks(tuple(map(float, range(len(texts)))), texts, widest, upright=across)
    if across or not axis.parted:
        return _NONE
    each = room / (axis.ends[1] - axis.ends[0])
    named = {
        (start + stop - 1) / 2: (figure_text(name, _LONGEST_GROUP), (stop - start) * each)
        for name, start, stop in axis.groups
    }
    if any(text_width(text, size) > length for text, length in named.values()):
        return _NONE
    shown = tuple(text for text, _ in named.values())
    return Ticks(tuple(named), shown, line_height(size), upright=True)


def group_ticks(axis: Axis, room: float, style: Style) -> Ticks:
    """Return the names of groups above a level axis, upright if one is longer than its group."""
    if not axis.groups or not axis.parted or axis.ticks == ():
        return _NONE
    size = style.font_size - 1
    each = room / (axis.ends[1] - axis.ends[0])
    texts = [figure_text(name, _LONGEST_GROUP) for name, _, _ in axis.groups]
    lengths = [(stop - start) * each for _, start, stop in axis.groups]
    apart = 0.2 * style.font_size / 72
    upright = any(
        text_width(text, size) > length - apart for text, length in zip(texts, lengths, strict=True)
    )
    if upright:
        texts = [
            fitted(text, _DEPTH * room, size) if length >= 0.85 * line_height(size) else ""
            for text, length in zip(texts, lengths, strict=True)
        ]
    widest = max(text_width(text, size) for text in texts)
    middles = tuple((start + stop - 1) / 2 for _, start, stop in axis.groups)
    return Ticks(middles, tuple(texts), widest if upright else line_height(size), upright=upright)


def _tokens(axis: Axis, room: float, style: Style) -> Ticks:
    size = style.font_size - 1
    step = every(len(axis.names), int(room / (1.2 * size / 72)))
    if step > FEWEST_NAMES:
        return _NONE
    named = range(0, len(axis.names), step)
    texts = tuple(
        figure_text(axis.names[at], _LONGEST_TOKEN, spaces=True, family=MONO_FAMILY) for at in named
    )
    widest = max(text_width(text, size, MONO_FAMILY) for text in texts)
    return Ticks(tuple(map(float, named)), texts, widest, upright=True, family=MONO_FAMILY)
