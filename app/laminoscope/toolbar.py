"""The toolbar: tasks, model, capture and cancel, the layer, search."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from laminoscope import layouts
from laminoscope.actions import ACTIONS
from laminoscope.icons import icon
from laminoscope_core.models.model import ModelInfo
from laminoscope_widgets.named import named
from laminoscope_widgets.number_boxes import WholeBox
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.proportion import at_each_text_size, in_proportion
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import tr

__all__ = ["ToolBar"]

_LARGEST_ICON = 20
"""Pixels of an icon beside large text."""


class ToolBar(QToolBar):
    """What one reaches for most.

    Parameters
    ----------
    actions : mapping of str to QAction
        The window's actions by id.
    model_menu : QMenu
        Opened by the model's button.
    show_task : callable
        Called with the task whose button is pressed.
    """

    def __init__(
        self,
        actions: Mapping[str, QAction],
        model_menu: QMenu,
        show_task: Callable[[layouts.Task], None],
    ) -> None:
        super().__init__(tr("Tools"))
        self._actions = actions
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.tasks = self._add_tasks(show_task)
        self.addSeparator()
        self._model = QToolButton()
        self._model.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._model.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._model.setToolTip(tr("Choose the model."))
        self._model.setText(tr("No model") + " ▾")
        self._model.setMenu(model_menu)
        self.addWidget(self._model)
        self.device = plain_label("", "muted")
        self._device_place = self.addWidget(self.device)
        self.addSeparator()
        self.addAction(actions["run.capture"])
        self.addAction(actions["run.cancel"])
        self.addSeparator()
        self.layer = self._add_layer()
        self._after_layer = self.addSeparator()
        self.alter = QToolButton()
        self.alter.setObjectName("alter")
        self.alter.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        tip = tr("Alter the selected layer or head, and see what that does on this page.")
        self.alter.setToolTip(tip)
        named(self.alter, tr("Alter the model"), tip)
        self.addWidget(self.alter)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self.addAction(actions["help.palette"])
        self._shorter = (
            self._leave_out_device,
            self._leave_out_words,
            self._leave_out_layer,
            self._leave_out_model,
            self._abbreviate_alter,
        )
        at_each_text_size(self, self._fit)

    def _add_tasks(self, show_task: Callable[[layouts.Task], None]) -> dict[str, QAction]:
        group = QActionGroup(self)
        tasks: dict[str, QAction] = {}
        for number, task in enumerate(layouts.TASKS, start=1):
            action = QAction(f"&{number} {task.title}", self, checkable=True, checked=number == 1)
            action.setIconText(task.title)  # of its button
            action.setShortcut(QKeySequence(task.keys))
            tip = tr("{task}: its panels and its inputs.", task=task.title)
            action.setToolTip(f"{tip} {task.keys}")
            action.triggered.connect(lambda _=False, chosen=task: show_task(chosen))
            group.addAction(action)
            self.addAction(action)
            self.widgetForAction(action).setObjectName(f"task:{task.id}")
            tasks[task.id] = action
        return tasks

    def _add_layer(self) -> WholeBox:
        self._by_layer = True
        self._layer_word = self.addWidget(plain_label(f" {tr('Layer')} "))
        self.addAction(self._actions["layer.previous"])
        box = named(WholeBox(minimum=0, maximum=0), tr("Layer"))
        box.setObjectName("layer")
        box.setButtonSymbols(WholeBox.ButtonSymbols.NoButtons)
        box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.setToolTip(tr("The layer that all panels show; drag the line in the curves."))
        self._layer_place = self.addWidget(box)
        self.addAction(self._actions["layer.next"])
        for name in ("layer.previous", "layer.next"):
            button = self.widgetForAction(self._actions[name])
            assert isinstance(button, QToolButton)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return box

    # ---- room

    def _fit(self) -> None:
        """Show so much that nothing is left out that can be pressed: signs, where words lack room.

        What is left out first is said elsewhere, by the status bar or a tool tip.
        """
        side = min(in_proportion(16), _LARGEST_ICON)
        self.setIconSize(QSize(side, side))
        self.layer.setFixedWidth(in_proportion(46))
        for shorten in self._shorter:
            shorten(False)
        for shorten in self._shorter:
            if self.sizeHint().width() <= self.width():
                return
            shorten(True)

    def _leave_out_device(self, out: bool) -> None:
        self._device_place.setVisible(not out)

    def _leave_out_words(self, out: bool) -> None:
        for name in ("run.capture", "run.cancel", "help.palette"):
            _show_text(self.widgetForAction(self._actions[name]), not out)

    def _leave_out_layer(self, out: bool) -> None:
        self._layer_word.setVisible(self._by_layer and not out)

    def _leave_out_model(self, out: bool) -> None:
        _show_text(self._model, not out)

    def _abbreviate_alter(self, short: bool) -> None:
        self.alter.setText(("≠" if short else tr("Alter")) + " ▾")

    def show_task(self, task: layouts.Task) -> None:
        """Mark the task that is shown, and offer its layers if it looks at one."""
        self.tasks[task.id].setChecked(True)
        self._by_layer = task.by_layer
        steps = (self._actions[name] for name in ("layer.previous", "layer.next"))
        for action in (self._layer_place, self._after_layer, *steps):
            action.setVisible(task.by_layer)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_model(self, info: ModelInfo, *, is_open: bool = True) -> None:
        """Name the model whose results are shown, and where it runs."""
        self._model.setText(f"{safe_text(info.title, limit=40)} ▾")
        self._model.setToolTip(f"{tr('Choose the model.')} {safe_text(info.title, rich=True)}")
        self.device.setText(f"{info.device} · {info.dtype}" if is_open else tr("not open"))
        self._fit()

    def apply_theme(self, theme: Theme) -> None:
        """Take icons in a theme's colours."""
        for entry in ACTIONS:
            if entry.icon:
                self._actions[entry.id].setIcon(icon(entry.icon, theme))
        self._model.setIcon(icon("model", theme))


def _show_text(button: QWidget, shown: bool) -> None:
    """Let a button have its text beside its icon, or the icon only."""
    assert isinstance(button, QToolButton)
    style = Qt.ToolButtonStyle
    button.setToolButtonStyle(style.ToolButtonTextBesideIcon if shown else style.ToolButtonIconOnly)
