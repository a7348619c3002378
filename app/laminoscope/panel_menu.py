"""What the menus of panels with a figure have in common, those of a sweep included."""

from typing import Protocol

from PySide6.QtWidgets import QMenu

from laminoscope_widgets.panel import Panel
from laminoscope_widgets.translation import tr

__all__ = ["DataCommands", "add_data_commands", "add_help", "new_menu"]


class DataCommands(Protocol):
    """Who takes the numbers of a panel out of the window."""

    def view_data(self, panel: Panel) -> None: ...
    def copy_data(self, panel: Panel) -> None: ...
    def save_data(self, panel: Panel) -> None: ...


def new_menu(panel: Panel) -> QMenu:
    """Return a menu of a panel, which goes when it is closed."""
    menu = QMenu(panel)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def add_data_commands(menu: QMenu, panel: Panel, commands: DataCommands) -> None:
    """Add what can be done with the numbers that a panel shows."""
    menu.addAction(tr("View data as table"), lambda: commands.view_data(panel))
    menu.addAction(tr("Copy data"), lambda: commands.copy_data(panel))
    menu.addAction(tr("Save data…"), lambda: commands.save_data(panel))


def add_help(menu: QMenu, panel: Panel) -> None:
    """Add the way to the page of the guide that is about a panel, if there is one."""
    if panel.help_topic:
        menu.addAction(tr("What is this?"), lambda: panel.help_wanted.emit(panel.help_topic))
