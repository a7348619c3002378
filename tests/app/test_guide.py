"""The guide: its pages are whole, what they say can be done, and its window leads through them."""

import re
import shlex
import tomllib

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget

from laminoscope import cli
from laminoscope.examples import EXAMPLES
from laminoscope.guide import Guide
from laminoscope.guide_pages import CONTENTS, guide_pages, links, place_name
from laminoscope.guide_search import found
from laminoscope_core.experiment import Experiment
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.sampling.links import Link
from laminoscope_core.sampling.samplers import SAMPLERS
from laminoscope_core.tables import Table
from laminoscope_core.theme import DARK, LIGHT
from laminoscope_resources import guide_text, guide_topics, resource
from laminoscope_widgets.data_view import DataView
from laminoscope_widgets.explained import topic_of
from laminoscope_widgets.theme import apply_theme

LANGUAGES = ("en", "de")
PAGES = {language: guide_pages(language) for language in LANGUAGES}
EVERY = [(language, topic) for language in LANGUAGES for topic in guide_topics()]
LABELS = {"en": ("Formula", "n", "Limits"), "de": ("Formel", "n", "Grenzen")}


def blocks(kind):
    """The code blocks of one kind, of all pages, without what stands twice."""
    texts = [guide_text(topic, language) for language, topic in EVERY]
    return dict.fromkeys(
        b for t in texts for b in re.findall(rf"```{kind}\n(.*?)```", t, re.DOTALL)
    )


class TestPages:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_table_of_contents_has_each_page_once_and_by_its_name(self, language):
        pages = PAGES[language]
        assert sorted(page.topic for page in pages) == sorted(guide_topics())
        assert len({page.title for page in pages}) == len(pages)
        titles = {page.topic: page.title for page in pages}
        contents = guide_text(CONTENTS, language)
        in_lists = re.findall(r"^- \[(.*)\]\((.*)\.md\)$", contents, re.MULTILINE)
        assert in_lists == [(titles[topic], topic) for _, topic in in_lists]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_links_lead_somewhere(self, language):
        folder = resource("guide") if language == "en" else resource("guide", "de")
        there = {target for page in PAGES[language] for _, target in links(page.text)}
        assert len(there) > 60
        for target in there:
            file, _, place = target.partition("#")
            text = folder.joinpath(file).read_text(encoding="utf-8")
            headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
            assert not place or place in map(place_name, headings), target

    def test_the_readme_leads_to_the_table_of_contents(self):
        readme = resource().parent.parent / "README.md"
        path = "resources/laminoscope_resources/guide/index.md"
        assert path in [target for _, target in links(readme.read_text(encoding="utf-8"))]
        assert readme.parent.joinpath(path).is_file()

    def test_every_command_is_one(self):
        lines = [line for block in blocks("sh") for line in block.splitlines()]
        assert len(lines) >= 6
        for line in lines:
            name, *arguments = shlex.split(line)
            assert name == "laminoscope"
            command, bound, _ = cli.app.parse_args(
                arguments, exit_on_error=False, print_error=False
            )
            assert callable(command)
            for word in bound.arguments.values():
                assert "qkv" not in str(word) or Experiment.from_text(
                    resource("experiments", f"{word}.toml").read_text(encoding="utf-8")
                )

    def test_every_experiment_loads(self):
        written = blocks("toml")
        assert len(written) == 2
        for text in written:
            assert tomllib.loads(text)
            assert Experiment.from_text(text).model.source == "smollm2-135m"

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_plot_says_formula_n_and_limits(self, language):
        for plot in PLOTS:
            text = guide_text(plot, language)
            for label in LABELS[language]:
                assert re.search(rf"^- \*{label}:\* \S.{{8}}", text, re.MULTILINE), (plot, label)

    def test_an_example_has_its_page(self):
        for example in EXAMPLES:
            assert guide_text(example.name).startswith("### Example: ")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_page_of_samplers_has_each_with_its_values(self, language):
        parts = re.split(r"^#### ", guide_text("samplers", language), flags=re.MULTILINE)[1:]
        said = {re.search(r"\(`(\w+)`\)\n", part)[1]: part for part in parts}
        assert list(said) == list(SAMPLERS)
        for name, part in said.items():
            rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|", part, re.MULTILINE)
            parameters = SAMPLERS[name].parameters
            assert [row[0] for row in rows] == [each.name for each in parameters]
            for (_, default, _), each in zip(rows, parameters, strict=True):
                if isinstance(each.default, int | float):
                    assert float(default.replace("−", "-")) == each.default
            neutral = {row[0]: float(row[2].replace("−", "-")) for row in rows if row[2] != "–"}
            if neutral and not SAMPLERS[name].chooses:
                assert Link.from_item({"sampler": name, **neutral}).is_off
            assert re.search(r"^\*(When|Wann):\* ", part, re.MULTILINE)

    def test_numbers_of_the_first_examples_are_those_computed_elsewhere(self, golden):
        of = {name: np.array(values) for name, values in golden["results"].items()}
        lag = of["betas"][:, 1]
        numbers = {
            "words-qkv": [
                *np.abs(of["direct"]).mean(0), *of["rsa"].mean(0), of["rsa"].max(),
                of["rsa"][23, 1], of["within"][:, 0].mean(), of["across"][:, 0].mean(),
                of["d"].max(),
            ],
            "text-adjustments": [lag.min(), lag.max()],
        }  # fmt: skip
        for topic, expected in numbers.items():
            for language in LANGUAGES:
                text = guide_text(topic, language)
                assert [n for n in expected if f"{n:.3f}".replace("-", "−") not in text] == []
        assert np.unravel_index(of["rsa"].argmax(), of["rsa"].shape) == (15, 0)
        assert np.unravel_index(of["d"].argmax(), of["d"].shape) == (4, 2)
        assert (of["within"][:, 0] > of["across"][:, 0]).sum() == 27
        assert (lag > 0).sum() == 25


class TestSearch:
    @pytest.mark.parametrize(
        ("wanted", "first"),
        [
            ("glossary", "glossary"),
            ("noise ceiling", "laminar"),
            ("Mirostat", "samplers"),
            ("out of memory", "troubleshooting"),
            ("logit lens", "lens"),
            ("unity", "unity"),
        ],
    )
    def test_the_page_that_is_meant_is_among_the_first(self, wanted, first):
        topics = [hit.page.topic for hit in found(PAGES["en"], wanted)]
        assert first in topics[:3], topics[:5]

    @pytest.mark.parametrize(
        ("language", "asked", "first"),
        [
            ("en", "How do I export a figure?", "files"),
            ("en", "what is p?", "glossary"),
            ("en", "exporting figures", "files"),
            ("en", "can I compare two models", "rsa-models"),
            ("en", "Which keyboard shortcuts are there?", "window"),
            ("de", "Wie exportiere ich eine Abbildung?", "files"),
            ("de", "was ist p?", "glossary"),
            ("de", "wie kann ich etwas rückgängig machen", "window"),
        ],
    )
    def test_questions_are_answered_as_well(self, language, asked, first):
        topics = [hit.page.topic for hit in found(PAGES[language], asked)]
        assert first in topics[:2], topics[:5]

    def test_all_words_count_in_any_case_and_from_their_beginnings(self):
        hits = found(PAGES["en"], "SURPRIS tempera")
        assert hits
        for hit in hits:
            assert re.search(r"\bsurpris", hit.page.text, re.IGNORECASE)
            assert re.search(r"\btempera", hit.page.text, re.IGNORECASE)
        assert not found(PAGES["en"], "surprisal xyzzy")
        assert not found(PAGES["en"], " .")

    def test_a_pasted_text_of_any_length_is_looked_for_in_a_moment(self):
        begins = [hit.page.topic for hit in found(PAGES["en"], "the layer " * 6)]
        assert [hit.page.topic for hit in found(PAGES["en"], "the layer " * 20_000)] == begins

    def test_excerpts_are_plain(self):
        for hit in found(PAGES["en"], "layer"):
            assert "layer" in hit.excerpt.lower()
            assert not set("*`|\n") & set(hit.excerpt)


@pytest.fixture
def guide(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    guide = Guide(parent)
    guide.open_at(CONTENTS)
    yield guide
    guide.close()


def follow(guide, target):
    guide.page.anchorClicked.emit(QUrl(target))


class TestWindow:
    def test_every_page_is_listed_and_shown(self, guide):
        items = [guide.topics.item(row) for row in range(guide.topics.count())]
        pages = [item for item in items if item.flags() & Qt.ItemFlag.ItemIsSelectable]
        assert len(pages) == len(guide_topics())
        assert len({item.text() for item in pages}) == len(pages)
        for item in pages:
            if item.text() != "Columns of tables":  # the longest, which another test opens
                guide.topics.setCurrentItem(item)
                assert guide.page.toPlainText().startswith(item.text())

    def test_links_back_and_forward(self, guide, qtbot):
        follow(guide, "samplers.md#top-k-top_k")
        assert guide.topic == "samplers"
        assert guide.page.textCursor().block().text() == "Top-k (top_k)"
        follow(guide, "chain.md")
        qtbot.keyClick(guide, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert guide.topic == "samplers"
        guide.back.click()
        assert guide.topic == CONTENTS
        assert not guide.back.isEnabled()
        qtbot.keyClick(guide, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        guide.forward.click()
        assert guide.topic == "chain"
        assert not guide.forward.isEnabled()

    def test_it_is_leafed_through_in_the_order_of_its_contents(self, guide, qtbot):
        for page in PAGES["en"][1:4]:
            guide.next.click()
            assert guide.topic == page.topic
        qtbot.keyClick(guide, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
        assert guide.topic == PAGES["en"][2].topic
        guide.open_at(PAGES["en"][-1].topic)
        assert guide.next.isHidden()

    def test_pages_are_found_while_one_types(self, guide, qtbot):
        before = guide.topics.count()
        qtbot.keyClicks(guide.search, "nucleus")
        assert guide.topics.count() == 1
        assert guide.topic == "samplers"
        assert guide.page.textCursor().selectedText().lower() == "nucleus"
        guide.search.clear()
        assert guide.topics.count() == before
        qtbot.keyClicks(guide.search, "xyzzy")
        assert guide.topics.item(0).text() == "No page has these words."
        assert guide.topic == "samplers"

    def test_nothing_outside_opens_by_itself(self, guide, monkeypatch):
        opened = []
        monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
        for target in ("file:///etc/passwd", "http://example.org", "javascript:1"):
            follow(guide, target)
        assert opened == []
        follow(guide, "https://example.org/")  # as a click of the user does
        assert [url.toString() for url in opened] == ["https://example.org/"]

    def test_a_page_that_is_left_is_let_go_of(self, guide):
        def held():
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            return len(guide.page.findChildren(QTextDocument))

        guide.page.show_markdown("# One")
        n = held()
        guide.page.show_markdown("# Two")
        guide.page.show_markdown("# Three")
        assert held() == n
        assert guide.page.toPlainText() == "Three"

    def test_links_take_the_colours_of_another_theme(self, guide):
        def colour():
            block = guide.page.document().find("Start page").block()
            return block.begin().fragment().charFormat().foreground().color()

        for theme in (DARK, LIGHT):
            apply_theme(theme)
            assert colour().name().lower() == theme.sites["v"].lower()

    def test_the_key_opens_it_at_what_has_focus(self, window, qtbot):
        window.activateWindow()
        qtbot.wait_until(lambda: QApplication.activeWindow() is window)
        window.tools.layer.setFocus()
        window.actions_by_id["help.guide"].trigger()
        assert window.help.guide.topic == "window"
        window.pages.show_start()
        window.actions_by_id["help.guide"].trigger()
        assert window.help.guide.topic == "start-page"
        window.help.guide.close()

    def test_it_opens_at_a_sampler_and_by_links_of_help_texts(self, window):
        card = window.panels["chain"].cards[0]
        assert topic_of(card) == f"samplers#{card.name}"
        window.help.open_guide(topic_of(card))
        assert f"({card.name})" in window.help.guide.page.textCursor().block().text()
        window.panels["details"].help.anchorClicked.emit(QUrl("similarity.md"))
        assert window.help.guide.topic == "similarity"
        window.help.guide.close()

    def test_the_key_works_in_a_dialog(self, window, qtbot):
        view = DataView("Unity", Table({"x": (1, 2)}), window)
        view.show()
        view.activateWindow()
        qtbot.wait_until(lambda: QApplication.activeWindow() is view)
        qtbot.keyClick(QApplication.focusWidget() or view, Qt.Key.Key_F1)
        assert window.help.guide.topic == "columns"
        window.help.guide.close()
        view.close()


def test_enter_goes_on_to_the_words_of_a_question(guide):
    guide.search.setText("How do I export a figure?")
    assert guide.topic == "files"
    places = []
    for _ in range(3):
        guide.search.returnPressed.emit()
        cursor = guide.page.textCursor()
        assert cursor.selectedText().lower().startswith(("export", "figur"))
        places.append(cursor.position())
    assert len(set(places)) == 3
