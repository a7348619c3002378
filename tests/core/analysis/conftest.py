from typing import Any

import numpy as np
import pytest

from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.registry import ANALYSES
from laminoscope_core.job import Job

from ..made_words import made_words

SAMPLE_CATEGORIES = ("space",) * 10 + ("furniture",) * 13 + ("fruit",) * 11


@pytest.fixture(scope="session")
def sample_categories():
    """10 space, 13 furniture, 11 fruit, as in the article."""
    return SAMPLE_CATEGORIES


@pytest.fixture(scope="session")
def as_words():
    """Make word activations of q, k, v rows (n_layers, n_words, heads, d_head or width).

    More sites, whose rows are (n_layers, n_words, width), are compared with them.
    """

    def make(q, k=None, v=None, categories=SAMPLE_CATEGORIES, context=None, **more):
        def four_axes(rows):
            rows = np.asarray(rows, dtype=np.float32)
            return rows if rows.ndim == 4 else rows[:, :, None, :]

        q = four_axes(q)
        k = q if k is None else four_axes(k)
        v = k if v is None else four_axes(v)
        sites = {name: np.asarray(rows, dtype=np.float32) for name, rows in more.items()}
        target = {"q": q, "k": k, "v": v, **sites}
        return made_words(target, categories, context=context)

    return make


@pytest.fixture(scope="session")
def analyse():
    """Run analyses in registry order, with parameters by id (dashes as underscores)."""

    def run(words, *ids: str, **params: Any):
        results: dict[str, Any] = {}
        for analysis in ANALYSES:
            if analysis.section == "words" and (not ids or analysis.id in ids):
                chosen = params.get(analysis.id.replace("-", "_"), analysis.module.Params())
                results[analysis.id] = analysis.module.run(
                    Inputs(words, results=results), chosen, Job()
                )
        return results

    return run
