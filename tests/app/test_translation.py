"""The window in German: the catalogue is whole, and it is what the window shows."""

import ast
import re
import runpy
import string
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox

from laminoscope.in_use import use_wanted_language
from laminoscope.preferences import Preferences
from laminoscope.preferences_dialog import PreferencesDialog
from laminoscope_core.plots.prompts import stage_title
from laminoscope_core.sampling import SAMPLERS
from laminoscope_widgets.sampler_card import SamplerCard
from laminoscope_widgets.theme import LIGHT
from laminoscope_widgets.translation import (
    LANGUAGES,
    language,
    language_for,
    shown_text,
    tr,
    tr_n,
    use_language,
)

CORE_TEXTS = runpy.run_path(str(Path(__file__).parents[2] / "packaging" / "core_texts.py"))
TRANSLATE = runpy.run_path(str(Path(__file__).parents[2] / "packaging" / "translate.py"))
CATALOGUE = TRANSLATE["CATALOGUE"]


@pytest.fixture
def german(qapp):
    """The application speaks German; to be asked for before the window."""
    use_language("de")
    yield
    use_language("en")


@pytest.fixture(scope="module")
def catalogue():
    return TRANSLATE["read"](CATALOGUE)


def places(text):
    """The names of a text's places, in which values are put."""
    return sorted(name for _, name, *_ in string.Formatter().parse(text) if name is not None)


def test_every_text_of_the_sources_is_translated_and_no_other(catalogue):
    assert set(catalogue) == TRANSLATE["collect"]()


def test_a_translation_has_the_places_and_the_key_of_its_text(catalogue):
    for (_, english), text in catalogue.items():
        assert places(text) == places(english), english
        keys = [len(re.findall(r"&[^&\s]", each)) for each in (english, text)]
        assert keys[0] == keys[1], english


def test_the_compiled_catalogue_is_that_of_its_source(tmp_path):
    TRANSLATE["compiled"](CATALOGUE, tmp_path / "again.qm")
    assert CATALOGUE.with_suffix(".qm").read_bytes() == (tmp_path / "again.qm").read_bytes()


def test_a_text_that_is_made_before_it_is_translated_is_refused(tmp_path):
    file = tmp_path / "some.py"
    file.write_text(
        "tr('One {n}', n=n)\ntr('A' if n else 'B')\nmark('C' 'D')\ntr(name)\ntr_n('E', 'F', n)"
    )
    assert set(TRANSLATE["window_texts"](file)) == {"One {n}", "A", "B", "CD", "E", "F"}
    file.write_text("tr(f'{n} words')")
    with pytest.raises(ValueError, match=r"some\.py:1: an f-string"):
        list(TRANSLATE["window_texts"](file))


def test_the_label_of_an_axis_is_found_behind_what_is_unpacked_and_in_a_choice():
    made = "Axis(*ends, 'added')\nAxis(*a, *b, 'one' if n else 'two', grid='x')\nAxis(0, 1, 'at')"
    made += "\nf(*ends, 'not one')\n_real('min_keep', 'no')\nParameter('k', 'int')"
    found = CORE_TEXTS["_labels"](ast.parse(made))
    assert set(found) == {"added", "one", "two", "at", "min keep"}


def test_parameters_of_samplers_are_german_and_files_are_not(german, qtbot):
    for sampler in SAMPLERS.values():
        card = SamplerCard({"sampler": sampler.name}, LIGHT)
        qtbot.addWidget(card)
        card.show()
        labels = [label for label in card._labels if len(label.text()) > 1]
        english = {each.title for each in sampler.parameters}
        same = {label.text().lower() for label in labels} & english
        assert not same - {"tau", "eta", "epsilon", "exponent"}, sampler.name
        assert all(label.width() >= label.sizeHint().width() for label in labels), sampler.name
        assert list(card.item()) == ["sampler", *(each.name for each in sampler.parameters)]
    stages = ["temperature", "temperature 2"]
    assert [shown_text(stage_title(each)) for each in stages] == ["Temperatur", "Temperatur (2)"]


def test_what_is_quoted_has_german_marks(german):
    assert shown_text("“·snow − ·grass”") == "„·snow − ·grass“"
    said = shown_text("After “…upon the”: 40 candidates left")
    assert "„…upon the“" in said or "“" not in said


@pytest.mark.parametrize(
    ("wanted", "system", "spoken"),
    [
        ("system", ["de-Latn-AT", "de-AT", "de"], "de"),
        ("system", ["fr-FR", "fr", "de-CH", "en"], "de"),
        ("system", ["en-GB", "de"], "en"),
        ("system", ["C"], "en"),
        ("en", ["de"], "en"),
        ("de", ["en"], "de"),
    ],
)
def test_the_language_is_what_is_wanted_or_what_the_system_speaks(wanted, system, spoken):
    assert language_for(wanted, system) == spoken
    assert spoken in LANGUAGES


def test_the_language_of_the_preferences_is_used_at_the_start(german):
    preferences = Preferences()
    preferences.language = "en"
    use_wanted_language(preferences)
    assert (language(), tr("Preferences")) == ("en", "Preferences")
    preferences.language = "de"
    use_wanted_language(preferences)
    assert (language(), tr("Preferences")) == ("de", "Einstellungen")


def test_texts_are_english_without_a_translator(qapp):
    assert tr("Preferences") == "Preferences"
    assert tr("{size} points", size=12) == "12 points"
    assert [tr_n("{n} word", "{n} words", n) for n in (0, 1, 2)] == ["0 words", "1 word", "2 words"]
    assert shown_text("anything {at all") == "anything {at all"


def test_values_are_put_into_the_translation(german):
    assert tr("{size} points", size="{size}") == "{size} Punkt"
    assert tr("never heard of") == "never heard of"
    assert shown_text(tr("Saved {file}", file="layer 3, all")) == "layer 3, all gespeichert"


def test_preferences_speak_german_with_the_buttons_of_qt(german, window):
    dialog = PreferencesDialog(window.preferences, str, window)
    assert dialog.windowTitle() == "Einstellungen"
    assert [dialog.language.itemText(i) for i in range(3)] == [
        "Wie das System",
        "English",
        "Deutsch",
    ]
    close = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close)
    assert close.text() == "Schließen"
    dialog.close()
