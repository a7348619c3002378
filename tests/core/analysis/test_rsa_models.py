"""Words across models against correlations that are taken one by one."""

import csv
import io
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.analysis import rsa_models, similarity
from laminoscope_core.analysis.models_mean import nearest_layers
from laminoscope_core.errors import AnalysisError
from laminoscope_core.job import Job

from ..figures.made_models import model_inputs, model_results

ORACLES = {"pearson": stats.pearsonr, "spearman": stats.spearmanr}


def cosines(rows):
    """Cosine of every two words, written out."""
    rows = rows.reshape(len(rows), -1).astype(float)
    return np.array([[a @ b / np.sqrt((a @ a) * (b @ b)) for b in rows] for a in rows])


def upper(matrix):
    return np.array([matrix[i, j] for i, j in combinations(range(len(matrix)), 2)])


def lines(result, path):
    text = rsa_models.tables(result)[path].to_csv()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("correlation", ORACLES)
def test_every_layer_is_scored_with_every_layer_of_the_other_model(correlation):
    results = model_results((6, 4), rsa_models.Params(correlation))
    own, other = results["words"], results["models"].models[0].words
    found = results["rsa-models"].pair(0, 1)
    for site in ("q", "v", "embedding"):
        assert found.r[site].shape == ((6, 4) if site != "embedding" else (1, 1))
        for layer, other_layer in np.ndindex(found.r[site].shape):
            x = cosines(own.target[site][layer])
            y = cosines(other.target[site][other_layer])
            expected = ORACLES[correlation](upper(x), upper(y)).statistic
            # similarities are kept as float32
            assert found.r[site][layer, other_layer] == pytest.approx(expected, abs=3e-6)


def test_each_word_is_scored_by_its_similarities_to_all_others():
    results = model_results((6, 4))
    own, other = results["words"], results["models"].models[0].words
    found = results["rsa-models"].pair(0, 1).words
    for site, layer, near in (("q", 0, 0), ("q", 3, 2), ("v", 5, 3), ("embedding", 0, 0)):
        x, y = cosines(own.target[site][layer]), cosines(other.target[site][near])
        for word in range(12):
            rows = np.delete(x[word], word), np.delete(y[word], word)
            expected = stats.pearsonr(*rows).statistic
            assert found[site][layer, word] == pytest.approx(expected, abs=3e-5)


def test_a_model_is_one_with_itself():
    pair = model_results((6, 4))["rsa-models"].pair(0, 0)
    for site in ("embedding", "q", "v"):
        assert (np.diag(pair.r[site]) == 1).all()
        np.testing.assert_allclose(pair.r[site], pair.r[site].T)
    assert pair.words == {}


@pytest.mark.parametrize(("n", "other"), [(30, 18), (18, 30), (12, 12), (1, 7), (7, 1)])
def test_layers_are_matched_by_relative_depth(n, other):
    near = nearest_layers(n, other)
    for layer, found in enumerate(near):
        depth = layer / (n - 1) if n > 1 else 0.0
        distances = [abs(depth - (each / (other - 1) if other > 1 else 0)) for each in range(other)]
        assert distances[found] == pytest.approx(min(distances))


def test_only_heads_together_are_compared_whatever_head_is_looked_at():
    inputs = model_inputs((6, 4))
    known = similarity.run(inputs, similarity.Params(head=1), Job())
    one_head = replace(inputs, results={"similarity": known})
    found, expected = (
        rsa_models.run(each, rsa_models.Params(), Job()).pair(0, 1) for each in (one_head, inputs)
    )
    np.testing.assert_array_equal(found.r["q"], expected.r["q"])


def test_the_tables_have_every_pair_of_models():
    result = model_results((5, 4, 3))["rsa-models"]
    found = lines(result, "rsa/models.csv")
    pairs = {(0, 0): 5 * 5, (0, 1): 5 * 4, (0, 2): 5 * 3, (1, 2): 4 * 3}
    for (one, other), n in pairs.items():
        names = f"model-{one}", f"model-{other}"
        here = [line for line in found if (line["model"], line["other_model"]) == names]
        assert len(here) == 2 * n + 1  # q and v, and the embedding once
        (embedding,) = (line for line in here if line["site"] == "embedding")
        assert embedding["layer"] == embedding["other_layer"] == ""
    assert all(line["n_words"] == "12" and line["n"] == "66" for line in found[:-1])
    assert found[-1]["other_model"] == "no/such"
    assert found[-1]["r"] == ""
    assert found[-1]["reason"] == "no/such: There is no such model."
    line = next(
        line for line in found
        if [line[n] for n in ("model", "other_model", "site", "layer", "other_layer")]
        == ["model-1", "model-2", "v", "3", "1"]
    )  # fmt: skip
    assert float(line["r"]) == result.pair(1, 2).r["v"][3, 1]
    words = lines(result, "rsa/words_across_models.csv")
    assert len(words) == 12 * ((1 + 2 * 5) * 2 + 1 + 2 * 4)
    assert {line["n"] for line in words} == {"11"}


def test_the_mean_over_models_has_an_interval_and_a_ceiling():
    result = model_results((5, 4, 3, 6))["rsa-models"]
    scores = result.scores
    for site in ("embedding", "q", "v"):
        mean, each = scores.mean[site], []
        for other, depth in ((1, 4), (2, 3), (3, 6)):
            r = result.pair(0, other).r[site]
            near = nearest_layers(5, depth) if site != "embedding" else (0,)
            each.append([r[layer, at] for layer, at in enumerate(near)])
        np.testing.assert_allclose(mean.r, np.mean(each, axis=0))
        assert (mean.low < mean.r).all()
        assert (mean.r < mean.high).all()
        assert (mean.ceiling_low < mean.ceiling_high).all()
    others = [g.matrices["embedding"][0] for g in scores.geometries[1:]]
    z = np.array([stats.zscore(upper(each)) for each in others])
    lower = [stats.pearsonr(z[n], np.delete(z, n, axis=0).mean(axis=0))[0] for n in range(3)]
    assert scores.mean["embedding"].ceiling_low[0] == pytest.approx(np.mean(lower), abs=1e-6)
    found = lines(result, "rsa/models_mean.csv")
    assert len(found) == 1 + 2 * 5
    assert {line["n"] for line in found} == {"3"}
    assert not any(line["reason"] for line in found)


def test_two_models_have_no_mean():
    result = model_results((5, 4))["rsa-models"]
    assert result.scores.mean is None
    assert "rsa/models_mean.csv" not in rsa_models.tables(result)


def test_few_words_have_a_mean_without_an_interval():
    result = model_results((3, 3, 3), n_words=8)["rsa-models"]
    assert np.isfinite(result.scores.mean["q"].r).all()
    assert np.isnan(result.scores.mean["q"].low).all()
    reasons = {line["reason"] for line in lines(result, "rsa/models_mean.csv")}
    assert reasons == {"a band needs at least 9 words, here there are 8"}


def test_two_other_models_have_a_mean_with_an_interval():
    result = model_results((3, 3, 3))["rsa-models"]
    mean = result.scores.mean["q"]
    assert np.isfinite([mean.r, mean.ceiling_low, mean.low, mean.high]).all()
    assert (mean.low < mean.r).all()
    assert (mean.r < mean.high).all()
    assert {line["reason"] for line in lines(result, "rsa/models_mean.csv")} == {""}


def test_several_carriers_are_followed_by_their_mean():
    several = ("A {word}", "The {word}", "One {word}")
    result = model_results((5, 4, 3), carriers=several)["rsa-models"]
    assert [each.carrier for each in result.all_scores] == [*several, "mean"]
    for site in ("embedding", "q"):
        each = [at.pairs[1].r[site] for at in result.of_carriers]
        np.testing.assert_allclose(result.scores.pairs[1].r[site], np.mean(each, axis=0))
        words = [at.pairs[1].words[site] for at in result.of_carriers]
        np.testing.assert_allclose(result.scores.pairs[1].words[site], np.mean(words, axis=0))
        assert (result.scores.mean[site].low <= result.scores.mean[site].r).all()
    assert {line["carrier"] for line in lines(result, "rsa/models_mean.csv")} == {*several, "mean"}


def test_what_is_undefined_has_a_reason():
    result = model_results((5, 4), broken=2)["rsa-models"]
    found = [each for each in lines(result, "rsa/models.csv") if each["r"] == ""][:-1]
    of_layer = {(each["site"], each["other_layer"]) for each in found}
    assert of_layer == {("q", "2")}
    assert {each["reason"] for each in found} == {
        "Q holds values that are not finite, first in layer 2"
    }
    for path in rsa_models.tables(result):
        assert all(each["reason"] for each in lines(result, path) if each["r"] == "")


def test_three_words_are_too_few_to_score_each():
    result = model_results((2, 2), n_words=3)["rsa-models"]
    reasons = {each["reason"] for each in lines(result, "rsa/words_across_models.csv")}
    assert reasons == {"a correlation needs at least 3 other words, here there are 2"}


def test_other_words_are_not_compared():
    inputs = model_inputs((3, 3))
    stale = replace(inputs.models.embedding, words=("others",) * 12)
    with pytest.raises(AnalysisError, match="No other model has read these words"):
        rsa_models.run(
            replace(inputs, models=replace(inputs.models, embedding=stale)),
            rsa_models.Params(),
            Job(),
        )


def test_models_none_of_which_could_be_read_leave_the_own_one():
    inputs = model_inputs((3, 3))
    none = replace(inputs.models, models=inputs.models.models[1:])
    result = rsa_models.run(replace(inputs, models=none), rsa_models.Params(), Job())
    assert [model.source for model in result.models] == ["model-0"]
    assert [each["reason"] for each in lines(result, "rsa/models.csv")][-1].startswith("no/such")
    assert lines(result, "rsa/words_across_models.csv") == []
