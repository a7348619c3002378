"""Any plot on the screen: frames with axes, their marks, and what the pointer is at."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGraphicsWidget

from laminoscope_core.plots.shown import Scale, Shown
from laminoscope_widgets.plot_frame import FrameItem, Target
from laminoscope_widgets.plots.style import Canvas, small_font
from laminoscope_widgets.scale_bar import ScaleBar
from laminoscope_widgets.theme import Theme

__all__ = ["PlotView", "Target"]

_SMALLEST = 24.0
"""Pixels of a frame that keeps its aspect, at least."""
_LEAST_STRETCHED, _STRETCHED, _MOST_STRETCHED = 1.4, 2.0, 4.0
"""Times the width that its aspect says, on a page that is wide and low; most on a very low one."""
_WIDE = 380.0
"""Pixels to which a frame on a very low page is drawn out."""
_NARROWEST, _LOWEST = 150, 96
"""Pixels of a frame below which small multiples are set in fewer columns, or rows."""


class PlotView(Canvas):
    """Paints a `Shown`; what has not changed since the last one is not painted again.

    Signals: ``dragged(field, value)`` while a rule is dragged.
    """

    dragged = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        self._shown: Shown | None = None  # asked for while the canvas is being made
        super().__init__()
        self.theme = theme
        self.frames: dict[str, FrameItem] = {}
        self._prepared: dict[str, FrameItem] = {}
        self._text_size = 0
        self.scale_tip = ""
        self._columns = 0
        self._bar: ScaleBar | None = None
        self._scale: tuple[Scale | None, Theme] = (None, theme)
        self.setBackground(theme.surface)
        # of many small areas, Qt would hand every picture to threads, which takes longer
        self.setViewportUpdateMode(self.ViewportUpdateMode.BoundingRectViewportUpdate)

    def prepare(self, shown: Shown) -> bool:
        """Make the next frame that painting a plot needs; return whether it has all of them."""
        if self._has_frames_of(shown):
            return True
        lacking = [name for name in shown.frames if name not in self._prepared]
        for name in lacking[:1]:
            self._prepared[name] = FrameItem(shown.frames[name], self.dragged.emit)
        return len(lacking) <= 1

    def _has_frames_of(self, shown: Shown) -> bool:
        """Return whether the frames are those of a plot, with text as large as it is to be now."""
        of_now = self._text_size == small_font().pixelSize()
        return of_now and list(shown.frames) == list(self.frames)

    def paint(self, shown: Shown, theme: Theme) -> None:
        """Show a plot in a theme's colours."""
        before, self._shown = self._shown, shown
        if theme is not self.theme:
            self.theme = theme
            self.setBackground(theme.surface)
        if before is None or not self._has_frames_of(shown):
            self._make_frames(shown)
        last = next(reversed([*shown.frames]), "")
        for name, frame in shown.frames.items():
            if shown.arranged == "stack" and name != last:
                frame = replace(frame, x=replace(frame.x, label=""))
            self.frames[name].show_frame(frame, frame.scale or shown.scale, theme)
        self._paint_scale(shown.scale)
        self._fit()
        if self._n_columns(shown) != self._columns:  # names take their room only once painted
            self._arrange(shown)
            self._fit()
        self.scene().prepareForPaint()  # now, or else what is painted next moves it, and all again

    def target_at(self, position: QPointF) -> Target | None:
        """Return what is at a position of the scene."""
        for item in self.frames.values():
            if item.vb.sceneBoundingRect().contains(position):
                return item.target_at(position)
        return None

    def is_scale(self, position: QPointF) -> bool:
        """Return whether the colour scale is at a position of the scene."""
        return self._bar is not None and self._bar.sceneBoundingRect().contains(position)

    def highlight(self, name: str, value: Any) -> None:
        """Mark faintly what stands for a value of the selection; None for nothing."""
        for item in self.frames.values():
            item.highlight(name, value, self.theme)

    def reset_zoom(self) -> None:
        """Show all of every frame."""
        for item in self.frames.values():
            item.reset_zoom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown is not None and not self.closed:  # closing takes the viewport away
            if self._n_columns(self._shown) != self._columns:
                self._arrange(self._shown)
            self._share_width(self._shown)
            self._fit()

    def _fit(self) -> None:
        """Break titles, keep squares square and the scale beside the frames, after a change."""
        titles = {name: item.wrapped_title() for name, item in self.frames.items()}
        n_lines = max(map(len, titles.values()), default=0)
        for name, item in self.frames.items():
            item.show_title(titles[name], n_lines)
        self._keep_squares()
        if self._bar is not None:
            self._bar.follow()

    def _zoomed(self, item: FrameItem) -> None:
        item.keep_inside()
        for other in self.frames.values():
            if other is not item:
                other.zoom_with(item)

    def _make_frames(self, shown: Shown) -> None:
        self.ci.clear()
        self._bar, self._scale = None, (None, self.theme)
        while not self.prepare(shown):
            pass
        self.frames = {name: self._prepared[name] for name in shown.frames}
        self._prepared = {}
        self._text_size = small_font().pixelSize()
        for item in self.frames.values():
            item.vb.sigResized.connect(lambda _: self._fit())
            item.vb.sigRangeChangedManually.connect(lambda _, item=item: self._zoomed(item))
        self._rest = QGraphicsWidget()
        self._columns = 0
        self._arrange(shown)

    def _arrange(self, shown: Shown) -> None:
        columns = self._n_columns(shown)
        if columns == self._columns:
            return
        self._columns = columns
        for item in (*self.frames.values(), self._bar, self._rest):
            if item in self.ci.items:
                self.ci.removeItem(item)
        for number, item in enumerate(self.frames.values()):
            self.ci.addItem(item, *divmod(number, columns))
        if any(item.square for item in self.frames.values()):
            rows = -(-len(self.frames) // columns)
            self.ci.addItem(self._rest, rows, columns + 1)  # has what the squares leave
        self._share_width(shown)
        if self._bar is not None:
            self._place_bar()

    def _share_width(self, shown: Shown) -> None:
        """Prefer widths by the shares of frames: Qt's stretch factors only lean that way."""
        if any(item.square for item in self.frames.values()):
            return
        alone = self._columns == len(shown.frames)
        shares = [frame.share if alone else 1.0 for frame in shown.frames.values()]
        shares = shares[: self._columns]
        for column, share in enumerate(shares):
            self.ci.layout.setColumnPreferredWidth(column, self.width() * share / sum(shares))

    def _n_columns(self, shown: Shown) -> int:
        """Return how many frames stand side by side; all rows about equally full."""
        count = len(shown.frames)
        if shown.arranged == "stack" or count == 0:
            return 1
        if any(item.square for item in self.frames.values()):
            return max(range(count, 0, -1), key=lambda columns: self._squares(columns)[0])
        columns = max(1, min(count, self.width() // _NARROWEST))
        rows: int = max(1, min(-(-count // columns), self.height() // _LOWEST))
        return -(-count // rows)

    def _squares(self, columns: int) -> tuple[float, float, list[float], list[float]]:
        """Return the width of equal frames in some columns, and what there is for each to be wider.

        Besides, what columns and rows add to it.
        """
        items = list(self.frames.values())
        rows = range(-(-len(items) // columns))
        around = [item.around() for item in items]
        beside = [max(wide for wide, _ in around[c::columns]) for c in range(columns)]
        over = [max(tall for _, tall in around[r * columns : (r + 1) * columns]) for r in rows]
        left, top, right, bottom = self.ci.layout.getContentsMargins()
        gap = self.ci.layout.horizontalSpacing()
        bar = self._bar.maximumWidth() + gap if self._bar is not None else 0.0
        wide = self.width() - left - right - bar - sum(beside) - gap * columns
        tall = self.height() - top - bottom - sum(over) - gap * len(rows)
        side = min(wide / columns, tall / len(rows) / items[0].square)
        side = max(side, _SMALLEST)
        return side, max(wide / columns - side, 0.0), beside, over

    def _keep_squares(self) -> None:
        """Give frames that keep their aspect as much room as all of them can have alike.

        Where only width is to be had, they are drawn out: names have room there, and cells can be
        pointed at.
        """
        if not any(item.square for item in self.frames.values()):
            return
        side, spare, beside, over = self._squares(self._columns)
        most = max(_STRETCHED * side, min(_MOST_STRETCHED * side, _WIDE))
        wider = min(spare, most - side)
        if wider < (_LEAST_STRETCHED - 1) * side:  # what is nearly square is to be square
            wider = 0.0
        aspect = next(iter(self.frames.values())).square
        for column, width in enumerate(beside):
            self.ci.layout.setColumnFixedWidth(column, width + side + wider)
        for row, height in enumerate(over):
            self.ci.layout.setRowFixedHeight(row, height + side * aspect)
        for item in self.frames.values():
            wide, tall = item.around()
            item.setMaximumSize(wide + side + wider, tall + side * aspect)

    def _paint_scale(self, scale: Scale | None) -> None:
        if (scale, self.theme) == self._scale:
            return
        self._scale = (scale, self.theme)
        if scale is None or not scale.bar:
            if self._bar is not None:
                self.ci.removeItem(self._bar)
                self._bar = None
            return
        if self._bar is None:
            self._bar = ScaleBar(self._frames_area)
            if self.scale_tip:
                self._bar.setToolTip(self.scale_tip)
                self._bar.setCursor(Qt.CursorShape.PointingHandCursor)
            self._place_bar()
        self._bar.show_scale(scale, self.theme)

    def _place_bar(self) -> None:
        """Set the scale right of all rows of frames."""
        columns = max(self._columns, 1)
        rows = -(-len(self.frames) // columns)
        self.ci.addItem(self._bar, 0, columns, rowspan=rows)

    def _frames_area(self) -> QRectF:
        """Return what all frames cover in the scene, without their axes."""
        area = QRectF()
        for item in self.frames.values():
            area = area.united(item.vb.sceneBoundingRect())
        return area
