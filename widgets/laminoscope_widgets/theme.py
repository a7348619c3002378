"""The themes' palette and style sheet for the application's widgets."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from laminoscope_core.theme import DARK, LIGHT, Theme

__all__ = ["DARK", "LIGHT", "Theme", "apply_theme", "style_sheet"]

_STYLED = "laminoscopeStyled"
"""Property of the application: whether it has the style that themes are made for."""


def apply_theme(theme: Theme) -> None:
    """Give the whole application a theme's palette and style sheet."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if not app.property(_STYLED):  # once: all widgets are polished anew each time
        app.setStyle("Fusion")
        app.setProperty(_STYLED, True)
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
    # from one sheet to another, Qt styles a widget as often as there are widgets around it
    app.setStyleSheet("")
    app.setPalette(palette)
    app.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Theme) -> str:
    """Return the Qt style sheet of a theme."""
    return f"""
QMainWindow, QDialog {{ background: {theme.window}; }}
QSplitter::handle {{ background: {theme.window}; }}
QSplitter::handle:hover {{ background: {theme.accent}; }}
QScrollArea, QScrollArea > QWidget > QSplitter {{ background: {theme.window}; border: none; }}
QTabWidget::pane {{ border: none; }}
QToolBar {{ background: {theme.raised}; border: none; border-bottom: 1px solid {theme.border};
    padding: 2px 8px; spacing: 6px; }}
QToolBar#altering {{ padding: 0 8px; }}
QToolBar QToolButton {{ padding: 4px 8px; border-radius: 5px; border: 1px solid transparent; }}
QToolBar QToolButton::menu-indicator {{ image: none; }}
QToolBar QToolButton:hover {{ border-color: {theme.border}; background: {theme.surface}; }}
QToolBar QToolButton:disabled {{ color: {theme.muted}; }}
QToolBar QToolButton:checked {{ background: {theme.surface};
    border-color: {theme.accent}; }}
QStatusBar {{ background: {theme.raised}; color: {theme.muted};
    border-top: 1px solid {theme.border}; }}
QStatusBar QLabel {{ color: {theme.muted}; padding: 0 6px; }}
QStatusBar::item {{ border: none; }}
Panel {{ background: {theme.surface}; border: 1px solid {theme.border}; border-radius: 6px; }}
Panel[inUse="true"] {{ border-color: {theme.accent}; }}
#notice {{ background: {theme.raised}; border: 1px solid {theme.accent}; border-radius: 6px; }}
#jobs {{ background: {theme.surface}; border: 1px solid {theme.border}; border-radius: 6px; }}
#jobs QScrollArea, #jobBody {{ background: transparent; }}
#card {{ background: {theme.raised}; border: 1px solid {theme.border}; border-radius: 6px; }}
#panelTitle {{ color: {theme.text}; font-weight: 600; }}
#panelNote, #muted {{ color: {theme.muted}; }}
#error {{ color: {theme.danger}; }}
#readOut {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.border};
    border-radius: 4px; padding: 2px 6px; }}
#emptyState {{ color: {theme.muted}; }}
QPushButton {{ background: {theme.raised}; border: 1px solid {theme.border}; border-radius: 5px;
    padding: 4px 12px; }}
QPushButton:hover {{ border-color: {theme.muted}; }}
QPushButton:disabled {{ color: {theme.muted}; }}
QPushButton#primary {{ background: {theme.accent}; color: {theme.on_accent};
    border-color: {theme.accent}; font-weight: 600; }}
QPushButton#primary:disabled {{ background: {theme.raised}; color: {theme.muted};
    border-color: {theme.border}; }}
QPushButton:focus {{ border-color: {theme.accent}; }}
QPushButton#card {{ text-align: left; padding: 0; }}
QPushButton#card:hover {{ border-color: {theme.muted}; }}
QPushButton#card:focus {{ border-color: {theme.accent}; }}
QPushButton#link {{ border-color: transparent; background: transparent; text-align: left;
    padding: 3px 6px; }}
QPushButton#link:hover {{ background: {theme.raised}; }}
QPushButton#link:focus {{ border-color: {theme.accent}; }}
#startTitle {{ color: {theme.text}; font-size: 20px; font-weight: 600; }}
#dropArea {{ border: 1px dashed {theme.border}; border-radius: 6px; }}
#dropArea[over="true"] {{ border-color: {theme.accent}; background: {theme.surface}; }}
QLineEdit, QPlainTextEdit {{ background: {theme.surface}; border: 1px solid {theme.border};
    border-radius: 4px; padding: 3px 6px; selection-background-color: {theme.accent};
    selection-color: {theme.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border-color: {theme.accent}; }}
QTableView {{ background: {theme.surface}; border: 1px solid {theme.border}; border-radius: 4px;
    gridline-color: {theme.border}; }}
QTreeView, QListWidget {{ background: {theme.surface}; border: 1px solid {theme.border};
    border-radius: 4px; }}
QTreeView::item, QListWidget::item {{ padding: 3px 6px; }}
QTreeView::item:selected, QListWidget::item:selected {{ background: {theme.accent};
    color: {theme.on_accent}; }}
QHeaderView::section {{ background: {theme.raised}; color: {theme.muted}; border: none;
    border-bottom: 1px solid {theme.border}; padding: 3px 6px; }}
QToolTip {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.border}; }}
QProgressBar {{ background: {theme.surface}; border: 1px solid {theme.border}; border-radius: 4px;
    max-height: 10px; text-align: center; }}
QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}
QTextBrowser {{ background: {theme.surface}; border: none; }}
"""
