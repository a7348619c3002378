"""Sweeps in the window: opening the folder of one, starting one, and taking out what is shown."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QMenu

from laminoscope.drawings import FIGURES, TABLES, Drawings
from laminoscope.jobs.errands import Errands
from laminoscope.message_bar import Cause
from laminoscope.panel_menu import add_data_commands, add_help, new_menu
from laminoscope.parts import Parts
from laminoscope.session_files import SessionFiles
from laminoscope_core.job import Job
from laminoscope_core.sweep.places import is_sweep
from laminoscope_widgets.panel import Panel, Workspace
from laminoscope_widgets.theme import Theme
from laminoscope_widgets.translation import mark, tr, tr_n

if TYPE_CHECKING:
    from laminoscope.sweep_page import SweepPage
    from laminoscope_core.plots.registry import Spec
    from laminoscope_core.sweep.reading import SweepFolder
    from laminoscope_core.sweep.run import Outcome

__all__ = ["Sweeps"]

_NOT_EMPTY = mark("{folder} is not empty and holds no sweep. Choose an empty folder, or a sweep's.")


class Sweeps:
    """The commands of a window that are about sweeps.

    Attributes
    ----------
    page : SweepPage or None
        Made when it is first needed.
    """

    def __init__(
        self,
        parts: Parts,
        files: SessionFiles,
        drawings: Drawings,
        workspace: Workspace,
        help_at: Callable[[str], object],
    ) -> None:
        self._parts, self._files, self._workspace = parts, files, workspace
        self._drawings, self._help = drawings, help_at
        self.page: SweepPage | None = None
        self._errands = Errands(
            parts.controller.jobs,
            lambda title: parts.status.say(tr("Cancelled: {job}", job=title)),
            partial(parts.messages.say, about=Cause.OPENING),
            parts.window,
        )

    # ---- opening

    def ask_folder(self) -> None:
        """Ask for the folder of a sweep and show it."""
        name = QFileDialog.getExistingDirectory(self._parts.window, tr("Open a sweep's folder"))
        if name and is_sweep(Path(name)):
            self.open(Path(name))
        elif name:
            none = tr("{folder} is not the folder of a sweep.", folder=name)
            self._parts.messages.say(none, about=Cause.OPENING)

    def open(self, path: Path) -> None:
        """Read the folder of a sweep, and show its page."""
        path = path.absolute()
        self._parts.messages.settle(Cause.OPENING)

        def read(job: Job) -> "SweepFolder":
            from laminoscope_core.sweep.reading import read_folder

            return read_folder(path, job)

        title = tr("Read the sweep {folder}", folder=path.name)
        self._errands.do(title, read, self._show, key=("sweep", path))

    def _show(self, folder: "SweepFolder") -> None:
        page = self._made()
        page.show_folder(folder)
        self._parts.preferences.add_recent_file(folder.path)
        self._parts.pages.show_apart(page)
        self._parts.status.say(tr("Opened {file}", file=folder.path.name))
        if folder.faults:
            self._parts.messages.say(" ".join(folder.faults), about=Cause.OPENING)

    def _made(self) -> "SweepPage":
        from laminoscope.sweep_page import SweepPage

        if self.page is None:
            self.page = page = SweepPage(self._workspace)
            page.session_wanted.connect(self._open_session)
            page.again_wanted.connect(lambda: self.open(self._folder()))
            page.resume_wanted.connect(lambda: self._start(self._folder()))
            for panel in page.panels:
                panel.apply_theme(self._workspace.theme)
                panel.menu_wanted.connect(self._show_menu)
                panel.help_wanted.connect(self._help)
        return self.page

    def _folder(self) -> Path:
        assert self.page is not None
        assert self.page.folder is not None
        return self.page.folder.path

    def _open_session(self, path: Path) -> None:
        """Show what a cell keeps; it is saved under another name, since cells stay as they are."""
        self._parts.pages.leave_start()
        self._files.open(path, own=False)

    def show(self) -> None:
        """Show the page of the sweep that was opened last."""
        if self.page is None or self.page.folder is None:
            self.ask_folder()
        else:
            self._parts.pages.show_apart(self.page)

    def apply_theme(self, theme: Theme) -> None:
        """Take other colours."""
        for panel in () if self.page is None else self.page.panels:
            panel.apply_theme(theme)

    # ---- running

    def start(self) -> None:
        """Ask for a sweep file and a folder, and run the sweep there; one that is there goes on."""
        self._start(None)

    def _start(self, out: Path | None) -> None:
        window = self._parts.window
        title = tr("Choose a sweep file")
        name, _ = QFileDialog.getOpenFileName(window, title, "", tr("Sweeps (*.toml)"))
        if not name:
            return
        if out is None:
            title = tr("Choose a folder for the results")
            folder = QFileDialog.getExistingDirectory(window, title, str(Path(name).parent))
            if not folder:
                return
            out = Path(folder)
        self.run(Path(name), out)

    def run(self, file: Path, out: Path) -> None:
        """Run a sweep into a folder, in the list of jobs, and show what came of it."""
        messages = self._parts.messages
        messages.settle(Cause.OPENING)
        if out.is_dir() and any(out.iterdir()) and not is_sweep(out):
            messages.say(tr(_NOT_EMPTY, folder=out), about=Cause.OPENING)
            return

        def work(job: Job) -> "Outcome":
            from laminoscope_core.sweep.child import sweep_in_child

            return sweep_in_child(file, out, job)

        def then(outcome: "Outcome") -> None:
            self.open(out)
            if outcome.failures:
                n = len(outcome.failures)
                failed = tr_n("{n} model failed.", "{n} models failed.", n)
                messages.say(f"{failed} {tr('The table says why.')}", about=Cause.OPENING)

        title = tr("Run the sweep {file}", file=file.name)
        self._errands.do(title, work, then, lane="network", key=("sweep", out))

    # ---- what is taken out

    def _show_menu(self, panel: Panel, position: QPoint) -> None:
        self.menu(panel).popup(position)

    def menu(self, panel: Panel) -> QMenu:
        """Return the menu of one of the page's plots."""
        menu = new_menu(panel)
        menu.addAction(tr("Export figure…"), lambda: self.save_figure(panel))
        menu.addSeparator()
        add_data_commands(menu, panel, self)
        menu.addSeparator()
        add_help(menu, panel)
        return menu

    def _shown(self, panel: Panel) -> "tuple[Spec, dict[str, Any]]":
        """Return what a panel shows, and of what."""
        spec = panel.figure()
        assert spec is not None  # the page is there only with a sweep
        return spec, dict(panel.results)

    def view_data(self, panel: Panel) -> None:
        """Show the numbers of a plot as a table, in a window of its own."""
        self._drawings.view_data(panel, *self._shown(panel))

    def copy_data(self, panel: Panel) -> None:
        """Put the numbers of a plot on the clipboard, for a spreadsheet."""
        self._drawings.copy_data(panel, *self._shown(panel))

    def save_data(self, panel: Panel) -> None:
        """Ask for a name and write the numbers of a plot."""
        path = self._drawings.ask(tr("Save data"), panel.id, TABLES)
        if path is None:
            return
        (spec, results), record = self._shown(panel), self._provenance(panel)

        def write(_: Job) -> Path:
            from laminoscope_core.export.formats import write_table

            return write_table(spec.shown(results).table, path, record)

        self._drawings.write(path, write)

    def save_figure(self, panel: Panel) -> None:
        """Ask for a name and write a plot as a figure."""
        path = self._drawings.ask(tr("Save figure"), panel.id, FIGURES)
        if path is None:
            return
        (spec, results), record = self._shown(panel), self._provenance(panel)

        def write(job: Job) -> Path:
            from laminoscope_core.figures import Style, compose, write_figure

            style = Style(letters=False)
            write_figure(compose(results, [[spec]], style, job), path, style, record)
            return path

        self._drawings.write(path, write)

    def _provenance(self, panel: Panel) -> dict[str, Any]:
        """Return where numbers of the page come from."""
        from laminoscope_core.export.provenance import library_versions

        spec, results = self._shown(panel)
        models = list(results["sweep"].models)
        view = asdict(spec.view)
        return {"plot": spec.kind, "view": view, "models": models, "libraries": library_versions()}
