"""What the monkey can do to the widgets that it sees: all that a hand and a keyboard can.

Events go to a window as the desktop would send them; Qt finds the widget, the menu or the dialog
that takes them.
"""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from laminoscope.actions import ACTIONS
from laminoscope.layouts import TASKS

from .monkey_world import TEXTS, World

_Key, _Mouse, _No = Qt.Key, Qt.MouseButton, Qt.KeyboardModifier.NoModifier
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_KEYS = (
    _Key.Key_Tab, _Key.Key_Backtab, _Key.Key_Return, _Key.Key_Escape, _Key.Key_Delete,
    _Key.Key_Backspace, _Key.Key_Space, _Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down,
    _Key.Key_Home, _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_F2, _Key.Key_F6,
    _Key.Key_A, _Key.Key_1, _Key.Key_Minus, _Key.Key_Menu, _Key.Key_Insert, _Key.Key_F10,
)  # fmt: skip
_FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
_QUIT, _CAPTURE = "file.quit", ("run.capture", "run.cancel")
_LONGEST_TYPED = 40


class Hands:
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

    # ---- the keyboard

    def key(self) -> None:
        """Press a key, with another held at times."""
        key, held = self.random.choice(_KEYS), self.random.choice((_No, _No, _No, _SHIFT, _CTRL))
        widget = self._focus()
        self.log(f"press {held.name} {key.name} in {said(widget)}")
        QTest.keyClick(widget, key, held)

    def shortcut(self) -> None:
        """Press the keys of a command."""
        keys = [action.shortcut.split(";")[0] for action in ACTIONS if action.shortcut]
        keys = [*keys, "Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+V", "Ctrl+A", "Ctrl+X", "F6", "F6"]
        keys += [f"Alt+{number}" for number, _ in enumerate(TASKS, start=1)]
        chosen = self.random.choice(keys)
        widget = self._focus()
        self.log(f"press {chosen} in {said(widget)}")
        combination = QKeySequence(chosen)[0]
        QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())

    def type_text(self) -> None:
        """Type a text, or paste a long one, into a field; then go on or not."""
        widget, text = self.target(*_FIELDS), self.random.choice(TEXTS)
        self.log(f"type {text[:_LONGEST_TYPED]!a} into {said(widget)}")
        widget.setFocus()
        if self.random.random() < 0.6:
            QTest.keyClick(widget, _Key.Key_A, _CTRL)
        if len(text) > _LONGEST_TYPED or self.random.random() < 0.2:
            QGuiApplication.clipboard().setText(text)
            QTest.keyClick(widget, _Key.Key_V, _CTRL)
        else:
            for character in text:
                typed = QKeyEvent(QEvent.Type.KeyPress, 0, _No, character)
                QApplication.sendEvent(self._focus(), typed)
        after = self.random.choice((None, _Key.Key_Return, _Key.Key_Tab, _Key.Key_Escape))
        if after is not None:
            QTest.keyClick(self._focus(), after)

    def paste(self) -> None:
        """Put something on the clipboard and paste it where the keyboard is."""
        text, data = self.random.choice(TEXTS), QMimeData()
        kind = self.random.choice(("text", "text", "html", "image", "urls", "nothing"))
        if kind in ("text", "html"):
            data.setText(text)
        if kind == "html":
            data.setHtml(f"<table><tr><td>{text}</td></tr></table>")
        elif kind == "image":
            data.setImageData(QImage(3, 3, QImage.Format.Format_RGB32))
        elif kind == "urls":
            data.setUrls([QUrl.fromLocalFile(str(self.world.file()))])
        widget = self._focus()
        self.log(f"paste {kind} {text[:_LONGEST_TYPED]!a} into {said(widget)}")
        QGuiApplication.clipboard().setMimeData(data)
        QTest.keyClick(widget, _Key.Key_V, _CTRL)

    def _focus(self) -> QWidget:
        front = QApplication.activePopupWidget() or QApplication.focusWidget()
        return front or QApplication.activeModalWidget() or self.window

    # ---- commands

    def command(self, *names: str) -> None:
        """Do a command of the menus, if it can be done now."""
        known = self.window.actions_by_id
        name = self.random.choice(names or [name for name in known if name != _QUIT])
        self.log(f"do {name}")
        known[name].trigger()

    def capture_or_cancel(self) -> None:
        """Start what the page shows, or stop what runs."""
        self.command(*_CAPTURE)

    def menu(self) -> None:
        """Open a menu, or do something out of one."""
        menus = [each for each in self.window.findChildren(QMenu) if each.title()]
        menu = self.random.choice(menus)
        menu.aboutToShow.emit()
        actions = [each for each in menu.actions() if each.isEnabled() and not each.menu()]
        actions = [each for each in actions if each is not self.window.actions_by_id[_QUIT]]
        if actions and self.random.random() < 0.6:
            action = self.random.choice(actions)
            self.log(f"choose {action.text()!a} of menu {menu.title()!a}")
            action.trigger()
        else:
            self.log(f"open menu {menu.title()!a}")
            menu.popup(self.window.mapToGlobal(QPoint(40, 40)))

    def find(self) -> None:
        """Do something that the palette finds."""
        letters = self.random.choice("abcdefghijklmnoprstuw") + self.random.choice(("", "e", "o"))
        down = self.random.randrange(12)
        self.log(f"find {letters!r} and take number {down}")
        self.window.show_palette()
        palette = QApplication.activePopupWidget()
        field = palette.findChild(QLineEdit)
        QTest.keyClicks(field, letters)
        for _ in range(down):
            QTest.keyClick(field, _Key.Key_Down)
        QTest.keyClick(field, _Key.Key_Return)

    def task(self) -> None:
        """Show another task."""
        task = self.random.choice(TASKS)
        self.log(f"show task {task.id}")
        self.window.tools.tasks[task.id].trigger()

    def drop(self) -> None:
        """Drop a file on the window."""
        path, data = self.world.file(), QMimeData()
        self.log(f"drop {path.name} on the window")
        data.setUrls([QUrl.fromLocalFile(str(path))])
        copy = Qt.DropAction.CopyAction
        self.window.dropEvent(QDropEvent(QPointF(9, 9), copy, data, _Mouse.LeftButton, _No))

    def resize(self) -> None:
        """Give the window another size."""
        size = self.random.randint(700, 2000), self.random.randint(500, 1200)
        self.log(f"resize the window to {size}")
        self.window.resize(*size)

    def leave(self) -> None:
        """Close a dialog or another window beside the main one, or turn to it."""
        others = [each for each in open_windows() if each is not self.window]
        widget = self.random.choice(others or [self.window])
        if others and self.random.random() < 0.7:
            self.log(f"close {said(widget)}")
            widget.close()
        else:
            self.log(f"turn to {said(widget)}")
            widget.activateWindow()

    def quit(self) -> None:
        """Close the window."""
        self.log("close the window")
        self.window.close()


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
