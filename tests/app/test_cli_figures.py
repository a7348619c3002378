"""Figures from the command line, on the real default model and without Qt."""

import json
from xml.etree import ElementTree

import pytest

KINDS = (
    *("similarity", "laminar", "rsa-depth", "rsa-map"),
    *("pairs", "distributions", "unity", "rsa-contrast", "words"),
)


@pytest.mark.model
def test_a_run_draws_every_plot_and_all_of_a_section(sample_run):
    out, result = sample_run
    assert result.returncode == 0, result.stderr
    drawn = {path.name for path in (out / "figures").iterdir()}
    kinds = (*KINDS, "similarity-layers")
    assert drawn == {f"{kind}.{name}" for kind in kinds for name in ("svg", "pdf", "png")}
    tree = ElementTree.parse(out / "figures/words.svg")
    (description,) = tree.iter("{http://purl.org/dc/elements/1.1/}description")
    record = json.loads(description.text)
    assert record["model"]["source"] == "smollm2-135m"
    assert [plot["kind"] for plot in record["figure"]] == list(KINDS[:-1])
    stored = json.loads((out / "provenance.json").read_text(encoding="utf-8"))
    assert "figures/words.svg" in stored["files"]
    assert {"space", "furniture", "fruit"} <= {
        "".join(text.itertext()) for text in tree.iter("{http://www.w3.org/2000/svg}text")
    }


@pytest.mark.parametrize("formats", ["svg,gif", "", "svg,"])
def test_an_unknown_format_is_refused_before_anything_is_done(laminoscope, tmp_path, formats):
    out = tmp_path / "out"
    result = laminoscope("run", "words-qkv", "--out", out, f"--figures={formats}")
    assert result.returncode == 64
    assert "figures are written as svg, pdf, png" in result.stderr
    assert not out.exists()
