"""Every command of the window, as data: menus, toolbar, palette and shortcut help come from it."""

from dataclasses import dataclass

__all__ = ["ACTIONS", "Action"]


@dataclass(frozen=True)
class Action:
    """One command.

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
        "&New",
        "&File",
        "opening.start_new",
        "Ctrl+N",
        tip="Begin an empty experiment on the model that is open.",
    ),
    Action(
        "file.open",
        "&Open…",
        "&File",
        "opening.ask_file",
        "Ctrl+O",
        tip="Open a session (.laminoscope), an experiment (.toml), a word list or a model.",
    ),
    Action(
        "file.models",
        "&Models…",
        "&File",
        "opening.browse_models",
        "Ctrl+Shift+M",
        tip="See the models on this computer and those to be had: open, fetch, delete.",
        starts_group=True,
    ),
    Action(
        "file.open_folder",
        "Open model &folder…",
        "&File",
        "opening.ask_folder",
        tip="Open a folder with a model in safetensors format.",
    ),
    Action(
        "file.open_model",
        "Open mo&del…",
        "&File",
        "opening.ask_model",
        "Ctrl+M",
        "model",
        "Open a model by catalog name, hub id, folder or file.",
    ),
    Action(
        "file.save_session",
        "&Save session",
        "&File",
        "files.save",
        "Ctrl+S",
        tip="Save experiment, results, selection and window, to go on from there.",
        starts_group=True,
    ),
    Action(
        "file.save_session_as",
        "Save session &as…",
        "&File",
        "files.save_as",
        "Ctrl+Shift+S",
        tip="Save the session under another name, with or without its activations.",
    ),
    Action(
        "file.save_experiment",
        "Save e&xperiment as…",
        "&File",
        "opening.save_experiment",
        tip="Save model, words and carrier sentence as a TOML file.",
    ),
    Action(
        "file.export_tables",
        "Export &results…",
        "&File",
        "exporting.export_results",
        "Ctrl+E",
        tip="Write all results as CSV and NPZ, with their provenance, into a folder.",
        starts_group=True,
    ),
    Action(
        "file.export_figure",
        "Export f&igure…",
        "&File",
        "exporting.show_dialog",
        "Ctrl+Shift+E",
        tip="Compose a figure of this task's plots: SVG, PDF, PNG, data and script.",
    ),
    Action(
        "file.save_script",
        "Save s&cript…",
        "&File",
        "exporting.save_run_script",
        tip="Save a Python script that computes all results again.",
    ),
    Action("file.quit", "&Quit", "&File", "close", "Ctrl+Q", starts_group=True),
    Action(
        "edit.undo",
        "&Undo",
        "&Edit",
        "undo.undo",
        "Ctrl+Z",
        tip="Take back the last change of words, text, prompts, chain or choices.",
    ),
    Action(
        "edit.redo",
        "&Redo",
        "&Edit",
        "undo.redo",
        "Ctrl+Shift+Z; Ctrl+Y",
        tip="Do again what was undone last.",
    ),
    Action(
        "edit.copy",
        "&Copy",
        "&Edit",
        "exporting.copy",
        "Ctrl+C",
        tip="Copy what has the focus: a plot as a picture, a table as text.",
    ),
    Action(
        "edit.preferences",
        "&Preferences…",
        "&Edit",
        "show_preferences",
        "Ctrl+,",
        tip="Set how it looks and computes, and where models are kept.",
        starts_group=True,
    ),
    Action(
        "run.capture",
        "&Capture",
        "&Run",
        "runs.capture",
        "Ctrl+Return; Ctrl+Enter",
        "capture",
        "Run the model on the words and show the results.",
    ),
    Action(
        "run.cancel",
        "C&ancel",
        "&Run",
        "runs.cancel",
        "Ctrl+.",
        "cancel",
        "Stop the running job at the next layer.",
    ),
    Action(
        "layer.previous",
        "&Previous layer",
        "&Select",
        "previous_layer",
        "Ctrl+[",
        "previous",
    ),
    Action("layer.next", "&Next layer", "&Select", "next_layer", "Ctrl+]", "next"),
    Action(
        "select.clear",
        "&Clear selection",
        "&Select",
        "clear_selection",
        "Esc",
        tip="Select nothing but the layer; or return from a panel that fills the page.",
        starts_group=True,
    ),
    Action("view.light", "&Light", "&View", "use_light"),
    Action("view.dark", "&Dark", "&View", "use_dark"),
    Action("view.system", "As the s&ystem", "&View", "use_system"),
    Action(
        "view.inputs",
        "Fold the &form",
        "&View",
        "pages.fold_inputs",
        "F7",
        tip="Fold the column at the left away, or bring it back.",
        starts_group=True,
    ),
    Action(
        "view.details",
        "Fold the d&etails",
        "&View",
        "pages.fold_details",
        "F8",
        tip="Fold the column at the right away, or bring it back.",
    ),
    Action(
        "view.fill",
        "F&ill the page",
        "&View",
        "pages.fill",
        "F11",
        tip="Let the panel that has the keyboard take the whole page, or give it back.",
    ),
    Action(
        "view.next_panel",
        "&Next panel",
        "&View",
        "pages.next_panel",
        "F6",
        tip="Give the keyboard to the next panel of the page.",
        starts_group=True,
    ),
    Action("view.previous_panel", "P&revious panel", "&View", "pages.previous_panel", "Shift+F6"),
    Action(
        "view.reset",
        "Rese&t layout",
        "&View",
        "pages.reset",
        tip="Arrange the panels of this page as at the first start.",
        starts_group=True,
    ),
    Action(
        "help.palette",
        "&Find…",
        "&Help",
        "show_palette",
        "Ctrl+K",
        "search",
        "Find any command, panel, model, example, word or layer by typing.",
    ),
    Action(
        "help.start",
        "&Start page",
        "&Help",
        "pages.show_start",
        tip="Show examples, recent files and models.",
    ),
    Action(
        "help.guide",
        "&Guide",
        "&Help",
        "show_guide",
        "F1",
        tip="Say what the panel that has the keyboard shows.",
    ),
    Action("help.shortcuts", "&Keyboard shortcuts", "&Help", "show_shortcuts", "Ctrl+/"),
    Action(
        "help.columns",
        "&Columns of tables",
        "&Help",
        "show_columns",
        tip="What every column of every table holds, with its unit.",
    ),
    Action("help.about", "&About Laminoscope", "&Help", "show_about"),
)
