"""Text in figures: any words come out right or visibly substituted, in fonts that are inside."""

import base64
import io
import re
import warnings
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from laminoscope_core.figures import Spec, Style, compose, figure_bytes
from laminoscope_core.figures.text import FAMILY, figure_text, shortened
from laminoscope_core.plots import similarity

from .legible import illegible
from .made_up import word_results

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<img src=x onerror=alert(1)>", "]]>&amp;<!--", "$x^2$ \\frac", "\x00\x01\x1b[31m", "\ud800",
    "שלום", "سلام", "e\u0301\u0301\u0301\u0301\u0301", "👨‍👩‍👧", "中文", "\u202egnp.exe",
    "x" * 10_000, "\ufffe\uffff", "\U0010fffd",
    "a\nb\tc\r", "'\"`", "\u2028", "%n%s{0}", "🏳️‍🌈", "ﷺ" * 50,
)  # fmt: skip


@pytest.fixture(scope="module")
def results():
    return word_results(12, 3, chance=False)


@pytest.fixture(autouse=True)
def no_missing_glyphs():
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph")
        yield


def similar(words):
    """Return the figure of maps whose words are given."""
    made = word_results(len(words), 1, words=words, chance=False)
    return compose(made, [[Spec("similarity", similarity.View(0, pair=(0, 1)))]])


def svg_texts(content):
    return ["".join(text.itertext()) for text in ElementTree.fromstring(content).iter(f"{SVG}text")]


class TestText:
    def test_hostile_words_are_drawn_in_every_format(self):
        for start in range(0, len(HOSTILE), 5):
            words = HOSTILE[start : start + 5]
            figure = similar(words)
            assert not illegible(figure, Style())
            texts = svg_texts(figure_bytes(figure, "svg"))
            assert {figure_text(word, 18) for word in words} <= set(texts)
            for name in ("pdf", "png"):
                assert figure_bytes(figure, name)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.text(st.characters(codec=None), max_size=60), min_size=2, max_size=6))
    def test_any_words_make_xml_with_those_words(self, words):
        texts = svg_texts(figure_bytes(similar(words), "svg"))
        expected = {figure_text(word, 18) for word in words}
        assert {text for text in expected if text.strip()} <= set(texts)

    @given(st.text(st.characters(codec=None)), st.integers(1, 60))
    def test_text_is_in_the_font_and_no_longer_than_allowed(self, text, limit):
        from matplotlib.ft2font import FT2Font

        from laminoscope_core.figures.text import font_file

        shown = figure_text(text, limit)
        visible = shown.replace("\u2068", "").replace("\u2069", "")
        assert len(visible) <= limit
        assert {ord(character) for character in visible} <= set(
            FT2Font(font_file(FAMILY)).get_charmap()
        )
        assert shown.count("\u2068") == shown.count("\u2069")

    def test_names_of_characters_are_never_cut(self):
        assert shortened("ab⟨U+4E2D⟩⟨U+4E2D⟩", 12) == "ab⟨U+4E2D⟩…"
        assert figure_text("\r\n") == "⟨U+000D⟩⏎"

    def test_a_pdf_gives_the_words_back(self):
        words = ("naïve", "Ærøskøbing", "Достоевский", "λόγος", "fi ffl")
        page = PdfReader(io.BytesIO(figure_bytes(similar(words), "pdf"))).pages[0]
        text = page.extract_text()
        for word in words:
            assert word in text

    def test_right_to_left_words_do_not_reorder_what_stands_beside_them(self):
        texts = svg_texts(figure_bytes(similar(("שלום", "galaxy")), "svg"))
        marked = next(text for text in texts if "Q 0." in text or "Q −0." in text)
        assert marked.startswith("\u2068שלום\u2069 – galaxy: Q ")


class TestFonts:
    def test_svg_carries_the_fonts_of_all_its_characters(self, results):
        rows = [[Spec("similarity", similarity.View(1)), Spec("unity")]]
        content = figure_bytes(compose(results, rows), "svg")
        faces = re.findall(
            rb"@font-face\{font-family:'([^']+)';font-weight:(\d+);src:url\(data:font/woff;"
            rb"base64,([^)]+)\) format\('woff'\)\}",
            content,
        )
        fonts = {weight: TTFont(io.BytesIO(base64.b64decode(font))) for _, weight, font in faces}
        assert {family for family, _, _ in faces} == {b"DejaVu Sans"}
        for element in ElementTree.fromstring(content).iter(f"{SVG}text"):
            assert "font-family: 'DejaVu Sans'" in element.get("style")
            weight = b"700" if "700" in element.get("style") else b"400"
            assert {ord(c) for c in "".join(element.itertext())} <= set(fonts[weight].getBestCmap())
        for font in fonts.values():
            assert "DejaVu" in font["name"].getDebugName(1)

    def test_pdf_embeds_truetype_fonts_and_no_others(self, results):
        page = PdfReader(
            io.BytesIO(figure_bytes(compose(results, [[Spec("unity")]]), "pdf"))
        ).pages[0]
        fonts = page["/Resources"]["/Font"]
        assert fonts
        for font in fonts.values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            descriptor = descendant.get_object()["/FontDescriptor"].get_object()
            assert "DejaVuSans" in descriptor["/FontName"]
            assert "/FontFile2" in descriptor
