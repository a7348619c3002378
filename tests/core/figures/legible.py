"""Whether a figure can be read: all its text is inside, none overlaps another or is too small."""

import numpy as np
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

_DPI = 200
_TOUCHING = 1.5  # pixels by which boxes may overlap: a box is larger than its ink
_SMALLER = 2.0  # points that text may be smaller than the figure's


def illegible(figure, style):
    """Say what cannot be read in a figure; nothing if all can."""
    extents, texts = _written(figure)
    if not texts:
        return ["nothing is written"]
    shown = [text.get_text() for text in texts]
    sizes = [text.get_fontsize() for text in texts]
    problems = [
        f"too small: {text.get_text()!r}"
        for text, size in zip(texts, sizes, strict=True)
        if size < style.font_size - _SMALLER
    ]
    problems += [f"not set: {text!r}" for text in shown if "\\mathdefault" in text]
    width, height = figure.get_size_inches() * _DPI
    outside = (extents[:, :2] < -_TOUCHING).any(axis=1)
    outside |= (extents[:, 2:] > np.array([width, height]) + _TOUCHING).any(axis=1)
    problems += [f"outside: {texts[at].get_text()!r}" for at in np.flatnonzero(outside)]
    left, bottom, right, top = (extents[:, side] for side in range(4))
    both = np.triu(
        (left[:, None] + _TOUCHING < right)
        & (left + _TOUCHING < right[:, None])
        & (bottom[:, None] + _TOUCHING < top)
        & (bottom + _TOUCHING < top[:, None]),
        k=1,
    )
    for first, second in np.argwhere(both):
        if not (_leans(texts[first]) or _leans(texts[second])):
            problems.append(
                f"overlap: {texts[first].get_text()!r} and {texts[second].get_text()!r}"
            )
    return problems


def _leans(text):
    """Return whether a text is neither level nor upright: then its box says little."""
    return text.get_rotation() % 90 != 0


def _written(figure):
    """Return the extents in pixels (n, 4) of all texts that are drawn, and the texts."""
    figure.set_dpi(_DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    absent = _not_drawn(figure)
    texts = [
        text
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and id(text) not in absent
    ]
    extents = np.array([text.get_window_extent(renderer).extents for text in texts])
    return extents.reshape(-1, 4), texts


def _not_drawn(figure):
    """Return the ids of labels of ticks that lie outside, and of axes that are off."""
    absent = set()
    for axis in figure.findobj(Axis):
        low, high = sorted(axis.get_view_interval())
        slack = 1e-9 * (high - low)
        drawn = axis.axes.axison and axis.get_visible()
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            if not drawn or not low - slack <= tick.get_loc() <= high + slack:
                absent |= {id(tick.label1), id(tick.label2)}
        if not drawn:
            absent |= {id(axis.label), id(axis.offsetText)}
    return absent
