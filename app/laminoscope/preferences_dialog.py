"""The preferences: how it looks, how it computes, where the cache is."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QVBoxLayout,
    QWidget,
)

from laminoscope.cache_box import CacheBox
from laminoscope.in_use import THREADS_VARIABLE, asked_threads
from laminoscope.preferences import (
    FONT_SIZES,
    LANGUAGES,
    PERMUTATIONS,
    RESAMPLES,
    THREADS,
    Preferences,
)
from laminoscope_core.analysis.threads import n_threads
from laminoscope_core.paths import settings_folder
from laminoscope_core.theme import DIVERGING_MAPS, SEQUENTIAL_MAPS
from laminoscope_widgets.colour_map_box import map_box
from laminoscope_widgets.explained import explained
from laminoscope_widgets.named import named
from laminoscope_widgets.number_boxes import WholeBox
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, tr

__all__ = ["PreferencesDialog"]

_LABEL = 130
_APPEARANCES = {
    "system": mark("As the system"),
    "light": mark("Light"),
    "dark": mark("Dark"),
}


class PreferencesDialog(QDialog):
    """What is changed here is used and kept at once; ``changed()`` says so.

    Parameters
    ----------
    preferences : Preferences
        Are shown and set.
    in_use : callable
        Returns the SHA-256 of the GGUF file whose conversion is open, or nothing.
    parent : QWidget
        The window.
    """

    changed = Signal()

    def __init__(
        self, preferences: Preferences, in_use: Callable[[], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Preferences"))
        explained(self, "window")
        self.setObjectName("preferences")
        self._preferences = preferences
        self.cache = CacheBox(in_use)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(12)
        column.addWidget(self._make_looks())
        column.addWidget(self._make_computing())
        column.addWidget(self.cache)
        folder = safe_text(str(settings_folder()), limit=200)
        kept = plain_label(tr("Kept in {folder}", folder=folder), "muted")
        kept.setWordWrap(True)
        column.addWidget(kept)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column.addWidget(buttons)
        self.setMinimumWidth(560)

    def _make_looks(self) -> QWidget:
        appearances = {name: tr(text) for name, text in _APPEARANCES.items()}
        self.appearance = self._choice("appearance", appearances, tr("Light or dark."))
        sizes = {0: tr("As the desktop")}
        sizes |= {size: tr("{size} points", size=size) for size in FONT_SIZES}
        self.font_size = self._choice("font_size", sizes, tr("Of the window's text."))
        without, about = tr("Of numbers without a sign."), tr("Of numbers about zero.")
        self.sequential = self._maps("sequential", SEQUENTIAL_MAPS, without)
        self.diverging = self._maps("diverging", DIVERGING_MAPS, about)
        languages = {name: tr(text) for name, text in LANGUAGES.items()}
        self.language = self._choice("language", languages, tr("Of menus and texts."))
        rows = {
            tr("Appearance"): (self.appearance, ""),
            tr("Text size"): (
                self.font_size,
                tr("Numbers at plots have it from the next start on."),
            ),
            tr("Colours of maps"): (
                self.sequential,
                tr("Unless another map was chosen at the plot."),
            ),
            tr("… of signed numbers"): (self.diverging, ""),
            tr("Language"): (self.language, tr("From the next start on.")),
        }
        return _group(tr("How it looks"), rows)

    def _make_computing(self) -> QWidget:
        self.threads = self._number("threads", THREADS, tr("How many threads compute at once."))
        self.threads.setSpecialValueText(tr("one a core ({n})", n=n_threads()))
        asked = asked_threads()
        if asked:
            self.threads.setEnabled(False)
        self.permutations = self._number(
            "permutations", PERMUTATIONS, tr("Relabellings of the words behind each p.")
        )
        self.permutations.setSpecialValueText(tr("as many as the layers ask for"))
        self.permutations.setSingleStep(100)
        self.resamples = self._number(
            "resamples", RESAMPLES, tr("Bootstrap resamples of the words behind each band.")
        )
        setting = f"{THREADS_VARIABLE}={asked}"
        from_next = tr("From the next capture on.")
        rows = {
            tr("Threads"): (
                self.threads,
                tr("{setting} says it.", setting=setting) if asked else "",
            ),
            tr("Permutations"): (self.permutations, from_next),
            tr("Bootstrap"): (self.resamples, from_next),
        }
        return _group(tr("How it computes"), rows)

    def _choice(self, name: str, entries: Mapping[Any, str], tip: str) -> QComboBox:
        box = QComboBox()
        for value, text in entries.items():
            box.addItem(text, value)
        return self._bound(name, box, tip)

    def _maps(self, name: str, maps: tuple[str, ...], tip: str) -> QComboBox:
        return self._bound(name, map_box(maps, getattr(self._preferences, name)), tip)

    def _bound(self, name: str, box: QComboBox, tip: str) -> QComboBox:
        """Bind a box to a preference."""
        box.setCurrentIndex(box.findData(getattr(self._preferences, name)))
        box.activated.connect(lambda _: self._set(name, box.currentData()))
        box.setToolTip(tip)
        return box

    def _number(self, name: str, allowed: range, tip: str) -> WholeBox:
        """Return a box for a preference; one below the least stands for a number of ours."""
        value = getattr(self._preferences, name)
        least = allowed.start if name == "resamples" else allowed.start - 1
        box = WholeBox(minimum=least, maximum=allowed.stop - 1, value=value or least)
        box.setGroupSeparatorShown(False)
        box.setKeyboardTracking(False)
        box.setToolTip(tip)
        box.valueChanged.connect(lambda chosen: self._set(name, chosen if chosen in allowed else 0))
        return box

    def _set(self, name: str, value: Any) -> None:
        setattr(self._preferences, name, value)
        self.changed.emit()

    def done(self, result: int) -> None:
        """Close, after what is being done with the cache."""
        self.cache.close_thread()
        super().done(result)


def _group(title: str, rows: Mapping[str, tuple[QWidget, str]]) -> QGroupBox:
    """Return fields under a title, each with what is to be said of it."""
    group = QGroupBox(title)
    form = QFormLayout(group)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(6)
    for text, (field, said) in rows.items():
        label = plain_label(text)
        label.setMinimumWidth(_LABEL)
        label.setBuddy(field)
        named(field, text, field.toolTip())
        form.addRow(label, field)
        if said:
            form.addRow("", plain_label(said, "muted"))
    return group
