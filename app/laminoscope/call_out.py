"""A call-out: a few words beside a control, with an arrow to it and a ring around it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from laminoscope_widgets.named import named
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.proportion import in_proportion
from laminoscope_widgets.translation import tr

__all__ = ["CallOut"]

_WIDTH = 320
_GAP = 18
"""Pixels between a call-out and what it points at: the length of the arrow."""
_MARGIN = 6
_ARROW, _RING, _ROUND = 9, 2, 7
_OUTLINE = 3  # pixels of the ring beyond the target
_FOLLOWS = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide}


class CallOut(QFrame):
    """Says something about a widget of its window, wherever that goes.

    It stands beside the widget, never on it, and lies over all else.  Enter and → go on, ← goes
    back, Esc leaves.

    Signals: ``next_wanted()``, ``back_wanted()``, ``left()``.

    Parameters
    ----------
    window : QWidget
        Over which it lies.
    """

    next_wanted = Signal()
    back_wanted = Signal()
    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("callOut")
        self._window = window
        self._target: QWidget | None = None
        self._ring = _Ring(window)
        self.title = plain_label("", "muted")
        self.said = plain_label("", wraps=True)
        self.note = plain_label("", "muted", wraps=True)
        self.back, self.skip, self.next = QPushButton(), QPushButton(tr("Skip")), QPushButton()
        self.back.setText(tr("Back"))
        self.next.setObjectName("primary")
        named(self.back, tr("Back"), tr("Go back to the step before (←)."))
        named(self.next, tr("Next"), tr("Go on to the next step (Enter or →)."))
        named(self.skip, tr("Skip"), tr("Leave the tour (Esc)."))
        buttons = QHBoxLayout()
        buttons.addWidget(self.skip)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        for label in (self.title, self.said, self.note):
            column.addWidget(label)
        column.addLayout(buttons)
        for button in (self.back, self.next, self.skip):
            button.installEventFilter(self)
        self.back.clicked.connect(self.back_wanted)
        self.next.clicked.connect(self.next_wanted)
        self.skip.clicked.connect(self.left)
        self._later = QTimer(self, singleShot=True, interval=0)  # when all have their places
        self._later.timeout.connect(self.place)
        window.installEventFilter(self)
        self.hide()

    def point_at(self, target: QWidget | None, title: str, text: str, step: int, of: int) -> None:
        """Say something about a widget; about none that is seen, in the middle of the window.

        Parameters
        ----------
        target : QWidget or None
        title, text : str
            A line above, and what is said.
        step, of : int
            Which step it is, from 1, and of how many.
        """
        self._let_go()
        self._target = target
        if target is not None:
            target.installEventFilter(self)
        where = tr("step {n} of {all}", n=step, all=of)
        self.title.setText(f"{title} · {where}")
        self.said.setText(text)
        named(self, f"{title}, {where}", text)
        self.back.setVisible(step > 1)
        self.next.setText(tr("Done") if step == of else tr("Next"))
        self.show()
        self.place()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        self._later.start()

    def tell(self, note: str) -> None:
        """Add a line, as that something is still being computed; none if it is empty."""
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._later.start()

    def leave(self) -> None:
        """Go away."""
        self._let_go()
        self._later.stop()
        self.hide()
        self._ring.hide()

    def _let_go(self) -> None:
        if self._target is not None:
            self._target.removeEventFilter(self)
        self._target = None

    # ---- its place

    def place(self) -> None:
        """Stand beside the target where there is room, with the arrow on it."""
        self.setFixedWidth(in_proportion(_WIDTH))
        self.resize(self.width(), self._column.totalHeightForWidth(self.width()))
        around = self._window.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        target = self._target_place()
        self.move(_beside(target, self.rect(), around))
        self._ring.show_around(target, self.geometry(), self._window.rect())
        self.raise_()

    def _target_place(self) -> QRect | None:
        """Return where the target is seen in the window; None if it is not."""
        target = self._target
        if target is None or not target.isVisible():
            return None
        seen = target.visibleRegion().boundingRect()
        return QRect(target.mapTo(self._window, seen.topLeft()), seen.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QPushButton):
            return self._passes_buttons(event)
        if self.isVisible() and event.type() in _FOLLOWS:
            self._later.start()
        return super().eventFilter(watched, event)

    # ---- the keyboard

    def _passes_buttons(self, event: QEvent) -> bool:
        """Take the arrows from the buttons, which would hand the keyboard on with them."""
        if event.type() != QEvent.Type.KeyPress:
            return False
        act = self._act_of(event)
        if act is not None:
            act.click()
        return act is not None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._act_of(event) is not None:
            event.accept()  # these keys are the window's elsewhere
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._act_of(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            act.click()

    def _act_of(self, event: QEvent) -> QPushButton | None:
        """Return the button that a key stands for."""
        assert isinstance(event, QKeyEvent)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        keys = {
            Qt.Key.Key_Escape: self.skip,
            Qt.Key.Key_Left: self.back,
            Qt.Key.Key_Right: self.next,
            Qt.Key.Key_Return: self.next,
            Qt.Key.Key_Enter: self.next,
        }
        button = keys.get(Qt.Key(event.key()))
        focused = self.focusWidget()
        by_itself = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if by_itself and isinstance(focused, QPushButton):
            return focused
        return button


class _Ring(QWidget):
    """The ring around the target and the arrow to it; clicks go through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._around: QRect | None = None
        self._from = QRect()
        self.hide()

    def show_around(self, target: QRect | None, call_out: QRect, all_of: QRect) -> None:
        """Paint both between two places of the window."""
        self._around, self._from = target, call_out
        self.setGeometry(all_of)
        self.setVisible(target is not None)
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._around is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(colour, _RING))
        outline = self._around.adjusted(-_OUTLINE, -_OUTLINE, _OUTLINE, _OUTLINE)
        inside = self.rect().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(outline & inside, _ROUND, _ROUND)
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(_arrow(self._from, outline))


def _arrow(call_out: QRect, target: QRect) -> QPolygonF:
    """Return a triangle that stands on the side of the call-out and points at the target."""
    if call_out.right() < target.left() or call_out.left() > target.right():
        y = _between(call_out.center().y(), target.top(), target.bottom())
        y = min(max(y, call_out.top() + 2 * _ARROW), call_out.bottom() - 2 * _ARROW)
        right = call_out.right() < target.left()
        foot, tip = (
            (call_out.right(), target.left()) if right else (call_out.left(), target.right())
        )
        return QPolygonF([QPointF(foot, y - _ARROW), QPointF(foot, y + _ARROW), QPointF(tip, y)])
    x = _between(call_out.center().x(), target.left(), target.right())
    x = min(max(x, call_out.left() + 2 * _ARROW), call_out.right() - 2 * _ARROW)
    below = call_out.bottom() < target.top()
    foot, tip = (call_out.bottom(), target.top()) if below else (call_out.top(), target.bottom())
    return QPolygonF([QPointF(x - _ARROW, foot), QPointF(x + _ARROW, foot), QPointF(x, tip)])


def _beside(target: QRect | None, size: QRect, around: QRect) -> QPoint:
    """Return where a call-out stands: on the side that has the most room for it.

    Where no side has enough, it stands on the target's edge, as little over it as can be.
    """
    width, height = size.width(), size.height()
    if target is None:
        return around.center() - QPoint(width // 2, height // 2)
    x = _between(target.center().x() - width // 2, around.left(), around.right() - width)
    y = _between(target.center().y() - height // 2, around.top(), around.bottom() - height)
    places = [  # below, at the right, at the left, above: each with how much room there is to spare
        (around.bottom() - target.bottom() - _GAP - height, QPoint(x, target.bottom() + _GAP)),
        (around.right() - target.right() - _GAP - width, QPoint(target.right() + _GAP, y)),
        (target.left() - around.left() - _GAP - width, QPoint(target.left() - _GAP - width, y)),
        (target.top() - around.top() - _GAP - height, QPoint(x, target.top() - _GAP - height)),
    ]
    most = max(room for room, _ in places)
    best = next(place for room, place in places if room >= min(0, most))
    left = _between(best.x(), around.left(), around.right() - width)
    return QPoint(left, _between(best.y(), around.top(), around.bottom() - height))


def _between(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))
