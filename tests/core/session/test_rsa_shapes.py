"""Scores of heads and of depth whose arrays do not fit each other are refused."""

from dataclasses import replace

import numpy as np
import pytest

from laminoscope_core.analysis import rsa, rsa_depth, rsa_heads, similarity
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.errors import SessionError
from laminoscope_core.job import Job
from laminoscope_core.session.shapes import check_shapes

from ..made_words import made_words


@pytest.fixture(scope="module")
def results():
    random = np.random.default_rng(0)
    target = {
        site: random.normal(size=(4, 8, n, 5)).astype("f4")
        for site, n in (("q", 4), ("k", 2), ("v", 2))
    }
    inputs = Inputs(made_words(target, ("a", "b") * 4), results={})
    for name, module in (
        ("similarity", similarity), ("rsa", rsa), ("rsa-heads", rsa_heads), ("rsa-depth", rsa_depth)
    ):  # fmt: skip
        inputs.results[name] = module.run(inputs, module.Params(), Job())
    return inputs.results


def without(mapping, site, at):
    """A mapping of arrays of which one has fewer entries."""
    return {**mapping, site: mapping[site][at]}


HEADS = {
    "fewer query heads": lambda h: {"n_query_heads": 1},
    "a site less": lambda h: {"sites": h.sites[:2]},
    "a site that is none": lambda h: {
        "sites": ("x",), "r": {"x": h.r["q"]}, "reasons": {"x": h.reasons["q"]},
        "cohens_d": {"x": h.cohens_d["q"]}, "d_reasons": {"x": h.d_reasons["q"]},
    },
    "no row of the layer": lambda h: {"r": without(h.r, "q", np.s_[:, :, :-1])},
    "a head less in d": lambda h: {"cohens_d": without(h.cohens_d, "k", np.s_[:, :1])},
    "a head less in reasons": lambda h: {"reasons": without(h.reasons, "v", np.s_[:, :2])},
    "a layer less": lambda h: {"layers": h.layers[:-1]},
    "one carrier": lambda h: {"by_carrier": (h,)},
}  # fmt: skip
DEPTH = {
    "a site less": lambda d: {"sites": d.sites[:2]},
    "a layer less": lambda d: {"layers": d.layers[:-1]},
    "a site less in r": lambda d: {"r": d.r[:2]},
    "a layer less in reasons": lambda d: {"reasons": d.reasons[:, :2]},
    "carriers of other layers": lambda d: {"by_carrier": (d, replace(d, layers=(0, 1)))},
}


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        *(("rsa-heads", each) for each in HEADS.values()),
        *(("rsa-depth", e) for e in DEPTH.values()),
    ],
    ids=[*(f"heads: {name}" for name in HEADS), *(f"depth: {name}" for name in DEPTH)],
)
def test_what_does_not_fit_is_refused(results, name, changes):
    result = results[name]
    check_shapes(result, name)
    with pytest.raises(SessionError, match=name):
        check_shapes(replace(result, **changes(result)), name)
