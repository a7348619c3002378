"""The base of all panels: a title bar, a body, an empty state, and the shared selection."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, ClassVar

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from laminoscope_core.plots.registry import Spec, State
from laminoscope_core.selection import Selection
from laminoscope_widgets.category_names import CategoryNames
from laminoscope_widgets.labels import ElidedLabel
from laminoscope_widgets.named import named, tool_button
from laminoscope_widgets.proportion import at_each_text_size, in_proportion
from laminoscope_widgets.state_choice import SIGNS, TIPS
from laminoscope_widgets.steps import Step, undone_by_window
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.title_bar import TitleBar
from laminoscope_widgets.translation import tr

__all__ = [
    "InputPanel",
    "Panel",
    "UpdateQueue",
    "Workspace",
    "plain_label",
]

_BUTTON = 22
"""Pixels of a button of the title bar, beside text of 12 pixels."""

_TURN = 0.005
"""Seconds after which no further panel is drawn in the same turn."""
DIM_AFTER = 200
"""Milliseconds that a panel is stale before it is dimmed: what is there again sooner shall not
flash."""
_VEILS = {
    "light": (QPainter.CompositionMode.CompositionMode_Multiply, "#dbdbdb"),
    "dark": (QPainter.CompositionMode.CompositionMode_Screen, "#191919"),
}
"""What lies over a dimmed panel, by theme: it greys the ground and hardly the text, of which the
muted one, too, keeps a contrast of 4.5 to 1."""


def plain_label(text: str = "", name: str = "", *, wraps: bool = False) -> QLabel:
    """Return a label that shows its text as it stands, never as markup."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName(name)
    label.setWordWrap(wraps)
    return label


class UpdateQueue(QObject):
    """Draws a few panels at a time, so that the window paints and answers in between.

    ``emptied`` is emitted when all have been drawn and painted.

    Parameters
    ----------
    parent : QObject
        Whose life it shares.
    """

    emptied = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[Panel, None] = {}
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._draw_next)

    def add(self, panel: "Panel") -> None:
        """Draw a panel soon; once, however often it is asked for."""
        self._waiting[panel] = None
        self._timer.start()

    def idle(self) -> bool:
        """Return whether everything asked for has been drawn."""
        return not self._waiting

    def _draw_next(self) -> None:
        if not self._waiting:
            self.emptied.emit()
            return
        self._timer.start()
        end = perf_counter() + _TURN
        while self._waiting:
            panel = next(iter(self._waiting))
            del self._waiting[panel]
            panel.update_now()
            if perf_counter() > end:
                return


@dataclass
class Workspace:
    """What the panels of a window share.

    Attributes
    ----------
    selection : Selection
        What the user points at.
    theme : Theme
        The colours at first; later ones come through `Panel.apply_theme`.
    updates : UpdateQueue
        Where panels ask to be drawn.
    asked : dict of str to Params
        By analysis: parameters that were asked for last and have not come with a result yet.
    categories : CategoryNames
        Which colour each category has.
    foresee : callable
        Returns what is to be said of how long a task will take, by its name and its size.
    """

    selection: Selection
    theme: Theme
    updates: UpdateQueue
    asked: dict[str, Any] = field(default_factory=dict)
    categories: CategoryNames = field(default_factory=CategoryNames)
    foresee: Callable[[str, int], str] = lambda _task, _units: ""


class Panel(QFrame):
    """One view of the results.

    A subclass names itself and what it needs, builds its body in ``__init__`` with `set_body`,
    and fills it in `update_view`, which is called after a result, the selection or the theme
    has changed (once, soon after, however many of them have).

    Attributes
    ----------
    id, title : str
        For the menu, the page and the session.
    requires : tuple of str
        Ids of the analyses that it shows.
    help_topic : str
        Name of its help text in the resources.
    follows : tuple of str
        Fields of the selection after whose change it is updated.
    state_attrs : tuple of str
        Attributes that are saved with the window.
    shows_all : bool
        Whether its row is always high enough for all of it.

    Signals, among others: ``pointed()`` when something that it follows was selected;
    ``changed(step)`` when a person has changed what `undo_state` gives,
    ``front_wanted()`` when what it shows was just asked for, and may stand behind another panel,
    ``title_changed(title)`` when that says another state of the model.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    requires: ClassVar[tuple[str, ...]] = ()
    help_topic: ClassVar[str] = ""
    follows: ClassVar[tuple[str, ...]] = ()
    state_attrs: ClassVar[tuple[str, ...]] = ()
    shows_all: ClassVar[bool] = False

    capture_wanted = Signal()
    help_wanted = Signal(str)
    params_wanted = Signal(str, object)
    question_wanted = Signal(object, object)
    menu_wanted = Signal(object, QPoint)
    fill_wanted = Signal()
    front_wanted = Signal()
    result_taken = Signal(str, object)
    pointed = Signal()
    changed = Signal(object)
    title_changed = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName(f"panel:{self.id}")
        self._held: dict[str, QWidget] = {}
        self.selection = workspace.selection
        self.theme = workspace.theme
        self.category_names = workspace.categories
        self._updates = workspace.updates
        self.asked = workspace.asked
        self.foresee = workspace.foresee
        self._missed = False
        self._noted = ""
        self.results: dict[str, Any] = {}
        self.altered = False
        self._runs: dict[str, int] = {}
        self._stale = False
        self.title_bar = self._make_title_bar()
        self._empty = plain_label("", "emptyState")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._progress = QProgressBar(minimum=0, maximum=1000, textVisible=False)
        self._progress.setMaximumWidth(320)
        self._progress.hide()
        self._start = QPushButton(tr("Capture"))
        self._start.clicked.connect(self.capture_wanted)
        self._stack = QStackedLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.title_bar)
        layout.addLayout(self._stack, 1)
        self._stack.addWidget(self._make_empty_page())  # whose parent is the panel by now
        self._veil = _Veil(self)
        self._dim_later = QTimer(self, singleShot=True, interval=DIM_AFTER)
        self._dim_later.timeout.connect(self._dim)
        for name in self.follows:
            getattr(self.selection.events, name).connect(self._selection_changed)
        if "prompt" in self.follows:
            self.selection.events.prompt_is_read.connect(self._selection_changed)
        self.set_empty(tr("Nothing captured yet."))

    def _make_empty_page(self) -> QWidget:
        page = QWidget()
        page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self._empty)
        row = QHBoxLayout()
        row.addWidget(self._progress)
        column.addLayout(row)
        column.addWidget(self._start, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _make_title_bar(self) -> TitleBar:
        self._title = plain_label(self.shown_title, "panelTitle")
        self._note = ElidedLabel()
        self._note.setObjectName("panelNote")
        bar = TitleBar(self._title, self._note)
        self.controls = bar.controls
        if self.has_figure():
            more = tool_button(
                "⋯",
                tr("Export, copy or view what this panel shows."),
                tr("Export, copy or view: {title}", title=self.shown_title),
                flat=True,
            )
            more.clicked.connect(
                lambda: self.menu_wanted.emit(self, more.mapToGlobal(more.rect().bottomLeft()))
            )
            self._add_small_button(bar, more)
        self._fill_button = tool_button("", "", flat=True)
        self._fill_button.clicked.connect(self.fill_wanted)
        self._add_small_button(bar, self._fill_button)
        self.show_filled(filled=False)
        help_button = tool_button(
            "?", tr("What is this?"), tr("What is this? {title}", title=self.shown_title), flat=True
        )
        help_button.clicked.connect(lambda: self.help_wanted.emit(self.help_topic))
        self._add_small_button(bar, help_button)
        return bar

    @staticmethod
    def _add_small_button(bar: TitleBar, button: QToolButton) -> None:
        """Put a button with a sign at the end of a title bar."""
        at_each_text_size(button, lambda: button.setFixedWidth(in_proportion(_BUTTON)))
        bar.add_button(button)

    @property
    def shown_title(self) -> str:
        """The title in the language of the window."""
        return tr(self.title)

    def hide_title(self) -> None:
        """Leave the title to the tab that the panel stands behind."""
        self._title.hide()

    def show_filled(self, *, filled: bool) -> None:
        """Say whether the panel takes the whole page."""
        tip = tr(
            "Show all panels again (Esc)." if filled else "Let this panel take the whole page."
        )
        self._fill_button.setText("⤡" if filled else "⤢")
        self._fill_button.setToolTip(tip)
        name = tr("Return: {title}" if filled else "Fill the page: {title}", title=self.shown_title)
        named(self._fill_button, name, tip)

    def take_keyboard(self) -> None:
        """Give the keyboard to what the panel shows, or to its title bar's first button."""
        within = [child for child in self.findChildren(QWidget) if child.isVisible()]
        tab = Qt.FocusPolicy.TabFocus
        taking = [child for child in within if child.focusPolicy() & tab and child.isEnabled()]
        body = [child for child in taking if not self.title_bar.isAncestorOf(child)]
        for child in (*body, *taking):
            child.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return

    def show_in_use(self, *, in_use: bool) -> None:
        """Mark the panel that has the keyboard by its frame."""
        if self.property("inUse") != in_use:
            self.setProperty("inUse", in_use)
            self.style().polish(self)

    def set_body(self, body: QWidget) -> None:
        """Take the widget that shows the results."""
        self._stack.addWidget(body)

    def set_note(self, text: str) -> None:
        """Show a short line beside the title: what is drawn, with its n."""
        if text == self._noted:
            return
        self._noted = text
        self._note.set_full_text(safe_text(text, limit=None))
        self._note.setToolTip(safe_text(text, limit=None, rich=True))
        self.title_bar.place_note()

    def set_altered(self, *, altered: bool) -> None:
        """Notice whether the results that follow are of the altered model."""
        self.altered = altered
        self.name_state("after" if altered else None)
        self.set_note("")

    def name_state(self, state: State | None) -> None:
        """Say in the title which state of an altered model is shown; None if none is altered."""
        title = self.shown_title if state is None else f"{SIGNS[state]} {self.shown_title}"
        if title != self._title.text():
            self._title.setText(title)
            self._title.setToolTip("" if state is None else tr(TIPS[state]))
            self.title_changed.emit(title)

    def set_empty(self, text: str) -> None:
        """Say what to do next, instead of showing results."""
        self._idle_text = text
        self._empty.setText(safe_text(text, limit=None))
        self._stack.setCurrentIndex(0)

    @property
    def is_unread(self) -> bool:
        """Whether it is about one prompt, and the one that is edited has not been read."""
        return "prompt" in self.follows and not self.selection.prompt_is_read

    def _say_what_to_do(self) -> None:
        """Let the empty page say what to do next, and its button do it."""
        unread = self.is_unread and bool(self.results)
        if self._start.menu() is None:
            self._start.setText(tr("Read the changes" if unread else "Capture"))
        said = tr("This prompt has not been read yet.") if unread else self._idle_text
        self._empty.setText(safe_text(said, limit=None))

    def set_start(self, text: str, menu: QMenu) -> None:
        """Let the button of the empty page open a menu, instead of capturing."""
        self._start.clicked.disconnect(self.capture_wanted)
        self._start.setText(text)
        self._start.setMenu(menu)

    def set_result(self, analysis: str, result: object) -> None:
        """Take the result of one of the analyses in ``requires``."""
        self.results[analysis] = result
        self.result_changed(analysis)
        self.result_taken.emit(analysis, result)
        self.schedule_update()

    def wants(self, name: str) -> bool:
        """Return whether it is given a result, by the id that panels know it by."""
        return name in self.requires

    def result_changed(self, analysis: str) -> None:
        """Adapt to a new result before it is drawn; for subclasses."""

    def forget(self, names: set[str]) -> None:
        """Forget results that no longer belong to what is open."""
        for name in names:
            self.results.pop(name, None)
        if self.requires and self.requires[0] not in self.results:
            self._stack.setCurrentIndex(0)
            self._veil.hide()
            self.set_note("")

    def take_result(self, analysis: str, result: object, run: int) -> None:
        """Take a result, and by which run it was made."""
        self._runs[analysis] = run
        self.set_result(analysis, result)

    def is_stale(self, awaited: Mapping[str, int]) -> bool:
        """Return whether something that is shown will be replaced by the result of another run.

        Parameters
        ----------
        awaited : mapping of str to int
            The runs that are under way, by the ids of the results that they will hand out.
        """
        return any(awaited.get(name, run) != run for name, run in self._shown_runs())

    def _shown_runs(self) -> Iterator[tuple[str, int]]:
        yield from ((name, run) for name, run in self._runs.items() if name in self.results)

    def set_stale(self, stale: bool) -> None:
        """Dim what is shown while it is being computed anew, unless that takes a moment only."""
        if not stale:
            self._dim_later.stop()
            self._veil.hide()
        elif not self._stale:
            self._dim_later.start()
        self._stale = stale

    def _dim(self) -> None:
        if self._stack.currentIndex() > 0:  # results are shown, and not what to do next
            self._cover()
            self._veil.show()
            self._veil.raise_()

    def _cover(self) -> None:
        """Let the veil lie over the body, and leave the title bar free."""
        if (body := self._stack.currentWidget()) is not None:
            self._veil.setGeometry(body.geometry())

    def settle(self) -> None:
        """Notice that no job will change what is shown any more; for subclasses."""

    def set_progress(self, fraction: float | None, text: str, *, waiting: bool) -> None:
        """Tell on the empty page how far a job is.

        Parameters
        ----------
        fraction : float or None
            None where progress is shown elsewhere.
        text : str
            What is being done.
        waiting : bool
            Whether a job runs.
        """
        self._progress.setVisible(fraction is not None)
        self._start.setVisible(not waiting)
        if fraction is not None:
            self._progress.setValue(int(fraction * 1000))
            self._empty.setText(safe_text(text, limit=None))
        elif waiting:
            self._empty.clear()
        else:
            self._say_what_to_do()

    def apply_theme(self, theme: Theme) -> None:
        """Take a theme and draw again."""
        self.theme = theme
        self._veil.update()
        self.schedule_update()

    def schedule_update(self) -> None:
        """Ask for `update_view` soon."""
        self._updates.add(self)

    def update_view(self) -> None:
        """Draw from ``results`` and ``selection``; called only with all of ``requires[:1]``."""
        raise NotImplementedError

    @classmethod
    def has_figure(cls) -> bool:
        """Return whether the panel shows something that can be drawn as a figure."""
        return cls.figure is not Panel.figure

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(self, event.globalPos())

    def figure(self) -> Spec | None:
        """Return what the panel shows now as a plot of a figure; None if there is no such plot.

        Its numbers come from `results`, under the same ids.
        """
        return None

    def _selection_changed(self, *_: object) -> None:
        self.pointed.emit()
        if self.isVisible():
            self.schedule_update()
        else:
            self._missed = True

    def update_now(self) -> None:
        """Draw, if there is a result to draw and someone can see it; else when it is shown."""
        if not self.isVisible():
            self._missed = True
            return
        if self.requires and self.requires[0] in self.results:
            if self.is_unread:
                self.show_unread()
                return
            if self._stack.currentIndex() == 0:
                self._stack.setCurrentIndex(1)
                if self._stale:
                    self._dim_later.start()
            self.update_view()

    def show_unread(self) -> None:
        """Say of a prompt that it has not been read, and offer to read it."""
        self._say_what_to_do()
        self._stack.setCurrentIndex(0)
        self._veil.hide()
        self.set_note("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._missed:
            self._missed = False
            self.schedule_update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cover()

    def hold(self, name: str, control: QWidget, called: str) -> None:
        """Let the session keep what stands in a control, and the window undo its changes.

        Parameters
        ----------
        name : str
            Its name in `save_state`.
        control : QWidget
            A line, a box or a switch.
        called : str
            What it sets, as the Edit menu says it after "Change".
        """
        if isinstance(control, (QLineEdit, QAbstractSpinBox)):
            undone_by_window(control)
        self._held[name] = control
        step = Step(tr("Change {called}", called=called), field=name)
        told = control.metaObject().userProperty().notifySignal().name().toStdString()
        getattr(control, told).connect(lambda *_: self.changed.emit(step))

    def save_state(self) -> dict[str, Any]:
        """Return what the session keeps of this panel."""
        held = {
            name: control.metaObject().userProperty().read(control)
            for name, control in self._held.items()
        }
        return {**held, **{name: getattr(self, name) for name in self.state_attrs}}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take back what `save_state` gave; unknown names are ignored."""
        for name, control in self._held.items():
            if name in state:
                control.metaObject().userProperty().write(control, state[name])
        for name in self.state_attrs:
            if name in state:
                setattr(self, name, state[name])

    def undo_state(self) -> Any:
        """Return all that a person can change here, as a value to compare and to take back."""
        return self.save_state()

    def take_undo_state(self, state: Any) -> None:
        """Take back what `undo_state` gave; what depends on it follows."""
        self.restore_state(state)


class _Veil(QWidget):
    """Lies over a panel while what it shows is computed anew."""

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        mode, colour = _VEILS[self._panel.theme.name]
        painter = QPainter(self)
        painter.setCompositionMode(mode)
        painter.fillRect(self.rect(), QColor(colour))


class InputPanel(Panel):
    """A form for one section of the experiment.

    Attributes
    ----------
    section_name : str
        The section that it edits.
    """

    section_name: ClassVar[str]
    is_unread = False

    refused = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._last: Any = None
        self.changed.connect(lambda _: self.last_section())

    def set_altered(self, *, altered: bool) -> None:
        """Remember it; what is asked for is the same."""
        self.altered = altered

    def section(self) -> Any:
        """Return the form as a section of an experiment.

        Raises
        ------
        pydantic.ValidationError
            The form does not make one.
        """
        raise NotImplementedError

    def set_section(self, section: Any) -> None:
        """Fill the form, without reporting a change."""
        raise NotImplementedError

    def undo_state(self) -> Any:
        """Return the form as it stands, whether or not that is a section."""
        raise NotImplementedError

    def take_undo_state(self, state: Any) -> None:
        """Fill the form with what `undo_state` gave, and report that as a change."""
        raise NotImplementedError

    def empty(self) -> None:
        """Take everything out of the form, without reporting an edit."""
        self._last = None
        self.clear()

    def clear(self) -> None:
        """Take out what the user has put in; for subclasses."""
        raise NotImplementedError

    def take_typed(self) -> None:
        """Enter what is still being typed, before the form is run or saved; for subclasses."""

    def last_section(self) -> Any:
        """Return the section that the form makes, or the one that it made last; None if none.

        Whatever a half-filled form raises, saving and closing go on without it.
        """
        with suppress(Exception):
            self._last = self.section()
        return self._last

    def open_file(self, path: Path) -> None:
        """Fill the form from a file; what is wrong with it is told through ``refused``."""
        raise NotImplementedError

    def set_edited(self, edited: bool) -> None:
        """Say whether the form differs from what was captured last."""

    def forget(self, names: set[str]) -> None:
        """Forget what was captured; the form stays."""
        for name in names:
            self.results.pop(name, None)

    def set_stale(self, stale: bool) -> None:
        """Leave the form as it is: one may go on editing while a job runs."""

    def set_progress(self, fraction: float | None, text: str, *, waiting: bool) -> None:
        """Leave the form as it is."""
