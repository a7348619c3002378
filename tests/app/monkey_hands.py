"""What the monkey can do to the widgets that it sees: all that a hand and a keyboard can."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from laminoscope.actions import ACTIONS
from laminoscope.layouts import TASKS

from .monkey_mouse import Mouse, open_windows, said
from .monkey_world import TEXTS

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
_NETWORK = "help.update"
"""A command that asks the package index, which no test does."""
_LONGEST_TYPED = 40


DEEDS = {
    "click": 20, "press_a_button": 14, "double_click": 5, "right_click": 7, "hover": 8, "wheel": 6,
    "drag": 8, "key": 12, "shortcut": 7, "type_text": 10, "paste": 3, "command": 4, "menu": 4,
    "find": 3, "task": 4, "drop": 2, "resize": 2, "leave": 3, "capture_or_cancel": 3, "quit": 0.8,
}  # fmt: skip
"""What the monkey does, and how often."""
IN_FRONT = ("click", "press_a_button", "double_click", "right_click", "hover", "wheel", "drag")
IN_FRONT += ("key", "shortcut", "type_text", "paste", "leave")
"""What it can do while a menu or a dialog is in front."""


class Hands(Mouse):
    """A mouse, a keyboard, and the commands of the menus."""

    # ---- the keyboard

    def key(self) -> None:
        """Press a key, with another held at times."""
        key, held = self.random.choice(_KEYS), self.random.choice((_No, _No, _No, _SHIFT, _CTRL))
        widget = self._focus()
        self.log(f"press {held.name} {key.name} in {said(widget)}")
        self._strike(widget, key, held)

    def shortcut(self) -> None:
        """Press the keys of a command."""
        keys = [action.shortcut.split(";")[0] for action in ACTIONS if action.shortcut]
        keys = [*keys, "Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+V", "Ctrl+A", "Ctrl+X", "F6", "F6"]
        keys += [f"Alt+{number}" for number, _ in enumerate(TASKS, start=1)]
        chosen = self.random.choice(keys)
        widget = self._focus()
        self.log(f"press {chosen} in {said(widget)}")
        combination = QKeySequence(chosen)[0]
        self._strike(widget, combination.key(), combination.keyboardModifiers())

    def type_text(self) -> None:
        """Type a text, or paste a long one, into a field; then go on or not."""
        widget, text = self.target(*_FIELDS), self.random.choice(TEXTS)
        self.log(f"type {text[:_LONGEST_TYPED]!a} into {said(widget)}")
        widget.setFocus()
        if self.random.random() < 0.6:
            self._strike(widget, _Key.Key_A, _CTRL)
        if len(text) > _LONGEST_TYPED or self.random.random() < 0.2:
            QGuiApplication.clipboard().setText(text)
            self._strike(widget, _Key.Key_V, _CTRL)
        else:
            for character in text:
                typed = QKeyEvent(QEvent.Type.KeyPress, 0, _No, character)
                QApplication.sendEvent(self._focus(), typed)
        after = self.random.choice((None, _Key.Key_Return, _Key.Key_Tab, _Key.Key_Escape))
        if after is not None:
            self._strike(self._focus(), after)

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
        self._strike(widget, _Key.Key_V, _CTRL)

    def _strike(self, widget: QWidget, key, held=_No) -> None:
        """Press a key, unless nothing takes it: a window that closes is disabled before."""
        if widget.isEnabled():
            QTest.keyClick(widget, key, held)

    def _focus(self) -> QWidget:
        front = QApplication.activePopupWidget() or QApplication.focusWidget()
        return front or QApplication.activeModalWidget() or self.window

    # ---- commands

    def command(self, *names: str) -> None:
        """Do a command of the menus, if it can be done now."""
        known = self.window.actions_by_id
        name = self.random.choice(
            names or [name for name in known if name not in (_QUIT, _NETWORK)]
        )
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
        kept_from = [self.window.actions_by_id[name] for name in (_QUIT, _NETWORK)]
        actions = [each for each in actions if each not in kept_from]
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
            self._strike(field, _Key.Key_Down)
        self._strike(field, _Key.Key_Return)

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
