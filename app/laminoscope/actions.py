"""Every command of the window, as data: menus, toolbar, palette and shortcut help come from it."""

from dataclasses import dataclass

from laminoscope_widgets.translation import mark

__all__ = ["ACTIONS", "Action"]

_FILE, _EDIT, _RUN = mark("&File"), mark("&Edit"), mark("&Run")
_SELECT, _VIEW, _HELP = mark("&Select"), mark("&View"), mark("&Help")


@dataclass(frozen=True)
class Action:
    """One command; its texts are English, to be shown by `tr`.

    Attributes
    ----------
    id : str
        Stable name.
    title : str
        What menus and palette say.
    menu : str
        The menu it stands in.
    slot : str
        Method of the main window that does it, or of one of its parts.
    shortcut : str
        In Qt's portable notation, several divided by semicolons; empty for none.
    icon : str
        Name of a drawing in the resources, for the toolbar; empty for none.
    tip : str
        One sentence for tooltip and palette.
    starts_group : bool
        Whether a line stands above it in its menu.
    """

    id: str
    title: str
    menu: str
    slot: str
    shortcut: str = ""
    icon: str = ""
    tip: str = ""
    starts_group: bool = False


ACTIONS: tuple[Action, ...] = (
    Action(
        "file.new",
        mark("&New"),
        _FILE,
        "opening.start_new",
        "Ctrl+N",
        tip=mark("Begin an empty experiment on the model that is open."),
    ),
    Action(
        "file.open",
        mark("&Open…"),
        _FILE,
        "opening.ask_file",
        "Ctrl+O",
        tip=mark("Open a session (.laminoscope), an experiment (.toml), a word list or a model."),
    ),
    Action(
        "file.open_sweep",
        mark("Open a s&weep…"),
        _FILE,
        "sweeps.ask_folder",
        tip=mark("Open the folder of a sweep: an experiment over many models."),
    ),
    Action(
        "file.models",
        mark("&Models…"),
        _FILE,
        "opening.browse_models",
        "Ctrl+Shift+M",
        tip=mark("See the models on this computer and those to be had: open, fetch, delete."),
        starts_group=True,
    ),
    Action(
        "file.open_folder",
        mark("Open model &folder…"),
        _FILE,
        "opening.ask_folder",
        tip=mark("Open a folder with a model in safetensors format."),
    ),
    Action(
        "file.open_model",
        mark("Open mo&del…"),
        _FILE,
        "opening.ask_model",
        "Ctrl+M",
        "model",
        mark("Open a model by catalog name, hub id, folder or file."),
    ),
    Action(
        "file.save_session",
        mark("&Save session"),
        _FILE,
        "files.save",
        "Ctrl+S",
        tip=mark("Save experiment, results, selection and window, to go on from there."),
        starts_group=True,
    ),
    Action(
        "file.save_session_as",
        mark("Save session &as…"),
        _FILE,
        "files.save_as",
        "Ctrl+Shift+S",
        tip=mark("Save the session under another name, with or without its activations."),
    ),
    Action(
        "file.save_experiment",
        mark("Save e&xperiment as…"),
        _FILE,
        "opening.save_experiment",
        tip=mark("Save model, words and carrier sentence as a TOML file."),
    ),
    Action(
        "file.export_tables",
        mark("Export &results…"),
        _FILE,
        "exporting.export_results",
        "Ctrl+E",
        tip=mark("Write all results as CSV and NPZ, with their provenance, into a folder."),
        starts_group=True,
    ),
    Action(
        "file.export_figure",
        mark("Export f&igure…"),
        _FILE,
        "exporting.show_dialog",
        "Ctrl+Shift+E",
        tip=mark("Compose a figure of this task's plots: SVG, PDF, PNG, data and script."),
    ),
    Action(
        "file.save_script",
        mark("Save s&cript…"),
        _FILE,
        "exporting.save_run_script",
        tip=mark("Save a Python script that computes all results again."),
    ),
    Action("file.quit", mark("&Quit"), _FILE, "close", "Ctrl+Q", starts_group=True),
    Action(
        "edit.undo",
        mark("&Undo"),
        _EDIT,
        "undo.undo",
        "Ctrl+Z",
        tip=mark("Take back the last change of words, text, prompts, chain or choices."),
    ),
    Action(
        "edit.redo",
        mark("&Redo"),
        _EDIT,
        "undo.redo",
        "Ctrl+Shift+Z; Ctrl+Y",
        tip=mark("Do again what was undone last."),
    ),
    Action(
        "edit.copy",
        mark("&Copy"),
        _EDIT,
        "exporting.copy",
        "Ctrl+C",
        tip=mark("Copy what has the focus: a plot as a picture, a table as text."),
    ),
    Action(
        "edit.preferences",
        mark("&Preferences…"),
        _EDIT,
        "show_preferences",
        "Ctrl+,",
        tip=mark("Set how it looks and computes, and where models are kept."),
        starts_group=True,
    ),
    Action(
        "run.capture",
        mark("&Capture"),
        _RUN,
        "runs.capture",
        "Ctrl+Return; Ctrl+Enter",
        "capture",
        mark("Run the model on the words and show the results."),
    ),
    Action(
        "run.cancel",
        mark("C&ancel"),
        _RUN,
        "runs.cancel",
        "Ctrl+.",
        "cancel",
        mark("Stop the running job at the next layer."),
    ),
    Action(
        "run.sweep",
        mark("Run a s&weep…"),
        _RUN,
        "sweeps.start",
        tip=mark("Run an experiment over many models, as a sweep file says, into a folder."),
    ),
    Action(
        "run.silence_head",
        mark("&Silence the selected head"),
        _RUN,
        "altering.silence_head",
        "Ctrl+Shift+H",
        tip=mark("Set what the selected head gives to zero, and show what that changes."),
        starts_group=True,
    ),
    Action(
        "run.clear_alterations",
        mark("Clear all &interventions"),
        _RUN,
        "altering.clear",
        tip=mark("Take back all interventions: the model is what it was."),
    ),
    Action(
        "run.show_altered",
        mark("Alte&red model or model as it is"),
        _RUN,
        "altering.toggle",
        "Ctrl+Shift+A",
        tip=mark("Show the altered model on all pages, or the model as it is."),
    ),
    Action(
        "layer.previous",
        mark("&Previous layer"),
        _SELECT,
        "previous_layer",
        "Ctrl+[",
        "previous",
    ),
    Action("layer.next", mark("&Next layer"), _SELECT, "next_layer", "Ctrl+]", "next"),
    Action(
        "select.clear",
        mark("&Clear selection"),
        _SELECT,
        "clear_selection",
        "Esc",
        tip=mark("Select nothing but the layer; or return from a panel that fills the page."),
        starts_group=True,
    ),
    Action("view.light", mark("&Light"), _VIEW, "use_light"),
    Action("view.dark", mark("&Dark"), _VIEW, "use_dark"),
    Action("view.system", mark("As the s&ystem"), _VIEW, "use_system"),
    Action(
        "view.inputs",
        mark("Fold the &form"),
        _VIEW,
        "pages.fold_inputs",
        "F7",
        tip=mark("Fold the column at the left away, or bring it back."),
        starts_group=True,
    ),
    Action(
        "view.details",
        mark("Fold the d&etails"),
        _VIEW,
        "pages.fold_details",
        "F8",
        tip=mark("Fold the column at the right away, or bring it back."),
    ),
    Action(
        "view.fill",
        mark("F&ill the page"),
        _VIEW,
        "pages.fill",
        "F11",
        tip=mark("Let the panel that has the keyboard take the whole page, or give it back."),
    ),
    Action(
        "view.next_panel",
        mark("&Next panel"),
        _VIEW,
        "pages.next_panel",
        "F6",
        tip=mark("Give the keyboard to the next panel of the page."),
        starts_group=True,
    ),
    Action(
        "view.previous_panel", mark("P&revious panel"), _VIEW, "pages.previous_panel", "Shift+F6"
    ),
    Action(
        "view.sweep",
        mark("S&weep"),
        _VIEW,
        "sweeps.show",
        tip=mark("Show the sweep that was opened last."),
    ),
    Action(
        "view.reset",
        mark("Rese&t layout"),
        _VIEW,
        "pages.reset",
        tip=mark("Arrange the panels of this page as at the first start."),
        starts_group=True,
    ),
    Action(
        "help.palette",
        mark("&Find…"),
        _HELP,
        "show_palette",
        "Ctrl+K",
        "search",
        mark("Find any command, panel, model, example, word or layer by typing."),
    ),
    Action(
        "help.start",
        mark("&Start page"),
        _HELP,
        "pages.show_start",
        tip=mark("Show examples, recent files and models."),
    ),
    Action(
        "help.guide",
        mark("&Guide"),
        _HELP,
        "help.show_guide",
        "F1",
        tip=mark("Say what the panel that has the keyboard shows."),
    ),
    Action(
        "help.example",
        mark("About this &example"),
        _HELP,
        "help.show_about_example",
        tip=mark("Say what the example that was opened asks, and what there is to see."),
    ),
    Action("help.shortcuts", mark("&Keyboard shortcuts"), _HELP, "help.show_shortcuts", "Ctrl+/"),
    Action(
        "help.columns",
        mark("&Columns of tables"),
        _HELP,
        "help.show_columns",
        tip=mark("What every column of every table holds, with its unit."),
    ),
    Action(
        "help.changes",
        mark("&New in this version"),
        _HELP,
        "help.show_changes",
        tip=mark("What has changed, as the changelog says it."),
        starts_group=True,
    ),
    Action(
        "help.update",
        mark("Check for an &update…"),
        _HELP,
        "help.check_for_update",
        tip=mark("Ask the package index once whether there is a newer version."),
    ),
    Action("help.about", mark("&About Laminoscope"), _HELP, "help.show_about"),
)
