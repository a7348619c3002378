"""The themes' palette and the style sheet for the application's widgets."""

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from laminoscope_core.theme import DARK, LIGHT, Theme

__all__ = ["DARK", "LIGHT", "Theme", "apply_theme"]

_AT_ONCE = 200
"""Hidden widgets that are styled in one turn."""


def apply_theme(theme: Theme) -> None:
    """Give the whole application a theme's colours.

    Widgets take another palette by themselves, but for the colours that the style sheet names.
    For these they are styled anew: at once those that are seen, the hidden ones in later turns.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    restyling = app.findChild(_Restyling)
    if restyling is not None:
        before = app.palette()
        app.setPalette(_palette(theme))
        if app.palette() != before:  # not only the colours of maps are others
            restyling.begin()
        return
    # or else widgets with a style sheet would take no other palette and no other font
    app.setAttribute(Qt.ApplicationAttribute.AA_UseStyleSheetPropagationInWidgetStyles)
    app.setStyle("Fusion")
    app.setPalette(_palette(theme))
    app.setStyleSheet(_SHEET)
    _Restyling(app)


def _palette(theme: Theme) -> QPalette:
    """Return a theme's colours by the roles that Qt and the style sheet know them by."""
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Window: theme.window,
        roles.Base: theme.surface,
        roles.AlternateBase: theme.raised,
        roles.Button: theme.raised,
        roles.ToolTipBase: theme.raised,
        roles.WindowText: theme.text,
        roles.Text: theme.text,
        roles.ButtonText: theme.text,
        roles.ToolTipText: theme.text,
        roles.PlaceholderText: theme.muted,
        roles.BrightText: theme.danger,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.on_accent,
        roles.Link: theme.sites["v"],
        roles.Light: theme.raised,
        roles.Midlight: theme.border,
        roles.Mid: theme.border,
        roles.Dark: theme.border,
        roles.Accent: theme.accent,
    }.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return palette


class _Restyling(QObject):
    """Styles widgets anew after a change of the palette, in turns that keep nobody waiting.

    The application has one from when its widgets have a style.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[QWidget] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Style what is seen, and the rest soon."""
        styled = Qt.WidgetAttribute.WA_WState_Polished  # others take what is there by then
        self._waiting = [w for w in QApplication.allWidgets() if w.testAttribute(styled)]
        self._style([widget for widget in self._waiting if widget.isVisible()])
        self._timer.start()

    def _go_on(self) -> None:
        self._waiting = [widget for widget in self._waiting if isValid(widget)]
        shown = [widget for widget in self._waiting if widget.isVisible()]
        self._style(shown or self._waiting[:_AT_ONCE])
        if not self._waiting:
            self._timer.stop()

    def _style(self, widgets: list[QWidget]) -> None:
        for widget in widgets:
            widget.style().polish(widget)
        done = set(widgets)
        self._waiting = [widget for widget in self._waiting if widget not in done]


_SHEET = """
QMainWindow, QDialog { background: palette(window); }
QSplitter::handle { background: palette(window); }
QSplitter::handle:hover { background: palette(highlight); }
QScrollArea, QScrollArea > QWidget > QSplitter { background: palette(window); border: none; }
QTabWidget::pane { border: none; }
QToolBar { background: palette(button); border: none; border-bottom: 1px solid palette(mid);
    padding: 2px 8px; spacing: 6px; }
QToolBar#altering { padding: 0 8px; }
QToolBar QToolButton { padding: 4px 8px; border-radius: 5px; border: 1px solid transparent; }
QToolBar QToolButton::menu-indicator { image: none; }
QToolBar QToolButton:hover { border-color: palette(mid); background: palette(base); }
QToolBar QToolButton:disabled { color: palette(placeholder-text); }
QToolBar QToolButton:checked { background: palette(base);
    border-color: palette(highlight); }
QStatusBar { background: palette(button); color: palette(placeholder-text);
    border-top: 1px solid palette(mid); }
QStatusBar QLabel { color: palette(placeholder-text); padding: 0 6px; }
QStatusBar::item { border: none; }
Panel { background: palette(base); border: 1px solid palette(mid); border-radius: 6px; }
Panel[inUse="true"] { border-color: palette(highlight); }
#callOut { background: palette(button); border: 2px solid palette(highlight); border-radius: 8px; }
#notice { background: palette(button); border: 1px solid palette(highlight); border-radius: 6px; }
#jobs { background: palette(base); border: 1px solid palette(mid); border-radius: 6px; }
#jobs QScrollArea, #jobBody { background: palette(base); }
#card { background: palette(button); border: 1px solid palette(mid); border-radius: 6px; }
#panelTitle { color: palette(text); font-weight: 600; }
#cardTitle { color: palette(text); }
#panelNote, #muted { color: palette(placeholder-text); }
#error { color: palette(bright-text); }
#readOut { background: palette(button); color: palette(text); border: 1px solid palette(mid);
    border-radius: 4px; padding: 2px 6px; }
#emptyState { color: palette(placeholder-text); }
QPushButton { background: palette(button); border: 1px solid palette(mid); border-radius: 5px;
    padding: 4px 12px; }
QPushButton:hover { border-color: palette(placeholder-text); }
QPushButton:disabled { color: palette(placeholder-text); }
QPushButton#primary { background: palette(highlight); color: palette(highlighted-text);
    border-color: palette(highlight); font-weight: 600; }
QPushButton#primary:disabled { background: palette(button); color: palette(placeholder-text);
    border-color: palette(mid); }
QPushButton:focus { border-color: palette(highlight); }
QPushButton#card { text-align: left; padding: 0; }
QPushButton#card:hover { border-color: palette(placeholder-text); }
QPushButton#card:focus { border-color: palette(highlight); }
QPushButton#link { border-color: transparent; background: transparent; text-align: left;
    padding: 3px 6px; }
QPushButton#link:hover { background: palette(button); }
QPushButton#link:focus { border-color: palette(highlight); }
#startTitle { color: palette(text); font-size: 20px; font-weight: 600; }
#dropArea { border: 1px dashed palette(mid); border-radius: 6px; }
#dropArea[over="true"] { border-color: palette(highlight); background: palette(base); }
QLineEdit, QPlainTextEdit { background: palette(base); border: 1px solid palette(mid);
    border-radius: 4px; padding: 3px 6px; selection-background-color: palette(highlight);
    selection-color: palette(highlighted-text); }
QLineEdit:focus, QPlainTextEdit:focus { border-color: palette(highlight); }
QTableView { background: palette(base); border: 1px solid palette(mid); border-radius: 4px;
    gridline-color: palette(mid); }
QTreeView, QListWidget { background: palette(base); border: 1px solid palette(mid);
    border-radius: 4px; }
QTreeView::item, QListWidget::item { padding: 3px 6px; }
QTreeView::item:selected, QListWidget::item:selected { background: palette(highlight);
    color: palette(highlighted-text); }
QHeaderView::section { background: palette(button); color: palette(placeholder-text); border: none;
    border-bottom: 1px solid palette(mid); padding: 3px 6px; }
QToolTip { background: palette(button); color: palette(text); border: 1px solid palette(mid); }
QProgressBar { background: palette(base); border: 1px solid palette(mid); border-radius: 4px;
    max-height: 10px; text-align: center; }
QProgressBar::chunk { background: palette(highlight); border-radius: 3px; }
QTextBrowser { background: palette(base); border: none; }
"""
