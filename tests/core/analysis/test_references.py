"""Models of different depth, each as the one that is compared with the others."""

import numpy as np
import pytest

from laminoscope_core.analysis import similarity
from laminoscope_core.analysis.across_models import ComparedModel, Params, Result
from laminoscope_core.analysis.model_scores import mean_over_carriers, scored
from laminoscope_core.analysis.references import with_reference
from laminoscope_core.analysis.rsa_models_tables import mean_table
from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.job import Job

DEPTHS = {"deep": 5, "flat": 2, "middle": 4, "other": 3}
WORDS = tuple(f"word {n}" for n in range(10))
CATEGORIES = ("a",) * 5 + ("b",) * 5
CARRIERS = ("the {word}", "a {word}")


@pytest.fixture(scope="module")
def matrices():
    """Similarity matrices by carrier and model, which have something in common."""
    rng, found = np.random.default_rng(3), {}
    common = rng.normal(size=(10, 8))
    for carrier in CARRIERS:
        for model, n_layers in DEPTHS.items():
            vectors = common + rng.normal(size=(n_layers, 10, 8))
            vectors /= np.linalg.norm(vectors, axis=-1, keepdims=True)
            found[carrier, model] = (vectors @ vectors.swapaxes(1, 2)).astype(np.float32)
    found[CARRIERS[0], "middle"][1] = 0.5  # a layer that cannot be compared
    return found


def compared(models, matrices, carriers):
    pairs = word_pairs(CATEGORIES)
    found = []
    for carrier in carriers:
        of_models = [
            {
                "q": similarity.Result(
                    similarity.Params(), carrier, tuple(range(DEPTHS[model])), WORDS, CATEGORIES,
                    ("q",), {"q": matrices[carrier, model]}, {"q": ("",) * DEPTHS[model]},
                )
            }
            for model in models
        ]  # fmt: skip
        found.append(scored(of_models, pairs, "pearson", Job()))
    mean = mean_over_carriers(found, pairs, "pearson", Job()) if len(found) > 1 else None
    of_models = tuple(ComparedModel(model, model, DEPTHS[model], ()) for model in models)
    layers = tuple(range(DEPTHS[models[0]]))
    return Result(
        Params(), "cosine", layers, WORDS, CATEGORIES, ("q",), of_models, (), tuple(found), mean
    )


@pytest.mark.parametrize("carriers", [CARRIERS[:1], CARRIERS])
@pytest.mark.parametrize("reference", range(4))
def test_it_is_what_comes_out_where_that_model_is_the_first(reference, carriers, matrices):
    models = list(DEPTHS)
    result = compared(models, matrices, carriers)
    first = [models[reference], *(model for model in models if model != models[reference])]
    expected = compared(first, matrices, carriers)
    found = with_reference(result, reference, Job())
    assert [model.source for model in found.models] == first
    mine, theirs = mean_table(found).columns, mean_table(expected).columns
    assert len(mine["r"]) == DEPTHS[first[0]] * (len(carriers) + (len(carriers) > 1))
    assert list(mine["reason"]) == list(theirs["reason"])
    assert any(mine["reason"]) == (first[0] in ("deep", "middle"))
    for name in ("r", "low", "high", "ceiling_low", "ceiling_high"):
        np.testing.assert_allclose(mine[name], theirs[name], rtol=1e-9)
