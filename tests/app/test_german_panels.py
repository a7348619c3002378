"""Panels in German: with results in them, nothing that they show or say is English."""

import re
import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QTableView, QTreeWidget

from laminoscope import session_io
from laminoscope.layouts import TASKS
from laminoscope_core.analysis import rsa_chance, separability_chance
from laminoscope_core.experiment import InsideSection, TextSection, WordsSection
from laminoscope_core.export.figure_files import figure_files
from laminoscope_core.plots.shown import Bars, Image
from laminoscope_core.session import save_session
from laminoscope_core.text import Verbatim
from laminoscope_widgets.plot_panel import PlotPanel
from laminoscope_widgets.text_panel import TextPlotPanel
from laminoscope_widgets.translation import shown_text, use_language

from .german import english_only, is_english, said_by

ALIKE = {"Text", "Tokens", "Prompts", "Prompt", "Token", "Logit", "Chat"}
"""What is the same in both."""
WORDS = {
    "all": ("layer", "Capture", "model", "taken"),
    "within": ("all", "left", "median", "tokens"),
    "across": ("within", "out", "removed", "chain"),
}
"""Words and categories of the user that the window has too."""
_OF_THE_USER = re.compile(r"„[^“]*“|The next word is \{word\}|·\S*|\d+  \S+  ")
"""Prompts, sentences that models are given, and tokens as they are shown."""
_GERMAN = re.compile(
    r"\b(Schicht|Wörter|Ähnlichkeit|innerhalb|zwischen|Kette|Kandidaten|Wahrscheinlichkeit"
    r"|Überraschung|Spalte|Startwert|und|der|nach|übrig|ändern|wählen)\b"
)
_ROWS = 40
"""Of a table that are looked at."""


@pytest.fixture
def german(qapp):
    """Texts of the sources that a German window has no more; to be asked for before the window."""
    use_language("de")
    yield english_only() - ALIKE
    use_language("en")


@pytest.fixture
def filled(window, qtbot, tiny_folder):
    """The window with the results of all tasks, of a tiny model."""
    window.controller.params["rsa-chance"] = rsa_chance.Params(n_permutations=19, n_resamples=9)
    window.controller.params["separability-chance"] = separability_chance.Params(19)
    window.forms.model = window.forms.model.model_copy(update={"source": str(tiny_folder)})
    window.panels["words"].set_section(WordsSection(categories=WORDS))
    window.panels["text"].set_section(TextSection(content="The observatory stands on a hill."))
    window.panels["inside"].set_section(InsideSection(content="An old hill.", watch=("a", "b")))
    window.runs.capture()
    for task in TASKS:
        window.runs.show_task(task)
        qtbot.wait_until(
            lambda section=task.section: (
                section in window.controller.results
                and not window.controller.busy()
                and window.updates.idle()
            ),
            timeout=60_000,
        )
    return window


def of_tables(window):
    """What the heads of tables say, and the tips of their cells."""
    roles = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole
    for table in window.findChildren(QTableView):
        model = table.model()
        for column in range(0 if model is None else model.columnCount()):
            heads = (model.headerData(column, Qt.Orientation.Horizontal, role) for role in roles)
            tips = (
                model.index(row, column).data(roles[1])
                for row in range(min(model.rowCount(), _ROWS))
            )
            for text in (*heads, *tips):
                yield type(table).__name__, text or ""


def of_plots(window):
    """What plots show as painted, and what they say of what is pointed at."""
    for panel in window.findChildren(PlotPanel):
        for item in panel.canvas.frames.values():
            name, (x, _) = panel.id, item.vb.viewRange()
            yield name, " ".join(item.wrapped_title())
            yield name, item._inside.toPlainText()
            for side in ("left", "bottom", "right"):
                axis = item.axis(side)
                yield name, getattr(axis, "_text", "") or axis.labelText or ""
            yield name, shown_text(target.text) if (target := item.along(sum(x) / 2)) else ""
            for mark in (drawn.mark for drawn in item.drawn.values()):
                if getattr(mark, "says", None) is None:
                    continue
                if isinstance(mark, Image):
                    said = mark.says(0, mark.values.shape[1] - 1)
                else:
                    n_points = len(mark.at if isinstance(mark, Bars) else mark.x)
                    said = mark.says(n_points - 1) if n_points else ""
                yield name, "" if isinstance(said, Verbatim) else shown_text(said)
        for _, text in panel.key._entries:
            yield panel.id, text
    for panel in window.findChildren(TextPlotPanel):
        for place in range(0 if panel.shown is None else len(panel.shown.tokens)):
            yield panel.id, shown_text(panel.shown.says(place))


def cells(table):
    """What a table shows, row by row."""
    model = table.model()
    columns = range(model.columnCount())
    return [[model.index(row, at).data() for at in columns] for row in range(model.rowCount())]


def test_panels_with_results_speak_german_and_what_leaves_them_does_not(german, filled, tmp_path):
    said = [*said_by(filled, but=(QListWidget, QTreeWidget)), *of_tables(filled), *of_plots(filled)]
    assert len(said) > 1500
    texts = ((f"{kind}: {text}", _OF_THE_USER.sub("", text)) for kind, text in said)
    assert not sorted({shown for shown, text in texts if is_english(text, german)})

    panels = filled.panels
    for header in (panels["compare"].list.horizontalHeader(), panels["writing"].tree.header()):
        for section in range(1, header.count()):
            assert header.sectionSize(section) >= header.sectionSizeHint(section)
        assert header.font().family() == filled.font().family()

    pairs = [[category, word] for category, words in WORDS.items() for word in words]
    assert [row[:2] for row in cells(filled.panels["words"].view)] == pairs
    axis = filled.panels["similarity"].canvas.frames["q"].axis("left")
    assert axis._words == tuple(word for _, word in pairs)
    assert [name for name, *_ in axis._groups] == list(WORDS)
    for frame in filled.panels["similarity"].shown.frames.values():
        assert shown_text(frame.marks["map"].says(0, 0)) == "layer"
        assert shown_text(frame.marks["map"].says(0, 1)).startswith("layer – Capture, innerhalb")

    files = everything_that_leaves(filled, tmp_path / "one.laminoscope")
    assert "layer" in files["figures/figure.svg"]
    assert "RSA within" in files["figures/figure.svg"]
    assert not [name for name, text in files.items() if _GERMAN.search(text)]


def everything_that_leaves(window, path):
    """The texts of a session, of figures and of their data, by name."""
    session = session_io.session_of(window.parts)
    save_session(path, session, activations=False)
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith(".npy")]
        files = {name: archive.read(name) for name in names}
    rows = [[window.panels[name].figure()] for name in ("laminar", "adjustments", "chain")]
    files |= figure_files(session.run, rows, formats=("svg",))
    return {name: content.decode() for name, content in files.items()}
