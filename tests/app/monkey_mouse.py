"""What the monkey sees of the window, and what it can do there with a mouse.

Events go to a window as the desktop would send them; Qt finds the widget, the menu or the dialog
that takes them.
"""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from .monkey_world import World

_Mouse, _No = Qt.MouseButton, Qt.KeyboardModifier.NoModifier
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Mouse:
    """Each method does one thing at random and returns what it was, in words.

    Attributes
    ----------
    random : random.Random
        Of the action.
    log : callable
        Told what is about to be done, before it is.
    """

    def __init__(self, world: World, log) -> None:
        self.world = world
        self.log = log
        self.random = world.random
        self.window = None

    # ---- what is in reach

    def root(self) -> QWidget:
        """Return what takes clicks now: a menu, a dialog, or one of the open windows."""
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if front is not None:
            return front
        others = [each for each in open_windows() if each is not self.window]
        if others and self.random.random() < 0.4:
            return self.random.choice(others)
        return self.window

    def target(self, *kinds) -> QWidget:
        """Return any widget in reach, of some kinds if there is one."""
        root = self.root()
        seen = [root, *root.findChildren(QWidget)]
        seen = [each for each in seen if each.isVisible() and each.window() is root]
        seen = [each for each in seen if not each.visibleRegion().isEmpty()]
        of_kind = [each for each in seen if kinds and isinstance(each, kinds) and each.isEnabled()]
        return self.random.choice(of_kind or seen or [root])

    def place(self, widget: QWidget) -> QPoint:
        """Return a place of a widget that is seen, in its window."""
        area = widget.visibleRegion().boundingRect()
        x = area.left() + self.random.randrange(max(area.width(), 1))
        y = area.top() + self.random.randrange(max(area.height(), 1))
        return widget.mapTo(widget.window(), QPoint(x, y))

    # ---- the mouse

    def click(self, *kinds) -> None:
        """Click, with a key held at times."""
        widget = self.target(*kinds)
        held = self.random.choice((_No, _No, _No, _SHIFT, _CTRL))
        self._press(widget, self.place(widget), _Mouse.LeftButton, held=held)

    def press_a_button(self) -> None:
        """Click a button, in its middle."""
        self.click(QAbstractButton)

    def double_click(self) -> None:
        """Click twice."""
        widget = self.target()
        self._press(widget, self.place(widget), _Mouse.LeftButton, twice=True)

    def right_click(self) -> None:
        """Click with the right button, and ask for the context menu."""
        widget = self.target()
        place = self.place(widget)
        self._press(widget, place, _Mouse.RightButton)

    def hover(self) -> None:
        """Move the pointer somewhere, and wait there for the tooltip at times."""
        widget = self.target()
        place = self.place(widget)
        self.log(f"hover over {said(widget)} at {place.toTuple()}")
        window = widget.window()
        self._send(window, QEvent.Type.MouseMove, place, _Mouse.NoButton, _Mouse.NoButton)
        if self.random.random() < 0.3:
            where = widget.mapFrom(window, place)
            help_event = QHelpEvent(QEvent.Type.ToolTip, where, window.mapToGlobal(place))
            QApplication.sendEvent(widget, help_event)

    def wheel(self) -> None:
        """Turn the wheel."""
        widget = self.target()
        place, turn = self.place(widget), self.random.choice((-480, -120, -8, 8, 120, 480))
        held = self.random.choice((_No, _No, _SHIFT, _CTRL))
        self.log(f"turn the wheel by {turn} over {said(widget)} at {place.toTuple()}")
        window = widget.window()
        where = QPointF(place)
        event = QWheelEvent(
            where, window.mapToGlobal(where), QPoint(), QPoint(0, turn), _Mouse.NoButton, held,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        self._post(window, event)

    def drag(self) -> None:
        """Press, move and release elsewhere in the window."""
        widget = self.target()
        window, start = widget.window(), self.place(widget)
        button = self.random.choice((_Mouse.LeftButton, _Mouse.LeftButton, _Mouse.RightButton))
        stop = self.place(widget if self.random.random() < 0.7 else self.target())
        self.log(f"drag from {said(widget)} at {start.toTuple()} to {stop.toTuple()}")
        self._send(window, QEvent.Type.MouseMove, start, _Mouse.NoButton, _Mouse.NoButton)
        self._send(window, QEvent.Type.MouseButtonPress, start, button, button)
        for step in range(1, 5):
            place = start + (stop - start) * step / 4
            self._send(window, QEvent.Type.MouseMove, place, _Mouse.NoButton, button)
        self._send(window, QEvent.Type.MouseButtonRelease, stop, button, _Mouse.NoButton)

    def let_go(self) -> None:
        """End a drag that waits for the button to be released."""
        self.log("let go of what is dragged")
        place = self.place(self.window)
        left, none = _Mouse.LeftButton, _Mouse.NoButton
        self._send(self.window, QEvent.Type.MouseMove, place, none, left)
        self._send(self.window, QEvent.Type.MouseButtonRelease, place, left, none)

    def _press(self, widget, place, button, *, twice=False, held=_No) -> None:
        kind = "double-click" if twice else "click"
        side = "right " if button is _Mouse.RightButton else ""
        self.log(f"{side}{kind} {said(widget)} at {place.toTuple()}")
        window = widget.window()
        down, up = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease
        self._send(window, QEvent.Type.MouseMove, place, _Mouse.NoButton, _Mouse.NoButton)
        for event in (down, up, QEvent.Type.MouseButtonDblClick, up)[: 4 if twice else 2]:
            buttons = _Mouse.NoButton if event is up else button
            self._send(window, event, place, button, buttons, held)

    def _send(self, window, kind, place, button, buttons, held=_No) -> None:
        if isValid(window):  # an event before may have been the last that it lived to see
            where = QPointF(place)
            event = QMouseEvent(kind, where, window.mapToGlobal(where), button, buttons, held)
            self._post(window, event)

    def _post(self, window, event) -> None:
        """Hand a window an event, as the desktop would."""
        handle = window.windowHandle() if window.isVisible() else None
        if handle is not None:
            QApplication.sendEvent(handle, event)


def open_windows() -> list[QWidget]:
    """Return the windows that are seen, menus and tooltips left out."""
    passing = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    return [each for each in windows if each.windowType() not in passing]


def said(widget: QWidget) -> str:
    """Return what a widget is, and where."""
    names = []
    each = widget
    while each is not None:
        if each.objectName() and not each.objectName().startswith("qt_"):
            names.append(each.objectName())
        each = each.parentWidget()
    text = getattr(widget, "text", None)
    name = widget.accessibleName() or (text() if callable(text) else "")
    return f"{type(widget).__name__} {name[:40]!a} in {'/'.join(names[:3]) or 'a window'}"


def kind(widget: QWidget) -> str:
    """Return what kind of widget it is, whatever it says: for counting those that are left."""
    inside = [action.text() for action in widget.actions()]
    parent = type(widget.parent()).__name__
    return f"{type(widget).__name__} {inside[:3]} of a {parent}"
