"""Figures as files: text that is text, pixels that are pixels, the same bytes each time."""

import base64
import io
import json
import os
import subprocess
import sys
import threading
import warnings
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from laminoscope_core.figures import (
    FORMATS,
    PRESETS,
    Spec,
    Style,
    compose,
    figure_bytes,
    provenance_of,
    write_figure,
)
from laminoscope_core.figures.colour_maps import colour_map
from laminoscope_core.plots import similarity, unity
from laminoscope_core.strict_json import json_ready

from .legible import illegible
from .made_up import word_results

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def results():
    return word_results(12, 3, chance=False)


@pytest.fixture(autouse=True)
def no_missing_glyphs():
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph")
        yield


class TestPixels:
    @pytest.fixture
    def expected(self, results):
        from matplotlib.colors import Normalize

        limits = similarity.show(results, similarity.View(1)).limits["scale"]
        matrices = results["similarity"].matrices
        colours = colour_map("magma")
        return [
            colours(Normalize(*limits)(matrices[site][1]), bytes=True)[..., :3] for site in "qkv"
        ]

    @pytest.fixture
    def figure(self, results):
        return compose(results, [[Spec("similarity", similarity.View(1))]], Style(marks=False))

    def test_svg_holds_each_matrix_as_its_pixels(self, figure, expected):
        tree = ElementTree.fromstring(figure_bytes(figure, "svg"))
        images = list(tree.iter(f"{SVG}image"))[:3]
        for element, colours in zip(images, expected, strict=True):
            assert "pixelated" in element.get("style")
            data = element.get("{http://www.w3.org/1999/xlink}href").partition(",")[2]
            pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"))
            assert pixels.shape == (12, 12, 3)
            # the pixels stand as they are or upside down, with a transform that says so
            flipped = float(element.get("transform").split()[3].rstrip(",")) < 0
            np.testing.assert_array_equal(pixels[::-1] if flipped else pixels, colours)

    def test_pdf_holds_each_matrix_losslessly(self, figure, expected):
        reader = PdfReader(io.BytesIO(figure_bytes(figure, "pdf")))
        objects = reader.pages[0]["/Resources"]["/XObject"].values()
        images = [o.get_object() for o in objects if o.get_object()["/Subtype"] == "/Image"]
        assert {image["/Filter"] for image in images} == {"/FlateDecode"}
        squares = [image for image in images if image["/Width"] == image["/Height"] == 12]
        found = [np.asarray(image.decode_as_image().convert("RGB")) for image in squares]
        for colours in expected:
            assert any(
                np.array_equal(pixels, colours) or np.array_equal(pixels[::-1], colours)
                for pixels in found
            )

    def test_png_shows_each_cell_in_its_colour(self, figure, expected):
        picture = Image.open(io.BytesIO(figure_bytes(figure, "png")))
        pixels = np.asarray(picture.convert("RGB"))
        maps = [axes for axes in figure.findobj(lambda a: hasattr(a, "images")) if axes.images][:3]
        height = len(pixels)
        for axes, colours in zip(maps, expected, strict=True):
            for row in range(12):
                for column in range(12):
                    x, y = axes.transData.transform((column, row)) * 300 / figure.dpi
                    shown = pixels[height - 1 - int(y), int(x)]
                    np.testing.assert_array_equal(shown, colours[row, column])


class TestSameBytes:
    @pytest.mark.parametrize("name", FORMATS)
    def test_again_and_after_another_figure(self, results, name):
        rows = [[Spec("similarity")], [Spec("unity")]]
        first = figure_bytes(compose(results, rows), name)
        figure_bytes(compose(results, [[Spec("laminar")]], PRESETS["slide"]), "svg")
        assert figure_bytes(compose(results, rows), name) == first

    @pytest.mark.parametrize("name", FORMATS)
    def test_of_one_figure_written_twice(self, results, name):
        figure = compose(results, [[Spec("pairs")]])
        assert figure_bytes(figure, name) == figure_bytes(figure, name)

    def test_in_another_process_with_other_hashes(self, results):
        program = (
            "import sys, hashlib; sys.path.insert(0, sys.argv[1]);"
            "from core.figures.made_up import word_results;"
            "from laminoscope_core.figures import *;"
            "from laminoscope_core.plots.registry import composed_rows;"
            "results = word_results(12, 3, chance=False);"
            "figure = compose(results, composed_rows('words', results));"
            "print(*(hashlib.sha256(figure_bytes(figure, n, None, {'b': 1, 'a': 2})).hexdigest()"
            " for n in FORMATS))"
        )
        folder = str(Path(__file__).parents[2])
        printed = {
            subprocess.run(
                [sys.executable, "-c", program, folder],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }
        assert len(printed) == 1
        assert len(printed.pop().split()) == 3

    def test_drawn_in_threads_at_once_with_different_styles(self, results):
        import matplotlib

        before = dict(matplotlib.rcParams)
        styles = [PRESETS[name] for name in ("single column", "slide", "double column")]
        rows = [[Spec("laminar")], [Spec("unity")]]
        alone = [figure_bytes(compose(results, rows, style), "svg", style) for style in styles]
        found = {}

        def draw(number, style):
            found[number] = figure_bytes(compose(results, rows, style), "svg", style)

        threads = [threading.Thread(target=draw, args=item) for item in enumerate(styles)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [found[number] for number in range(3)] == alone
        assert dict(matplotlib.rcParams) == before


class TestProvenance:
    @pytest.fixture
    def record(self):
        specs = [Spec("similarity", similarity.View(1, pair=(0, 2))), Spec("unity")]
        run = {"model": {"id": "tiny"}, "libraries": {"numpy": "2"}, "words": ["<\x00\ud800ש"]}
        return provenance_of(run, specs, Style(width=120))

    def test_says_what_is_shown_of_what_and_how(self, record):
        assert record["model"] == {"id": "tiny"}
        assert [plot["kind"] for plot in record["figure"]] == ["similarity", "unity"]
        assert record["figure"][0]["view"]["pair"] == (0, 2)
        assert record["style"]["width"] == 120
        assert set(record["libraries"]) == {"numpy", "matplotlib", "cmap"}

    def test_comes_back_from_every_format(self, results, record, tmp_path):
        figure = compose(results, [[Spec("unity")]], Style(width=120))
        for name in FORMATS:
            write_figure(figure, tmp_path / f"unity.{name}", Style(width=120), record)
        expected = json.loads(json.dumps(json_ready(record)))
        tree = ElementTree.parse(tmp_path / "unity.svg")
        (found,) = tree.iter("{http://purl.org/dc/elements/1.1/}description")
        assert json.loads(found.text) == expected
        with Image.open(tmp_path / "unity.png") as picture:
            assert json.loads(picture.text["Description"]) == expected
        information = PdfReader(tmp_path / "unity.pdf").metadata
        assert json.loads(information["/Keywords"]) == expected
        assert information.creation_date is None

    def test_no_file_says_when_it_was_made_or_where(self, results):
        figure = compose(results, [[Spec("unity")]])
        for name in FORMATS:
            content = figure_bytes(figure, name)
            for word in (
                b"<dc:date>",
                b"/CreationDate",
                b"/ModDate",
                b"tIME",
                b"/home/",
                b"/root/",
            ):
                assert word not in content


class TestSize:
    @pytest.mark.parametrize("preset", PRESETS)
    def test_the_width_is_exact_in_every_format(self, results, preset):
        style = PRESETS[preset]
        figure = compose(results, [[Spec("unity", unity.View(1))]], style)
        millimetre = 72 / 25.4
        root = ElementTree.fromstring(figure_bytes(figure, "svg", style))
        assert float(root.get("width").removesuffix("pt")) == pytest.approx(
            style.width * millimetre
        )
        box = PdfReader(io.BytesIO(figure_bytes(figure, "pdf", style))).pages[0].mediabox
        assert float(box.width) == pytest.approx(style.width * millimetre)
        with Image.open(io.BytesIO(figure_bytes(figure, "png", style))) as picture:
            assert picture.width == pytest.approx(style.width / 25.4 * style.dpi, abs=1)
            assert picture.info["dpi"][0] == pytest.approx(style.dpi, abs=0.1)

    def test_transparent_figures_have_no_background(self, results):
        style = Style(transparent=True)
        content = figure_bytes(compose(results, [[Spec("unity")]], style), "png", style)
        assert np.asarray(Image.open(io.BytesIO(content)))[0, 0, 3] == 0
        content = figure_bytes(compose(results, [[Spec("unity")]]), "png")
        assert tuple(np.asarray(Image.open(io.BytesIO(content)))[0, 0]) == (255, 255, 255, 255)

    def test_a_dark_figure_stays_dark_when_it_is_written_without_its_style(self, results):
        figure = compose(results, [[Spec("unity")]], Style(appearance="dark"))
        corner = np.asarray(Image.open(io.BytesIO(figure_bytes(figure, "png"))))[0, 0]
        assert tuple(corner) == (0x1C, 0x20, 0x27, 255)

    def test_unknown_formats_are_refused(self, results, tmp_path):
        figure = compose(results, [[Spec("unity")]])
        with pytest.raises(ValueError, match="svg, pdf, png, not as 'gif'"):
            write_figure(figure, tmp_path / "figure.gif")
        assert list(tmp_path.iterdir()) == []


def test_what_is_written_wrong_is_found(results):
    figure = compose(results, [[Spec("unity")]])
    figure.text(0.3, 0.5, "one text")
    figure.text(0.31, 0.5, "another")
    figure.text(0.95, 0.1, "far too long for its place")
    found = illegible(figure, Style())
    assert "overlap: 'one text' and 'another'" in found
    assert "outside: 'far too long for its place'" in found
