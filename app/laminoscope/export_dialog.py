"""The dialog that composes a figure: which plots, how wide, how it looks, with a preview."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from laminoscope.drawings import Drawing, Drawings
from laminoscope.jobs.entry import Entry
from laminoscope.jobs.errands import Errands
from laminoscope_core.figures import PRESETS, Style
from laminoscope_core.run.results import RunResult
from laminoscope_core.theme import DEPTH, DIVERGING, DIVERGING_MAPS, SEQUENTIAL, SEQUENTIAL_MAPS
from laminoscope_widgets.colour_map_box import map_box
from laminoscope_widgets.explained import explained
from laminoscope_widgets.number_boxes import NumberBox, WholeBox
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, shown_text, tr

if TYPE_CHECKING:
    from laminoscope_core.figures import Spec

__all__ = ["ExportDialog"]

_FRAME = QSize(16, 48)
"""What a window manager takes around the dialog."""
_REDRAW_AFTER = 150
"""Milliseconds from the last change to the preview."""
_PREVIEW_DPI = 130
_SIZES = (mark("single column"), mark("1.5 column"), mark("double column"), mark("slide"))
"""The names of `PRESETS`."""
_CUSTOM = mark("custom")
_STOPPED = mark("The preview was cancelled. Change something to have it drawn.")


class ExportDialog(QDialog):
    """Stays open beside the window; what it shows is what was shown when it was opened.

    Parameters
    ----------
    drawings : Drawings
        Draw and write.
    run : RunResult
        The results that are shown.
    plots : dict of str to Spec
        What can be put into the figure, by panel.
    titles : dict of str to str
        Their names.
    chosen : set of str
        Those that are in it at first.
    row_of : dict of str to int
        The row of the window that each stands in.
    parent : QWidget
        The window.
    maps : tuple of (str, str)
        Colour maps at first: of numbers without a sign, and about zero.
    """

    def __init__(
        self,
        drawings: Drawings,
        run: RunResult,
        plots: "dict[str, Spec]",
        titles: dict[str, str],
        chosen: set[str],
        row_of: dict[str, int],
        parent: QWidget,
        maps: tuple[str, str] = (SEQUENTIAL, DIVERGING),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export figure"))
        explained(self, "files")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(QSize(1060, 720).boundedTo(self.screen().availableSize() - _FRAME))
        self._drawings = drawings
        self._run = run
        self._plots = plots
        self._row_of = row_of
        self._maps = maps
        self._previews = Errands(
            drawings.jobs, lambda _: self._show_text(tr(_STOPPED)), self._show_text, self
        )
        self._preview: Entry | None = None
        self._pixmap = QPixmap()
        self._timer = QTimer(self, singleShot=True, interval=_REDRAW_AFTER)
        self._timer.timeout.connect(self._draw)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(16)
        row.addLayout(self._make_controls(titles, chosen))
        row.addWidget(self._make_preview(), 1)
        self._take_preset()
        self._draw()

    # ---- building

    def _make_controls(self, titles: dict[str, str], chosen: set[str]) -> QVBoxLayout:
        self.list = QListWidget()
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setToolTip(tr("Tick the plots of the figure; drag them into order."))
        self.list.setAccessibleName(tr("Plots of the figure"))
        self.list.setFixedWidth(270)
        for name, title in titles.items():
            item = QListWidgetItem(title, self.list)
            item.setData(Qt.ItemDataRole.UserRole, name)
            state = Qt.CheckState.Checked if name in chosen else Qt.CheckState.Unchecked
            item.setCheckState(state)
        self.list.setSpacing(3)
        self.list.setFixedHeight(min(10 + 26 * len(titles), 220))
        self.per_row = QComboBox()
        self.per_row.addItem(tr("as in the window"), 0)
        for number in (1, 2, 3, 4):
            self.per_row.addItem(tr("{n} in a row", n=number), number)
        self.preset = QComboBox()
        for name in (*_SIZES, _CUSTOM):
            self.preset.addItem(tr(name), name)
        self.preset.setCurrentIndex(self.preset.findData("double column"))
        self.width_box = NumberBox(minimum=30, maximum=1000, decimals=2, suffix=" mm")
        self.font_box = NumberBox(minimum=3, maximum=40, decimals=2, suffix=" pt")
        self.dpi_box = WholeBox(minimum=36, maximum=1200, singleStep=50, suffix=" dpi")
        self.sequential = map_box(SEQUENTIAL_MAPS, self._maps[0])
        self.diverging = map_box(DIVERGING_MAPS, self._maps[1])
        self.layers = map_box(SEQUENTIAL_MAPS, DEPTH)
        for box in (self.sequential, self.diverging, self.layers):
            box.currentIndexChanged.connect(self._changed)
        self.letters = QCheckBox(tr("Letters a, b, c"))
        self.marks = QCheckBox(tr("Mark what is selected"))
        self.dark = QCheckBox(tr("Dark"))
        self.transparent = QCheckBox(tr("Transparent background"))
        self.mark = QCheckBox(tr("Data for spreadsheets (byte order mark)"))
        self.mark.setToolTip(
            tr("Begin CSV and TSV with a mark, so that Excel reads them as UTF-8.")
        )
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, field, tip in (
            (tr("Rows"), self.per_row, tr("How many plots stand side by side.")),
            (tr("Size"), self.preset, tr("Usual sizes; each sets width, text and picture.")),
            (tr("Width"), self.width_box, tr("Width of the figure.")),
            (tr("Text"), self.font_box, tr("Size of the text.")),
            (tr("Picture"), self.dpi_box, tr("Dots per inch of a PNG.")),
            (tr("Colours"), self.sequential, tr("Colour map of values without a sign.")),
            (tr("… of signed values"), self.diverging, tr("Colour map of values about zero.")),
            (
                tr("… of layers"),
                self.layers,
                tr("Colours of the layers, from the first to the last."),
            ),
        ):
            field.setToolTip(tip)
            form.addRow(title, field)
        form.setVerticalSpacing(5)
        checks = QVBoxLayout()
        checks.setSpacing(4)
        for check, tip in (
            (self.letters, tr("Name each plot by a letter at its corner.")),
            (self.marks, tr("Mark in the plots what is selected in the window.")),
            (self.dark, tr("Draw in the colours of the dark theme.")),
            (self.transparent, tr("Leave out the background of the figure.")),
        ):
            check.setToolTip(tip)
            checks.addWidget(check)
            check.toggled.connect(self._changed)
        checks.addWidget(self.mark)
        column = QVBoxLayout()
        column.addWidget(plain_label(tr("Plots"), "panelTitle"))
        column.addWidget(self.list)
        column.addLayout(form)
        column.addLayout(checks)
        column.addStretch(1)
        buttons = QGridLayout()
        for number, (title, act, tip) in enumerate(self._commands()):
            button = QPushButton(title)
            button.setToolTip(tip)
            button.clicked.connect(act)
            button.setDefault(number == 0)
            buttons.addWidget(button, number // 2, number % 2)
        column.addLayout(buttons)
        self.list.itemChanged.connect(self._changed)
        self.list.model().rowsMoved.connect(self._changed)
        self.per_row.currentIndexChanged.connect(self._changed)
        self.preset.currentIndexChanged.connect(lambda _: self._take_preset())
        for size in (self.width_box, self.font_box, self.dpi_box):
            size.valueChanged.connect(self._size_changed)
        return column

    def _commands(self) -> tuple[tuple[str, Callable[[], None], str], ...]:
        return (
            (tr("Save figure…"), self._save, tr("As SVG, PDF or PNG.")),
            (
                tr("Copy"),
                self._copy,
                tr("Onto the clipboard, as a picture and as vector graphics."),
            ),
            (
                tr("Save data…"),
                self._save_data,
                tr("The numbers of the plots: a file, or a folder."),
            ),
            (
                tr("Save script…"),
                self._save_script,
                tr("A Python script that makes this figure again."),
            ),
        )

    def _make_preview(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self.preview = QLabel()
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setWordWrap(True)
        self.preview.setAccessibleName(tr("Preview of the figure"))
        self.preview.setStyleSheet("background: #80868f; color: white; padding: 12px")
        self._paper = QScrollArea()
        self._paper.setWidget(self.preview)
        self._paper.setWidgetResizable(True)
        self._paper.setMinimumSize(420, 300)
        self._paper.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.caption = plain_label("", "muted")
        column.addWidget(self._paper, 1)
        column.addWidget(self.caption)
        return holder

    # ---- what is wanted

    def style_wanted(self) -> Style:
        """Return the look that the controls describe."""
        return replace(
            Style(),
            width=self.width_box.value(),
            font_size=self.font_box.value(),
            dpi=self.dpi_box.value(),
            letters=self.letters.isChecked(),
            marks=self.marks.isChecked(),
            appearance="dark" if self.dark.isChecked() else "light",
            transparent=self.transparent.isChecked(),
            sequential=self.sequential.currentData(),
            diverging=self.diverging.currentData(),
            depth=self.layers.currentData(),
        )

    def rows_wanted(self) -> "list[list[Spec]]":
        """Return the ticked plots in their order, row by row."""
        items = (self.list.item(index) for index in range(self.list.count()))
        names = [
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]
        n = self.per_row.currentData()
        if n == 0:
            rows = [[name for name in names if self._row_of[name] == row] for row in self._rows()]
        else:
            rows = [names[start : start + n] for start in range(0, len(names), n)]
        return [[self._plots[name] for name in row] for row in rows if row]

    def _rows(self) -> list[int]:
        return sorted(set(self._row_of.values()))

    def _take_preset(self) -> None:
        style = PRESETS.get(self.preset.currentData())
        if style is None:
            return
        boxes = (self.width_box, self.font_box, self.dpi_box, self.letters, self.marks)
        for box in boxes:
            box.blockSignals(True)
        self.width_box.setValue(style.width)
        self.font_box.setValue(style.font_size)
        self.dpi_box.setValue(style.dpi)
        self.letters.setChecked(style.letters)
        self.marks.setChecked(style.marks)
        for box in boxes:
            box.blockSignals(False)
        self._changed()

    def _size_changed(self) -> None:
        self.preset.setCurrentIndex(self.preset.findData(_CUSTOM))
        self._changed()

    def _changed(self, *_: object) -> None:
        self._timer.start()

    # ---- the preview

    def _drawing(self) -> Drawing | None:
        rows = self.rows_wanted()
        if not rows:
            self._show_text(tr("Tick at least one plot."))
            return None
        try:
            style = self.style_wanted()
        except ValueError:  # the boxes allow nothing else that is none
            self._show_text(
                tr("This is too narrow for its type. Make it wider, or the type smaller.")
            )
            return None
        return Drawing(self._run, rows, style)

    def _draw(self) -> None:
        drawing = self._drawing()
        if drawing is None:
            self._drop_preview()
            return
        self.caption.setText(tr("Drawing…"))
        rough = replace(drawing, style=replace(drawing.style, dpi=_PREVIEW_DPI))
        self._preview = self._previews.do(
            tr("Preview of a figure"),
            lambda job: rough.bytes(job, "png")["png"],
            lambda content: self._show_picture(content, drawing),
            measure=drawing.measure(),
            key=("preview", id(self)),
            listed=False,
        )

    def _drop_preview(self) -> None:
        """Draw no more of what is not shown any more."""
        if self._preview is not None:
            self._previews.drop(self._preview)

    def _show_picture(self, content: bytes, drawing: Drawing) -> None:
        self._pixmap.loadFromData(content, "PNG")
        height = self._pixmap.height() / _PREVIEW_DPI * 25.4
        size = f"{self.width_box.value():.0f} × {height:.0f} mm"
        takes = self._drawings.foreseen(drawing)
        said = tr("saving takes {time}", time=takes) if takes else ""
        self.caption.setText(" · ".join(filter(None, (size, said))))
        self._fit()

    def _show_text(self, text: str, _details: str = "") -> None:
        self._pixmap = QPixmap()
        self.preview.setText(safe_text(shown_text(text), limit=400))
        self.caption.setText("")

    def _fit(self) -> None:
        if self._pixmap.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = self._paper.width() - self._paper.verticalScrollBar().sizeHint().width() - 32
        width = min(round(room * ratio), round(self._pixmap.width() * ratio))
        shown = self._pixmap.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        self.preview.setPixmap(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def done(self, result: int) -> None:
        self._drop_preview()
        self._timer.stop()
        super().done(result)

    # ---- buttons

    def _save(self) -> None:
        if (drawing := self._drawing()) is not None:
            self._drawings.save(drawing)

    def _copy(self) -> None:
        if (drawing := self._drawing()) is not None:
            self._drawings.copy(drawing, tr("the figure"))

    def _save_data(self) -> None:
        if (drawing := self._drawing()) is not None:
            self._drawings.save_data(drawing, mark=self.mark.isChecked())

    def _save_script(self) -> None:
        if (drawing := self._drawing()) is not None:
            self._drawings.save_script(drawing)
