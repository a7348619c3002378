"""One sampler of the chain as a card: its controls, its bars, and what it did."""

from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QWidget,
)

from laminoscope_core.plots.chain import why
from laminoscope_core.sampling import SAMPLERS, Parameter
from laminoscope_core.sampling.stages import Stage
from laminoscope_widgets.arranging import across, boxed, down, opens
from laminoscope_widgets.explained import explained
from laminoscope_widgets.named import tool_button
from laminoscope_widgets.number_boxes import NumberBox, WholeBox
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.plots.bars import StageBars
from laminoscope_widgets.plots.style import small_font
from laminoscope_widgets.proportion import at_each_text_size, in_proportion
from laminoscope_widgets.spine import Spine, spine_width
from laminoscope_widgets.steps import undone_by_window
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import shown_text, tr
from laminoscope_widgets.typed_line import TypedLine

__all__ = ["SamplerCard", "mass_text"]

_WIDE, _NARROW = 162, 128
_BOX, _BESIDE_TITLE = 54, 64
_BESIDE_ROW = 24
_LINE = 236
"""Pixels around a parameter's name and its box."""


def mass_text(mass: float) -> str:
    """Return removed probability as a percentage with the digits it deserves.

    Examples
    --------
    >>> mass_text(0.1234), mass_text(0.00002), mass_text(0.0)
    ('12.3 %', '< 0.1 %', '0 %')
    """
    if mass == 0:
        return "0 %"
    return "< 0.1 %" if mass < 0.001 else f"{100 * mass:.1f} %"


class SamplerCard(QFrame):
    """A sampler with its parameters; the title can be dragged along the row.

    Folded, it is a spine that only names the sampler.

    Signals: ``changed()``; ``dragged(position)`` while the title is moved, in global
    coordinates, and ``dropped()`` after; ``move_wanted(places)`` from the keyboard;
    ``duplicate_wanted()``, ``remove_wanted()``.
    """

    changed = Signal()
    dragged = Signal(QPoint)
    dropped = Signal()
    move_wanted = Signal(int)
    duplicate_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, item: dict[str, Any], theme: Theme) -> None:
        super().__init__()
        self.name = item["sampler"]
        self.setObjectName("card")
        explained(self, f"samplers#{self.name}")
        sampler = SAMPLERS[self.name]
        title = shown_text(sampler.title)
        self.spine = Spine(title, theme)
        self.spine.clicked.connect(lambda: self.set_folded(False))
        head = self._make_head(item.get("enabled", True))
        self.bars = StageBars(theme)
        self.counts = plain_label("", "muted")
        self.counts.setToolTip(tr("Candidates left, and the probability that was removed."))
        self.spread = plain_label("", "muted")
        self.spread.setToolTip(
            tr(
                "Entropy of what is left, in nats, and perplexity:"
                " as uncertain as so many equally likely tokens."
            )
        )
        self.reason = plain_label("", wraps=True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._labels: list[QLabel] = []
        self.controls: dict[str, NumberBox | WholeBox | TypedLine] = {}
        self._body = QWidget()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        for place, parameter in enumerate(sampler.parameters):
            called, says = shown_text(parameter.title), shown_text(parameter.help)
            control = self._control(parameter, item.get(parameter.name, parameter.default))
            if not isinstance(control, TypedLine):  # which says more where something is wrong
                control.setToolTip(says)
            control.setAccessibleDescription(says)
            control.setAccessibleName(f"{title} {called}")
            self.controls[parameter.name] = control
            if parameter.kind == "text":  # needs the whole width
                grid.addWidget(control, place, 0, 1, 2)
                continue
            label = plain_label(called)
            label.setToolTip(says)
            self._labels.append(label)
            grid.addWidget(label, place, 0)
            grid.addWidget(control, place, 1)
        grid.setColumnStretch(0, 1)
        self._face = boxed(
            down(
                head,
                self.bars,
                self.counts,
                self.spread,
                self.reason,
                self._body,
                1,
                margins=(8, 5, 8, 6),
                spacing=3,
            )
        )
        self.setLayout(across(self.spine, self._face))
        self._body.setEnabled(self.switch.isChecked())
        self._width = 0
        self.set_folded(False)
        at_each_text_size(self, self._fit)

    def _fit(self) -> None:
        """Let everything have the room that its text asks for."""
        for label in (self.counts, self.spread, self.reason, *self._labels):
            label.setFont(small_font())
        many = len(SAMPLERS[self.name].parameters) > 2
        line = QFontMetrics(self.reason.font()).lineSpacing()
        self.reason.setFixedHeight((3 if many else 4) * line + 2)
        texts = [p.name for p in SAMPLERS[self.name].parameters if p.kind == "text"]
        for name, control in self.controls.items():
            control.setFixedWidth(in_proportion(_LINE if name in texts else _BOX))
        title = QFontMetrics(bold_font()).horizontalAdvance(self.grip.text())
        least = _LINE + _BESIDE_ROW if texts else _WIDE if many else _NARROW
        names = [label.sizeHint().width() for label in self._labels]
        rows = max(names, default=0) + in_proportion(_BOX) + _BESIDE_ROW
        self._width = max(in_proportion(least), title + in_proportion(_BESIDE_TITLE), rows)
        self.set_folded(self.folded)

    def _make_head(self, enabled: bool) -> QHBoxLayout:
        sampler = SAMPLERS[self.name]
        title = shown_text(sampler.title)
        self.switch = QCheckBox()
        self.switch.setToolTip(tr("Switch this sampler on or off."))
        self.switch.setAccessibleName(tr("{sampler} on", sampler=title))
        self.switch.setChecked(enabled)
        self.switch.toggled.connect(self._switched)
        self.grip = _Grip(title)
        self.grip.setToolTip(tr("{help} Drag to move it.", help=shown_text(sampler.help)))
        self.grip.moved.connect(self.dragged)
        self.grip.released.connect(self.dropped)
        menu_button = tool_button(
            "⋯",
            tr("Move, fold, duplicate or remove this sampler."),
            tr("{sampler} menu", sampler=title),
            flat=True,
        )
        at_each_text_size(menu_button, lambda: menu_button.setFixedWidth(in_proportion(20)))
        menu = QMenu(menu_button)
        menu.addAction(tr("Move left")).triggered.connect(lambda: self.move_wanted.emit(-1))
        menu.addAction(tr("Move right")).triggered.connect(lambda: self.move_wanted.emit(1))
        menu.addAction(tr("Fold")).triggered.connect(lambda: self.set_folded(True))
        menu.addSeparator()
        menu.addAction(tr("Duplicate")).triggered.connect(self.duplicate_wanted)
        menu.addAction(tr("Remove")).triggered.connect(self.remove_wanted)
        return across(self.switch, (self.grip, 1), opens(menu_button, menu), spacing=3)

    def set_folded(self, folded: bool) -> None:
        """Show only the spine, or the whole card."""
        self.spine.setVisible(folded)
        self._face.setVisible(not folded)
        self.setFixedWidth(spine_width() if folded else self._width)

    @property
    def folded(self) -> bool:
        """Whether only the spine is shown."""
        return not self._face.isVisibleTo(self)

    def item(self) -> dict[str, Any]:
        """Return the sampler as `Chain.from_list` takes it; a list half typed is what it was."""
        values = {name: control.value() for name, control in self.controls.items()}
        off = {} if self.switch.isChecked() else {"enabled": False}
        return {"sampler": self.name, **values, **off}

    def set_item(self, item: dict[str, Any]) -> None:
        """Set the controls of the same sampler, without reporting a change."""
        self.blockSignals(True)
        self.switch.setChecked(item.get("enabled", True))
        parameters = SAMPLERS[self.name].parameters
        values = {p.name: item.get(p.name, p.default) for p in parameters}
        for name, control in self.controls.items():
            if isinstance(control, TypedLine):
                control.set_value(values[name])
            else:
                control.setValue(values[name])
        self.blockSignals(False)

    def set_stage(self, stage: Stage, top: float) -> None:
        """Show what the sampler did; ``top`` is the probability of the tallest bar."""
        self.bars.set_stage(stage, top)
        self.spine.set_active(stage.kept is not stage.received)
        removed = f" · −{mass_text(stage.removed_mass)}" if stage.removed_mass else ""
        self.counts.setText(tr("{n:,} left", n=len(stage.kept)) + removed)
        spread = {"entropy": f"{stage.entropy:.2f}", "perplexity": f"{stage.kept.perplexity:.1f}"}
        self.spread.setText(tr("entropy {entropy}\nperplexity {perplexity}", **spread))
        reason = shown_text(why(stage.reason))
        self.reason.setText(safe_text(reason, limit=90))
        self.reason.setToolTip(safe_text(reason, limit=400, rich=True))

    def clear_stage(self) -> None:
        """Show the sampler alone: nothing is known that it was applied to."""
        self.bars.clear()
        for label in (self.counts, self.spread, self.reason):
            label.clear()
        self.reason.setToolTip("")

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.bars.apply_theme(theme)
        self.spine.apply_theme(theme)

    def _switched(self, on: bool) -> None:
        self._body.setEnabled(on)
        self.changed.emit()

    def _control(self, parameter: Parameter, value: Any) -> NumberBox | WholeBox | TypedLine:
        if parameter.kind in ("breakers", "text"):
            line = TypedLine(self.name, parameter, value)
            line.accepted.connect(self.changed)
            line.refused.connect(self._refused)
            return line
        low, high = parameter.usual
        if parameter.kind == "int":
            box: NumberBox | WholeBox = _CalmWholeBox()
            box.setRange(int(parameter.minimum), int(parameter.maximum))
        else:
            box = _CalmNumberBox()
            box.setRange(parameter.minimum, parameter.maximum)
            box.setSingleStep(max(0.01, round((high - low) / 20, 2)))
        box.setButtonSymbols(WholeBox.ButtonSymbols.UpDownArrows)
        box.setValue(value)
        box.valueChanged.connect(self.changed)
        return undone_by_window(box)

    def _refused(self, problem: str) -> None:
        """Say below the bars what is wrong with what is typed, until it can be used."""
        if problem:
            self.reason.setText(safe_text(problem, limit=90))
            self.reason.setToolTip(safe_text(problem, limit=400, rich=True))


def bold_font() -> QFont:
    """Return the face of titles."""
    font = QApplication.font()
    font.setBold(True)
    return font


class _Grip(QLabel):
    """The title of a card; reports drags."""

    moved = Signal(QPoint)
    released = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName("panelTitle")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._pressed = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.button() == Qt.MouseButton.LeftButton

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed:
            self.moved.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed:
            self._pressed = False
            self.released.emit()


class _CalmWholeBox(WholeBox):
    """Scrolling past it does not change it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _CalmNumberBox(NumberBox):
    """Scrolling past it does not change it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
