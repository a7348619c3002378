"""Results about several models whose parts do not fit each other are refused."""

from dataclasses import replace

import numpy as np
import pytest

from laminoscope_core.errors import SessionError
from laminoscope_core.session.model_checks import check_models
from laminoscope_core.session.shapes import check_shapes

from ..figures.made_models import model_results

SOURCES = ("model-1", "model-2", "no/such")


@pytest.fixture(scope="module")
def results():
    return model_results((4, 3, 2), carriers=("A {word}", "The {word}"), n_words=9)


def with_carrier(result, **changes):
    first, *others = result.of_carriers
    return replace(result, of_carriers=(replace(first, **changes), *others))


def with_pair(result, number, **changes):
    pairs = list(result.of_carriers[0].pairs)
    pairs[number] = replace(pairs[number], **changes)
    return with_carrier(result, pairs=tuple(pairs))


def first_pair(result):
    return result.of_carriers[0].pairs[1]


BROKEN = {
    "no embedding": lambda r: replace(r, sites=r.sites[1:]),
    "an unknown site": lambda r: replace(r, sites=("embedding", "q", "x")),
    "a site twice": lambda r: replace(r, sites=("embedding", "q", "q")),
    "a model less": lambda r: replace(r, models=r.models[:2]),
    "no model": lambda r: replace(r, models=()),
    "another depth": lambda r: replace(r, layers=(0, 1)),
    "words of others": lambda r: replace(r, models=(replace(r.models[0], n_tokens=(1,)),)),
    "no mean": lambda r: replace(r, mean=None),
    "a mean over one": lambda r: replace(r, of_carriers=r.of_carriers[:1]),
    "a geometry less": lambda r: with_carrier(r, geometries=r.of_carriers[0].geometries[1:]),
    "no interval": lambda r: with_carrier(r, mean=None),
    "a pair less": lambda r: with_carrier(r, pairs=r.of_carriers[0].pairs[1:]),
    "a site less": lambda r: with_pair(r, 1, r={"q": first_pair(r).r["q"]}),
    "layers less": lambda r: with_pair(r, 1, r={k: v[:1] for k, v in first_pair(r).r.items()}),
    "words less": lambda r: with_pair(
        r, 1, words={k: v[:, :3] for k, v in first_pair(r).words.items()}
    ),
    "itself": lambda r: with_pair(r, 0, words=first_pair(r).words),
}


def test_results_that_fit_are_taken(results):
    check_shapes(results["rsa-models"], "it")
    check_shapes(results["models"], "it")
    check_models(SOURCES, results)


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_parts_that_do_not_fit_are_refused(results, broken):
    with pytest.raises(SessionError):
        check_shapes(broken(results["rsa-models"]), "it")


def test_an_interval_fits_its_scores(results):
    mean = results["rsa-models"].scores.mean["q"]
    with pytest.raises(SessionError):
        check_shapes(replace(mean, low=np.zeros(7)), "it")


def test_a_model_has_words_or_a_reason(results):
    models = results["models"]
    first, *others = models.models
    for broken in (replace(first, reason="gone"), replace(first, words=None)):
        with pytest.raises(SessionError):
            check_shapes(replace(models, models=(broken, *others)), "it")


@pytest.mark.parametrize("sources", [("model-1",), ("model-2", "model-1", "no/such")])
def test_models_are_those_of_the_experiment(results, sources):
    with pytest.raises(SessionError, match="not those of the experiment"):
        check_models(sources, results)


def test_models_are_of_the_words_of_the_run(results):
    other = replace(results["words"], words=("x",) * 9)
    with pytest.raises(SessionError, match="other words"):
        check_models(SOURCES, {**results, "words": other})
    fewer = replace(results["rsa-models"], models=results["rsa-models"].models[:2])
    with pytest.raises(SessionError, match="of other models"):
        check_models(SOURCES, {**results, "rsa-models": fewer})
