"""What the registry promises to command line, export and window."""

import dataclasses

import numpy as np
import pytest

from laminoscope_core.analysis import rsa
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.registry import ANALYSES
from laminoscope_core.errors import AnalysisError
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table


def test_ids_are_unique_and_every_analysis_comes_after_what_it_reads():
    seen = set()
    for analysis in ANALYSES:
        assert analysis.id not in seen
        assert set(analysis.after) <= seen
        seen.add(analysis.id)


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda analysis: analysis.id)
def test_parameters_are_frozen_and_have_defaults(analysis):
    params = analysis.module.Params()
    assert dataclasses.is_dataclass(params)
    assert hash(params) == hash(analysis.module.Params())


def test_word_analyses_write_the_promised_files_and_what_chance_says_in_those_of_the_scores(
    as_words, analyse
):
    rows = np.random.default_rng(0).normal(size=(2, 34, 8))
    results = analyse(as_words(rows, rows + 1))
    files = [
        (path, type(content))
        for analysis in ANALYSES
        if analysis.section == "words"
        for path, content in analysis.module.tables(results[analysis.id]).items()
    ]
    twice = [path for at, (path, _) in enumerate(files) if path in dict(files[:at])]
    assert sorted(twice) == ["rsa/laminar.csv", "rsa/separability.csv"]
    assert dict(files) == {
        "rsa/similarity.npz": Arrays,
        "rsa/laminar.csv": Table,
        "rsa/separability.csv": Table,
        "rsa/direct_correlation.csv": Table,
        "rsa/contrast.csv": Table,
        "rsa/cka.csv": Table,
        "rsa/depth.csv": Table,
        "rsa/heads.csv": Table,
        "rsa/head_separability.csv": Table,
        "rsa/dendrogram.csv": Table,
        "rsa/map.csv": Table,
        "rsa/predictors.csv": Table,
    }


def test_what_is_missing_is_named():
    with pytest.raises(AnalysisError, match="needs the result of 'similarity'"):
        rsa.run(Inputs(), rsa.Params(), Job())
    with pytest.raises(AnalysisError, match=r"\[words\]"):
        Inputs().word_activations()
