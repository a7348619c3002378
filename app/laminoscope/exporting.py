"""What leaves the window: figures, their data and scripts, by menu, dialog and clipboard."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QTableView

from laminoscope.drawings import Drawing, Drawings
from laminoscope.message_bar import Cause
from laminoscope.panel_menu import add_data_commands, add_help, new_menu
from laminoscope.parts import Parts
from laminoscope_core.run.results import RunResult
from laminoscope_widgets.panel import Panel
from laminoscope_widgets.translation import mark, tr, tr_n

if TYPE_CHECKING:
    from laminoscope.export_dialog import ExportDialog
    from laminoscope_core.figures import Spec
    from laminoscope_widgets.plot_panel import PlotPanel

__all__ = ["Exporting"]

_NOTHING = mark("There is nothing to export yet. Press Capture first.")
_ANEW = mark("What is shown is being computed anew. It can be exported when that is done.")
_NARROW = 88.0
"""Millimetres of a figure of a panel that takes less than half of the window."""


class Exporting:
    """The commands that take something out of a window."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.drawings = Drawings(parts)
        self.dialog: ExportDialog | None = None
        self._last: Panel | None = None
        parts.panels.each(self._follow)

    def _follow(self, panel: Panel) -> None:
        from laminoscope_widgets.plot_panel import PlotPanel

        panel.menu_wanted.connect(self._show_menu)
        if isinstance(panel, PlotPanel):
            panel.colours_wanted.connect(self._show_colours)

    # ---- what there is

    def plots(self) -> "dict[str, Spec]":
        """Return what the panels of the current task show, by panel."""
        found = {}
        for name in self._parts.pages.task.panels:
            spec = self._parts.panels[name].figure()
            if spec is not None:
                found[name] = spec
        return found

    @property
    def _maps(self) -> tuple[str, str]:
        """The colour maps that the window shows."""
        return self._parts.preferences.sequential, self._parts.preferences.diverging

    def _run(self) -> RunResult | None:
        """Return the results as they are now; None, and a message, if there are none."""
        run = self._parts.controller.snapshot()
        if run is None:
            self._parts.messages.say(tr(_NOTHING), about=Cause.RESULTS)
        return run

    def _drawing_of(self, panel: Panel) -> Drawing | None:
        from laminoscope_core.figures import Style

        spec = panel.figure()
        if spec is None:
            none = tr("{panel} shows nothing that could be exported yet.", panel=panel.shown_title)
            self._parts.messages.say(none, about=Cause.RESULTS)
            return None
        sequential, diverging = self._maps
        style = Style(letters=False, sequential=sequential, diverging=diverging)
        if panel.width() < self._parts.window.width() / 2:
            style = replace(style, width=_NARROW)
        if (run := self._run()) is None:
            return None
        if not spec.fits(run.results):
            self._parts.messages.say(tr(_ANEW), about=Cause.RESULTS)
            return None
        return Drawing(run, [[spec]], style)

    # ---- the menu of a panel

    def _show_menu(self, panel: Panel, position: QPoint) -> None:
        self.menu(panel).popup(position)

    def _show_colours(self, panel: "PlotPanel", position: QPoint) -> None:
        from laminoscope_widgets.map_colours import colours_menu

        menu = colours_menu(panel, panel)
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(position)

    def menu(self, panel: Panel) -> QMenu:
        """Return the menu of a panel: what can be taken out of it."""
        from laminoscope_widgets.map_colours import colours_menu
        from laminoscope_widgets.plot_panel import PlotPanel

        menu = new_menu(panel)
        if panel.has_figure():
            menu.addAction(tr("Export figure…"), lambda: self.show_dialog(panel))
            menu.addAction(tr("Copy as picture"), lambda: self.copy_picture(panel))
            menu.addSeparator()
            add_data_commands(menu, panel, self)
            menu.addAction(tr("Save script…"), lambda: self.save_script(panel))
            menu.addSeparator()
            if isinstance(panel, PlotPanel) and (colours := colours_menu(panel, menu)):
                menu.addMenu(colours)
                menu.addSeparator()
            shows = panel.figure() is not None
            for action in menu.actions():
                action.setEnabled(shows)
        tables = [view for view in panel.findChildren(QTableView) if view.isVisible()]
        if tables:
            title = tr("Copy tables" if len(tables) > 1 else "Copy table")
            menu.addAction(title, lambda: self._copy_tables(tables))
            menu.addSeparator()
        layer, head = self._parts.selection.layer, self._parts.selection.head
        if isinstance(panel, PlotPanel) and "head" in panel.follows and head is not None:
            text = tr("Silence head {head} of layer {layer}", head=head, layer=layer)
            menu.addAction(text, panel.silence_wanted.emit)
            menu.addSeparator()
        add_help(menu, panel)
        return menu

    # ---- commands

    def show_dialog(self, panel: Panel | None = None) -> None:
        """Open the dialog that composes a figure; of one panel, or of all of the task."""
        from laminoscope.export_dialog import ExportDialog

        plots = self.plots()
        if not plots:
            self._parts.messages.say(tr(_NOTHING), about=Cause.RESULTS)
            return
        if (run := self._run()) is None:
            return
        plots = {name: spec for name, spec in plots.items() if spec.fits(run.results)}
        chosen = plots.keys() & ({panel.id} if panel is not None else plots)
        if not chosen:
            self._parts.messages.say(tr(_ANEW), about=Cause.RESULTS)
            return
        titles = {name: self._parts.panels[name].shown_title for name in plots}
        rows = self._parts.pages.task.rows
        places = {name: number for number, row in enumerate(rows) for name in row}
        row_of = {name: places.get(name, len(places)) for name in plots}
        self.dialog = ExportDialog(
            self.drawings,
            run,
            plots,
            titles,
            chosen,
            row_of,
            self._parts.window,
            self._maps,
        )
        self.dialog.destroyed.connect(self._dialog_gone)
        self.dialog.show()

    def _dialog_gone(self) -> None:
        self.dialog = None

    def copy(self) -> None:
        """Copy what has the keyboard: a table as text, any other panel as a picture."""
        from laminoscope_widgets.data_view import copied_table

        text = copied_table(QApplication.focusWidget())
        if text is not None:
            QGuiApplication.clipboard().setText(text)
            self._parts.status.say(tr("Copied the table"))
            return
        panel = self._parts.pages.panel_in_use()
        if panel is None or not panel.has_figure():
            first = tr("Click into a panel first; then Ctrl+C copies what it shows.")
            self._parts.messages.say(first, about=Cause.PLACE)
            return
        self.copy_picture(panel)

    def _copy_tables(self, tables: Sequence[QTableView]) -> None:
        from laminoscope_widgets.data_view import copied_table

        texts = [copied_table(table) or "" for table in tables]
        QGuiApplication.clipboard().setText("\n".join(texts))
        self._parts.status.say(tr("Copied the table"))

    def copy_picture(self, panel: Panel) -> None:
        """Put what a panel shows on the clipboard, as pixels and as vector graphics."""
        drawing = self._drawing_of(panel)
        if drawing is not None:
            self.drawings.copy(drawing, panel.shown_title)

    def view_data(self, panel: Panel) -> None:
        """Show the numbers of a panel as a table, in a window of its own."""
        if (drawing := self._drawing_of(panel)) is not None:
            self.drawings.view_data(panel, drawing.rows[0][0], drawing.run.results)

    def copy_data(self, panel: Panel) -> None:
        """Put the numbers of a panel on the clipboard, for a spreadsheet."""
        if (drawing := self._drawing_of(panel)) is not None:
            self.drawings.copy_data(panel, drawing.rows[0][0], drawing.run.results)

    def save_data(self, panel: Panel) -> None:
        """Ask for a name and write the numbers of a panel."""
        if (drawing := self._drawing_of(panel)) is not None:
            self.drawings.save_plot_data(drawing.run, drawing.rows[0][0])

    def save_script(self, panel: Panel) -> None:
        """Ask for a name and write a script that makes what a panel shows."""
        if (drawing := self._drawing_of(panel)) is not None:
            self.drawings.save_script(drawing)

    def save_run_script(self) -> None:
        """Ask for a name and write a script that makes all results again."""
        if (run := self._run()) is not None:
            self.drawings.save_run_script(run)

    def export_results(self) -> None:
        """Ask for a folder and write the results as tables."""
        from laminoscope_core.export.run_files import write_run

        if (run := self._run()) is None:
            return
        title = tr("Export results into a folder")
        name = QFileDialog.getExistingDirectory(self._parts.window, title)
        if not name:
            return
        self.drawings.do(
            tr("Write results into {folder}", folder=Path(name).name),
            lambda job: write_run(run, name, job=job),
            lambda files: self._parts.status.say(
                tr_n("Wrote {n} file", "Wrote {n} files", len(files))
            ),
        )
