"""Scores of heads against scipy, head by head, and the reasons where there are none."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.analysis import kendall, rsa, rsa_heads, similarity
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.job import Job

from ..made_words import made_words

N_LAYERS, N_WORDS, HEADS = 3, 14, {"q": 6, "k": 2, "v": 2}
CATEGORIES = ("a",) * 5 + ("b",) * 5 + ("c",) * 4
FIRST, SECOND = np.triu_indices(N_WORDS, 1)
SAME = np.array([CATEGORIES[i] == CATEGORIES[j] for i, j in zip(FIRST, SECOND, strict=True)])


def activations(seed=0):
    random = np.random.default_rng(seed)
    common = random.normal(size=(N_LAYERS, N_WORDS, 1, 8))
    target = {
        site: (common + random.normal(size=(N_LAYERS, N_WORDS, n, 8))).astype(np.float32)
        for site, n in HEADS.items()
    }
    return made_words(target, CATEGORIES)


@pytest.fixture(scope="module")
def words():
    return activations()


def scored(words, measure="cosine", **params):
    results = {}
    results["similarity"] = similarity.run(
        Inputs(words, results=results), similarity.Params(measure), Job()
    )
    results["rsa"] = rsa.run(Inputs(words, results=results), rsa.Params(**params), Job())
    return rsa_heads.run(Inputs(words, results=results), rsa_heads.Params(), Job())


def pairs_of(rows, measure):
    """Similarities of all pairs of rows (n_words, width), one after the other."""

    def alike(x, y):
        if measure == "cosine":
            return x @ y / np.sqrt((x @ x) * (y @ y))
        if measure == "negative_euclidean":
            return -np.sqrt(((x - y) ** 2).sum())
        return stats.spearmanr(x, y).statistic

    rows = rows.astype(np.float64)
    return np.array([alike(rows[i], rows[j]) for i, j in zip(FIRST, SECOND, strict=True)])


def tau_a(x, y):
    agree = np.sign(x[:, None] - x) * np.sign(y[:, None] - y)
    return agree.sum() / (len(x) * (len(x) - 1))


CORRELATIONS = {
    "pearson": lambda x, y: stats.pearsonr(x, y).statistic,
    "spearman": lambda x, y: stats.spearmanr(x, y).statistic,
    "kendall_tau_a": tau_a,
}


@pytest.mark.parametrize(
    ("measure", "correlation"),
    [
        ("cosine", "pearson"),
        ("negative_euclidean", "pearson"),
        ("spearman", "pearson"),
        ("cosine", "spearman"),
        ("cosine", "kendall_tau_a"),
    ],
)
def test_every_score_is_the_correlation_of_the_pairs_of_two_heads(words, measure, correlation):
    result = scored(words, measure, correlation=correlation)
    assert result.complete
    for site, n in HEADS.items():
        for layer in range(N_LAYERS):
            rows = words.target[site][layer]
            each = [pairs_of(rows[:, head], measure) for head in range(n)]
            each.append(pairs_of(rows.reshape(N_WORDS, -1), measure))
            expected = [[CORRELATIONS[correlation](x, y) for y in each] for x in each[:-1]]
            np.testing.assert_allclose(result.r[site][layer], expected, atol=2e-5)


def test_heads_are_scored_whatever_head_similarity_is_of(words):
    found = []
    for head in (None, 1):
        of_head = similarity.compared(words, similarity.Params(head=head), Job())
        results = {"similarity": of_head, "rsa": rsa.scored(of_head, rsa.Params(), Job())}
        found.append(rsa_heads.run(Inputs(words, results=results), rsa_heads.Params(), Job()))
    for site in HEADS:
        np.testing.assert_array_equal(found[0].r[site], found[1].r[site])


def test_block_correction_takes_the_mean_of_each_pair_of_categories_away(words):
    result = scored(words, block_corrected=True)
    blocks = [frozenset((CATEGORIES[i], CATEGORIES[j])) for i, j in zip(FIRST, SECOND, strict=True)]

    def corrected(values):
        means = {
            b: np.mean([v for v, c in zip(values, blocks, strict=True) if c == b]) for b in blocks
        }
        return np.array([v - means[b] for v, b in zip(values, blocks, strict=True)])

    x, y = (corrected(pairs_of(words.target["q"][1][:, head], "cosine")) for head in (0, 4))
    assert result.r["q"][1, 0, 4] == pytest.approx(stats.pearsonr(x, y).statistic, abs=2e-5)


def test_separability_of_a_head_is_cohens_d_of_its_pairs(words):
    result = scored(words)
    for site, n in HEADS.items():
        for head in range(n):
            pairs = pairs_of(words.target[site][2][:, head], "cosine")
            within, across = pairs[SAME], pairs[~SAME]
            pooled = np.sqrt(
                ((len(within) - 1) * within.var(ddof=1) + (len(across) - 1) * across.var(ddof=1))
                / (len(pairs) - 2)
            )
            d = (within.mean() - across.mean()) / pooled
            assert result.cohens_d[site][2, head] == pytest.approx(d, abs=1e-4)


def test_key_value_heads_are_those_of_the_query_heads_that_read_them(words):
    result = scored(words)
    assert [result.head_of("k", head) for head in range(6)] == [0, 0, 0, 1, 1, 1]
    assert [result.query_head_of("k", head) for head in range(2)] == [0, 3]
    assert [result.head_of("q", head) for head in range(6)] == [*range(6)]


def test_a_head_without_direction_is_undefined_with_its_reason_and_no_other(words):
    target = {site: rows.copy() for site, rows in words.target.items()}
    target["q"][1, 3, 2] = 0
    target["v"][0, 5, 1, 4] = np.nan
    result = scored(replace(words, target=target))
    undefined = np.isnan(result.r["q"])
    assert undefined[1, 2].all()
    assert undefined[1, :, 2].all()
    assert undefined.sum() == 7 + 6 - 1
    assert result.reasons["q"][1, 2] == "the Q vector of “w3” has no direction"
    assert np.isnan(result.cohens_d["q"]).sum() == 1
    assert result.d_reasons["q"][1, 2] == result.reasons["q"][1, 2]
    broken = "V holds values that are not finite, first in layer 0"
    assert result.reasons["v"].tolist()[0] == ["", broken, broken]
    assert np.isfinite(result.r["v"][1:]).all()


def test_too_few_words_and_one_category_have_their_reasons():
    random = np.random.default_rng(1)
    two = made_words({s: random.normal(size=(2, 2, 2, 4)).astype("f4") for s in "qkv"}, ("a", "a"))
    result = scored(two)
    assert np.isnan(result.r["q"]).all()
    assert "at least 3 pairs" in result.reasons["q"][0, 0]
    assert set(result.d_reasons["k"].ravel()) == {"there is only one category"}


def test_sites_without_heads_are_left_out_and_none_at_all_is_said(words):
    target = {**words.target, "resid_out": words.target["q"].reshape(N_LAYERS, N_WORDS, -1)}
    both = replace(words, target=target, sites=("resid_out", "k", "q"))
    assert scored(both).sites == ("k", "q")
    none = scored(replace(both, sites=("resid_out", "resid_out")))
    tables = rsa_heads.tables(none)
    for table in tables.values():
        assert list(table.columns["reason"]) == ["none of the sites that are compared has heads"]


def test_several_carriers_are_averaged_and_all_are_in_the_table(words):
    other = replace(activations(5), carrier="I wrote {word}")
    result = scored(replace(words, others=(other,)))
    alone = [scored(words), scored(other)]
    for site in HEADS:
        mean = np.mean([one.r[site] for one in alone], axis=0)
        np.testing.assert_allclose(result.r[site], mean, atol=1e-12)
        mean = np.mean([one.cohens_d[site] for one in alone], axis=0)
        np.testing.assert_allclose(result.cohens_d[site], mean, atol=1e-12)
    columns = rsa_heads.tables(result)["rsa/heads.csv"].columns
    names = ["layer", "site", "head", "other", "r", "n", "reason", "carrier"]
    assert list(columns) == names
    assert list(dict.fromkeys(columns["carrier"])) == [words.carrier, "I wrote {word}", "mean"]
    assert len(columns["r"]) == 3 * N_LAYERS * sum(n * (n + 1) for n in HEADS.values())
    here = [
        r
        for carrier, site, layer, head, other, r in zip(
            *(columns[name] for name in ("carrier", "site", "layer", "head", "other", "r")),
            strict=True,
        )
        if (carrier, site, layer, head, other) == ("mean", "k", 2, 1, "layer")
    ]
    assert here == [result.r["k"][2, 1, 2]]


def test_layers_come_one_after_the_other_where_there_are_many_words():
    random = np.random.default_rng(2)
    target = {s: random.normal(size=(4, 300, 4, 8)).astype("f4") for s in "qkv"}
    words = made_words(target, ("a", "b") * 150)
    results = {"similarity": similarity.compared(words, similarity.Params(), Job())}
    results["rsa"] = rsa.scored(results["similarity"], rsa.Params(), Job())
    seen = []
    job = Job(on_partial=seen.append, partial_every=0)
    whole = rsa_heads.run(Inputs(words, results=results), rsa_heads.Params(), job)
    assert len(seen) == 4
    assert not any(partial.complete for partial in seen)
    for n_layers, partial in enumerate(seen, 1):
        assert np.isfinite(partial.r["q"][:n_layers]).all()
        assert np.isnan(partial.r["q"][n_layers:]).all()
        assert set(partial.reasons["q"][n_layers:].ravel()) <= {"not computed yet"}
        np.testing.assert_array_equal(partial.r["q"][:n_layers], whole.r["q"][:n_layers])


def test_tau_a_that_would_take_hours_is_not_begun(words, monkeypatch):
    monkeypatch.setattr(kendall, "MOST_COMPARED", 50)
    monkeypatch.setattr(kendall, "_MOST_VALUES", 1000)
    result = scored(words, correlation="kendall_tau_a")
    assert np.isnan(result.r["q"]).all()
    assert np.isfinite(result.cohens_d["q"]).all()
    assert "would take hours" in result.reasons["q"][0, 0]


@pytest.mark.parametrize("most", [1500, 4])
def test_tau_a_of_all_is_tau_a_of_each_two(most, monkeypatch):
    monkeypatch.setattr(kendall, "MOST_COMPARED", most)
    vectors = np.random.default_rng(3).integers(0, 9, size=(2, 3, 20)).astype(float)
    found = kendall.tau_a_of_all(vectors, Job())
    for layer in range(2):
        expected = [[tau_a(x, y) for y in vectors[layer]] for x in vectors[layer]]
        np.testing.assert_allclose(found[layer], expected, atol=1e-12)
